"""How often the whole protocol was right on series like the one at hand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """One row of the calibration table: series alike in rate, dispersion, memory and history."""

    name: str
    """In words: "under 2 events a day, bursty"."""
    series: int
    pledges: int
    """Placebo pledges that were tried, at a true ratio of 1."""
    false_positives: float
    """Share of them with p at most .05."""
    coverage: float
    """How often the 90 % range of ordinary ups and downs held the true ratio."""
    power: float
    """Share with p at most .05 at a true ratio of .35."""
    words: tuple[tuple[float, tuple[float, float, float, float]], ...]
    """By true ratio, the shares of kept, partly kept, not kept and cannot tell."""
