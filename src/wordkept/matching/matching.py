"""From two records to the pairs that may be one event, each with its probability."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wordkept.matching import choosing, fitting, labelled, threads
from wordkept.matching.candidates import Here
from wordkept.matching.competing import Nodes, competed
from wordkept.matching.dealt import Dealer, Dealt
from wordkept.matching.fitting import CROWDS, Patterns, Weights
from wordkept.matching.levels import Comparing, rarities
from wordkept.matching.matches import FIELDS, Assignment, Fitted, Labels, Matches, Window
from wordkept.matching.records import Records
from wordkept.matching.rows import Rows, rows
from wordkept.matching.searching import Search
from wordkept.matching.wanted import CODES, Found, Wanted

LEAST_PROBABILITY = 0.02
"""Pairs less likely than that are not given back."""
_LEAST_ODDS = 5e-3
"""Pairs of less odds alone neither are likely nor stand in another's way."""
_SAMPLE = 300_000
"""Candidates whose rows stand for those of all hopeless pairs."""
_ENOUGH = 3_000_000
"""Candidates from which the weights are learned; of more, those of every so manieth stretch."""
_STRETCH = 5_000
"""Left rows that follow one another by day: most pairs that compete with theirs are theirs too."""
_QUICK = 4
"""Rounds of messages while learning."""
_REFITS = 5
"""Times that the weights are learned anew from pairs that compete."""

Floats = NDArray[np.float64]
Wide = NDArray[np.int64]


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
    search: Search = (Here(left=ours, right=theirs, how=how) if dealer is None
                      else Dealt.between(ours, theirs, how, dealer))  # fmt: skip
    learned, number = _learned(ours, theirs, search, compete=assignment == "one-to-one")
    used = 0
    if labels is not None:
        learned, used = _corrected(learned, labels, ours, theirs)
    return _matches(learned, ours, theirs, assignment, (used, number))


def _learned(ours: Rows, theirs: Rows, search: Search, *, compete: bool) -> tuple[_Learned, int]:
    wanted = Wanted.every(search.degrees())
    number = int(wanted.degrees[0].sum()) // (2 if ours is theirs else 1)
    taught = np.arange(len(ours)) // _STRETCH % (number // _ENOUGH + 1) == 0
    sample = search.candidates(replace(wanted, asked=taught))
    share = max(len(sample[0]), 1) / max(number, 1)
    met = np.bincount(sample[2], minlength=len(wanted.hopeful)) / share
    there = np.flatnonzero(met)
    weights = fitting.fit(Patterns.of(there, met[there]), min(len(ours), len(theirs)))
    hopeful = weights.every_log_odds() > np.log(_LEAST_ODDS)
    found = search.candidates(replace(wanted, hopeful=hopeful))
    apart = 0 if ours is theirs else len(ours)
    pairs, there = _compact(found, apart, len(theirs), met)
    patterns = Patterns.of(there, met[there])
    if compete:
        chance = _hopeless(sample, apart, patterns.pairs * ~hopeful[there])
        weights = _refitted((_picked(pairs, taught), share), patterns, weights, chance)
    odds = weights.log_odds(patterns)
    if not compete:
        return _Learned(pairs=pairs, patterns=patterns, weights=weights,
                        log_odds=odds[pairs.pattern]), number  # fmt: skip
    alone = np.exp(np.clip(odds, -20, 20))[pairs.pattern]
    beside, _ = competed(alone, (pairs.one, pairs.other), pairs.nodes)
    return _Learned(pairs=pairs, patterns=patterns, weights=weights, log_odds=beside), number


def _compact(found: Found, apart: int, rows: int, met: Floats) -> tuple[_Pairs, NDArray[np.int64]]:
    """The pairs, their patterns numbered without gaps, and which patterns those numbers are."""
    there = met > 0
    there[found[2]] = True
    place = np.cumsum(there, dtype=np.int32) - np.int32(1)
    pairs = _Pairs(one=found[0], other=found[1] + np.int32(apart), pattern=place[found[2]],
                   nodes=apart + rows)  # fmt: skip
    return pairs, np.flatnonzero(there)


def _picked(pairs: _Pairs, taught: NDArray[np.bool_]) -> _Pairs:
    """The pairs of the rows from which the weights are learned."""
    some = taught[pairs.one]
    return _Pairs(one=pairs.one[some], other=pairs.other[some], pattern=pairs.pattern[some],
                  nodes=pairs.nodes)  # fmt: skip


def _hopeless(sample: Found, apart: int, pairs: Floats) -> "_Hopeless":
    one, other, pattern = (each[:: max(len(each) // _SAMPLE, 1)] for each in sample)
    return _Hopeless(pairs=pairs, one=one, other=other + np.int32(apart), crowd=pattern // CODES)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hopeless:
    """Pairs that cannot be duplicates, by pattern; and the rows and crowds of some candidates."""

    pairs: Floats
    one: NDArray[np.int32]
    other: NDArray[np.int32]
    crowd: NDArray[np.int32]

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
        alone = np.exp(np.clip(weights.log_odds(patterns), -20, 20))[pairs.pattern]
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
    sides = labels.left.astype(np.int64), labels.right.astype(np.int64)
    near = np.flatnonzero(np.isin(ours.at, sides if itself else sides[0])[pairs.one])
    other = pairs.other[near] - (0 if itself else len(ours))
    ends = ours.at[pairs.one[near]].astype(np.int64), theirs.at[other].astype(np.int64)
    if itself:
        ends, sides = _in_order(*ends), _in_order(*sides)
    key, wanted = ends[0] * size + ends[1], sides[0] * size + sides[1]
    if not len(key):
        return learned, 0
    order = np.argsort(key)
    at = np.minimum(np.searchsorted(key[order], wanted), len(key) - 1)
    found = key[order][at] == wanted
    judged = near[order[at[found]]]
    odds, pattern = learned.log_odds, pairs.pattern
    parts = learned.weights.parts(learned.patterns.levels)
    features = np.concatenate((odds[judged, None], parts[pattern[judged]]), axis=1)
    moved = labelled.corrections(features, labels.duplicate[found])
    return replace(learned, log_odds=labelled.corrected(odds, parts, pattern, moved)), int(
        found.sum())  # fmt: skip


def _in_order(one: Wide, other: Wide) -> tuple[Wide, Wide]:
    """Of each pair the smaller row number, and the larger."""
    return np.minimum(one, other), np.maximum(one, other)


def _likeliest(odds: Floats, ends: tuple[Nodes, Nodes]) -> NDArray[np.int64]:
    """The order of pairs: likeliest first, those of equal odds by their rows."""
    order = np.argsort(-odds)
    same = np.diff(odds[order]) == 0
    tied = np.flatnonzero(np.append(same, False) | np.insert(same, 0, False))
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
    levels = learned.patterns.levels[:, 1:].astype(np.uint8)[pairs.pattern[kept]]
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
