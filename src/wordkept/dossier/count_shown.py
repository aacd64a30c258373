"""A count held against the number asked for, as it may be printed: its parts and its words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from math import ceil, floor

from wordkept import prose
from wordkept.dossier.evidence import ShownCount, ShownPart, ShownTally
from wordkept.dossier.gate import count, rule_of
from wordkept.dossier.quotes import linkable
from wordkept.model import Assessment, Behind, Count, Part, Plan, PublicationRule, Question, Tally
from wordkept.period import Period

PART_WORDS: Mapping[Part, str] = {
    "before": "Before", "after": "After", "within": "Within", "outside": "Outside",
    "unplaced": "Not placed", "delivered": "Delivered", "shown": "Stretch",
}  # fmt: skip
"""What the page calls each part of a count."""
MADE_OF: Mapping[Question, str] = {
    "only": "The least outside is what lies outside at the surest attribution. The most is what "
    "lies outside or could not be placed at the widest; with what lies within it is the whole.",
    "holds": "A stretch shows it where an event is counted in it.",
}
"""How the numbers of a count are the sums of its parts, where it does not go without saying."""


def small_count(assessment: Assessment, dataset: str, rule: PublicationRule) -> bool:
    """Whether a count of the dataset, or what it leaves, is too small to be printed."""
    made = assessment.count
    if made is None or made.dataset != dataset or made.question == "holds":  # stretches, not events
        return False
    within: tuple[int, ...] = ()
    if made.question == "only" and made.of is not None:
        within = (made.of, made.of - made.high, made.of - made.low)
    numbers = (made.low, made.high, made.high - made.low, *within)
    return any(count(number, rule).n is None for number in numbers)


def counted_days(assessment: Assessment) -> set[tuple[Period, int]]:
    """The days on which a printed count, or a completeness, may be a sum, with what it is."""
    plan, pledge, made = assessment.pledge.plan, assessment.pledge, assessment.count
    found: set[tuple[Period, int]] = set()
    if assessment.completeness is not None:
        days = assessment.completeness.cut_to or assessment.completeness.window
        found.add((days, assessment.completeness.reported))
    if made is None or plan is None or pledge.starts is None:
        return found
    window = Period.of(pledge.starts + timedelta(days=plan.grace_days), days=plan.window_days)
    stretches = [window]
    if pledge.ends is not None and pledge.ends >= pledge.starts:
        term = Period(pledge.starts, pledge.ends)
        stretches += [term, window.meet(term) or term]
    numbers = [made.low, made.high, *([made.of] if made.of is not None else [])]
    return found | {(days, number) for days in stretches for number in numbers}


def shown_count(assessment: Assessment, *, small_inside: bool) -> ShownCount | None:
    """The count of an assessment as its record's rule lets it be printed; None without one.

    A published count stands in no dataset, and is printed as it was published.
    """
    made, plan = assessment.count, assessment.pledge.plan
    if made is None or plan is None:
        return None
    if made.dataset is not None:
        rule = rule_of(made.dataset, assessment.releases)
        if rule.allows == "nothing":
            return _kept_back(made, "Withheld: nothing drawn from this record may be published.")
        if small_inside or small_count(assessment, made.dataset, rule):
            return _kept_back(
                made, f"Withheld: a number in it could stand for fewer than {rule.at_least} events."
            )
    return ShownCount(
        question=made.question,
        dataset=made.dataset,
        unit=made.unit,
        low=made.low,
        high=made.high,
        of=made.of,
        share_low=made.share_low,
        share_high=made.share_high,
        needed=made.needed,
        by_misclassification=made.by_misclassification,
        p=made.p,
        needed_text=_needed(made),
        mistakes_text=_mistakes(made),
        parts=_parts(made, plan),
        sentence=made.sentence,
        tipping=made.tipping,
        chance=_chance(made),
        tally=_tally(plan.tally) if plan.tally and made.dataset is None else None,
    )


def with_rows(
    made: ShownCount | None, assessment: Assessment, behind: Sequence[Behind]
) -> ShownCount | None:
    """The count with what its numbers are made of, or why no row of it is listed."""
    if made is None:
        return None
    if made.dataset is None:
        return replace(made, no_rows=published(assessment))
    own = _own(made, assessment, behind)
    rule = rule_of(made.dataset, assessment.releases)
    if rule.allows != "rows" or any(one.events is None for one in own):
        return replace(made, no_rows=unlisted(made.dataset, assessment))
    parts = tuple(
        ShownPart(part=one.part, attribution=one.attribution, days=one.days,
                  events=one.counted or 0, rows=one.rows or 0, word=PART_WORDS[one.part])
        for one in own
    )  # fmt: skip
    return replace(made, behind=parts, made_of=MADE_OF.get(made.question, "") if parts else "")


def unlisted(dataset: str, assessment: Assessment) -> str:
    """By whose terms no row of a dataset is listed, in a sentence."""
    rule, releases = rule_of(dataset, assessment.releases), assessment.releases
    title = next((one.title for one in releases if one.dataset == dataset), dataset)
    return f"{title}: no row of it is listed, by these terms: {rule.terms}"


def published(assessment: Assessment) -> str:
    """Why no row stands behind a published count, in a sentence; empty of any other."""
    plan = assessment.pledge.plan
    if plan is None or plan.tally is None:
        return ""
    return (
        f"It is a count that {plan.tally.counted_by} published on "
        f"{prose.day(plan.tally.published)}; wordkept holds none of its rows."
    )


def _own(made: ShownCount, assessment: Assessment, behind: Sequence[Behind]) -> tuple[Behind, ...]:
    """The parts of a count; of `ceases` its two numbers stand among those of its rate."""
    own = [one for one in behind if one.pledge == assessment.pledge.id]
    plan = assessment.pledge.plan
    if made.question != "ceases" or plan is None:
        return tuple(one for one in own if one.part not in ("before", "after"))
    ends = {plan.primary.attributions[0]: made.low, plan.primary.attributions[-1]: made.high}
    return tuple(
        replace(one, counted=ends[one.attribution])
        for one in own
        if one.dataset == made.dataset and one.part == "after" and one.attribution in ends
    )


def _kept_back(made: Count, why: str) -> ShownCount:
    return ShownCount(
        question=made.question, dataset=made.dataset, unit=made.unit, low=None, high=None, of=None,
        share_low=None, share_high=None, needed=None, by_misclassification=None, p=None,
        needed_text="", mistakes_text="", parts=(), sentence=why, tipping="", chance="", tally=None,
    )  # fmt: skip


def _needed(made: Count) -> str:
    if made.question == "ceases":
        return "to the letter: none"
    needed = round(made.needed, 9)  # a share of a whole number, its rounding error forgiven
    if made.question == "only":
        return f"counts as kept: at most {floor(needed):,}"
    return f"counts as kept: at least {ceil(needed):,}"


def _mistakes(made: Count) -> str:
    if made.by_misclassification is None:
        return ""
    number = f"{made.by_misclassification:.1f}".removesuffix(".0")
    return f"mistakes alone: about {number}"


def _parts(made: Count, plan: Plan) -> tuple[tuple[str, int], ...]:
    """The whole, cut in three: what is certain, what is doubtful, and the rest."""
    doubt = made.high - made.low
    rest = max((made.of or made.high) - made.high, 0)
    doubtful = "not placed" if plan.tally is not None else "doubtful"
    names = {
        "only": ("outside", doubtful, "within"),
        "delivers": ("on record", "doubtful", "not on record"),
        "holds": ("show it", "doubtful", "without"),
    }.get(made.question, ("at the surest attribution", "more at the widest", ""))
    cut = zip(names, (made.low, doubt, rest), strict=True)
    return tuple((name, number) for name, number in cut if name)


def _chance(made: Count) -> str:
    """How often mistakes or gaps alone would give as much, where the sentence does not say it."""
    if made.p is None or made.question not in ("only", "holds"):
        return ""
    often = prose.chances(made.p)
    if made.question == "holds":
        return f"The record's ordinary gaps alone would leave as many empty in {often} such terms."
    return (
        "Were as many outside as still count as kept, mistakes alone would bring the number to "
        f"{made.low:,} or more in {often} such counts."
    )


def _tally(tally: Tally) -> ShownTally:
    return ShownTally(
        counted_by=tally.counted_by, citation=tally.citation, url=linkable(tally.url),
        published=tally.published, unit=tally.unit, total=tally.total, within=tally.within,
        outside=tally.outside, unplaced=tally.unplaced,
    )  # fmt: skip
