"""Terms of pledges, gathered round their acts."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from wordkept.model import SLOTS, Deed, ProposedTerm, Slot, Span, Status
from wordkept.reading.linking import Tagspan

ALONE: frozenset[str] = frozenset({"actor", "start", "end"})
"""Slots that a pledge names once."""
BEFORE: frozenset[str] = frozenset({"actor"})
"""Slots that mostly stand before their act."""
AFTERWARDS: frozenset[str] = frozenset({"exception", "open"})
"""Slots that a later sentence may name, and an earlier one does not: "The engineers will stay."."""
FAR = 400
"""A term further than this from an act, in characters, is not of it."""
NEXT_SENTENCE = 100
"""What another sentence costs, in characters: its terms belong to its own act first."""
BACKWARD = 25
"""What standing on the unusual side of its act costs a term: actors come before, others after."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """An act with its terms, what it is about, how it is meant, and how sure that is."""

    terms: tuple[ProposedTerm, ...]
    deed: Deed
    status: Status
    confidence: float

    @property
    def act(self) -> Span:
        """Where the act stands."""
        return next(term.span for term in self.terms if term.slot == "act")


@dataclass(slots=True)
class _Pledge:
    act: Tagspan
    terms: list[Tagspan] = field(default_factory=list)


def gather(
    terms: Sequence[Tagspan],
    sentence_of: Callable[[int], int],
    judge: Callable[[Span], tuple[Deed, Status, float]],
) -> tuple[Gathered, ...]:
    """A pledge for each act, with the terms nearest to it; `judge` says what an act is about.

    A term belongs to the nearest act; an act without an actor of its own in its sentence shares
    that of the act before it there; a term with no act near is left.
    """
    acts = [_Pledge(term) for term in terms if term.role == "act"]
    ordered = sorted((one.act.span.start, number) for number, one in enumerate(acts))
    starts = [start for start, _ in ordered]
    longest = max((one.act.span.end - one.act.span.start for one in acts), default=0)
    for term in terms:
        if term.role == "act":
            continue
        first = bisect_left(starts, term.span.start - FAR - longest)
        last = bisect_right(starts, term.span.end + FAR)
        costs = [
            (_cost(term, acts[number].act.span, sentence_of), number)
            for _, number in ordered[first:last]
        ]
        near = min(costs, default=(FAR + 1, 0))
        if near[0] <= FAR:
            acts[near[1]].terms.append(term)
    _share_actors(acts, sentence_of)
    return tuple(_gathered(one, judge) for one in acts)


def _cost(term: Tagspan, act: Span, sentence_of: Callable[[int], int]) -> int:
    low, high = sorted((term.span, act))
    away = abs(sentence_of(term.span.start) - sentence_of(act.start))
    if away and term.span < act and term.role in AFTERWARDS:
        return FAR + 1
    unusual = (term.span < act) != (term.role in BEFORE)
    return high.start - low.end + NEXT_SENTENCE * away + BACKWARD * unusual


def _share_actors(acts: list[_Pledge], sentence_of: Callable[[int], int]) -> None:
    last: dict[int, list[Tagspan]] = defaultdict(list)
    for one in acts:
        sentence = sentence_of(one.act.span.start)
        own = [term for term in one.terms if term.role == "actor"]
        if own:
            last[sentence] = own
        else:
            one.terms.extend(last[sentence])


def _gathered(one: _Pledge, judge: Callable[[Span], tuple[Deed, Status, float]]) -> Gathered:
    deed, status, sure = judge(one.act.span)
    terms = [ProposedTerm(slot=_slot(term.role), span=term.span) for term in _once(one)]
    return Gathered(
        terms=tuple(sorted(terms, key=lambda term: term.span)),
        deed=deed,
        status=status,
        confidence=one.act.confidence * sure,
    )


def _once(one: _Pledge) -> list[Tagspan]:
    """Its terms; of a slot that is named once, the likeliest."""
    kept = [one.act]
    for role in {term.role for term in one.terms}:
        of = [term for term in one.terms if term.role == role]
        kept.extend([max(of, key=lambda term: term.confidence)] if role in ALONE else of)
    return kept


def _slot(role: str) -> Slot:
    return next(slot for slot in SLOTS if slot == role)
