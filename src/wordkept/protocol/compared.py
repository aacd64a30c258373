"""What is compared once it is known how much is on record, and by what effort it was seen."""

from dataclasses import dataclass
from datetime import date

from wordkept.model import Completeness, DailySeries, Estimate, Plan, Pledge
from wordkept.protocol.completeness import (
    as_compared,
    completeness,
    completeness_by_day,
    completeness_gates,
    inflated,
    ripe,
)
from wordkept.protocol.effort import effort_gates
from wordkept.protocol.estimates import estimate_all
from wordkept.protocol.evidence import Evidence, known_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The series of a plan, made ready: cut or raised where reports are still to come."""

    plan: Plan
    """With its window as it was cut; what was registered stays with the pledge."""
    completeness: Completeness | None
    gates: tuple[str, ...]
    """Closed because too little is on record yet, or no rate per unit of effort can be given."""
    bounds: tuple[DailySeries, ...]
    """The primary series as they are, then with what is not yet reported."""
    estimates: tuple[Estimate, ...]
    """Of the primary record: as it is, then with what is not yet reported."""
    others: tuple[tuple[Estimate, ...], ...]
    """Of the other records that are complete enough."""
    ripe: tuple[DailySeries, ...]
    """The primary series without their last, still filling days; raised ones among them."""


def compared(pledge: Pledge, plan: Plan, evidence: Evidence) -> Compared:
    """The estimates of a plan, on the days and at the bounds that reporting allows."""
    on = known_on(evidence, plan.primary.dataset)
    found = _completeness(pledge, plan, evidence, on)
    held = as_compared(plan, found)
    bounds = (*evidence.primary, *_raised(evidence, found, on))
    late = completeness_gates(found, release_known_on=on) if on else ()
    return Compared(
        plan=held,
        completeness=found,
        gates=(*late, *effort_gates(evidence.primary, evidence.effort, pledge, held)),
        bounds=bounds,
        estimates=estimate_all(bounds, pledge, held, evidence.effort),
        others=_others(pledge, held, evidence),
        ripe=_ripened(bounds, evidence, on),
    )


def _completeness(
    pledge: Pledge, plan: Plan, evidence: Evidence, on: date | None
) -> Completeness | None:
    """Of the widest attribution, which holds every event that any bound counts."""
    if on is None or not evidence.primary:
        return None
    widest = evidence.primary[-1]
    return completeness(evidence.triangle, widest, pledge, plan, release_known_on=on)


def _raised(
    evidence: Evidence, found: Completeness | None, on: date | None
) -> tuple[DailySeries, ...]:
    """The primary series with what is still to be reported, where releases show how much."""
    if found is None or on is None or found.share is None:
        return ()
    raised: list[DailySeries] = []
    for one in evidence.primary:
        by_day = completeness_by_day(evidence.triangle, one, release_known_on=on)
        if by_day is not None:
            raised.append(inflated(one, by_day, found))
    return tuple(raised)


def _ripened(
    bounds: tuple[DailySeries, ...], evidence: Evidence, on: date | None
) -> tuple[DailySeries, ...]:
    if on is None:
        return bounds
    return tuple(
        ripe(one, completeness_by_day(evidence.triangle, one, release_known_on=on),
             release_known_on=on)
        for one in bounds
    )  # fmt: skip


def _others(pledge: Pledge, plan: Plan, evidence: Evidence) -> tuple[tuple[Estimate, ...], ...]:
    """The estimates of every other record whose window is on record by now."""
    found: list[tuple[Estimate, ...]] = []
    for group in evidence.others:
        on = known_on(evidence, group[0].dataset)
        late = completeness(None, group[-1], pledge, plan, release_known_on=on) if on else None
        if on is None or not completeness_gates(late, release_known_on=on):
            same = group[0].dataset == plan.primary.dataset
            found.append(estimate_all(group, pledge, plan, evidence.effort if same else None))
    return tuple(found)
