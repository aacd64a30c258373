"""What every test looks at beside the planned series, and what it leaves out."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wordkept.events import releases
from wordkept.events.engine import connect
from wordkept.events.series import coverage, cut
from wordkept.events.surroundings import FEWEST_EVENTS, companions
from wordkept.model import Circle, Companion, Selection
from wordkept.period import Period

Row = dict[str, Any]
Recorded = Callable[..., ir.Table]
DAYS = Period(dt.date(2016, 3, 1), dt.date(2016, 3, 31))
A_ANYWHERE = Selection(dataset="made-up", actors=("A",), event_types=("air strike",))
A_IN_TOWN = replace(A_ANYWHERE, areas=("Town",))
RING = "the same events within 50 km of the area, outside it"
ELSEWHERE = "the same events outside the area"

a_few = settings(
    max_examples=5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def on(day: int, **fields: Any) -> Row:
    date = DAYS.start + dt.timedelta(days=day - 1)
    return {"period_from": date, "period_to": date, "actors_certain": ["A"], **fields}


def away(km: float, **fields: Any) -> Row:
    """An event so far north of the town."""
    return {"lat": 35.0 + km / 111.195, "lon": 37.0, **fields}


def found(events: ir.Table, selection: Selection) -> list[tuple[str, str, int]]:
    return said(companions(events, selection, covered=DAYS, role="control"))


def said(several: Sequence[Companion]) -> list[tuple[str, str, int]]:
    assert all(one.label == one.series.label for one in several)
    return [(one.kind, one.label, sum(one.series.counts)) for one in several]


def test_displaced_violence_is_looked_for_within_the_ring(recorded: Recorded) -> None:
    town = [on(2, place="Town", **away(0)), on(2, place="Town", **away(30))]
    near = [on(3, place="Farm", **away(km)) for km in (40, 75, 79)]
    far = [on(4, place="Farm", **away(km)) for km in (81, 400)]
    not_it = [
        on(5, place="Farm", event_type="protest", **away(40)),
        on(5, place="Farm", actors_certain=["B"], **away(40)),
        on(5, place="Farm"),
        on(5, **away(40)),  # whether it lies in the town is not known
        on(1, place="Farm", **away(40)),  # before the first event that is planned
    ]
    events = recorded([*town, *near, *far, *not_it])
    assert found(events, A_IN_TOWN) == [("ring", RING, 3), ("elsewhere", ELSEWHERE, 6)]
    ring = companions(events, A_IN_TOWN, covered=DAYS)[0].series
    assert (ring.start, ring.end, ring.role) == (dt.date(2016, 3, 2), DAYS.end, "control")
    assert ring.counts[:3] == (0, 3, 0)


def test_the_ring_of_a_circle_begins_where_the_circle_ends(recorded: Recorded) -> None:
    spots = [on(1, **away(km)) for km in (0, 5, 12, 59, 61)]
    circle = replace(A_ANYWHERE, around=Circle(lat=35.0, lon=37.0, radius_km=10))
    events = recorded([*spots, on(1)])
    assert found(events, circle) == [("ring", RING, 2), ("elsewhere", ELSEWHERE, 3)]
    hollow = replace(A_ANYWHERE, around=Circle(lat=35.0, lon=37.0, radius_km=10, hole_km=4))
    assert found(events, hollow) == [("ring", RING, 2), ("elsewhere", ELSEWHERE, 4)]


def test_others_in_the_place_of_a_party_are_named(recorded: Recorded) -> None:
    others = [
        on(day, place="Town", actors_certain=[name])
        for name, last in (("B", 25), ("C", 31), ("D", 30), ("E", 28), ("F", FEWEST_EVENTS - 1))
        for day in range(1, last + 1)
    ]
    unnamed = [on(day, place="Town", actors_certain=["Unidentified"]) for day in range(1, 30)]
    joint = [on(day, place="Town", actors_possible=["B"]) for day in range(1, 30)]
    away_from_it = [on(day, place="Farm", actors_certain=["B"]) for day in range(1, 30)]
    events = recorded([*others, *unnamed, *joint, *away_from_it])
    named = "the same kinds of event laid to {}, not to A, in the same area"
    others_found = [one for one in found(events, A_IN_TOWN) if one[0] == "substitute"]
    assert others_found == [
        ("substitute", named.format(name), n) for name, n in (("C", 31), ("D", 30), ("E", 28))
    ]
    against = replace(A_IN_TOWN, against=("C",))
    assert not [one for one in found(events, against) if "laid to C" in one[1]]
    both = replace(A_IN_TOWN, actors=("A", "C"))
    assert "the same kinds of event laid to D, not to A or C, in the same area" in [
        label for _, label, _ in found(events, both)
    ]


def test_one_who_came_later_has_days_without_an_event_before(recorded: Recorded) -> None:
    """Whoever took over began when the other left off: that is what is looked for."""
    left = [on(day, place="Town") for day in range(1, 10)]
    came = [on(day, place="Town", actors_certain=["B"]) for day in range(10, 30)]
    (one,) = (
        one
        for one in companions(recorded([*left, *came]), A_IN_TOWN, covered=DAYS)
        if one.kind == "substitute"
    )
    assert one.series.start == DAYS.start
    assert one.series.counts == (0,) * 9 + (1,) * 20 + (0, 0)


def test_donors_are_other_units_or_without_an_area_other_parties(recorded: Recorded) -> None:
    town = [on(1, place="Town", admin1="Own")]
    units = [
        on(day, place="Farm", admin1=f"Unit {unit:02}")
        for unit in range(1, 15)
        for day in range(1, FEWEST_EVENTS + unit - 2)
    ]
    own = [on(day, place="Farm", admin1="Own") for day in range(1, 31)]
    parties = [on(day, place="Farm", actors_certain=["B"]) for day in range(1, 25)]
    events = recorded([*town, *units, *own, *parties])
    donors = [one[1:] for one in found(events, A_IN_TOWN) if one[0] == "donor"]
    assert donors == [
        (f"the same events in Unit {unit:02}", 17 + unit) for unit in range(14, 2, -1)
    ]
    assert [one for one in found(events, A_ANYWHERE) if one[0] != "substitute"] == [
        ("donor", "the same kinds of event laid to B, not to A", 24)
    ]


def test_a_record_of_plain_counts_has_few_companions(recorded: Recorded) -> None:
    counts = recorded([on(day, event_type=None, events_best=3) for day in range(1, 31)])
    everything = Selection(dataset="made-up")
    assert found(counts, everything) == []
    assert found(counts, replace(everything, actors=("A",))) == []
    assert found(counts, replace(everything, areas=("Town",))) == []
    assert found(counts, replace(everything, actors=("Nobody",))) == []


@st.composite
def records(draw: st.DrawFn) -> list[Row]:
    return [
        on(
            draw(st.integers(1, 4)),
            place=draw(st.sampled_from(("Town", "Farm"))),
            admin1=draw(st.sampled_from(("North", "South", None))),
            actors_certain=draw(st.lists(st.sampled_from("ABC"), max_size=2, unique=True)),
            events_best=draw(st.sampled_from((1, 9, 30))),
            **draw(st.sampled_from(({}, away(0), away(45), away(120)))),
        )
        for _ in range(draw(st.integers(1, 12)))
    ]


@a_few
@given(rows=records(), seed=st.randoms(use_true_random=False))
def test_companions_share_no_event_with_the_plan(
    recorded: Recorded, rows: list[Row], seed: random.Random
) -> None:
    events = recorded(rows)
    beside = companions(events, A_IN_TOWN, covered=DAYS)
    shuffled = recorded(seed.sample(rows, len(rows)), "shuffled")
    assert beside == companions(shuffled, A_IN_TOWN, covered=DAYS)
    planned = cut(events, A_IN_TOWN, role="primary", covered=DAYS)
    if not planned:
        assert beside == ()
        return
    anywhere = cut(events, A_ANYWHERE, role="primary", covered=Period(planned[0].start, DAYS.end))
    outside = {one.kind: sum(one.series.counts) for one in beside}.get("elsewhere", 0)
    assert sum(planned[-1].counts) + outside == sum(anywhere[-1].counts)
    sizes = {one.kind: sum(one.series.counts) for one in beside}
    assert sizes.get("ring", 0) <= outside
    assert all(sum(one.series.counts) >= FEWEST_EVENTS for one in beside if one.kind == "donor")
    assert all((one.series.start, one.series.end) == (planned[0].start, DAYS.end) for one in beside)


@pytest.fixture(scope="module")
def airwars(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> ir.Table:
    folder = tmp_path_factory.mktemp("releases")
    options = releases.LoadOptions(loaded_at="2020-01-01T00:00:00Z")
    source = shared / "data" / "airwars_syria_incidents_to_2016-08.csv"
    release = releases.load_release(source, folder, options)
    return releases.open_release(release, folder, connect())


def test_who_and_what_stands_beside_russia_in_aleppo(airwars: ir.Table) -> None:
    covered = coverage(airwars, until=dt.date(2016, 8, 31))
    assert covered is not None
    russia = Selection(dataset="airwars", actors=("Russia",), areas=("Aleppo",))
    assert said(companions(airwars, russia, covered=covered.days)) == [
        ("ring", RING, 264),
        ("elsewhere", ELSEWHERE, 628),
        ("substitute", "events laid to US-led Coalition, not to Russia, in the same area", 82),
        ("donor", "the same events in Idlib", 195),
        ("donor", "the same events in Deir Ezzor", 112),
        ("donor", "the same events in Homs", 106),
        ("donor", "the same events in Damascus", 78),
        ("donor", "the same events in Hama", 49),
        ("donor", "the same events in Raqqa", 49),
        ("donor", "the same events in Daraa", 27),
    ]
