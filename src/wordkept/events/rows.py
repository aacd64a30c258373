"""The rows behind a count, so that any number can be followed to what it was counted from."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

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
    plain = days_spanned(events) < LONGEST_DAYS
    flags = {
        f"in_{place}": counted(events, selection, attribution)
        & plain
        & middle_day(events).between(days.start, days.end)
        for place, (attribution, days) in enumerate(counts)
    }
    flagged = events.select("period_from", "row", **flags)
    held = flagged.filter(ibis.or_(*(flagged[name] for name in flags)))
    table = held.order_by("period_from", "row").to_pyarrow()
    every = table["row"].to_numpy()
    of_each = [every[table[name].to_numpy()] for name in flags]
    listed = {
        event.row: event for event in _rows_numbered(events, [one[:limit] for one in of_each])
    }
    return tuple((tuple(listed[row] for row in one[:limit].tolist()), len(one)) for one in of_each)


def _rows_numbered(events: ir.Table, numbers: Sequence[NDArray[np.int64]]) -> tuple[Event, ...]:
    wanted = ibis.memtable(pa.table({"row": np.unique(np.concatenate(numbers))}))
    return first_rows(events.semi_join(wanted, "row"))


def _event(row: dict[str, Any]) -> Event:
    period = Period(row.pop("period_from"), row.pop("period_to"))
    return Event(period=period, **row)
