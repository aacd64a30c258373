"""The tagger's labels: which there are, and the likeliest run of them that makes whole spans."""

from collections.abc import Sequence
from itertools import pairwise
from math import inf

import numpy as np
from numpy.typing import NDArray

from wordkept.model import SLOTS

ROLES = ("source", "cue", "content")
TERMS = SLOTS
OUTSIDE = 0


def begun(kind: int) -> int:
    """The label of a span's first word."""
    return 1 + 2 * kind


def inside(kind: int) -> int:
    """The label of its further words."""
    return 2 + 2 * kind


def label_count(kinds: Sequence[str]) -> int:
    """How many labels a head over these kinds has."""
    return 1 + 2 * len(kinds)


def best_labels(scores: NDArray[np.float32]) -> NDArray[np.intp]:
    """The run of labels of the greatest total in which every inside follows its own kind.

    `scores` has a row a word and a column a label (log-probabilities). A hard BIO Viterbi, run
    only over the stretches between words that are surely no inside.

    >>> rows = np.log(np.array([[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]], dtype=np.float32))
    >>> best_labels(rows).tolist()
    [1, 2]
    """
    if not len(scores):
        return np.zeros(0, dtype=np.intp)
    rows = scores.astype(np.float64)
    alone = rows.copy()
    alone[:, 2::2] = -np.inf
    path: NDArray[np.intp] = alone.argmax(axis=1)
    for first, last in pairwise([0, *_surely_no_inside(rows), len(rows)]):
        if last - first > 1:
            path[first:last] = _likeliest(rows[first:last].tolist())
    return path


def _surely_no_inside(rows: NDArray[np.float64]) -> list[int]:
    """The words after the first that are an inside in no likeliest run of labels.

    Another label is so much likelier there that taking it, and beginning the kind of the inside
    anew at the next word, always gains.
    """
    with np.errstate(invalid="ignore"):  # what is impossible twice over is not sure
        anew = np.maximum(rows[2:, 2::2] - rows[2:, 1::2], 0.0)
        held = rows[1:, 2::2].copy()
        held[:-1] += anew
    other = np.maximum(rows[1:, OUTSIDE], rows[1:, 1::2].max(axis=1))
    return [int(place) + 1 for place in np.flatnonzero((other[:, None] > held).all(axis=1))]


def _likeliest(rows: Sequence[list[float]]) -> list[int]:
    """The likeliest run of labels by plain Viterbi, of equals the lower label."""
    insides = range(2, len(rows[0]), 2)
    best = [-inf if label and label % 2 == 0 else score for label, score in enumerate(rows[0])]
    came: list[list[int]] = []
    for row in rows[1:]:
        top = max(best)
        before = [best.index(top)] * len(row)
        total = [top + score for score in row]
        for label in insides:
            own = label if best[label] > best[label - 1] else label - 1
            before[label] = own
            total[label] = best[own] + row[label]
        came.append(before)
        best = total
    path = [best.index(max(best))]
    for before in reversed(came):
        path.append(before[path[-1]])
    return path[::-1]


def runs(labels: Sequence[int]) -> list[tuple[int, int, int]]:
    """Every span as kind, first word, last word + 1.

    >>> runs([0, 1, 2, 3, 0])
    [(0, 1, 3), (1, 3, 4)]
    """
    found: list[tuple[int, int, int]] = []
    for place, label in enumerate(labels):
        if label == OUTSIDE:
            continue
        kind = (label - 1) // 2
        if label % 2 == 0 and found and found[-1][0] == kind and found[-1][2] == place:
            found[-1] = (kind, found[-1][1], place + 1)
        else:
            found.append((kind, place, place + 1))
    return found
