"""Counts by day, and a window held against a baseline."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wordkept.model.pledge import Attribution, Baseline
from wordkept.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class DailySeries:
    """Counts by day, with no day missing, of one selection at one attribution."""

    dataset: str
    attribution: Attribution
    role: Literal["primary", "other", "control"]
    label: str
    start: date
    counts: tuple[int, ...]
    inflated: bool = False
    """Whether the last days are raised by what is still to be reported, as releases show it."""

    @property
    def end(self) -> date:
        """The last day."""
        return Period.of(self.start, days=len(self.counts)).end


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The rate in the window held against the rate in one baseline, at one attribution."""

    dataset: str
    attribution: Attribution
    baseline: Baseline
    baseline_period: Period
    window: Period
    baseline_events: int
    window_events: int
    ratio: float | None
    """Window rate over baseline rate; None where the baseline holds no event."""
    ratio_low: float | None
    """The ratio, had reporting risen by the plan's allowance."""
    ratio_high: float | None
    """The ratio, had reporting fallen by the plan's allowance."""
    expected: float
    """Events in the window had the rate of the baseline gone on."""
    history_days: int
    """Days of the record, up to the end of the window, that the test looks at."""
    p_shift: float | None
    """Share of circular shifts of the record with as large a change; None where too short."""
    p_level: float | None
    """How often a local-level forecast made before it falls as low; None where too short."""
    p: float | None
    """The geometric mean of the two."""
    ordinary_low: float | None
    """The ratio divided by the record's ordinary ups and downs: 90 % of them, widened."""
    ordinary_high: float | None
    """The ratio multiplied by the same."""
    inflated: bool = False
    """Whether it counts, beside the events on record, those still to be reported."""
