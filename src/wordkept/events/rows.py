"""The rows behind a count, so that any number can be followed to what it was counted from."""

from collections.abc import Sequence
from dataclasses import fields
from itertools import chain
from typing import Any

import ibis
import ibis.expr.types as ir

from wordkept.events.series import LONGEST_DAYS, counted, days_spanned, middle_day
from wordkept.model import Attribution, Event, Selection
from wordkept.period import Period

PERIOD = ("period_from", "period_to")
COLUMNS = tuple(field.name for field in fields(Event) if field.name != "period")

Count = tuple[Attribution, Period]
"""What a count is of: at which attribution, on which days."""


def rows_counted(
    events: ir.Table, selection: Selection, attribution: Attribution, days: Period
) -> tuple[Event, ...]:
    """Every row that a selection counts on some days at an attribution, in order of day and row."""
    return first_rows(rows_chosen(events, selection, attribution, days))


def rows_chosen(
    events: ir.Table, selection: Selection, attribution: Attribution, days: Period
) -> ir.Table:
    """The rows that a selection counts on some days at an attribution, as a table."""
    return events.filter(
        counted(events, selection, attribution),
        days_spanned(events) < LONGEST_DAYS,
        middle_day(events).between(days.start, days.end),
    )


def first_rows(chosen: ir.Table, limit: int | None = None) -> tuple[Event, ...]:
    """The first rows of a table by day and row of the file; all of them without a limit."""
    listed = chosen.select("period_from", "period_to", *COLUMNS).order_by("period_from", "row")
    return tuple(_event(row) for row in listed.limit(limit).to_pyarrow().to_pylist())


def first_of_each(
    events: ir.Table, selection: Selection, counts: Sequence[Count], limit: int
) -> tuple[tuple[tuple[Event, ...], int], ...]:
    """The first rows of each count and how many it has in all, in two queries for all of them.

    Most of the time of a small query goes into making it: twenty counts asked one by one take
    twenty times as long. And of a large one into reading what no page lists: so the first says
    which rows are listed, and the second reads those.
    """
    if not counts:
        return ()
    bounds = dict.fromkeys(attribution for attribution, _ in counts)
    laid = {f"at_{bound}": counted(events, selection, bound) for bound in bounds}
    short = days_spanned(events) < LONGEST_DAYS
    # A view keeps Ibis from writing every condition out again wherever it is used.
    days = events.select("period_from", "row", short=short, day=middle_day(events), **laid).view()
    flags = {
        f"in_{place}": days[f"at_{bound}"] & days.short & days.day.between(within.start, within.end)
        for place, (bound, within) in enumerate(counts)
    }
    flagged = days.select("period_from", "row", **flags).view()
    held = flagged.filter(ibis.or_(*(flagged[name] for name in flags)))
    table = held.order_by("period_from", "row").to_pyarrow()
    of_each = [table.filter(table[name])["row"] for name in flags]
    numbers = [one.slice(0, limit).to_pylist() for one in of_each]
    if not any(numbers):
        return tuple(((), 0) for _ in counts)
    # As one text: a literal for each number takes Ibis longer than the query takes DuckDB.
    told = ibis.literal(" ".join(str(row) for row in sorted({*chain(*numbers)})))
    wanted = told.split(" ").unnest().cast("int64").name("row").as_table()
    few = events.semi_join(wanted, "row")
    listed = {event.row: event for event in first_rows(few)}
    return tuple(
        (tuple(listed[row] for row in first), len(every))
        for first, every in zip(numbers, of_each, strict=True)
    )


def _event(row: dict[str, Any]) -> Event:
    period = Period(row.pop("period_from"), row.pop("period_to"))
    return Event(period=period, **row)
