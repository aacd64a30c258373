"""Statements, completed: how they are worded, who speaks, on which day, and inside which other."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from wordkept.model import Actor, Manner, ProposedStatement, Span, TimeExpression
from wordkept.reading.attributed import Attributed
from wordkept.reading.quotations import sentences_around
from wordkept.reading.span_index import SpanIndex
from wordkept.reading.speakers import actor_of, resolve
from wordkept.reading.statements_quoted import quoted_stretches

NEAR = 60
"""A day further than this from cue and source, in characters, is another clause's."""
NEWS = 7
"""A day at most so many before publication is that of the news, and holds for other lines too."""
_CLAUSE = re.compile(
    r"[;:—]|\b(?:after|before|since|when|while|because|although|until|once|where|who|which|that)\b"
)
"""What begins a clause with a day of its own."""
_NOT_ITS_DAY = re.compile(
    r"\b(?:since|until|till|by|before|after|from|of|between|the|for|than)\s+(?:\w+\s+)?\Z",
    re.IGNORECASE,
)
"""Words before a day that make it another's: "since Monday", "the Monday raid"."""


def proposed_statements(
    text: str,
    found: Sequence[Attributed],
    times: Sequence[TimeExpression],
    published: date | None,
    actors: Sequence[Actor],
) -> tuple[ProposedStatement, ...]:
    """The statements of a text with speaker, day and nesting, numbered in its order."""
    holders = _holders(found)
    carriers = {
        span: found[holder].source[0]
        for one, holder in zip(found, holders, strict=True)
        if holder is not None and found[holder].source
        for span in one.source
        if span not in found[holder].source
    }
    speakers = resolve(text, [span for one in found for span in one.source], carriers)
    named = [_speaker(one, speakers) for one in found]
    quoted = quoted_stretches(text)
    days = _days(text, found, named, times, published)
    ids = [f"s{number}" for number in range(1, len(found) + 1)]
    return tuple(
        ProposedStatement(
            id=ids[place],
            source=one.source,
            cue=one.cue,
            content=one.content,
            manner=manner_of(text, one.content, quoted),
            speaker=named[place],
            actor=actor_of(named[place], actors),
            made_on=days[place],
            within=None if (holder := holders[place]) is None else ids[holder],
            confidence=one.confidence,
        )
        for place, one in enumerate(found)
    )


def _speaker(one: Attributed, speakers: dict[Span, str | None]) -> str | None:
    """Whom its pieces name; of several, the first that comes to a name."""
    return next((name for span in one.source if (name := speakers[span])), None)


def manner_of(text: str, content: Sequence[Span], quoted: Sequence[Span]) -> Manner:
    """Direct where all the words of a content stand in quotation marks, indirect where none does.

    `quoted` are the stretches in quotation marks, in order, none across another.

    >>> text = 'He said "we go" soon.'
    >>> manner_of(text, [Span(start=8, end=15)], quoted_stretches(text))
    'direct'
    """
    inside = outside = 0
    for piece in content:
        first = bisect_right(quoted, piece.start, key=lambda one: one.end)
        near = quoted[first : bisect_left(quoted, piece.end, key=lambda one: one.start)]
        for word in re.finditer(r"\w+", piece.of(text)):
            at = piece.start + word.start()
            held = any(one.start <= at < one.end for one in near)
            # "that" and "to" at the head of a content are the writer's also in a quotation
            if held:
                inside += 1
            elif word.start() or word[0] not in {"that", "to", "as"}:
                outside += 1
    return "indirect" if not inside else "mixed" if outside else "direct"


def _days(
    text: str,
    found: Sequence[Attributed],
    named: Sequence[str | None],
    times: Sequence[TimeExpression],
    published: date | None,
) -> list[date | None]:
    """Of each statement, the day that its own clause names, else its speaker's day near by.

    A clause that names a longer time ("in October") has no day, and takes none over.
    """
    single = [
        time
        for time in times
        if time.period is not None
        and len(time.period) == 1
        and (published is None or time.period.start <= published)
    ]
    ground = _Ground(text, single)
    days = [ground.day(one) for one in found]
    told = [any(time.period and len(time.period) > 1 for time in ground.beside(one, times))
            for one in found]  # fmt: skip
    lines = [ground.line(one) for one in found]
    own = tuple(days)
    for place, name in enumerate(named):
        if own[place] is None and name and not told[place]:
            days[place] = _carried(place, named, own, lines, published)
    return days


def _carried(
    place: int,
    named: Sequence[str | None],
    days: Sequence[date | None],
    lines: Sequence[int],
    published: date | None,
) -> date | None:
    """The day of the same speaker nearest in the document: in its line, or of the news itself."""
    same = [
        (abs(lines[place] - lines[other]), other > place, abs(other - place), day)
        for other, day in enumerate(days)
        if day
        and named[other] == named[place]
        and (lines[place] == lines[other] or (published and (published - day).days <= NEWS))
    ]
    return min(same)[3] if same else None


class _Ground:
    """A text with its days, for the question which of them a statement was made on."""

    def __init__(self, text: str, days: Sequence[TimeExpression]) -> None:
        self.text, self.days = text, days
        self.breaks = sentences_around(text, quoted_stretches(text))
        self.starts = [span.start for span in self.breaks]

    def line(self, one: Attributed) -> int:
        """The number of the line in which a statement begins."""
        return self.text.count("\n", 0, one.start)

    def beside(self, one: Attributed, times: Sequence[TimeExpression]) -> list[TimeExpression]:
        """The times in its sentence that stand by its cue or source, outside all that was said."""
        anchors = one.cue or one.source or one.content
        sentence = self.breaks[max(0, bisect_right(self.starts, anchors[0].start) - 1)]
        first = bisect_left(times, sentence.start, key=lambda time: time.span.start)
        last = bisect_left(times, sentence.end, key=lambda time: time.span.start)
        return [
            time
            for time in times[first:last]
            if sentence.holds(time.span)
            and not any(piece.meets(time.span) for piece in one.content)
            and any(self._joined(time.span, anchor, one) for anchor in (*one.cue, *one.source))
        ]

    def day(self, one: Attributed) -> date | None:
        """The day nearest to its cue in the clause of the cue."""
        anchors = one.cue or one.source
        near = sorted(
            (min(_gap(time.span, anchor) for anchor in anchors), time.span)
            for time in self.beside(one, self.days)
            if anchors
        )
        if not near:
            return None
        best = next(time for time in self.days if time.span == near[0][1])
        return best.period.start if best.period else None

    def _joined(self, day: Span, anchor: Span, one: Attributed) -> bool:
        if anchor.holds(day):
            return day.end == anchor.end
        low, high = sorted((day, anchor))
        between = self.text[low.end : high.start]
        for piece in (*one.content, *one.source):
            if low.end <= piece.start and piece.end <= high.start:
                between = between.replace(piece.of(self.text), " ")
        if _NOT_ITS_DAY.search(self.text[max(0, day.start - 20) : day.start]):
            return False
        return len(between) <= NEAR and not _CLAUSE.search(between)


def _gap(one: Span, other: Span) -> int:
    low, high = sorted((one, other))
    return max(0, high.start - low.end)


def _holders(found: Sequence[Attributed]) -> list[int | None]:
    """Of each statement the place of the one with the shortest content that holds it.

    Where statements would hold each other in a round, the last of them is held by none.
    """
    pieces = SpanIndex((piece, place) for place, one in enumerate(found) for piece in one.content)
    holders: list[int | None] = []
    for place, one in enumerate(found):
        core = (*one.cue, *one.source, *one.content)[0]
        holding = set(pieces.holding(core)) - {place}
        fit = [(_length(found[other]), other) for other in holding if not _holds(one, found[other])]
        holder = above = min(fit)[1] if fit else None
        while above is not None and above < place:
            above = holders[above]
        holders.append(None if above == place else holder)
    return holders


def _length(one: Attributed) -> int:
    return sum(piece.end - piece.start for piece in one.content)


def _holds(one: Attributed, other: Attributed) -> bool:
    """Whether the content of a statement holds the other."""
    return any(piece.holds((*other.cue, *other.content)[0]) for piece in one.content)
