"""What else may explain a change: what moved beside it, what is not yet reported, and effort."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wordkept.model.series import DailySeries
from wordkept.period import Period

ComparisonKind = Literal["ring", "substitute", "elsewhere", "synthetic control", "regression"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A series that the plan did not name and that every test looks at all the same."""

    kind: Literal["ring", "substitute", "elsewhere", "donor"]
    label: str
    """In words: "the same events within 50 km, outside the area"."""
    series: DailySeries


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What else moved, or what another method says; printed beside the verdict."""

    kind: ComparisonKind
    label: str
    ratio: float | None
    """Window over baseline of the companion; of a method, its own estimate of the ratio."""
    low: float | None
    high: float | None
    """The method's own 90 % interval; None where it has none."""
    p: float | None
    sentence: str
    """What it shows and what it does not, for a reader who knows neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle:
    """When the events of each day entered the record: counts by day of event and by release."""

    dataset: str
    start: date
    """The first event day; row i is the i-th day after it."""
    known_on: tuple[date, ...]
    """The day of each release, earliest first."""
    counts: tuple[tuple[int, ...], ...]
    """By day of event, then by release: events of that day that this release held."""
    withdrawn: int
    """Events that a release held and a later one no longer does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """How much of what happened in the window is on record by now, as the releases show it."""

    dataset: str
    window: Period
    releases: int
    reported: int
    """Events in the window on record now."""
    low: float | None
    best: float | None
    high: float | None
    """Events in the window once all is reported, with a 90 % range; None from a single release."""
    share: float | None
    """Reported over best; None from a single release."""
    median_lag_days: float | None
    cut_to: Period | None
    """The window as it was cut before the record's last, still filling days; None if not cut."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortCheck:
    """What leaving out the observation effort would have said."""

    dataset: str
    label: str
    effort_baseline: float
    """Mean units of effort a day in the first planned baseline."""
    effort_window: float
    ratio_with: float | None
    ratio_without: float | None
    sentence: str
