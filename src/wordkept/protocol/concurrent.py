"""Other changes that were declared inside the days a pledge is tested on."""

from datetime import date

from wordkept.model import Concurrent, ControlResult, Declaration, Estimate, Plan, Pledge
from wordkept.period import Period

UNCHANGING = ("uphold",)
"""Kinds of pledge that declare that something stays as it is."""
UNCHANGING_QUESTIONS = ("only", "holds")
"""Plans for a declaration of which ones, or of what stays, and not of how many: it announces no
change of a rate."""


def concurrent_declarations(
    pledge: Pledge,
    plan: Plan,
    estimates: tuple[Estimate, ...],
    controls: tuple[ControlResult, ...],
    others: tuple[Declaration, ...],
) -> tuple[Concurrent, ...]:
    """Every other pledge of change that starts between the first baseline day and the window's end.

    A control that the plan says is bound by the other pledge too, and that the change survives,
    tells the two apart.
    """
    if not estimates or pledge.starts is None:
        return ()
    days = Period(
        min(one.baseline_period.start for one in estimates),
        max(one.window.end for one in estimates),
    )
    telling = {
        name: result.label
        for control, result in zip(plan.controls, controls, strict=True)
        if result.survives
        for name in control.tells_apart
    }
    return tuple(
        Concurrent(
            pledge=other.pledge,
            title=other.title,
            starts=other.starts,
            days_before=(pledge.starts - other.starts).days,
            told_apart_by=telling.get(other.pledge),
        )
        for other in sorted(others, key=lambda one: (one.starts or one.announced, one.pledge))
        if other.pledge != pledge.id
        and _announces_change(other)
        and other.starts is not None
        and other.starts in days
    )


def next_change(pledge: Pledge, others: tuple[Declaration, ...]) -> date | None:
    """The first day after the pledge's start on which another declared change starts."""
    later = [
        other.starts
        for other in others
        if other.pledge != pledge.id
        and _announces_change(other)
        and other.starts
        and pledge.starts
        and other.starts > pledge.starts
    ]
    return min(later, default=None)


def _announces_change(other: Declaration) -> bool:
    return other.kind not in UNCHANGING and other.question not in UNCHANGING_QUESTIONS
