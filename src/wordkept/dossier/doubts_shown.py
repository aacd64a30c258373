"""What else may explain a change, as it may be printed: what moved beside it, delay and effort."""

import re
from collections.abc import Sequence

from wordkept import prose
from wordkept.dossier.evidence import Beside, Effort, Likeness, Reported
from wordkept.dossier.gate import STRICTNESS, UNKNOWN, count, rule_of, sentence
from wordkept.dossier.levels import withholds
from wordkept.dossier.shown import Level
from wordkept.model import (
    Assessment,
    Comparison,
    ComparisonKind,
    Completeness,
    EffortCheck,
    PublicationRule,
    Stratum,
)

NAMES: dict[ComparisonKind, str] = {
    "ring": "around the area",
    "substitute": "others",
    "elsewhere": "elsewhere",
    "synthetic control": "another method",
    "regression": "another method",
}
METHODS = ("synthetic control", "regression")
"""Comparisons that are made of the pledged series' own counts, or of shares of them."""
SEEN = re.compile(r"([\d,]+) events? in the window")
EXPECTED = re.compile(r"would give ([\d,]+)")
LEAST_BASELINE_DAYS = 14
"""No baseline is shorter, so that what is expected in a window bounds what was counted before."""
UNREAD = (
    "Withheld: the terms of the record keep small numbers back, and this sentence may hold one."
)


def beside(assessment: Assessment, printed: Sequence[Level]) -> tuple[Beside, ...]:
    """The comparisons of an assessment as the strictest rule of its releases lets them stand.

    A comparison does not name its record, so the strictest one is taken for each.
    """
    rules = [rule_of(one.dataset, assessment.releases) for one in assessment.releases]
    rule = min(rules, key=lambda one: (STRICTNESS[one.allows], -one.at_least), default=UNKNOWN)
    small = any(withholds(printed, one.dataset) for one in assessment.releases)
    days = max((len(level.window) for level in printed), default=LEAST_BASELINE_DAYS)
    return tuple(_beside(one, rule, small=small, days=days) for one in assessment.comparisons)


def _beside(one: Comparison, rule: PublicationRule, *, small: bool, days: int) -> Beside:
    closed = rule.allows == "nothing"
    if rule.allows == "aggregates" and rule.at_least > 1:
        closed = small if one.kind in METHODS else not _large(one.sentence, rule.at_least, days)
    said = one.sentence
    if closed:
        said = UNREAD if rule.allows != "nothing" else sentence(said, rule, small_inside=True)
    given = None if closed else one.ratio
    return Beside(
        kind=one.kind,
        name=NAMES[one.kind],
        label=one.label,
        text="withheld" if closed else _level(one),
        chance="" if closed or one.p is None else prose.chances(one.p),
        ratio=given,
        low=None if closed else one.low,
        high=None if closed else one.high,
        p=None if closed else one.p,
        sentence=said,
    )


def _large(text: str, at_least: int, days: int) -> bool:
    """Whether the counts that a companion's sentence gives are large enough to be printed.

    >>> _large("4 events in the window, where the level before would give 30 to 41", 3, 28)
    True
    >>> _large("2 events in the window, where the level before would give 30", 3, 28)
    False
    """
    seen, expected = SEEN.search(text), EXPECTED.search(text)
    if seen is None or expected is None:
        return False
    events, before = (int(found[1].replace(",", "")) for found in (seen, expected))
    rule = PublicationRule(allows="aggregates", at_least=at_least)
    most_per_day = days / LEAST_BASELINE_DAYS
    return count(events, rule).n is not None and before >= at_least * max(most_per_day, 1)


def _level(one: Comparison) -> str:
    if one.ratio is None:
        return "cannot be said"
    if one.low is None or one.high is None:
        return prose.percent(one.ratio)
    return f"{prose.percent(one.ratio)} ({prose.percents(one.low, one.high)})"


def reported(assessment: Assessment, printed: Sequence[Level]) -> Reported | None:
    """How complete the window is, as the record's rule lets it be printed; None if unasked."""
    made = assessment.completeness
    if made is None:
        return None
    rule = rule_of(made.dataset, assessment.releases)
    small = withholds(printed, made.dataset) or count(made.reported, rule).n is None
    return _reported(made, sentence(made.sentence, rule, small_inside=small), small=small)


def _reported(made: Completeness, said: str, *, small: bool) -> Reported:
    return Reported(
        dataset=made.dataset,
        window=made.window,
        cut_to=made.cut_to,
        releases=made.releases,
        reported=None if small else made.reported,
        low=None if small else made.low,
        best=None if small else made.best,
        high=None if small else made.high,
        share=None if small else made.share,
        median_lag_days=None if small else made.median_lag_days,
        sentence=said,
    )


def effort(assessment: Assessment, printed: Sequence[Level]) -> Effort | None:
    """What ignoring effort would have said, as the rules of both records let it be printed."""
    made, plan = assessment.effort, assessment.pledge.plan
    if made is None or plan is None:
        return None
    said, shut = made.sentence, False
    for dataset in (plan.primary.dataset, made.dataset):
        rule = rule_of(dataset, assessment.releases)
        small = withholds(printed, dataset)
        if dataset == made.dataset:
            small = small or _little(made, printed, rule)
        shut = shut or rule.allows == "nothing" or small
        said = sentence(said, rule, small_inside=small)
    return Effort(
        dataset=made.dataset,
        label=made.label,
        effort_baseline=None if shut else made.effort_baseline,
        effort_window=None if shut else made.effort_window,
        ratio_with=None if shut else made.ratio_with,
        ratio_without=None if shut else made.ratio_without,
        sentence=said,
    )


def _little(made: EffortCheck, printed: Sequence[Level], rule: PublicationRule) -> bool:
    """Whether the units of effort on the days compared are too few to be printed."""
    if not printed:
        return True
    before = made.effort_baseline * len(printed[0].baseline)
    after = made.effort_window * len(printed[0].window)
    return any(count(round(units), rule).n is None for units in (before, after))


def likeness(assessment: Assessment) -> Likeness | None:
    """The calibration row in words; None where none speaks of the case, or its record is closed."""
    made, plan = assessment.stratum, assessment.pledge.plan
    if made is None or plan is None:
        return None
    if rule_of(plan.primary.dataset, assessment.releases).allows == "nothing":
        return None
    return Likeness(
        name=made.name,
        series=made.series,
        pledges=made.pledges,
        false_positives=made.false_positives,
        coverage=made.coverage,
        power=made.power,
        words=made.words,
        sentence=likeness_sentence(made),
        rows=tuple((_truth(truth), _hundredths(shares)) for truth, shares in made.words),
    )


def likeness_sentence(made: Stratum) -> str:
    """How often the protocol was right on series like the one at hand, in words."""
    tried = prose.count(made.pledges, "placebo pledge")
    return (
        f"This protocol was tried on {tried}, dates on which nothing is known to have been "
        f"declared, on {prose.count(made.series, 'series', 'series')} like this one ({made.name}). "
        f"It took ordinary ups and downs for a change in {_of_100(made.false_positives)}; its "
        f"90 % range held the true level in {_of_100(made.coverage)}; and where events were "
        f"thinned to 35 % it saw the fall in {_of_100(made.power)}."
    )


def _of_100(share: float) -> str:
    """A share as so many of a hundred.

    >>> _of_100(0.073), _of_100(0.0), _of_100(0.004)
    ('7 of 100', 'none of 100', 'fewer than 1 of 100')
    """
    if share == 0:
        return "none of 100"
    hundredths = round(share * 100)
    return f"{hundredths} of 100" if hundredths else "fewer than 1 of 100"


def _truth(ratio: float) -> str:
    if ratio == 0:
        return "nothing left"
    return "no change" if ratio == 1 else f"a fall to {prose.percent(ratio)}"


def _hundredths(shares: tuple[float, float, float, float]) -> tuple[str, str, str, str]:
    kept, partly, missed, open_ = (f"{share * 100:.0f}" for share in shares)
    return kept, partly, missed, open_
