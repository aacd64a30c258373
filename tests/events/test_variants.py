"""Every defensible way to count: which there are, what each counts, and which is the plan's own."""

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
from wordkept.events.distance import inside
from wordkept.events.engine import connect
from wordkept.events.series import counted, coverage, cut
from wordkept.events.variants import variants
from wordkept.model import ATTRIBUTIONS, Circle, Selection, Variant
from wordkept.period import Period

Row = dict[str, Any]
Recorded = Callable[..., ir.Table]
DAYS = Period(dt.date(2016, 3, 1), dt.date(2016, 3, 31))
ALL = Selection(dataset="made-up")
TOWN = replace(ALL, areas=("Town",))

a_few = settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def on(day: int, **fields: Any) -> Row:
    date = DAYS.start + dt.timedelta(days=day - 1)
    return {"period_from": date, "period_to": date, **fields}


def away(km: float, **fields: Any) -> Row:
    """An event so far north of the town."""
    return {"lat": 35.0 + km / 111.195, "lon": 37.0, **fields}


def ways(found: Sequence[Variant]) -> dict[tuple[str, str, str, str], int]:
    return {
        (one.area, one.event_class, one.duplicates, one.series.attribution): sum(one.series.counts)
        for one in found
    }


@st.composite
def records(draw: st.DrawFn) -> list[Row]:
    """Rows few of whose fields differ, so that many are alike."""
    spot = st.sampled_from((None, 0.0, 8.0, 30.0, 200.0))
    actors = st.lists(st.sampled_from("AB"), max_size=2, unique=True)
    rows = []
    for _ in range(draw(st.integers(1, 20))):
        km = draw(spot)
        rows.append(
            on(
                draw(st.integers(1, 4)),
                place=draw(st.sampled_from(("Town", "Farm", None))),
                admin1=draw(st.sampled_from(("North", "South", None))),
                event_type=draw(st.sampled_from(("air strike", "shelling", "protest"))),
                native_type=draw(st.sampled_from(("x", "y"))),
                events_best=draw(st.sampled_from((0, 1, 1, 3))),
                **{f"actors_{bound}": draw(actors) for bound in ATTRIBUTIONS},
                **({} if km is None else away(km)),
            )
        )
    return rows


selections = st.builds(
    Selection,
    dataset=st.just("made-up"),
    actors=st.sampled_from(((), ("A",))),
    areas=st.sampled_from(((), ("Town",), ("North",))),
    event_types=st.sampled_from(((), ("air strike",), ("shelling", "protest"))),
    attributions=st.sampled_from((ATTRIBUTIONS, ("certain",), ("certain", "possible"))),
)


@a_few
@given(rows=records(), selection=selections)
def test_the_planned_ways_are_those_of_the_plan_and_none_is_given_twice(
    recorded: Recorded, rows: list[Row], selection: Selection
) -> None:
    events = recorded(rows)
    found = variants(events, selection, covered=DAYS)
    planned = [one.series for one in found if one.planned]
    plain = cut(events, selection, role="primary", covered=DAYS)
    different = {one.counts: one for one in reversed(plain)}  # of two alike, the surer stands
    assert planned == [one for one in plain if different[one.counts] is one]
    assert all(one.planned for one in found[: len(planned)])
    assert len({one.series.counts for one in found}) == len(found)
    assert all(any(one.series.counts) for one in found if not one.planned)
    assert {(one.series.start, one.series.end) for one in found} == {
        (one.start, one.end) for one in plain
    }


def by_hand(rows: Sequence[Row], selection: Selection, bound: str) -> int:
    """Events, rows alike counted once, in plain Python."""
    surer = [f"actors_{name}" for name in ATTRIBUTIONS[: ATTRIBUTIONS.index(bound) + 1]]
    seen: dict[object, int] = {}
    for place, row in enumerate(rows):
        if (
            (not selection.actors or any("A" in row[name] for name in surer))
            and (not selection.areas or {row["place"], row["admin1"]} & {*selection.areas})
            and (not selection.event_types or row["event_type"] in selection.event_types)
        ):
            key = (row["period_from"], row.get("lat"), row["event_type"], row["events_best"])
            seen[key if "lat" in row else place] = row["events_best"]
    return sum(seen.values())


@a_few
@given(rows=records(), selection=selections)
def test_rows_alike_are_merged_within_what_is_counted(
    recorded: Recorded, rows: list[Row], selection: Selection
) -> None:
    events = recorded(rows)
    found = variants(events, selection, covered=DAYS)
    plain = {one.attribution: one for one in cut(events, selection, role="primary", covered=DAYS)}
    for one in found:
        if (one.area, one.event_class, one.duplicates) == ("as planned", "as planned", "merged"):
            bound = one.series.attribution
            assert sum(one.series.counts) == by_hand(rows, selection, bound)
            pairs = zip(one.series.counts, plain[bound].counts, strict=True)
            assert all(merged <= counted for merged, counted in pairs)


@a_few
@given(rows=records(), selection=selections, seed=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_says_nothing(
    recorded: Recorded, rows: list[Row], selection: Selection, seed: random.Random
) -> None:
    shuffled = seed.sample(rows, len(rows))
    assert variants(recorded(rows), selection, covered=DAYS) == variants(
        recorded(shuffled, "shuffled"), selection, covered=DAYS
    )


def test_a_row_that_stands_twice_is_counted_twice_or_once(recorded: Recorded) -> None:
    twice = away(0, side_a="A", deaths_best=4)
    rows = [on(1, **twice), on(1, **twice), on(1, **{**twice, "deaths_best": 5}), on(2, **twice)]
    unplaced = [on(3, place="Town"), on(3, place="Town")]
    found = ways(variants(recorded([*rows, *unplaced]), ALL, covered=DAYS))
    assert found == {
        ("as planned", "as planned", "counted", "certain"): 6,
        ("as planned", "as planned", "merged", "certain"): 5,
    }


def test_areas_near_the_planned_one_are_ways_to_count(recorded: Recorded) -> None:
    near = [on(day, place="Farm", admin1="North", **away(km)) for day, km in ((1, 8), (2, 20))]
    far = [on(3, place="Farm", admin1="North", **away(40)), on(4, admin1="North")]
    there = [on(day, place="Town", admin1="North", **away(0)) for day in (1, 2, 3)]
    elsewhere = [on(5, place="Farm", admin1="South", **away(400))]
    found = ways(variants(recorded([*there, *near, *far, *elsewhere]), TOWN, covered=DAYS))
    assert {area: n for (area, *_), n in found.items()} == {
        "as planned": 3,
        "within 10 km": 4,
        "within 25 km": 5,
        "within 50 km": 6,
        "the whole of North": 7,
    }


def test_an_area_that_holds_few_of_the_planned_events_is_another_place(recorded: Recorded) -> None:
    apart = [on(day, country="Land", **away(60.0 * day)) for day in range(1, 9)]
    country = replace(ALL, areas=("Land",))
    assert {one.area for one in variants(recorded(apart), country, covered=DAYS)} == {"as planned"}
    units = [on(day, country="Land", admin1=f"Unit {day // 2}") for day in range(1, 9)]
    assert {one.area for one in variants(recorded(units), country, covered=DAYS)} == {"as planned"}


def test_no_area_is_made_up_where_none_is_planned_or_placed(recorded: Recorded) -> None:
    placed = recorded([on(day, place="Town", **away(0)) for day in (1, 2)])
    assert {one.area for one in variants(placed, ALL, covered=DAYS)} == {"as planned"}
    unplaced = recorded([on(day, place="Town") for day in (1, 2)])
    assert {one.area for one in variants(unplaced, TOWN, covered=DAYS)} == {"as planned"}


def test_event_types_are_widened_and_narrowed(recorded: Recorded) -> None:
    kinds = ("air strike", "air strike", "shelling", "abduction", "protest", "attention")
    events = recorded([on(day, event_type=kind) for day, kind in enumerate(kinds, start=1)])
    planned = replace(ALL, event_types=("air strike", "shelling"))
    found = ways(variants(events, planned, covered=DAYS))
    assert {kind: n for (_, kind, *_), n in found.items()} == {
        "as planned": 3,
        "any violence": 4,
        "narrow: air strike": 2,
    }
    peaceful = variants(events, replace(ALL, event_types=("protest",)), covered=DAYS)
    assert [one.event_class for one in peaceful] == ["as planned"]


def test_of_one_type_the_commonest_native_type_is_the_narrow_one(recorded: Recorded) -> None:
    events = recorded([on(day, native_type="raid" if day > 1 else "drone") for day in (1, 2, 3)])
    found = ways(variants(events, ALL, covered=DAYS))
    assert {kind: n for (_, kind, *_), n in found.items()} == {"as planned": 3, "narrow: raid": 2}


def test_without_an_event_there_is_no_way_to_count(recorded: Recorded) -> None:
    assert variants(recorded([on(1)]), replace(ALL, actors=("A",)), covered=DAYS) == ()


@st.composite
def points(draw: st.DrawFn) -> Row:
    return {"lat": draw(st.floats(-90, 90)), "lon": draw(st.floats(-180, 180))}


@a_few
@given(
    places=st.lists(points() | st.just({}), min_size=1, max_size=40),
    centre=points(),
    radii=st.tuples(st.floats(0, 15000), st.floats(0, 15000)),
)
def test_a_disc_and_the_ring_around_it_are_the_bigger_disc(
    recorded: Recorded, places: list[Row], centre: Row, radii: tuple[float, float]
) -> None:
    events, (small, big) = recorded(places), sorted(radii)

    def chosen(hole: float, radius: float) -> set[int]:
        around = Circle(**centre, hole_km=hole, radius_km=radius)
        asked = counted(events, replace(ALL, around=around), "possible")
        return {*events.filter(asked).row.to_pyarrow().to_pylist()}

    disc, ring, both = chosen(0, small), chosen(small, big), chosen(0, big)
    assert not disc & ring
    assert disc | ring == both
    unplaced = {number for number, place in enumerate(places, start=1) if not place}
    assert not both & unplaced


@pytest.mark.parametrize(
    ("there", "km"),
    [((36.2021, 37.1343), 310), ((35.9306, 36.6339), 273), ((-33.5138, -143.7235), 20015)],
)
def test_distances_are_those_of_the_globe(
    recorded: Recorded, there: tuple[float, float], km: float
) -> None:
    """From Damascus: to Aleppo, to Idlib, and to the other side of the globe."""
    events = recorded([{"lat": there[0], "lon": there[1]}])

    def within(radius: float) -> bool:
        circle = Circle(lat=33.5138, lon=36.2765, radius_km=radius)
        return bool(events.select(met=inside(events, circle)).to_pyarrow()["met"][0].as_py())

    assert within(km * 1.01)
    assert not within(km * 0.99)


@pytest.fixture(scope="module")
def syria(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> ir.Table:
    folder = tmp_path_factory.mktemp("releases")
    options = releases.LoadOptions(loaded_at="2020-01-01T00:00:00Z")
    source = shared / "data" / "ucdp_ged_syria_2016_2019.csv.gz"
    release = releases.load_release(source, folder, options)
    return releases.open_release(release, folder, connect())


def test_the_ways_to_count_syria_are_found(syria: ir.Table) -> None:
    covered = coverage(syria, until=dt.date(2019, 12, 31))
    assert covered is not None
    asked = Selection(
        dataset="ucdp-ged", actors=("Government of Syria",), areas=("Idlib Governorate",)
    )
    found = ways(variants(syria, asked, covered=covered.days))
    assert found == {
        ("as planned", "as planned", "counted", "certain"): 1547,
        ("as planned", "as planned", "merged", "certain"): 1537,
        ("within 50 km", "as planned", "counted", "certain"): 2498,
        ("within 50 km", "as planned", "merged", "certain"): 2480,
    }
