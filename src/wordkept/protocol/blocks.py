"""Counts by block of days as a record makes them: a level, ups and downs that last, and chance.

A block's count is negative-binomial about a mean whose logarithm moves about the record's level as
an AR(1) from block to block. Level, spread and dependence are not known: each combination of a
grid is followed at once (Rabiner 1989, the forward algorithm), so that they can be summed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Array = NDArray[np.float64]

STATES = 15
"""Points at which a block's own level may stand; at twice the block's own noise they lie about one
standard deviation of it apart, near enough to make a smooth mixture."""
NOISE = (0.08, 0.12, 0.18, 0.27, 0.4, 0.6)
"""Relative standard deviations of a block's count about its mean, beyond Poisson's: steps of one
half, up to a record in which a factor of two from block to block is ordinary."""
LASTING = ((0.0, 0.0, 0.5), (1.0, 0.4, 0.15), (2.0, 0.4, 0.15), (1.0, 0.7, 0.075),
           (2.0, 0.7, 0.075), (1.0, 0.9, 0.025), (2.0, 0.9, 0.025))  # fmt: skip
"""Ups and downs that last: their size (times the noise), correlation from block to block, and
weight. Half of the weight says that blocks are independent: days that correlate at .8 leave under
a tenth between blocks of 28. Chosen among 19 such weightings (`bench/watch.py` says how they do).
"""
LEVEL_STEP = 0.08
FEWEST_LEVELS, MOST_LEVELS = 30, 70
LEVEL_MARGIN = 1.0
"""How far, in logarithms, the level may lie outside the blocks that were seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The combinations of noise and lasting ups and downs; one row for each."""

    lasting: Array
    """Standard deviation of the logarithm's lasting part."""
    size: Array
    """The negative-binomial size: one over the noise squared."""
    moves: Array
    """The probability of each move between states; shape (rows, STATES, STATES)."""
    log_weight: Array


@cache
def family() -> Family:
    """The family that every record is held against."""
    rows = [(noise, *lasting) for noise in NOISE for lasting in LASTING]
    weight = np.array([weight for *_, weight in rows]) / len(NOISE)
    return Family(
        lasting=np.array([noise * times for noise, times, *_ in rows]),
        size=np.array([noise**-2 for noise, *_ in rows]),
        moves=np.stack([_moves(correlation) for _, _, correlation, _ in rows]),
        log_weight=np.log(weight),
    )


def _moves(correlation: float) -> Array:
    """Rouwenhorst's chain (1995): exact in mean, variance and correlation of an AR(1)."""
    stay = (1 + correlation) / 2
    moves = np.array([[stay, 1 - stay], [1 - stay, stay]])
    for states in range(3, STATES + 1):
        wider = np.zeros((states, states))
        wider[:-1, :-1] += stay * moves
        wider[:-1, 1:] += (1 - stay) * moves
        wider[1:, :-1] += (1 - stay) * moves
        wider[1:, 1:] += stay * moves
        wider[1:-1] /= 2
        moves = wider
    return moves


def _stationary() -> Array:
    return np.array([comb(STATES - 1, place) for place in range(STATES)]) / 2.0 ** (STATES - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The logarithms of every mean that a block may have; shape (rows, levels, STATES)."""

    log_means: Array

    @classmethod
    def under(cls, baseline: Sequence[int]) -> "Ground":
        """The ground under a baseline: levels from below its lowest block to above its highest."""
        seen = np.log(np.asarray(baseline, float) + 0.5)
        low, high = seen.min() - LEVEL_MARGIN, seen.max() + LEVEL_MARGIN
        many = int(np.clip((high - low) / LEVEL_STEP, FEWEST_LEVELS, MOST_LEVELS))
        rows = family()
        states = np.linspace(-1, 1, STATES) * np.sqrt(STATES - 1)
        lasting = rows.lasting[:, None, None]
        levels = np.linspace(low, high, many)[None, :, None]
        return cls(log_means=levels + lasting * states[None, None, :] - lasting**2 / 2)

    def at(self, ratio: float) -> "Means":
        """The same means, all times a ratio."""
        log_means = self.log_means + np.log(ratio)
        size = family().size[:, None, None]
        return Means(log_means=log_means, log_sum=np.log(np.exp(log_means) + size))

    def beginning(self) -> Array:
        """Before any block: every level alike (the scale-free choice), states as they last."""
        shape = self.log_means.shape
        whole: Array = np.broadcast_to(_stationary(), shape) / shape[1]
        return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """Means of a block, ready to say how likely each makes a count."""

    log_means: Array
    log_sum: Array

    def likelihood(self, count: int) -> Array:
        """The negative-binomial probability of a count under each mean."""
        size = family().size
        constant = gammaln(count + size) - gammaln(size) - gammaln(count + 1) + size * np.log(size)
        logs = count * self.log_means - (count + size[:, None, None]) * self.log_sum
        return np.asarray(np.exp(constant[:, None, None] + logs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What the blocks so far leave likely, and how likely they were; one row for each model."""

    mass: Array
    """Shape (rows, levels, STATES), or with one more in front where two courses are followed."""
    log_likelihood: Array

    @property
    def evidence(self) -> float:
        """The logarithm of how likely the blocks were, summed over the family."""
        return log_sum(self.log_likelihood + family().log_weight)

    def then(self, count: int, means: Means) -> "Followed":
        """After one more block."""
        return normalised((self.mass @ family().moves) * means.likelihood(count), self)


def normalised(mass: Array, before: Followed) -> Followed:
    """What was left likely, made to sum to one by row, its sum entered in the likelihood."""
    rows = mass.ndim - 3
    axes = (*range(rows), mass.ndim - 2, mass.ndim - 1)
    total = np.maximum(mass.sum(axis=axes), np.finfo(float).tiny)
    return Followed(
        mass=mass / total[:, None, None], log_likelihood=before.log_likelihood + np.log(total)
    )


def log_sum(logs: Array) -> float:
    """The logarithm of a sum, from the logarithms of its parts.

    >>> round(log_sum(np.log([2.0, 3.0])), 6) == round(float(np.log(5.0)), 6)
    True
    """
    largest = logs.max()
    return float(largest + np.log(np.exp(logs - largest).sum()))


def follow(baseline: Sequence[int], ground: Ground) -> Followed:
    """The baseline's blocks, each after the one before it."""
    means = ground.at(1.0)
    first = ground.beginning()
    nothing = Followed(mass=first, log_likelihood=np.zeros(len(first)))
    found = normalised(first * means.likelihood(baseline[0]), nothing)
    for count in baseline[1:]:
        found = found.then(count, means)
    return found
