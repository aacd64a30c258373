"""A result in words: the sentence, the counts, the reasons and the doubts."""

import textwrap
from collections.abc import Iterable, Sequence

from wordkept.dossier import claims
from wordkept.dossier.curve_shown import sentence
from wordkept.dossier.doubts_shown import likeness_sentence
from wordkept.dossier.unseen import reveal
from wordkept.model import Assessment, Estimate, Plan
from wordkept.prose import chances, count, day, percent, percents

WIDTH = 80
HEADS = ("Days before", "Before", "After", "Level", "Range", "By itself")
RIGHT = (1, 2)
"""The columns that are figures."""
NOT_REGISTERED = (
    "No plan was registered before the record was looked at: how to count may have been chosen "
    "after the result. A case folder can show that it was not."
)
NOT_AUDITED = (
    "The table brings no rows and no releases: whether collection stopped, reports are still to "
    "come, or events stand twice was not looked at."
)
NOT_RANDOM = (
    "A documented list is not a random sample: a change in who reports looks like a change in "
    "what happens."
)
Section = tuple[str, tuple[str, ...]]


def question(assessment: Assessment) -> str:
    """What was asked, in a sentence."""
    pledge, plan = assessment.pledge, assessment.pledge.plan
    if plan is None or pledge.starts is None:
        return pledge.title
    way = "fell" if plan.direction == "falls" else "rose"
    until = f" to {day(pledge.ends)}" if pledge.ends else ""
    side = "or less" if way == "fell" else "or more"
    return (
        f"Asked: whether {pledge.title} {way} to {percent(plan.threshold)} of their level before, "
        f"{side}, from {day(pledge.starts)}{until}."
    )


def cells(one: Estimate) -> tuple[str, ...]:
    """One estimate as a line of the table, under HEADS."""
    left = f", {one.baseline.donut_days} left out" if one.baseline.donut_days else ""
    ranged = one.ratio_low is not None and one.ratio_high is not None
    return (
        f"{count(len(one.baseline_period), 'day')}{left}",
        f"{one.baseline_events:,}",
        f"{one.window_events:,}",
        percent(one.ratio) if one.ratio is not None else "no level",
        percents(one.ratio_low or 0.0, one.ratio_high or 0.0) if ranged else "-",
        chances(one.p).replace("fewer than", "under") if one.p is not None else "too short",
    )


def note(assessment: Assessment) -> str:
    """How the columns of the table are to be read."""
    plan, estimates = assessment.pledge.plan, assessment.estimates
    if plan is None or not estimates:
        return ""
    window = estimates[0].window
    return (
        f"Before and after: events counted; after is {day(window.start)} to {day(window.end)}, "
        f"{count(len(window), 'day')}. Level: the rate after as a share of the rate before. Range: "
        f"had reporting changed by a factor of {plan.reporting_allowance:g} either way. By "
        f"itself: how often this record shows so large a change; {_side(plan)}."
    )


def _side(plan: Plan) -> str:
    return f"{chances(plan.alpha)} or fewer count as more than its ordinary ups and downs"


def sections(assessment: Assessment) -> tuple[Section, ...]:
    """The reasons and the doubts, each under its heading; none that is empty."""
    verdict = assessment.verdict
    higher = () if verdict.word == "kept" else verdict.why_not_higher
    lower = () if verdict.word == "not kept" else verdict.why_not_lower
    why: tuple[Section, ...] = (("Why not one step up", higher), ("Why not one step down", lower))
    if higher == lower:
        why = (("Why it cannot be told", higher),)
    lasting = (claims.lasting(assessment.durability),) if assessment.durability else ()
    tipping = claims.tipping(assessment.tipping) if assessment.tipping else ()
    found = tuple(one.sentence for one in assessment.findings)
    caution = claims.cautious(assessment.caution)
    every: tuple[Section, ...] = (
        *why,
        ("How long it held", lasting),
        ("Against the control", tuple(one.sentence for one in assessment.controls)),
        ("Every other way to lay the days", _curve(assessment)),
        ("The record", found),
        ("On series like this one", _likeness(assessment)),
        ("How it could be wrong", (*tipping, *([caution] if caution else []), NOT_RANDOM)),
        ("What was not looked at", (NOT_REGISTERED, NOT_AUDITED)),
    )
    return tuple((head, said) for head, said in every if said)


def _curve(assessment: Assessment) -> tuple[str, ...]:
    """What every window and baseline together show; the table is counted in one way alone."""
    curve, plan = assessment.curve, assessment.pledge.plan
    if curve is None or plan is None:
        return ()
    return (sentence(curve, plan, f"stood at {percent(curve.median_ratio)} of"), *curve.left_out)


def _likeness(assessment: Assessment) -> tuple[str, ...]:
    return (likeness_sentence(assessment.stratum),) if assessment.stratum else ()


def text(assessment: Assessment) -> str:
    """The result on a terminal: plain text, at most 80 columns."""
    parts = [_wrapped(assessment.verdict.sentence), _wrapped(question(assessment))]
    if assessment.estimates:
        parts.append("\n".join(_table([cells(one) for one in assessment.estimates])))
        parts.append(_wrapped(note(assessment), indent="  "))
    for head, said in sections(assessment):
        lines = [_wrapped(_capital(one), first="  - ", indent="    ") for one in said]
        parts.append("\n".join([head.upper(), *lines]))
    return "\n\n".join(parts)


def _table(rows: Sequence[tuple[str, ...]]) -> Iterable[str]:
    """Lines under HEADS; where those would be too wide, each row as a sentence."""
    lines = list(_laid(rows))
    if max(map(len, lines)) <= WIDTH:
        return lines
    said = ("; ".join(f"{head.lower()} {cell}" for head, cell in zip(HEADS, row, strict=True))
            for row in rows)  # fmt: skip
    return [_wrapped(one, first="  - ", indent="    ") for one in said]


def _laid(rows: Sequence[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(len(row[at]) for row in (HEADS, *rows)) for at in range(len(HEADS))]
    for row in (HEADS, *rows):
        laid = (
            cell.rjust(width) if at in RIGHT else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"  {'  '.join(laid).rstrip()}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _wrapped(words: str, *, first: str | None = None, indent: str = "") -> str:
    opening = indent if first is None else first
    return textwrap.fill(
        reveal(words), WIDTH, initial_indent=opening, subsequent_indent=indent,
        break_on_hyphens=False,
    )  # fmt: skip
