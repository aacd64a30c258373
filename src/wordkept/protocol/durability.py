"""For how long a fall held: the day on which the rate was back."""

from datetime import date, timedelta

import numpy as np

from wordkept.model import DailySeries, Durability, Estimate, Plan, Pledge
from wordkept.period import Period
from wordkept.protocol.estimates import counts_in
from wordkept.protocol.windows import covered_by, horizon_of

TRAILING_DAYS = 14
"""The rate that must be back is that of a fortnight, or of the window where that is shorter."""


def durability(
    series: tuple[DailySeries, ...], estimates: tuple[Estimate, ...], pledge: Pledge, plan: Plan
) -> Durability | None:
    """When the trailing rate was back within the reporting allowance of the baseline.

    The earliest and the latest such day over attributions and baselines, looked for to the end of
    the record; None where some estimate shows no fall beyond the allowance, or the plan is of a
    rise.
    """
    fell = all(one.ratio_high is not None and one.ratio_high < 1.0 for one in estimates)
    if plan.direction != "falls" or not estimates or not fell:
        return None
    by_bound = {one.attribution: one for one in series}
    lapses = [_lapse(by_bound[one.attribution], one, plan) for one in estimates]
    seen = [day for day in lapses if day is not None]
    horizon = horizon_of(pledge, plan)
    return Durability(
        horizon=horizon,
        declared_end=pledge.ends is not None,
        first_lapse=min(seen, default=None),
        last_lapse=max(seen) if seen and len(seen) == len(lapses) else None,
        observed_until=series[0].end,
    )


def _lapse(series: DailySeries, estimate: Estimate, plan: Plan) -> date | None:
    """The last day of the first fortnight, from the window's start on, with the rate back."""
    days = min(TRAILING_DAYS, len(estimate.window))
    after = Period(estimate.window.start, covered_by(series).end)
    total = np.concatenate(([0], np.cumsum(counts_in(series, after))))
    trailing = total[days:] - total[:-days]
    before = estimate.baseline_events / len(estimate.baseline_period)
    back = np.flatnonzero(trailing >= days * before / plan.reporting_allowance)
    if not len(back):
        return None
    return after.start + timedelta(days=int(back[0]) + days - 1)


def lapsed_in_term(held: Durability | None) -> bool:
    """Whether at some bound or baseline the fall was over before its term was."""
    return held is not None and held.first_lapse is not None and held.first_lapse in held.horizon
