"""Rows laid out for the join, and actors of rows, in one go; it raises what `join_kernel` does."""

import math
from typing import Any

import numba
import numpy as np

if numba.config.DISABLE_JIT:
    raise ImportError("numba is switched off by NUMBA_DISABLE_JIT")


@numba.njit(nogil=True, cache=True)
def points(places: Any, radius_km: Any, earth_km: float) -> Any:
    """x, y, z, radius and latitude of each row; nan where one names no point."""
    lat, lon = places
    found = np.empty((len(lat), 5))
    for n in range(len(lat)):
        up, along, radius = lat[n], lon[n], radius_km[n]
        if math.isnan(up + along + radius):
            found[n] = np.nan
            continue
        phi, turn = up * (math.pi / 180), along * (math.pi / 180)
        flat = earth_km * math.cos(phi)
        found[n, 0], found[n, 1] = flat * math.cos(turn), flat * math.sin(turn)
        found[n, 2], found[n, 3], found[n, 4] = earth_km * math.sin(phi), max(radius, 0.0), up
    return found


@numba.njit(nogil=True, cache=True)
def bounded(low: Any, best: Any, high: Any, most: int) -> Any:
    """Low, best and high of each row as `records` has them; what is over `most` is not given."""
    found = np.empty((len(low), 3), np.int32)
    for n in range(len(low)):
        least, middle, top = low[n], best[n], high[n]
        least = -1 if (least < 0) | (least > most) else least
        middle = -1 if (middle < 0) | (middle > most) else middle
        top = -1 if (top < 0) | (top > most) else top
        stated = middle if middle >= 0 else (least if least >= 0 else top)
        found[n, 0] = min(least if least >= 0 else stated, stated)
        found[n, 1] = stated
        found[n, 2] = max(top if top >= 0 else stated, stated)
    return found


@numba.njit(nogil=True, cache=True)
def added(actors: Any, held: Any, rows: Any, mentioned: Any, numbers: Any) -> None:
    """Write one more actor into each of these rows that has room and does not name it yet."""
    for n in range(len(rows)):
        row, actor = rows[n], numbers[mentioned[n]]
        new = actor >= 0 and held[row] < actors.shape[1]
        for k in range(held[row]):
            new &= actors[row, k] != actor
        if new:
            actors[row, held[row]] = actor
            held[row] += 1
