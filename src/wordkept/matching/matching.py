"""From two records to the pairs that may be one event, each with its probability."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wordkept.matching import choosing, fitting, labelled, threads
from wordkept.matching.competing import Nodes, competed
from wordkept.matching.dealt import Dealer, Dealt
from wordkept.matching.fitting import CROWDS, Patterns, Weights
from wordkept.matching.levels import Comparing, rarities
from wordkept.matching.matches import FIELDS, Assignment, Fitted, Labels, Matches, Window
from wordkept.matching.records import Records
from wordkept.matching.rows import Rows, rows
from wordkept.matching.searching import Here, Search, Taken, taught

LEAST_PROBABILITY = 0.02
"""Pairs less likely than that are not given back."""
_LEAST_ODDS = 5e-3
"""Pairs of less odds alone neither are likely nor stand in another's way."""
_ENOUGH = 1_000_000
"""Pairs from which the weights are learned anew; of more, those of some months are taken."""
_QUICK = 4
"""Rounds of messages while learning."""
_REFITS = 5
"""Times that the weights are learned anew from pairs that compete."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairs:
    """The pairs that are not hopeless."""

    one: NDArray[np.int32]
    other: NDArray[np.int32]
    """The two rows as nodes: the left rows, then the right ones; of one record, its rows."""
    pattern: NDArray[np.int32]
    nodes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Learned:
    pairs: _Pairs
    patterns: Patterns
    weights: Weights
    log_odds: Floats
    """Of each pair, beside all that compete with it."""


def match(
    left: Records,
    right: Records,
    *,
    labels: Labels | None = None,
    assignment: Assignment = "one-to-one",
    window: Window | None = None,
    dealer: Dealer | None = None,
) -> Matches:
    """The pairs of rows of two records (or of one with itself) that may be one event.

    Fitted without labels from how the candidates compare; with them, corrected by what they teach.
    `one-to-one`: a row is one event with at most one other; pairs of a row compete. `clusters`: a
    row may be one event with several. The answer does not depend on the order of rows. Labelled
    pairs that lie outside the window teach nothing, and are not counted in `Fitted.labelled`.
    With a `dealer` the pairs are compared where it deals them to, and the answer is the same.
    """
    window = window or Window()
    laid = threads.mapped(rows, (left,) if left is right else (left, right))
    ours, theirs = laid[0], laid[-1]
    how = Comparing(days=window.days, km=window.km, alike=left.names.alike,
                    rarity=rarities(left.event_type, right.event_type))  # fmt: skip
    search: Search = (Here.between(ours, theirs, how) if dealer is None
                      else Dealt.between(ours, theirs, how, dealer))  # fmt: skip
    learned, number = _learned(ours, theirs, search, compete=assignment == "one-to-one")
    used = 0
    if labels is not None:
        learned, used = _corrected(learned, labels, ours, theirs)
    return _matches(learned, ours, theirs, assignment, (used, number))


def _learned(ours: Rows, theirs: Rows, search: Search, *, compete: bool) -> tuple[_Learned, int]:
    counted = search.counted()
    number = int(counted.sum())
    patterns = Patterns.counted(counted)
    weights = fitting.fit(patterns, min(len(ours), len(theirs)))
    hopeful = weights.log_odds(patterns.levels) > np.log(_LEAST_ODDS)
    pattern = np.full(len(counted), -1, np.int32)
    pattern[np.flatnonzero(counted)[hopeful]] = np.flatnonzero(hopeful)
    every = int(patterns.pairs[hopeful].sum()) // _ENOUGH + 1
    taken = search.taken(pattern, every if compete else 0)
    pairs = _Pairs(one=taken.one, other=taken.other, pattern=taken.pattern, nodes=search.nodes)
    if not compete:
        odds = weights.log_odds(patterns.levels)[pairs.pattern]
        return _Learned(pairs=pairs, patterns=patterns, weights=weights, log_odds=odds), number
    chance = _hopeless(taken, patterns, hopeful)
    weights = _refitted(_picked(pairs, taught(ours, every)[pairs.one]), patterns, weights, chance)
    alone = np.exp(np.clip(weights.log_odds(patterns.levels)[pairs.pattern], -20, 20))
    odds, _ = competed(alone, (pairs.one, pairs.other), pairs.nodes)
    return _Learned(pairs=pairs, patterns=patterns, weights=weights, log_odds=odds), number


def _picked(pairs: _Pairs, some: NDArray[np.bool_]) -> tuple[_Pairs, float]:
    """Some of the pairs, and their share."""
    if some.all():
        return pairs, 1.0
    share = max(float(some.mean()), 1e-9)
    return _Pairs(one=pairs.one[some], other=pairs.other[some], pattern=pairs.pattern[some],
                  nodes=pairs.nodes), share  # fmt: skip


def _hopeless(taken: Taken, patterns: Patterns, hopeful: NDArray[np.bool_]) -> "_Hopeless":
    one, other, crowd = taken.sample
    return _Hopeless(pairs=patterns.pairs * ~hopeful, one=one, other=other, crowd=crowd)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hopeless:
    """Pairs that cannot be duplicates, by pattern; and the rows and crowds of some candidates."""

    pairs: Floats
    one: NDArray[np.int32]
    other: NDArray[np.int32]
    crowd: NDArray[np.int64]

    def random(self, patterns: Patterns, single: Floats) -> Floats:
        """How many of each pattern are expected to join two rows that have no duplicate."""
        both = single[self.one] * single[self.other]
        met = np.bincount(self.crowd, minlength=CROWDS)
        share = np.bincount(self.crowd, both, CROWDS) / np.maximum(met, 1)
        scaled: Floats = self.pairs * share[patterns.levels[:, 0]]
        return scaled


def _refitted(
    sampled: tuple[_Pairs, float], patterns: Patterns, weights: Weights, hopeless: _Hopeless
) -> Weights:
    """The weights learned anew, now that no row can be one event with two others.

    What a pattern's odds should be: its duplicates over its pairs of rows that have none.
    """
    (pairs, share), size = sampled, len(patterns.pairs)
    for _ in range(_REFITS):
        alone = np.exp(np.clip(weights.log_odds(patterns.levels)[pairs.pattern], -20, 20))
        odds, single = competed(alone, (pairs.one, pairs.other), pairs.nodes, _QUICK)
        chance = 1 / (1 + np.exp(-odds))
        found = np.bincount(pairs.pattern, chance, size) / share
        random = np.bincount(pairs.pattern, chance / alone, size) / share
        weights = fitting.weights_of(patterns, found, random + hopeless.random(patterns, single))
    return weights


def _corrected(learned: _Learned, labels: Labels, ours: Rows, theirs: Rows) -> tuple[_Learned, int]:
    """The log odds as the judged pairs correct them, and how many of these were found."""
    pairs, itself = learned.pairs, ours is theirs
    size = 1 + max(int(side.at.max(initial=0)) for side in (ours, theirs))
    one = ours.at[pairs.one].astype(np.int64)
    other = theirs.at[pairs.other - (0 if itself else len(ours))].astype(np.int64)
    key, wanted = one * size + other, labels.left.astype(np.int64) * size + labels.right
    if itself:
        key = np.minimum(one, other) * size + np.maximum(one, other)
        lower, upper = np.minimum(labels.left, labels.right), np.maximum(labels.left, labels.right)
        wanted = lower.astype(np.int64) * size + upper
    order = np.argsort(key)
    at = np.minimum(np.searchsorted(key[order], wanted), max(len(key) - 1, 0))
    if not len(key):
        return learned, 0
    found = key[order][at] == wanted
    judged = order[at[found]]
    features = _features(learned)
    moved = labelled.corrections(features[judged], labels.duplicate[found])
    odds = labelled.corrected(features, moved)
    return _Learned(pairs=pairs, patterns=learned.patterns, weights=learned.weights,
                    log_odds=odds), int(found.sum())  # fmt: skip


def _features(learned: _Learned) -> Floats:
    """By pair: the log odds, then what each field adds to them."""
    parts = learned.weights.parts(learned.patterns.levels)[learned.pairs.pattern]
    return np.concatenate((learned.log_odds[:, None], parts), axis=1)


def _likeliest(odds: Floats, ends: tuple[Nodes, Nodes]) -> NDArray[np.int64]:
    """The order of pairs: likeliest first, those of equal odds by their rows."""
    order = np.argsort(-odds)
    tied = np.flatnonzero(np.diff(odds[order]) == 0)
    tied = np.union1d(tied, tied + 1)
    here = order[tied]
    order[tied] = here[np.lexsort((ends[1][here], ends[0][here], -odds[here]))]
    return order


def _matches(
    learned: _Learned, ours: Rows, theirs: Rows, assignment: Assignment, counts: tuple[int, int]
) -> Matches:
    odds, pairs = learned.log_odds, learned.pairs
    chance = 1 / (1 + np.exp(-odds))
    kept = np.flatnonzero(chance >= LEAST_PROBABILITY)
    kept = kept[_likeliest(odds[kept], (pairs.one[kept], pairs.other[kept]))]
    ends = pairs.one[kept], pairs.other[kept]
    one = assignment == "one-to-one"
    choice = (choosing.one_to_one(chance[kept], ends, pairs.nodes) if one
              else choosing.in_clusters(chance[kept]))  # fmt: skip
    levels = learned.patterns.levels[pairs.pattern[kept], 1:].astype(np.uint8)
    fitted = Fitted(
        labelled=counts[0], candidates=counts[1], expected=float(chance.sum()),
        threshold=choice.threshold, expected_f1=choice.expected_f1,
        weights={name: np.asarray(each) for name, each in
                 zip(FIELDS, learned.weights.fields, strict=True)},
    )  # fmt: skip
    return Matches(
        left=ours.at[ends[0]], right=theirs.at[ends[1] - (0 if ours is theirs else len(ours))],
        score=odds[kept], probability=chance[kept], chosen=choice.chosen,
        levels=levels, fitted=fitted,
    )  # fmt: skip
