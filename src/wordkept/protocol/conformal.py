"""A conformal martingale: a bet, block by block, that later blocks are no longer like the earlier.

Vovk 2021, "Testing randomness online": if the order of blocks means nothing, the rank of each new
block among all so far is even odds, and nobody can win by betting on low ranks.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np

STAKES = (0.0, 0.5, 1.0, 2.0)
"""How steeply one bets that the next rank is low; 2 stakes all that one has."""
SWITCH = 0.01
"""How much of the money is dealt out anew among the stakes before each block ("simple jumper")."""


def conformal_martingale(
    baseline: Sequence[int], later: Sequence[int], *, direction: Literal["falls", "rises"]
) -> tuple[float, ...]:
    """What one unit has grown to after each later block.

    Ties count against the bet, so that nothing is drawn by lot: under the null the money then
    shrinks rather than stays. It is not valid where blocks depend on one another.

    >>> grown = conformal_martingale([9, 10, 11], [2, 2], direction="falls")
    >>> [round(money, 3) for money in grown]
    [1.219, 1.339]
    """
    seen = list(baseline)
    money = np.full(len(STAKES), 1 / len(STAKES))
    grown = []
    for count in later:
        seen.append(count)
        ranked = np.asarray(seen)
        at_most = ranked <= count if direction == "falls" else ranked >= count
        rank = float(at_most.mean())
        money = (1 - SWITCH) * money + SWITCH * money.sum() / len(STAKES)
        money = money * (1 - np.asarray(STAKES) * (rank - 0.5))
        grown.append(float(money.sum()))
    return tuple(grown)
