"""When events entered the record, and what its publisher changed, from releases of one dataset.

All the tables held against each other must be of one connection.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from wordkept.events.marks import laid_on_days
from wordkept.events.series import LONGEST_DAYS, counted, coverage, days_spanned, dense, middle_day
from wordkept.model import ATTRIBUTIONS, Revision, Selection, Triangle
from wordkept.period import Period

BETWEEN, WITHIN, BLANK = "\x1f", "\x1e", "\x00"
"""Characters that no field holds: between fields, between names, and for a field left empty."""

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


def revisions(
    older: ir.Table, newer: ir.Table, selection: Selection, days: Period
) -> Revision | None:
    """What was revised, at the widest attribution, on days that both releases cover; None if none.

    Rows without a native id cannot be followed: they count in `by_day` alone.
    """
    held = [coverage(events, until=days.end) for events in (older, newer)]
    shared: Period | None = days
    for one in held:
        shared = shared.meet(one.days) if shared and one else None
    if shared is None:
        return None
    before, after = _by_day([older, newer], selection, shared)
    net = {day: after.get(day, 0) - before.get(day, 0) for day in {*before, *after}}
    return Revision(
        dataset=selection.dataset,
        days=shared,
        **_followed(older, newer, selection, shared),
        by_day=tuple(sorted((day, number) for day, number in net.items() if number)),
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


def _followed(
    older: ir.Table, newer: ir.Table, selection: Selection, days: Period
) -> dict[str, int]:
    """How many ids were added, withdrawn, moved and changed."""
    before, after = (_by_id(events, selection, days) for events in (older, newer))
    then, now = before.view(), after.view()
    pairs = then.outer_join(now, "native_id", rname="{name}_now")
    gone, new = pairs.native_id_now.isnull(), pairs.native_id.isnull()
    was, is_now = pairs.wanted.fill_null(False), pairs.wanted_now.fill_null(False)
    both = ~gone & ~new & (was | is_now)
    summed = pairs.aggregate(
        added=(new & is_now).sum(),
        withdrawn=(gone & was).sum(),
        moved=(both & (pairs.days != pairs.days_now)).sum(),
        changed=(both & (pairs.fields != pairs.fields_now)).sum(),
    )
    (found,) = summed.to_pyarrow().to_pylist()
    return {name: int(number or 0) for name, number in found.items()}


def _by_id(events: ir.Table, selection: Selection, days: Period) -> ir.Table:
    """By native id: whether it is counted, on which days, and what the selection counts it by."""
    rows = events.filter(events.native_id.notnull()).select(
        "native_id",
        wanted=_wanted(events, selection, days),
        day=ibis.ifelse(
            days_spanned(events) < LONGEST_DAYS, middle_day(events).cast("string"), "on no one day"
        ),
        read=_read(events, selection),
    )
    return rows.group_by("native_id").aggregate(
        wanted=rows.wanted.any(),
        days=rows.day.collect(order_by=rows.day),
        fields=rows.read.collect(order_by=rows.read),
    )


def _read(events: ir.Table, selection: Selection) -> ir.StringValue:
    """The fields that the selection counts a row by, as one text."""
    asked: dict[str, object] = {
        "event_type": True,  # attention is never counted
        "events_best": True,
        "target": selection.targets,
        **dict.fromkeys(("place", "admin2", "admin1", "country"), selection.areas),
        **dict.fromkeys(("lat", "lon"), selection.around),
        **dict.fromkeys(("side_a", "side_b"), selection.against),
    }
    cells = [events[name].cast("string") for name, read in asked.items() if read]
    if selection.actors or selection.against:
        cells += [events[f"actors_{level}"].sort().join(WITHIN) for level in ATTRIBUTIONS]
    return ibis.literal(BETWEEN).join([cell.fill_null(BLANK) for cell in cells])
