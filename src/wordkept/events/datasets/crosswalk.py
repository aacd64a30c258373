"""From a publisher's types of event to wordkept's, as `event_types.csv` has them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ibis
import ibis.expr.types as ir

TABLE = Path(__file__).parent.parent / "event_types.csv"


@dataclass(frozen=True, slots=True)
class Crossing:
    """One line of the crosswalk; a blank native subtype stands for all that have no line."""

    dataset: str
    native_type: str
    native_subtype: str
    event_type: str


@cache
def crossings(dataset: str) -> Sequence[Crossing]:
    """The lines of one dataset, in the order of the file.

    >>> [crossing.event_type for crossing in crossings("yemen-data-project")]
    ['air strike']
    """
    with TABLE.open(encoding="utf-8", newline="") as stream:
        lines = [line for line in csv.DictReader(stream) if line["dataset"] == dataset]
    return tuple(
        Crossing(line["dataset"], line["native_type"], line["native_subtype"], line["event_type"])
        for line in lines
    )


def every_event(dataset: str) -> ir.StringValue:
    """The one type that all events of a dataset have."""
    (only,) = crossings(dataset)
    return ibis.literal(only.event_type)


def event_type(
    dataset: str, native_type: ir.StringValue, native_subtype: ir.StringValue | None = None
) -> ir.StringValue:
    """The event type of a native type and subtype, case aside; null where unknown.

    A subtype without a line of its own is of the type that its native type is of.
    """
    lines = crossings(dataset)
    folded = native_type.lower()
    wide = [
        (line.native_type.lower(), line.event_type) for line in lines if not line.native_subtype
    ]
    by_type = folded.cases(*wide, else_=ibis.null("string"))
    if native_subtype is None:
        return by_type
    key = folded + "|" + native_subtype.lower()
    narrow = [
        (f"{line.native_type}|{line.native_subtype}".lower(), line.event_type)
        for line in lines
        if line.native_subtype
    ]
    return ibis.coalesce(key.cases(*narrow, else_=ibis.null("string")), by_type)
