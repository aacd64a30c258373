"""Placebo pledges: dates on which nothing was declared, at random and where pledges are made."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bench.calibrate.records import Counts, RealSeries

Kind = Literal["random", "peak", "jump", "crest", "turning point"]

WINDOW_DAYS = 28
FIRST_DAY = 149
"""With the window, the shortest history on which every baseline of the default plan is tested:
1.5 times 90 and 28 days."""
LEAST_EXPECTED = 20
NEAR_DECLARED_DAYS = 45
YEAR_DAYS = 365
JUMP = 2.0
"""After a jump: the last 28 days hold at least this many times the 28 before them."""
TURN_SPREAD_DAYS = 7
TURN_REACH_DAYS = 45
"""Seen only in hindsight, the highest within so many days either way: a crest of the centred mean,
which has as much behind it as before it; or a turning point, the end of the highest 28 days, after
which there is nowhere to go but down. The second is the hardest date that there is."""

QUOTA: dict[Kind, int] = {"random": 24, "peak": 6, "jump": 6, "crest": 4, "turning point": 6}
"""At most so many dates of each kind on one series."""
QUICK: dict[Kind, int] = {"random": 10, "peak": 3, "jump": 3, "crest": 1, "turning point": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placebo:
    """A pledge that nobody made, on one day of a series."""

    kind: Kind
    day: int
    """The first day of the window, counted from the first of the series."""


def placebos(series: RealSeries, seed: int, quota: dict[Kind, int] = QUOTA) -> tuple[Placebo, ...]:
    """The placebo pledges of a series: as many of each kind as its quota and the series allow."""
    generator = generator_of(seed, series.id)
    fit = eligible(series)
    found: list[Placebo] = []
    for kind, candidates in _candidates(series.counts, generator):
        allowed = np.unique(candidates[np.isin(candidates, fit)])
        size = min(quota[kind], len(allowed))
        drawn = generator.choice(allowed, size=size, replace=False) if size else allowed
        found += [Placebo(kind=kind, day=int(day)) for day in np.sort(drawn)]
    return tuple(found)


def generator_of(seed: int, *names: object) -> np.random.Generator:
    """A generator of its own for a name, whatever else was drawn before."""
    told = hashlib.sha256("\n".join(str(name) for name in names).encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(told[:8], "big")])


def eligible(series: RealSeries) -> NDArray[np.int64]:
    """Days with enough before them, at least 20 events to expect, and nothing declared near."""
    days = np.arange(FIRST_DAY, len(series.counts) - WINDOW_DAYS + 1)
    total = np.concatenate(([0], np.cumsum(series.counts)))
    month = total[days] - total[days - 28]
    quarter = (total[days - 30] - total[days - 120]) * WINDOW_DAYS / 90
    fit = np.minimum(month, quarter) >= LEAST_EXPECTED
    for on in series.declared:
        fit &= np.abs(days - (on - series.start).days) > NEAR_DECLARED_DAYS
    kept: NDArray[np.int64] = days[fit]
    return kept


def _candidates(
    counts: Counts, generator: np.random.Generator
) -> Iterator[tuple[Kind, NDArray[np.int64]]]:
    days = np.arange(FIRST_DAY, len(counts) - WINDOW_DAYS + 1)
    total = np.concatenate(([0], np.cumsum(counts)))
    trailing = np.zeros(len(counts) + 1)
    trailing[28:] = total[28:] - total[:-28]
    yield "random", days
    year = [trailing[max(28, day - YEAR_DAYS) : day + 1].max() for day in days]
    yield "peak", days[trailing[days] >= np.array(year)]
    yield "jump", days[trailing[days] >= JUMP * np.maximum(trailing[days - 28], 1)]
    centred = np.convolve(counts, np.hanning(2 * 28 + 1)[1:-1], mode="same")
    yield "crest", _spread(_tops(centred), generator)
    yield "turning point", _spread(_tops(trailing), generator)


def _tops(smooth: NDArray[np.float64]) -> NDArray[np.int64]:
    """The days at which a smoothed series is the highest within reach."""
    around = [smooth[max(0, day - TURN_REACH_DAYS) : day + TURN_REACH_DAYS + 1].max()
              for day in range(len(smooth))]  # fmt: skip
    return np.flatnonzero((smooth > 0) & (smooth == np.array(around)))


def _spread(tops: NDArray[np.int64], generator: np.random.Generator) -> NDArray[np.int64]:
    away = generator.integers(-TURN_SPREAD_DAYS, TURN_SPREAD_DAYS + 1, size=(4, len(tops)))
    days: NDArray[np.int64] = (tops + away).ravel()
    return days
