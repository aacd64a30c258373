"""One pledge, its evidence, and everything that is found about it."""

from dataclasses import replace
from datetime import date

from wordkept.model import (
    COUNTED,
    Assessment,
    Comparison,
    Count,
    Curve,
    DailySeries,
    Estimate,
    Plan,
    Pledge,
    Stratum,
    Verdict,
)
from wordkept.prose import percents
from wordkept.protocol.baselines import record_findings
from wordkept.protocol.both_ends import held_at_both
from wordkept.protocol.calibration import caution_of, stratum_of
from wordkept.protocol.ceasing import letter
from wordkept.protocol.compared import Compared, compared
from wordkept.protocol.comparisons import comparisons
from wordkept.protocol.completeness import ripe
from wordkept.protocol.concurrent import concurrent_declarations, next_change
from wordkept.protocol.controls import control_results
from wordkept.protocol.curve import specification_curve
from wordkept.protocol.curve_step import curve_step
from wordkept.protocol.durability import durability
from wordkept.protocol.effort import effort_check
from wordkept.protocol.estimates import weighed_p, widened_range
from wordkept.protocol.evidence import Evidence, Setting, known_on
from wordkept.protocol.gates import closed_gates
from wordkept.protocol.kinds import reckon
from wordkept.protocol.reading import reading_of
from wordkept.protocol.steps import Doubts, Step, steps_down
from wordkept.protocol.tipping import tipping_points
from wordkept.protocol.verdict import gated, not_testable, reached
from wordkept.protocol.windows import window_of


def assess_pledge(pledge: Pledge, evidence: Evidence, setting: Setting) -> Assessment:
    """Steps 2 to 9 of the protocol for one pledge; the same whatever order events came in."""
    plan = pledge.plan
    if plan is None or not setting.testability.testable:
        return Assessment(
            pledge=pledge, fixing=setting.fixing, as_of=setting.as_of,
            releases=evidence.releases, testability=setting.testability,
            findings=evidence.findings, verdict=not_testable(setting.testability),
        )  # fmt: skip
    asked = _reckoned if plan.question in COUNTED else _assessed
    found = asked(pledge, plan, evidence, setting)
    if evidence.merged is None:
        return found
    return held_at_both(found, asked(pledge, plan, evidence.merged, setting))


def _reckoned(pledge: Pledge, plan: Plan, evidence: Evidence, setting: Setting) -> Assessment:
    """Of a pledge that is not about a rate: the count, and what it comes to."""
    found = reckon(pledge, plan, evidence.primary, evidence.parts, evidence.findings)
    return Assessment(
        pledge=pledge, fixing=setting.fixing, as_of=setting.as_of,
        releases=evidence.releases, testability=setting.testability,
        findings=evidence.findings, series=evidence.primary,
        count=found.count, verdict=found.verdict,
    )  # fmt: skip


def _assessed(pledge: Pledge, plan: Plan, evidence: Evidence, setting: Setting) -> Assessment:
    held = compared(pledge, plan, evidence)
    curve = _curve(pledge, held.plan, evidence, setting)
    doubts = _doubts(pledge, held, evidence, setting, curve)
    estimates = held.estimates
    caution = caution_of(evidence.primary, pledge) if held.plan.question != "rises" else 1.0
    p, void = weighed_p(estimates, caution)
    low, high = widened_range(estimates) or (None, None)
    gates = (*held.gates, *closed_gates(evidence.findings, held.bounds, estimates, held.plan))
    verdict = _verdict(pledge, held, (p, void), gates, steps_down(held.plan, doubts))
    own = record_findings(pledge, held.plan, evidence.primary, estimates)
    return Assessment(
        pledge=pledge,
        fixing=setting.fixing,
        as_of=setting.as_of,
        releases=evidence.releases,
        testability=setting.testability,
        findings=(*evidence.findings, *own),
        series=_all_series(evidence),
        estimates=(*estimates, *(one for group in held.others for one in group)),
        p=p,
        caution=caution,
        p_void=void,
        range_low=low,
        range_high=high,
        durability=doubts.held,
        tipping=None if gates or low is None else tipping_points(estimates, held.plan),
        controls=doubts.controls,
        concurrent=doubts.concurrent,
        curve=curve,
        comparisons=_beside(pledge, held.plan, evidence),
        completeness=held.completeness,
        effort=effort_check(evidence.primary, evidence.effort, pledge, held.plan),
        count=doubts.letter,
        stratum=_stratum(pledge, held.plan, evidence),
        verdict=_with_letter(verdict, doubts.letter),
    )


def _doubts(
    pledge: Pledge, held: Compared, evidence: Evidence, setting: Setting, curve: Curve | None
) -> Doubts:
    """What was found beside the counts that may take the verdict down."""
    plan, estimates = held.plan, held.estimates
    controls = control_results(evidence.primary, evidence.controls, pledge, plan)
    return Doubts(
        held=durability(held.ripe, estimates, pledge, plan, evidence.effort),
        controls=controls,
        concurrent=concurrent_declarations(pledge, plan, estimates, controls, setting.declared),
        opposing=_opposing(held.others, plan),
        curve=curve_step(curve, plan),
        letter=letter(pledge, plan, estimates),
    )


def _curve(pledge: Pledge, plan: Plan, evidence: Evidence, setting: Setting) -> Curve | None:
    """Every other way to count; none where rates are per effort, which the curve's are not."""
    if plan.effort:
        return None
    variants = tuple(
        replace(one, series=_settled(one.series, evidence, window_of(pledge, plan).end))
        for one in evidence.variants
    )
    changes = next_change(pledge, setting.declared)
    return specification_curve(variants, pledge, plan, changes=changes)


def _settled(series: DailySeries, evidence: Evidence, needed: date) -> DailySeries:
    """The series without days that may still fill, but with all that the plan compares."""
    on = known_on(evidence, series.dataset)
    if on is None or needed < series.start:
        return series
    planned = series.counts[: (needed - series.start).days + 1]
    settled = ripe(series, None, release_known_on=on)
    return settled if len(settled.counts) > len(planned) else replace(series, counts=planned)


def _beside(pledge: Pledge, plan: Plan, evidence: Evidence) -> tuple[Comparison, ...]:
    """What moved beside; nothing where rates are per effort, which the companions' are not."""
    if plan.effort or evidence.companions is None:
        return ()
    return comparisons(evidence.primary, evidence.companions, pledge, plan)


def _stratum(pledge: Pledge, plan: Plan, evidence: Evidence) -> Stratum | None:
    if not evidence.primary or plan.effort:
        return None
    return stratum_of(evidence.primary[0], pledge, plan)


def _verdict(
    pledge: Pledge,
    held: Compared,
    chance: tuple[float | None, bool],
    gates: tuple[str, ...],
    steps: tuple[Step, ...],
) -> Verdict:
    estimates, plan = held.estimates, held.plan
    span = widened_range(estimates)
    ratios = [one.ratio for one in estimates if one.ratio is not None]
    raw = (min(ratios), max(ratios)) if span else None
    if gates or span is None or raw is None:
        shut = gates or ("The baseline holds no event to compare with.",)
        return gated(shut, pledge, plan, raw)
    p, void = chance
    return reached(reading_of(span, p, plan, void=void), steps, pledge, plan, raw)


def _with_letter(verdict: Verdict, counted: Count | None) -> Verdict:
    """The verdict with what its letter came to among the reasons, whatever the word is."""
    if counted is None or verdict.word == "kept" or counted.sentence in verdict.why_not_higher:
        return verdict
    return replace(verdict, why_not_higher=(*verdict.why_not_higher, counted.sentence))


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
