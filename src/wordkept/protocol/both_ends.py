"""A verdict held at both ends: every row its own event, and rows merged that may be one event.

What is counted is an interval from all merged to none merged (METHOD step 4, after Manski 1990):
a verdict that is another at its other end is none.
"""

from collections.abc import Callable
from dataclasses import replace

from wordkept.model import Assessment, Finding, Verdict
from wordkept.prose import percents

CHECK = "both ends"
"""The audit's name for the finding that says what merging does to a verdict."""


def held_at_both(counted: Assessment, merged: Assessment) -> Assessment:
    """What was found with rows counted each for itself, where it holds with them merged too.

    Where the two words differ it is "cannot tell". The range and p are those of both ends.
    """
    same = counted.verdict.word == merged.verdict.word
    held = replace(
        counted,
        p=_extreme(max, counted.p, merged.p),
        p_void=counted.p_void or merged.p_void,
        range_low=_extreme(min, counted.range_low, merged.range_low),
        range_high=_extreme(max, counted.range_high, merged.range_high),
        findings=(*counted.findings, _finding(counted, merged, same=same)),
    )
    if same or counted.verdict.word == "cannot tell":
        return held
    return replace(held, tipping=None, verdict=_open(counted, merged))


def _extreme(which: Callable[[list[float]], float], *values: float | None) -> float | None:
    """The lowest or highest of some values; None where one is missing."""
    present = [value for value in values if value is not None]
    return which(present) if len(present) == len(values) else None


def _finding(counted: Assessment, merged: Assessment, *, same: bool) -> Finding:
    """What merging does to the verdict; with figures only where rows may be published."""
    one, other = counted.verdict.word, merged.verdict.word
    does = (
        f'the verdict is "{one}" all the same: it holds at both ends.' if same
        else f'the verdict would be "{other}" and not "{one}": it does not hold at both ends.'
    )  # fmt: skip
    return Finding(
        check=CHECK,
        outcome="passed" if same else "failed",
        dataset=counted.releases[0].dataset,
        sentence=f"With the rows merged that may be one event{_levels(counted, merged)} {does}",
    )


def _levels(counted: Assessment, merged: Assessment) -> str:
    """The level after at each end, where the publisher lets rows be shown; a comma elsewhere."""
    if any(release.publication.allows != "rows" for release in counted.releases):
        return ","
    with_rows, with_merged = _ratios(counted), _ratios(merged)
    if with_rows is None or with_merged is None:
        return ","
    return (
        f" the window stands at {percents(*with_merged)} of the level before, where with every "
        f"row counted it stands at {percents(*with_rows)};"
    )


def _ratios(found: Assessment) -> tuple[float, float] | None:
    """The lowest and the highest ratio of the primary record; None where any has none."""
    plan = found.pledge.plan
    if plan is None or found.range_low is None or found.range_high is None:
        return None
    allowance = plan.reporting_allowance
    return found.range_low * allowance, found.range_high / allowance


def _open(counted: Assessment, merged: Assessment) -> Verdict:
    """Cannot tell: the word is another at the other end, with what was said at each."""
    one, other = counted.verdict, merged.verdict
    sentence = (
        f'with every row counted the verdict is "{one.word}", with the rows merged that may be one '
        f'event it is "{other.word}", and a verdict must hold at both ends.'
    )
    reason = f"{sentence[0].upper()}{sentence[1:]}"
    return Verdict(
        word="cannot tell",
        sentence=f"Cannot tell: {sentence}",
        why_not_higher=(reason,),
        why_not_lower=(reason,),
        gates=(reason,),
    )
