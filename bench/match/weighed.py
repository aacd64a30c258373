"""What judged pairs say of a matching: agreement, precision, recall and calibration, weighed.

The pairs were drawn by stratum, so each stands for the pairs of its stratum over those drawn from
it. A pair is a duplicate where both passes say so, distinct where both say that, else undecided.
Intervals of precision, recall and shares hold 95 % of 20,000 draws of each stratum's share of
duplicates from Beta(k + 1/2, n - k + 1/2), the one that Jeffreys's prior gives: a stratum in which
none was found is not taken for empty. Those of kappa: 4,000 resamplings of the pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wordkept.reading.agreement import agreement_of

DUPLICATE, DISTINCT, UNSURE = "duplicate", "distinct", "unsure"
WORDS = (DUPLICATE, DISTINCT, UNSURE)
BOUNDS = (2.5, 97.5)
DRAWS, RESAMPLED, SEED = 20_000, 4_000, 1

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair: what each pass said, where it was drawn from, what the matching makes of it now."""

    words: tuple[str, str]
    stratum: str
    of: int
    """Pairs in the stratum."""
    chosen: bool
    probability: float | None
    """None where the matching does not give the pair back."""

    @property
    def duplicate(self) -> bool:
        return self.words == (DUPLICATE, DUPLICATE)

    @property
    def possible(self) -> bool:
        """Not distinct in both passes."""
        return self.words != (DISTINCT, DISTINCT)


Told = Callable[[Judged], bool]
"""Whether a pair counts as a duplicate."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share, and the interval it lies in."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


@dataclass(frozen=True, slots=True)
class Cells:
    """Pairs of one stratum and one fate each: how many stand there, were judged, are duplicates."""

    size: Floats
    drawn: Floats
    found: Floats
    chosen: NDArray[np.bool_]
    back: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    """Whether the matching gives them back."""

    def drawn_shares(self) -> Floats:
        """Shares of duplicates as they may be, a row a draw."""
        draw = np.random.default_rng(SEED)
        return draw.beta(self.found + 0.5, self.drawn - self.found + 0.5,
                         (DRAWS, len(self.size)))  # fmt: skip


def cells_of(pairs: Sequence[Judged], told: Told) -> Cells:
    """The pairs by stratum and by whether they are given back and chosen."""
    drawn = Counter(one.stratum for one in pairs)
    held: dict[tuple[str, bool, bool], list[Judged]] = defaultdict(list)
    for one in pairs:
        held[one.stratum, one.probability is not None, one.chosen].append(one)
    laid = sorted(held.items())
    return Cells(
        size=np.array([each[0].of * len(each) / drawn[key[0]] for key, each in laid]),
        drawn=np.array([len(each) for _, each in laid], float),
        found=np.array([sum(map(told, each)) for _, each in laid], float),
        chosen=np.array([key[2] for key, _ in laid]),
        back=np.array([key[1] for key, _ in laid]),
    )


def share(cells: Cells, top: NDArray[np.bool_], under: Floats | None) -> Share:
    """Duplicates in some cells, over `under` (pairs by cell), or else over all duplicates."""

    def over(shares: Floats) -> Floats:
        counted = shares * cells.size
        below = counted.sum(axis=-1) if under is None else under.sum()
        part: Floats = (counted * top).sum(axis=-1) / np.maximum(below, 1e-9)
        return part

    low, high = np.percentile(over(cells.drawn_shares()), BOUNDS)
    return Share(float(over(cells.found / cells.drawn)), float(low), float(high))


def precision(pairs: Sequence[Judged], told: Told) -> Share:
    """Of the pairs chosen, how many are duplicates."""
    cells = cells_of(pairs, told)
    return share(cells, cells.chosen, cells.size * cells.chosen)


def recall(pairs: Sequence[Judged], told: Told) -> Share:
    """Of the duplicates among the pairs given back, how many are chosen.

    Of those among all pairs compared no such sample can tell: see the strata under 0.02.
    """
    cells = cells_of(pairs, told)
    kept = cells.back
    some = Cells(cells.size[kept], cells.drawn[kept], cells.found[kept], cells.chosen[kept])
    return share(some, some.chosen, None)


def kappa(words: Sequence[tuple[str, str]]) -> Share:
    """Cohen's kappa of two passes."""
    draw, known = np.random.default_rng(SEED), []
    for _ in range(RESAMPLED):
        at = draw.integers(0, len(words), len(words))
        found = agreement_of([words[n] for n in at]).kappa
        known += [] if found is None else [found]
    value = agreement_of(words).kappa
    low, high = np.percentile(known, BOUNDS) if known else (float("nan"),) * 2
    return Share(float("nan") if value is None else value, float(low), float(high))


def report(pairs: Sequence[Judged]) -> str:
    """All of it in Markdown."""
    return f"{_agreement(pairs)}\n\n{outcome(pairs)}"


def outcome(pairs: Sequence[Judged]) -> str:
    """Precision, recall and calibration in Markdown."""
    return f"{_scores(pairs)}\n\n{_calibration(pairs)}"


def _agreement(pairs: Sequence[Judged]) -> str:
    words = [one.words for one in pairs]
    counted = Counter(words)
    same = sum(first == second for first, second in words)
    lines = [f"Two passes over {len(words)} pairs: {same} alike, kappa {kappa(words)}", "",
             "| first \\ second | " + " | ".join(WORDS) + " |", "|---" * 4 + "|"]  # fmt: skip
    lines += [f"| {first} | " + " | ".join(str(counted[first, second]) for second in WORDS) + " |"
              for first in WORDS]  # fmt: skip
    return "\n".join(lines)


def _scores(pairs: Sequence[Judged]) -> str:
    told: tuple[tuple[str, Told], ...] = (
        ("in both passes", lambda one: one.duplicate),
        ("or undecided", lambda one: one.possible),
    )
    lines = ["| duplicates are those | precision of the chosen | recall among those given back |",
             "|---" * 3 + "|"]  # fmt: skip
    lines += [f"| {name} | {precision(pairs, which)} | {recall(pairs, which)} |"
              for name, which in told]  # fmt: skip
    chosen = sum(one.chosen for one in pairs)
    undecided = sum(one.possible and not one.duplicate for one in pairs)
    told_of = (f"{chosen} of the judged pairs are chosen; {undecided} are undecided: unsure in a "
               "pass, or judged in two ways.")  # fmt: skip
    return "\n".join((*lines, "", told_of))


def _calibration(pairs: Sequence[Judged]) -> str:
    lines = ["| stratum | pairs | judged | mean probability | duplicates | or undecided | share |",
             "|---" * 7 + "|"]  # fmt: skip
    strata: dict[str, list[Judged]] = defaultdict(list)
    for one in pairs:
        strata[one.stratum].append(one)
    for name, held in sorted(strata.items(), key=lambda one: -_mean(one[1])):
        cells = cells_of([Judged(one.words, name, one.of, True, one.probability) for one in held],
                         lambda one: one.duplicate)  # fmt: skip
        found, more = sum(one.duplicate for one in held), sum(one.possible for one in held)
        lines.append(f"| {name} | {held[0].of:,} | {len(held)} | {_mean(held):.2f} | {found} "
                     f"| {more} | {share(cells, cells.chosen, cells.size)} |")  # fmt: skip
    return "\n".join((*lines, "", _expected(pairs)))


def _mean(pairs: Sequence[Judged]) -> float:
    """The mean probability; that of a pair which is not given back counts as nought."""
    return sum(one.probability or 0.0 for one in pairs) / len(pairs)


def _expected(pairs: Sequence[Judged]) -> str:
    """Duplicates that the probabilities promise and that were found, among pairs given back."""
    drawn = Counter(one.stratum for one in pairs)
    given = [(one.of / drawn[one.stratum], one) for one in pairs if one.probability is not None]
    promised = sum(weight * (one.probability or 0.0) for weight, one in given)
    found = sum(weight * one.duplicate for weight, one in given)
    more = sum(weight * one.possible for weight, one in given)
    return (f"Among pairs given back the probabilities promise {promised:.0f} duplicates; the "
            f"judgements weigh to {found:.0f}, {more:.0f} with the undecided.")  # fmt: skip
