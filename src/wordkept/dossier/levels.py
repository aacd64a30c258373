"""Estimates as they may be printed: counts, the level after, its ranges, and both odds in words."""

from collections.abc import Sequence
from math import ceil

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.gate import Count, count, rule_of
from wordkept.dossier.shown import Level
from wordkept.model import Assessment, Baseline, Estimate, PublicationRule

UNREPORTED = "with what is not yet reported"


def levels(assessment: Assessment) -> tuple[Level, ...]:
    """The estimates of an assessment as the rules of their datasets let them be printed."""
    plan = assessment.pledge.plan
    direction = plan.direction if plan else "falls"
    little = {
        _twin(estimate)
        for estimate in assessment.estimates
        if _small(estimate, rule_of(estimate.dataset, assessment.releases))
    }
    return tuple(
        _level(
            estimate,
            rule_of(estimate.dataset, assessment.releases),
            direction,
            hidden=estimate.inflated and _twin(estimate) in little,
        )
        for estimate in assessment.estimates
    )


def _twin(estimate: Estimate) -> tuple[str, str, Baseline]:
    """What an estimate shares with the same one with what is not yet reported."""
    return estimate.dataset, estimate.attribution, estimate.baseline


def _small(estimate: Estimate, rule: PublicationRule) -> bool:
    """Whether a number that is on record, and not raised, is too small to be printed."""
    if estimate.inflated:
        return False
    counts = (estimate.baseline_events, estimate.window_events)
    return any(count(events, rule).n is None for events in counts)


def withholds(shown: Sequence[Level], dataset: str) -> bool:
    """Whether some count of the dataset is too small to be printed."""
    return any(
        level.before.n is None or level.after.n is None
        for level in shown
        if level.dataset == dataset
    )


def _level(estimate: Estimate, rule: PublicationRule, direction: str, *, hidden: bool) -> Level:
    """One estimate; hidden where it would give a small number on record away."""
    before = count(estimate.baseline_events, rule)
    after = count(estimate.window_events, rule)
    if hidden:
        before = after = Count(n=None, text="withheld")
    whole = before.n is not None and after.n is not None
    closed = rule.allows == "nothing"
    return Level(
        dataset=estimate.dataset,
        attribution=estimate.attribution,
        baseline_days=estimate.baseline.days,
        donut_days=estimate.baseline.donut_days,
        baseline=estimate.baseline_period,
        window=estimate.window,
        before=before,
        after=after,
        inflated=estimate.inflated,
        bound=estimate.attribution + (f", {UNREPORTED}" if estimate.inflated else ""),
        expected=estimate.expected if before.n is not None else None,
        ratio=estimate.ratio if whole else None,
        ratio_low=estimate.ratio_low if whole else None,
        ratio_high=estimate.ratio_high if whole else None,
        ordinary_low=estimate.ordinary_low if whole else None,
        ordinary_high=estimate.ordinary_high if whole else None,
        p_shift=None if closed else estimate.p_shift,
        p_level=None if closed else estimate.p_level,
        p=None if closed else estimate.p,
        text=_text(estimate, before, after, rule),
        ordinary=_ordinary(estimate) if whole else "withheld",
        chance="withheld" if closed else _chance(estimate, direction),
    )


def _text(estimate: Estimate, before: Count, after: Count, rule: PublicationRule) -> str:
    if rule.allows == "nothing" or before.n is None:
        return "withheld"
    if after.n is None:
        return _ceiling(estimate, rule.at_least)
    if estimate.ratio is None:
        return "no level: nothing was counted before"
    if estimate.ratio_low is None or estimate.ratio_high is None:
        return prose.percent(estimate.ratio)
    around = prose.percents(estimate.ratio_low, estimate.ratio_high)
    return f"{prose.percent(estimate.ratio)} ({around})"


def _ceiling(estimate: Estimate, at_least: int) -> str:
    """The level that the smallest printable count would give, which says nothing of the count."""
    if not estimate.baseline_events or not estimate.expected:
        return "no level: nothing was counted before"
    return f"under {ceil(round(100 * at_least / estimate.expected, 9))} %"


def _ordinary(estimate: Estimate) -> str:
    if estimate.ordinary_low is None or estimate.ordinary_high is None:
        return "too short a record"
    return prose.percents(estimate.ordinary_low, estimate.ordinary_high)


def _chance(estimate: Estimate, direction: str) -> str:
    if estimate.ratio is not None and claims.unmoved(estimate.ratio, direction):
        return "it did not fall" if direction == "falls" else "it did not rise"
    shift = claims.by_shift(estimate.p_shift, direction=direction)
    forecast = claims.by_forecast(estimate.p_level, direction=direction)
    return f"{shift}; {forecast}"
