"""Which of all candidates are laid down: of the rows that are asked, and not hopeless."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wordkept.matching.fitting import CROWDS
from wordkept.matching.levels import SIZES, Codes

Nodes = NDArray[np.int32]
Found = tuple[Nodes, Nodes, Nodes]
"""The left row and the right row of each pair, and how it compares."""

CODES = int(np.prod(SIZES))
"""Ways in which two rows may compare; a pattern is its crowd times that, and its code."""
CROWD_OF = np.minimum(np.log2(np.maximum(np.arange(1 << CROWDS), 1)), CROWDS - 1).astype(np.int32)
"""The crowd of a pair by how many candidates its two rows have; the last stands for more."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which pairs are asked for. Patterns count on from crowd to crowd."""

    asked: NDArray[np.bool_]
    """Of the left rows, those whose pairs are wanted."""
    degrees: tuple[Nodes, Nodes]
    """How many candidates each left row has, and each right one."""
    hopeful: NDArray[np.bool_]
    """By pattern, whether its pairs may be one event."""

    @classmethod
    def every(cls, degrees: tuple[Nodes, Nodes]) -> "Wanted":
        """All pairs of rows that have so many candidates."""
        return cls(asked=np.ones(len(degrees[0]), np.bool_), degrees=degrees,
                   hopeful=np.ones(CROWDS * CODES, np.bool_))  # fmt: skip

    def crowds(self, i: Nodes, j: Nodes) -> Nodes:
        """The crowd of each pair."""
        met = self.degrees[0][i] + self.degrees[1][j]
        return np.asarray(CROWD_OF[np.minimum(met, len(CROWD_OF) - 1)])

    def of(self, found: tuple[Nodes, Nodes, Codes]) -> Found:
        """Those of some pairs that are wanted, given with their codes, and their patterns."""
        i, j, codes = found
        pattern = self.crowds(i, j) * np.int32(CODES) + codes
        good = self.asked[i] & self.hopeful[pattern]
        return i[good], j[good], pattern[good]
