"""What a plan asks, sentence by sentence: of each question its own parts, and no others."""

from collections.abc import Iterator

from wordkept import prose
from wordkept.dossier.records import filters
from wordkept.model import RATES, Plan, Selection

ASKED = {
    "falls": "It asks whether a rate fell, and how far.",
    "rises": "It asks whether a rate rose, and how far.",
    "ceases": "It asks whether the act ceased: whether its rate fell, and whether any of it is "
    "left on record.",
    "only": "It asks whether only what was declared was chosen: what share lies outside it.",
    "delivers": "It asks whether a number was reached by a day.",
    "holds": "It asks whether something was there all through a term.",
}


def plan_sentences(plan: Plan) -> tuple[str, ...]:
    """What the plan counts, over which days, what it calls kept, and which errors it allows for."""
    of_its_kind = _of_rate(plan) if plan.question in RATES else _of_count(plan)
    return (ASKED[plan.question], *_counted_where(plan), *of_its_kind)


def _counted_where(plan: Plan) -> Iterator[str]:
    if plan.tally is not None:
        yield (
            f"Counted by {plan.tally.counted_by} and published on "
            f"{prose.day(plan.tally.published)}, not by wordkept: {plan.tally.unit}."
        )
        return
    yield f"Counted in {plan.primary.dataset}: {_what(plan.primary)}."
    if plan.allowed is not None:
        yield f"Within what was declared: {_what(plan.allowed)}."
    if plan.effort is not None:
        yield (
            f"Rates are per unit of effort: {plan.effort.label or _what(plan.effort)} "
            f"({plan.effort.dataset})."
        )


def _of_rate(plan: Plan) -> Iterator[str]:
    side = "at or over" if plan.question == "rises" else "at or under"
    days = [
        f"{base.days} days" + (f", {base.donut_days} just before left out" * bool(base.donut_days))
        for base in plan.baselines
    ]
    yield f"Window: {plan.window_days} days{_grace(plan)}. Baselines: {'; '.join(days)}."
    yield (
        f"Counts as kept: {side} {prose.percent(plan.threshold)} of the level before.{_why(plan)}"
    )
    if plan.question == "ceases":
        yield f"To its letter: no more than mistakes would lay there. {_mistakes(plan)}"
    yield f"Reporting may have changed by a factor of {plan.reporting_allowance:g} either way."
    yield f"A change counts as more than ordinary at {prose.chances(plan.alpha)} or rarer."


def _of_count(plan: Plan) -> Iterator[str]:
    share = prose.percent(plan.threshold)
    if plan.question == "only":
        if plan.tally is None:
            yield f"Window: {plan.window_days} days{_grace(plan)}."
        yield f"Counts as kept: at most {share} outside what was declared.{_why(plan)}"
        yield _mistakes(plan)
        yield (
            "More outside than that counts as broken where mistakes alone would give as many at "
            f"{prose.chances(plan.alpha)} or rarer."
        )
    elif plan.question == "delivers":
        yield f"Counts as kept: at least {share} of {plan.amount or 0:,}.{_why(plan)}"
    else:
        yield (
            f"Counts as kept: it stands in the record in at least {share} of the stretches of "
            f"{plan.stretch_days} days that the term{_grace(plan)} is cut into.{_why(plan)}"
        )


def _why(plan: Plan) -> str:
    return f" Why: {plan.threshold_reason}" if plan.threshold_reason else ""


def _grace(plan: Plan) -> str:
    return f", after {plan.grace_days} days of grace" if plan.grace_days else ""


def _mistakes(plan: Plan) -> str:
    taken = f"{prose.percent(plan.misclassified)} of events are taken to be laid or sorted wrongly."
    return f"{taken} {plan.misclassified_reason}".strip()


def _what(selection: Selection) -> str:
    parts = (selection.label, filters(selection))
    return "; ".join(part for part in parts if part) or "all events"
