"""What else moved beside the pledged series, and what two other methods say of it.

The ring around the area, substitute actors and the same actor elsewhere are held against their own
level before, over the window and baselines of the plan. None of them decides a verdict: a record
shows that two things moved together, never that one made the other move. A difference in
differences is not made here a second time: `protocol/controls.py` is one.
"""

from dataclasses import dataclass

import numpy as np

from wordkept.model import (
    ATTRIBUTIONS,
    RATES,
    Companion,
    Comparison,
    DailySeries,
    Estimate,
    Plan,
    Pledge,
)
from wordkept.prose import chances, count, day, moved
from wordkept.protocol.estimates import VOID_OVER, estimate_all, geometric_mean
from wordkept.protocol.level import forecast_p
from wordkept.protocol.placebo import HALF, log_ratios, shift_p
from wordkept.protocol.regression import regression_comparison
from wordkept.protocol.synthetic import synthetic_comparison
from wordkept.protocol.windows import Frame, covered_by, frames, window_of

OPPOSED = ("ring", "substitute")
"""Companions of which it is asked whether they went the other way; of the rest, whether along."""


def comparisons(
    primary: tuple[DailySeries, ...],
    companions: tuple[Companion, ...],
    pledge: Pledge,
    plan: Plan,
) -> tuple[Comparison, ...]:
    """What else moved: every companion by kind and label, then two other methods.

    The pledged series is taken at its widest attribution. Nothing where there is none, or where
    the plan asks for something else than a rate.
    """
    if not primary or plan.question not in RATES:
        return ()
    widest = max(primary, key=lambda one: ATTRIBUTIONS.index(one.attribution))
    beside = [one for one in companions if one.kind != "donor"]
    donors = tuple(one for one in companions if one.kind == "donor")
    kinds = (*OPPOSED, "elsewhere")
    beside.sort(key=lambda one: (kinds.index(one.kind), one.label, one.series.dataset))
    went = _went(widest, pledge, plan)
    return (
        *(_beside(one, went, pledge, plan) for one in beside),
        synthetic_comparison(widest, donors, pledge, plan),
        regression_comparison(widest, pledge, plan),
    )


def _went(primary: DailySeries, pledge: Pledge, plan: Plan) -> bool:
    """Whether the pledged series moved the way that the pledge named, against every baseline."""
    ratios = [one.ratio for one in estimate_all((primary,), pledge, plan)]
    falls = plan.direction == "falls"
    return bool(ratios) and all(
        one is not None and (one < 1.0 if falls else one > 1.0) for one in ratios
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Movement:
    """What one companion did over the plan's window and baselines."""

    ratios: tuple[float, ...]
    """One a baseline, half an event added to both counts."""
    expected: tuple[float, ...]
    window_events: int
    p: float | None
    void: bool
    falls: bool
    """Which way it was asked about."""

    @property
    def nearest(self) -> float:
        """The ratio that speaks least for what was asked."""
        return max(self.ratios) if self.falls else min(self.ratios)

    def found(self, alpha: float) -> bool:
        """Whether it moved that way, beyond its ordinary ups and downs."""
        there = self.nearest < 1.0 if self.falls else self.nearest > 1.0
        return there and self.p is not None and self.p <= alpha and not self.void


def _beside(companion: Companion, went: bool, pledge: Pledge, plan: Plan) -> Comparison:
    laid = frames(pledge, plan, covered_by(companion.series))
    if not laid:
        return _said(companion, None, None, _uncovered(companion.series, pledge, plan))
    along = plan.direction == "falls"
    falls = not along if companion.kind in OPPOSED else along
    estimates = estimate_all((companion.series,), pledge, plan)
    if not any(one.window_events or one.baseline_events for one in estimates):
        return _said(companion, None, None, "no such event stands in the record on those days")
    movement = _movement(companion.series, laid, estimates, falls=falls)
    reading = _reading(companion, movement, went, plan)
    return _said(companion, movement.nearest, movement.p, f"{_seen(movement)}: {reading}")


def _said(companion: Companion, ratio: float | None, p: float | None, what: str) -> Comparison:
    label = companion.label[:1].upper() + companion.label[1:]
    return Comparison(kind=companion.kind if companion.kind != "donor" else "synthetic control",
                      label=companion.label, ratio=ratio, low=None, high=None, p=p,
                      sentence=f"{label}: {what}.")  # fmt: skip


def _uncovered(series: DailySeries, pledge: Pledge, plan: Plan) -> str:
    """Why a companion cannot be held against its own level before."""
    window = window_of(pledge, plan)
    if series.end < window.end or series.start > window.end:
        return "its record does not cover the window"
    inside = covered_by(series).meet(window)
    first = (inside.start - series.start).days if inside else 0
    events = sum(series.counts[first : first + (len(inside) if inside else 0)])
    return (
        f"it is on record only from {day(series.start)}, so there is no level before to hold it "
        f"against; the window holds {count(events, 'event')}"
    )


def _movement(
    series: DailySeries, laid: tuple[Frame, ...], estimates: tuple[Estimate, ...], *, falls: bool
) -> _Movement:
    singles: list[float | None] = []
    ratios: list[float] = []
    for frame, one in zip(laid, estimates, strict=True):
        before = (one.baseline_events + HALF) / len(frame.baseline_period)
        ratios.append((one.window_events + HALF) / len(frame.window) / before)
        singles.append(_single_p(series, frame, falls=falls))
    known = [one for one in singles if one is not None]
    return _Movement(
        ratios=tuple(ratios),
        expected=tuple(one.expected for one in estimates),
        window_events=estimates[0].window_events,
        p=geometric_mean(*known),
        void=any(one > VOID_OVER for one in known),
        falls=falls,
    )


def _single_p(series: DailySeries, frame: Frame, *, falls: bool) -> float | None:
    """The geometric mean of the shift and the level p; None where the record is too short."""
    first = (frame.history.start - series.start).days
    counts = np.asarray(series.counts[first : first + len(frame.history)], dtype=np.int64)
    if len(counts) < max(frame.layout.needed_days, frame.layout.span_days):
        return None
    shifts = shift_p(log_ratios(counts, frame.layout), falls=falls)
    return geometric_mean(shifts, forecast_p(counts, frame.layout, falls=falls))


def _seen(movement: _Movement) -> str:
    """The counts and the ratios of the record, before any reading of them."""
    least, most = round(min(movement.expected)), round(max(movement.expected))
    expected = f"{least}" if least == most else f"{least} to {most}"
    stood = moved(min(movement.ratios), max(movement.ratios))
    return (
        f"{count(movement.window_events, 'event')} in the window, where the level before would "
        f"give {expected} (it {stood} of that level)"
    )


def _reading(companion: Companion, movement: _Movement, went: bool, plan: Plan) -> str:
    """What that says for the question asked of this kind of companion, and what it does not."""
    way = "fall" if movement.falls else "rise"
    if movement.p is None:
        return f"the record before is too short to say how often such a {way} comes by itself"
    often = f"{way}s this large come in {chances(movement.p)} shifts of that record"
    if movement.found(plan.alpha):
        return f"{often}; {_found(companion, went, plan)}"
    if movement.void and movement.p <= plan.alpha:
        return f"against one baseline this {way} is well within its ordinary ups and downs"
    thin = min(movement.expected) < plan.minimum_expected
    there = movement.nearest < 1.0 if movement.falls else movement.nearest > 1.0
    opening = f"{often}, no more than its ordinary ups and downs" if there else f"no {way} is seen"
    return f"{opening}; {_thin(way) if thin else _unfound(companion, way)}"


def _thin(way: str) -> str:
    return f"so few events were to be expected that a {way} could have gone unseen"


def _found(companion: Companion, went: bool, plan: Plan) -> str:
    """The reading where the companion moved the way that was asked about."""
    change = "fell" if plan.direction == "falls" else "rose"
    if not went:
        return "but the pledged events themselves did not move as pledged"
    if companion.kind == "ring":
        return (
            f"what {change} inside may have moved, not stopped, though the record does not say "
            "that these are the same acts"
            if plan.direction == "falls"
            else f"what {change} inside may have been drawn from there"
        )
    if companion.kind == "substitute":
        return (
            "others did more of it while the party that pledged did less; whether they took it "
            "over, the record does not say"
            if plan.direction == "falls"
            else "others did less of it while the party that pledged did more"
        )
    return f"so what the pledge names {change} together with what it does not name"


def _unfound(companion: Companion, way: str) -> str:
    """The reading where it did not, on a record that would have shown a large change."""
    if companion.kind == "ring":
        return "the record gives no sign that the events moved there"
    if companion.kind == "substitute":
        return "the record gives no sign that others took over"
    return f"the record gives no sign of a {way} beyond what the pledge names"
