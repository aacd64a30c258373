"""One pledge, its evidence, and everything that is found about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wordkept.model import (
    Assessment,
    DailySeries,
    Estimate,
    Finding,
    Fixing,
    Plan,
    Pledge,
    Release,
    Testability,
    Verdict,
)
from wordkept.prose import percents
from wordkept.protocol.baselines import record_findings
from wordkept.protocol.concurrent import concurrent_declarations
from wordkept.protocol.controls import control_results
from wordkept.protocol.durability import durability
from wordkept.protocol.estimates import combined_p, estimate_all, widened_range
from wordkept.protocol.gates import closed_gates
from wordkept.protocol.reading import reading_of
from wordkept.protocol.steps import Doubts, Step, steps_down
from wordkept.protocol.tipping import tipping_points
from wordkept.protocol.verdict import gated, not_testable, reached


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What surrounds a pledge: when its plan was fixed, what else was declared, and the day."""

    fixing: Fixing
    testability: Testability
    declared: tuple[Pledge, ...]
    """Every pledge of the case, this one among them or not."""
    as_of: date


def assess_pledge(pledge: Pledge, evidence: Evidence, setting: Setting) -> Assessment:
    """Steps 2 to 9 of the protocol for one pledge; the same whatever order events came in."""
    plan = pledge.plan
    if plan is None or not setting.testability.testable:
        return Assessment(
            pledge=pledge, fixing=setting.fixing, as_of=setting.as_of,
            releases=evidence.releases, testability=setting.testability,
            findings=evidence.findings, verdict=not_testable(setting.testability),
        )  # fmt: skip
    return _assessed(pledge, plan, evidence, setting)


def _assessed(pledge: Pledge, plan: Plan, evidence: Evidence, setting: Setting) -> Assessment:
    estimates = estimate_all(evidence.primary, pledge, plan)
    others = tuple(estimate_all(one, pledge, plan) for one in evidence.others)
    controls = control_results(evidence.primary, evidence.controls, pledge, plan)
    doubts = Doubts(
        estimates=estimates,
        held=durability(evidence.primary, estimates, pledge, plan),
        controls=controls,
        concurrent=concurrent_declarations(pledge, plan, estimates, controls, setting.declared),
        opposing=_opposing(others, plan),
    )
    span = widened_range(estimates)
    p, void = combined_p(estimates)
    gates = closed_gates(evidence.findings, evidence.primary, estimates, plan)
    return Assessment(
        pledge=pledge,
        fixing=setting.fixing,
        as_of=setting.as_of,
        releases=evidence.releases,
        testability=setting.testability,
        findings=(*evidence.findings, *record_findings(pledge, plan, evidence.primary, estimates)),
        series=_all_series(evidence),
        estimates=(*estimates, *(one for group in others for one in group)),
        p=p,
        p_void=void,
        range_low=span[0] if span else None,
        range_high=span[1] if span else None,
        durability=doubts.held,
        tipping=tipping_points(estimates, plan) if span and not gates else None,
        controls=controls,
        concurrent=doubts.concurrent,
        verdict=_verdict(pledge, plan, estimates, gates, steps_down(pledge, plan, doubts)),
    )


def _verdict(
    pledge: Pledge,
    plan: Plan,
    estimates: tuple[Estimate, ...],
    gates: tuple[str, ...],
    steps: tuple[Step, ...],
) -> Verdict:
    span = widened_range(estimates)
    ratios = [one.ratio for one in estimates if one.ratio is not None]
    raw = (min(ratios), max(ratios)) if span else None
    if gates or span is None or raw is None:
        shut = gates or ("The baseline holds no event to compare with.",)
        return gated(shut, pledge, plan, raw)
    p, void = combined_p(estimates)
    return reached(reading_of(span, p, plan, void=void), steps, pledge, plan, raw)


def _opposing(groups: tuple[tuple[Estimate, ...], ...], plan: Plan) -> tuple[Step, ...]:
    """Other records that could bear the question and say the opposite."""
    found: list[Step] = []
    for estimates in groups:
        span = widened_range(estimates)
        thin = any(one.expected < plan.minimum_expected for one in estimates)
        if span is None or thin:
            continue
        if reading_of(span, None, plan, void=False).missed:
            dataset = estimates[0].dataset
            ratios = [one.ratio for one in estimates if one.ratio is not None]
            stood = percents(min(ratios), max(ratios))
            found.append(Step(
                sentence=f"Under the same plan another record ({dataset}) stood at {stood} of its "
                "level before, short of what counts as kept.",
                clause=f"another record ({dataset}) stood at {stood} of its level before",
            ))  # fmt: skip
    return tuple(found)


def _all_series(evidence: Evidence) -> tuple[DailySeries, ...]:
    controls = (one for one in evidence.controls.values() if one is not None)
    return (*evidence.primary, *(one for group in evidence.others for one in group), *controls)
