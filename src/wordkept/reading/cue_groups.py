"""A sentence in words, and the verb groups in it that carry what is said."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from wordkept.model import Span
from wordkept.reading.cue_words import Cue, cue_verbs
from wordkept.reading.numbers import SMALL, vocabulary
from wordkept.reading.quotations import FILLER

_WORD = re.compile(rf"{FILLER}+|\w+(?:[.,]\d+)*(?:['’\-]\w+)*|[^\w\s]")
AUXILIARIES = vocabulary(
    "has have had is was were are be been being will would did does do could can may might must "
    "should shall"
)
_BE = vocabulary("is was were are be been being")
_ADVERBS = vocabulary(
    "not never also later again then still earlier already once often even first further "
    "yet therefore thus always ever just only"
)
_PLURAL_SUBJECTS = vocabulary("they we i you people police officials many some others both")
DETERMINERS = vocabulary(
    "a an the this that these those his her its their our my your any no some each every such all"
)
_BEFORE_NOUN = (
    DETERMINERS
    | frozenset(SMALL)
    | vocabulary(
        "of in on for with by from about against into to as at under over new recent same more "
        "other first last"
    )
)
_NEVER_BEFORE = vocabulary("to who which that neither nor")
_CLOSING = frozenset('",)”»')
_DECLINES = vocabulary("decline declines declined declining refuse refuses refused refusing")
_TO_SAY = vocabulary("comment discuss confirm answer name specify disclose reveal elaborate")
LONGEST_GROUP = 7


class Word(NamedTuple):
    """A word, a mark, or a whole quotation, of a sentence."""

    raw: str
    low: str
    start: int
    end: int
    quoted: bool = False


class Group(NamedTuple):
    """A verb group at words [first, last): its verb stands at `verb`."""

    first: int
    last: int
    verb: int
    cue: Cue
    passive: bool


def words_around(mask: str, sentence: Span, ends: Mapping[int, int]) -> list[Word]:
    """The words of a sentence, each quotation one of them; `ends` has where each ends."""
    found: list[Word] = []
    for one in _WORD.finditer(mask, sentence.start, sentence.end):
        if found and one.start() < found[-1].end:
            continue
        quoted = one[0][0] == FILLER
        end = ends.get(one.start(), one.end()) if quoted else one.end()
        found.append(Word(one[0], one[0].lower(), one.start(), end, quoted))
    return found


def groups(read: Sequence[Word]) -> list[Group]:
    """Every verb group of a sentence that carries a reporting verb, in order."""
    found: list[Group] = []
    known = cue_verbs()
    for place, word in enumerate(read):
        for cue in known.get(word.low, ()):
            after = read[place + 1].low if place + 1 < len(read) else ""
            if cue.particle and cue.particle != after:
                continue
            group = _group(read, place, cue)
            if group is not None:
                found.append(group)
            break
    return found


def _group(read: Sequence[Word], place: int, cue: Cue) -> Group | None:
    first = place
    while first and place - first < LONGEST_GROUP and _helps(read[first - 1]):
        first -= 1
    while first < place and not _may_begin(read[first]):
        first += 1
    helpers = {word.low for word in read[first:place]}
    if not _a_verb(read, first, place, helpers, cue):
        return None
    passive = cue.form == "past" and bool(helpers & _BE)
    last = place + (2 if cue.particle else 1)
    return Group(first, _past_declining(read, place, last), place, cue, passive)


def _past_declining(read: Sequence[Word], place: int, last: int) -> int:
    """Where "declined to comment on" ends, which is one cue; else where it ended already."""
    ahead = [word.low for word in read[place : place + 4]]
    declines = ahead[0] in _DECLINES and ahead[1:2] == ["to"]
    if not declines or not _TO_SAY.intersection(ahead[2:3]):
        return last
    return place + (4 if ahead[3:] == ["on"] else 3)


def _helps(word: Word) -> bool:
    low = word.low
    if low in AUXILIARIES or low in _ADVERBS or low.endswith(("n't", "n’t")):
        return True
    return (
        low.endswith("ly") and word.raw[0].islower() and low not in {"family", "assembly", "italy"}
    )


def _may_begin(word: Word) -> bool:
    return word.low not in {"first", "once", "even", "only"}


def _a_verb(read: Sequence[Word], first: int, verb: int, helpers: set[str], cue: Cue) -> bool:
    """Whether the word is a verb here, and no noun or adjective."""
    before = read[first - 1] if first else None
    if before is not None and before.low in _NEVER_BEFORE:
        return False
    helped = bool(helpers & AUXILIARIES) or any(word.endswith("n't") for word in helpers)
    if cue.form == "ing":
        return bool(helpers & _BE) or (before is not None and before.low == ",")
    if helped or before is None:
        return helped
    if before.low in {"and", "or", "but"}:
        return cue.form == "past" or _opens_clause(read, verb + 1)
    if cue.form == "base":
        return _plural_subject(before, cue)
    counted = cue.form == "s" and before.raw[0].isdecimal()
    noun = (before.raw[-1].isalnum() and not counted) or before.raw in _CLOSING or before.quoted
    return noun and before.low not in _BEFORE_NOUN


def _opens_clause(read: Sequence[Word], place: int) -> bool:
    return place < len(read) and (read[place].quoted or read[place].low in {"that", "to"})


def _plural_subject(before: Word, cue: Cue) -> bool:
    """Whether the word before a bare verb may be its subject, or ends what was said."""
    if before.quoted or before.low == ",":
        return cue.takes("Q")
    plural = before.low.endswith("s") and before.low not in _BEFORE_NOUN and before.raw.isalpha()
    return plural or before.low in _PLURAL_SUBJECTS
