"""Counted events on a grid: nothing is lost, nothing lies closer than it is known."""

import datetime as dt
from collections.abc import Callable
from math import dist
from typing import Any

import ibis.expr.types as ir
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.events.cells import Laid, laid
from wordkept.events.series import cut
from wordkept.model import Grid, Safety, Selection
from wordkept.period import Period

Row = dict[str, Any]
Recorded = Callable[..., ir.Table]
BEFORE = Period(dt.date(2016, 3, 1), dt.date(2016, 3, 10))
AFTER = Period(dt.date(2016, 3, 11), dt.date(2016, 3, 20))
ALL = Selection(dataset="made-up")
LATER = dt.date(2017, 1, 1)


def on(day: int, **fields: Any) -> Row:
    date = dt.date(2016, 3, day)
    known = {"lat": 35.0, "lon": 37.0, "radius_km": 1.0, "admin1": "Homs", "country": "Syria"}
    return {"period_from": date, "period_to": date, **known, **fields}


def placed(events: ir.Table, as_of: dt.date = LATER, safety: Safety | None = None) -> Laid:
    return laid(
        events, ALL, "possible", (BEFORE, AFTER), safety=safety or Safety(), as_of=as_of
    )  # fmt: skip


def total(found: Laid) -> tuple[int, int]:
    cells = [(one.before, one.after) for one in found.cells]
    areas = [(one.before, one.after) for one in found.areas]
    before, after = zip(*cells, *areas, found.delayed, strict=True)
    return sum(before), sum(after)


def test_the_same_place_is_the_same_cell_before_and_after(recorded: Recorded) -> None:
    found = placed(recorded([on(2), on(3), on(12), on(13, lat=36.5)]))
    assert sorted((one.before, one.after) for one in found.cells) == [(0, 1), (2, 1)]
    assert found.areas == ()


@pytest.mark.parametrize(
    "vague",
    [{"radius_km": None}, {"lat": None, "lon": None}, {"radius_km": 60.0}, {"lat": 89.9}],
)
def test_what_is_known_to_the_province_stands_in_no_cell(recorded: Recorded, vague: Row) -> None:
    found = placed(recorded([on(2), on(3, **vague)]))
    assert [(one.before, one.after) for one in found.cells] == [(1, 0)]
    assert [(one.area, one.before) for one in found.areas] == [("Homs, Syria", 1)]


def test_without_a_province_the_country_is_said(recorded: Recorded) -> None:
    rows = [on(2, radius_km=None, admin1=None), on(3, radius_km=None, admin1=None, country=None)]
    assert [one.area for one in placed(recorded(rows)).areas] == ["", "Syria"]


def test_recent_events_lie_where_a_list_of_them_would_put_them(recorded: Recorded) -> None:
    rows = [on(2, lat=35.0 + place / 50, lon=37.0 + place / 60) for place in range(5)]
    safety = Safety(coarsen_km=50, delay_days=0)
    found = placed(recorded(rows), dt.date(2016, 3, 25), safety)
    assert found.coarsened == 5
    assert found.grid.size_km >= 50
    listed = {safety.coarse(row["lat"], row["lon"]) for row in rows}
    assert {one.cell for one in found.cells} == {found.grid.cell(*point) for point in listed}


def test_the_latest_events_are_counted_and_placed_nowhere(recorded: Recorded) -> None:
    found = placed(recorded([on(2), on(19), on(20)]), dt.date(2016, 3, 24))
    assert found.delayed == (0, 2)
    assert total(found) == (1, 2)


def test_a_wide_record_gets_larger_cells(recorded: Recorded) -> None:
    near, far = placed(recorded([on(2), on(3)])), placed(recorded([on(2), on(3, lat=9.0)]))
    assert (near.grid.size_km, far.grid.size_km) == (25.0, 100.0)


@given(
    lat=st.floats(-84, 84), lon=st.floats(-180, 180),
    size=st.sampled_from([25.0, 100.0]), parallel=st.sampled_from([-35.0, 0.0, 35.0, 60.0]),
)  # fmt: skip
def test_a_point_lies_in_the_cell_whose_centre_is_nearest(
    lat: float, lon: float, size: float, parallel: float
) -> None:
    grid = Grid(size_km=size, parallel=parallel)
    place, (column, row) = grid.laid(lat, lon), grid.cell(lat, lon)
    away = dist(place, grid.centre((column, row)))
    around = [(column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    assert away <= min(dist(place, grid.centre(one)) for one in around) + 1e-6
    assert away <= size / 3**0.5 + 1e-6
    assert grid.point(*place) == pytest.approx((lat, lon), abs=1e-6)


@settings(max_examples=5)
@given(st.data())
def test_cells_areas_and_delayed_make_up_the_series(
    recorded: Recorded, data: st.DataObject
) -> None:
    rows = data.draw(
        st.lists(
            st.builds(
                on,
                st.integers(1, 20),
                lat=st.none() | st.floats(30, 40),
                radius_km=st.none() | st.sampled_from([1.0, 25.0, 70.0]),
                events_best=st.integers(1, 4),
            ),
            min_size=1, max_size=12,
        )
    )  # fmt: skip
    events = recorded(rows)
    found = placed(events, dt.date(2016, 3, 28))
    (series,) = [
        one for one in cut(events, ALL, role="primary", covered=Period(BEFORE.start, AFTER.end))
        if one.attribution == "possible"
    ]  # fmt: skip
    assert sum(total(found)) == sum(series.counts)
