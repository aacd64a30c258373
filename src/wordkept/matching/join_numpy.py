"""Pairs of rows that lie near one another in time and place, by sorted keys, in plain numpy."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wordkept.matching.levels import Comparing, squared_km
from wordkept.matching.rows import LATITUDES, Rows

Indices = NDArray[np.int32]
_SLICE = 100_000
"""Left rows at a time, so that candidates of one day shift fit the memory."""


def joined(
    left: Rows, right: Rows, steps: NDArray[np.int64], here: NDArray[np.int64], how: Comparing
) -> Iterator[tuple[Indices, Indices]]:
    """Places of the pairs of some left rows within the window, a slice of those rows at a time.

    In the order of the left rows, and of the right ones for each.
    """
    for at in range(0, len(here), _SLICE):
        some = here[at : at + _SLICE]
        pairs = [_near(left, right, i, j, how) for i, j in _shifted(left, right, steps, some, how)]
        i = np.concatenate([one for one, _ in pairs]).astype(np.int32)
        j = np.concatenate([other for _, other in pairs]).astype(np.int32)
        order = np.lexsort((j, i))
        yield i[order], j[order]


def _shifted(
    left: Rows, right: Rows, steps: NDArray[np.int64], here: NDArray[np.int64], how: Comparing
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Pairs in one band of latitude, one day after the other."""
    first = left.days[here, 0].astype(np.int64) - how.days - right.longest
    last = left.days[here, 1].astype(np.int64) + how.days
    for shift in range(int((last - first).max(initial=-1)) + 1):
        day = first + shift
        at = here[day <= last]
        day = day[day <= last] * LATITUDES
        low = np.searchsorted(right.key, day + steps[at, 0])
        number = np.searchsorted(right.key, day + steps[at, 1], side="right") - low
        i = np.repeat(at, number)
        yield i, np.arange(len(i)) - np.repeat(np.cumsum(number) - number - low, number)


def _near(
    left: Rows, right: Rows, i: NDArray[np.int64], j: NDArray[np.int64], how: Comparing
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Those of some pairs that are within the window."""
    away, reach = squared_km(left.point[i], right.point[j], how.km)
    gap = np.maximum(left.days[i, 0] - right.days[j, 1], right.days[j, 0] - left.days[i, 1])
    near = (away <= reach) & (gap <= how.days)
    return i[near], j[near]
