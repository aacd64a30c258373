"""Other changes that were declared inside the days a pledge is tested on."""

from wordkept.model import Concurrent, ControlResult, Estimate, Plan, Pledge
from wordkept.period import Period

UNCHANGING = ("uphold",)
"""Kinds of pledge that declare that something stays as it is."""


def concurrent_declarations(
    pledge: Pledge,
    plan: Plan,
    estimates: tuple[Estimate, ...],
    controls: tuple[ControlResult, ...],
    others: tuple[Pledge, ...],
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
            pledge=other.id,
            title=other.title,
            starts=other.starts,
            days_before=(pledge.starts - other.starts).days,
            told_apart_by=telling.get(other.id),
        )
        for other in sorted(others, key=lambda one: (one.starts or one.announced, one.id))
        if other.id != pledge.id
        and other.kind not in UNCHANGING
        and other.starts is not None
        and other.starts in days
    )
