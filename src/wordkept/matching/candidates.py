"""Which pairs of rows are compared at all: near in time and place, as each row is known."""

import os
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from wordkept.matching import areas, engines, join_numpy
from wordkept.matching.join_numpy import Found, Indices
from wordkept.matching.levels import Codes, Comparing
from wordkept.matching.rows import LATITUDES, Rows, by_width, key_of, reach_degrees


def candidates(left: Rows, right: Rows, how: Comparing) -> Found:
    """Places in `left` and `right` of all pairs that are compared, and their codes.

    Of a record with itself, each pair once, and no row with itself.
    """
    found = [areas.named(left, right, how)]
    for lefts, ours in by_width(left):
        for rights, theirs in by_width(right):
            i, j, codes = near(ours, theirs, how)
            found.append((lefts[i], rights[j], codes))
    if left is right:
        found = [_once(*each) for each in found]
    laid = [np.concatenate(columns) for columns in zip(*found, strict=True)]
    return laid[0], laid[1], laid[2]


def _once(i: Indices, j: Indices, codes: Codes) -> Found:
    first = i < j
    return i[first], j[first], codes[first]


def near(left: Rows, right: Rows, how: Comparing) -> Found:
    """Places in `left` and `right` of the pairs of rows with points, and their codes.

    `right` is a class of rows alike in length and width, for the search is as wide as its widest.
    """
    km = np.maximum(how.km, left.point[:, 3] + right.widest_km)
    lat, away = left.point[:, 4], reach_degrees(1.0) * km
    none = np.zeros(len(left), np.int64)
    steps = np.stack((key_of(none, lat - away), key_of(none, lat + away)), axis=1)
    kernel = engines.joining(len(left) + len(right))
    if kernel is join_numpy:
        return join_numpy.joined(left, right, steps, how)
    return _compiled(kernel, left, right, steps, how)


def _compiled(
    kernel: ModuleType, left: Rows, right: Rows, steps: NDArray[np.int64], how: Comparing
) -> Found:
    first, last = int(right.days[0, 0]), int(right.days[-1, 0])
    starts = np.searchsorted(right.key, np.arange(first, last + 2, dtype=np.int64) * LATITUDES)
    threads = os.cpu_count() or 1
    cuts = np.linspace(0, len(left), 4 * threads + 1).astype(int)

    def part(begin: int, end: int) -> Found:
        found: Found = kernel.joined(
            begin, end, left.days, left.point, left.codes, steps, right.key, right.days,
            right.point, right.codes, starts, first, right.longest, how.days, how.km,
            how.alike, how.rarity,
        )  # fmt: skip
        return found

    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(part, cuts[:-1], cuts[1:]))
    laid = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    return laid[0], laid[1], laid[2]
