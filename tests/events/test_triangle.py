"""Releases of one dataset held against each other: what came late, and what was revised."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wordkept.events import releases
from wordkept.events.engine import connect
from wordkept.events.series import daily
from wordkept.events.triangle import reporting_triangle
from wordkept.model import Selection
from wordkept.period import Period

Row = dict[str, Any]
Recorded = Callable[..., ir.Table]
FIRST = dt.date(2016, 3, 1)
DAYS = Period.of(FIRST, days=5)
ALL = Selection(dataset="made-up")
A = replace(ALL, actors=("A",))

a_few = settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number - 1)


def event(name: str, on: int, **fields: Any) -> Row:
    at = day(on)
    return {"native_id": name, "period_from": at, "period_to": at, **fields}


def span(first: int, last: int) -> list[Row]:
    """Rows of no party that say which days a release is about."""
    return [event("begin", first), event("end", last)]


def test_the_triangle_counts_by_day_and_by_release(recorded: Recorded) -> None:
    early = [event("a", 1), event("b", 2), event("c", 2)]
    late = [event("a", 1), event("b", 2), event("d", 1), event("e", 4, events_best=3)]
    known = [(day(3), recorded(early, "early")), (day(9), recorded(late, "late"))]
    found = reporting_triangle(known, ALL, DAYS)
    assert found is not None
    assert (found.dataset, found.start, found.known_on) == ("made-up", FIRST, (day(3), day(9)))
    assert found.counts == ((1, 2), (2, 1), (0, 0), (0, 3), (0, 0))
    assert found.withdrawn == 1  # c
    assert reporting_triangle(known[::-1], ALL, DAYS) == found
    assert reporting_triangle(known[:1], ALL, DAYS) is None


def test_days_that_a_release_is_not_about_are_no_late_reports(recorded: Recorded) -> None:
    """A monthly release begins when its month does, and lacks what came before."""
    whole = recorded([event("a", 1), event("b", 3)], "whole")
    monthly = recorded([event("b", 3), event("c", 3)], "monthly")
    found = reporting_triangle([(day(4), whole), (day(8), monthly)], ALL, DAYS)
    assert found is not None
    assert (found.start, found.counts, found.withdrawn) == (day(3), ((1, 2), (0, 0), (0, 0)), 0)
    past = recorded([event("b", 3), event("c", 3)], "past")
    ahead = recorded([event("b", 3), event("d", 5)], "ahead")
    shorter = reporting_triangle([(day(8), ahead), (day(9), past)], ALL, DAYS)
    assert shorter is not None
    assert shorter.withdrawn == 0  # the later release ends before d
    gone = Period(day(1), day(2))
    assert reporting_triangle([(day(4), whole), (day(8), monthly)], ALL, gone) is None
    cut_short = reporting_triangle([(day(8), whole), (day(9), monthly)], ALL, Period(FIRST, day(4)))
    assert cut_short is not None
    assert len(cut_short.counts) == 2


def test_days_after_the_last_release_was_known_are_not_in_the_triangle(recorded: Recorded) -> None:
    one, two = recorded([event("a", 1)], "one"), recorded([event("a", 1)], "two")
    found = reporting_triangle([(day(2), one), (day(3), two)], ALL, DAYS)
    assert found is not None
    assert len(found.counts) == 3
    too_early = [(day(-5), one), (day(3), two)]  # known before its own first event
    assert reporting_triangle(too_early, ALL, DAYS) is None


def test_an_event_that_is_laid_to_another_is_not_withdrawn(recorded: Recorded) -> None:
    then = recorded([event("a", 1, actors_certain=["A"]), *span(1, 5)], "then")
    now = recorded([event("a", 1, actors_certain=["B"]), *span(1, 5)], "now")
    found = reporting_triangle([(day(6), then), (day(7), now)], A, DAYS)
    assert found is not None
    assert (found.counts[0], found.withdrawn) == ((1, 0), 0)


def test_an_event_that_came_back_was_withdrawn_once(recorded: Recorded) -> None:
    held = [event("a", 2), *span(1, 5)]
    tables = (recorded(held, "one"), recorded(span(1, 5), "two"), recorded(held, "three"))
    found = reporting_triangle([(day(6 + n), table) for n, table in enumerate(tables)], ALL, DAYS)
    assert found is not None
    assert (found.counts[1], found.withdrawn) == ((1, 0, 1), 1)


@st.composite
def changes(draw: st.DrawFn) -> tuple[list[Row], list[Row]]:
    """A release, and the next one, in which each event may have gone, moved or come."""
    both: tuple[list[Row], list[Row]] = (span(1, 5), span(1, 5))
    for number in range(draw(st.integers(0, 10))):
        then, now = draw(st.sampled_from((None, 1, 2, 5))), draw(st.sampled_from((None, 1, 3, 5)))
        for rows, on in zip(both, (then, now), strict=True):
            if on is not None:
                actors = draw(st.sampled_from(([], ["A"], ["A", "B"])))
                rows.append(event(f"e{number}", on, actors_certain=actors))
    return both


@a_few
@given(both=changes())
def test_the_triangle_agrees_with_the_daily_counts(
    recorded: Recorded, both: tuple[list[Row], list[Row]]
) -> None:
    tables = [recorded(rows, name) for rows, name in zip(both, ("then", "now"), strict=True)]
    known = [(day(6), tables[0]), (day(7), tables[1])]
    triangle = reporting_triangle(known, A, DAYS)
    assert triangle is not None
    plain = [
        {row["day"]: row["possible"] for row in daily(table, A).to_pyarrow().to_pylist()}
        for table in tables
    ]
    assert triangle.counts == tuple(tuple(one.get(on, 0) for one in plain) for on in DAYS)
    assert all(number >= 0 for row in triangle.counts for number in row)


def test_real_rows_held_back_by_a_publisher_are_found_again(shared: Path, tmp_path: Path) -> None:
    """Of UCDP's Syria, a release made by leaving out every tenth event of June 2016."""
    options = releases.LoadOptions(loaded_at="2020-01-01T00:00:00Z")
    source = shared / "data" / "ucdp_ged_syria_2016_2019.csv.gz"
    connection = connect()
    now = releases.open_release(
        releases.load_release(source, tmp_path, options), tmp_path, connection
    )
    june = Period(dt.date(2016, 6, 1), dt.date(2016, 6, 30))
    asked = Selection(dataset="ucdp-ged", actors=("Government of Syria",))
    late = (now.row % 10 == 0) & now.period_from.between(june.start, june.end)
    then = now.filter(~late)
    held_back = now.filter(late, now.actors_certain.contains("Government of Syria"),
                           now.period_to.delta(now.period_from, unit="day") < 7)  # fmt: skip
    missing = held_back.count().to_pyarrow().as_py()
    assert missing > 20
    triangle = reporting_triangle(
        [(dt.date(2020, 1, 1), then), (dt.date(2020, 6, 1), now)], asked, june
    )
    assert triangle is not None
    assert sum(new - old for old, new in triangle.counts) == missing
