"""The tagger's labels: which there are, and the likeliest run of them that makes whole spans."""

from collections.abc import Sequence

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

    `scores` has a row a word and a column a label (log-probabilities). A hard BIO Viterbi.

    >>> rows = np.log(np.array([[0.6, 0.3, 0.1], [0.1, 0.3, 0.6]], dtype=np.float32))
    >>> best_labels(rows).tolist()
    [1, 2]
    """
    count, labels = scores.shape
    if not count:
        return np.zeros(0, dtype=np.intp)
    best = scores[0].copy()
    best[2::2] = -np.inf
    came = np.zeros((count, labels), dtype=np.intp)
    for row in range(1, count):
        champion = int(best.argmax())
        before = np.full(labels, champion, dtype=np.intp)
        gain = np.full(labels, best[champion], dtype=np.float32)
        own = np.maximum(best[1::2], best[2::2])
        before[2::2] = np.where(best[1::2] >= best[2::2], np.arange(1, labels, 2),
                                np.arange(2, labels, 2))  # fmt: skip
        gain[2::2] = own
        came[row] = before
        best = gain + scores[row]
    path = np.zeros(count, dtype=np.intp)
    path[-1] = best.argmax()
    for row in range(count - 1, 0, -1):
        path[row - 1] = came[row, path[row]]
    return path


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
