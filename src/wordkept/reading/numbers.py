"""Numbers as texts write them, in figures and in words, and what each says at least and at most."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_TOKEN = re.compile(
    r"\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+(?!\d|,\d)(?:\.\d+)?|\d+(?:\.\d+)?"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_"
)
_GROUPS = re.compile(r"[,\u00a0\u2009\u202f ]")
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {word: number for number, word in enumerate(_SMALL)}
TENS = {word: 10 * number for number, word in enumerate(_TENS_WORDS, start=2)}
SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
"""Scales as money is written: $3bn."""
_APART = {"mn", "mln", "bn", "tn", "trn"}
"""Those of them that may stand after a space, and are then nothing else."""
PLURALS = {
    "tens": 10.0, "dozens": 12.0, "scores": 20.0, "hundreds": 100.0, "thousands": 1e3,
    "millions": 1e6, "billions": 1e9,
}  # fmt: skip
_SINGLE = {"dozen": 12.0, "score": 20.0, "hundred": 100.0} | SCALES
_SEVERAL = {"several", "few", "many", "multiple", "numerous"}
FRACTIONS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
_PARTS = FRACTIONS | {f"{word}s": number for word, number in FRACTIONS.items()} | {"halves": 2}
_IN = {3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000}
"""What "two in five" may have after its "in": the numbers that shares are told by."""
_AFTER_SCORES = {"of", "more", "were", "have", "killed", "dead", "wounded", "injured", "others"}
_BEYOND = 1e15
"""What is larger counts nothing that a text tells of."""
_LONGEST = 20
"""Figures of more characters are the number of a thing."""
FIRST = frozenset({*SMALL, *TENS, *PLURALS, *_SEVERAL, "a", "an", "half", "halves"})
"""The words that a number in words may begin with."""


class Token(NamedTuple):
    """A word, number or mark, where it stands, and in small letters."""

    raw: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that stands at tokens [first, last): what it says at least and at most.

    `scale` is that of its last word ("3 million": 1e6); `lead` is the number before it; `sort` is
    plain, vague ("hundreds") or share (a percentage); `solid` is False of a bare "one" or "half",
    which are numbers only in company.
    """

    first: int
    last: int
    low: float
    high: float | None
    sort: str = "plain"
    scale: float = 1.0
    lead: float = 0.0
    solid: bool = True


def vocabulary(words: str) -> frozenset[str]:
    """The words of a list that is written as one line of text.

    >>> sorted(vocabulary("hour day"))
    ['day', 'hour']
    """
    return frozenset(words.split())


END = Token("", "", -1, -1)
"""What stands after the last token."""


def tokens(text: str) -> list[Token]:
    """The words, numbers and marks of a text, three ends at the close to look ahead into."""
    found = [Token(one[0], one[0].lower(), one.start(), one.end()) for one in _TOKEN.finditer(text)]
    return [*found, END, END, END, END, END, END]


def number_said(words: str) -> float | None:
    """What a number alone comes to, in figures or words; None where it is none or vague.

    >>> number_said("two hundred and six thousand, four hundred"), number_said("2.5 million")
    (206400.0, 2500000.0)
    >>> number_said("dozens") is None
    True
    """
    read = tokens(words)
    one = numeral_at(read, 0)
    whole = one is not None and read[one.last] is END and one.sort == "plain"
    return one.low if one and whole else None


def numeral_at(read: Sequence[Token], place: int) -> Numeral | None:
    """The longest number that begins at a token."""
    token = read[place]
    if token is END:
        return None
    if not token.raw[0].isdecimal() and token.low not in FIRST:
        return None
    return _vague(read, place) or _fraction(read, place) or _told(read, place)


def _told(read: Sequence[Token], place: int) -> Numeral | None:
    """A plain number, or the share that it says with what follows it."""
    plain = _plain(read, place)
    if plain is None:
        return None
    after = read[plain.last]
    if after.low in {"%", "percent", "pct", "٪"}:
        return _share(plain, plain.last + 1, plain.low)
    if after.low == "per" and read[plain.last + 1].low == "cent":
        return _share(plain, plain.last + 2, plain.low)
    return _one_in(read, plain) or plain


def _share(of: Numeral, last: int, value: float) -> Numeral:
    return Numeral(of.first, last, value, value, sort="share")


def _one_in(read: Sequence[Token], of: Numeral) -> Numeral | None:
    """Such as "two in five", "nine out of ten", "one sack in ten"."""
    place = of.last
    if of.low == 1 and read[place + 1].low == "in" and read[place].raw.isalpha():
        place += 1
    if read[place].low == "out" and read[place + 1].low == "of":
        place += 1
    elif read[place].low != "in":
        return None
    whole = _plain(read, place + 1) if read[place + 1] is not END else None
    if whole is None or whole.low not in _IN or of.low >= whole.low or of.low != int(of.low):
        return None
    return _share(of, whole.last, round(100 * of.low / whole.low, 1))


def _fraction(read: Sequence[Token], place: int) -> Numeral | None:
    """Such as "half", "a third", "two-thirds", "three quarters"; not "half a million"."""
    token = read[place]
    if token.low in {"half", "halves"}:
        if read[place + 1].low in {"a", "an"} and read[place + 2].low in _SINGLE:
            return None
        return Numeral(place, place + 1, 50, 50, sort="share", solid=False)
    parts = 1.0 if token.low in {"a", "an", "one"} else float(SMALL.get(token.low, 0))
    if not parts:
        return None
    after = place + 2 if read[place + 1].low in {"-", "‑"} else place + 1  # noqa: RUF001
    word = read[after].low
    if word not in _PARTS or parts >= _PARTS[word]:
        return None
    of_a = [token.low for token in read[after + 1 : after + 3]] == ["of", "a"]
    if parts == 1 and word == "quarter" and of_a and read[after + 3].low in _SINGLE:
        return None
    value = round(100 * parts / _PARTS[word], 1)
    solid = parts > 1 or after > place + 1 or token.low == "one"
    return Numeral(place, after + 1, value, value, sort="share", solid=solid)


def _vague(read: Sequence[Token], place: int) -> Numeral | None:
    """Such as "dozens", "hundreds of thousands", "several hundred", "a few dozen"."""
    token = read[place]
    if token.low in PLURALS:
        return _plural(read, place, place)
    begins = place + 1 if token.low == "a" and read[place + 1].low == "few" else place
    word = read[begins].low
    if word not in _SEVERAL or (word == "few" and begins == place):
        return None
    after = read[begins + 1].low
    if after in PLURALS:
        return _plural(read, begins + 1, place)
    if after not in _SINGLE:
        return None
    value, last = _scaled(read, begins + 2, 2 * _SINGLE[after])
    return Numeral(place, last, value, None, sort="vague")


def _plural(read: Sequence[Token], place: int, first: int) -> Numeral | None:
    word = read[place].low
    if word == "scores" and read[place + 1].low not in _AFTER_SCORES:
        return None
    value = 2 * PLURALS[word]
    last = place + 1
    while read[last].low == "of" and read[last + 1].low in PLURALS and value < _BEYOND:
        value *= PLURALS[read[last + 1].low]
        last += 2
    if word == "tens" and last == place + 1:
        return None
    return Numeral(first, last, value, None, sort="vague")


def _scaled(read: Sequence[Token], place: int, value: float) -> tuple[float, int]:
    while read[place].low in SCALES and value < _BEYOND:
        value *= SCALES[read[place].low]
        place += 1
    return value, place


def _plain(read: Sequence[Token], place: int) -> Numeral | None:
    """A number with one value: "1,400", "2.5 million", "$3bn", "two dozen", "half a million"."""
    token = read[place]
    if token.low in {"half", "a", "an"}:
        return _article(read, place)
    if token.raw[0].isdecimal():
        return _figures(read, place)
    if token.low not in SMALL and token.low not in TENS:
        return None
    return _worded(read, place, place, None)


def _article(read: Sequence[Token], place: int) -> Numeral | None:
    """Such as "a hundred", "a dozen", "half a million", "a quarter of a million"."""
    first, part = place, 1.0
    words = [read[place + ahead].low for ahead in range(5)]
    if words[0] == "half":
        place, part = place + 1, 0.5
    elif words[:2] in (["a", "half"], ["a", "quarter"]):
        part = 0.5 if words[1] == "half" else 0.25
        place += 3 if words[2] == "of" else 2
        place -= read[place].low not in {"a", "an"}
    word = read[place + 1].low
    if read[place].low not in {"a", "an", "half"} or word not in _SINGLE or word == "score":
        return None
    if part == 1.0:
        return _worded(read, first, place + 1, 1.0)
    value, last = _scaled(read, place + 2, part * _SINGLE[word])
    return Numeral(first, last, value, value, scale=value / part, lead=part)


def _figures(read: Sequence[Token], place: int) -> Numeral | None:
    """A number in figures, with the scale that follows it."""
    token = read[place]
    if len(token.raw) > _LONGEST:
        return None
    value = float(_GROUPS.sub("", token.raw))
    after = read[place + 1]
    touching = after.start == token.end
    if after.low in SHORT and (touching or after.low in _APART):
        scale = SHORT[after.low]
        value = _exactly(value, scale)
        return Numeral(place, place + 2, value, value, scale=scale, lead=value / scale)
    if after.low in _SINGLE and not touching and after.low != "score":
        return _worded(read, place, place + 1, value)
    return Numeral(place, place + 1, value, value, lead=value)


def _exactly(value: float, scale: float) -> float:
    """The product without the dust of binary fractions: 1.1 million is 1100000.

    >>> _exactly(1.1, 1e6)
    1100000.0
    """
    return round(value * scale, 3)


def _worded(read: Sequence[Token], first: int, place: int, begun: float | None) -> Numeral | None:
    """A number in words: groups below a thousand, each with its scale, each scale smaller."""
    total, ceiling, scale, lead = 0.0, float("inf"), 1.0, 0.0
    last = place
    while True:
        group = (begun, place) if begun is not None else _below_thousand(read, place)
        if group is None:
            break
        value, after = group
        if begun is not None:
            value, after = _hundreds(read, value, after)
        begun = None
        value, after = _and_a_half(read, value, after)
        own, after = _scale(read, after)
        if own >= ceiling or (last != place and value == 0):
            break
        total, ceiling, scale, lead = total + _exactly(value, own), own, own, value
        last = after
        place = _joined(read, after) if own > 1 else -1
        if place < 0:
            break
    if last == first:
        return None
    solid = not (total == 1 and last == first + 1)
    return Numeral(first, last, total, total, scale=scale, lead=lead, solid=solid)


def _joined(read: Sequence[Token], place: int) -> int:
    """Where the next group begins: after "and", a comma or nothing; -1 where none does."""
    if read[place].low in {"and", ","}:
        place += 1
        if read[place - 1].low == "," and read[place].low == "and":
            place += 1
    word = read[place].low
    return place if word in SMALL or word in TENS else -1


def _scale(read: Sequence[Token], place: int) -> tuple[float, int]:
    """The scale that stands at a token, "dozen" among them; 1 where none does."""
    if read[place].low == "-" and read[place + 1].low in SCALES:
        place += 1
    if read[place].low == "dozen":
        return 12.0, place + 1
    value, after = _scaled(read, place, 1.0)
    return value, after


def _and_a_half(read: Sequence[Token], value: float, place: int) -> tuple[float, int]:
    said = [read[place + ahead].low for ahead in range(3)]
    if said[:2] == ["and", "a"] and said[2] in {"half", "quarter"}:
        return value + (0.5 if said[2] == "half" else 0.25), place + 3
    return value, place


def _below_thousand(read: Sequence[Token], place: int) -> tuple[float, int] | None:
    tens = _below_hundred(read, place)
    return _hundreds(read, *tens) if tens else None


def _hundreds(read: Sequence[Token], value: float, place: int) -> tuple[float, int]:
    """A number and its "hundred" with what follows: "two hundred and six"."""
    at = place + 1 if read[place].low == "-" and read[place + 1].low == "hundred" else place
    if read[at].low != "hundred":
        return value, place
    value, place = 100 * value, at + 1
    ahead = place + 1 if read[place].low == "and" else place
    rest = _below_hundred(read, ahead)
    return (value + rest[0], rest[1]) if rest and rest[0] else (value, place)


def _below_hundred(read: Sequence[Token], place: int) -> tuple[float, int] | None:
    word = read[place].low
    if word in SMALL:
        return float(SMALL[word]), place + 1
    if word not in TENS:
        return None
    value = float(TENS[word])
    after = place + 2 if read[place + 1].low == "-" else place + 1
    unit = SMALL.get(read[after].low, 0)
    return (value + unit, after + 1) if 0 < unit < 10 else (value, place + 1)  # noqa: PLR2004
