"""The questions that ask for a count and not for a rate, and the days that each is asked of."""

from wordkept.model import DailySeries, Finding, Parts, Plan, Pledge
from wordkept.period import Period
from wordkept.protocol.delivery import reckon_delivery, term_of
from wordkept.protocol.only import reckon_only, tallied
from wordkept.protocol.reckoning import Reckoning, audited
from wordkept.protocol.upkeep import reckon_upkeep, upkeep_term
from wordkept.protocol.windows import compared_days, window_of


def asked_days(pledge: Pledge, plan: Plan) -> tuple[Period, Period]:
    """The days whose record is audited, and those of them on which the pledge is tested."""
    if plan.question == "delivers":
        return term_of(pledge), term_of(pledge)
    if plan.question == "holds":
        return upkeep_term(pledge, plan), upkeep_term(pledge, plan)
    window = window_of(pledge, plan)
    return (window if plan.question == "only" else compared_days(pledge, plan)), window


def reckon(
    pledge: Pledge,
    plan: Plan,
    series: tuple[DailySeries, ...],
    parts: tuple[Parts, ...],
    findings: tuple[Finding, ...],
) -> Reckoning:
    """The count that a plan asks for, from the record or from a published count, and its verdict.

    Raises ValueError for a plan that asks about a rate.
    """
    if plan.question == "only":
        sorted_parts = tallied(plan.tally) if plan.tally else parts
        return reckon_only(plan, sorted_parts, audited(findings))
    if plan.question == "delivers":
        return reckon_delivery(pledge, plan, series, findings)
    if plan.question == "holds":
        return reckon_upkeep(pledge, plan, series, findings)
    raise ValueError(f"{plan.question} asks about a rate")
