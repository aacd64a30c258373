"""How wrong the record would have to be for the verdict to be another (METHOD step 9)."""

import math

from wordkept.model import Estimate, Plan, TippingPoints


def tipping_points(estimates: tuple[Estimate, ...], plan: Plan) -> TippingPoints | None:
    """The tipping points at the estimate nearest to the threshold; None where one has no ratio."""
    ratios = [one.ratio for one in estimates if one.ratio is not None]
    if not ratios or len(ratios) < len(estimates):
        return None
    nearest = max(ratios) if plan.direction == "falls" else min(ratios)
    return TippingPoints(
        reporting_to_threshold=nearest / plan.threshold,
        reporting_to_nothing=nearest,
        misattributed_events=_misattributed(estimates, plan),
    )


def _misattributed(estimates: tuple[Estimate, ...], plan: Plan) -> int | None:
    """Events added to the window, or taken from it, until the range touches the threshold."""
    lows = [one.ratio_low for one in estimates if one.ratio_low is not None]
    highs = [one.ratio_high for one in estimates if one.ratio_high is not None]
    allowance = plan.reporting_allowance
    if plan.direction == "rises":
        return _misattributed_of_rise(estimates, plan, (min(lows), max(highs)))
    if max(highs) <= plan.threshold:
        room = [_events_at(one, plan.threshold / allowance) - one.window_events
                for one in estimates]  # fmt: skip
        return math.floor(min(room)) + 1
    if min(lows) > plan.threshold:
        excess = [one.window_events - _events_at(one, plan.threshold * allowance)
                  for one in estimates]  # fmt: skip
        return math.ceil(min(excess))
    return None


def _misattributed_of_rise(
    estimates: tuple[Estimate, ...], plan: Plan, span: tuple[float, float]
) -> int | None:
    """The same where the rate was to rise: events taken away carry it under, and added over."""
    allowance = plan.reporting_allowance
    if span[0] >= plan.threshold:
        surplus = [one.window_events - _events_at(one, plan.threshold * allowance)
                   for one in estimates]  # fmt: skip
        return math.floor(min(surplus)) + 1
    if span[1] < plan.threshold:
        lacking = [_events_at(one, plan.threshold / allowance) - one.window_events
                   for one in estimates]  # fmt: skip
        return math.ceil(min(lacking))
    return None


def _events_at(estimate: Estimate, ratio: float) -> float:
    """The events in the window that would make the given ratio."""
    return estimate.expected * ratio
