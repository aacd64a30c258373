"""The same counts as `curve_numpy`, to the last shift, compiled once and kept by numba.

Importing this costs about half a second, so `curve_counts` does it only where that pays. It raises
ImportError where numba is absent or switched off, and RuntimeError where numba finds no folder to
keep the compiled code in: beside this file, in the user's cache, or in NUMBA_CACHE_DIR.
"""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from wordkept.protocol.placebo import Counts

if numba.config.DISABLE_JIT:
    raise ImportError("numba is switched off by NUMBA_DISABLE_JIT")


def _count_shifts(
    doubled: NDArray[Any], circle: Counts, places: Counts, factors: NDArray[Any]
) -> tuple[Counts, Counts]:
    days = (doubled.shape[1] - 1) // 2
    own, under = np.zeros(len(circle), np.int64), np.zeros(days, np.int32)
    one = doubled.dtype.type(1)
    for i in range(len(circle)):
        row = doubled[circle[i]]
        upper_end = row[places[0, i] : places[0, i] + days]
        upper_begin = row[places[1, i] : places[1, i] + days]
        lower_end = row[places[2, i] : places[2, i] + days]
        lower_begin = row[places[3, i] : places[3, i] + days]
        upper_factor, lower_factor = factors[0, i], factors[1, i]
        upper_real = upper_end[days - 1] - upper_begin[days - 1] + one
        lower_real = lower_end[days - 1] - lower_begin[days - 1] + one
        as_low = np.int32(0)
        for s in range(days):
            upper = upper_end[s] - upper_begin[s] + one
            lower = lower_end[s] - lower_begin[s] + one
            as_low += np.int32(upper * lower_real <= upper_real * lower)
            under[s] += np.int32(upper * upper_factor <= lower * lower_factor)
        own[i] = as_low
    return own, under.astype(np.int64)


count_shifts = numba.njit(_count_shifts, cache=True, nogil=True)
"""As `curve_numpy.count_shifts`; for float32, float64 and int64, each compiled when first met."""
