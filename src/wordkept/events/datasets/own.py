"""Events in wordkept's own schema, as CSV: what a case hands to another case.

Columns are named as the fields of EVENT; arrays of actors are names joined by "; ", a date is
`2016-03-15`, and `directed` is true or false. Fields that are not there are left out; `events_*`
not given is 1.
"""

from collections.abc import Callable, Mapping

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from wordkept.events.datasets import parties
from wordkept.events.dates import day, decimal, text, whole
from wordkept.events.schema import EVENT, EVENT_TYPES, Dataset, Fields
from wordkept.model import PublicationRule

NAME = "wordkept"
REQUIRED = ("native_id", "period_from", "period_to")
OPTIONAL = tuple(name for name in EVENT.names if name not in {"row", "dataset", *REQUIRED})
TRUTHS = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}


def _truth(cell: ir.StringValue) -> ir.BooleanValue:
    return cell.lower().cases(*TRUTHS.items(), else_="").try_cast("boolean")


def _names(cell: ir.StringValue) -> ir.ArrayValue:
    return parties.listed(cell, ";")


READ: Mapping[dt.DataType, Callable[[ir.StringValue], ir.Value]] = {
    dt.string: text,
    dt.int64: whole,
    dt.float64: decimal,
    dt.date: lambda cell: day(cell, "iso"),
    dt.boolean: _truth,
    dt.Array(dt.string): _names,
}
"""How a cell of each type of EVENT is read."""


def _fields(raw: ir.Table) -> Fields:
    read = {name: READ[EVENT[name]](raw[name]) for name in (*REQUIRED, *OPTIONAL)}
    kind = read["event_type"].lower()
    counted = {
        name: read[name].fill_null(1) for name in ("events_low", "events_best", "events_high")
    }
    return {
        **read,
        **counted,
        "event_type": ibis.ifelse(kind.isin(EVENT_TYPES), kind, ibis.null("string")),
    }


OWN = Dataset(
    name=NAME,
    layout="the schema of events",
    title="Events in wordkept's own schema",
    citation="Events given by the user; no source named.",
    licence="not stated",
    publication=PublicationRule(
        allows="aggregates", terms="The file names no terms: only sums are shown."
    ),
    caveats=(),
    required=REQUIRED,
    optional=OPTIONAL,
    fields=_fields,
)
