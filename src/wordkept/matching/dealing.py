"""Rows dealt out by day and cell, so that both rows of every pair lie together in one part.

Each left row lies in one part; each right row in all in which a left row could be near it. So each
pair is compared in one part, and the part of its left row. Pairs of rows that name points, and
pairs by their areas, are dealt out apart, and each class of rows that are alike in width: cells are
as wide as the rows of a class ask for.
"""

from collections.abc import Iterable, Iterator
from itertools import product

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wordkept.matching import areas
from wordkept.matching.join_numpy import Indices
from wordkept.matching.levels import Comparing
from wordkept.matching.rows import EARTH_KM, Rows, by_width

KEY = ("block", "cell")
"""What names a part: a way in which rows are held against one another; days and a cell of them."""
POINTS = ("x", "y", "z", "radius_km", "lat")
DAYS = ("first", "last")
AREAS = ("admin1", "country")
NAMED = 4
"""The blocks under this are of areas: as many as there are ways to hold them together."""
_DAYS, _KM = 30, 500.0
"""A part is at least so long and so wide: enough rows to be worth it, few that lie in two."""
_TIMES = 2.5
"""A part is at least so many times as wide as its rows reach: a row lies in two a side at most."""
_SLACK_KM = 1e-6
_CELLS = 1 << 10
"""More cells than there are from one side of the Earth to the other."""

Days = NDArray[np.int64]


def dealt(left: Rows, right: Rows, how: Comparing) -> pa.Table:
    """A row for each row and part that it lies in: the key, whether it is a right one, all of it.

    `place` is where it stands among the left or the right rows.
    """
    parts = list(_parts(left, right, how))
    block, size = [number for number, *_ in parts], [len(cells) for _, cells, _, _ in parts]
    columns: dict[str, NDArray[np.generic]] = {
        "block": np.repeat(np.array(block, np.int32), size),
        "cell": _end_to_end([cells for _, cells, _, _ in parts], np.int64),
        "right": np.repeat(np.array([side for *_, side in parts], np.bool_), size),
        "place": _end_to_end([places for _, _, places, _ in parts], np.int32),
    }
    of = [(right if side else left, places) for _, _, places, side in parts]
    for names, name in ((DAYS, "days"), (POINTS, "point"), (AREAS, "areas"),
                        (code_names(left.codes.shape[1]), "codes")):  # fmt: skip
        kind = getattr(left, name).dtype
        for at, column in enumerate(names):
            values = [getattr(some, name)[places, at] for some, places in of]
            columns[column] = _end_to_end(values, kind)
    return pa.table({name: pa.array(values) for name, values in columns.items()})


def code_names(number: int) -> tuple[str, ...]:
    """The names of the columns of so many codes.

    >>> code_names(2)
    ('code_0', 'code_1')
    """
    return tuple(f"code_{at}" for at in range(number))


def _end_to_end(arrays: list[NDArray[np.generic]], kind: object) -> NDArray[np.generic]:
    laid: NDArray[np.generic] = np.concatenate([np.empty(0, kind), *arrays])  # type: ignore[call-overload]
    return laid


def _parts(left: Rows, right: Rows, how: Comparing) -> Iterator[tuple[int, Days, Indices, bool]]:
    """The number of a block, and of some rows on one side of it the cells and the places.

    Blocks are numbered in the order in which `candidates` goes over them.
    """
    block = 0
    for lefts, rights, level in areas.joins(left, right):
        found = _by_area(left.taken(lefts), right.taken(rights), level, how)
        for cells, at, side in _met(found):
            yield block, cells, (rights if side else lefts)[at], side
        block += 1
    for lefts_of, ours in by_width(left):
        for rights_of, theirs in by_width(right):
            for cells, at, side in _met(_by_point(ours, theirs, how)):
                places = rights_of if side else lefts_of
                yield block, cells, places[at], side
            block += 1


def _met(
    found: Iterable[tuple[Days, Indices, bool]],
) -> Iterator[tuple[Days, Indices, bool]]:
    """The rows that lie in a part with any of the other side."""
    held = list(found)
    lying = [
        np.unique(_end_to_end([cells for cells, _, side in held if side == wanted], np.int64))
        for wanted in (False, True)
    ]
    for cells, at, side in held:
        met = np.isin(cells, lying[not side])
        yield cells[met], at[met], side


def _by_area(
    left: Rows, right: Rows, level: int, how: Comparing
) -> Iterator[tuple[Days, Indices, bool]]:
    """Both sides by area and days."""
    own, low, high = _spans(left, right, how)
    everywhere = _DAYS_OF_ALL * left.areas[:, level].astype(np.int64)
    yield everywhere + own, _all(left), False
    there = _DAYS_OF_ALL * right.areas[:, level].astype(np.int64)
    yield there + low, _all(right), True
    twice = np.flatnonzero(low != high).astype(np.int32)
    yield (there + high)[twice], twice, True


_DAYS_OF_ALL = 1 << 24
"""More stretches of days than any calendar here has."""


def _by_point(left: Rows, right: Rows, how: Comparing) -> Iterator[tuple[Days, Indices, bool]]:
    """Both sides by days and by the cube of the Earth in which they lie: no poles, no date line."""
    widest = min(max(how.km, left.widest_km + right.widest_km), 2 * EARTH_KM) + _SLACK_KM
    wide = max(_KM, _TIMES * widest)
    own, low, high = _spans(left, right, how)
    cells = [own, *_cubes(left, 0.0, wide)]
    yield _numbered(cells), _all(left), False
    reach = np.minimum(np.maximum(how.km, right.point[:, 3] + left.widest_km), 2 * EARTH_KM)
    first = [low, *_cubes(right, -(reach + _SLACK_KM), wide)]
    last = [high, *_cubes(right, reach + _SLACK_KM, wide)]
    for far in product((False, True), repeat=len(first)):
        also = np.ones(len(right), np.bool_)
        for is_far, one, other in zip(far, first, last, strict=True):
            also &= (one != other) | (not is_far)
        at = np.flatnonzero(also).astype(np.int32)
        chosen = [(last if is_far else first)[n][at] for n, is_far in enumerate(far)]
        yield _numbered(chosen), at, True


def _spans(left: Rows, right: Rows, how: Comparing) -> tuple[Days, Days, Days]:
    """By left row its stretch of days, by right row the first and the last that it may meet.

    A stretch is so long that there are two at the most.
    """
    most = 2 * how.days + left.longest + right.longest + 1
    long = max(_DAYS, most)
    own = left.days[:, 0].astype(np.int64) // long
    low = (right.days[:, 0].astype(np.int64) - how.days - left.longest) // long
    high = (right.days[:, 1].astype(np.int64) + how.days) // long
    return own, low, high


def _cubes(some: Rows, by: float | NDArray[np.float64], wide: float) -> list[Days]:
    """By each of three axes, in which cell a row lies, moved by so many kilometres."""
    return [
        np.floor((some.point[:, n] + by) / wide).astype(np.int64) + _CELLS // 2 for n in range(3)
    ]


def _numbered(cells: list[Days]) -> Days:
    """Days and three cells as one number."""
    number = cells[0]
    for one in cells[1:]:
        number = number * _CELLS + one
    return number


def _all(some: Rows) -> Indices:
    return np.arange(len(some), dtype=np.int32)
