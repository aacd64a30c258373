"""The rows behind a count, so that any number can be followed to what it was counted from."""

from collections.abc import Sequence
from dataclasses import fields
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
    """The first rows of each count and how many it has in all, read in one query for all of them.

    Most of the time of a small query goes into making it: twenty counts asked one by one take
    twenty times as long.
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
    flagged = events.select("period_from", "period_to", *COLUMNS, **flags)
    held = flagged.filter(ibis.or_(*(flagged[name] for name in flags)))
    upto = ibis.window(order_by=[held.period_from, held.row], rows=(None, 0))
    numbered = held.mutate(
        **{f"n_{name}": held[name].cast("int64").sum().over(upto) for name in flags},
        **{f"all_{name}": held[name].cast("int64").sum().over(ibis.window()) for name in flags},
    )
    first = numbered.filter(
        ibis.or_(*(numbered[name] & (numbered[f"n_{name}"] <= limit) for name in flags))
    )
    rows = first.order_by("period_from", "row").to_pyarrow().to_pylist()
    made = [_event({name: row[name] for name in (*PERIOD, *COLUMNS)}) for row in rows]
    return tuple(
        (
            tuple(
                event
                for event, row in zip(made, rows, strict=True)
                if row[name] and row[f"n_{name}"] <= limit
            ),
            int(rows[0][f"all_{name}"]) if rows else 0,
        )
        for name in flags
    )


def _event(row: dict[str, Any]) -> Event:
    period = Period(row.pop("period_from"), row.pop("period_to"))
    return Event(period=period, **row)
