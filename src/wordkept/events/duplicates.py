"""Rows that may be one event entered twice, and events of which each is left standing once."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from wordkept.events.series import LONGEST_DAYS, counted, days_spanned
from wordkept.model import Selection

ALIKE = (
    "period_from", "period_to", "lat", "lon", "event_type", "side_a", "side_b", "deaths_best",
)  # fmt: skip
"""Rows that agree in these (day, place, parties, deaths) may be one event, if they are placed."""


def placed(events: ir.Table) -> ir.BooleanValue:
    """Whether a row has coordinates: rows that do not say where are never taken for one event."""
    return events.lat.notnull() & events.lon.notnull()


def merged(events: ir.Table, selection: Selection, groups: Mapping[str, int]) -> ir.Table:
    """The events without the rows that stand for an event for which another row stands.

    `groups` numbers the event of a row by its native id. Of the rows of one event that stays which
    the selection counts at its surest attribution: each event is counted once wherever one of its
    rows is. Rows that stand for several events are never merged.
    """
    if not groups:
        return events
    numbered = ibis.memtable(
        {"native_id": list(groups), "event": list(groups.values())},
        schema={"native_id": "string", "event": "int64"},
    )
    counts = (counted(events, selection, bound) for bound in selection.attributions)
    surest = sum((ibis.ifelse(one, 0, 1) for one in counts), start=ibis.literal(0))
    spans = ibis.ifelse(days_spanned(events) < LONGEST_DAYS, 0, 1 + len(selection.attributions))
    ranked = events.filter(events.events_best == 1).select("row", "native_id", rank=spans + surest)
    held = ranked.join(numbered, "native_id").order_by("event", "rank", "row")
    stands: set[int] = set()
    dropped = []
    for row in held.select("event", "row").to_pyarrow().to_pylist():
        if row["event"] in stands:
            dropped.append(row["row"])
        stands.add(row["event"])
    if not dropped:
        return events
    return events.anti_join(ibis.memtable({"row": dropped}, schema={"row": "int64"}), "row")
