"""Numbers that are no figures: names, dates, times of the day, ages, distances, scores, lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wordkept.reading.numbers import END, Numeral, Token, vocabulary

TIMES = vocabulary(
    "second seconds minute minutes min mins hour hours hrs day days night nights week weeks "
    "weekend weekends fortnight fortnights month months year years yr yrs decade decades "
    "century centuries season seasons quarter quarters a.m p.m am pm o'clock o’clock gmt utc "
    "bc ad"
)
DISTANCES = vocabulary(
    "km kms kilometre kilometres kilometer kilometers metre metres meter meters mile miles "
    "foot feet ft yard yards inch inches mm cm centimetre centimetres millimetre millimetres "
    "nautical kph mph degree degrees ° º km/h knots"
)
LABELS = vocabulary(
    "resolution highway article articles clause clauses paragraph paragraphs page pages "
    "chapter section sections number no nos phase part point points item items route road "
    "line room channel group flight model type class grade level annex appendix protocol "
    "decree law act brigade division regiment battalion unit sector zone area district block "
    "checkpoint camp gate exit hill note table figure chart volume version day scenario "
    "option stage step round tier category case file clip photo video image slide question "
    "footnote box map pier berth terminal runway boeing airbus antonov tupolev mig su grad "
    "kalibr iskander ward precinct regulation directive rule order bill ministerial chapter "
    "verse psalm witness bulletin proclamation finding week exhibit serial tent"
)
"""A number right after one of these names a thing, and counts none."""
_ALWAYS = vocabulary(
    "article clause paragraph resolution section page highway chapter annex channel no nos"
)
"""Those of them that a count never follows."""
_MONTHS = vocabulary(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn winter"
)
_BEFORE_YEAR = vocabulary(
    "in since by until till from during before after late early mid around of to and summer "
    "the year between through ( , - – /"
)
_ANAPHORIC = vocabulary("the these those both other first last next latter former")
_VOTES = vocabulary("vote votes ballot ballots")
_PERSONS = vocabulary("boy girl man woman child father mother son daughter")
_HARM_AFTER = re.compile(
    r"killed|dead|deaths?|casualt(?:y|ies)|died|wounded|injured|hurt|missing|arrested|detained|captured"
)
_GROWN = 21
"""Up to this, a bare "under 18" is an age."""
_HOURS = frozenset(range(1, 13))
_FEW = 10
"""Up to this, "the two" speaks of those named before."""
_CLOCK = re.compile(r"0\d\.\d\d")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")


def apart(
    text: str, read: Sequence[Token], number: Numeral, *, bounded: bool, counted: bool
) -> str:
    """Why a number is no figure, in a word; "" where it may be one.

    `bounded` says that bounding words stand by it, `counted` that a unit noun follows it.
    """
    after = read[number.last]
    if _inside_a_name(read, number):
        return "name"
    if after.low in TIMES or (after.low == "-" and read[number.last + 1].low in TIMES):
        return "time"
    before = read[number.first - 1].low if number.first else ""
    if after.low in DISTANCES or before in {"foot", "feet"}:
        return "distance"
    if number.sort == "share":
        return "vote" if _of_votes(read, number.last) else _half_of_what(read, number, bounded)
    return _count_apart(text, read, number, _Company(bounded, counted))


@dataclass(frozen=True, slots=True)
class _Company:
    """Whether bounding words stand by a number, and whether a unit noun follows it."""

    bounded: bool
    counted: bool


def _count_apart(text: str, read: Sequence[Token], number: Numeral, company: _Company) -> str:
    before = read[number.first - 1] if number.first else END
    word = read[number.first].raw.isalpha()
    reasons = (
        ("date", _of_a_date(read, number, company)),
        ("time", before.low == "at" and _hour(read, number)),
        ("age", _age(read, number, company)),
        ("name", _labelled(read, number, company.counted) or _list_number(text, read, number)),
        (
            "named before",
            before.low in _ANAPHORIC and word and number.low <= _FEW and not company.bounded,
        ),
        ("one", not number.solid and not company.bounded and not _one_harmed(read, number)),
    )
    return next((reason for reason, holds in reasons if holds), "")


def _of_a_date(read: Sequence[Token], number: Numeral, company: _Company) -> bool:
    before = read[number.first - 1] if number.first else END
    after, first = read[number.last], read[number.first]
    if before.low in _MONTHS or (after.low in _MONTHS and after.raw[:1].isupper()):
        return True
    return not company.bounded and _looks_a_year(first, before, company.counted)


def _age(read: Sequence[Token], number: Numeral, company: _Company) -> bool:
    before = read[number.first - 1].low if number.first else ""
    if before in {"under", "over"} and not company.counted and number.low <= _GROWN:
        return True
    of_age = before in {"of", "is", "at"} and read[number.first - 2].low == "age"
    return before in {"aged", "age"} or of_age or _age_of_a_person(read, number)


def _inside_a_name(read: Sequence[Token], number: Numeral) -> bool:
    """Whether the number is grown together with letters, marks or other numbers: T-72, 9/11."""
    first, last = read[number.first], read[number.last - 1]
    before = read[number.first - 1] if number.first else END
    after = read[number.last]
    if _CLOCK.fullmatch(first.raw) or (first.raw[:1].isupper() and first.raw.isalpha() and (
        before.raw.isalnum() and after.raw[:1].isupper())):  # fmt: skip
        return True
    if before.end == first.start and (before.low in {"-", "/", ".", ":", "_", "#", "№", "+", "‑"}  # noqa: RUF001
                                      or before.raw.isalnum()):  # fmt: skip
        return True
    if after.start != last.end or after is END:
        return False
    beyond = read[number.last + 1]
    near = beyond.start == after.end
    if after.low in {"/", ":", "+", "_", "°"} or (after.low == "." and near and beyond is not END):
        return near and (beyond.raw[:1].isdecimal() or after.low in {"_", "/"})
    if after.low in {"-", "‑"}:  # noqa: RUF001
        return near and beyond.low not in {"odd", "plus", "strong"}
    return after.raw.isalnum()


def _of_votes(read: Sequence[Token], place: int) -> bool:
    words = [token.low for token in read[place : place + 4]]
    return words[:1] == ["of"] and any(word in _VOTES for word in words[1:])


def _half_of_what(read: Sequence[Token], number: Numeral, bounded: bool) -> str:
    """Why "a third" and "half" are no shares here: an ordinal, a place; "" in company."""
    if number.solid or bounded:
        return ""
    before = read[number.first - 1].low if number.first else ""
    after = read[number.last].low
    if before in {"first", "second", "other", "latter", "better", "northern", "southern", "western",
                  "eastern", "last", "in", "-", "upper", "lower"}:  # fmt: skip
        return "part"
    if after == "of" or before == "by":
        return ""
    whole = {"the", "its", "their", "his", "her", "all", "those", "these", "our", "my"}
    return "" if read[number.first].low == "half" and after in whole else "part"


def _hour(read: Sequence[Token], number: Numeral) -> bool:
    """Whether a number after "at" is an hour of the day: "at eight", "at eleven at night"."""
    after = read[number.last]
    if number.low not in _HOURS:
        return "." in read[number.first].raw
    return not after.raw.isalpha() or after.raw[:1].isupper() or after.low in {"at", "in", "on"}


def _looks_a_year(first: Token, before: Token, counted: bool) -> bool:
    if not _YEAR.fullmatch(first.raw):
        return False
    return not counted or before.low in _BEFORE_YEAR


def _age_of_a_person(read: Sequence[Token], number: Numeral) -> bool:
    """A number between commas, or before a full stop, right after a name: "Malenko, 51,"."""
    if number.first < 2 or number.low > 120:  # noqa: PLR2004
        return False
    comma, name, after = read[number.first - 1], read[number.first - 2], read[number.last]
    if comma.low in {"is", "was", "turned"} and name.low == "who":
        return not after.raw.isalpha() or after.low == "and"
    if name.low == "." and read[number.first - 3].raw.isupper():
        name = read[number.first - 3]
    if comma.low != "," or after.low not in {",", ".", ";", ")", ""}:
        return False
    named = name.raw[:1].isupper() and name.raw[:1].isalpha()
    return named or (read[number.first].raw.isdecimal() and name.low in _PERSONS)


def _labelled(read: Sequence[Token], number: Numeral, counted: bool) -> bool:
    """Whether the number names what stands before it: "Resolution 2268", "article 5"."""
    if not number.first:
        return False
    before = read[number.first - 1]
    first = read[number.first]
    place = number.first - 2 if before.low in {".", "of"} else number.first - 1
    word = read[place] if place >= 0 else END
    if before.low == "of":
        return word.low == "group" and word.raw[:1].isupper()
    if word.low in LABELS and (first.raw[:1].isdecimal() or number.low <= 12):  # noqa: PLR2004
        own = word.raw[:1].isupper() or not counted or word.low in _ALWAYS
        return (own and before.low != ".") or (word.low in {"no", "nos"} and before.low == ".")
    named = (
        before.raw[:1].isupper() and before.raw.isalpha() and not _begins(read, number.first - 1)
    )
    return named and not counted and first.raw[:1].isdecimal()


def _begins(read: Sequence[Token], place: int) -> bool:
    """Whether a sentence begins at a token."""
    return place == 0 or read[place - 1].low in {".", "!", "?", ":", "“", '"', "”"}


def _list_number(text: str, read: Sequence[Token], number: Numeral) -> bool:
    """Whether it numbers a list or a heading, or a note: "2. Scope", "(3)", "[4]"."""
    if number.last - number.first != 1 or not read[number.first].raw[:1].isdecimal():
        return False
    before = read[number.first - 1] if number.first else END
    after = read[number.last]
    if before.low in {"(", "["} and after.low in {")", "]"}:
        return True
    heading = after.raw[:1].isupper() and "." in read[number.first].raw
    start = read[number.first].start
    opens = not start or text[start - 1] == "\n" or before.low in {":", ";"} or heading
    return opens and (after.low in {".", ")"} or heading)


def _one_harmed(read: Sequence[Token], number: Numeral) -> bool:
    """Whether a bare "one" counts a person or thing that came to harm: "killed one soldier"."""
    before = read[number.first - 1].low if number.first else ""
    if _HARM_AFTER.match(before) or before in {"killing", "wounding", "injuring"}:
        return read[number.last].raw.isalpha()
    ahead = [token.low for token in read[number.last : number.last + 5]]
    for word in ahead:
        if word and not word.isalpha():
            return False
        if _HARM_AFTER.fullmatch(word):
            return True
    return False
