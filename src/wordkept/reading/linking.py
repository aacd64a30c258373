"""Sources, cues and contents, joined to statements by where they stand."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from wordkept.model import Span
from wordkept.reading.attributed import Attributed

CROSSING = 60
"""What passing over another cue costs, in characters of distance."""
BACKWARD = 8
"""A content before its cue must be this much nearer than one after it."""
ANOTHER_SENTENCE = 120
"""What leaving the sentence costs."""
TOO_FAR = 400
"""From this cost on, two spans are not of one statement."""
LINES_ON = 2
"""A quotation goes on over so many line breaks: into the next paragraph, and no further."""

_PARTICIPLE = re.compile(r"(?:\w+ly )?\w+ing")
_SUBJECT = re.compile(
    r"((?:The )?[A-Z][\w’'-]*(?: (?:of |al-)?[A-Z][\w’'-]*)*) "
    r"(?:has |have |had )?[a-z]+(?:ed|es|s|n|d) "
)
"""A name, and a verb right after it."""


@dataclass(frozen=True, slots=True)
class Tagspan:
    """A span with its role (source, cue, content) and how sure the tagger is of it, 0 to 1."""

    role: str
    span: Span
    confidence: float


@dataclass(slots=True)
class _Statement:
    cue: Tagspan | None
    source: Tagspan | None = None
    content: list[Tagspan] = field(default_factory=list)

    def attributed(self) -> Attributed:
        parts = [part for part in (self.source, self.cue) if part] + self.content
        return Attributed(
            source=(self.source.span,) if self.source else (),
            cue=(self.cue.span,) if self.cue else (),
            content=tuple(sorted(part.span for part in self.content)),
            confidence=min(part.confidence for part in parts),
        )


def link(text: str, tags: Sequence[Tagspan], sentences: Sequence[Span]) -> tuple[Attributed, ...]:
    """The statements that spans of a text come to, in the order of the text.

    Every cue begins one. It takes the nearest content, and the nearest source, that no nearer cue
    takes; a quotation that goes on without a cue belongs to the statement before it; a cue that
    has no source of its own in the sentence shares that of the cue before.
    """
    ordered = sorted(tags, key=lambda tag: tag.span)
    cues = [tag for tag in ordered if tag.role == "cue"]
    ground = _Ground(text, ordered, cues, sentences)
    made = {cue.span: _Statement(cue) for cue in cues}
    _share_out(ground, "content", made)
    _share_out(ground, "source", made)
    _borrow(ground, cues, made)
    _go_on(ground, made)
    found = [one for one in made.values() if one.content]
    return tuple(sorted((one.attributed() for one in found), key=lambda one: one.start))


class _Ground:
    """A text with its spans in order, for the question how far two of them stand apart."""

    def __init__(
        self, text: str, tags: Sequence[Tagspan], cues: Sequence[Tagspan], sentences: Sequence[Span]
    ) -> None:
        self.text, self.tags, self.cues = text, tags, cues
        self._starts = [cue.span.start for cue in cues]
        self._longest = max((cue.span.end - cue.span.start for cue in cues), default=0)
        self._sentences = [one.start for one in sentences]

    def near(self, span: Span) -> Sequence[Tagspan]:
        """The cues that may cost less than TOO_FAR: all others stand further off in characters."""
        first = bisect_left(self._starts, span.start - TOO_FAR - self._longest)
        return self.cues[first : bisect_right(self._starts, span.end + TOO_FAR)]

    def cost(self, cue: Span, other: Span) -> float:
        """How far a span is from a cue, with what stands between; exact under TOO_FAR."""
        low, high = (cue, other) if cue.start < other.start else (other, cue)
        between = self.text[low.end : high.start]
        total: float = len(between) + (BACKWARD if other.start < cue.start else 0)
        if total >= TOO_FAR:
            return total  # the rest only adds to it
        first, last = bisect_left(self._starts, low.end), bisect_left(self._starts, high.start)
        total += CROSSING * sum(one.span.end <= high.start for one in self.cues[first:last])
        if "\n" in between and not self.text[low.start : high.start].rstrip().endswith(":"):
            return TOO_FAR  # the next paragraph is of this cue only after a colon
        if self.sentence(low.start) != self.sentence(high.start):
            total += ANOTHER_SENTENCE
        return total

    def subject(self, cue: Tagspan) -> Tagspan | None:
        """The name at the head of the sentence of a participle: "Osk left, saying it was late"."""
        number = self.sentence(cue.span.start)
        if not number or not _PARTICIPLE.fullmatch(cue.span.of(self.text)):
            return None
        head = _SUBJECT.match(self.text, self._sentences[number - 1], cue.span.start)
        if head is None:
            return None
        span = Span(start=head.start(1), end=head.end(1))
        return Tagspan("source", span, cue.confidence)

    def sentence(self, place: int) -> int:
        """The number of the sentence in which a character stands."""
        return bisect_right(self._sentences, place)


def _share_out(ground: _Ground, role: str, made: dict[Span, _Statement]) -> None:
    """The cheapest pairs of a cue and a span of a role first; each has at most one of the other."""
    pairs = sorted(
        (cost, cue.span, tag.span)
        for tag in ground.tags
        if tag.role == role
        for cue in ground.near(tag.span)
        if (cost := ground.cost(cue.span, tag.span)) < TOO_FAR
    )
    of = {tag.span: tag for tag in ground.tags if tag.role == role}
    taken: set[Span] = set()
    served: set[Span] = set()
    for _, cue, span in pairs:
        if span in taken or cue in served:
            continue
        taken.add(span)
        served.add(cue)
        if role == "source":
            made[cue].source = of[span]
        else:
            made[cue].content.append(of[span])


def _borrow(ground: _Ground, cues: Sequence[Tagspan], made: dict[Span, _Statement]) -> None:
    """A cue without a source shares that of the cue before it in the same sentence."""
    last: dict[int, Tagspan] = {}
    for cue in cues:
        sentence = ground.sentence(cue.span.start)
        one = made[cue.span]
        if one.source is None:
            one.source = last.get(sentence) or ground.subject(cue)
        if one.source:
            last[sentence] = one.source


def _go_on(ground: _Ground, made: dict[Span, _Statement]) -> None:
    """Contents that no cue took become further pieces of the nearest statement before them."""
    taken = {part.span for one in made.values() for part in one.content}
    begun = sorted((min(part.span.start for part in one.content), _last(one), place)
                   for place, one in enumerate(made.values()) if one.content)  # fmt: skip
    statements = list(made.values())
    near: _Statement | None = None
    end = passed = 0
    for tag in ground.tags:
        if tag.role != "content" or tag.span in taken:
            continue
        while passed < len(begun) and begun[passed][0] < tag.span.start:
            _, last, place = begun[passed]
            if near is None or last > end:
                near, end = statements[place], last
            passed += 1
        if near and ground.text.count("\n", end, tag.span.start) <= LINES_ON:
            near.content.append(tag)
            end = max(end, tag.span.end)


def _last(one: _Statement) -> int:
    spans = [part.span.end for part in one.content]
    return max([*spans, one.cue.span.end if one.cue else 0])
