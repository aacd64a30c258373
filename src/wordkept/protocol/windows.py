"""The days a pledge is tested on: its window, its baselines, and the history before them.

Nothing here looks at a count: windows come from the pledge and its plan alone, and history from
the first and last day of the record.
"""

from dataclasses import dataclass
from datetime import timedelta

from wordkept.model import Baseline, DailySeries, Plan, Pledge
from wordkept.period import Period

HISTORY_DAYS = 400
LONG_HISTORY_DAYS = 800
LONG_WINDOW_DAYS = 60
SHORTEST_BASELINE_DAYS = 14
HISTORY_PER_SPAN = 1.5
"""A test needs a history of this many times baseline and window together (METHOD step 6)."""


def window_of(pledge: Pledge, plan: Plan) -> Period:
    """The days on which the pledge is tested: after the grace, to the plan's length or its end.

    Raises ValueError where the pledge names no start (testability refuses it before).
    """
    if pledge.starts is None:
        raise ValueError(f"{pledge.id} names no start")
    start = pledge.starts + timedelta(days=plan.grace_days)
    window = Period.of(start, days=plan.window_days)
    if pledge.ends is None or pledge.ends < start:
        return window
    return window.meet(Period(start, pledge.ends)) or window


def compared_days(pledge: Pledge, plan: Plan) -> Period:
    """The days from the first of any planned baseline to the last of the window."""
    window = window_of(pledge, plan)
    furthest = max(baseline.days + baseline.donut_days for baseline in plan.baselines)
    first = window.start - timedelta(days=plan.grace_days + furthest)
    return Period(first, window.end)


def horizon_of(pledge: Pledge, plan: Plan) -> Period:
    """The days for which it must hold: to its declared end, or as long as the plan fixes."""
    if pledge.starts is None:
        raise ValueError(f"{pledge.id} names no start")
    if pledge.ends is not None:
        return Period(pledge.starts, pledge.ends)
    return Period.of(pledge.starts, days=plan.horizon_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where baseline, donut, grace and window lie, in days counted back from the window's end."""

    window_days: int
    grace_days: int
    donut_days: int
    baseline_days: int

    @property
    def gap_days(self) -> int:
        """Days between the end of the baseline and the end of the window."""
        return self.window_days + self.grace_days + self.donut_days

    @property
    def span_days(self) -> int:
        """Days from the first of the baseline to the last of the window."""
        return self.gap_days + self.baseline_days

    @property
    def needed_days(self) -> float:
        """The shortest history that a test with this layout may use."""
        return HISTORY_PER_SPAN * (self.baseline_days + self.window_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One baseline of a plan, laid on the days that the record covers."""

    baseline: Baseline
    baseline_period: Period
    window: Period
    layout: Layout
    history: Period
    """From the first day the tests look at to the last of the window."""

    @property
    def shortened(self) -> bool:
        """Whether the record does not reach back over the whole baseline."""
        return len(self.baseline_period) < self.baseline.days


def frames(pledge: Pledge, plan: Plan, covered: Period) -> tuple[Frame, ...]:
    """The baselines that the covered days allow, shortened to no less than half; in plan order.

    None where the window is not wholly covered: a half-seen window is not compared.
    """
    window = window_of(pledge, plan)
    if pledge.starts is None or window.start not in covered or window.end not in covered:
        return ()
    longest = LONG_HISTORY_DAYS if len(window) > LONG_WINDOW_DAYS else HISTORY_DAYS
    history = Period(max(covered.start, Period.before(window.end, days=longest - 1).start),
                     window.end)  # fmt: skip
    laid: list[Frame] = []
    for baseline in plan.baselines:
        end = pledge.starts - timedelta(days=baseline.donut_days)
        days = Period.before(end, days=baseline.days).meet(covered)
        if days is None or len(days) < max(SHORTEST_BASELINE_DAYS, baseline.days / 2):
            continue
        layout = Layout(
            window_days=len(window),
            grace_days=plan.grace_days,
            donut_days=baseline.donut_days,
            baseline_days=len(days),
        )
        laid.append(Frame(baseline=baseline, baseline_period=days, window=window, layout=layout,
                          history=history))  # fmt: skip
    return tuple(laid)


def covered_by(series: DailySeries) -> Period:
    """The days that a series has a count for."""
    return Period(series.start, series.end)
