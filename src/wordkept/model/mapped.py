"""Where counted events lie: cells of one grid before and after, and what no cell can hold."""

from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

from wordkept.model.pledge import Attribution
from wordkept.period import Period

EARTH_KM = 6371.0088
"""The mean radius of the Earth (IUGG, GRS 80: (2a + b) / 3)."""
ROW = sqrt(3) / 2
"""How far apart the rows of hexagons lie, whose centres are 1 apart."""

Cell = tuple[int, int]
"""The column and the row of a hexagon; odd rows are shifted by half a cell to the east."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Hexagons of equal area on the ground: a cylindrical equal-area projection, cut into cells.

    True to scale along the standard parallel. It is anchored on the equator at longitude 0, so
    that equal parallels and sizes are the same cells, whatever is counted in them.
    """

    size_km: float
    """From the centre of a cell to that of its neighbour, along the standard parallel."""
    parallel: float
    """The standard parallel, in degrees."""

    def laid(self, lat: float, lon: float) -> tuple[float, float]:
        """A point as kilometres east and north in the projection.

        >>> [round(km) for km in Grid(size_km=25, parallel=35).laid(35.0, 38.0)]
        [3461, 4461]
        """
        narrowed = cos(radians(self.parallel))
        return EARTH_KM * radians(lon) * narrowed, EARTH_KM * sin(radians(lat)) / narrowed

    def point(self, east: float, north: float) -> tuple[float, float]:
        """The latitude and longitude of a place in the projection."""
        narrowed = cos(radians(self.parallel))
        sine = min(max(north * narrowed / EARTH_KM, -1.0), 1.0)
        return degrees(asin(sine)), degrees(east / EARTH_KM / narrowed)

    def cell(self, lat: float, lon: float) -> Cell:
        """The hexagon that a point lies in: the one whose centre is nearest.

        >>> grid = Grid(size_km=25, parallel=35)
        >>> grid.cell(*grid.point(*grid.centre((3, 5))))
        (3, 5)
        """
        east, north = self.laid(lat, lon)
        below = int(north // (self.size_km * ROW))
        near = []
        for row in (below, below + 1):
            column = round(east / self.size_km - row % 2 / 2)
            x, y = self.centre((column, row))
            near.append(((x - east) ** 2 + (y - north) ** 2, column, row))
        _, column, row = min(near)
        return column, row

    def centre(self, cell: Cell) -> tuple[float, float]:
        """The middle of a cell, as kilometres east and north in the projection."""
        column, row = cell
        return (column + row % 2 / 2) * self.size_km, row * ROW * self.size_km


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCount:
    """How many counted events lie in one cell, before and after."""

    cell: Cell
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCount:
    """How many counted events are known to a province or a country only, before and after."""

    area: str
    """The province and the country as the record spells them; empty where neither is known."""
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedCounts:
    """Where the events lie that one estimate counts; cells, areas and delayed make up its counts.

    Not yet made fit to print: see `dossier.map_shown`.
    """

    pledge: str
    dataset: str
    attribution: Attribution
    before: Period
    after: Period
    grid: Grid
    cells: tuple[CellCount, ...]
    areas: tuple[AreaCount, ...]
    delayed: tuple[int, int]
    """Events too recent to be placed at all, before and after."""
    coarsened: int
    """Recent events, which lie in the cell of the middle of their square of the safety rule."""
