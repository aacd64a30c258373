"""What the trials show, in tables: errors, words by true ratio, the bars, and rows by stratum."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from bench.calibrate.thinning import TRUTHS
from bench.calibrate.trial import Trial, Version
from wordkept.model import WORDS

SHOWN = tuple(word for word in WORDS if word != "not testable")
FELL, STOOD = (0.35, 0.2, 0.05), (1.0, 0.85, 0.7)
"""True ratios at which "not kept" is wrong, and at which "kept" is: METHOD, step 13."""
LEAST_COVERED = 0.2
"""Under this true ratio a window holds too few events for its own ratio to say much."""
SEVEN = tuple(truth for truth in TRUTHS if truth > 0)
"""The true ratios over which METHOD's step 13 takes its means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of some trials, with its standard error clustered by series."""

    value: float
    error: float
    of: int
    clusters: int

    def __str__(self) -> str:
        return f"{self.value:.3f} ± {self.error:.3f}" if self.of else "none tried"


def share(trials: Iterable[Trial], holds: Callable[[Trial], bool]) -> Share:
    """The share for which something holds."""
    return share_of((one.cluster, float(holds(one))) for one in trials)


def share_of(values: Iterable[tuple[str, float]]) -> Share:
    """The mean of values that come in clusters, and its clustered standard error."""
    by_cluster: dict[str, list[float]] = defaultdict(list)
    for cluster, value in values:
        by_cluster[cluster].append(value)
    of, clusters = sum(len(one) for one in by_cluster.values()), len(by_cluster)
    if not of:
        return Share(value=float("nan"), error=float("nan"), of=0, clusters=0)
    mean = sum(sum(one) for one in by_cluster.values()) / of
    squares = sum(sum(value - mean for value in one) ** 2 for one in by_cluster.values())
    error = sqrt(squares * clusters / (clusters - 1)) / of if clusters > 1 else float("nan")
    return Share(value=mean, error=error, of=of, clusters=clusters)


def mean_over(trials: Sequence[Trial], truths: Sequence[float], word: str) -> Share:
    """The mean over true ratios of the share of a word; every ratio weighs alike.

    Each pledge is tried once at every ratio, so that this is the plain share.
    """
    return share((one for one in trials if one.truth in truths), lambda one: one.word == word)


def false_positives(trials: Iterable[Trial]) -> Share:
    """At a true ratio of 1, how often a change beyond the ordinary was seen."""
    return share((one for one in trials if one.truth == 1.0), lambda one: one.positive)


def power(trials: Iterable[Trial], truth: float = 0.35) -> Share:
    """At a true ratio below 1, how often a change beyond the ordinary was seen."""
    return share((one for one in trials if one.truth == truth), lambda one: one.positive)


def coverage(trials: Iterable[Trial]) -> Share:
    """How often the ordinary range held the true ratio, over baselines and ratios of .2 or more."""
    return share_of(
        (one.cluster, float(low <= one.truth <= high))
        for one in trials
        if one.truth >= LEAST_COVERED
        for low, high in one.ordinary
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One demand on the protocol, and what was found."""

    name: str
    found: Share
    least: float
    most: float

    @property
    def met(self) -> bool:
        return self.least <= self.found.value <= self.most


def bars(trials: Sequence[Trial]) -> tuple[Bar, ...]:
    """The bars of METHOD's step 13 and of the issue, on real series."""
    turning = [one for one in trials if one.kind == "turning point"]
    return (
        _bar("wrong kept (truth .7 or more)", mean_over(trials, STOOD, "kept"), 0.03),
        _bar("wrong not kept (truth .35, .2, .05)", mean_over(trials, FELL, "not kept"), 0.015),
        _bar("right kept (truth .35, .2, .05)", mean_over(trials, FELL, "kept"), 1.0, 0.80),
        _bar("cannot tell (the seven truths)", mean_over(trials, SEVEN, "cannot tell"), 0.30),
        _bar("false positives", false_positives(trials), 0.065),
        _bar("false positives at turning points", false_positives(turning), 0.10),
        _bar("coverage of the 90 % range", coverage(trials), 0.93, 0.88),
    )  # fmt: skip


def _bar(name: str, found: Share, most: float, least: float = 0.0) -> Bar:
    return Bar(name=name, found=found, least=least, most=most)


def words_by_truth(trials: Sequence[Trial]) -> dict[float, tuple[float, ...]]:
    """By true ratio, the shares of kept, partly kept, not kept and cannot tell."""
    found = {}
    for truth in TRUTHS:
        at = [one for one in trials if one.truth == truth]
        if at:
            found[truth] = tuple(sum(one.word == word for one in at) / len(at) for word in SHOWN)
    return found


def of_variant(trials: Iterable[Trial], variant: Version) -> list[Trial]:
    return [one for one in trials if one.variant == variant]


def grid(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def bars_grid(trials: Sequence[Trial], halves: dict[str, str]) -> str:
    """The bars, over all series and on each half of them."""
    whole = bars(trials)
    parts = [
        bars([one for one in trials if halves.get(one.cluster) == half])
        for half in ("choosing", "reporting")
    ]
    rows = [
        (bar.name, _asked(bar), bar.found, "yes" if bar.met else "no",
         *(part[place].found for part in parts))
        for place, bar in enumerate(whole)
    ]  # fmt: skip
    heads = ("what", "asked for", "all series", "met", "choosing half", "reporting half")
    return grid(heads, rows)


def _asked(bar: Bar) -> str:
    if bar.least and bar.most < 1:
        return f"{bar.least:g} to {bar.most:g}"
    return f"at least {bar.least:g}" if bar.least else f"at most {bar.most:g}"


def words_grid(trials: Sequence[Trial]) -> str:
    """The shares of the words by true ratio."""
    rows = ((f"{truth:g}", *(f"{value:.3f}" for value in values))
            for truth, values in words_by_truth(trials).items())  # fmt: skip
    return grid(("true ratio", *SHOWN), rows)


def kinds_grid(trials: Sequence[Trial]) -> str:
    """Errors by kind of date."""
    rows = []
    for kind in dict.fromkeys(one.kind for one in trials):
        at = [one for one in trials if one.kind == kind]
        found = false_positives(at)
        rows.append((kind, found.of, found, power(at), coverage(at),
                     mean_over(at, STOOD, "kept")))  # fmt: skip
    heads = ("dates", "pledges", "false positives", "power at .35", "coverage", "wrong kept")
    return grid(heads, rows)
