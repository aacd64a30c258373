"""Gold texts as one label a word for each of the tagger's heads."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench.corpus.gold import GoldStatement, GoldText
from wordkept.model import DEEDS, STATUSES, Span
from wordkept.reading.tags import OUTSIDE, ROLES, TERMS, begun, inside

NONE = -100
"""The label that a loss passes over."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text's words, each with its label in every head; NONE where a head was not annotated."""

    words: tuple[Span, ...]
    outer: list[int]
    inner: list[int]
    terms: list[int]
    deed: list[int]
    status: list[int]


def labelled(gold: GoldText, words: tuple[Span, ...]) -> Labelled:
    """The labels of a gold text, over words that the tokenizer gave."""
    nested = [one for one in gold.statements if _nested(one, gold.statements)]
    outer = [one for one in gold.statements if one not in nested]
    count = len(words)
    statements = gold.layers.get("statements", False)
    pledges = gold.layers.get("pledges", False)
    find = _finder(words)
    marks = Labelled(
        words=words,
        outer=_roles(outer, find, count) if statements else [NONE] * count,
        inner=_roles(nested, find, count) if statements else [NONE] * count,
        terms=_terms(gold, find, count) if pledges else [NONE] * count,
        deed=[NONE] * count,
        status=[NONE] * count,
    )
    if pledges:
        for pledge in gold.pledges:
            for slot, span in pledge.terms:
                if slot == "act":
                    for place in find(span):
                        marks.deed[place] = DEEDS.index(pledge.deed)  # type: ignore[arg-type]
                        marks.status[place] = STATUSES.index(pledge.status)  # type: ignore[arg-type]
    return marks


def _nested(one: GoldStatement, all_: Iterable[GoldStatement]) -> bool:
    core = one.cue or one.source or one.content
    return any(
        other is not one and any(piece.holds(span) for piece in other.content for span in core)
        for other in all_
    )


def _roles(
    statements: Sequence[GoldStatement], find: Callable[[Span], range], count: int
) -> list[int]:
    out = [OUTSIDE] * count
    # Longest content first, so that what a shorter statement says of a word stands.
    ordered = sorted(statements, key=lambda one: -sum(s.end - s.start for s in one.content))
    for role in ("content", "source", "cue"):
        for one in ordered:
            for span in getattr(one, role):
                _write(out, find(span), ROLES.index(role))
    return out


def _terms(gold: GoldText, find: Callable[[Span], range], count: int) -> list[int]:
    out = [OUTSIDE] * count
    for pledge in gold.pledges:
        for slot, span in pledge.terms:
            _write(out, find(span), TERMS.index(slot))
    return out


def _write(out: list[int], places: range, kind: int) -> None:
    for number, place in enumerate(places):
        out[place] = inside(kind) if number else begun(kind)


def _finder(words: tuple[Span, ...]) -> Callable[[Span], range]:
    starts = [word.start for word in words]

    def find(span: Span) -> range:
        from bisect import bisect_left

        first = bisect_left(starts, span.start)
        if first and words[first - 1].end > span.start:
            first -= 1
        last = bisect_left(starts, span.end)
        return range(first, last)

    return find
