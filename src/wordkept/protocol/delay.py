"""How much of what happened is on record yet, by the delay with which releases show events.

A release shows only what was reported by its day, so delays are seen from their short end. Looked
at backwards they are not cut off: of the events that a release holds of a day, those that the
release before it held too are a binomial share, and the chance of having been held is the product
of the reverse-time hazards of the delays between the two (Brookmeyer & Liao 1990; Lawless 1994).
Releases come at irregular days, so each delay is only known to lie between two of them; the
hazards, even within bins, are then those of an interval-censored likelihood, found by EM.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from scipy import special

from wordkept.model import DailySeries, Triangle
from wordkept.protocol.placebo import HALF, INTERVAL, Counts, Floats

LAG_EDGES = (0, 1, 2, 4, 7, 10, 14, 21, 30, 45, 60, 90, 150, 240, 365)
"""Delays in days between which the reverse-time hazard is even: fine where reports are quick."""
SHORTEST_REACH_DAYS = 90
"""Releases that show no delay as long as this say nothing of those that are longer."""
LEAST_AT_RISK = 50
"""Events of a release that its forerunner could have held, under which no delay is estimated."""
LATE, FOLLOWED = 0.1, 4.0
"""A tenth of a late event among four followed is added to each bin, so that one in which nobody saw
a late event is not taken for sure. Of three pairs tried on simulated releases this left what is
still to come unbiased; half among twenty left it a tenth to a quarter short."""
SPREAD_EVENTS = 2.0
"""Days differ as negative-binomial counts of this dispersion do (METHOD: k = 2): what is expected
of a day is drawn to the rate around it with the weight of so many events."""
AROUND_DAYS = 28
ROUNDS = 400
SETTLED = 1e-4
LEAST_VARIANCE = 1e-6
"""Cells in which nearly nothing can be new, or old, say nothing of spread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """The delay from event to record, as the releases of one dataset show it."""

    known_on: date
    """The day of the last release."""
    releases: int
    edges: Floats
    """Days between which the hazards are even; shape (bins + 1,)."""
    hazards: Floats
    """Of having been entered on a day of delay, given no later; per day, shape (bins,)."""
    covariance: Floats
    """Of the hazards, spread included; shape (bins, bins)."""
    spread: float
    """By how much entries vary more than by chance alone; at least 1."""

    def shares(self, lags: Counts, hazards: Floats | None = None) -> Floats:
        """Of the events of a day, how many are on record so many days on; shape of `lags`."""
        chosen = self.hazards if hazards is None else hazards
        days = np.maximum(lags, 0).astype(np.float64)
        found: Floats = np.exp(-_overlap(days, np.full(len(days), self.edges[-1]), self.edges)
                               @ chosen)  # fmt: skip
        return np.where(lags < 0, 0.0, found)

    @property
    def median_days(self) -> float:
        """The delay by which half of the events are on record; 0 where they are the same day."""
        lags = np.arange(int(self.edges[-1]) + 1)
        shares = self.shares(lags)
        after = int(np.searchsorted(shares, 0.5))
        if after == 0:
            return 0.0
        below, above = float(shares[after - 1]), float(shares[after])
        return round(after - 1 + (0.5 - below) / (above - below), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outstanding:
    """Events still to be reported: what is expected, and a 90 % range."""

    low: float
    best: float
    high: float


def delays(triangle: Triangle, *, known_on: date) -> Delays | None:
    """The delays that releases up to a day show; None from one release, or too few events."""
    shown = {on: place for place, on in enumerate(triangle.known_on) if on <= known_on}
    days = sorted(shown)
    counts = np.array(triangle.counts, dtype=np.float64).reshape(len(triangle.counts), -1)
    cells = [_between(triangle.start, counts[:, [shown[first], shown[second]]], (first, second))
             for first, second in pairwise(days)]  # fmt: skip
    if not cells:
        return None
    lags = np.concatenate([one[0] for one in cells])
    held = np.concatenate([one[1] for one in cells])
    which = np.repeat(np.arange(len(cells)), [len(one[0]) for one in cells])
    reach = min(float(LAG_EDGES[-1]), lags[:, 1].max(initial=0.0))
    if held[:, 1].sum() < LEAST_AT_RISK or reach < SHORTEST_REACH_DAYS:
        return None
    edges = np.array([*(edge for edge in LAG_EDGES if edge < reach), reach], dtype=np.float64)
    overlap = _overlap(lags[:, 0], lags[:, 1], edges)
    hazards = _likeliest_hazards(overlap, held, edges)
    spread = _spread(overlap @ hazards, held, which, bins=len(hazards))
    return Delays(
        known_on=days[-1],
        releases=len(days),
        edges=edges,
        hazards=hazards,
        covariance=spread * _covariance(overlap, held, hazards),
        spread=spread,
    )


def _between(start: date, counts: Floats, known: tuple[date, date]) -> tuple[Floats, Floats]:
    """Delays at two releases, and events held by both and by the later; each of shape (cells, 2).

    Only of days that the first could have held, and within the longest delay looked for.
    """
    after = np.array([(on - start).days for on in known])
    lags = (after[None, :] - np.arange(len(counts))[:, None]).astype(np.float64)
    kept = (lags[:, 0] >= 0) & (lags[:, 0] < LAG_EDGES[-1]) & (counts[:, 1] > 0)
    before = np.minimum(counts[kept, 0], counts[kept, 1])
    return lags[kept], np.column_stack((before, counts[kept, 1]))


def _overlap(first: Floats, last: Floats, edges: Floats) -> Floats:
    """Days of each stretch of delay within each bin; shape (stretches, bins)."""
    ends = np.minimum(last[:, None], edges[None, 1:])
    days: Floats = np.maximum(0.0, ends - np.maximum(first[:, None], edges[None, :-1]))
    return days


def _likeliest_hazards(overlap: Floats, held: Floats, edges: Floats) -> Floats:
    """The hazards under which what was new at each release is likeliest; shape (bins,)."""
    new = held[:, 1] - held[:, 0]
    risk = held[:, 1] @ overlap + FOLLOWED * np.diff(edges)
    late, seen = overlap[new > 0], new[new > 0]
    hazards: Floats = 1.0 / (1.0 + edges[1:])
    for _ in range(ROUNDS):
        entered = seen / -np.expm1(-(late @ hazards)) @ late
        better = (LATE + hazards * entered) / risk
        moved = float(np.max(np.abs(better / hazards - 1.0)))
        hazards = better
        if moved < SETTLED:
            break
    return hazards


def _covariance(overlap: Floats, held: Floats, hazards: Floats) -> Floats:
    """The inverse of the observed information; shape (bins, bins)."""
    new = held[:, 1] - held[:, 0]
    late, seen = overlap[new > 0], new[new > 0]
    missed = -np.expm1(-(late @ hazards))
    information = (late * (seen * (1.0 - missed) / missed**2)[:, None]).T @ late
    covariance: Floats = np.linalg.inv(information + np.diag(LATE / hazards**2))
    return covariance


def _spread(hazard: Floats, held: Floats, which: Counts, *, bins: int) -> float:
    """By how much what was new strays more than a binomial: over days, and over releases."""
    chance = -np.expm1(-hazard)
    stray = held[:, 1] - held[:, 0] - held[:, 1] * chance
    variance = held[:, 1] * chance * (1.0 - chance)
    told = variance > LEAST_VARIANCE
    by_day = float((stray[told] ** 2 / variance[told]).sum()) / max(1, int(told.sum()) - bins)
    total, spread = np.bincount(which, weights=stray), np.bincount(which, weights=variance)
    by_release = float((total**2 / np.maximum(spread, LEAST_VARIANCE)).sum())
    by_release /= max(1, len(total) - 1)
    return max(1.0, by_day, by_release)


def shares_by_day(found: Delays, series: DailySeries) -> Floats:
    """Of the events of each day of a series, how many are on record by the last release."""
    lags = (found.known_on - series.start).days - np.arange(len(series.counts))
    return found.shares(lags)


def unreported(counts: Counts, shares: Floats, since: int = 0) -> Floats:
    """Events of each day still to be reported, as expected; shapes (days,).

    Each day's own count says so, drawn to the rate of the four weeks up to it; but from the day
    `since` on, of no day before it, or a rate that fell would be filled up with the one before.

    >>> unreported(np.array([4, 4, 2]), np.array([1.0, 1.0, 0.5])).round(1).tolist()
    [0.0, 0.0, 2.0]
    """
    seen, weight = _expected(counts, shares, since)
    return (1.0 - shares) * seen / weight


def _expected(counts: Counts, shares: Floats, since: int) -> tuple[Floats, Floats]:
    """Shape and rate of the gamma distribution of each day's true rate."""
    events, worth = _trailing(counts.astype(np.float64), since), _trailing(shares, since)
    around = (events + HALF) / np.maximum(worth, 1.0)
    seen: Floats = counts.astype(np.float64) + SPREAD_EVENTS
    return seen, shares + SPREAD_EVENTS / around


def _trailing(values: Floats, since: int) -> Floats:
    total = np.concatenate(([0.0], np.cumsum(values)))
    ends = np.arange(1, len(total))
    earliest = np.where(ends > since, since, 0)
    return total[ends] - total[np.maximum(earliest, ends - AROUND_DAYS)]


def outstanding(found: Delays, series: DailySeries, first: int, days: int) -> Outstanding:
    """What is still to be reported of some days of a series, with the range of 90 %.

    The range holds the chance of each day, the doubt about the delays, and, by Student's t with as
    many degrees of freedom as there are releases, how little few of them show of one another.
    """
    counts = np.array(series.counts, dtype=np.int64)
    lags = (found.known_on - series.start).days - np.arange(len(counts))
    chosen = slice(first, first + days)

    def sum_at(hazards: Floats) -> float:
        return float(unreported(counts, found.shares(lags, hazards), first)[chosen].sum())

    shares = found.shares(lags)
    best = sum_at(found.hazards)
    if best <= 0.0:
        return Outstanding(low=0.0, best=0.0, high=0.0)
    steps = np.maximum(found.hazards, 1e-9) * 1e-4
    slope = np.array([(sum_at(found.hazards + step) - best) / step.sum()
                      for step in np.diag(steps)])  # fmt: skip
    seen, weight = _expected(counts, shares, first)
    chance = (1.0 - shares) * seen / weight * (1.0 + (1.0 - shares) / weight)
    variance = found.spread * float(chance[chosen].sum()) + float(slope @ found.covariance @ slope)
    quantile = float(special.stdtrit(found.releases, 0.5 + INTERVAL / 2))
    factor = float(np.exp(quantile * np.sqrt(np.log1p(variance / best**2))))
    return Outstanding(low=best / factor, best=best, high=best * factor)
