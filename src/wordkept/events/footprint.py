"""Where the events of a selection lie, and of which types they are.

Other ways to count, and series to compare with, are found from it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

import ibis.expr.types as ir

from wordkept.events.marks import laid_on_days
from wordkept.events.series import counted, middle_day
from wordkept.model import Selection
from wordkept.period import Period

AREAS = ("country", "admin1", "admin2", "place")
"""The fields that an area may be named in, the widest first."""

Tally = tuple[tuple[str, int], ...]
"""Names with the number of events of each, the most first, then by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """The places and types of the events that a selection counts at its widest attribution."""

    days: Period
    """From the first of the events to the end of the covered days."""
    centre: tuple[float, float] | None
    """The median latitude and longitude of the events; None where none has coordinates."""
    admin1: Tally
    event_types: Tally
    native_types: Tally
    area_field: str | None
    """The widest field in which the selection's areas are named; None where it names none."""


def footprint(events: ir.Table, selection: Selection, *, covered: Period) -> Footprint | None:
    """The footprint of a selection on the covered days; None where it counts no event on them."""
    rows = events.filter(
        counted(events, selection, selection.attributions[-1]), laid_on_days(events, covered)
    )
    named = {f"by_{area}": rows[area].isin(selection.areas or ("",)) for area in AREAS}
    keys = ("lat", "lon", "admin1", "event_type", "native_type")
    table = rows.group_by(*keys, **named).aggregate(
        number=rows.events_best.sum(), first=middle_day(rows).min(where=rows.events_best > 0)
    )
    found = [row for row in table.to_pyarrow().to_pylist() if row["number"]]
    if not found:
        return None
    first: date = min(row["first"] for row in found)
    return Footprint(
        days=Period(first, covered.end),
        centre=_centre(found),
        admin1=most(_pairs(found, "admin1")),
        event_types=most(_pairs(found, "event_type")),
        native_types=most(_pairs(found, "native_type")),
        area_field=next((area for area in AREAS if any(row[f"by_{area}"] for row in found)), None),
    )


def most(pairs: Iterable[tuple[str | None, int]]) -> Tally:
    """Names with their numbers summed, the most first, those of none left out.

    >>> most([("b", 1), ("a", 2), ("b", 1), (None, 9)])
    (('a', 2), ('b', 2))
    """
    sums: Counter[str] = Counter()
    for name, number in pairs:
        if name:
            sums[name] += number
    return tuple(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def _pairs(rows: list[dict[str, Any]], field: str) -> Iterable[tuple[str | None, int]]:
    return ((row[field], int(row["number"])) for row in rows)


def _centre(rows: list[dict[str, Any]]) -> tuple[float, float] | None:
    """The medians, which a few events far off do not move."""
    at = [row for row in rows if row["lat"] is not None and row["lon"] is not None]
    if not at:
        return None
    lat, lon = (_median([(row[name], int(row["number"])) for row in at]) for name in ("lat", "lon"))
    return lat, lon


def _median(weighted: list[tuple[float, int]]) -> float:
    """The lower median of values that stand for so many events each."""
    ordered = sorted(weighted)
    reached = list(accumulate(number for _, number in ordered))
    return ordered[bisect_left(reached, reached[-1] / 2)][0]
