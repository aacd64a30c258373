"""Work cut into parts for the processors at hand: numpy, Arrow and compiled code let others run."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Given = TypeVar("Given")
Made = TypeVar("Made")

_SMALL = 5000
"""Fewer than that are not worth a thread."""
_PARTS = 4
"""Parts a thread, so that none waits long for the others."""


def mapped(work: Callable[[Given], Made], parts: Iterable[Given]) -> list[Made]:
    """What `work` makes of each part, in their order."""
    given = list(parts)
    number = os.cpu_count() or 1
    if number == 1 or len(given) < 2:  # noqa: PLR2004 - one is done at once
        return [work(part) for part in given]
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(work, given))


def cut(places: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """An array in as many parts as are worth it; of few, itself."""
    parts = _PARTS * (os.cpu_count() or 1) if len(places) >= _SMALL else 1
    return np.array_split(places, parts)


def spans(size: int) -> list[tuple[int, int]]:
    """So many places in parts as `cut` has them: where each begins, and where it ends."""
    return [(int(some[0]), int(some[-1]) + 1) for some in cut(np.arange(size)) if len(some)]
