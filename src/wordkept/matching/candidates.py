"""Which pairs of rows are compared at all: near in time and place, as each row is known."""

from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from wordkept.matching import areas, engines, join_numpy, threads
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
            found.append((i if lefts is None else lefts[i],
                          j if rights is None else rights[j], codes))  # fmt: skip
    if left is right:
        found = [_once(*each) for each in found]
    return _together(found)


def _together(found: list[Found]) -> Found:
    """All pairs in one; where one search found them all, its own arrays, for they are large."""
    some = [each for each in found if len(each[0])] or found[:1]
    if len(some) == 1:
        return some[0]
    laid = [np.concatenate(columns) for columns in zip(*some, strict=True)]
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
    cuts = threads.cut(np.arange(len(left)))
    none = np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.uint16)

    def part(begin: int, end: int, out: Found, at: int) -> int:
        number: int = kernel.joined(
            begin, end, left.days, left.point, left.codes, steps, right.key, right.days,
            right.point, right.codes, starts, first, right.longest, how.days, how.km,
            how.alike, how.rarity, out, at,
        )  # fmt: skip
        return number

    spans = [(int(some[0]), int(some[-1]) + 1) for some in cuts if len(some)]
    numbers = threads.mapped(lambda span: part(*span, none, 0), spans)
    places = np.concatenate(([0], np.cumsum(numbers))).tolist()
    size = places[-1]
    out = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.uint16)
    if size:
        threads.mapped(lambda one: part(*one[0], out, one[1]), zip(spans, places, strict=False))
    return out
