"""By day, the rows that hold each of a field's commonest values."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np

from wordkept.events.auditing.audited import Audited, Floats
from wordkept.events.auditing.stretches import LEAST_ROWS

MOST_VALUES = 24
SOURCE_LETTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Counts of rows by day: of all that hold the field, and of each common value."""

    filled: Floats
    by_value: Mapping[str, Floats]


def source(events: ir.Table) -> ir.StringValue:
    """Who a row's reference is of: the host of an address, or the first name of a source in words.

    `"Reuters News,2015-01-04,Six die"` is of Reuters News; `AFP; Xinhua` of AFP.
    """
    host = events.reference.re_extract(r"^[A-Za-z]+://(?:www\.)?([^/:?#]+)", 1)
    words = events.reference.re_extract(r"^[\s\"']*([^\",;:0-9(]+)", 1).strip()
    found = ibis.ifelse(host.length() > 0, host.lower(), words)
    return found.left(SOURCE_LETTERS).nullif("")


def named(events: ir.Table) -> ir.ArrayValue:
    """All parties that a row names, at any attribution, each once."""
    probable = events.actors_probable.concat(events.actors_possible)
    return events.actors_certain.concat(probable).unique()


def values_by_day(record: Audited, field: str) -> Values | None:
    """The values of a field that stand in enough rows, by day; None where fewer than two do.

    `field` is a column of the schema, `source`, or `actors` (of which a row may name several).
    """
    rows = record.dated
    if field == "actors":
        listed = rows.select("day", "row", value=named(rows))
        pairs = listed.select("day", "row", value=listed.value.unnest())
        filled = record.by_day((named(rows).length() > 0).sum())
    else:
        value = source(rows) if field == "source" else rows[field]
        pairs = rows.select("day", "row", value=value).filter(lambda one: one.value.notnull())
        filled = record.by_day(value.notnull().sum())
    tally = pairs.group_by("value").aggregate(rows=pairs.count())
    common = tally.filter(tally.rows >= LEAST_ROWS).order_by(ibis.desc("rows"), "value")
    names = common.limit(MOST_VALUES).to_pyarrow()["value"].to_pylist()
    if not names or float(filled.sum()) == 0:
        return None
    chosen = pairs.filter(pairs.value.isin(names))
    table = chosen.group_by("day", "value").aggregate(rows=chosen.count()).to_pyarrow()
    by_value = {name: np.zeros(len(record.days)) for name in names}
    for one in table.to_pylist():
        by_value[one["value"]][(one["day"] - record.days.start).days] = one["rows"]
    if len(by_value) == 1 and float(filled.sum()) == float(by_value[names[0]].sum()):
        return None
    return Values(filled=filled, by_value=by_value)
