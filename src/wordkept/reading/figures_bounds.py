"""The words that bound a number: "at least", "nearly", "or more", and what they make of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wordkept.reading.numbers import Numeral, Token, vocabulary

MEASURES = vocabulary(
    "dollar dollars euro euros pound pounds rouble roubles ruble rubles lira liras dinar "
    "dinars rial rials shekel shekels hryvnia hryvnias franc francs yen yuan litre litres "
    "liter liters tonne tonnes ton tons ounce ounces kilogram kilograms kilogramme "
    "kilogrammes kg gram grams hectare hectares acre acres barrel barrels gallon gallons "
    "megawatt megawatts"
)
"""What is measured, not counted: more than 3 tonnes need not be 4."""

LEAST = (
    "at least", "at the least", "at the very least", "no fewer than", "no less than",
    "not fewer than", "not less than", "a minimum of", "minimum", "no lower than", "not lower than",
    "as few as", "as little as", "upwards of", "upward of",
)  # fmt: skip
MOST = (
    "at most", "at the most", "no more than", "not more than", "not exceeding", "a maximum of",
    "maximum", "up to", "as many as", "as much as",
)  # fmt: skip
OVER = (
    "more than", "over", "above", "in excess of", "exceeding", "greater than", "higher than",
    "well over", "well above", "far more than", "many more than", "much more than",
    "well in excess of", "considerably more than", "significantly more than", "beyond",
)  # fmt: skip
JUST_OVER = (
    "just over",
    "slightly more than",
    "a little over",
    "a little more than",
    "little over",
)
UNDER = (
    "fewer than", "less than", "under", "below", "well under", "well below", "far fewer than",
    "far less than", "not even", "short of",
)  # fmt: skip
NEARLY = (
    "nearly", "almost", "just under", "just below", "slightly fewer than", "slightly less than",
    "a little under", "not quite", "approaching", "virtually",
)  # fmt: skip
ABOUT = (
    "about", "around", "some", "roughly", "approximately", "an estimated", "estimated", "circa",
    "in the region of", "on the order of", "in the order of", "something like", "perhaps",
    "close to", "barely", "scarcely",
    "maybe",
    "an approximate", "approx", "approx.", "~", "c.", "or so",
)  # fmt: skip
EXACT = (
    "only", "just", "exactly", "precisely", "a total of", "a further", "another", "an additional",
    "additional", "all", "a mere", "a combined", "a record",
)  # fmt: skip
_SORTS = {
    tuple(phrase.split()): sort
    for sort, phrases in (
        ("least", LEAST), ("most", MOST), ("over", OVER), ("over+", JUST_OVER), ("under", UNDER),
        ("under+", NEARLY), ("about", ABOUT), ("exact", EXACT),
    )
    for phrase in phrases
}  # fmt: skip
_LONGEST = max(len(words) for words in _SORTS)
_LAST_WORDS = frozenset(words[-1] for words in _SORTS)
_AFTER = {
    ("or", "more"): "least", ("or", "above"): "least", ("or", "over"): "least",
    ("and", "above"): "least", ("or", "so"): "about", ("or", "thereabouts"): "about",
    ("or", "fewer"): "most", ("or", "less"): "most", ("at", "least"): "least",
    ("at", "most"): "most", ("at", "the", "most"): "most", ("at", "the", "least"): "least",
    ("-", "odd"): "about", ("-", "strong"): "exact",
    ("-", "plus"): "least", ("+",): "least", ("plus",): "least",
}  # fmt: skip
_TAKES_OVER = vocabulary(
    "hand handed handing hands turn turned turning give gave given take took taken taking "
    "protest protested protests dispute row anger talks concern concerns complained argued "
    "argue clash clashes tension tensions outrage criticism fly flew flying fired quarrel war "
    "fight fought differences negotiations note trial tried"
)
"""After these, "over" is no bound."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number with the words that bound it, at tokens [first, last)."""

    first: int
    last: int
    number: Numeral
    low: float | None
    high: float | None
    about: bool
    bounded: bool


def bounded(read: Sequence[Token], number: Numeral, *, measured: bool) -> Bounded:
    """A number read with the bounding words before and after it.

    `measured` says that its unit has no smallest step (money, tonnes), as shares have none: then
    "more than 3" begins at 3, where of people it begins at 4.
    """
    first, sorts = _before(read, number.first)
    last, behind = _behind(read, number.last)
    said = [sort for sort in (*sorts, behind) if sort]
    step = 0.0 if measured or number.sort == "share" or number.low != int(number.low) else 1.0
    low: float | None = number.low
    high, about = number.high, False
    for sort in said:
        about = about or sort == "about" or sort.endswith("+")
        if sort not in {"about", "exact"}:
            low, high = _bound(sort, number, step)
    return Bounded(first, last, number, low, high, about, bool(said))


def _bound(sort: str, number: Numeral, step: float) -> tuple[float | None, float | None]:
    """Low and high of one bounding phrase; a vague number has no high to bound."""
    top = number.high
    if sort == "least":
        return number.low, None
    if sort.startswith("over"):
        return number.low + (0 if top is None else step), None
    if sort == "most":
        return None, top
    if sort.startswith("under"):
        return None, None if top is None else top - step
    return number.low, top


def _before(read: Sequence[Token], place: int) -> tuple[int, list[str]]:
    """Where the bounding phrases before a number begin, and what they are, outermost first."""
    sorts: list[str] = []
    while True:
        size, sort = _phrase(read, place)
        if not sort:
            return place, sorts
        place -= size
        sorts.insert(0, sort)


def _phrase(read: Sequence[Token], place: int) -> tuple[int, str]:
    if place < 1 or read[place - 1].low not in _LAST_WORDS:
        return 0, ""
    for size in range(min(_LONGEST, place), 0, -1):
        words = tuple(token.low for token in read[place - size : place])
        if words in _SORTS and not (words == ("over",) and _handed(read, place - 2)):
            return size, _SORTS[words]
    return 0, ""


def _handed(read: Sequence[Token], place: int) -> bool:
    """Whether "over" belongs to the word before it: "handed over 200", "a protest over three"."""
    return place >= 0 and read[place].low in _TAKES_OVER


def _behind(read: Sequence[Token], place: int) -> tuple[int, str]:
    for size in (3, 2, 1):
        words = tuple(token.low for token in read[place : place + size])
        if words in _AFTER:
            touching = words[0] not in {"+", "-"} or read[place - 1].end == read[place].start
            if touching and not (words == ("+",) and read[place + 1].raw[:1].isdecimal()):
                return place + size, _AFTER[words]
    return place, ""


def ranged(one: Numeral, other: Numeral) -> Numeral | None:
    """The range of two numbers in a row, the second lending the first its scale and its share.

    None where the first is not the smaller.
    """
    low, high, sort = one.low, other.low, one.sort
    if one.sort == "vague" or other.sort == "vague":
        return None
    if one.scale == 1 and other.scale > 1 and one.low < other.lead:
        low *= other.scale
    if one.sort != other.sort:
        if one.sort == "share":
            return None
        sort = "share"
    if low >= high:
        return None
    return replace(one, last=other.last, low=low, high=high, sort=sort, solid=True)
