"""Every defensible set-up of one test, and what they show together."""

from dataclasses import dataclass
from typing import Literal

from wordkept.model.pledge import Attribution, Baseline
from wordkept.model.series import DailySeries

Duplicates = Literal["counted", "merged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One defensible way to count, and the daily series that it gives."""

    area: str
    """In words: "as planned", "within 25 km", "the whole of Idleb"."""
    event_class: str
    """In words: "as planned", "any violence", "narrow: air strikes"."""
    duplicates: Duplicates
    planned: bool
    """Whether this is how the plan counts."""
    series: DailySeries


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """One set-up: a way to count, a baseline, a window and a grace; with its ratio and p."""

    dataset: str
    attribution: Attribution
    area: str
    event_class: str
    duplicates: Duplicates
    baseline: Baseline
    window_days: int
    grace_days: int
    planned: bool
    ratio: float
    """Window rate over baseline rate, half an event added to both counts."""
    p: float
    """The share of circular shifts of its record with as large a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The specification curve: every set-up, the smallest ratio first, and the joint test."""

    specifications: tuple[Specification, ...]
    median_ratio: float
    """Of an even number of set-ups that of the two middle ones which is nearer to no fall, or of a
    rise to no rise; the joint test takes the same one at every placebo date."""
    joint_p: float
    """The share of placebo dates, the real one among them, at which the median over all set-ups
    is as extreme (Simonsohn, Simmons & Nelson 2020, placebo dates in place of the bootstrap)."""
    placebo_dates: int
    share_agreeing: float
    """The share of set-ups whose ratio lies on the side of 1 that the pledge named."""
    share_reaching: float
    """The share of set-ups whose ratio reached the plan's threshold."""
    left_out: tuple[str, ...]
    """Set-ups that the record does not allow, and why; each in a sentence."""
