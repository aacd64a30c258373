from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wordkept.dossier.rows_shown import safe_rows
from wordkept.model import Event, Safety
from wordkept.period import Period

TODAY = date(2016, 8, 31)


def event(days_ago: int, lat: float | None = 36.2, lon: float | None = 37.16) -> Event:
    day = TODAY - timedelta(days=days_ago)
    return Event(
        row=1, native_id="7", dataset="sheet", period=Period(day, day), place="Aleppo",
        admin1="Aleppo", admin2="Jebel Saman", country="Syria", lat=lat, lon=lon, radius_km=1.0,
        event_type="air strike", native_type=None, side_a="North", side_b=None, deaths_low=None,
        deaths_best=None, deaths_high=None, events_best=1, reference="a street",
    )  # fmt: skip


def test_an_old_row_is_listed_as_it_is() -> None:
    assert safe_rows([event(90)], Safety(), as_of=TODAY).events == (event(90),)


def test_a_recent_row_loses_its_place_and_stands_on_a_grid() -> None:
    found = safe_rows([event(89)], Safety(), as_of=TODAY)
    (row,) = found.events
    assert found.coarsened == 1
    assert (row.place, row.admin2, row.reference) == (None, None, None)
    assert row.admin1 == "Aleppo"
    assert row.radius_km == 25.0


def test_an_id_that_names_the_place_loses_it() -> None:
    named = replace(event(89), native_id="2016-06-03 ALEPPO North")
    (row,) = safe_rows([named], Safety(), as_of=TODAY).events
    assert row.native_id == "2016-06-03 … North"


@pytest.mark.parametrize(("days", "listed"), [(13, 0), (14, 1)])
def test_a_row_of_yesterday_is_counted_and_not_listed(days: int, listed: int) -> None:
    found = safe_rows([event(days)], Safety(), as_of=TODAY)
    assert (len(found.events), found.delayed) == (listed, 1 - listed)


@given(lat=st.floats(-89, 89), lon=st.floats(-180, 180), moved=st.floats(0, 0.02))
def test_two_points_of_a_cell_cannot_be_told_apart(lat: float, lon: float, moved: float) -> None:
    first, second = (
        safe_rows([event(30, lat, place)], Safety(), as_of=TODAY).events[0]
        for place in (lon, lon + moved)
    )
    assert first.lat == second.lat
    assert first.lon is not None
    assert second.lon is not None
    step = 25 / 111.195
    assert abs(first.lat - lat) <= step / 2 + 1e-4 if first.lat is not None else False
    assert first.lon == second.lon or abs(second.lon - first.lon) >= step * 0.99


def test_a_case_may_switch_it_off() -> None:
    off = replace(Safety(), recent_days=0, delay_days=0)
    assert safe_rows([event(0)], off, as_of=TODAY).events == (event(0),)
