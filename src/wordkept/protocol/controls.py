"""The change held against that of series that the pledge does not bind.

This is the protocol's difference in differences: the log ratio of the pledged series less that of
the control, with its p from circular shifts of both together.
"""

from collections.abc import Mapping

import numpy as np

from wordkept.model import Control, ControlResult, DailySeries, Plan, Pledge
from wordkept.period import Period
from wordkept.prose import chances, percent, percents
from wordkept.protocol.estimates import counts_in, geometric_mean
from wordkept.protocol.placebo import log_ratios, shift_p
from wordkept.protocol.windows import Frame, covered_by, frames


def control_results(
    series: tuple[DailySeries, ...],
    by_control: Mapping[int, DailySeries | None],
    pledge: Pledge,
    plan: Plan,
) -> tuple[ControlResult, ...]:
    """One result for every control of the plan, in its order.

    `by_control` holds the control's series by its place in the plan; None where its record has no
    such events. The p is that of the difference of the two log ratios over circular shifts of both
    together, over the baselines, the largest over attributions.
    """
    return tuple(
        _result(series, by_control.get(place), control, pledge, plan)
        for place, control in enumerate(plan.controls)
    )


def _result(
    series: tuple[DailySeries, ...],
    control_series: DailySeries | None,
    control: Control,
    pledge: Pledge,
    plan: Plan,
) -> ControlResult:
    label = control.selection.label or control.selection.dataset
    if plan.effort and control_series and control_series.dataset != plan.primary.dataset:
        sentence = f"{label}: what effort found them is not on record, so rates cannot be compared."
        return _unsaid(control, label, sentence)
    pairs = _pairs(series, control_series, pledge, plan) if control_series else ()
    if not pairs or control_series is None:
        sentence = f"{label}: the record does not cover the days that the comparison needs."
        return _unsaid(control, label, sentence)
    adjusted = [_difference(one, control_series, frame) for one, frame in pairs]
    own = [_ratio(control_series, frame) for _, frame in pairs]
    bounds = dict.fromkeys(one.attribution for one, _ in pairs)
    means = [
        geometric_mean(*(_difference_p(one, control_series, frame, plan)
                         for one, frame in pairs if one.attribution == bound))
        for bound in bounds
    ]  # fmt: skip
    known = [mean for mean in means if mean is not None]
    if len(known) < len(means):
        sentence = f"{label}: the days that both records cover are too few to compare."
        return _unsaid(control, label, sentence)
    falls, p = plan.direction == "falls", max(known)
    nearest = max(adjusted) if falls else min(adjusted)
    there = nearest < 1.0 if falls else nearest > 1.0
    return ControlResult(
        dataset=control_series.dataset,
        label=label,
        reason=control.reason,
        ratio=max(own) if falls else min(own),
        adjusted_ratio=nearest,
        p=p,
        survives=there and p <= plan.alpha,
        sentence=_sentence(label, own, nearest, p, survives=there and p <= plan.alpha),
    )


def _unsaid(control: Control, label: str, sentence: str) -> ControlResult:
    return ControlResult(dataset=control.selection.dataset, label=label, reason=control.reason,
                         ratio=None, adjusted_ratio=None, p=None, survives=None,
                         sentence=sentence)  # fmt: skip


def _pairs(
    series: tuple[DailySeries, ...], control: DailySeries, pledge: Pledge, plan: Plan
) -> tuple[tuple[DailySeries, Frame], ...]:
    """Every pledged series with every frame that fits into the days both records cover."""
    return tuple(
        (one, frame)
        for one in series
        if (both := covered_by(one).meet(covered_by(control))) is not None
        for frame in frames(pledge, plan, both)
    )


def _log_ratios(series: DailySeries, frame: Frame) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return log_ratios(counts_in(series, frame.history), frame.layout)


def _ratio(series: DailySeries, frame: Frame) -> float:
    """Window rate over baseline rate, half an event added to both counts."""
    return float(np.exp(_rate(series, frame.window) - _rate(series, frame.baseline_period)))


def _rate(series: DailySeries, days: Period) -> float:
    return float(np.log((counts_in(series, days).sum() + 0.5) / len(days)))


def _difference(pledged: DailySeries, control: DailySeries, frame: Frame) -> float:
    return _ratio(pledged, frame) / _ratio(control, frame)


def _difference_p(
    pledged: DailySeries, control: DailySeries, frame: Frame, plan: Plan
) -> float | None:
    if len(frame.history) < max(frame.layout.needed_days, frame.layout.span_days):
        return None
    difference = _log_ratios(pledged, frame) - _log_ratios(control, frame)
    return shift_p(difference, falls=plan.direction == "falls")


def _sentence(label: str, own: list[float], adjusted: float, p: float, *, survives: bool) -> str:
    if survives:
        outcome = "the change is still there against it"
    else:
        outcome = "against it the change is no larger than the two records' ordinary ups and downs"
    stood = percents(min(own), max(own))
    return (
        f"{label} stood at {stood} of the level before; held against that, the pledged series "
        f"stood at {percent(adjusted)} at most, and differences this large occur in "
        f"{chances(p)} shifts: {outcome}."
    )
