"""Which pairs are taken for one event: one-to-one or in clusters, up to where it pays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wordkept.matching import engines
from wordkept.matching.competing import Floats, Nodes

Ends = tuple[Nodes, Nodes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The pairs that are taken, and where the line was drawn."""

    chosen: NDArray[np.bool_]
    threshold: float
    expected_f1: float


def one_to_one(probability: Floats, ends: Ends, rows: int) -> Choice:
    """Pairs that use no row twice, the likeliest first; as many as give the highest expected F1.

    `ends` are in the order of the pairs, and those are likeliest first.
    """
    free = engines.pairing(len(probability)).greedy(ends, rows)
    return _cut(probability, free)


def in_clusters(probability: Floats) -> Choice:
    """All pairs that are likely enough, whatever rows they share."""
    return _cut(probability, np.ones(len(probability), np.bool_))


def _cut(probability: Floats, allowed: NDArray[np.bool_]) -> Choice:
    """The allowed pairs down to the probability where expected F1 is highest.

    Of n pairs taken, the sum of their probabilities is expected to be true, out of the sum over
    all pairs: F1 = 2 * expected true / (n + expected in all). No truth is needed.
    """
    sure = np.cumsum(probability[allowed])
    total = float(probability.sum())
    if not len(sure):
        return Choice(chosen=allowed, threshold=1.0, expected_f1=float("nan"))
    expected = 2 * sure / (np.arange(1, len(sure) + 1) + total)
    best = int(np.argmax(expected))
    threshold = float(probability[allowed][best])
    chosen = allowed & (probability >= threshold)
    return Choice(chosen=chosen, threshold=threshold, expected_f1=float(expected[best]))


def clusters(ends: Ends, chosen: NDArray[np.bool_], rows: int) -> NDArray[np.int32]:
    """A number by row: the same for rows that chosen pairs join, directly or through others."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    one, other = ends[0][chosen], ends[1][chosen]
    graph = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(rows, rows))
    return np.asarray(connected_components(graph, directed=False)[1], np.int32)
