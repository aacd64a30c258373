"""Names of parties in cells of text, as arrays; `judge` sorts them and keeps the bounds apart."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

NOBODY = ibis.array([ibis.literal("")]).filter(lambda name: name != "")
"""No names. A literal of none would be an array of numbers to DuckDB, and of nothing to Spark."""


def listed(
    cell: ir.StringValue, separator: str, *, spellings: Mapping[str, str] | None = None
) -> ir.ArrayValue:
    """The names in a cell, each under the one that its spelling (in lower case) belongs to."""
    known = list((spellings or {}).items())
    parts = cell.fill_null("").split(separator).map(lambda part: part.strip())
    if known:
        parts = parts.map(lambda part: part.lower().cases(*known, else_=part))
    return parts.filter(lambda name: name != "")


def given(*cells: ir.StringValue) -> ir.ArrayValue:
    """The names in cells of one name each, those that are null left out."""
    return ibis.array([cell.fill_null("") for cell in cells]).filter(lambda name: name != "")
