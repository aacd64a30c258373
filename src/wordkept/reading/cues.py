"""Statements found by rule: reporting verbs, "according to", quotation marks; precision first.

The reader of a machine on which the tagger cannot load.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wordkept.model import Span
from wordkept.reading.attributed import Attributed
from wordkept.reading.cue_groups import Group, Word, groups, words_around
from wordkept.reading.cue_phrases import (
    according_source,
    after_hearer,
    content_end,
    dateline,
    is_over,
    named_in,
    object_end,
    opens_object,
    purpose,
    purpose_end,
    source_after,
    source_before,
    spoken,
    subject,
)
from wordkept.reading.cue_words import Cue
from wordkept.reading.quotations import masked, quotations, sentences_around

DIRECT, THAT, ACCORDING, BARE, PURPOSE, OBJECT = 0.93, 0.7, 0.75, 0.7, 0.55, 0.6
"""How many statements of each pattern were exact in source, cue and content, on our own corpus."""
_LINE = re.compile(
    r"^((?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){0,3}):[ \t]+(\S[^\n]*\S)", re.MULTILINE
)
"""A line of a transcript: who speaks, a colon, what is said."""
_A_TRANSCRIPT = 3
"""How many such lines make one."""
_LONGEST = 300
"""Words of a sentence that are read together; it bounds the time that one takes."""
_A_CLAUSE = 3
"""Fewer words are no clause."""
_LEADS = {"whether", "if", "how", "why", "what", "who", "where", "when"}


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    words: Sequence[Word]
    paragraph: int
    groups: Sequence[Group]
    begins: int
    """The word after its dateline."""

    def span(self, first: int, last: int) -> Span:
        return Span(start=self.words[first].start, end=self.words[last - 1].end)


def read_statements_by_rule(text: str) -> tuple[Attributed, ...]:
    """The statements that cue words and quotation marks show, in the order of the text.

    >>> text = 'The ministry said on Monday that it would leave Osk. "We stay," said Ada Lorn.'
    >>> for one in read_statements_by_rule(text):
    ...     print([span.of(text) for span in (*one.source, *one.cue, *one.content)])
    ['The ministry', 'said', 'that it would leave Osk']
    ['Ada Lorn', 'said', '"We stay,"']
    """
    quoted = quotations(text)
    ends = {span.start: span.end for span in quoted}
    mask = masked(text, quoted)
    found: list[Attributed] = []
    lines = transcript(text)
    breaks = [one.start() for one in re.finditer("\n", text)]
    paragraph_begins = -1
    for span in sentences_around(text, quoted):
        begins = bisect_right(breaks, span.start)
        here: list[Attributed] = []
        for read in _stretches(words_around(mask, span, ends)):
            sentence = _Sentence(text, read, begins, groups(read), dateline(read))
            here.extend(_statements(sentence))
        if not here and begins == paragraph_begins and found:
            found[-1] = _going_on(found[-1], sentence)
        found.extend(here)
        paragraph_begins = begins
    return tuple(sorted((*lines, *found), key=lambda one: one.start))


def _stretches(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """A sentence, in pieces where it is longer than any that people write."""
    for begins in range(0, len(words), _LONGEST):
        yield words[begins : begins + _LONGEST]


def transcript(text: str) -> tuple[Attributed, ...]:
    r"""The lines of a transcript, "Lorn: We stay."; none where fewer than three begin so.

    >>> text = "Question: Why?\nLorn: We had to.\nQuestion: Had you?"
    >>> [one.source[0].of(text) for one in transcript(text)]
    ['Question', 'Lorn', 'Question']
    """
    lines = list(_LINE.finditer(text))
    if len(lines) < _A_TRANSCRIPT:
        return ()
    return tuple(
        Attributed(
            source=(Span(start=line.start(1), end=line.end(1)),),
            cue=(Span(start=line.end(1), end=line.end(1) + 1),),
            content=(Span(start=line.start(2), end=_without_stop(line)),),
            confidence=THAT,
        )
        for line in lines
    )


def _without_stop(line: re.Match[str]) -> int:
    """Where the words of a line end: one sentence is given without its full stop."""
    alone = len(re.findall(r"[.?!](?=\s|$)", line[2])) == 1
    return line.end(2) - (alone and line[2][-1] in ".?!")


def _going_on(last: Attributed, sentence: _Sentence) -> Attributed:
    """The statement before, with a sentence that is one quotation and has no cue of its own."""
    direct = any(sentence.text[piece.start] in '“"«„' for piece in last.content)
    words = sentence.words
    if not direct or not words or not words[0].quoted or any(word.raw.isalpha() for word in words):
        return last
    more = tuple(Span(start=word.start, end=word.end) for word in words if word.quoted)
    return replace(last, content=(*last.content, *more))


def _statements(sentence: _Sentence) -> Iterator[Attributed]:
    """The statements of a sentence; each content begins after the cue of the one before."""
    yield from _according(sentence)
    floor, source = sentence.begins, None
    for group in sentence.groups:
        if group.first < floor or group.passive:
            continue
        one = _behind(sentence, group, floor) or _ahead(sentence, group, floor, source)
        if one is None:
            continue
        yield one
        source = one.source or source
        floor = group.last


def _according(sentence: _Sentence) -> Iterator[Attributed]:
    words = sentence.words
    for place in range(len(words) - 2):
        if (words[place].low, words[place + 1].low) != ("according", "to"):
            continue
        last = according_source(words, place + 2, whole=place > 0)
        before = place - 1 if place and words[place - 1].low == "," else place
        if last is None:
            continue
        if place == 0:
            begins = last + 1 if last < len(words) and words[last].low == "," else last
            piece = (begins, content_end(sentence.words, begins, sentence.groups))
        else:
            piece = (sentence.begins, before)
        if piece[1] - piece[0] > 1:
            yield Attributed(
                source=(sentence.span(place + 2, last),),
                cue=(sentence.span(place, place + 2),),
                content=(sentence.span(*piece),),
                confidence=ACCORDING,
            )


def _behind(sentence: _Sentence, group: Group, floor: int) -> Attributed | None:
    """A statement whose content stands before its cue: '"...," Lorn said', "..., said Lorn"."""
    if not (group.cue.takes("S") or group.cue.takes("Q")) or group.cue.form == "ing":
        return None
    words = sentence.words
    before = group.first - 1
    found = source_before(words, group.first, floor, closing=True)
    if found is not None and not words[found[0] - 1].quoted and words[before].low == ",":
        found = None
    if found is None:
        if before < floor or not (words[before].quoted or words[before].low == ","):
            return None
        end = before + 1 if words[before].quoted else before
        last = source_after(words, group.last, whole=True)
        if last is None:
            return None
        source = (group.last, last)
    else:
        source, end, last = found, found[0], group.last
        if not words[end - 1].quoted:
            end -= 1
        if not (words[found[0] - 1].quoted or _ends_with(words, group)):
            return None
    content = _said_before(sentence, floor, end)
    if content is None:
        return None
    direct = words[end - 1].quoted
    return Attributed(
        source=(sentence.span(*source),),
        cue=(sentence.span(group.first, group.last),),
        content=(content, *(_quotes_on(sentence, last) if direct else ())),
        confidence=DIRECT if direct else BARE,
    )


def _ends_with(words: Sequence[Word], group: Group) -> bool:
    """Whether the sentence, or its clause, ends with a cue and whom it was told."""
    return is_over(words, after_hearer(words, group.last, hearer=group.cue.takes("H")))


def _said_before(sentence: _Sentence, floor: int, end: int) -> Span | None:
    """What stands from the floor to a word: a quotation that closes as speech does, or a clause."""
    words = sentence.words
    if end <= floor:
        return None
    one = words[end - 1]
    if one.quoted and (
        end - 1 == floor
        or sentence.text[one.end - 2] in ",.?!…"
        or words[end - 2].low in {",", ":"}
    ):
        return Span(start=one.start, end=one.end)
    floor = sentence.begins
    if end - floor < _A_CLAUSE or not spoken(words[floor:end]):
        return None
    return sentence.span(floor, end)


def _quotes_on(sentence: _Sentence, place: int) -> tuple[Span, ...]:
    """The quotations with which a sentence goes on after its cue and source."""
    return tuple(
        Span(start=word.start, end=word.end)
        for at, word in enumerate(sentence.words)
        if at > place and word.quoted and sentence.words[at - 1].low in {",", ":", "–", "—"}
    )


def _ahead(
    sentence: _Sentence, group: Group, floor: int, source: tuple[Span, ...] | None
) -> Attributed | None:
    """A statement whose content follows its cue: "Lorn said that ...", "Lorn denied ..."."""
    found = _content_ahead(sentence, group)
    if found is None:
        return None
    (first, last), sure = found
    words = sentence.words
    own = source_before(words, group.first, floor)
    if group.cue.form == "ing" and words[group.first - 1].low == ",":
        own = subject(words, sentence.begins) if source is None else None
    if own is not None:
        source = (sentence.span(*own),)
    elif source is None or not _shares(words, group.first):
        return None
    return Attributed(
        source=source,
        cue=(sentence.span(group.first, group.last),),
        content=(sentence.span(first, last),),
        confidence=sure,
    )


def _shares(words: Sequence[Word], place: int) -> bool:
    """Whether a cue shares the source of the one before it: "said ... and warned ..."."""
    return bool(place) and words[place - 1].low in {",", "and", "but", "or"}


def _content_ahead(sentence: _Sentence, group: Group) -> tuple[tuple[int, int], float] | None:
    words, cue = sentence.words, group.cue
    begins = after_hearer(words, group.last, hearer=cue.takes("H"))
    if begins < len(words) - 1 and words[begins].low in {",", ":"} and words[begins + 1].quoted:
        begins += 1
    if begins >= len(words) or is_over(words, begins):
        return None
    end = content_end(words, begins, sentence.groups)
    clause = _clause_ahead(words, begins, end, cue)
    if clause:
        return (begins, end), clause
    return _called_ahead(words, begins, end, cue) or _deed_ahead(sentence, group, begins, end)


def _called_ahead(
    words: Sequence[Word], begins: int, end: int, cue: Cue
) -> tuple[tuple[int, int], float] | None:
    """What somebody is accused of, or something is called, after a word."""
    if cue.takes("L") and (name := named_in(words, begins)):
        return (name, name + 1), OBJECT
    if cue.takes("O") and (of := purpose(words, begins, "of")):
        return (of, end), OBJECT
    return None


def _deed_ahead(
    sentence: _Sentence, group: Group, begins: int, end: int
) -> tuple[tuple[int, int], float] | None:
    """What somebody means, asks or declines to do, or a thing that is denied or called for."""
    words, cue = sentence.words, group.cue
    if cue.takes("T") and words[begins].low == "to":
        return (begins, purpose_end(words, begins, end)), PURPOSE
    if cue.takes("P") and (to := purpose(words, begins)):
        last = purpose_end(words, to, content_end(words, to, sentence.groups))
        return (to, last), PURPOSE
    declining = not cue.particle and group.last > group.verb + 1
    if (cue.takes("N") or declining) and opens_object(words[begins], plain=cue.form != "base"):
        end = object_end(words, begins, end)
        return ((begins, end), OBJECT) if end > begins else None
    return None


def _clause_ahead(words: Sequence[Word], begins: int, end: int, cue: Cue) -> float:
    """How sure a clause or a quotation begins at a word as what is said; 0 where none does."""
    word = words[begins]
    if end - begins < _A_CLAUSE and not any(one.quoted for one in words[begins:end]):
        return 0.0
    if cue.takes("S") and word.low == "that":
        return THAT
    if word.quoted and (cue.takes("S") or cue.takes("Q")):
        return DIRECT
    asked = word.low in _LEADS or (cue.takes("B") and spoken(words[begins:end], opening=True))
    return BARE if asked and cue.takes("S") else 0.0
