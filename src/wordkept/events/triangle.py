"""When events entered the record, from releases of one dataset.

All the tables held against each other must be of one connection.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from wordkept.events.marks import laid_on_days
from wordkept.events.series import counted, coverage, dense, middle_day
from wordkept.model import Selection, Triangle
from wordkept.period import Period

Dated = tuple[date, ir.Table]
"""A release: the day from which it can have been known, and its events."""


def reporting_triangle(
    releases: Sequence[Dated], selection: Selection, days: Period
) -> Triangle | None:
    """Counts by day and by release, at the widest attribution; None with fewer than two releases.

    The days begin where every release has begun, and end before the last one was known: earlier
    days would look unreported in a release that is not about them. None if no day is left.
    """
    known = sorted(releases, key=lambda release: release[0])
    tables = [events for _, events in known]
    covered = [coverage(events, until=known_on) for known_on, events in known]
    held = [one.days for one in covered if one is not None]
    if len(known) < 2 or len(held) < len(known):  # noqa: PLR2004
        return None
    begun, ended = max(days.start, *(one.start for one in held)), min(days.end, known[-1][0])
    if ended < begun:
        return None
    shared = Period(begun, ended)
    counts = _by_day(tables, selection, shared)
    return Triangle(
        dataset=selection.dataset,
        start=shared.start,
        known_on=tuple(known_on for known_on, _ in known),
        counts=tuple(zip(*(dense(one, shared) for one in counts), strict=True)),
        withdrawn=_withdrawn(tables, selection, shared, [one.end for one in held]),
    )


def _wanted(events: ir.Table, selection: Selection, days: Period) -> ir.BooleanValue:
    return counted(events, selection, selection.attributions[-1]) & laid_on_days(events, days)


def _by_day(
    tables: Sequence[ir.Table], selection: Selection, days: Period
) -> list[dict[date, int]]:
    """Of each table, the events by day that the selection counts."""
    parts = []
    for place, events in enumerate(tables):
        rows = events.filter(_wanted(events, selection, days))
        summed = rows.group_by(day=middle_day(rows)).aggregate(number=rows.events_best.sum())
        parts.append(summed.mutate(release=ibis.literal(place)))
    found: list[dict[date, int]] = [{} for _ in tables]
    for row in ibis.union(*parts).to_pyarrow().to_pylist():
        found[row["release"]][row["day"]] = int(row["number"] or 0)
    return found


def _withdrawn(
    tables: Sequence[ir.Table], selection: Selection, days: Period, ends: Sequence[date]
) -> int:
    """Ids that the selection counts in a release and that a later one, which covers the day, lacks.

    An id that is still there but counted no longer was changed, not withdrawn.
    """
    parts = [
        events.filter(events.native_id.notnull()).select(
            "native_id",
            release=ibis.literal(place),
            day=middle_day(events),
            wanted=_wanted(events, selection, days),
        )
        for place, events in enumerate(tables)
    ]
    rows = ibis.union(*parts)
    each = rows.group_by("native_id").aggregate(
        held=rows.release.collect(distinct=True),
        wanted=rows.release.collect(distinct=True, where=rows.wanted),
        day=rows.day.min(where=rows.wanted),
    )
    missed = each.filter(each.day.notnull(), each.held.length() < len(tables))
    return sum(_lost(row, ends) for row in missed.to_pyarrow().to_pylist())


def _lost(row: dict[str, Any], ends: Sequence[date]) -> bool:
    first = min(row["wanted"])
    later = range(first + 1, len(ends))
    return any(place not in row["held"] and row["day"] <= ends[place] for place in later)
