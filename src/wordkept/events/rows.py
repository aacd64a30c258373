"""The rows behind a count, so that any number can be followed to what it was counted from."""

from dataclasses import fields
from typing import Any

import ibis.expr.types as ir

from wordkept.events.series import LONGEST_DAYS, counted, days_spanned, middle_day
from wordkept.model import Attribution, Event, Selection
from wordkept.period import Period

COLUMNS = tuple(field.name for field in fields(Event) if field.name != "period")


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


def _event(row: dict[str, Any]) -> Event:
    period = Period(row.pop("period_from"), row.pop("period_to"))
    return Event(period=period, **row)
