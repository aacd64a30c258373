"""The same as `pairs_numpy`, compiled once and kept by numba; it raises what `join_kernel` does."""

from typing import Any

import numba
import numpy as np

if numba.config.DISABLE_JIT:
    raise ImportError("numba is switched off by NUMBA_DISABLE_JIT")


@numba.njit(nogil=True, cache=True)
def passed(odds: Any, ends: Any, rows: int, passes: int) -> Any:
    """Rounds of messages: by pair, whether each end is free of its others; and by row."""
    one, other = ends
    free_one, free_other = np.ones(len(odds)), np.ones(len(odds))
    asked = np.zeros(rows)
    for turn in range(passes):
        asked[:] = 0
        for n in range(len(odds)):
            asked[one[n]] += odds[n] * free_other[n]
            asked[other[n]] += odds[n] * free_one[n]
        for n in range(len(odds)):
            new_one = 1 / (1 + max(asked[one[n]] - odds[n] * free_other[n], 0.0))
            new_other = 1 / (1 + max(asked[other[n]] - odds[n] * free_one[n], 0.0))
            if turn < passes - 1:
                new_one, new_other = (free_one[n] + new_one) / 2, (free_other[n] + new_other) / 2
            free_one[n], free_other[n] = new_one, new_other
    return free_one, free_other, 1 / (1 + asked)


@numba.njit(nogil=True, cache=True)
def greedy(ends: Any, rows: int) -> Any:
    """Of pairs in order, each whose two rows no earlier pair has taken."""
    one, other = ends
    taken, gone = np.zeros(len(one), np.bool_), np.zeros(rows, np.bool_)
    for n in range(len(one)):
        if not gone[one[n]] and not gone[other[n]]:
            taken[n] = gone[one[n]] = gone[other[n]] = True
    return taken
