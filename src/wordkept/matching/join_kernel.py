"""The same pairs and codes as `join_numpy`, compiled once and kept by numba.

It raises ImportError where numba is absent or switched off, and RuntimeError where numba finds no
folder to keep the compiled code in.
"""

import math
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from wordkept.matching import levels
from wordkept.matching.names import ALIKE
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


@numba.njit(nogil=True, cache=True, inline="never")
def _similar(codes: Any, i: int, there: Any, j: int, alike: Any) -> bool:
    for a in range(4, codes.shape[1]):
        one = codes[i, a]
        if 0 <= one < alike.shape[0]:
            for b in range(4, there.shape[1]):
                other = there[j, b]
                if 0 <= other < alike.shape[0] and alike[one, other] == ALIKE:
                    return True
    return False


@_small
def _actors(codes: Any, i: int, there: Any, j: int, alike: Any) -> int:
    """Whole arrays and places in them: a slice of each row would cost more than the rest."""
    one, two, first, second = codes[i, 4], codes[i, 5], there[j, 4], there[j, 5]
    if one < 0 or first < 0:
        return A_UNKNOWN
    upright = (one == first) + (two == second and two >= 0)
    shared = upright + (one == second) + (two == first)
    if codes[i, 6] >= 0 or there[j, 6] >= 0:
        shared, upright = _many(codes, i, there, j)
    if shared == 0:
        return A_ALIKE if _similar(codes, i, there, j, alike) else A_NONE
    if shared > 1:
        return A_BOTH if upright > 0 else A_TURNED
    if two < 0 or second < 0:
        return A_ONLY
    return A_SOME if upright > 0 else A_CROSSED


@_small
def _deaths(codes: Any, i: int, there: Any, j: int) -> int:
    best, other = codes[i, 2], there[j, 2]
    if min(codes[i, 1], best, codes[i, 3], there[j, 1], other, there[j, 3]) < 0:
        return F_UNKNOWN
    if best == other:
        return F_EQUAL + (best > 0) + (best > 2) + (best > 9)  # noqa: PLR2004
    more, less = float(max(best, other) + 1), float(min(best, other) + 1)
    if codes[i, 1] <= there[j, 3] and there[j, 1] <= codes[i, 3]:
        return F_BOUNDS + (more > CLOSE * less)
    return F_APART + (more > NEAR * less) + (more > FAR * less)


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


@_small
def _code(levels: Any, codes: Any, i: int, there: Any, j: int, alike: Any, rarity: Any) -> int:
    kind = K_UNKNOWN
    if codes[i, 0] >= 0 and there[j, 0] >= 0:
        kind = rarity[codes[i, 0]] if codes[i, 0] == there[j, 0] else K_OTHER
    code = (levels[0] * S_DISTANCE + levels[1]) * S_ACTORS + _actors(codes, i, there, j, alike)
    return (code * S_TYPE + kind) * S_DEATHS + _deaths(codes, i, there, j)


def _joined(  # noqa: PLR0917 - numba is called by place
    begin: int, end: int, left_days: NDArray[np.int32], left_point: NDArray[np.float64],
    left_codes: NDArray[np.int32], steps: NDArray[np.int64], key: NDArray[np.int64],
    days: NDArray[np.int32], point: NDArray[np.float64], codes: NDArray[np.int32],
    day_starts: NDArray[np.int64], first_day: int, longest: int, window: int, km: float,
    alike: NDArray[np.uint8], rarity: NDArray[np.int32],
    out: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint16]], at: int,
) -> int:  # fmt: skip
    lefts, rights, found = out
    n, writing = at, len(found) > 0
    last_day = first_day + len(day_starts) - 2
    for i in range(begin, end):
        x, y, z, radius = left_point[i, 0], left_point[i, 1], left_point[i, 2], left_point[i, 3]
        first, last = left_days[i, 0], left_days[i, 1]
        earliest, latest = max(first - window - longest, first_day), min(last + window, last_day)
        for day in range(earliest, latest + 1):
            upper = day * LATITUDES + steps[i, 1]
            high = day_starts[day - first_day + 1]
            j = _first_at(key, day * LATITUDES + steps[i, 0], day_starts[day - first_day], high)
            while j < high and key[j] <= upper:
                dx, dy, dz = x - point[j, 0], y - point[j, 1], z - point[j, 2]
                away = dx * dx + dy * dy + dz * dz
                reach = max(km, radius + point[j, 3])
                reach = reach * reach
                gap = max(first - days[j, 1], days[j, 0] - last, 0)
                if away <= reach and gap <= window:
                    if writing:
                        large = radius > NARROW_KM or point[j, 3] > NARROW_KM
                        levels = (_time(gap, max(last - first, days[j, 1] - days[j, 0])),
                                  _distance(large, away, reach))  # fmt: skip
                        lefts[n], rights[n] = i, j
                        found[n] = _code(levels, left_codes, i, codes, j, alike, rarity)
                    n += 1
                j += 1
    return n - at


joined = numba.njit(nogil=True, cache=True)(_joined)
"""How many pairs the left rows from `begin` to `end` form with the right rows; the pairs and their
codes are written into `out` from `at` on, unless it is empty. `steps`: by left row, the latitudes
between which its partners lie, as in a key."""
