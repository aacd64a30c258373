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
    series: tuple[DailySeries, ...], pledge: Pledge, plan: Plan, effort: DailySeries | None = None
) -> tuple[Estimate, ...]:
    """One estimate for every series at every baseline that its days allow.

    With `effort`, units of it by day, rates are per unit: only days that it covers are looked at,
    and events of days without any are not counted, for nobody looked. No estimate is made where a
    whole window or baseline is without.
    """
    return tuple(
        _estimate(one, frame, plan, effort)
        for one in series
        for frame in frames_seen(one, pledge, plan, effort)
    )


def frames_seen(
    series: DailySeries, pledge: Pledge, plan: Plan, effort: DailySeries | None
) -> tuple[Frame, ...]:
    """The baselines that the days of a series allow, and those of the effort where it is given."""
    if effort is None:
        return frames(pledge, plan, covered_by(series))
    both = covered_by(series).meet(covered_by(effort))
    return tuple(
        frame
        for frame in (frames(pledge, plan, both) if both else ())
        if exposed(series, frame.window, effort)[1]
        and exposed(series, frame.baseline_period, effort)[1]
    )


def exposed(series: DailySeries, days: Period, effort: DailySeries | None) -> tuple[int, int]:
    """The events of some days, and the units of effort behind them; without effort, their number.

    Events of days on which there was no effort are left out.
    """
    counts = _slice(series, days)
    if effort is None:
        return sum(counts), len(days)
    units = _slice(effort, days)
    return sum(n for n, unit in zip(counts, units, strict=True) if unit), sum(units)


def _estimate(
    series: DailySeries, frame: Frame, plan: Plan, effort: DailySeries | None
) -> Estimate:
    baseline_events, baseline_units = exposed(series, frame.baseline_period, effort)
    window_events, window_units = exposed(series, frame.window, effort)
    expected = baseline_events / baseline_units * window_units
    ratio = window_events / expected if baseline_events else None
    counts = counts_in(series, frame.history)
    units = None if effort is None else counts_in(effort, frame.history)
    if units is not None:
        counts = np.where(units > 0, counts, 0)
    p_shift, p_level = _p_values(counts, units, frame, falls=plan.direction == "falls")
    factor = ordinary_factor(counts, frame.layout, units)
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
        inflated=series.inflated,
    )


def _p_values(
    counts: Counts, units: Counts | None, frame: Frame, *, falls: bool
) -> tuple[float | None, float | None]:
    layout = frame.layout
    if len(counts) < layout.needed_days or len(counts) < layout.span_days:
        return None, None
    if units is None:
        shifts = log_ratios(counts, layout)
        return shift_p(shifts, falls=falls), forecast_p(counts, layout, falls=falls)
    if np.count_nonzero(units) < layout.needed_days:
        return None, None
    shifts = log_ratios(counts, layout, units)
    p_level = forecast_p(counts, layout, falls=falls, effort=units)
    return shift_p(shifts[~np.isnan(shifts)], falls=falls), p_level


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

    At each bound (an attribution, on record or inflated) the geometric mean over the baselines
    that have one; the largest over bounds, for a verdict must hold at each; void where any single
    p is over .2.
    """
    bounds = dict.fromkeys((one.attribution, one.inflated) for one in estimates)
    by_bound: list[float] = []
    for bound in bounds:
        singles = [e.p for e in estimates
                   if (e.attribution, e.inflated) == bound and e.p is not None]  # fmt: skip
        mean = geometric_mean(*singles)
        if mean is None:
            return None, False
        by_bound.append(mean)
    if not by_bound:
        return None, False
    void = any(e.p is not None and e.p > VOID_OVER for e in estimates)
    return max(by_bound), void


def weighed_p(estimates: tuple[Estimate, ...], caution: float) -> tuple[float | None, bool]:
    """The combined p times the caution, at most 1, and whether it is void."""
    p, void = combined_p(estimates)
    return (None if p is None else min(1.0, p * caution)), void


def widened_range(estimates: tuple[Estimate, ...]) -> tuple[float, float] | None:
    """The lowest and the highest widened ratio; None where any estimate has none."""
    lows = [estimate.ratio_low for estimate in estimates if estimate.ratio_low is not None]
    highs = [estimate.ratio_high for estimate in estimates if estimate.ratio_high is not None]
    if not lows or len(lows) < len(estimates):
        return None
    return min(lows), max(highs)
