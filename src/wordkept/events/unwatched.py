"""Days that a file of daily counts says nothing of: none of its rows is of what a plan counts."""

from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from wordkept.events.series import counted
from wordkept.model import Selection
from wordkept.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwatched:
    """How many of some days have no row, and the first of them."""

    number: int
    first: date


def unwatched(events: ir.Table, selection: Selection, days: Period) -> Unwatched | None:
    """The days without a row that a selection counts, from its first event on; None where none is.

    Before its first event a series does not begin. A row of 0 is a row: it says that the day was
    watched. One that was set aside (no count, a negative one, two that disagree) is none.
    """
    rows = events.filter(counted(events, selection, selection.attributions[-1]))
    table = rows.group_by(day=rows.period_from).aggregate(events=rows.events_best.sum())
    by_day = {row["day"]: row["events"] for row in table.to_pyarrow().to_pylist()}
    first = min((on for on, number in by_day.items() if number), default=None)
    begun = Period(first, days.end).meet(days) if first and first <= days.end else None
    lacking = [on for on in begun if on not in by_day] if begun else []
    return Unwatched(number=len(lacking), first=lacking[0]) if lacking else None
