"""What a method answers, how its pairs are chosen without the truth, and how they are scored."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of row numbers that somebody has judged."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    duplicate: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Answer:
    """The pairs a method found, each with the probability it gives them."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    probability: NDArray[np.float64]


def chosen(answer: Answer) -> NDArray[np.bool_]:
    """One-to-one pairs, likeliest first, up to where the F1 that the method expects is highest.

    Every peer's pairs are chosen so: neither library chooses a threshold by itself.
    """
    order = np.argsort(-answer.probability, kind="stable")
    taken_left, taken_right = set[int](), set[int]()
    kept = np.zeros(len(order), np.bool_)
    lefts, rights = answer.left[order].tolist(), answer.right[order].tolist()
    for n, (i, j) in enumerate(zip(lefts, rights, strict=True)):
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            kept[n] = True
    at = order[kept]
    sure = np.cumsum(answer.probability[at])
    if not len(at):
        return kept
    best = int(np.argmax(2 * sure / (np.arange(1, len(at) + 1) + sure[-1])))
    found = np.zeros(len(order), np.bool_)
    found[at[: best + 1]] = True
    return found


def f1(left: NDArray[np.int64], right: NDArray[np.int64], truth: tuple[NDArray[np.int64], ...]
       ) -> tuple[float, float, float]:  # fmt: skip
    """F1, precision and recall of pairs against the true ones."""
    most = 1 + max(int(side.max(initial=0)) for side in (right, truth[1]))
    found, true = left.astype(np.int64) * most + right, truth[0] * most + truth[1]
    hits = int(np.isin(found, true).sum())
    precision, recall = hits / max(len(found), 1), hits / max(len(true), 1)
    return 2 * hits / max(len(found) + len(true), 1), precision, recall
