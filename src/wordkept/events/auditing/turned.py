"""Coordinates that are swapped, have lost a sign, or stand at 0, 0.

A row is taken for turned where it lies far from the rows of its country, and among them once turned
back; or where it lies at the mirror image of where its own place mostly lies. Of a country whose
map lies on its own mirror image (Nigeria, the north-west of Syria) only the second can be told.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from wordkept.events.auditing.audited import Audited
from wordkept.events.duplicates import placed
from wordkept.model import Irregularity
from wordkept.prose import count, day

LEAST_ROWS = 50
MOST_ROWS = 1_000_000
"""From here on points are taken to a tenth of a degree, without their names."""
REACH = 6.0
"""How many times the usual distance from the middle is far; in a cloud of any usual shape nothing
lies so far off."""
LEAST_REACH_DEGREES = 2.5
MIRROR_DEGREES = 0.1
CLOSE_DEGREES = 0.02

Floats = NDArray[np.float64]
Turn = Callable[[Any, Any], tuple[Any, Any]]
TURNS: tuple[tuple[str, Turn], ...] = (
    ("swapped", lambda lat, lon: (lon, lat)),
    ("without the sign of the latitude", lambda lat, lon: (-lat, lon)),
    ("without the sign of the longitude", lambda lat, lon: (lat, -lon)),
)


def turned_pairs(record: Audited) -> tuple[Irregularity, ...]:
    """Rows at 0, 0, and rows whose coordinates are swapped or have lost a sign."""
    events = record.events.filter(placed(record.events))
    zero = events.filter((events.lat == 0) & (events.lon == 0))
    points = _points(events.filter((events.lat != 0) | (events.lon != 0)))
    found = list(_zero(record, zero))
    if sum(one["rows"] for one in points) < LEAST_ROWS:
        return tuple(found)
    lat = np.array([one["lat"] for one in points])
    lon = np.array([one["lon"] for one in points])
    rows = np.array([one["rows"] for one in points], dtype=np.float64)
    lands = np.array([one["land"] for one in points])
    taken = np.zeros(len(points), dtype=bool)
    for words, turn in TURNS:
        off = np.zeros(len(points), dtype=bool)
        for land in np.unique(lands):
            here = lands == land
            off[here] = _far(lat[here], lon[here], rows[here], turn)
        off |= _mirrored(points, turn)
        off &= ~taken
        taken |= off
        if off.any():
            found.append(_turned(record, [one for one, is_off in zip(points, off, strict=True)
                                          if is_off], words))  # fmt: skip
    return tuple(found)


def _points(events: ir.Table) -> list[dict[str, Any]]:
    """Every point with its country and place, how many rows it has, and the days of them."""
    large = int(events.count().to_pyarrow().as_py()) > MOST_ROWS
    keyed = events.select(
        "row", "period_from", "period_to", land=events.country.fill_null(""),
        lat=events.lat.round(1) if large else events.lat,
        lon=events.lon.round(1) if large else events.lon,
        name=ibis.literal("") if large else events.place.fill_null(""),
    )  # fmt: skip
    table = keyed.group_by("land", "name", "lat", "lon").aggregate(
        rows=keyed.count(), first=keyed.period_from.min(), last=keyed.period_to.max(),
        row=keyed.row.min(),
    )  # fmt: skip
    found: list[dict[str, Any]] = table.order_by("row").to_pyarrow().to_pylist()
    return found


def _far(lat: Floats, lon: Floats, rows: Floats, turn: Turn) -> NDArray[np.bool_]:
    """Points far from the middle of a country's points, that lie near it once turned.

    Each point weighs the same: a town with half of the rows does not make its country small.
    """
    if rows.sum() < LEAST_ROWS:
        return np.zeros(len(lat), dtype=bool)
    middles = [float(np.median(one)) for one in (lat, lon)]
    reaches = [
        max(REACH * float(np.median(np.abs(one - middle))), LEAST_REACH_DEGREES)
        for one, middle in zip((lat, lon), middles, strict=True)
    ]

    def near(at_lat: Floats, at_lon: Floats, by: float) -> NDArray[np.bool_]:
        return (np.abs(at_lat - middles[0]) <= by * reaches[0]) & (
            np.abs(at_lon - middles[1]) <= by * reaches[1]
        )

    return np.asarray(~near(lat, lon, 1.0) & near(*turn(lat, lon), 0.75))


def _mirrored(points: list[dict[str, Any]], turn: Turn) -> NDArray[np.bool_]:
    """Points at the mirror image of where most rows of the same place and country lie."""
    most: dict[tuple[str, str], tuple[int, float, float]] = {}
    totals: Counter[tuple[str, str]] = Counter()
    for one in points:
        key = (one["land"], one["name"])
        totals[key] += one["rows"]
        most[key] = max(most.get(key, (0, 0.0, 0.0)), (one["rows"], one["lat"], one["lon"]))
    off = []
    for one in points:
        rows, lat, lon = most[one["land"], one["name"]]
        back = turn(one["lat"], one["lon"])
        away = max(abs(one["lat"] - lat), abs(one["lon"] - lon))
        close = max(abs(back[0] - lat), abs(back[1] - lon)) <= CLOSE_DEGREES
        off.append(bool(one["name"]) and one["rows"] < rows and away > MIRROR_DEGREES and close)
    return np.array(off)


def _zero(record: Audited, zero: ir.Table) -> tuple[Irregularity, ...]:
    number = int(zero.count().to_pyarrow().as_py())
    if not number:
        return ()
    return (
        Irregularity(
            check="coordinates", dataset=record.dataset, field="lat, lon", gravity="serious",
            sentence=f"{count(number, 'row')} {'stands' if number == 1 else 'stand'} at 0, 0, in "
            "the sea off West Africa: no place was known, and no circle holds them.",
            rows=number, examples=record.examples(zero),
        ),
    )  # fmt: skip


def _turned(record: Audited, off: list[dict[str, Any]], words: str) -> Irregularity:
    number = sum(one["rows"] for one in off)
    first, last = min(one["first"] for one in off), max(one["last"] for one in off)
    named = record.events.filter(
        record.events.row.isin([int(one["row"]) for one in off[:3]]) & ibis.literal(value=True)
    )
    span = f"of {day(first)}" if first == last else f"from {day(first)} to {day(last)}"
    one = number == 1
    return Irregularity(
        check="coordinates", dataset=record.dataset, field="lat, lon", gravity="serious",
        sentence=(
            f"{count(number, 'row')}, {span}, {'has its' if one else 'have their'} coordinates "
            f"{words} (they lie far from the others of their country or place, and among them once "
            f"turned back): a circle counts {'it' if one else 'them'} where nothing happened."
        ),
        rows=number, examples=record.examples(named), since=first, until=last,
    )  # fmt: skip
