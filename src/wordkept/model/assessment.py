"""What the record shows of a pledge: counts, ranges, reasons, and one word for it all."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wordkept.model.calibration import Stratum
from wordkept.model.counted import Count
from wordkept.model.curve import Curve
from wordkept.model.doubts import Comparison, Completeness, EffortCheck
from wordkept.model.irregular import Bars
from wordkept.model.pledge import Pledge, Testability
from wordkept.model.record import Release
from wordkept.model.series import DailySeries, Estimate
from wordkept.period import Period

Word = Literal["kept", "partly kept", "not kept", "cannot tell", "not testable"]
WORDS: tuple[Word, ...] = ("kept", "partly kept", "not kept", "cannot tell", "not testable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer of the audit: passed, failed, or worth knowing; and whether it closes a gate."""

    check: str
    outcome: Literal["passed", "failed", "informational"]
    dataset: str
    sentence: str
    """What, where, since when, and what it does to a verdict."""
    closes_gate: bool = False
    bars: Bars | None = None
    """The numbers of its small chart, where the audit of the whole record drew one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Durability:
    """For how long the fall held."""

    horizon: Period
    declared_end: bool
    """Whether the horizon is the declared term, or one that the plan fixed."""
    first_lapse: date | None
    """The earliest day, over bounds and baselines, on which the rate was back."""
    last_lapse: date | None
    """The latest such day; None where at some bound or baseline it held to the horizon."""
    observed_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TippingPoints:
    """How wrong the record would have to be for the verdict to be another."""

    reporting_to_threshold: float | None
    """The share of its former level that reporting would have had to fall to for the true ratio
    to stand at the threshold; over 1 where it would have had to rise."""
    reporting_to_nothing: float | None
    """The same, for the true ratio to stand at 1."""
    misattributed_events: int | None
    """Events in the window laid at the wrong door that would carry the range over the threshold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlResult:
    """The change held against that of a series that the pledge does not bind."""

    dataset: str
    label: str
    reason: str
    ratio: float | None
    """The control's own ratio over the same days."""
    adjusted_ratio: float | None
    """The pledged series' ratio divided by the control's."""
    p: float | None
    """The circular-shift p of the difference of the two log ratios."""
    survives: bool | None
    """Whether the change is still there against the control; None where that cannot be said."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concurrent:
    """Another change that was declared inside the days this pledge is tested on."""

    pledge: str
    title: str
    starts: date
    days_before: int
    """Days by which it came before this pledge's start; negative where it came after."""
    told_apart_by: str | None
    """The control that cancels it, where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One word, the sentence that may be printed, and why it is not one step up or down."""

    word: Word
    sentence: str
    why_not_higher: tuple[str, ...]
    why_not_lower: tuple[str, ...]
    gates: tuple[str, ...] = ()
    """The gates that closed, each in a sentence."""
    steps_down: tuple[str, ...] = ()
    """The reasons for which kept or partly kept came one step down, each in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixing:
    """When the plan was fixed, and whether that was before the outcome data were loaded."""

    plan: str
    """SHA-256 of the pledge and its plan, in canonical JSON."""
    registered_at: str | None
    """UTC, ISO 8601; None where the plan was never registered."""
    before_data: bool | None
    """Whether the ledger holds it before the first release that it is tested on; None where the
    plan itself holds the published count that it is tested on."""
    record_known: bool
    """Whether whoever wrote it says that they had seen the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything that was found about one pledge, and what it was found with."""

    pledge: Pledge
    fixing: Fixing
    as_of: date
    releases: tuple[Release, ...]
    testability: Testability
    findings: tuple[Finding, ...] = ()
    series: tuple[DailySeries, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    """Of the primary dataset first."""
    p: float | None = None
    """Of the primary dataset: the largest over bounds of the geometric mean over baselines, times
    the caution."""
    caution: float = 1.0
    """What p was multiplied by: over 1 for series on which the calibration found too much."""
    p_void: bool = False
    """Whether one baseline alone would not have seen the change (its p over .2)."""
    range_low: float | None = None
    """The lowest widened ratio of the primary dataset over bounds and baselines."""
    range_high: float | None = None
    durability: Durability | None = None
    """Of the primary dataset; None where there was no fall to hold."""
    tipping: TippingPoints | None = None
    controls: tuple[ControlResult, ...] = ()
    concurrent: tuple[Concurrent, ...] = ()
    curve: Curve | None = None
    comparisons: tuple[Comparison, ...] = ()
    """What else moved, and what another method says; none of them decides."""
    completeness: Completeness | None = None
    effort: EffortCheck | None = None
    count: Count | None = None
    """Of a plan that asks about no rate, and of `ceases`; None otherwise."""
    stratum: Stratum | None = None
    """The row of the calibration table that a case like this belongs to."""
    verdict: Verdict
