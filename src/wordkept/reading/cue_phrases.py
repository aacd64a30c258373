"""The phrases around a cue: who says it, to whom and when, and how far what is said goes."""

from collections.abc import Sequence

from wordkept.reading.cue_groups import AUXILIARIES, DETERMINERS, Group, Word
from wordkept.reading.numbers import vocabulary

_WEEKDAYS = vocabulary("monday tuesday wednesday thursday friday saturday sunday")
_MONTHS = vocabulary(
    "january february march april may june july august september october november december"
)
_TIME = _WEEKDAYS | vocabulary("yesterday today tonight earlier later afterwards again")
_TIME_NOUNS = vocabulary("week month year night morning afternoon evening day weekend")
_SUBJECTS = vocabulary("he she it they we i you there this these those everyone nobody no one")
_HEARERS = vocabulary("him her them us me reporters journalists parliament lawmakers deputies")
_VENUES = vocabulary(
    "statement interview letter report speech briefing conference message post communique email "
    "radio television broadcast note"
)
_PREPOSITIONS = vocabulary("in on at during after before to by from via")
_OPENERS = vocabulary(
    "in on at during after before since under despite with for when while as if although though "
    "meanwhile however but and yet still earlier later asked speaking for instead because"
)
_BREAKS = vocabulary("that because while although though whereas if unless but so when as")
_STOP_SOURCE = vocabulary(
    "in on at during after before when as while adding saying referring speaking by following "
    "because amid but and told this last yesterday"
)
_BREAK_AFTER_COMMA = vocabulary("but while whereas although though saying")
_VERBS = AUXILIARIES | vocabulary(
    "went came left took gave made saw met won lost fell rose hit struck broke began became stood "
    "sat held kept ran sent died fled got put cut let led brought bought built caught fought "
    "found grew knew paid sold spent spoke wrote said says told remains remain needs need has"
)
_LONGEST_SOURCE = 30
_REACH = 9


def is_over(words: Sequence[Word], place: int) -> bool:
    """Whether nothing but a closing mark, or a comma, stands at a word."""
    return place >= len(words) or words[place].low in {".", ",", ";", "!", "?", "—", "–", ")"}


def after_time(words: Sequence[Word], place: int) -> int:
    """Where the words of time, place and medium after a cue are over: "on Monday"."""
    while place < len(words):
        at = place
        if words[at].low in _TIME:
            place = at + 1
            continue
        if words[at].low in _PREPOSITIONS | {"last", "this", "late", "early"}:
            at += 1
            while at < len(words) and at - place <= 4 and _of_time(words[at]):  # noqa: PLR2004
                at += 1
            if at > place + 1 and _closes_time(words[at - 1]):
                place = at
                continue
        return place
    return place


def _of_time(word: Word) -> bool:
    return word.raw.isdigit() or word.low in (
        _WEEKDAYS | _MONTHS | _TIME_NOUNS | _VENUES | {"a", "an", "the", "last", "late", "early",
        "this", "his", "her", "its", "their", "news", "press", "joint", "televised"}
    )  # fmt: skip


def _closes_time(word: Word) -> bool:
    return word.raw.isdigit() or word.low in _WEEKDAYS | _MONTHS | _TIME_NOUNS | _VENUES


def after_hearer(words: Sequence[Word], place: int, *, hearer: bool = False) -> int:
    """Where what is said begins after a cue: past the hearer and the time."""
    place = after_time(words, place)
    if place >= len(words) or not hearer:
        return place
    word = words[place]
    if word.low in _HEARERS:
        place += 1
    elif word.low in DETERMINERS or word.raw[0].isupper():
        at = place + 1 if word.low in DETERMINERS else place
        while at < len(words) and at - place < _REACH and _names(words, at, place):
            at += 1
        place = at
    elif word.raw.isalpha() and word.low not in {"that", "to"}:
        place += 1
    return after_time(words, place)


def _names(words: Sequence[Word], at: int, first: int) -> bool:
    """Whether a word goes on with the hearer's name: capitals, or one noun after an article."""
    word = words[at]
    if word.low in _SUBJECTS | DETERMINERS | {"that", "to"} or not word.raw[0].isalpha():
        return False
    return word.raw[0].isupper() or (at == first + 1 and words[first].low in DETERMINERS)


def source_before(
    words: Sequence[Word], place: int, floor: int, *, closing: bool = False
) -> tuple[int, int] | None:
    """The noun phrase that ends where a cue begins; None where no such phrase stands there.

    `closing` asks for one after a quotation or a comma, at whose end the sentence may close.
    """
    end = place
    while end > floor and words[end - 1].low in _WEEKDAYS | {"yesterday", "today", "later"}:
        end -= 1
        if end > floor and words[end - 1].low == "on":
            end -= 1
    begins = _clause_begin(words, end, floor)
    if closing and (begins <= floor or not (words[begins - 1].quoted or words[begins - 1].low == ",")):
        return None
    begins = _past_openers(words, begins, end)
    if not 0 < end - begins <= _LONGEST_SOURCE or not _noun_phrase(words[begins:end]):
        return None
    return begins, end


def _clause_begin(words: Sequence[Word], end: int, floor: int) -> int:
    """Where the clause of a subject that ends at a word begins, its appositions inside."""
    apposed = end > floor and words[end - 1].low == ","
    at = end - 1 if apposed else end
    commas = 1 if apposed else 0
    while at > floor:
        word = words[at - 1]
        if word.quoted or word.low in {";", ":", "—", "–", "("}:
            break
        if word.low == ",":
            if not commas:
                break
            commas -= 1
        if word.low in _BREAKS and not commas:
            break
        at -= 1
    return at


def _past_openers(words: Sequence[Word], begins: int, end: int) -> int:
    """Past "On Monday," and "But" at the head of a clause."""
    while begins < end and words[begins].low in {"but", "and", "yet", "still", ",", "however",
                                                  "meanwhile", "that", "while", "as"}:  # fmt: skip
        begins += 1
    if begins < end and words[begins].low in _OPENERS:
        for at in range(begins, end - 1):
            if words[at].low == ",":
                return _past_openers(words, at + 1, end)
        return end
    timed = after_time(words, begins)
    return timed if timed > begins else begins


def _noun_phrase(words: Sequence[Word]) -> bool:
    """Whether words read as a noun phrase: no verb of a main clause in the part before a comma."""
    first = words[0]
    if not first.raw[0].isalnum() or first.low in {"who", "which", "that", "there", "what", "to"}:
        return False
    for at, word in enumerate(words):
        if word.quoted:
            continue
        if word.low in {",", "who", "which", "that", "whose", "where"} and at:
            return True
        if word.low in _VERBS or (at and word.low in _SUBJECTS):
            return False
        if at and word.low.endswith("ed") and word.raw[0].islower() and at + 1 < len(words):
            if words[at + 1].low in DETERMINERS and words[at - 1].low not in DETERMINERS:
                return False
    return True


def source_after(words: Sequence[Word], place: int, *, whole: bool) -> int | None:
    """Where the noun phrase after a cue ends; None where none stands there.

    `whole` takes the appositions after its commas in, up to what goes on with the sentence.
    """
    if place >= len(words):
        return None
    head = words[place]
    if not head.raw[0].isalnum() or head.low in {"that", "to", "on", "in", "if", "there", "at"}:
        return None
    at = place
    while at < len(words) and at - place < _LONGEST_SOURCE:
        word = words[at]
        if word.quoted or word.low in {".", ";", ":", "—", "–", "?", "!"}:
            break
        if word.low == "," and (not whole or _ends_source(words, at)):
            break
        if word.low in _STOP_SOURCE and at > place and _ends_source(words, at - 1):
            break
        at += 1
    while at > place and words[at - 1].low in {","} | _WEEKDAYS:
        at -= 1
    if at == place or not _noun_phrase(words[place:at]):
        return None
    return at


def _ends_source(words: Sequence[Word], comma: int) -> bool:
    """Whether what follows a word no longer belongs to the source."""
    after = words[comma + 1] if comma + 1 < len(words) else None
    if after is None or after.quoted or after.low in _BREAK_AFTER_COMMA | {"adding", "and"}:
        return True
    if after_time(words, comma + 1) > comma + 1:
        return True
    return after.low in _STOP_SOURCE - {"in", "of", "at"}


def content_end(words: Sequence[Word], begins: int, cues: Sequence[Group]) -> int:
    """Where what is said ends: with the sentence, or where another cue of the same speaker begins."""
    heads = {group.first for group in cues}
    for at in range(begins, len(words)):
        word = words[at]
        after = words[at + 1].low if at + 1 < len(words) else ""
        if word.low == ";" or (word.low == "according" and after == "to"):
            return _trim(words, begins, at)
        if word.low in {",", "and", "but"} and at > begins:
            nearby = at + 2 if word.low == "," and after in {"and", "but"} else at + 1
            if nearby in heads or (word.low == "," and after in _BREAK_AFTER_COMMA):
                return _trim(words, begins, at)
    return _trim(words, begins, len(words))


def _trim(words: Sequence[Word], begins: int, end: int) -> int:
    while end > begins and words[end - 1].low in {".", ",", "!", "?", ";", ":", "—", "–", "and"}:
        end -= 1
    return end


def object_end(words: Sequence[Word], begins: int, end: int) -> int:
    """Where a noun phrase that is said, denied or called for ends."""
    for at in range(begins, end):
        if words[at].low in {",", "after", "when", "while", "because", "as", "before", "following"}:
            return at
        if at > begins and after_time(words, at) == end:
            return at
    return end


def purpose(words: Sequence[Word], begins: int) -> int:
    """Where "to" stands after somebody who is asked or ordered; 0 where none does."""
    for at in range(begins + 1, min(begins + _REACH, len(words))):
        if words[at].low in {",", "."} or words[at].quoted:
            return 0
        if words[at].low == "to":
            return at
    return 0


def spoken(words: Sequence[Word], *, opening: bool = False) -> bool:
    """Whether words hold a clause: a verb that rules know, after a subject that may open one."""
    if not words:
        return False
    if opening and not (words[0].raw[0].isalnum() or words[0].quoted):
        return False
    if opening and words[0].low in {"to", "of", "for", "on", "in", "about", "by", "with", "at"}:
        return False
    return any(
        word.low in _VERBS or word.low.endswith(("ed", "n't", "n’t")) for word in words[1:]
    )
