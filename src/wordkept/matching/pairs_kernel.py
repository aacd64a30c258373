"""The same as `pairs_numpy`, compiled once and kept by numba; it raises what `join_kernel` does."""

from typing import Any

import numba
import numpy as np

if numba.config.DISABLE_JIT:
    raise ImportError("numba is switched off by NUMBA_DISABLE_JIT")


@numba.njit(nogil=True, cache=True)
def counted(ends: Any, codes: Any, degree: Any, crowds: Any, sizes: Any) -> Any:
    """Pairs by crowd and code."""
    found = np.zeros(sizes[1], np.int64)
    one, other = ends
    for n in range(len(codes)):
        crowd = crowds[min(degree[one[n]] + degree[other[n]], len(crowds) - 1)]
        found[crowd * sizes[0] + codes[n]] += 1
    return found


@numba.njit(nogil=True, cache=True)
def kept(ends: Any, codes: Any, degree: Any, crowds: Any, pattern: Any) -> Any:
    """The pairs with a pattern that is not hopeless, and the pattern of each."""
    one, other = ends
    size = len(pattern) // (crowds[-1] + 1)
    which = np.empty(len(codes), np.int32)
    number = 0
    for n in range(len(codes)):
        crowd = crowds[min(degree[one[n]] + degree[other[n]], len(crowds) - 1)]
        which[n] = pattern[crowd * size + codes[n]]
        number += which[n] >= 0
    lefts, rights = np.empty(number, np.int32), np.empty(number, np.int32)
    found = np.empty(number, np.int32)
    at = 0
    for n in range(len(codes)):
        if which[n] >= 0:
            lefts[at], rights[at], found[at] = one[n], other[n], which[n]
            at += 1
    return lefts, rights, found


@numba.njit(nogil=True, cache=True)
def passed(odds: Any, ends: Any, free: Any, rows: int) -> Any:
    """One round of messages."""
    one, other = ends
    free_one, free_other = free
    asked, asked_there = np.zeros(rows), np.zeros(rows)
    for n in range(len(odds)):
        asked[one[n]] += odds[n] * free_other[n]
        asked_there[other[n]] += odds[n] * free_one[n]
    asked += asked_there
    new_one, new_other = np.empty(len(odds)), np.empty(len(odds))
    for n in range(len(odds)):
        new_one[n] = 1 / (1 + max(asked[one[n]] - odds[n] * free_other[n], 0.0))
        new_other[n] = 1 / (1 + max(asked[other[n]] - odds[n] * free_one[n], 0.0))
    return new_one, new_other, 1 / (1 + asked)
