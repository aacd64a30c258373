"""The first rows of each part of a count, with what all of them come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from wordkept.events.rows import COLUMNS, PERIOD
from wordkept.events.series import middle_day
from wordkept.model import Event
from wordkept.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRows:
    """The rows of one part: the first of them, how many there are, and as how many they count."""

    events: tuple[Event, ...] = ()
    rows: int = 0
    counted: int = 0


def first_by_part(chosen: ir.Table, part: ir.Value, limit: int) -> Mapping[Any, PartRows]:
    """The first rows of each part of a table by day and row, and the sums over all; in one query.

    A part without a row is not among them.
    """
    table = chosen.select(*PERIOD, *COLUMNS, part=part)
    whole = ibis.window(group_by=table.part)
    in_order = ibis.window(group_by=table.part, order_by=[table.period_from, table.row])
    numbered = table.mutate(
        n_before=ibis.row_number().over(in_order),
        n_rows=table.row.count().over(whole),
        n_events=table.events_best.sum().over(whole),
    )
    first = numbered.filter(numbered.n_before < limit).order_by("period_from", "row")
    held: dict[Any, list[dict[str, Any]]] = {}
    for row in first.to_pyarrow().to_pylist():
        held.setdefault(row["part"], []).append(row)
    return {
        name: PartRows(
            events=tuple(_event(row) for row in rows),
            rows=int(rows[0]["n_rows"]),
            counted=int(rows[0]["n_events"] or 0),
        )
        for name, rows in held.items()
    }


def stretch_number(events: ir.Table, first: Period) -> ir.Value:
    """In which stretch a row counts, the first being 0, where all are as long as the first."""
    since = middle_day(events).delta(ibis.literal(first.start), unit="day")
    return since // len(first)


def _event(row: dict[str, Any]) -> Event:
    days = Period(row["period_from"], row["period_to"])
    return Event(period=days, **{name: row[name] for name in COLUMNS})
