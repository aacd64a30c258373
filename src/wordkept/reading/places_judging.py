"""Whether a name that the gazetteer holds is meant as a place, an actor, or something else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from wordkept.model import Span
from wordkept.reading.gazetteer_index import Candidate, Sort
from wordkept.reading.places_names import Lines, Name
from wordkept.reading.places_ranking import holds, size
from wordkept.reading.places_words import (
    ADJECTIVAL,
    AFTER_NAME,
    AGENCY_NOUNS,
    AUXILIARY,
    BASE_TYPES,
    BE,
    BEFORE_NAME,
    LOCATIVE,
    ORGANISATIONS,
    PLAIN_LOCATIVE,
    PROVINCE_TYPES,
    SETTLEMENT_TYPES,
    TITLES,
    TOWARDS_ACTOR,
    agency_verbs,
    common_words,
)

Role = Literal["place", "actor", "people", "other"]
"""A place; a government that acts; a word for a people; a person, an organisation, a word."""
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_LIST = frozenset({",", "and", "&", "or"})
_ENOUGH = 2
"""Points for which a name is a place."""
_LARGE, _MIDDLING = 5.0, 4.2
"""Of `size`: a hundred thousand people; some sixteen thousand."""
_SMALL_WORDS = BEFORE_NAME | frozenset({"the", "of", "city", "town", "village", "province"})
_ABBREVIATED = frozenset({"US", "UK", "UAE", "DRC", "USA"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A name and what it is meant as."""

    name: Name
    role: Role
    sort: Sort | None = None
    """What a word beside it says that it is."""
    holders: tuple[Candidate, ...] = ()
    """What the name after its comma may mean."""


def judge(
    lines: Lines, names: Sequence[Name], *, country: str | None, actors: Iterable[Span]
) -> tuple[Judged, ...]:
    """What each name is meant as; `actors` are the sources of statements."""
    court = _Court(lines, names, country)
    roles = [court.role(place) for place in range(len(names))]
    sources = tuple(actors)
    for place, name in enumerate(names):
        if roles[place] == "place" and _is_source(lines, name, names, sources):
            roles[place] = "actor"
    _spread(lines, names, roles)
    return tuple(
        Judged(name, role, court.sort(name), court.holders(name))
        for name, role in zip(names, roles, strict=True)
    )


def given(lines: Lines, names: Sequence[Name], known: Sequence[Name]) -> tuple[Judged, ...]:
    """Names that are places for certain, with what stands beside them; `known` are all names."""
    starts = {name.first: name for name in known} | {name.first: name for name in names}
    court = _Court(lines, tuple(starts[first] for first in sorted(starts)), None)
    return tuple(Judged(name, "place", court.sort(name), court.holders(name)) for name in names)


class _Court:
    """A text's names, weighed one by one against what stands around them."""

    def __init__(self, lines: Lines, names: Sequence[Name], country: str | None) -> None:
        self.lines, self.names = lines, names
        self.starts = {name.first: name for name in names}
        self.ends = {name.last: name for name in names}
        self.countries = {one.country for name in names for one in name.candidates if one.sort == "country"}
        self.countries |= {code for name in names for code in name.people or ()} | {country}
        self.countries.discard(None)
        self.persons = {
            lines.word(name.last - 1)
            for name in names
            if not self._titled(name) and self._person_before(name)
        }

    def role(self, place: int) -> Role:
        name = self.names[place]
        if name.people is not None:
            return "people"
        if not self._titled(name) and (self._person_before(name) or self._named_on(name)):
            return "other"
        if self._of_organisation(name):
            return "other"
        if self._points(place) < _ENOUGH:
            return "other"
        return "actor" if self._acts(name) else "place"

    def sort(self, name: Name) -> Sort | None:
        """What the word beside a name says that it is."""
        word, beside = self.lines.word, self.lines.beside
        after = word(name.last) if beside(name.last - 1, name.last) else ""
        of = word(name.first - 2) if word(name.first - 1) == "of" else ""
        if after in PROVINCE_TYPES or of in PROVINCE_TYPES:
            return "province"
        if after in SETTLEMENT_TYPES or of in SETTLEMENT_TYPES:
            return "settlement"
        if after in BASE_TYPES or (after in {"air", "naval"} and word(name.last + 1) == "base"):
            return "base"
        return None

    def holders(self, name: Name) -> tuple[Candidate, ...]:
        """What the name after its comma may mean, where that can hold it."""
        following = self.starts.get(name.last + 1)
        apart = self.lines.word(name.last) == "," or (
            self.lines.word(name.last) == "in" and following is not None
        )
        if following is None or not apart:
            following = self.starts.get(name.last)
            if following is None or not self.lines.beside(name.last - 1, name.last):
                return ()
        return tuple(
            one
            for one in following.candidates
            if one.sort in {"country", "province"} and any(holds(one, mine) for mine in name.candidates)
        )

    def _titled(self, name: Name) -> bool:
        return name.first in self.lines.titled

    def _person_before(self, name: Name) -> bool:
        """Whether a title, a first name or another unknown capital stands right before it."""
        lines, at = self.lines, name.first - 1
        if lines.word(at) == "." and lines.word(at - 1) in TITLES:
            return True
        if lines.word(at) in {"-", "–"} and lines.beside(at, at + 1):
            at -= 1
            if lines.word(at) in {"al", "el"}:
                at -= 1
        if not lines.beside(at, at + 1) or not lines.capital(at) or at + 1 in lines.begins:
            return False
        word = lines.word(at)
        if word in TITLES and word not in {"general", "president", "king", "prime"}:
            return True
        if at + 1 in self.ends or word in BEFORE_NAME or word in LOCATIVE or word in AFTER_NAME:
            return False
        if at in lines.begins and (word in common_words() or word in lines.small):
            return False
        return True

    def _named_on(self, name: Name) -> bool:
        """Whether an unknown capital follows: "Paris Hilton", "Moscow Times"."""
        lines, at = self.lines, name.last
        if lines.word(at) == "-" and lines.capital(at + 1) and lines.beside(at, at + 1):
            at += 1
        if not lines.capital(at) or at in lines.begins or not lines.beside(name.last - 1, name.last):
            return False
        if at in self.starts and self.starts[at].candidates:
            return lines.word(at + self.starts[at].last - self.starts[at].first) in ORGANISATIONS
        if at in self.starts:
            return False
        run = at
        while lines.capital(run) and lines.beside(run - 1, run) and run not in lines.begins:
            if lines.word(run) in ORGANISATIONS:
                return True
            run += 1
        return lines.word(at) not in AFTER_NAME

    def _of_organisation(self, name: Name) -> bool:
        at = name.first - 1
        if self.lines.word(at) == "the":
            at -= 1
        if self.lines.word(at) not in {"of", "for"}:
            return False
        return self.lines.capital(at - 1) and self.lines.word(at - 1) in ORGANISATIONS

    def _points(self, place: int) -> int:
        name, lines = self.names[place], self.lines
        best = max(name.candidates, key=lambda one: (size(one), one.source))
        points = 3 if best.sort != "settlement" else 0
        if best.sort == "settlement":
            points = 2 if size(best) >= _LARGE else int(size(best) >= _MIDDLING)
        points += self._in_place(name) + (2 if self.holders(name) else 0)
        points += int(self.sort(name) is not None)
        if best.sort == "settlement":
            points += int(any(one.country in self.countries for one in name.candidates))
        single = name.last - name.first == 1
        word = lines.word(name.first)
        if single and (word in common_words() or word in lines.small):
            points -= 3 if name.first in lines.begins or self._titled(name) else 2
        if single and word in self.persons:
            points -= 2
        return points

    def _in_place(self, name: Name) -> int:
        at = name.first - 1
        while self.lines.word(at) in _SMALL_WORDS or self._is_people(at):
            at -= 1
        return int(self.lines.word(at) in PLAIN_LOCATIVE)

    def _is_people(self, at: int) -> bool:
        name = self.starts.get(at)
        return name is not None and name.people is not None

    def _acts(self, name: Name) -> bool:
        """Whether the words around it make it one who acts: "Moscow announced"."""
        word, at = self.lines.word, name.last
        if word(at) == "-" and word(at + 1) in ADJECTIVAL:
            return True
        if self._adjectival(name):
            return True
        if word(name.first - 1) in PLAIN_LOCATIVE or self.holders_after(name):
            return False
        if word(at) in _POSSESSIVE:
            return word(at + 1) in AGENCY_NOUNS or word(at + 2) in AGENCY_NOUNS
        if word(name.first - 1) == "by":
            return True
        capital = any(one.capital for one in name.candidates)
        if capital and word(name.first - 1) in TOWARDS_ACTOR:
            return True
        if word(name.first - 1) in LOCATIVE - {"of", "on", "for"}:
            return False
        return self._verb_follows(at) or self._governs(name)

    def holders_after(self, name: Name) -> bool:
        """Whether a comma and what holds it follow."""
        return self.lines.word(name.last) == "," and name.last + 1 in self.starts and bool(
            self.starts[name.last + 1].candidates
        ) and any(
            holds(one, mine)
            for one in self.starts[name.last + 1].candidates
            for mine in name.candidates
        )

    def _adjectival(self, name: Name) -> bool:
        """Whether an abbreviation stands before what it belongs to: "US troops"."""
        written = name.span.of(self.lines.text).replace(".", "")
        if written not in _ABBREVIATED or not self.lines.beside(name.last - 1, name.last):
            return False
        after = self.lines.word(name.last)
        return after.isalpha() and after not in _CLOSED and after not in agency_verbs()

    def _governs(self, name: Name) -> bool:
        """Whether a country or its capital is the subject of what only an actor does."""
        if not any(one.capital or one.sort == "country" for one in name.candidates):
            return False
        word, at = self.lines.word, name.last
        if word(at) == "to" and name.first in self.lines.begins:
            return word(at + 1) in agency_verbs()
        if word(at) not in _HAVE_OR_WILL:
            return False
        at += 1
        while word(at) in AUXILIARY - BE or word(at) in _QUOTES or word(at).endswith("ly"):
            at += 1
        return word(at).isalpha() and word(at) not in _SUFFERED

    def _verb_follows(self, at: int) -> bool:
        passive = False
        for place in range(at, at + _MOST_BEFORE_VERB):
            word = self.lines.word(place)
            if word in AUXILIARY or (place > at and word.endswith("ly")):
                passive = word in BE if word in BE or not passive else passive
                continue
            if word not in agency_verbs() or self.lines.capital(place):
                return False
            return word.endswith("ing") if passive else place > at or _finite(word)
        return False


_MOST_BEFORE_VERB = 5
_QUOTES = frozenset('"“”‘\'')
_HAVE_OR_WILL = frozenset("will would has had should must may might".split())
_SUFFERED = BE | frozenset("become have see seen remain remained suffered suffer fallen".split())
"""After "has" or "will", what befalls a country rather than what it does."""
_CLOSED = AUXILIARY | LOCATIVE | frozenset(
    "and or but that which who whose as if when while where because since after before than then "
    "so to too a an the this these those it its by with about against under during until".split()
)


def _finite(word: str) -> bool:
    """Whether a verb right after its subject agrees with it: "says", "agreed", not "say"."""
    return word.endswith(("s", "ed")) or word in agency_verbs() - common_bare()


def common_bare() -> frozenset[str]:
    """Forms that, right after a name, are rather a noun: "Syria attack", "Iraq bombing"."""
    return frozenset(
        word for word in agency_verbs() if word.endswith("ing") or f"{word}s" in agency_verbs()
    )


def _is_source(
    lines: Lines, name: Name, names: Sequence[Name], sources: Sequence[Span]
) -> bool:
    """Whether a statement's source is this name alone, or a list of names with it."""
    for source in sources:
        if not source.holds(name.span):
            continue
        rest = [
            lines.word(place)
            for place, token in enumerate(lines.tokens)
            if source.holds(token) and not any(other.span.holds(token) for other in names)
        ]
        if all(word in _LIST or word in {"the", "both"} for word in rest):
            return True
    return False


def _spread(lines: Lines, names: Sequence[Name], roles: list[Role]) -> None:
    """"Ankara and Washington agreed": what the last of a list does, they all do."""
    for place in range(len(names) - 1, 0, -1):
        one, before = names[place], names[place - 1]
        between = range(before.last, one.first)
        if roles[place] != "actor" or roles[place - 1] != "place" or not between:
            continue
        if len(between) <= 2 and all(lines.word(at) in _LIST for at in between):
            if lines.word(before.first - 1) not in PLAIN_LOCATIVE:
                roles[place - 1] = "actor"
