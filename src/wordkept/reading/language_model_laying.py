"""The quotes of a language model, laid in the section of the text that it was asked about."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from wordkept.model import Figure, ProposedTerm, Span
from wordkept.reading.attributed import Attributed
from wordkept.reading.grounding import ground_near, ground_unused
from wordkept.reading.language_model_answer import FigureQuotes, PledgeQuotes, StatementQuotes
from wordkept.reading.pledges import Gathered

T = TypeVar("T")

UNMEASURED = 0.0
"""The confidence of what a language model proposes: how often it is right is known of no model
that a user may name, so this is no chance; 0 stands for "not measured"."""
FAR = 600
"""A source, a cue or a term further from its content or act than this, in characters, is not laid
to it: it is the same words elsewhere."""
MOST = 400
"""Statements, pledges and figures of one section that are looked at, each; a good answer has a
tenth of it."""
MOST_PIECES = 20
"""Quotes of one source, cue, content or pledge that are looked at."""


class Section:
    """A section of a text to lay quotes in; what comes out has spans of the whole text.

    Statements and acts are looked for in order, each from where the one before it began, and at a
    place of their own as long as there is one; what belongs to them is looked for beside them.
    """

    def __init__(self, text: str, span: Span, out: Counter[str]) -> None:
        self._text = span.of(text)
        self._offset = span.start
        self._out = out

    def statements(self, quotes: Sequence[StatementQuotes]) -> list[Attributed | None]:
        """What each comes to, in the order of the answer; None of one that is not in the text."""
        laid: list[Attributed | None] = []
        used: list[Span] = []
        for one in self._first(quotes, MOST):
            made = self._statement(one, used)
            if made and made in laid:
                self._out["the answer says a statement twice"] += 1
            laid.append(made)
        return laid

    def pledges(
        self, quotes: Sequence[PledgeQuotes], statements: Sequence[Attributed | None]
    ) -> Iterator[Gathered]:
        """Those whose act is in the text."""
        used: list[Span] = []
        given: set[Gathered] = set()
        for one in self._first(quotes, MOST):
            home = one.statement
            holder = statements[home] if home is not None and 0 <= home < len(statements) else None
            start = min(holder.content).start - self._offset if holder else _begun(used)
            made = self._pledge(one, start, used)
            if made in given:
                self._out["the answer says a pledge twice"] += 1
            elif made:
                given.add(made)
                yield made

    def figures(self, quotes: Sequence[FigureQuotes], known: Sequence[Figure]) -> Iterator[Figure]:
        """Those of the known figures that the quotes name: the bounds are those of the words."""
        whole = Span(start=self._offset, end=self._offset + len(self._text))
        here = [figure for figure in known if whole.holds(figure.span)]
        used: list[Span] = []
        for one in self._first(quotes, MOST):
            place = ground_unused(one.words, self._text, _begun(used), used)
            if place is None:
                self._out["the words of a figure are not in the text"] += 1
                continue
            used.append(place)
            span = self._whole(place)
            meant = [figure for figure in here if span.holds(figure.span)]
            meant = meant or [figure for figure in here if span.meets(figure.span)]
            if not meant:
                self._out["the words of a figure give no bound"] += 1
            if len(meant) == 1 and (meant[0].low, meant[0].high) != (one.low, one.high):
                self._out["the model's bounds of a figure: those of its words stand"] += 1
            yield from meant

    def _first(self, items: Sequence[T], most: int) -> Sequence[T]:
        self._out["the answer held more than is looked at"] += max(0, len(items) - most)
        return items[:most]

    def _statement(self, one: StatementQuotes, used: list[Span]) -> Attributed | None:
        pieces = self._first([piece for piece in one.content if piece.strip()], MOST_PIECES)
        if not pieces:
            self._out["a statement has no content"] += 1
            return None
        content = self._content(pieces, used)
        if not content:
            self._out["the content is not in the text"] += 1
            return None
        cue = self._beside("cue", one.cue, _hull(content), content)
        source = self._beside("source", one.source, _hull(cue or content), [*content, *cue])
        if not cue and not source:
            self._out["neither who said it nor how is in the text"] += 1
            return None
        return Attributed(
            source=self._spans(source),
            cue=self._spans(cue),
            content=self._spans(content),
            confidence=UNMEASURED,
        )

    def _content(self, pieces: Sequence[str], used: list[Span]) -> list[Span]:
        """The places of all pieces, the others beside the longest; none where one is missing."""
        longest = max(range(len(pieces)), key=lambda place: len(pieces[place]))
        anchor = ground_unused(pieces[longest], self._text, _begun(used), used)
        if anchor is None:
            return []
        found = [anchor]
        for place, piece in enumerate(pieces):
            if place != longest:
                beside = ground_near(piece, self._text, anchor, within=FAR, clear_of=found)
                if beside is None:
                    return []
                found.append(beside)
        used.append(anchor)
        return found

    def _beside(
        self, what: str, quotes: Sequence[str], near: Span, clear_of: Sequence[Span]
    ) -> list[Span]:
        """The places of quotes beside a span, clear of others; those without one are counted."""
        found: list[Span] = []
        for quote in self._first([one for one in quotes if one.strip()], MOST_PIECES):
            place = ground_near(quote, self._text, near, within=FAR, clear_of=[*clear_of, *found])
            if place is None:
                self._out[f"the {what} is not in the text beside the content"] += 1
            else:
                found.append(place)
        return found

    def _pledge(self, one: PledgeQuotes, start: int, used: list[Span]) -> Gathered | None:
        named = [(term.slot, quote) for term in one.terms for quote in term.quotes if quote.strip()]
        acts = [quote for slot, quote in named if slot == "act"]
        if not acts:
            self._out["a pledge has no act"] += 1
            return None
        act = ground_unused(max(acts, key=len), self._text, start, used)
        if act is None:
            self._out["the act is not in the text"] += 1
            return None
        used.append(act)
        terms = {ProposedTerm(slot="act", span=self._whole(act))}
        for slot, quote in self._first(named, MOST_PIECES):
            place = ground_near(quote, self._text, act, within=FAR)
            if place is None:
                self._out["a term of a pledge is not in the text beside its act"] += 1
            else:
                terms.add(ProposedTerm(slot=slot, span=self._whole(place)))
        return Gathered(
            terms=tuple(sorted(terms, key=lambda term: (term.span, term.slot))),
            deed=one.deed,
            status=one.status,
            confidence=UNMEASURED,
        )

    def _spans(self, places: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(sorted(map(self._whole, places)))

    def _whole(self, place: Span) -> Span:
        return Span(start=place.start + self._offset, end=place.end + self._offset)


def _begun(used: Sequence[Span]) -> int:
    """Where the one before began."""
    return used[-1].start if used else 0


def _hull(places: Sequence[Span]) -> Span:
    return Span(start=min(places).start, end=max(one.end for one in places))
