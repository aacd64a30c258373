"""Counted events laid on a grid of hexagons, and by area where no cell can hold them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, Literal

import ibis
import ibis.expr.types as ir

from wordkept.events.rows import rows_chosen
from wordkept.events.series import middle_day
from wordkept.model import (
    AreaCount,
    Attribution,
    Cell,
    CellCount,
    Grid,
    Safety,
    Selection,
)
from wordkept.period import Period

SIZES_KM = (25.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0, 200.0, 400.0)
"""Round sizes, the next one where a map would be more than `ACROSS` cells wide or high.

None is smaller than what UCDP and ACLED mean by near a place: it would say more than they know.
"""
ACROSS = 34
"""Cells side by side that a page's column has room for, each still told from the next."""
PARALLELS = 5
"""Standard parallels are multiples of so many degrees, so that maps of one country agree."""
POLE = 85.0
"""Points beyond it have no place on a cylindrical projection worth drawing."""

Part = Literal["before", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Counts on a grid, by area, and too recent for either."""

    grid: Grid
    cells: tuple[CellCount, ...]
    areas: tuple[AreaCount, ...]
    delayed: tuple[int, int]
    coarsened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """Events that share a place, a precision, an age and a side of the declared date."""

    lat: float | None
    lon: float | None
    radius_km: float | None
    area: str
    part: Part
    age: Literal["delayed", "recent", "settled"]
    events: int


def laid(
    events: ir.Table,
    selection: Selection,
    attribution: Attribution,
    sides: tuple[Period, Period],
    *,
    safety: Safety,
    as_of: date,
) -> Laid:
    """The events that a selection counts before and after, on one grid for both.

    A row goes to a cell where its radius is known and no larger than a cell; the rest are counted
    by province, or by country. Rows that are recent on that day are moved to the middle of their
    square of the safety rule first, so that the cell tells no more than a list of them would;
    those that are younger than its delay are placed nowhere.
    """
    spots = [
        _settled(spot, safety)
        for spot in _spots(events, selection, attribution, sides, safety=safety, as_of=as_of)
    ]
    least = safety.coarsen_km if any(spot.age == "recent" for spot in spots) else 0.0
    grid = _grid([spot for spot in spots if spot.age != "delayed"], least)
    return _tallied(spots, grid)


def _tallied(spots: Sequence[_Spot], grid: Grid) -> Laid:
    """Each spot in its cell, in its area, or among those too recent for either."""
    cells: Counter[tuple[Cell, Part]] = Counter()
    areas: Counter[tuple[str, Part]] = Counter()
    delayed: Counter[Part] = Counter()
    for spot in spots:
        if spot.age == "delayed":
            delayed[spot.part] += spot.events
        elif (cell := _cell(spot, grid)) is not None:
            cells[cell, spot.part] += spot.events
        else:
            areas[spot.area, spot.part] += spot.events
    return Laid(
        grid=grid,
        cells=tuple(
            CellCount(cell=cell, before=cells[cell, "before"], after=cells[cell, "after"])
            for cell in sorted({cell for cell, _ in cells})
        ),
        areas=tuple(
            AreaCount(area=area, before=areas[area, "before"], after=areas[area, "after"])
            for area in sorted({area for area, _ in areas})
        ),
        delayed=(delayed["before"], delayed["after"]),
        coarsened=sum(spot.events for spot in spots if spot.age == "recent"),
    )


def _spots(
    events: ir.Table,
    selection: Selection,
    attribution: Attribution,
    sides: tuple[Period, Period],
    *,
    safety: Safety,
    as_of: date,
) -> Iterable[_Spot]:
    before, after = sides
    whole = Period(min(before.start, after.start), max(before.end, after.end))
    chosen = rows_chosen(events, selection, attribution, whole)
    day, age = middle_day(chosen), ibis.literal(as_of).delta(chosen.period_to, unit="day")
    found = (
        chosen.mutate(
            part=ibis.cases(
                (day.between(after.start, after.end), "after"),
                (day.between(before.start, before.end), "before"),
                else_="between",
            ),
            age=ibis.cases(
                (age < safety.delay_days, "delayed"),
                (age < safety.recent_days, "recent"),
                else_="settled",
            ),
        )
        .filter(lambda row: row.part != "between")
        .group_by("lat", "lon", "radius_km", "admin1", "country", "part", "age")
        .aggregate(events=lambda row: row.events_best.sum())
    )
    return [_spot(row) for row in found.to_pyarrow().to_pylist() if row["events"]]


def _spot(row: dict[str, Any]) -> _Spot:
    admin1, country = row.pop("admin1"), row.pop("country")
    area = ", ".join(name for name in (admin1, country) if name)
    return _Spot(**{**row, "area": area, "events": int(row["events"])})


def _settled(spot: _Spot, safety: Safety) -> _Spot:
    """A recent spot in the middle of its square; any other as it is."""
    if spot.age != "recent" or spot.lat is None or spot.lon is None or safety.coarsen_km <= 0:
        return spot
    lat, lon = safety.coarse(spot.lat, spot.lon)
    return _Spot(lat=lat, lon=lon, radius_km=spot.radius_km, area=spot.area,
                 part=spot.part, age=spot.age, events=spot.events)  # fmt: skip


def _placed(spot: _Spot) -> tuple[float, float] | None:
    """The point of a spot that is known better than an area; None where it is not."""
    if spot.lat is None or spot.lon is None or spot.radius_km is None:
        return None
    sane = isfinite(spot.lat) and abs(spot.lat) <= POLE and abs(spot.lon) <= 180  # noqa: PLR2004
    return (spot.lat, spot.lon) if sane else None


def _cell(spot: _Spot, grid: Grid) -> Cell | None:
    point = _placed(spot)
    if point is None or (spot.radius_km or 0.0) > grid.size_km:
        return None
    return grid.cell(*point)


def _grid(spots: Iterable[_Spot], least_km: float) -> Grid:
    """The grid whose cells are the smallest round ones that the extent of the spots allows."""
    points = [point for point in map(_placed, spots) if point is not None]
    if not points:
        return Grid(size_km=max(SIZES_KM[0], least_km), parallel=0.0)
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    parallel = round((south + north) / 2 / PARALLELS) * float(PARALLELS)
    whole = Grid(size_km=1.0, parallel=parallel)
    laid_out = [whole.laid(lat, lon) for lat, lon in points]
    extent = max(max(axis) - min(axis) for axis in zip(*laid_out, strict=True))
    sizes = [size for size in SIZES_KM if size >= least_km] or [least_km]
    size = next((one for one in sizes if one * ACROSS >= extent), sizes[-1])
    return Grid(size_km=size, parallel=parallel)
