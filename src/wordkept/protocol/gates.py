"""What closes the way to any verdict but "cannot tell" (METHOD step 6)."""

from wordkept.model import DailySeries, Estimate, Finding, Plan
from wordkept.prose import count, day


def closed_gates(
    findings: tuple[Finding, ...],
    series: tuple[DailySeries, ...],
    estimates: tuple[Estimate, ...],
    plan: Plan,
) -> tuple[str, ...]:
    """Every gate that is closed, each in a sentence; none where the record may be believed."""
    audited = tuple(one.sentence for one in findings if one.closes_gate)
    missing = _missing(series, estimates, plan)
    thin = _thin(estimates, plan) if estimates else None
    return (*audited, *missing, *([thin] if thin else []))


def _missing(
    series: tuple[DailySeries, ...], estimates: tuple[Estimate, ...], plan: Plan
) -> tuple[str, ...]:
    if not series:
        return ("The record holds no event that the plan would count.",)
    if not estimates:
        days = f"from {day(series[0].start)} to {day(series[0].end)}"
        return (f"What is counted is on record {days}: not the window and half of a baseline.",)
    assessed = {one.attribution for one in estimates}
    return tuple(
        f"Nothing can be estimated at {bound} attribution."
        for bound in plan.primary.attributions
        if bound not in assessed
    )


def _thin(estimates: tuple[Estimate, ...], plan: Plan) -> str | None:
    """The thinnest estimate in a sentence, where it is under the plan's minimum."""
    thinnest = min(estimates, key=lambda one: one.expected)
    if thinnest.expected >= plan.minimum_expected:
        return None
    held = count(thinnest.baseline_events, "event")
    days = count(len(thinnest.baseline_period), "day")
    change = "a halving" if plan.direction == "falls" else "a doubling"
    return (
        f"At {thinnest.attribution} attribution the record holds only {held} in the {days} before: "
        f"{thinnest.expected:.0f} would be expected in the window where the plan asks for "
        f"{plan.minimum_expected}, too few to tell {change} from nothing."
    )
