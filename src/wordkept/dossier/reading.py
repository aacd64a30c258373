"""The verdict and the sentences around it, kept back where the record's terms ask for it."""

from collections.abc import Sequence

from wordkept.dossier import claims
from wordkept.dossier.count_shown import small_count
from wordkept.dossier.gate import count, rule_of, sentence
from wordkept.dossier.levels import withholds
from wordkept.dossier.plan_shown import plan_sentences
from wordkept.dossier.shown import Level, Reading
from wordkept.model import Assessment, PublicationRule

ORDINARY_DOUBT = (
    "On records of war only steep falls are seen reliably: a moderate one most often ends as "
    '"cannot tell".'
)
NO_CHANGE = {
    "falls": "there is no fall to weigh against its ordinary ups and downs",
    "rises": "there is no rise to weigh against its ordinary ups and downs",
}
NOT_RANDOM = (
    "A documented list is not a random sample: a change in who reports looks like a change in "
    "what happens."
)


def reading(assessment: Assessment, printed: Sequence[Level]) -> Reading:
    """The verdict, its reasons, and the numbers in words, as the terms let them be printed."""
    verdict, plan = assessment.verdict, assessment.pledge.plan
    rules = _rules(assessment, printed)

    def kept(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_gated(text, rules) for text in texts))

    return Reading(
        word=verdict.word,
        sentence=headed(verdict.word, _gated(verdict.sentence, rules)),
        why_not_higher=kept(verdict.why_not_higher),
        why_not_lower=kept(verdict.why_not_lower),
        gates=kept(verdict.gates),
        steps_down=kept(verdict.steps_down),
        how_wrong=kept(_how_wrong(assessment)),
        counted=_counted(assessment, printed),
        durability=kept((claims.lasting(assessment.durability),) if assessment.durability else ()),
        plan=plan_sentences(plan) if plan else (),
    )


def headed(word: str, text: str) -> str:
    """The sentence with its verdict word before it, once.

    >>> headed("not kept", "The record rose."), headed("not kept", "Not kept: it rose.")
    ('Not kept: The record rose.', 'Not kept: it rose.')
    """
    if text.casefold().startswith(word):
        return text
    return f"{word.capitalize()}: {text}"


Guard = tuple[frozenset[str], PublicationRule, bool]
"""Names that a sentence may speak of, the rule, and whether a small count is among its numbers."""


def _rules(assessment: Assessment, printed: Sequence[Level]) -> tuple[Guard, ...]:
    """The guards of the verdict's sentences: the primary's of all, another's of those naming it."""
    plan = assessment.pledge.plan
    guards: list[Guard] = []
    for dataset in dict.fromkeys(release.dataset for release in assessment.releases):
        titles = [one.title for one in assessment.releases if one.dataset == dataset]
        primary = plan is not None and plan.primary.dataset == dataset
        names = frozenset() if primary else frozenset(map(str.casefold, (dataset, *titles)))
        rule = rule_of(dataset, assessment.releases)
        small_inside = (
            withholds(printed, dataset)
            or small_count(assessment, dataset, rule)
            or _small_report(assessment, dataset, rule)
        )
        guards.append((names, rule, small_inside))
    return tuple(guards)


def _small_report(assessment: Assessment, dataset: str, rule: PublicationRule) -> bool:
    """Whether the events of the window on record by now are too few to be printed."""
    made = assessment.completeness
    return made is not None and made.dataset == dataset and count(made.reported, rule).n is None


def _gated(text: str, rules: Sequence[Guard]) -> str:
    folded = text.casefold()
    for names, rule, small_inside in rules:
        if not names or any(name in folded for name in names):
            text = sentence(text, rule, small_inside=small_inside)
    return text


def _how_wrong(assessment: Assessment) -> tuple[str, ...]:
    counted = (assessment.count.tipping,) if assessment.count else ()
    if not assessment.estimates:
        return counted
    points = claims.tipping(assessment.tipping) if assessment.tipping else ()
    return (*points, *counted, NOT_RANDOM, ORDINARY_DOUBT)


def _counted(assessment: Assessment, printed: Sequence[Level]) -> tuple[str, ...]:
    plan = assessment.pledge.plan
    if plan is None or not printed:
        return ()
    own = [level for level in printed if level.dataset == plan.primary.dataset]
    ratios = [level.ratio for level in own if level.ratio is not None]
    if not own or len(ratios) < len(own):
        return _counted_in_part(own)
    moved = claims.change_over_bounds(ratios)
    if all(claims.unmoved(ratio, plan.direction) for ratio in ratios):
        return (f"The count {moved}; {NO_CHANGE[plan.direction]}.",)
    doubt = claims.weighed(
        assessment.p, plan.alpha, void=assessment.p_void, direction=plan.direction
    )
    shifts = [level.p_shift for level in own]
    known = [p for p in shifts if p is not None]
    largest = max(known) if len(known) == len(shifts) else None
    odds = claims.by_shift(largest, direction=plan.direction)
    caution = claims.cautious(assessment.caution)
    return (f"The count {moved}; {odds}.", doubt, *([caution] if caution else []))


def _counted_in_part(own: Sequence[Level]) -> tuple[str, ...]:
    said = dict.fromkeys(level.text for level in own if level.text.startswith(("under", "no ")))
    if not said:
        return ()
    return (f"The level after, where it may be printed: {'; '.join(said)}.",)
