"""At how many shifts each set-up, and the middle of all of them, changes as much: with numpy."""

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from wordkept.protocol.placebo import Counts

AT_ONCE = 32
"""Set-ups compared in one step: few enough that they stay in a processor's cache, and that eight
bits hold how many of them are at or under the middle."""


def count_shifts(
    doubled: NDArray[Any], circle: Counts, places: Counts, factors: NDArray[Any]
) -> tuple[Counts, Counts]:
    """By set-up, the shifts with as low a ratio as the last; by shift, the set-ups under the mark.

    `doubled`, shape (circles, 2 x days + 1), is twice the running sum of each circle laid end to
    end; `circle`, shape (set-ups,) and sorted, says which is whose; `places`, shape (4, set-ups),
    where at the first shift the upper stretch ends and begins and the lower one ends and begins.
    A ratio lies at or under the mark where upper x factors[0] <= lower x factors[1]. The last
    shift is the real one. Nothing is rounded as long as no product outgrows the type.
    """
    days = (doubled.shape[1] - 1) // 2
    own, under = np.empty(len(circle), dtype=np.int64), np.zeros(days, dtype=np.int64)
    firsts = np.flatnonzero(np.diff(circle, prepend=-1)).tolist()
    for first, last in zip(firsts, [*firsts[1:], len(circle)], strict=True):
        shifts = sliding_window_view(doubled[circle[first]], days)
        for start in range(first, last, AT_ONCE):
            some = slice(start, min(start + AT_ONCE, last))
            upper, lower = (
                shifts[ends] - shifts[begins] + doubled.dtype.type(1)
                for ends, begins in (places[:2, some], places[2:, some])
            )
            as_low = upper * lower[:, -1:] <= upper[:, -1:] * lower
            own[some] = np.bitwise_count(np.packbits(as_low, axis=1)).sum(axis=1)
            upper *= factors[0, some, None]
            lower *= factors[1, some, None]
            under += np.add.reduce((upper <= lower).view(np.uint8), axis=0, dtype=np.uint8)
    return own, under
