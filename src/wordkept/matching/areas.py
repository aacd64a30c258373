"""Pairs of which one row names only an area: found by the area and the days, not by distance."""

import numpy as np
from numpy.typing import NDArray

from wordkept.matching.join_numpy import Indices
from wordkept.matching.levels import D_ADMIN, D_COUNTRY, Codes, Comparing, levels_at
from wordkept.matching.rows import Rows

Found = tuple[Indices, Indices, Codes]
_DAYS = 1 << 24
"""More days than any calendar here has."""
ADMIN1, COUNTRY = 0, 1


def named(left: Rows, right: Rows, how: Comparing) -> Found:
    """Places of the pairs whose areas agree, where one of the two names no point, and the codes.

    A row that names its first-level area is held against those of the same, one that names only a
    country against all in it.
    """
    found = [joined(left, right, lefts, rights, (level, how))
             for lefts, rights, level in joins(left, right)]  # fmt: skip
    laid = [np.concatenate(columns) for columns in zip(*found, strict=True)]
    return laid[0], laid[1], laid[2]


def joins(left: Rows, right: Rows) -> tuple[tuple[Indices, Indices, int], ...]:
    """The left and the right rows of each way in which areas are held against one another."""
    ours, theirs = ~left.pointed, ~right.pointed
    to_country, to_country_there = left.areas[:, 0] < 0, right.areas[:, 0] < 0
    ways = (
        (ours & ~to_country, np.ones(len(right), np.bool_), ADMIN1),
        (ours & to_country, np.ones(len(right), np.bool_), COUNTRY),
        (~ours, theirs & ~to_country_there, ADMIN1),
        (~(ours & to_country), theirs & to_country_there, COUNTRY),
    )
    return tuple(
        (_named(left, lefts, level), _named(right, rights, level), level)
        for lefts, rights, level in ways
    )


def _named(some: Rows, which: NDArray[np.bool_], level: int) -> Indices:
    return np.flatnonzero(which & (some.areas[:, level] >= 0)).astype(np.int32)


def joined(
    left: Rows, right: Rows, lefts: Indices, rights: Indices, by: tuple[int, Comparing]
) -> Found:
    """The pairs of some rows whose areas of a level agree, and the codes."""
    level, how = by
    i, j = _same_area(left, right, lefts, rights, (level, how.days))
    place = np.full(len(i), D_ADMIN if level == ADMIN1 else D_COUNTRY)
    return i, j, levels_at(left, right, (i, j), place, how)


def _same_area(
    left: Rows, right: Rows, lefts: Indices, rights: Indices, by: tuple[int, int]
) -> tuple[Indices, Indices]:
    level, days = by
    if not len(lefts) or not len(rights):
        return lefts[:0], rights[:0]
    key = right.areas[rights, level].astype(np.int64) * _DAYS + right.days[rights, 0]
    order = np.argsort(key, kind="stable")
    key, rights = key[order], rights[order]
    longest = int((right.days[rights, 1] - right.days[rights, 0]).max())
    area = left.areas[lefts, level].astype(np.int64) * _DAYS
    low = np.searchsorted(key, area + left.days[lefts, 0] - days - longest)
    number = np.searchsorted(key, area + left.days[lefts, 1] + days, side="right") - low
    i = np.repeat(lefts, number)
    j = rights[np.arange(len(i)) - np.repeat(np.cumsum(number) - number - low, number)]
    near = left.days[i, 0] - right.days[j, 1] <= days
    return i[near], j[near]
