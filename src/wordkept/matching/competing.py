"""Each row is one event, so that its pairs compete: the probability of each beside all others.

A pair alone has odds; of all sets of pairs that use no row twice, each is as likely as the product
of the odds in it. The share of those sets that hold a pair is its probability. It is found by
passing messages along the pairs (belief propagation, exact where pairs form no ring).
"""

import numpy as np
from numpy.typing import NDArray

from wordkept.matching import engines

Floats = NDArray[np.float64]
Nodes = NDArray[np.int32]

PASSES = 10
"""Rounds of messages: more change no probability by a hundredth."""


def competed(
    odds: Floats, ends: tuple[Nodes, Nodes], rows: int, passes: int = PASSES
) -> tuple[Floats, Floats]:
    """By pair, the log odds given every other pair, and by row, the chance that it is in none.

    `ends`: the two rows of each pair, numbered through both records, `rows` in all.

    >>> import numpy as np
    >>> alone, single = competed(np.array([3.0]), (np.array([0]), np.array([1])), 2)
    >>> float(np.exp(alone[0])), single.tolist()
    (3.0000000000000004, [0.25, 0.25])
    >>> two, single = competed(np.array([3.0, 3.0]), (np.array([0, 0]), np.array([1, 2])), 3)
    >>> [round(float(each), 4) for each in 1 / (1 + np.exp(-two))]
    [0.4286, 0.4286]
    """
    new_one, new_other, single = engines.pairing(len(odds)).passed(odds, ends, rows, passes)
    return np.log(odds * new_one * new_other), single
