"""Where a text writes names that the gazetteer holds, and words for peoples: before any choice."""

from bisect import bisect_right
from dataclasses import dataclass

from wordkept.model import Span
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.gazetteer_index import LONGEST_NAME, Candidate, name_key
from wordkept.reading.places_words import word_set
from wordkept.reading.words import sentences, words

_MOST_TOKENS = 9
"""Words and hyphens of the longest name that is tried."""
_INSIDE = word_set(
    "of the and de la le el al ar as az ez er ed du des del do da bin ben - ' & . e i"
)
"""Small words within a name: "Deir ez-Zor", "Strait of Hormuz"."""
_ARTICLES = word_set("al el ar as az ad an at ash")
_SHOUTED = 4
"""Letters from which a name in capitals is also looked for as a name: "IRAQ", not "WHO"."""
_LEAST_SHOUTED = 500_000
"""People of a place that is believed when it is written so."""
_TITLED = 0.75
"""Share of a line's longer words with a capital, from which it is a headline."""
_FULL_STOPS = frozenset(".!…")
"""What no headline ends in."""
_LONGER_WORD = 4
_LEAST_TITLED_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A capitalised name: tokens `first` to `last` - 1, and what the gazetteer knows of it."""

    first: int
    last: int
    span: Span
    key: str
    candidates: tuple[Candidate, ...]
    people: tuple[str, ...] | None
    """The countries of the people that it is the word for; None if it is no such word."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A text in tokens, with where its sentences begin and which are headlines."""

    text: str
    tokens: tuple[Span, ...]
    said: tuple[str, ...]
    """The tokens' words."""
    begins: frozenset[int]
    """The tokens that begin a sentence."""
    titled: frozenset[int]
    """The tokens that stand in a headline."""
    small: frozenset[str]
    """The words that the text writes without a capital."""

    def word(self, place: int) -> str:
        """The token at a place, folded; "" beyond the ends."""
        return self.said[place].casefold() if 0 <= place < len(self.said) else ""

    def capital(self, place: int) -> bool:
        """Whether the token at a place begins with a capital."""
        return 0 <= place < len(self.said) and self.said[place][0].isupper()

    def beside(self, place: int, other: int) -> bool:
        """Whether two tokens, one after the other, have nothing but one space between them."""
        if place < 0 or other >= len(self.tokens):
            return False
        gap = self.text[self.tokens[place].end : self.tokens[other].start]
        return gap in {"", " ", "\N{NO-BREAK SPACE}"}


def lines_of(text: str) -> Lines:
    """The text as its names are looked for."""
    tokens = words(text)
    said = tuple(span.of(text) for span in tokens)
    starts = [span.start for span in tokens]
    begins: set[int] = set()
    titled: set[int] = set()
    for sentence in sentences(text):
        inside = range(
            bisect_right(starts, sentence.start - 1), bisect_right(starts, sentence.end - 1)
        )
        first = next((place for place in inside if said[place][0].isalnum()), None)
        if first is not None:
            begins.add(first)
        longer = [said[place] for place in inside if len(said[place]) >= _LONGER_WORD]
        if len(longer) >= _LEAST_TITLED_WORDS and text[sentence.end - 1] not in _FULL_STOPS:
            capital = sum(word[0].isupper() for word in longer)
            if capital / len(longer) >= _TITLED:
                titled.update(inside)
    small = frozenset(word for word in said if word.islower())
    return Lines(text, tokens, said, frozenset(begins), frozenset(titled), small)


def names_of(lines: Lines, gazetteer: Gazetteer) -> tuple[Name, ...]:
    """Every name, the longest first where they begin together; none overlaps another."""
    found = []
    place = 0
    while place < len(lines.said):
        name = _longest(lines, gazetteer, place) if _starts(lines, place) else None
        if name:
            found.append(name)
        place = name.last if name else place + 1
    return tuple(found)


def name_at(lines: Lines, span: Span, gazetteer: Gazetteer) -> Name:
    """The name that a span is said to be, whether the gazetteer holds it or not."""
    starts = [token.start for token in lines.tokens]
    first = bisect_right(starts, span.start) - 1
    last = bisect_right(starts, span.end - 1)
    written = span.of(lines.text)
    people = gazetteer.people(written)
    candidates = tuple(
        found for code in people or () if (found := gazetteer.country(code)) is not None
    )
    return Name(
        first=max(0, first),
        last=max(1, last),
        span=span,
        key=name_key(written),
        candidates=candidates or gazetteer.candidates(written) or _shouted(gazetteer, written),
        people=None,
    )


def _starts(lines: Lines, place: int) -> bool:
    if lines.capital(place):
        return True
    return (
        lines.word(place) in _ARTICLES
        and lines.word(place + 1) == "-"
        and lines.capital(place + 2)
        and lines.beside(place, place + 1)
        and lines.beside(place + 1, place + 2)
    )


def _longest(lines: Lines, gazetteer: Gazetteer, first: int) -> Name | None:
    last = first + 1
    while last < len(lines.said) and last - first < _MOST_TOKENS:
        if not lines.beside(last - 1, last) or last in lines.begins:
            break
        if not (lines.capital(last) or lines.word(last) in _INSIDE):
            break
        last += 1
    while last > first:
        if lines.capital(last - 1):
            name = _name(lines, gazetteer, first, last)
            if name:
                return name
        last -= 1
    return None


def _name(lines: Lines, gazetteer: Gazetteer, first: int, last: int) -> Name | None:
    span = Span(start=lines.tokens[first].start, end=lines.tokens[last - 1].end)
    written = span.of(lines.text)
    key = name_key(written)
    if key.count(" ") >= LONGEST_NAME:
        return None
    people = gazetteer.people(written)
    candidates = () if people is not None else gazetteer.candidates(written)
    if not candidates and people is None and written.isupper():
        candidates = _shouted(gazetteer, written)
    if not candidates and people is None:
        return None
    return Name(
        first=first, last=last, span=span, key=key, candidates=candidates, people=people
    )  # fmt: skip


def _shouted(gazetteer: Gazetteer, written: str) -> tuple[Candidate, ...]:
    if len(written) < _SHOUTED:
        return ()
    found = gazetteer.candidates(written.casefold())
    return tuple(one for one in found if one.population >= _LEAST_SHOUTED)
