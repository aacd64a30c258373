"""For how long a fall held: the day on which the rate was back."""

from datetime import date, timedelta

import numpy as np

from wordkept.model import DailySeries, Durability, Estimate, Plan, Pledge
from wordkept.period import Period
from wordkept.protocol.estimates import counts_in, exposed
from wordkept.protocol.windows import covered_by, horizon_of

TRAILING_DAYS = 14
"""The rate that must be back is that of a fortnight, or of the window where that is shorter."""


def durability(
    series: tuple[DailySeries, ...],
    estimates: tuple[Estimate, ...],
    pledge: Pledge,
    plan: Plan,
    effort: DailySeries | None = None,
) -> Durability | None:
    """When the trailing rate was back within the reporting allowance of the baseline.

    The earliest and the latest such day over attributions and baselines, looked for to the end of
    the record; None where some estimate shows no fall beyond the allowance, the record ends before
    the window begins, or the plan is of a rise. With `effort` rates are per unit of it, and the
    record ends where it does.
    """
    fell = all(one.ratio_high is not None and one.ratio_high < 1.0 for one in estimates)
    if plan.direction != "falls" or not estimates or not fell:
        return None
    if any(one.end < estimates[0].window.start for one in series):
        return None
    by_bound = {(one.attribution, one.inflated): one for one in series}
    lapses = [_lapse(by_bound[one.attribution, one.inflated], one, plan, effort)
              for one in estimates]  # fmt: skip
    seen = [day for day in lapses if day is not None]
    horizon = horizon_of(pledge, plan)
    return Durability(
        horizon=horizon,
        declared_end=pledge.ends is not None,
        first_lapse=min(seen, default=None),
        last_lapse=max(seen) if seen and len(seen) == len(lapses) else None,
        observed_until=min(one.end for one in (series[0], effort) if one is not None),
    )


def _lapse(
    series: DailySeries, estimate: Estimate, plan: Plan, effort: DailySeries | None
) -> date | None:
    """The last day of the first fortnight, from the window's start on, with the rate back."""
    days = min(TRAILING_DAYS, len(estimate.window))
    if effort is not None:
        return _lapse_per_effort(series, estimate, plan, effort)
    after = Period(estimate.window.start, covered_by(series).end)
    total = np.concatenate(([0], np.cumsum(counts_in(series, after))))
    trailing = total[days:] - total[:-days]
    before = estimate.baseline_events / len(estimate.baseline_period)
    back = np.flatnonzero(trailing >= days * before / plan.reporting_allowance)
    if not len(back):
        return None
    return after.start + timedelta(days=int(back[0]) + days - 1)


def _lapse_per_effort(
    series: DailySeries, estimate: Estimate, plan: Plan, effort: DailySeries
) -> date | None:
    """The same per unit of effort.

    A stretch is a fortnight or longer: as long as it takes to put in the effort of a fortnight of
    the baseline, so that it is no shorter look than one was before.
    """
    days = min(TRAILING_DAYS, len(estimate.window))
    after = Period(estimate.window.start, min(series.end, effort.end))
    units = counts_in(effort, after)
    counts = np.where(units > 0, counts_in(series, after), 0)
    events = np.concatenate(([0], np.cumsum(counts)))
    worked = np.concatenate(([0], np.cumsum(units)))
    before, before_units = exposed(series, estimate.baseline_period, effort)
    needed = days * before_units / len(estimate.baseline_period)
    ends = np.arange(1, len(worked))
    starts = np.searchsorted(worked, worked[ends] - needed, side="right") - 1
    starts = np.minimum(starts, ends - days)
    ends, starts = ends[starts >= 0], starts[starts >= 0]
    rate = before / before_units / plan.reporting_allowance
    back = (events[ends] - events[starts]) >= (worked[ends] - worked[starts]) * rate
    lapsed = ends[back]
    return after.start + timedelta(days=int(lapsed[0]) - 1) if len(lapsed) else None


def lapsed_in_term(held: Durability | None) -> bool:
    """Whether at some bound or baseline the fall was over before its term was."""
    return held is not None and held.first_lapse is not None and held.first_lapse in held.horizon
