"""The same pairs and codes as `join_numpy`, compiled once and kept by numba.

It raises ImportError where numba is absent or switched off, and RuntimeError where numba finds no
folder to keep the compiled code in.
"""

import math
from itertools import product
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from wordkept.matching import levels
from wordkept.matching.rows import LATITUDES, NARROW_DAYS, NARROW_KM

if numba.config.DISABLE_JIT:
    raise ImportError("numba is switched off by NUMBA_DISABLE_JIT")

BANDS, MOST_DAYS = levels.BANDS, levels.MOST_DAYS
_PARTS = np.arange(BANDS * BANDS + 1)
BAND_OF = np.clip(np.ceil(np.sqrt(_PARTS)), 1, BANDS).astype(np.int32)
"""The band of each part, rounded up, of how far apart two may lie: no root is taken by pair."""
T_WEEKS, T_LONGER, T_APART = levels.T_WEEKS, levels.T_LONGER, levels.T_APART
D_POINT, D_WIDE = levels.D_POINT, levels.D_WIDE
POINT_2 = levels.POINT_KM * levels.POINT_KM
A_UNKNOWN, A_NONE, A_ALIKE = levels.A_UNKNOWN, levels.A_NONE, levels.A_ALIKE
A_CROSSED, A_SOME, A_ONLY = levels.A_CROSSED, levels.A_SOME, levels.A_ONLY
A_TURNED, A_BOTH = levels.A_TURNED, levels.A_BOTH
K_OTHER = levels.K_OTHER
F_UNKNOWN, F_EQUAL, F_BOUNDS, F_APART = (
    levels.F_UNKNOWN, levels.F_EQUAL, levels.F_BOUNDS, levels.F_APART,
)  # fmt: skip
CLOSE, NEAR, FAR = levels.CLOSE, levels.NEAR, levels.FAR
_, S_DISTANCE, S_ACTORS, S_TYPE, S_DEATHS = levels.SIZES

_ROOM = 1 << 12
"""Pairs for which there is room at first."""

_compiled = numba.njit(nogil=True, cache=True, error_model="numpy")
_small = numba.njit(nogil=True, cache=True, inline="always", error_model="numpy")


def _reading(shared: Any, upright: Any, similar: Any, alone: Any, unknown: Any) -> Any:
    """What is known of the actors of a pair, as one number: several branches would cost more."""
    seen = np.int64(shared > 1) * 2 + np.int64(shared > 0)
    return (((seen * 2 + np.int64(upright > 0)) * 2 + similar) * 2 + alone) * 2 + unknown


def _level_of() -> NDArray[np.int32]:
    found = np.full(_reading(2, 1, 1, 1, 1) + 1, A_UNKNOWN, np.int32)
    for shared, upright, similar, alone in product(range(3), range(2), range(2), range(2)):
        one = A_ONLY if alone else (A_SOME if upright else A_CROSSED)
        several = A_BOTH if upright else A_TURNED
        none = A_ALIKE if similar else A_NONE
        found[_reading(shared, upright, similar, alone, 0)] = (none, one, several)[shared]
    return found


LEVEL_OF = _level_of()
"""The level of actors, by what is known of them."""
_reading = _small(_reading)


@_small
def _distance(large: bool, away: float, reach: float) -> int:
    part = away * (BANDS * BANDS) / reach
    if large:
        return D_WIDE + (part > BANDS * BANDS / 4) + (part > BANDS * BANDS / 2)
    band = BAND_OF[max(min(math.ceil(part), BANDS * BANDS), 0)]
    return D_POINT if away <= POINT_2 else band


@_small
def _listed(actor: int, known: int) -> Any:
    """The row of the table of likeness that tells of an actor: the last tells of no other."""
    return min(np.uint32(actor), np.uint32(known))


@numba.njit(nogil=True, cache=True, inline="never")
def _many(codes: Any, i: int, there: Any, j: int, akin: Any) -> Any:
    """How many actors two rows share, on one side, and whether any are alike."""
    shared, upright, similar, known = 0, 0, False, len(akin) - 1
    for a in range(4, codes.shape[1]):
        for b in range(4, there.shape[1]):
            one, other = codes[i, a], there[j, b]
            same = one == other and one >= 0
            shared += same
            upright += same and a == b
            similar |= akin[_listed(one, known), _listed(other, known)]
    return shared, upright, similar


@_small
def _actors(mine: Any, there: Any, j: int, akin: Any) -> int:
    """Whole arrays and places in them: a slice of each row would cost more than the rest."""
    codes, i, one, two, first_kin, second_kin = mine
    first, second = there[j, 4], there[j, 5]
    known = len(akin) - 1
    upright = np.int64(one == first) + np.int64((two == second) & (two >= 0))
    shared = upright + np.int64(one == second) + np.int64(two == first)
    at, also = _listed(first, known), _listed(second, known)
    similar = (akin[first_kin, at] | akin[first_kin, also]
               | akin[second_kin, at] | akin[second_kin, also])  # fmt: skip
    if (codes[i, 6] >= 0) | (there[j, 6] >= 0):
        shared, upright, similar = _many(codes, i, there, j, akin)
    alone, unknown = (two < 0) | (second < 0), (one < 0) | (first < 0)
    return LEVEL_OF[_reading(shared, upright, similar, alone, unknown)]


@_small
def _deaths(mine: Any, there: Any, j: int) -> int:
    low, best, high, equal = mine
    least, other, most = there[j, 1], there[j, 2], there[j, 3]
    more, less = float(max(best, other) + 1), float(min(best, other) + 1)
    overlap = np.int64((low <= most) & (least <= high))
    bounds = F_BOUNDS + np.int64(more > CLOSE * less)
    apart = F_APART + np.int64(more > NEAR * less) + np.int64(more > FAR * less)
    same = np.int64(best == other)
    found = same * equal + (1 - same) * (overlap * bounds + (1 - overlap) * apart)
    return found * np.int64((low | best | high | least | other | most) >= 0)


@_small
def _time(gap: int, longest: int) -> int:
    wide = T_LONGER if longest > 31 else T_WEEKS  # noqa: PLR2004
    wide = T_APART if gap > 0 else wide
    return min(gap, MOST_DAYS) if longest <= NARROW_DAYS else wide


@_small
def _first_at(key: Any, wanted: int, ends: Any, at: int) -> int:
    """The first place between two ends whose key is not less, sought from a place near it."""
    low, high, step = ends[0], ends[1], 1
    if at < high and key[at] < wanted:
        low = at + 1
        while at + step < high and key[at + step] < wanted:
            low, step = at + step + 1, 2 * step
        high = min(at + step, high)
    else:
        high = at
        while at - step >= low and key[at - step] >= wanted:
            high, step = at - step, 2 * step
        low = max(at - step + 1, low)
    while low < high:
        middle = (low + high) // 2
        if key[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@_compiled
def _partners(i: int, ours: Any, theirs: Any, search: Any, found: Any) -> int:
    """How many right rows lie within the window of a left one; their places go into `hits`.

    `place`: by day where the partners of the row before began, which most often lie near.
    """
    left_days, left_point, _, steps, left_at = ours
    key, days, point, _, right_at, starts = theirs
    first_day, longest, window, km, itself = search
    hits, place = found
    x, y, z, radius = left_point[i, 0], left_point[i, 1], left_point[i, 2], left_point[i, 3]
    first, last, own = left_days[i, 0], left_days[i, 1], left_at[i]
    earliest = max(first - window - longest, first_day)
    n = 0
    for day in range(earliest, min(last + window, first_day + len(starts) - 2) + 1):
        upper = day * LATITUDES + steps[i, 1]
        ends = starts[day - first_day], starts[day - first_day + 1]
        j = _first_at(key, day * LATITUDES + steps[i, 0], ends, place[day - first_day])
        place[day - first_day] = j
        while j < ends[1] and key[j] <= upper:
            at = np.uint64(j)
            dx, dy, dz = x - point[at, 0], y - point[at, 1], z - point[at, 2]
            reach = max(km, radius + point[at, 3])
            gap = max(first - days[at, 1], days[at, 0] - last)
            once = (not itself) | (own < right_at[at])
            hits[n] = j
            n += (dx * dx + dy * dy + dz * dz <= reach * reach) & (gap <= window) & once
            j += 1
    return n


@_small
def _place_and_time(mine: Any, theirs: Any, j: int, km: float) -> Any:
    first, last, x, y, z, radius = mine
    there, places = theirs[1], theirs[2]
    dx, dy, dz = x - places[j, 0], y - places[j, 1], z - places[j, 2]
    reach = max(km, radius + places[j, 3])
    large = (radius > NARROW_KM) | (places[j, 3] > NARROW_KM)
    gap = max(first - there[j, 1], there[j, 0] - last, 0)
    longest = max(last - first, there[j, 1] - there[j, 0])
    away = dx * dx + dy * dy + dz * dz
    return _time(gap, longest) * S_DISTANCE + _distance(large, away, reach * reach)


@_compiled
def _coded(i: int, ours: Any, theirs: Any, how: Any, hits: Any, out: Any) -> None:
    """Write how a left row compares with some right rows; what is of it alone is read once."""
    days, point, codes, there = ours[0], ours[1], ours[2], theirs[3]
    km, akin, rarity = how
    known = len(akin) - 1
    spot = days[i, 0], days[i, 1], point[i, 0], point[i, 1], point[i, 2], point[i, 3]
    one, two = codes[i, 4], codes[i, 5]
    actors = codes, i, one, two, _listed(one, known), _listed(two, known)
    best, kind = codes[i, 2], codes[i, 0]
    equal = F_EQUAL + (best > 0) + (best > 2) + (best > 9)  # noqa: PLR2004
    dead = codes[i, 1], best, codes[i, 3], equal
    rarer = rarity[max(kind, 0)] - K_OTHER
    for k in range(len(hits)):
        j = np.uint64(hits[k])
        other = there[j, 0]
        typed = K_OTHER + np.int64(kind == other) * rarer
        typed *= np.int64((kind | other) >= 0)
        code = _place_and_time(spot, theirs, j, km) * S_ACTORS
        code = (code + _actors(actors, there, j, akin)) * S_TYPE
        code = (code + typed) * S_DEATHS
        out[k] = code + _deaths(dead, there, j)


@_compiled
def _more(old: Any, used: int, room: int) -> Any:
    """The same array with more room."""
    new = np.empty(room, old.dtype)
    new[:used] = old[:used]
    return new


@_compiled
def met(rows: Any, ours: Any, theirs: Any, how: Any, most: int) -> Any:
    """How many partners each of some left rows has and forms with each right row; and which.

    `ours`, `theirs`: as `candidates` lays them out. `how`: the search (the first day of the right
    rows, their longest period, the window's days and km, whether a record is held against itself),
    which names are alike (and a last one, like none), and the rarity of types. The places and the
    codes of the partners come back where they are not more than `most`.
    """
    search, akin, rarity = how
    number, there = np.zeros(len(rows), np.int32), np.zeros(len(theirs[0]), np.int32)
    hits, place = np.empty(len(there) + 1, np.int32), theirs[5][:-1].copy()
    others, codes, n = np.empty(_ROOM, np.int32), np.empty(_ROOM, np.uint16), 0
    told = (search[3], akin, rarity)
    for at in range(len(rows)):
        here = _partners(rows[at], ours, theirs, search, (hits, place))
        number[at] = here
        for k in range(here):
            there[hits[k]] += 1
        if n + here > most:
            n = most + 1
            continue
        if n + here > len(others):
            alike = (n + here) * len(rows) // (at + 1)
            room = min(max(2 * len(others), n + here, alike), most)
            others, codes = _more(others, n, room), _more(codes, n, room)
        others[n : n + here] = hits[:here]
        _coded(rows[at], ours, theirs, told, hits[:here], codes[n : n + here])
        n += here
    return number, there, others[:n], codes[:n], n <= most


@_compiled
def picked(kept: Any, at: Any, wanted: Any, out: Any) -> int:
    """How many of the pairs of some left rows are wanted; they are written into `out`.

    `kept`: the rows, how many partners each has, the partners and how they compare. `at`: where
    the rows of either side stand among all. `wanted`: the rows that are asked, the degrees of both
    sides, the crowd of each degree, and which patterns are hopeful.
    """
    rows, number, others, codes = kept
    asked, degree, degree_there, crowds, hopeful = wanted
    one, other, pattern = out
    size = len(hopeful) // (crowds[-1] + 1)
    begin, n = 0, 0
    for row in range(len(rows)):
        left = at[0][rows[row]]
        end = begin + number[row]
        if asked[left]:
            for k in range(begin, end):
                right = at[1][others[k]]
                met_by = min(degree[left] + degree_there[right], len(crowds) - 1)
                code = crowds[met_by] * size + codes[k]
                one[n], other[n], pattern[n] = left, right, code
                n += hopeful[code]
        begin = end
    return n
