"""The same pairs and codes as `join_numpy`, compiled once and kept by numba.

It raises ImportError where numba is absent or switched off, and RuntimeError where numba finds no
folder to keep the compiled code in.
"""

import math
from typing import Any

import numba
import numpy as np

from wordkept.matching import levels
from wordkept.matching.rows import LATITUDES, NARROW_DAYS, NARROW_KM

if numba.config.DISABLE_JIT:
    raise ImportError("numba is switched off by NUMBA_DISABLE_JIT")

BANDS, MOST_DAYS = levels.BANDS, levels.MOST_DAYS
T_WEEKS, T_LONGER, T_APART = levels.T_WEEKS, levels.T_LONGER, levels.T_APART
D_POINT, D_WIDE = levels.D_POINT, levels.D_WIDE
POINT_2 = levels.POINT_KM * levels.POINT_KM
A_UNKNOWN, A_NONE, A_ALIKE = levels.A_UNKNOWN, levels.A_NONE, levels.A_ALIKE
A_CROSSED, A_SOME, A_ONLY = levels.A_CROSSED, levels.A_SOME, levels.A_ONLY
A_TURNED, A_BOTH = levels.A_TURNED, levels.A_BOTH
K_UNKNOWN, K_OTHER = levels.K_UNKNOWN, levels.K_OTHER
F_UNKNOWN, F_EQUAL, F_BOUNDS, F_APART = (
    levels.F_UNKNOWN, levels.F_EQUAL, levels.F_BOUNDS, levels.F_APART,
)  # fmt: skip
CLOSE, NEAR, FAR = levels.CLOSE, levels.NEAR, levels.FAR
_, S_DISTANCE, S_ACTORS, S_TYPE, S_DEATHS = levels.SIZES

_small = numba.njit(nogil=True, cache=True, inline="always")


@_small
def _distance(large: bool, away: float, reach: float) -> int:
    part = away * (BANDS * BANDS) / reach
    if large:
        return D_WIDE + (part > BANDS * BANDS / 4) + (part > BANDS * BANDS / 2)
    if away <= POINT_2:
        return D_POINT
    band = min(max(int(math.sqrt(part)), 1), BANDS)
    return band + (band < BANDS and part > band * band)


@numba.njit(nogil=True, cache=True, inline="never")
def _many(codes: Any, i: int, there: Any, j: int) -> Any:
    shared, upright = 0, 0
    for a in range(4, codes.shape[1]):
        for b in range(4, there.shape[1]):
            same = codes[i, a] == there[j, b] and codes[i, a] >= 0
            shared += same
            upright += same and a == b
    return shared, upright


@_small
def _similar(kin: Any, there: Any, j: int) -> bool:
    found = False
    for b in range(4, there.shape[1]):
        other = there[j, b]
        if other < 0:
            break
        found |= other < len(kin) and kin[other]
    return found


@numba.njit(nogil=True, cache=True)
def _kin(codes: Any, i: int, akin: Any, kin: Any) -> None:
    """Write into `kin` who is alike to an actor of a left row: once for all its partners."""
    kin[:] = False
    for a in range(4, codes.shape[1]):
        one = codes[i, a]
        if 0 <= one < len(kin):
            for n in range(len(kin)):
                kin[n] |= akin[one, n]


@_small
def _actors(codes: Any, i: int, there: Any, j: int, kin: Any) -> int:
    """Whole arrays and places in them: a slice of each row would cost more than the rest.

    `kin`: by name, whether it is alike to an actor of the left row.
    """
    one, two, first, second = codes[i, 4], codes[i, 5], there[j, 4], there[j, 5]
    if one < 0 or first < 0:
        return A_UNKNOWN
    upright = (one == first) + ((two == second) & (two >= 0))
    shared = upright + (one == second) + (two == first)
    if codes[i, 6] >= 0 or there[j, 6] >= 0:
        shared, upright = _many(codes, i, there, j)
    if shared == 0:
        return A_ALIKE if _similar(kin, there, j) else A_NONE
    several = A_SOME if upright > 0 else A_CROSSED
    alone = A_ONLY if (two < 0) | (second < 0) else several
    return (A_BOTH if upright > 0 else A_TURNED) if shared > 1 else alone


@_small
def _deaths(codes: Any, i: int, there: Any, j: int) -> int:
    """Each reading is made and one taken: a wrong guess of the processor would cost more."""
    best, other = codes[i, 2], there[j, 2]
    if min(codes[i, 1], best, codes[i, 3], there[j, 1], other, there[j, 3]) < 0:
        return F_UNKNOWN
    equal = F_EQUAL + (best > 0) + (best > 2) + (best > 9)  # noqa: PLR2004
    more, less = float(max(best, other) + 1), float(min(best, other) + 1)
    overlap = (codes[i, 1] <= there[j, 3]) & (there[j, 1] <= codes[i, 3])
    bounds = F_BOUNDS + (more > CLOSE * less)
    apart = F_APART + (more > NEAR * less) + (more > FAR * less)
    return equal if best == other else (bounds if overlap else apart)


@_small
def _type(kind: int, other: int, rarity: Any) -> int:
    if kind < 0 or other < 0:
        return K_UNKNOWN
    return rarity[kind] if kind == other else K_OTHER


@_small
def _time(gap: int, longest: int) -> int:
    if longest <= NARROW_DAYS:
        return min(gap, MOST_DAYS)
    if gap > 0:
        return T_APART
    return T_LONGER if longest > 31 else T_WEEKS  # noqa: PLR2004


@numba.njit(nogil=True, cache=True)
def _first_at(key: Any, wanted: int, low: int, high: int) -> int:
    while low < high:
        middle = (low + high) // 2
        if key[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@numba.njit(nogil=True, cache=True)
def _partners(i: int, ours: Any, theirs: Any, search: Any, hits: Any) -> int:
    """How many right rows lie within the window of a left one; their places go into `hits`."""
    left_days, left_point, _, steps, left_at = ours
    key, days, point, _, right_at, starts = theirs
    first_day, longest, window, km, itself = search
    x, y, z, radius = left_point[i, 0], left_point[i, 1], left_point[i, 2], left_point[i, 3]
    first, last = left_days[i, 0], left_days[i, 1]
    earliest = max(first - window - longest, first_day)
    n = 0
    for day in range(earliest, min(last + window, first_day + len(starts) - 2) + 1):
        upper = day * LATITUDES + steps[i, 1]
        high = starts[day - first_day + 1]
        j = _first_at(key, day * LATITUDES + steps[i, 0], starts[day - first_day], high)
        while j < high and key[j] <= upper:
            dx, dy, dz = x - point[j, 0], y - point[j, 1], z - point[j, 2]
            reach = max(km, radius + point[j, 3])
            gap = max(first - days[j, 1], days[j, 0] - last)
            once = (not itself) | (left_at[i] < right_at[j])
            hits[n] = j
            n += (dx * dx + dy * dy + dz * dz <= reach * reach) & (gap <= window) & once
            j += 1
    return n


@numba.njit(nogil=True, cache=True)
def met(span: Any, ours: Any, theirs: Any, search: Any, degree: Any) -> Any:
    """How many pairs each right row forms with the left rows of a span; `degree`: of the left."""
    there = np.zeros(len(theirs[0]), np.int32)
    hits = np.empty(len(there) + 1, np.int32)
    for i in range(span[0], span[1]):
        number = _partners(i, ours, theirs, search, hits)
        degree[i] = number
        for k in range(number):
            there[hits[k]] += 1
    return there


@_small
def _place_and_time(i: int, j: int, ours: Any, theirs: Any, km: float) -> Any:
    days, point, there, places = ours[0], ours[1], theirs[1], theirs[2]
    dx, dy, dz = (point[i, 0] - places[j, 0], point[i, 1] - places[j, 1],
                  point[i, 2] - places[j, 2])  # fmt: skip
    reach = max(km, point[i, 3] + places[j, 3])
    large = point[i, 3] > NARROW_KM or places[j, 3] > NARROW_KM
    gap = max(days[i, 0] - there[j, 1], there[j, 0] - days[i, 1], 0)
    longest = max(days[i, 1] - days[i, 0], there[j, 1] - there[j, 0])
    away = dx * dx + dy * dy + dz * dz
    return _time(gap, longest) * S_DISTANCE + _distance(large, away, reach * reach)


@numba.njit(nogil=True, cache=True)
def joined(span: Any, ours: Any, theirs: Any, how: Any, wanted: Any, out: Any) -> int:
    """How many pairs of a span of left rows are wanted; they are written into `out`.

    `ours`, `theirs`: as `candidates` lays them out. `how`: the search (the first day of the right
    rows, their longest period, the window's days and km, whether a record is held against itself),
    which names are alike, and the rarity of types. `wanted`: the rows that are asked, the degrees
    of both sides, the crowd of each degree, and which patterns are hopeful.
    """
    codes, left_at, there, right_at = ours[2], ours[4], theirs[3], theirs[4]
    search, akin, rarity = how
    asked, degree, degree_there, crowds, hopeful = wanted
    size = len(hopeful) // (crowds[-1] + 1)
    hits, kin, n = np.empty(len(right_at) + 1, np.int32), np.empty(len(akin), np.bool_), 0
    for i in range(span[0], span[1]):
        if not asked[left_at[i]]:
            continue
        _kin(codes, i, akin, kin)
        mine = degree[left_at[i]]
        for k in range(_partners(i, ours, theirs, search, hits)):
            j = hits[k]
            crowd = crowds[min(mine + degree_there[right_at[j]], len(crowds) - 1)]
            code = _place_and_time(i, j, ours, theirs, search[3]) * S_ACTORS
            code = (code + _actors(codes, i, there, j, kin)) * S_TYPE
            code = (code + _type(codes[i, 0], there[j, 0], rarity)) * S_DEATHS
            code += crowd * size + _deaths(codes, i, there, j)
            if hopeful[code]:
                out[0][n], out[1][n], out[2][n] = left_at[i], right_at[j], code
                n += 1
    return n
