"""Each row is one event, so that its pairs compete: the probability of each beside all others.

A pair alone has odds; of all sets of pairs that use no row twice, each is as likely as the product
of the odds in it. The share of those sets that hold a pair is its probability. It is found by
passing messages along the pairs (belief propagation, exact where pairs form no ring).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Nodes = NDArray[np.int32]

PASSES = 12
_SETTLED = 1e-4


def competed(odds: Floats, ends: tuple[Nodes, Nodes], rows: int) -> tuple[Floats, Floats]:
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
    one, other = ends
    free_one = free_other = np.ones(len(odds))
    for _ in range(PASSES):
        to_one, to_other = odds * free_other, odds * free_one
        asked = np.bincount(one, to_one, rows) + np.bincount(other, to_other, rows)
        new_one = 1 / (1 + np.maximum(asked[one] - to_one, 0))
        new_other = 1 / (1 + np.maximum(asked[other] - to_other, 0))
        moved = max(np.abs(new_one - free_one).max(initial=0),
                    np.abs(new_other - free_other).max(initial=0))  # fmt: skip
        free_one, free_other = (free_one + new_one) / 2, (free_other + new_other) / 2
        if moved < _SETTLED:
            break
    free_one, free_other = new_one, new_other
    log_odds: Floats = np.log(odds) + np.log(free_one) + np.log(free_other)
    asked = np.bincount(one, odds * free_other, rows) + np.bincount(other, odds * free_one, rows)
    return log_odds, 1 / (1 + asked)
