"""From the tagger's labels to spans of the text, with how sure it is of each."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from math import exp, fsum

import numpy as np
from numpy.typing import NDArray

from wordkept.model import Span
from wordkept.reading.attributed import Attributed
from wordkept.reading.linking import Tagspan
from wordkept.reading.tagger import Tagged
from wordkept.reading.tags import ROLES, TERMS, runs
from wordkept.reading.voting import voted_labels, whole_contents

_MEASURE = re.compile(
    r"((?:at least |more than |up to |some |about |around |nearly |almost )?"
    r"(?:\d[\d,.]*(?: per cent)?|(?:a |the |one |two )?(?:vast |overwhelming |great |large |main )?"
    r"(?:majority|bulk|part|half|thirds?|quarters?|remainder|rest)|most|all|some|many|dozens|"
    r"hundreds|thousands)\s+)(?:of\s+)?(?=\w)",
    re.IGNORECASE,
)
"""Words at the head of an object that say how much of it."""
_TO = re.compile(r"\s+(?:to|until|till|through|and|[-–—])\s+(?:the )?", re.IGNORECASE)
"""What stands between the first and the last day of a stretch."""


def role_spans(
    text: str, tagged: Tagged, head: str, rules: Sequence[Attributed] = ()
) -> tuple[Tagspan, ...]:
    """The sources, cues and contents of a head: `outer`, or `inner` for those inside a content.

    Where the rules found the very span, it is as sure as the surer of the two.
    """
    labels = voted_labels(tagged, rules) if head == "outer" else tagged.labels(head)
    whole = whole_contents(text, tagged.words, labels)
    by_rule = {
        (role, span): one.confidence
        for one in rules
        for role in ROLES
        for span in getattr(one, role)
    }
    return tuple(
        replace(one, confidence=max(one.confidence, by_rule.get((one.role, one.span), 0.0)))
        for one in _spans(tagged, head, ROLES, whole)
    )


def term_spans(text: str, tagged: Tagged) -> tuple[Tagspan, ...]:
    """The terms of pledges: acts, objects, areas and so on, each whole.

    Two of a kind with no more between them than a space or a hyphen are one: "pull-out".
    """
    found: list[Tagspan] = []
    for one in _spans(tagged, "terms", TERMS, tagged.labels("terms")):
        last = found[-1] if found else None
        if (
            last
            and last.role == one.role
            and not text[last.span.end : one.span.start].strip(" -\N{NO-BREAK SPACE}")
        ):
            whole = Span(start=last.span.start, end=one.span.end)
            found[-1] = replace(last, span=whole, confidence=max(last.confidence, one.confidence))
        else:
            found.append(_ended(text, last, one))
    return tuple(part for one in found for part in _measured(text, one))


def _ended(text: str, last: Tagspan | None, one: Tagspan) -> Tagspan:
    """A second start as the end that it is: "from Monday to Sunday"."""
    if last is None or (last.role, one.role) != ("start", "start"):
        return one
    stretch = _TO.fullmatch(text, last.span.end, one.span.start)
    return replace(one, role="end") if stretch else one


def _measured(text: str, one: Tagspan) -> tuple[Tagspan, ...]:
    """An object whose words begin with how much of it ("half of its guns") as magnitude and object.

    The guidelines of the corpus part the two; the tagger often does not.
    """
    head = _MEASURE.match(text, one.span.start, one.span.end) if one.role == "object" else None
    if head is None:
        return (one,)
    of = Span(start=one.span.start, end=one.span.start + len(head[1].rstrip()))
    rest = Span(start=head.end(), end=one.span.end)
    return (replace(one, role="magnitude", span=of), replace(one, span=rest))


def class_of(tagged: Tagged, head: str, span: Span) -> tuple[int, float]:
    """The likeliest class of the words in a span, and its probability."""
    first = bisect_left(tagged.words, span.start, key=lambda word: word.start)
    last = bisect_right(tagged.words, span.end, key=lambda word: word.end)
    mean = tagged.scores[head][first:last].mean(axis=0)
    best = int(mean.argmax())
    return best, float(np.exp(mean[best]))


def _spans(
    tagged: Tagged, head: str, kinds: tuple[str, ...], labels: NDArray[np.intp]
) -> tuple[Tagspan, ...]:
    chosen = tagged.scores[head][np.arange(len(labels)), labels].tolist()
    return tuple(
        Tagspan(
            role=kinds[kind],
            span=Span(start=tagged.words[first].start, end=tagged.words[last - 1].end),
            confidence=_sure(chosen[max(0, first - 1) : last + 1]),
        )
        for kind, first, last in runs(labels.tolist())
    )


def _sure(chosen: Sequence[float]) -> float:
    """The geometric mean of the probabilities along a span and just outside its ends."""
    return exp(fsum(chosen) / len(chosen))
