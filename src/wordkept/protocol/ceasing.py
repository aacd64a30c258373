"""The letter of a pledge to cease: what is on record for the days on which there was to be none.

It is held against what would be laid to the party by mistake.
"""

from scipy import special

from wordkept.model import Count, Estimate, Plan, Pledge
from wordkept.prose import chances, count, percent
from wordkept.protocol.counting import first


def letter(pledge: Pledge, plan: Plan, estimates: tuple[Estimate, ...]) -> Count | None:
    """Violations in the window, at the surest and the widest attribution; None where none is known.

    By mistake alone, the plan's share of the party's former rate would be laid to it: the largest
    over baselines, so that the doubt is the party's.
    """
    if plan.question != "ceases" or not estimates:
        return None
    surest, widest = plan.primary.attributions[0], plan.primary.attributions[-1]
    on_record = [one for one in estimates if not one.inflated]
    known = {one.attribution: one.window_events for one in on_record}
    former = [one.expected for one in on_record if one.attribution == surest]
    if surest not in known or widest not in known:
        return None
    low, by_mistake = known[surest], plan.misclassified * max(former)
    p = by_chance(low, by_mistake)
    return Count(
        question="ceases",
        dataset=estimates[0].dataset,
        unit=plan.primary.label or "recorded events",
        low=low,
        high=known[widest],
        of=None,
        needed=0.0,
        by_misclassification=by_mistake,
        p=p,
        tipping=_tipping(plan, low, by_mistake),
        sentence=_sentence(pledge, plan, low, by_mistake),
    )


def by_chance(events: int, mean: float) -> float:
    """How often a count of some mean comes out at so many events or more, days apart by luck.

    >>> round(by_chance(3, 1.0), 3), by_chance(0, 1.0), by_chance(2, 0.0)
    (0.08, 1.0, 0.0)
    """
    if events <= 0:
        return 1.0
    return float(special.pdtrc(events - 1, mean)) if mean > 0 else 0.0


def broken(counted: Count | None, plan: Plan) -> bool:
    """Whether more stand in the record than mistakes alone would lay to the party."""
    return counted is not None and counted.p is not None and counted.p <= plan.alpha


def _sentence(pledge: Pledge, plan: Plan, low: int, by_mistake: float) -> str:
    surest = plan.primary.attributions[0]
    if not low:
        return f"The record holds no event at {surest} attribution inside the window."
    rest = (
        " Whether any falls under the exceptions named, the record does not say."
        if pledge.exceptions
        else ""
    )
    return (
        f"It was a pledge to cease, and the record holds {count(low, 'event')} at {surest} "
        f"attribution inside the window; mistakes in {percent(plan.misclassified)} of events at "
        f"the former rate would lay about {by_mistake:.1f} there, and {low:,} or more in "
        f"{chances(by_chance(low, by_mistake))} such windows.{rest}"
    )


def _tipping(plan: Plan, low: int, by_mistake: float) -> str:
    if not low:
        return "One event laid to the party by mistake would not break its letter."
    if by_chance(low, by_mistake) > plan.alpha:
        return "As many may have been laid to the party by mistake."
    wrong = first(lambda n: by_chance(low - n, by_mistake) > plan.alpha, low) or low
    return f"Its letter would stand unbroken if {wrong:,} of the {low:,} were not its own."
