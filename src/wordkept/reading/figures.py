"""Numbers that a text claims: what their words bound, of what, and over what time."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wordkept.model import Figure, Span, TimeExpression
from wordkept.reading.figures_apart import apart
from wordkept.reading.figures_bounds import MEASURES, Bounded, bounded, ranged
from wordkept.reading.figures_units import CURRENCIES, unit_after, unit_of_deed
from wordkept.reading.numbers import END, Numeral, Token, numeral_at, tokens, vocabulary

_CLAUSE_ENDS = re.compile(r"[.!?;:](?=\s|$)|[\n\r\u2028\u2029]")
_DURATION = re.compile(r"P[T\dX]")
_DASHES = {"-", "–", "—", "‑"}  # noqa: RUF001
_MOVED = vocabulary(
    "rose fell grew increased decreased dropped climbed shrank jumped cut raised rise rising "
    "fall falling drop went up down declined reduced reducing swelled slid"
)
"""After these, "from 200 to 300" is a change, and no range."""
_THEN = vocabulary(
    "of and or but in on at by to from for since before after were was are have had as last"
)
"""What may follow a number that leaves out its noun: "59 in the south"."""
_NEAR = 2
"""How many sentences on a bare number may take the unit of the one before it."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A number with its bounds and its unit, at tokens [first, last)."""

    told: Bounded
    first: int
    last: int
    unit: tuple[int, int]
    money: str = ""


def read_figures(text: str, times: tuple[TimeExpression, ...] = ()) -> tuple[Figure, ...]:
    """Every figure that a text gives, in its order, numbered f1, f2, ...; no statement is set.

    What stands inside one of the `times` is no figure; a duration in the same clause is the
    figure's period.

    >>> text = "At least 27 medical facilities were hit, and well over 1,400 people died."
    >>> [(one.low, one.high, one.unit) for one in read_figures(text)]
    [(27.0, None, 'medical facilities'), (1401.0, None, 'people')]
    """
    read = tokens(text)
    within = _Times(text, times)
    found: list[Figure] = []
    place = 0
    while read[place] is not END:
        number = numeral_at(read, place)
        if number is None:
            place += 1
            continue
        phrase = _phrase(text, read, number)
        place = max(phrase.told.number.last if phrase else number.last, place + 1)
        if phrase is None:
            continue
        figure = _figure(text, read, phrase, within, found)
        if figure is not None:
            found.append(figure)
            place = max(place, phrase.last)
    return tuple(found)


def _phrase(text: str, read: Sequence[Token], number: Numeral) -> _Phrase | None:
    """A number with all that belongs to it; None where it is no figure."""
    number = _with_range(read, number)
    money, opens = _money(read, number.first)
    share = number.sort == "share"
    single = 1 in {number.low, number.high}
    ahead = replace(number, first=opens)
    probe = bounded(read, ahead, measured=False)
    first, last, end = unit_after(read, probe.last, share=share, single=single)
    unit = " ".join(token.low for token in read[first:last])
    if _cut_short(read, number):
        return None
    counted = last > first or unit_of_deed(read, probe.first, probe.last) >= 0
    if not money and apart(text, read, number, bounded=probe.bounded, counted=counted):
        return None
    told = bounded(read, ahead, measured=bool(money) or _measured(unit))
    if told.low is None and told.high is None:
        return None
    if money:
        first = last = end = told.last
    return _Phrase(told, told.first, max(end, told.last), (first, last), money)


def _measured(unit: str) -> bool:
    return any(word in MEASURES for word in unit.split()[-1:])


def _cut_short(read: Sequence[Token], number: Numeral) -> bool:
    """Whether a hyphen ties the number to what is no range of it: a score, or a compound."""
    before = read[number.first - 1] if number.first else END
    return before.low in _DASHES and before.end == read[number.first].start


def _with_range(read: Sequence[Token], number: Numeral) -> Numeral:
    """The range that begins with a number, "between" and all, or the number itself."""
    link = read[number.last].low
    begins = number.first - (read[number.first - 1].low in CURRENCIES) if number.first else 0
    before = read[begins - 1].low if begins else ""
    joins = link in {"to", "or", *_DASHES} or (link == "and" and before == "between")
    if not joins or (before == "from" and _moved(read, begins)):
        return number
    follows = number.last + 1 + (read[number.last + 1].low in CURRENCIES)
    other = numeral_at(read, follows)
    both = ranged(number, other) if other else None
    if both is None or (link == "to" and both.high == 1):
        return number
    return replace(both, first=begins - 1) if before == "between" else both


def _moved(read: Sequence[Token], place: int) -> bool:
    """Whether "from 200 to 300" is said of a change: "rose from 200 to 300"."""
    return any(token.low in _MOVED for token in read[max(0, place - 6) : place])


def _money(read: Sequence[Token], place: int) -> tuple[str, int]:
    """The currency whose sign stands before a number, and where its phrase begins."""
    if read[place].low == "between" and read[place + 1].low in CURRENCIES:
        return CURRENCIES[read[place + 1].low], place
    if not place or read[place - 1].low not in CURRENCIES:
        return "", place
    name, begins = CURRENCIES[read[place - 1].low], place - 1
    country = read[begins - 1] if begins else END
    if country.low in {"us", "c", "a", "nz"} and country.end == read[begins].start:
        begins -= 1
    return name, begins


def _figure(
    text: str,
    read: Sequence[Token],
    phrase: _Phrase,
    within: "_Times",
    found: Sequence[Figure],
) -> Figure | None:
    span = Span(start=read[phrase.first].start, end=read[phrase.last - 1].end)
    number = phrase.told.number
    core = Span(start=read[number.first].start, end=read[number.last - 1].end)
    if within.hold(core):
        return None
    return Figure(
        id=f"f{len(found) + 1}",
        span=span,
        low=phrase.told.low,
        high=phrase.told.high,
        unit=phrase.money or _unit(text, read, phrase, found),
        about=phrase.told.about,
        share=number.sort == "share",
        period=within.duration(span),
    )


def _unit(text: str, read: Sequence[Token], phrase: _Phrase, found: Sequence[Figure]) -> str:
    """The noun after it; else the deed beside it; else the noun of the figure just before."""
    first, last = phrase.unit
    if last > first:
        return text[read[first].start : read[last - 1].end]
    deed = unit_of_deed(read, phrase.first, phrase.last)
    if deed >= 0:
        return read[deed].raw
    if phrase.told.number.sort == "share" or not found:
        return ""
    before, after = found[-1], read[phrase.last]
    if phrase.told.number.sort == "vague" or (after.raw.isalpha() and after.low not in _THEN):
        return ""
    between = text[before.span.end : read[phrase.first].start]
    if before.share or "\n" in between or len(re.findall(r"[.!?](?=\s)", between)) >= _NEAR:
        return ""
    return before.unit


class _Times:
    """The time expressions of a text, asked by place."""

    def __init__(self, text: str, times: Sequence[TimeExpression]) -> None:
        self._spans = sorted(time.span for time in times)
        self._starts = [span.start for span in self._spans]
        self._ends = [found.start() for found in _CLAUSE_ENDS.finditer(text)]
        durations = sorted(time.span for time in times if _DURATION.match(time.value))
        self._durations: dict[int, list[Span]] = {}
        for span in durations:
            self._durations.setdefault(self._clause(span.start), []).append(span)

    def hold(self, span: Span) -> bool:
        """Whether a time expression shares a character with a span."""
        place = bisect_right(self._starts, span.start)
        return any(one.meets(span) for one in self._spans[max(0, place - 1) : place + 1])

    def duration(self, span: Span) -> Span | None:
        """The nearest duration in the clause of a span; None where there is none."""
        near = self._durations.get(self._clause(span.start), [])
        return min(near, key=lambda one: _distance(one, span), default=None)

    def _clause(self, place: int) -> int:
        return bisect_right(self._ends, place)


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)
