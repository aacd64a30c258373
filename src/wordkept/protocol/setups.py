"""Every reasonable set-up of one test, laid on days alone.

The grid is fixed: each of `BASELINE_DAYS` with each of `DONUT_DAYS`, and the plan's own baselines;
each of `WINDOW_DAYS`, and the plan's own; each of `GRACE_DAYS`, and the plan's own; all crossed,
for every way to count. What the days of the record do not allow is left out, with a sentence.
Nothing here looks at a count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product

from wordkept.model import Baseline, Plan, Pledge, Variant
from wordkept.prose import count, listed
from wordkept.protocol.windows import (
    HISTORY_DAYS,
    LONG_HISTORY_DAYS,
    LONG_WINDOW_DAYS,
    Layout,
    window_of,
)

BASELINE_DAYS = (14, 28, 56, 90, 180)
"""A fortnight is the shortest baseline of the protocol; half a year is the longest that a history
of `HISTORY_DAYS` can test with each of the windows."""
DONUT_DAYS = (0, 14, 30)
WINDOW_DAYS = (14, 28, 42, 56)
"""Two to eight weeks: with the default of 28 days in the middle, and under `LONG_WINDOW_DAYS`."""
GRACE_DAYS = (0, 7, 14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A baseline, a window and a grace, as one of the grid."""

    baseline: Baseline
    window_days: int
    grace_days: int
    planned: bool
    """Whether the plan fixed just these."""
    needed_days: float
    """The fewest days of record, up to the window's end, on which it can be tested."""

    @property
    def reach_days(self) -> int:
        """Days from the pledge's start to the end of the window."""
        return self.grace_days + self.window_days


Setup = tuple[Variant, Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The set-ups that the record's days allow, and the circle on which all are turned round."""

    setups: tuple[Setup, ...]
    circle_days: int
    """The days up to each window's end that are looked at; the same number for every set-up, so
    that a shift is the same placebo date in all of them."""
    left_out: tuple[str, ...]


def grid_of(pledge: Pledge, plan: Plan) -> tuple[Choice, ...]:
    """Every baseline, window and grace that is tried, the plan's own among them and marked."""
    planned_window = len(window_of(pledge, plan))
    crossed = (Baseline(days=days, donut_days=donut)
               for days, donut in product(BASELINE_DAYS, DONUT_DAYS))  # fmt: skip
    baselines = sorted({*crossed, *plan.baselines})
    windows = sorted({*WINDOW_DAYS, planned_window})
    graces = sorted({*GRACE_DAYS, plan.grace_days})
    return tuple(
        Choice(
            baseline=baseline,
            window_days=window,
            grace_days=grace,
            planned=baseline in plan.baselines
            and window == planned_window
            and grace == plan.grace_days,
            needed_days=_needed(baseline, window, grace),
        )
        for window, grace, baseline in product(windows, graces, baselines)
    )


def _needed(baseline: Baseline, window_days: int, grace_days: int) -> float:
    layout = Layout(window_days=window_days, grace_days=grace_days,
                    donut_days=baseline.donut_days, baseline_days=baseline.days)  # fmt: skip
    return max(layout.span_days, layout.needed_days)


def lay(
    variants: tuple[Variant, ...], pledge: Pledge, plan: Plan, *, changes: date | None = None
) -> Laid | None:
    """Every set-up that the days allow; None where there is none, or none of the plan's own.

    Windows other than the plan's stop short of `changes`, the day of the next declared change: they
    would take in what that one did.
    """
    if pledge.starts is None:
        return None
    grid = grid_of(pledge, plan)
    starts, term = pledge.starts, _term_days(pledge, plan)
    variants = tuple(sorted(variants, key=_way))
    in_term = [one for one in grid if term is None or one.reach_days <= term]
    alone = (changes - starts).days if changes else max(one.reach_days for one in grid)
    apart = [one for one in in_term if one.planned or one.reach_days <= alone]
    covered = [(variant, choice) for variant in variants for choice in apart
               if choice.reach_days <= (variant.series.end - starts).days + 1]  # fmt: skip
    before = {id(variant): (starts - variant.series.start).days for variant in variants}
    histories = [before[id(variant)] + choice.reach_days for variant, choice in covered]
    days = _circle_days(covered, histories, plan)
    setups = [one for one, history in zip(covered, histories, strict=True)
              if one[1].needed_days <= days <= history]  # fmt: skip
    if not any(variant.planned and choice.planned for variant, choice in setups):
        return None
    beyond = len(variants) * (len(grid) - len(in_term))
    other = len(variants) * (len(in_term) - len(apart))
    unseen = len(variants) * len(apart) - len(covered)
    long = sum(choice.needed_days > days for _, choice in covered)
    late = len(covered) - len(setups) - long
    sentences = (
        *_grouped(beyond, "would end after the declared term does"),
        *_grouped(other, "would run into the next change that was declared"),
        *_grouped(unseen, "would end after the record does"),
        *_grouped(long, f"need more than the {days} days of record that are compared"),
        *_grouped(late, f"count from records that begin after the first of the {days} days"),
        *planned_left_out(_planned(variants, grid), setups),
    )  # fmt: skip
    return Laid(setups=tuple(setups), circle_days=days, left_out=sentences)


def planned_left_out(planned: Iterable[Setup], kept: Iterable[Setup]) -> tuple[str, ...]:
    """A sentence that names which of the plan's own set-ups are not among those kept."""
    held = {(_way(variant), choice) for variant, choice in kept}
    lost = [one for one in planned if (_way(one[0]), one[1]) not in held]
    if not lost:
        return ()
    names = dict.fromkeys(f"{_baseline(choice.baseline)} at {variant.series.attribution} "
                          "attribution" for variant, choice in lost)  # fmt: skip
    return (f"Among those left out are the plan's own: {listed(tuple(names))}.",)


def _planned(variants: tuple[Variant, ...], grid: tuple[Choice, ...]) -> tuple[Setup, ...]:
    return tuple((variant, choice) for variant in variants if variant.planned
                 for choice in grid if choice.planned)  # fmt: skip


def _way(variant: Variant) -> tuple[str, ...]:
    """What tells one way to count from another."""
    series = variant.series
    return (series.dataset, series.attribution, variant.area, variant.event_class,
            variant.duplicates)  # fmt: skip


def _baseline(baseline: Baseline) -> str:
    donut = f" that leave out the last {baseline.donut_days}" if baseline.donut_days else ""
    return f"{count(baseline.days, 'day')} before{donut}"


def _term_days(pledge: Pledge, plan: Plan) -> int | None:
    """Days from the start to the declared end; None where none is named that a window obeys."""
    if pledge.starts is None or pledge.ends is None:
        return None
    if pledge.ends < window_of(pledge, plan).start:
        return None
    return (pledge.ends - pledge.starts).days + 1


def _circle_days(setups: list[Setup], histories: list[int], plan: Plan) -> int:
    """The days up to a window's end that allow the most set-ups of the plan; of equals, the most.

    Where no number of days allows one of the plan's own, that which allows the most of any kind.
    """
    longest = LONG_HISTORY_DAYS if plan.window_days > LONG_WINDOW_DAYS else HISTORY_DAYS
    needs = [(choice.needed_days, history, variant.planned and choice.planned)
             for (variant, choice), history in zip(setups, histories, strict=True)]  # fmt: skip
    for asked in ([one for one in needs if one[2]], needs):
        tried = {min(longest, history) for _, history, _ in asked}
        allowed = [(sum(needed <= days <= history for needed, history, _ in asked), days)
                   for days in tried]  # fmt: skip
        most, days = max(allowed, default=(0, 0))
        if most:
            return days
    return 0


def _grouped(number: int, why: str) -> tuple[str, ...]:
    if not number:
        return ()
    were = "was" if number == 1 else "were"
    return (f"{count(number, 'set-up')} {were} left out because they {why}.",)
