"""How each field speaks for or against one event, learned without being told of any pair.

After Fellegi and Sunter (1969), by expectation-maximisation over how often each pattern of levels
occurs. A crowded place and day gives many pairs that agree by chance, so that what agreement is
worth is learned by how crowded it is.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wordkept.matching import levels as lv
from wordkept.matching.levels import SIZES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CROWDS = 12
"""Levels of crowding: how many candidates the two rows have, by doubling."""
ROUNDS = 25
"""At the most; where pairs compete, the weights are learned anew afterwards."""
_SETTLED = 1e-4
_EXPECTED_ROWS = 20.0
"""What is expected of duplicates counts as so many seen pairs: enough to keep records of a few
dozen events sane, nothing beside thousands."""
_BORROWED = 50.0
"""Random pairs of all crowds that stand in for those of one crowd."""
_UNSEEN = 0.5
_NEVER = 1e-6
"""What stands in for the share of a level that no pair shows."""
_EXPECTED_SHARE = 0.2
"""Rows of the smaller record that are expected to have a duplicate, before anything is learned."""


def _expected() -> tuple[Floats, ...]:
    """How duplicates are expected to compare, before anything is learned: by field and level."""
    time = np.full(SIZES[0], 0.005)
    time[:4] = (0.6, 0.18, 0.08, 0.04)
    time[lv.T_WEEKS :] = (0.06, 0.02, 0.005)
    place = np.full(SIZES[1], 0.02)
    place[: lv.D_WIDE] = np.concatenate(([0.25], np.linspace(0.1, 0.01, lv.BANDS)))
    actors, kind = np.full(SIZES[2], 0.1), np.full(SIZES[3], 0.1)
    actors[:] = (0.1, 0.1, 0.1, 0.05, 0.12, 0.18, 0.05, 0.3)
    kind[:] = (0.02, 0.2, 0.3, 0.3, 0.18)
    deaths = np.array([0.1, 0.2, 0.15, 0.12, 0.1, 0.12, 0.08, 0.06, 0.04, 0.03])
    return tuple(each / each.sum() for each in (time, place, actors, kind, deaths))


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """Every way in which some candidate pair compares, and how many do."""

    levels: Ints
    """A row a pattern: its crowd, then its level by field."""
    pairs: Floats

    @classmethod
    def of(cls, numbers: Ints, pairs: Floats) -> "Patterns":
        """Patterns by their numbers (crowd and code), each with its pairs."""
        return cls(levels=np.stack(np.unravel_index(numbers, (CROWDS, *SIZES))).T, pairs=pairs)

    @cached_property
    def places(self) -> tuple[Ints, ...]:
        """By field where each pattern stands in a table of crowds by levels, row after row."""
        crowd = self.levels[:, 0]
        return tuple(crowd * size + self.levels[:, n + 1] for n, size in enumerate(SIZES))

    @cached_property
    def occurs(self) -> tuple[NDArray[np.bool_], ...]:
        """By field which levels any pair shows."""
        return tuple(self.counted(n, self.pairs).sum(axis=0) > 0 for n in range(len(SIZES)))

    def counted(self, field: int, pairs: Floats) -> Floats:
        """Some number of pairs of each pattern, summed up by crowd and level of a field."""
        size = CROWDS * SIZES[field]
        summed = np.bincount(self.places[field], pairs, size).astype(np.float64, copy=False)
        return summed.reshape(CROWDS, -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each level adds to the log odds that a pair is one event."""

    prior: float
    crowd: Floats
    fields: tuple[Floats, ...]
    """By field: crowds by levels."""

    def parts(self, levels: Ints) -> Floats:
        """What the crowd and each field add, a row a pattern."""
        crowd = levels[:, 0]
        return np.stack((self.crowd[crowd], *(each[crowd, levels[:, n + 1]]
                         for n, each in enumerate(self.fields))), axis=1)  # fmt: skip

    def log_odds(self, patterns: Patterns) -> Floats:
        """The log odds of each pattern, before its rows are held against their other pairs."""
        summed = (self.prior + self.crowd)[patterns.levels[:, 0]]
        for place, each in zip(patterns.places, self.fields, strict=True):
            summed += each.ravel()[place]
        return summed

    def every_log_odds(self) -> Floats:
        """The log odds of all patterns that there can be, by their numbers."""
        summed = self.prior + self.crowd
        for each in self.fields:
            crowd = each.reshape(CROWDS, *(1,) * (summed.ndim - 1), -1)
            summed = summed[..., None] + crowd
        return summed.ravel()


def weights_of(patterns: Patterns, duplicates: Floats, random: Floats) -> Weights:
    """The weights that follow from how many pairs of each pattern are duplicates, or by chance.

    What is expected is shared out among the levels that occur at all: where a dataset has one type
    of event, its difference from the other's types says nothing against any pair. A level that does
    not occur says nothing either way.
    """
    crowd = patterns.levels[:, 0]
    by_crowd = np.bincount(crowd, random, CROWDS)
    fields: list[Floats] = []
    for n, (expected, occurs) in enumerate(zip(_expected(), patterns.occurs, strict=True)):
        likely = np.where(occurs, expected, _NEVER)
        true = patterns.counted(n, duplicates).sum(axis=0)
        true += _EXPECTED_ROWS * likely / likely.sum()
        seen = patterns.counted(n, random)
        met = seen.sum(axis=0) + np.where(occurs, _UNSEEN, _NEVER)
        pooled = seen + _BORROWED * (met / met.sum())
        chance = np.log(pooled) - np.log(by_crowd[:, None] + _BORROWED)
        fields.append(np.where(occurs, np.log(true / true.sum()) - chance, 0.0))
    ours, others = np.bincount(crowd, duplicates, CROWDS) + _UNSEEN, by_crowd + _UNSEEN
    crowds: Floats = np.log(ours / ours.sum()) - np.log(others / others.sum())
    prior = np.log(max(float(duplicates.sum()), 0.1) / max(float(random.sum()), 0.1))
    return Weights(prior=float(prior), crowd=crowds, fields=tuple(fields))


def _by_chance() -> tuple[Floats, ...]:
    """How pairs are expected to compare by chance, before anything is learned."""
    time = np.full(SIZES[0], 0.15)
    time[lv.T_WEEKS :] = 0.1
    place = np.full(SIZES[1], 0.1)
    place[: lv.D_WIDE] = np.concatenate(([0.05], np.linspace(0.02, 0.12, lv.BANDS)))
    actors = np.array([0.1, 0.45, 0.15, 0.12, 0.08, 0.08, 0.02, 0.05])
    kind = np.array([0.02, 0.55, 0.25, 0.1, 0.05])
    deaths = np.array([0.1, 0.12, 0.08, 0.05, 0.02, 0.08, 0.1, 0.15, 0.15, 0.2])
    return tuple(each / each.sum() for each in (time, place, actors, kind, deaths))


def first_guess(total: float, rows: int) -> Weights:
    """The weights before anything is learned: what agreement says anywhere."""
    share = min(_EXPECTED_SHARE * max(rows, 1) / max(total, 1.0), 0.5)
    fields = (np.log(true) - np.log(chance) for true, chance in
              zip(_expected(), _by_chance(), strict=True))  # fmt: skip
    return Weights(prior=float(np.log(share / (1 - share))), crowd=np.zeros(CROWDS),
                   fields=tuple(np.tile(each, (CROWDS, 1)) for each in fields))  # fmt: skip


def fit(patterns: Patterns, rows: int) -> Weights:
    """The weights under which the patterns are likeliest, by expectation-maximisation.

    `rows`: of the smaller record; it cannot hold more duplicates.
    """
    weights = first_guess(float(patterns.pairs.sum()), rows)
    before = -1.0
    for _ in range(ROUNDS):
        odds = weights.log_odds(patterns)
        duplicates = patterns.pairs / (1 + np.exp(-odds))
        found = float(duplicates.sum())
        if found > rows:
            duplicates *= rows / found
        weights = weights_of(patterns, duplicates, patterns.pairs - duplicates)
        if abs(found - before) <= _SETTLED * max(found, 1.0):
            break
        before = found
    return weights
