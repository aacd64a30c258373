"""Pairs of rows that lie near one another in time and place, by sorted keys, in plain numpy."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wordkept.matching.levels import Codes, Comparing, levels_of, squared_km
from wordkept.matching.rows import LATITUDES, Rows

Indices = NDArray[np.int32]
Found = tuple[Indices, Indices, Codes]
_SLICE = 100_000
"""Left rows at a time, so that candidates of one day shift fit the memory."""


def joined(left: Rows, right: Rows, steps: NDArray[np.int64], how: Comparing) -> Found:
    """Places in `left` and in `right` of the pairs within the window, and their codes.

    In the order of the left rows, and of the right ones for each.
    """
    parts = [_sliced(left, right, steps, how, at) for at in range(0, len(left), _SLICE)]
    laid = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    return laid[0], laid[1], laid[2]


def _sliced(
    left: Rows, right: Rows, steps: NDArray[np.int64], how: Comparing, begin: int
) -> Found:  # fmt: skip
    here = np.arange(begin, min(begin + _SLICE, len(left)))
    pairs = [_near(left, right, i, j, how) for i, j in _shifted(left, right, steps, here, how)]
    i = np.concatenate([one for one, _ in pairs]).astype(np.int32)
    j = np.concatenate([other for _, other in pairs]).astype(np.int32)
    order = np.lexsort((j, i))
    i, j = i[order], j[order]
    return i, j, levels_of(left, right, i, j, how)


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
