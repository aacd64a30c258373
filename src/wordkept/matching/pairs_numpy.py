"""Counting patterns, keeping pairs and passing messages over many pairs, in plain numpy."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Nodes = NDArray[np.int32]
Codes = NDArray[np.uint16]


def counted(
    ends: tuple[Nodes, Nodes], codes: Codes, degree: Nodes, crowds: Ints, sizes: tuple[int, int]
) -> Ints:
    """Pairs by crowd and code. `sizes`: of a crowd's codes, and of all."""
    crowd = crowds[np.minimum(degree[ends[0]] + degree[ends[1]], len(crowds) - 1)]
    return np.bincount(crowd * sizes[0] + codes, minlength=sizes[1])


def kept(
    ends: tuple[Nodes, Nodes],
    codes: Codes,
    degree: Nodes,
    crowds: Ints,
    pattern: Nodes,
) -> tuple[Nodes, Nodes, Nodes]:
    """The pairs with a pattern that is not hopeless (under 0), and the pattern of each."""
    crowd = crowds[np.minimum(degree[ends[0]] + degree[ends[1]], len(crowds) - 1)]
    found = pattern[crowd * (len(pattern) // (int(crowds.max()) + 1)) + codes]
    good = found >= 0
    return ends[0][good], ends[1][good], found[good]


def passed(
    odds: Floats, ends: tuple[Nodes, Nodes], free: tuple[Floats, Floats], rows: int
) -> tuple[Floats, Floats, Floats]:
    """One round of messages: by pair, whether each end is free of its others; and by row."""
    (one, other), (free_one, free_other) = ends, free
    to_one, to_other = odds * free_other, odds * free_one
    asked = np.bincount(one, to_one, rows) + np.bincount(other, to_other, rows)
    new_one = 1 / (1 + np.maximum(asked[one] - to_one, 0))
    new_other = 1 / (1 + np.maximum(asked[other] - to_other, 0))
    return new_one, new_other, 1 / (1 + asked)
