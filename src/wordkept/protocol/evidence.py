"""What a pledge is held against, and what surrounds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wordkept.model import (
    Companion,
    DailySeries,
    Declaration,
    Finding,
    Fixing,
    Parts,
    Release,
    Testability,
    Triangle,
    Variant,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the record gives for one pledge."""

    releases: tuple[Release, ...]
    findings: tuple[Finding, ...]
    """Of the audit."""
    primary: tuple[DailySeries, ...]
    """One series for each attribution of the plan, the surest first; all over the same days."""
    others: tuple[tuple[DailySeries, ...], ...] = ()
    controls: Mapping[int, DailySeries | None]
    """By the control's place in the plan; None where its record has no such events."""
    parts: tuple[Parts, ...] = ()
    """Of `only`: the primary events of the window, sorted, at each attribution."""
    variants: tuple[Variant, ...] = ()
    """Every defensible way to count, of every record that may be believed."""
    companions: tuple[Companion, ...] | None = None
    """What the plan did not name and every test of a rate looks at all the same; None where it was
    not looked for."""
    triangle: Triangle | None = None
    """Of the primary record, where it came in two or more releases."""
    effort: DailySeries | None = None
    """Units of observation effort by day, where the plan divides by them."""
    merged: "Evidence | None" = None
    """The same with rows merged that may be one event; None where none of them is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What surrounds a pledge: when its plan was fixed, what else was declared, and the day."""

    fixing: Fixing
    testability: Testability
    declared: tuple[Declaration, ...]
    """What every pledge of the case declares, this one among them or not."""
    as_of: date


def known_on(evidence: Evidence, dataset: str) -> date | None:
    """The day from which the dataset's release can have been known; None where it is not named."""
    found = [one.known_on for one in evidence.releases if one.dataset == dataset]
    return found[0] if found else None
