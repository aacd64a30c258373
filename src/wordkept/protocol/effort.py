"""Observation effort: whether a rate per unit of it can be given, and what leaving it out says.

Patrol hours, posts open, cameras, days with internet: who looks half as long sees half as much.
The rates themselves are made where all rates are, in `protocol/estimates.py`.
"""

from wordkept.model import DailySeries, EffortCheck, Estimate, Plan, Pledge
from wordkept.period import Period
from wordkept.prose import count, day, percent
from wordkept.protocol.estimates import counts_in, estimate_all, frames_seen
from wordkept.protocol.windows import Frame, compared_days, covered_by, frames

TOO_MANY_UNSEEN = 0.2
"""Where over this share of the events fall on days without effort, it is not what found them: the
audit's own bound for events that it cannot lay on a day (`TOO_MANY_LEFT_OUT`)."""
WHOLE_FROM = 10
"""Means of this size and over are printed without a decimal."""


def effort_check(
    primary: tuple[DailySeries, ...], effort: DailySeries | None, pledge: Pledge, plan: Plan
) -> EffortCheck | None:
    """What leaving the effort out would have said, at the surest bound and the first baseline.

    None where the plan brings no effort, or no rate per unit of it can be given.
    """
    if effort is None or not primary:
        return None
    surest = primary[:1]
    within = estimate_all(surest, pledge, plan, effort)
    if not within:
        return None
    chosen = within[0]
    before = _mean(effort, chosen.baseline_period)
    after = _mean(effort, chosen.window)
    without = next(
        (one.ratio for one in estimate_all(surest, pledge, plan)
         if one.baseline == chosen.baseline), None,
    )  # fmt: skip
    return EffortCheck(
        dataset=effort.dataset,
        label=effort.label,
        effort_baseline=before,
        effort_window=after,
        ratio_with=chosen.ratio,
        ratio_without=without,
        sentence=_sentence(effort.label, (before, after), chosen, without, plan),
    )


def effort_gates(
    series: tuple[DailySeries, ...], effort: DailySeries | None, pledge: Pledge, plan: Plan
) -> tuple[str, ...]:
    """Why no rate per unit of effort can be given, each in a sentence; none where it can.

    None either where the plan asks for no effort, or the record alone would not bear the question.
    """
    if plan.effort is None or not series:
        return ()
    if effort is None:
        label = plan.effort.label or plan.effort.dataset
        return (f"The plan divides events by {label}, of which nothing is on record.",)
    laid = frames(pledge, plan, covered_by(series[0]))
    if not laid:
        return ()
    if not frames_seen(series[0], pledge, plan, effort):
        return (_missing(series[0], effort, laid, pledge, plan),)
    unseen = _unseen(series[-1], effort, pledge, plan)
    return (unseen,) if unseen else ()


def _missing(
    series: DailySeries, effort: DailySeries, laid: tuple[Frame, ...], pledge: Pledge, plan: Plan
) -> str:
    """Which days lack effort, in a sentence."""
    both = covered_by(series).meet(covered_by(effort))
    if not both or not frames(pledge, plan, both):
        held = f"from {day(effort.start)} to {day(effort.end)}"
        return (f"The record of {effort.label} runs {held}: it does not cover the window and half "
                "of a baseline, so no rate per unit of it can be given.")  # fmt: skip
    window = laid[0].window
    where = "in the whole window" if not _mean(effort, window) else "in any whole baseline"
    return f"The record shows no {effort.label} {where}: what nobody looked for cannot be counted."


def _unseen(series: DailySeries, effort: DailySeries, pledge: Pledge, plan: Plan) -> str | None:
    """A sentence where too many events fall on days on which nobody is said to have looked."""
    days = compared_days(pledge, plan).meet(covered_by(series))
    days = days.meet(covered_by(effort)) if days else None
    if days is None:
        return None
    counts, units = counts_in(series, days), counts_in(effort, days)
    every, blind = int(counts.sum()), int(counts[units == 0].sum())
    if not every or blind / every <= TOO_MANY_UNSEEN:
        return None
    return (
        f"Of the {count(every, 'event')} on the days compared, {blind:,} ({percent(blind / every)})"
        f" fall on days without any {effort.label}: the record was made by other means as well, and"
        " no rate per unit of it can be given."
    )


def _mean(effort: DailySeries, days: Period) -> float:
    return float(counts_in(effort, days).mean())


def _sentence(
    label: str, means: tuple[float, float], chosen: Estimate, without: float | None, plan: Plan
) -> str:
    before, after = means
    level = f"{_amount(after)} a day in the window against {_amount(before)} before"
    effort = f"Effort ({label}) stood at {level}, {percent(after / before)} of its level."
    if chosen.ratio is None or without is None:
        return f"{effort} The baseline holds no event to compare with."
    held = f"Per unit of it, events stood at {percent(chosen.ratio)} of their level before"
    sentence = f"{effort} {held}; left out, they would have seemed to stand at {percent(without)}."
    if _reaches(without, plan) == _reaches(chosen.ratio, plan):
        return sentence
    outcome = "have seemed to be reached" if _reaches(without, plan) else "not have been seen"
    return f"{sentence} What the plan counts as kept would then {outcome}."


def _reaches(ratio: float, plan: Plan) -> bool:
    return ratio >= plan.threshold if plan.direction == "rises" else ratio <= plan.threshold


def _amount(mean: float) -> str:
    """A mean number of units.

    >>> _amount(121.4), _amount(2.25), _amount(0.0)
    ('121', '2.2', '0.0')
    """
    return f"{mean:,.0f}" if mean >= WHOLE_FROM else f"{mean:.1f}"
