"""Whether what happened in a window is on record yet, and what is done where it is not.

From two or more releases the delay is estimated, and counts are raised by what is still to come.
From one release nothing shows the delay: the window is cut before the days that may still fill.
"""

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np

from wordkept.model import Completeness, DailySeries, Plan, Pledge, Triangle
from wordkept.period import Period
from wordkept.prose import count, day, percent
from wordkept.protocol.delay import (
    Delays,
    Outstanding,
    delays,
    outstanding,
    shares_by_day,
    unreported,
)
from wordkept.protocol.windows import SHORTEST_BASELINE_DAYS, covered_by, window_of

REPORTING_LAG_DAYS = 30
"""Days before a single release that are not compared: where reports come in 20 days late on
average, four fifths of a day's are in after 32. `events/audit.py` has the same constant, for rooms
do not import one another; `tests/events/test_audit.py` holds the two equal."""
COMPLETE_ENOUGH = 0.8
"""Under this share of its events on record a window closes the gate (METHOD step 6)."""
LEAST_LEFT = 0.5
"""A window is cut to no less than this share of it, nor to under SHORTEST_BASELINE_DAYS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """One window held against one record: what the completeness of it is read from."""

    series: DailySeries
    window: Period
    known_on: date
    cut: Period | None


def completeness(
    triangle: Triangle | None,
    series: DailySeries,
    pledge: Pledge,
    plan: Plan,
    *,
    release_known_on: date,
) -> Completeness:
    """How much of what happened in the window is on record on the day of the release.

    `series` is what the release counts, `triangle` what it and those before it held of the same
    selection. Figures are of the days that are compared: the window, or what it was cut to.
    """
    window = window_of(pledge, plan)
    found = delays(triangle, known_on=release_known_on) if triangle is not None else None
    if found is None:
        cut = cut_window(window, release_known_on=release_known_on)
        judged = _Judged(series=series, window=window, known_on=release_known_on, cut=cut)
        return _uncounted(judged, releases=_releases(triangle, release_known_on))
    cut = _complete_part(window, found) or window
    judged = _Judged(series=series, window=window, known_on=found.known_on, cut=cut)
    if cut.start not in covered_by(series) or cut.end not in covered_by(series):
        return _uncounted(judged, releases=found.releases)
    return _counted(judged, found)


def cut_window(window: Period, *, release_known_on: date) -> Period | None:
    """The days of a window that a single release can be believed on; None where too few are left.

    >>> month = Period(date(2016, 3, 1), date(2016, 3, 28))
    >>> str(cut_window(month, release_known_on=date(2016, 4, 19)))
    '2016-03-01..2016-03-20'
    >>> cut_window(month, release_known_on=date(2016, 4, 12)) is None
    True
    """
    last = release_known_on - timedelta(days=REPORTING_LAG_DAYS)
    if last >= window.end:
        return window
    left = (last - window.start).days + 1
    return Period(window.start, last) if left >= _least_days(window) else None


def as_compared(plan: Plan, found: Completeness | None) -> Plan:
    """The plan with its window as it was cut; the plan itself where nothing was."""
    if found is None or found.cut_to is None:
        return plan
    return replace(plan, window_days=len(found.cut_to))


def completeness_gates(found: Completeness | None, *, release_known_on: date) -> tuple[str, ...]:
    """Why too little is on record yet, in a sentence; none where enough is."""
    if found is None:
        return ()
    if found.share is not None:
        return (found.sentence,) if found.share < COMPLETE_ENOUGH else ()
    kept = cut_window(found.window, release_known_on=release_known_on)
    return () if kept else (found.sentence,)


def completeness_by_day(
    triangle: Triangle | None, series: DailySeries, *, release_known_on: date
) -> tuple[float, ...] | None:
    """The share of each day's events that is on record; None where no delay can be estimated."""
    found = delays(triangle, known_on=release_known_on) if triangle is not None else None
    return None if found is None else tuple(float(one) for one in shares_by_day(found, series))


def inflated(
    series: DailySeries,
    by_day: tuple[float, ...],
    found: Completeness,
    *,
    at: Literal["best", "high"] = "high",
) -> DailySeries:
    """The series with the events that are still to be reported, in whole numbers.

    As many as expected, or as the high end of the range has, which is the bound at which a verdict
    must hold beside the record as it is. Sums over days are kept to within half an event.
    """
    counts = np.array(series.counts, dtype=np.int64)
    since = max(0, (found.window.start - series.start).days)
    missing = unreported(counts, np.array(by_day), since) * (_times(found) if at == "high" else 1.0)
    total = np.concatenate(([0], np.rint(np.cumsum(counts + missing)).astype(np.int64)))
    raised = tuple(int(n) for n in np.diff(total))
    return replace(series, counts=raised, inflated=True)


def ripe(
    series: DailySeries, by_day: tuple[float, ...] | None, *, release_known_on: date
) -> DailySeries:
    """The series without its last, still filling days; at least one day of it."""
    if by_day is None:
        full = (release_known_on - timedelta(days=REPORTING_LAG_DAYS) - series.start).days + 1
    else:
        full = int(np.count_nonzero(np.array(by_day) >= COMPLETE_ENOUGH))
    return replace(series, counts=series.counts[: max(1, full)])


def _times(found: Completeness) -> float:
    """By how much more is outstanding at the high end of the range."""
    if found.high is None or found.best is None or found.best <= found.reported:
        return 1.0
    return (found.high - found.reported) / (found.best - found.reported)


def _least_days(window: Period) -> int:
    least = max(SHORTEST_BASELINE_DAYS, math.ceil(LEAST_LEFT * len(window)))
    return min(len(window), least)


def _complete_part(window: Period, found: Delays) -> Period | None:
    """The longest part of the window, from its start, that is complete enough by delay alone.

    No count is looked at, so what is compared does not depend on what is found.
    """
    lags = (found.known_on - window.start).days - np.arange(len(window))
    shares = np.cumsum(found.shares(lags)) / np.arange(1, len(window) + 1)
    days = int(np.count_nonzero(shares >= COMPLETE_ENOUGH))
    return Period.of(window.start, days=days) if days >= _least_days(window) else None


def _releases(triangle: Triangle | None, known_on: date) -> int:
    return len({on for on in triangle.known_on if on <= known_on}) if triangle is not None else 1


def _reported(judged: _Judged) -> int:
    days = (judged.cut or judged.window).meet(covered_by(judged.series))
    if days is None:
        return 0
    first = (days.start - judged.series.start).days
    return sum(judged.series.counts[first : first + len(days)])


def _uncounted(judged: _Judged, *, releases: int) -> Completeness:
    """What can be said where the releases show no delay."""
    shortened = judged.cut if judged.cut != judged.window else None
    return Completeness(
        dataset=judged.series.dataset, window=judged.window, releases=releases,
        reported=_reported(judged), low=None, best=None, high=None, share=None,
        median_lag_days=None, cut_to=shortened, sentence=_uncounted_sentence(judged, releases),
    )  # fmt: skip


def _uncounted_sentence(judged: _Judged, releases: int) -> str:
    known, end = judged.known_on, judged.window.end
    late = (known - end).days
    shown = "one release does not show" if releases == 1 else "its releases do not show"
    if judged.cut == judged.window and late >= REPORTING_LAG_DAYS:
        return (f"The release is of {day(known)}, {count(late, 'day')} after the window; {shown} "
                "how late reports come in.")  # fmt: skip
    stands = (f"The release is of {day(known)} and the window ends on {day(end)}: reports of its "
              f"last days may still be coming in, and {shown} how late they come")  # fmt: skip
    if judged.cut is None:
        least = judged.window.start + timedelta(_least_days(judged.window) - 1 + REPORTING_LAG_DAYS)
        return (f"{stands}. Without the {REPORTING_LAG_DAYS} days before the release too little of "
                f"the window is left. Load a release of {day(least)} or later.")  # fmt: skip
    return f"{stands}. {_cut_sentence(judged)}"


def _cut_sentence(judged: _Judged) -> str:
    if judged.cut is None or judged.cut == judged.window:
        return ""
    dropped = count(len(judged.window) - len(judged.cut), "day")
    end = day(judged.cut.end)
    return f"The window's last {dropped} are not compared: it is cut to end on {end}."


def _counted(judged: _Judged, found: Delays) -> Completeness:
    """What the releases show of the days compared."""
    compared = judged.cut or judged.window
    first = (compared.start - judged.series.start).days
    missing = outstanding(found, judged.series, first, len(compared))
    reported = _reported(judged)
    share = reported / (reported + missing.best) if reported + missing.best > 0.0 else 1.0
    return Completeness(
        dataset=judged.series.dataset,
        window=judged.window,
        releases=found.releases,
        reported=reported,
        low=reported + missing.low,
        best=reported + missing.best,
        high=reported + missing.high,
        share=share,
        median_lag_days=found.median_days,
        cut_to=compared if compared != judged.window else None,
        sentence=_counted_sentence(judged, found, missing, share),
    )


def _counted_sentence(judged: _Judged, found: Delays, missing: Outstanding, share: float) -> str:
    reported = _reported(judged)
    low, high = reported + missing.low, reported + missing.high
    half = math.ceil(found.median_days)
    quick = f"within {count(half, 'day')}" if half else "on the same day"
    on, held = day(found.known_on), f"{reported:,}, of {low:,.0f} to {high:,.0f} once all are in"
    too_little = f"Under {percent(COMPLETE_ENOUGH)} is too little to compare."
    parts = (
        f"{count(found.releases, 'release')} show that half of the reports come in {quick}.",
        f"Of the events of the days compared about {percent(share)} are on record by {on}: {held}.",
        _cut_sentence(judged),
        "" if share >= COMPLETE_ENOUGH else too_little,
    )
    return " ".join(part for part in parts if part)
