"""Statements found by rule: reporting verbs, "according to", quotation marks; precision first.

The reader of a machine on which the tagger cannot load.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from wordkept.model import Span
from wordkept.reading.attributed import Attributed
from wordkept.reading.cue_groups import Group, Word, groups, words_around
from wordkept.reading.cue_phrases import (
    after_hearer,
    content_end,
    is_over,
    object_end,
    purpose,
    source_after,
    source_before,
    spoken,
)
from wordkept.reading.quotations import masked, quotations, sentences_around

DIRECT, THAT, ACCORDING, BARE, PURPOSE, OBJECT = 0.9, 0.8, 0.8, 0.7, 0.7, 0.5
"""How sure each pattern is, as a share of those that met a statement of our corpus."""
_LEADS = {"whether", "if", "how", "why", "what", "who", "where", "when"}


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    words: Sequence[Word]
    paragraph: int
    groups: Sequence[Group] = field(default=())

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
    paragraph_begins = -1
    for span in sentences_around(text, quoted):
        begins = text.rfind("\n", 0, span.start)
        read = words_around(mask, span, ends)
        sentence = _Sentence(text, read, begins, groups(read))
        here = list(_statements(sentence))
        if not here and begins == paragraph_begins and found:
            found[-1] = _going_on(found[-1], sentence)
        found.extend(here)
        paragraph_begins = begins
    return tuple(sorted(found, key=lambda one: one.start))


def _going_on(last: Attributed, sentence: _Sentence) -> Attributed:
    """The statement before, with a sentence that is one quotation and has no cue of its own."""
    direct = any(sentence.text[piece.start] in "“\"«„" for piece in last.content)
    words = sentence.words
    if not direct or not words or not words[0].quoted or any(word.raw.isalpha() for word in words):
        return last
    more = tuple(Span(start=word.start, end=word.end) for word in words if word.quoted)
    return replace(last, content=(*last.content, *more))


def _statements(sentence: _Sentence) -> Iterator[Attributed]:
    """The statements of a sentence; each content begins after the cue of the one before."""
    yield from _according(sentence)
    floor, source = 0, None
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
        last = source_after(words, place + 2, whole=place > 0)
        before = place - 1 if place and words[place - 1].low == "," else place
        if last is None:
            continue
        if place == 0:
            begins = last + 1 if last < len(words) and words[last].low == "," else last
            piece = (begins, content_end(sentence.words, begins, sentence.groups))
        else:
            piece = (0, before)
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
    inverted = before >= floor and (words[before].quoted or words[before].low == ",")
    if inverted:
        end = before + 1 if words[before].quoted else before
        last = source_after(words, group.last, whole=True)
        if last is None:
            return None
        source = (group.last, last)
    else:
        found = source_before(words, group.first, floor, closing=True)
        if found is None:
            return None
        source, end, last = found, found[0], group.last
        if not words[end - 1].quoted:
            end -= 1
        if not (words[found[0] - 1].quoted or is_over(words, after_hearer(words, group.last))):
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


def _said_before(sentence: _Sentence, floor: int, end: int) -> Span | None:
    """What stands from the floor to a word: a quotation that closes as speech does, or a clause."""
    words = sentence.words
    if end <= floor:
        return None
    if words[end - 1].quoted:
        one = words[end - 1]
        alone = end - 1 == floor
        if alone or sentence.text[one.end - 2] in ",.?!…" or words[end - 2].low in {",", ":"}:
            return Span(start=one.start, end=one.end)
        return None
    if end - floor < 3 or not spoken(words[floor:end]):  # noqa: PLR2004
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


def _content_ahead(
    sentence: _Sentence, group: Group
) -> tuple[tuple[int, int], float] | None:
    words, cue = sentence.words, group.cue
    begins = after_hearer(words, group.last, hearer=cue.takes("H"))
    if begins < len(words) - 1 and words[begins].low in {",", ":"} and words[begins + 1].quoted:
        begins += 1
    if begins >= len(words) or is_over(words, begins):
        return None
    word = words[begins]
    end = content_end(words, begins, sentence.groups)
    if cue.takes("S") and word.low == "that" and end - begins > 2:  # noqa: PLR2004
        return (begins, end), THAT
    if word.quoted and (cue.takes("S") or cue.takes("Q")):
        return (begins, max(begins + 1, end)), DIRECT
    if cue.takes("T") and word.low == "to":
        return (begins, end), PURPOSE
    if cue.takes("P"):
        to = purpose(words, begins)
        if to:
            return (to, content_end(words, to, sentence.groups)), PURPOSE
    if cue.takes("S") and (word.low in _LEADS or spoken(words[begins:end], opening=True)):
        return (begins, end), BARE
    if cue.takes("N") and cue.form != "base":
        end = object_end(words, begins, end)
        return ((begins, end), OBJECT) if end > begins else None
    return None
