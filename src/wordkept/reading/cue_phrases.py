"""The phrases around a cue: who says it, to whom and when, and how far what is said goes."""

from collections.abc import Sequence

from wordkept.reading.cue_groups import AUXILIARIES, DETERMINERS, Group, Word
from wordkept.reading.numbers import vocabulary

_WEEKDAYS = vocabulary("monday tuesday wednesday thursday friday saturday sunday")
_MONTHS = vocabulary(
    "january february march april may june july august september october november december"
)
_TIME = _WEEKDAYS | vocabulary("yesterday today tonight earlier later afterwards again")
_TIME_NOUNS = vocabulary(
    "week month year summer autumn winter spring fall decade night morning afternoon evening day "
    "weekend"
)
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
_BREAKS = vocabulary(
    "after before since until which whom where that because "
    "while although though whereas if unless but so when as"
)
_STOP_SOURCE = vocabulary(
    "in on at during after before when as while adding saying referring speaking following "
    "because amid but and told this last yesterday"
)
_BREAK_AFTER_COMMA = vocabulary("but while whereas although though saying")
_VERBS = AUXILIARIES | vocabulary(
    "went came left took gave made saw met won lost fell rose hit struck broke began became stood "
    "sat held kept ran sent died fled got put cut let led brought bought built caught fought "
    "found grew knew paid sold spent spoke wrote said says told remains remain needs need has"
)
_TITLES = vocabulary("mr mrs ms dr prof gov sen rep gen lt col maj capt sgt st jr sr adm")
_LONGEST_SOURCE = 30
_REACH = 9
_DATELINE = 12
_LONGEST_TIME = 4


def is_over(words: Sequence[Word], place: int) -> bool:
    """Whether nothing but a closing mark, or a comma, stands at a word."""
    return place >= len(words) or words[place].low in {".", ",", ";", "!", "?", "—", "–", ")"}


def after_time(words: Sequence[Word], place: int) -> int:
    """Where the words of time, place and medium after a cue are over: "on Monday"."""
    while place < len(words):
        past = _one_time(words, place)
        if past == place:
            break
        place = past
    return place


def _one_time(words: Sequence[Word], place: int) -> int:
    """Where one such phrase that begins at a word ends; the word itself where none does."""
    if words[place].low in _TIME:
        return place + 1
    if words[place].low not in _PREPOSITIONS | {"last", "this", "late", "early"}:
        return place
    past, at = place, place + 1
    while at < len(words) and at - place <= _LONGEST_TIME and _of_time(words[at]):
        at += 1
        if _closes_time(words[at - 1]):
            past = at
    return past


def _of_time(word: Word) -> bool:
    return word.raw.isdecimal() or word.low in (
        _WEEKDAYS | _MONTHS | _TIME_NOUNS | _VENUES | {"a", "an", "the", "last", "late", "early",
        "this", "his", "her", "its", "their", "news", "press", "joint", "televised"}
    )  # fmt: skip


def _closes_time(word: Word) -> bool:
    return word.raw.isdecimal() or word.low in _WEEKDAYS | _MONTHS | _TIME_NOUNS | _VENUES


def after_hearer(words: Sequence[Word], place: int, *, hearer: bool = False) -> int:
    """Where what is said begins after a cue: past the hearer and the time."""
    place = after_time(words, place)
    if place < len(words) and words[place].low in {"only", "simply", "merely"}:
        place += 1
    if place + 1 < len(words) and words[place].low in {"him", "them", "me", "us", "you"}:
        hearer = hearer or words[place + 1].quoted or words[place + 1].low in {"that", "to"}
    if place >= len(words) or not hearer:
        return place
    word = words[place]
    if word.low in _HEARERS:
        place += 1
    elif word.low != "that" and (word.low in DETERMINERS or word.raw[0].isupper()):
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
    if closing and (
        begins <= floor or not (words[begins - 1].quoted or words[begins - 1].low == ",")
    ):
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
    timed = after_time(words, begins)
    if timed > begins:
        return _past_openers(words, timed, end) if timed < end else end
    if begins < end and words[begins].low in _OPENERS:
        for at in range(begins, end - 1):
            if words[at].low == ",":
                return _past_openers(words, at + 1, end)
        return end
    return begins


def _noun_phrase(words: Sequence[Word]) -> bool:
    """Whether words read as a noun phrase: no verb of a main clause in the part before a comma."""
    first = words[0]
    if words[-1].low in {"and", "or", "but", "to"} or words[-1].low.endswith("ing"):
        return False
    if not first.raw[0].isalnum() or first.low in {"who", "which", "that", "there", "what", "to"}:
        return False
    for at, word in enumerate(words):
        if word.quoted:
            continue
        if word.low in {",", "who", "which", "that", "whose", "where"} and at:
            return True
        if word.low in _VERBS or (at and word.low in _SUBJECTS):
            return False
        did = at and word.low.endswith("ed") and word.raw[0].islower() and at + 1 < len(words)
        if did and words[at + 1].low in DETERMINERS and words[at - 1].low not in DETERMINERS:
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
        if word.quoted or word.low in {";", ":", "—", "–", "?", "!"}:
            break
        if word.low == "." and words[at - 1].low not in _TITLES and len(words[at - 1].raw) > 1:
            break
        if word.low == "," and (not whole or _ends_source(words, at)):
            break
        joins = word.low == "and" and at + 1 < len(words) and _goes_on(words[at + 1])
        if word.low in _STOP_SOURCE and not joins and at > place and _ends_source(words, at - 1):
            break
        at += 1
    while at > place and words[at - 1].low in {","} | _WEEKDAYS:
        at -= 1
    if at == place or not _noun_phrase(words[place:at]):
        return None
    return at


def _goes_on(word: Word) -> bool:
    return word.raw[0].isupper() or word.low in DETERMINERS


def according_source(words: Sequence[Word], place: int, *, whole: bool) -> int | None:
    """Where the noun phrase after "according to" ends: at a comma, or past an apposition."""
    at = place
    while at < len(words) and words[at].low not in {",", ".", ";", "—", "–"}:
        if words[at].low in {"but", "while"}:
            break
        at += 1
    rest = [word for word in words[at:] if word.raw != "."]
    if whole and rest and rest[0].low == "," and len(rest) <= _REACH and not spoken(rest):
        at += len(rest)
    return at if at > place else None


def dateline(words: Sequence[Word]) -> int:
    """The word at which a sentence begins behind its dateline: "OSK, May 9 — Hundreds ..."."""
    for at, word in enumerate(words[:_DATELINE]):
        if word.low in {"—", "–", "-", "--"} and at:
            heads = [one for one in words[:at] if one.raw.isalpha()]
            if heads and heads[0].raw.isupper() and all(one.raw[0].isupper() for one in heads):
                return at + 1
    return 0


def purpose_end(words: Sequence[Word], begins: int, end: int) -> int:
    """Where what somebody means to do ends: at a comma that adds nothing to it."""
    for at in range(begins, end):
        after = words[at + 1].low if at + 1 < len(words) else ""
        if words[at].low == "," and after not in {"and", "or", "if", "unless", "once", "provided"}:
            return at
    return end


def _ends_source(words: Sequence[Word], comma: int) -> bool:
    """Whether what follows a word no longer belongs to the source."""
    after = words[comma + 1] if comma + 1 < len(words) else None
    if after is None or after.quoted or after.low in _BREAK_AFTER_COMMA | {"adding", "and"}:
        return True
    if after_time(words, comma + 1) > comma + 1:
        return True
    return after.low in _STOP_SOURCE - {"in", "of", "at"}


def content_end(words: Sequence[Word], begins: int, cues: Sequence[Group]) -> int:
    """Where what is said ends: with the sentence, or where somebody's next cue begins."""
    heads = {group.first for group in cues}
    for at in range(begins, len(words)):
        low = words[at].low
        after = words[at + 1].low if at + 1 < len(words) else ""
        if low == ";" or (low == "according" and after == "to"):
            return _trim(words, begins, at)
        if low in {"and", "but"} and at > begins and at + 1 in heads:
            return _trim(words, begins, at)
        if low == "," and at > begins and _closes_at(words, at, heads, cues):
            return _trim(words, begins, at)
    return _trim(words, begins, len(words))


def _closes_at(words: Sequence[Word], comma: int, heads: set[int], cues: Sequence[Group]) -> bool:
    """Whether another statement, or the writer, takes over at a comma."""
    after = words[comma + 1].low if comma + 1 < len(words) else ""
    if after in {"and", "but"} and _subject_follows(words, comma + 2, cues):
        return True
    joined = comma + 2 if after in {"and", "but"} else comma + 1
    return joined in heads or after in _BREAK_AFTER_COMMA or _attributed_behind(words, comma, cues)


def _subject_follows(words: Sequence[Word], place: int, cues: Sequence[Group]) -> bool:
    """Whether another speaker and cue begin at a word: ", and aides said"."""
    ahead = [group.first for group in cues if place < group.first <= place + _REACH]
    return bool(ahead) and _noun_phrase(words[place : ahead[0]])


def _attributed_behind(words: Sequence[Word], comma: int, cues: Sequence[Group]) -> bool:
    """Whether a comma is followed by who says all that stands before it: ", the company said"."""
    for group in cues:
        if group.first > comma:
            own = group.first - comma
            return (
                1 < own <= _REACH
                and _noun_phrase(words[comma + 1 : group.first])
                and is_over(words, after_hearer(words, group.last))
            )
    return False


def _trim(words: Sequence[Word], begins: int, end: int) -> int:
    while end > begins and words[end - 1].low in {".", ",", "!", "?", ";", ":", "—", "–", "and"}:
        end -= 1
    return end


def object_end(words: Sequence[Word], begins: int, end: int) -> int:
    """Where a noun phrase that is said, denied or called for ends."""
    for at in range(begins, end):
        if words[at].low in {",", "when", "while", "because", "as"}:
            return at
        if at > begins and after_time(words, at) == end:
            return at
    return end


def opens_object(word: Word, *, plain: bool) -> bool:
    """Whether a noun phrase may begin with a word; not `plain`, it must show itself as one."""
    if word.quoted or word.low in DETERMINERS or word.raw[0].isdecimal():
        return True
    if not plain or not word.raw[0].isalpha():
        return False
    if word.low in _VERBS | _SUBJECTS | _OPENERS | _HEARERS | {"to", "of", "by", "that", "not"}:
        return False
    return not word.low.endswith(("ed", "ly"))


def subject(words: Sequence[Word], begins: int) -> tuple[int, int] | None:
    """The subject of a sentence: its first noun phrase, up to its verb; None where none shows."""
    begins = _past_openers(words, begins, len(words))
    for at in range(begins, min(begins + _REACH, len(words))):
        word = words[at]
        if word.low in _VERBS or (at > begins and word.low.endswith("ed") and word.raw.islower()):
            return (begins, at) if at > begins and _noun_phrase(words[begins:at]) else None
        if word.low == "," or word.quoted:
            return None
    return None


def named_in(words: Sequence[Word], begins: int) -> int:
    """Where a quotation stands that names what is called so: "called it “ink”"; 0 where none."""
    for at in range(begins, min(begins + _REACH, len(words))):
        if words[at].quoted:
            return at
        if not words[at].raw[0].isalnum():
            return 0
    return 0


def purpose(words: Sequence[Word], begins: int, link: str = "to") -> int:
    """Where "to" stands after somebody who is asked or ordered; 0 where none does."""
    for at in range(begins + 1, min(begins + _REACH, len(words))):
        if words[at].low in {",", "."} or words[at].quoted:
            return 0
        if words[at].low == link:
            return at
    return 0


def spoken(words: Sequence[Word], *, opening: bool = False) -> bool:
    """Whether words hold a clause: a verb that rules know, after a subject that may open one."""
    if not words:
        return False
    if opening and len(words) > 1 and words[0].low in _SUBJECTS:
        return True
    if opening and not (words[0].raw[0].isalnum() or words[0].quoted):
        return False
    if opening and words[0].low in _VERBS | {
        "to",
        "of",
        "for",
        "on",
        "in",
        "about",
        "by",
        "with",
        "at",
    }:
        return False
    return any(word.low in _VERBS or word.low.endswith(("ed", "n't", "n’t")) for word in words[1:])
