"""Events become counts by day, at each attribution, with no day missing.

A row that spans up to a week counts on its middle day; one that spans more cannot be laid on a day,
is left out of the series, and is counted for the audit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from itertools import accumulate, pairwise
from operator import and_, or_
from typing import Any, Literal

import ibis
import ibis.expr.types as ir

from wordkept.events.distance import inside
from wordkept.model import ATTRIBUTIONS, Attribution, DailySeries, Selection
from wordkept.period import Period

LONGEST_DAYS = 7
"""A row that spans more days than this is left out of a daily series."""
FAR_APART_DAYS = 366
SILENT_DAYS = 14

Role = Literal["primary", "other", "control"]


def counted(events: ir.Table, selection: Selection, attribution: Attribution) -> ir.BooleanValue:
    """Whether a selection counts a row at an attribution: certain ones stand among the possible."""
    asked = [events.event_type.fill_null("") != "attention"]
    if selection.event_types:
        asked.append(events.event_type.isin(selection.event_types))
    if selection.targets:
        asked.append(events.target.isin(selection.targets))
    if selection.areas:
        columns = (events.place, events.admin2, events.admin1, events.country)
        asked.append(reduce(or_, (_true(column.isin(selection.areas)) for column in columns)))
    if selection.around:
        asked.append(inside(events, selection.around))
    if selection.actors:
        asked.append(_named(events, selection.actors, attribution))
    if selection.against:
        sides = (_true(side.isin(selection.against)) for side in (events.side_a, events.side_b))
        asked.append(reduce(or_, sides, _named(events, selection.against, attribution)))
    return reduce(and_, (_true(condition) for condition in asked))


def reached(events: ir.Table, selection: Selection) -> ir.BooleanValue | None:
    """Whether a question about a selection can turn on a row, what others do elsewhere left out.

    That is: whether it names the selection's parties, or lies in its area. None where no party is
    named: then it can turn on any row.
    """
    if not selection.actors:
        return None
    nothing = Selection(dataset=selection.dataset)
    named = counted(events, replace(nothing, actors=selection.actors), ATTRIBUTIONS[-1])
    if not selection.areas and selection.around is None:
        return named
    there = replace(nothing, areas=selection.areas, around=selection.around)
    return named | counted(events, there, ATTRIBUTIONS[-1])


def _named(events: ir.Table, actors: tuple[str, ...], attribution: Attribution) -> ir.BooleanValue:
    """Whether any of the actors is named at the attribution or a surer one."""
    wanted = ATTRIBUTIONS[: ATTRIBUTIONS.index(attribution) + 1]
    return reduce(
        or_,
        (_true(events[f"actors_{level}"].contains(actor)) for level in wanted for actor in actors),
    )


def _true(condition: ir.BooleanValue) -> ir.BooleanValue:
    """A condition in which unknown is no."""
    return condition.fill_null(False)


def days_spanned(events: ir.Table) -> ir.IntegerValue:
    """How many days a row spans beyond its first."""
    return events.period_to.delta(events.period_from, unit="day")


def middle_day(events: ir.Table) -> ir.DateValue:
    """The day on which a row counts: the middle of its period, the earlier of two."""
    half = (days_spanned(events) // 2).cast("int64")
    return (events.period_from + half.as_interval("D")).cast("date")


def daily(events: ir.Table, selection: Selection) -> ir.Table:
    """Events by day: `day`, and a column for each attribution of the selection."""
    rows = events.filter(counted(events, selection, selection.attributions[-1]),
                         days_spanned(events) < LONGEST_DAYS)  # fmt: skip
    sums = {
        bound: events.events_best.sum(where=counted(events, selection, bound))
        for bound in selection.attributions
    }
    return rows.group_by(day=middle_day(events)).aggregate(**sums).order_by("day")


def cut(
    events: ir.Table, selection: Selection, *, role: Role, covered: Period
) -> tuple[DailySeries, ...]:
    """One series for each attribution of a selection, over the same days; none without an event.

    The days are those that the record covers, from the first event of the selection at its widest
    attribution on: before it nothing is known, and a war that had not begun is no peace.
    """
    rows = [
        row for row in daily(events, selection).to_pyarrow().to_pylist() if row["day"] in covered
    ]
    widest = selection.attributions[-1]
    first = min((row["day"] for row in rows if row[widest]), default=None)
    if first is None:
        return ()
    days = Period(first, covered.end)
    return tuple(
        DailySeries(
            dataset=selection.dataset,
            attribution=bound,
            role=role,
            label=selection.label or selection.dataset,
            start=first,
            counts=dense({row["day"]: int(row[bound] or 0) for row in rows}, days),
        )
        for bound in selection.attributions
    )


def dense(counts: Mapping[date, int], days: Period) -> tuple[int, ...]:
    """A count for each of the days, 0 where none is given."""
    numbers = [0] * len(days)
    for day, number in counts.items():
        if day in days:
            numbers[(day - days.start).days] = number
    return tuple(numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The days that a record covers, and what lies apart from them."""

    days: Period
    apart: int
    """Rows dated more than a year away from the rest."""
    silences: tuple[Period, ...]
    """Two weeks or more, inside the days, in which no row of any kind is dated."""


def coverage(events: ir.Table, *, until: date) -> Coverage | None:
    """The days from the first to the last row that can be laid on a day by `until`.

    Rows that lie more than a year away from the bulk of the others stretch no record: they are
    counted as lying apart. None where no row can be laid on a day.
    """
    dated = events.filter(events.period_to <= ibis.literal(until))
    short = dated.filter(dated.period_to.delta(dated.period_from, unit="day") < LONGEST_DAYS)
    table = short.group_by(day=short.period_from).aggregate(
        rows=short.count(), last=short.period_to.max()
    )
    rows = table.order_by("day").to_pyarrow().to_pylist()
    if not rows:
        return None
    runs = _runs(rows)
    bulk = max(runs, key=lambda run: sum(row["rows"] for row in run))
    days = Period(bulk[0]["day"], max(row["last"] for row in bulk))
    apart = sum(row["rows"] for run in runs if run is not bulk for row in run)
    return Coverage(days=days, apart=apart, silences=_silences(bulk))


def _runs(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Days in order, split wherever more than a year lies between two of them."""
    runs = [[rows[0]]]
    for before, after in pairwise(rows):
        if (after["day"] - before["day"]).days > FAR_APART_DAYS:
            runs.append([])
        runs[-1].append(after)
    return runs


def _silences(rows: list[dict[str, Any]]) -> tuple[Period, ...]:
    reached = accumulate((row["last"] for row in rows), max)
    return tuple(
        Period(last + timedelta(days=1), after["day"] - timedelta(days=1))
        for last, after in zip(reached, rows[1:], strict=False)
        if (after["day"] - last).days > SILENT_DAYS
    )
