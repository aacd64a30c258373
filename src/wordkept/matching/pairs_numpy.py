"""Passing messages and taking pairs one-to-one, over many pairs, in plain numpy."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Nodes = NDArray[np.int32]


def passed(
    odds: Floats, ends: tuple[Nodes, Nodes], rows: int, passes: int
) -> tuple[Floats, Floats, Floats]:
    """Rounds of messages: by pair, whether each end is free of its others; and by row."""
    one, other = ends
    free_one = free_other = new_one = new_other = np.ones(len(odds))
    asked: Floats = np.zeros(rows)
    for _ in range(passes):
        to_one, to_other = odds * free_other, odds * free_one
        asked = np.bincount(one, to_one, rows).astype(np.float64)
        asked += np.bincount(other, to_other, rows)
        new_one = 1 / (1 + np.maximum(asked[one] - to_one, 0))
        new_other = 1 / (1 + np.maximum(asked[other] - to_other, 0))
        free_one, free_other = (free_one + new_one) / 2, (free_other + new_other) / 2
    return new_one, new_other, 1 / (1 + asked)


def greedy(ends: tuple[Nodes, Nodes], rows: int) -> NDArray[np.bool_]:
    """Of pairs in order, each whose two rows no earlier pair has taken.

    In rounds: a pair that is the first left of both its rows is taken, and their others are out.
    """
    taken = np.zeros(len(ends[0]), np.bool_)
    here = np.arange(len(taken))
    first = np.empty(rows, np.int64)
    while len(here):
        one, other = ends[0][here], ends[1][here]
        place = np.arange(len(here))
        first[one] = first[other] = len(here)
        np.minimum.at(first, one, place)
        np.minimum.at(first, other, place)
        now = (first[one] == place) & (first[other] == place)
        taken[here[now]] = True
        gone = np.zeros(rows, np.bool_)
        gone[one[now]] = gone[other[now]] = True
        here = here[~(gone[one] | gone[other])]
    return taken
