"""Each series held against each baseline: counts, ratio, range and p."""

import math
from datetime import date

import numpy as np

from wordkept.model import DailySeries, Estimate, Plan, Pledge
from wordkept.period import Period
from wordkept.protocol.level import forecast_p
from wordkept.protocol.placebo import Counts, log_ratios, ordinary_factor, shift_p
from wordkept.protocol.windows import Frame, covered_by, frames

VOID_OVER = 0.2
"""A p that any one baseline puts over this is void (METHOD step 5)."""


def counts_in(series: DailySeries, days: Period) -> Counts:
    """The counts of the given days, which the series must cover; shape (len(days),)."""
    return np.asarray(_slice(series, days), dtype=np.int64)


def _slice(series: DailySeries, days: Period) -> tuple[int, ...]:
    first = _offset(series, days.start)
    return series.counts[first : first + len(days)]


def _offset(series: DailySeries, day: date) -> int:
    return (day - series.start).days


def estimate_all(
    series: tuple[DailySeries, ...], pledge: Pledge, plan: Plan
) -> tuple[Estimate, ...]:
    """One estimate for every series at every baseline that its days allow."""
    return tuple(
        _estimate(one, frame, plan)
        for one in series
        for frame in frames(pledge, plan, covered_by(one))
    )


def _estimate(series: DailySeries, frame: Frame, plan: Plan) -> Estimate:
    baseline_events = sum(_slice(series, frame.baseline_period))
    window_events = sum(_slice(series, frame.window))
    expected = baseline_events / len(frame.baseline_period) * len(frame.window)
    ratio = window_events / expected if baseline_events else None
    counts = counts_in(series, frame.history)
    p_shift, p_level = _p_values(counts, frame, falls=plan.direction == "falls")
    factor = ordinary_factor(counts, frame.layout)
    allowance = plan.reporting_allowance
    ranged = ratio is not None and factor is not None
    return Estimate(
        dataset=series.dataset,
        attribution=series.attribution,
        baseline=frame.baseline,
        baseline_period=frame.baseline_period,
        window=frame.window,
        baseline_events=baseline_events,
        window_events=window_events,
        ratio=ratio,
        ratio_low=None if ratio is None else ratio / allowance,
        ratio_high=None if ratio is None else ratio * allowance,
        expected=expected,
        history_days=len(frame.history),
        p_shift=p_shift,
        p_level=p_level,
        p=geometric_mean(p_shift, p_level),
        ordinary_low=ratio / factor if ranged and ratio is not None and factor else None,
        ordinary_high=ratio * factor if ranged and ratio is not None and factor else None,
    )


def _p_values(counts: Counts, frame: Frame, *, falls: bool) -> tuple[float | None, float | None]:
    if len(counts) < frame.layout.needed_days or len(counts) < frame.layout.span_days:
        return None, None
    shifts = log_ratios(counts, frame.layout)
    return shift_p(shifts, falls=falls), forecast_p(counts, frame.layout, falls=falls)


def geometric_mean(*values: float | None) -> float | None:
    """The geometric mean of some p-values; None where one is missing or there is none.

    >>> geometric_mean(0.01, 0.04)
    0.02
    >>> geometric_mean(0.01, None) is None
    True
    """
    present = [value for value in values if value is not None]
    if not present or len(present) < len(values):
        return None
    if min(present) <= 0.0:
        return 0.0
    return round(math.exp(math.fsum(math.log(value) for value in present) / len(present)), 12)


def combined_p(estimates: tuple[Estimate, ...]) -> tuple[float | None, bool]:
    """The p of a set of estimates, and whether it is void.

    At each attribution the geometric mean over the baselines that have one; the largest over
    attributions, for a verdict must hold at each; void where any single p is over .2.
    """
    attributions = dict.fromkeys(estimate.attribution for estimate in estimates)
    by_bound: list[float] = []
    for attribution in attributions:
        singles = [e.p for e in estimates if e.attribution == attribution and e.p is not None]
        mean = geometric_mean(*singles)
        if mean is None:
            return None, False
        by_bound.append(mean)
    if not by_bound:
        return None, False
    void = any(e.p is not None and e.p > VOID_OVER for e in estimates)
    return max(by_bound), void


def widened_range(estimates: tuple[Estimate, ...]) -> tuple[float, float] | None:
    """The lowest and the highest widened ratio; None where any estimate has none."""
    lows = [estimate.ratio_low for estimate in estimates if estimate.ratio_low is not None]
    highs = [estimate.ratio_high for estimate in estimates if estimate.ratio_high is not None]
    if not lows or len(lows) < len(estimates):
        return None
    return min(lows), max(highs)
