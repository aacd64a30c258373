"""When two rows are alike enough to be one event entered twice."""

import ibis.expr.types as ir

ALIKE = (
    "period_from", "period_to", "lat", "lon", "event_type", "side_a", "side_b", "deaths_best",
)  # fmt: skip
"""Rows that agree in these (day, place, parties, deaths) may be one event, if they are placed."""


def placed(events: ir.Table) -> ir.BooleanValue:
    """Whether a row has coordinates: rows that do not say where are never taken for one event."""
    return events.lat.notnull() & events.lon.notnull()
