"""All pairs that are compared: how many there are of each pattern, and those that may be one event.

The pairs are either all at hand (`Here`) or dealt out to others (`matching/dealt.py`); the answers
are the same numbers in the same order.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wordkept.matching import engines
from wordkept.matching.candidates import candidates
from wordkept.matching.fitting import CROWDS, Ints
from wordkept.matching.join_numpy import Indices
from wordkept.matching.levels import SIZES, Comparing
from wordkept.matching.rows import Rows

SAMPLE = 300_000
"""Candidates whose rows stand for those of all hopeless pairs."""
CODES = int(np.prod(SIZES))
"""How many ways there are for a pair to compare."""
CROWD_OF = np.minimum(np.log2(np.maximum(np.arange(1 << CROWDS), 1)), CROWDS - 1).astype(np.int64)
"""By the candidates that two rows have together: their level of crowding."""
MONTH = 30
"""Days of a month, as months are told apart here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The pairs that are not hopeless, and some of all candidates."""

    one: Indices
    other: Indices
    """The two rows as nodes: the left rows, then the right ones; of one record, its rows."""
    pattern: Indices
    sample: tuple[Indices, Indices, Ints]
    """The two rows and the crowd of each of some candidates; none where none were asked for."""


class Search(Protocol):
    """What is asked of all candidates; both that give it give the same."""

    @property
    def nodes(self) -> int:
        """Rows in all."""

    def counted(self) -> Ints:
        """Candidates by crowd and code."""

    def taken(self, pattern: Indices, every: int) -> Taken:
        """The pairs of every pattern that is not under 0, and some of all candidates.

        These are of the rows that `taught` names, so many that they stand for the rest; none
        where `every` is 0.
        """


def nodes_of(left: Rows, right: Rows) -> tuple[int, int]:
    """How many nodes the rows of two records are, and the number of the first right one."""
    first = 0 if left is right else len(left)
    return len(right) + first, first


def taught(left: Rows, every: int) -> NDArray[np.bool_]:
    """The left rows of every so manieth month: all that compete there teach, for all the rest."""
    months = left.days[:, 0] // MONTH
    return np.asarray(months % every == 0)


def crowd_of(ends: tuple[Indices, Indices], degree: Indices) -> Ints:
    """How crowded each of some pairs is, by how many candidates each row has."""
    crowd: Ints = CROWD_OF[np.minimum(degree[ends[0]] + degree[ends[1]], len(CROWD_OF) - 1)]
    return crowd


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """The candidates, all in the memory of this machine."""

    left: Rows
    ends: tuple[Indices, Indices]
    codes: NDArray[np.uint16]
    degree: Indices
    nodes: int

    @classmethod
    def between(cls, left: Rows, right: Rows, how: Comparing) -> "Here":
        """The candidates of two records, or of one with itself."""
        i, j, codes = candidates(left, right, how)
        nodes, first = nodes_of(left, right)
        ends = (i, j + np.int32(first) if first else j)
        degree = engines.pairing(len(i)).degrees(ends, nodes)
        return cls(left=left, ends=ends, codes=codes, degree=degree, nodes=nodes)

    def counted(self) -> Ints:
        """Candidates by crowd and code."""
        return counted(self.ends, self.codes, self.degree)

    def taken(self, pattern: Indices, every: int) -> Taken:
        """The pairs that are not hopeless, and some of all."""
        one, other, found = kept(self.ends, self.codes, self.degree, pattern)
        at = np.arange(0)
        if every:
            at = np.arange(len(self.codes))
            if every > 1:
                at = np.flatnonzero(taught(self.left, every)[self.ends[0]])
            at = at[:: stride(len(at))]
        ends = self.ends[0][at], self.ends[1][at]
        sample = (*ends, crowd_of(ends, self.degree))
        return Taken(one=one, other=other, pattern=found, sample=sample)


def stride(pairs: int) -> int:
    """Every so manieth of so many candidates is in the sample."""
    return max(pairs // SAMPLE, 1)


def counted(ends: tuple[Indices, Indices], codes: NDArray[np.uint16], degree: Indices) -> Ints:
    """Pairs by crowd and code."""
    found: Ints = engines.pairing(len(codes)).counted(
        ends, codes, degree, CROWD_OF, (CODES, CROWDS * CODES)
    )
    return found


def kept(
    ends: tuple[Indices, Indices], codes: NDArray[np.uint16], degree: Indices, pattern: Indices
) -> tuple[Indices, Indices, Indices]:
    """The pairs of every pattern that is not under 0, and the pattern of each."""
    one, other, found = engines.pairing(len(codes)).kept(ends, codes, degree, CROWD_OF, pattern)
    return one, other, found
