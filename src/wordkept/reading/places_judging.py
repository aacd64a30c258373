"""Whether a name that the gazetteer holds is meant as a place, an actor, or something else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from wordkept.model import Span
from wordkept.reading.gazetteer_index import Candidate, Sort
from wordkept.reading.places_acting import acts, is_source, listed_with_actors
from wordkept.reading.places_names import Lines, Name
from wordkept.reading.places_ranking import ALIAS, holds, size
from wordkept.reading.places_words import (
    AFTER_NAME,
    BASE_TYPES,
    BEFORE_NAME,
    CLOSED,
    GIVEN_NAMES,
    HERE,
    LISTING,
    LOCATIVE,
    ORGANISATIONS,
    ORGANISED,
    PLAIN_LOCATIVE,
    PROVINCE_TYPES,
    SETTLEMENT_TYPES,
    TITLES,
    common_words,
)

Role = Literal["place", "actor", "people", "other"]
"""A place; a government that acts; a word for a people; a person, an organisation, a word."""
_ENOUGH = 2
"""Points for which a name is a place."""
_WIDE = 3
"""Points of a country, province, region or base."""
_SIZES = (4.2, 5.0)
"""Of `size`, what gives a settlement a point each: some sixteen thousand people, and a hundred."""
_SMALL_WORDS = BEFORE_NAME | frozenset({"the", "of", "city", "town", "village", "province"})


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
        if roles[place] == "place" and is_source(lines, name, names, sources):
            roles[place] = "actor"
    for place in listed_with_actors(lines, names, roles):
        roles[place] = "actor"
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
        self.countries = {
            one.country for name in names for one in name.candidates if one.sort == "country"
        }
        self.countries |= {code for name in names for code in name.people or ()} | {country}
        self.countries.discard(None)
        self.set_aside = tuple(
            Span(start=found.start(), end=found.end()) for found in ORGANISED.finditer(lines.text)
        )
        self.persons = {
            lines.word(name.last - 1)
            for name in names
            if not self._titled(name) and self._person_before(name)
        }
        self.persons -= {lines.word(name.last - 1) for name in names if self._in_place(name, HERE)}

    def role(self, place: int) -> Role:
        """What a name is meant as, by what stands around it."""
        name = self.names[place]
        if name.people is not None:
            return "people"
        part = not self._titled(name) and (self._person_before(name) or self._named_on(name))
        if part or self._of_organisation(name) or self._points(name) < _ENOUGH:
            return "other"
        return "actor" if acts(self.lines, name, self.starts, self.ends) else "place"

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
            if one.sort in {"country", "province"}
            and any(holds(one, mine) for mine in name.candidates)
        )

    def _titled(self, name: Name) -> bool:
        return name.first in self.lines.titled

    def _person_before(self, name: Name) -> bool:
        """Whether a title, a first name or another unknown capital stands right before it."""
        lines, at = self.lines, name.first - 1
        if lines.word(at) == ".":
            initial = len(lines.word(at - 1)) == 1 and lines.capital(at - 1)
            return lines.word(at - 1) in TITLES or (initial and lines.capital(at - 2))
        if lines.word(at) in {"-", "–"} and lines.beside(at, at + 1):
            at -= 2 if lines.word(at - 1) in {"al", "el"} else 1
        if not lines.beside(at, at + 1) or not lines.capital(at) or at + 1 in lines.begins:
            return False
        word = lines.word(at)
        if word in TITLES:
            return True
        ended = self.ends.get(at + 1)
        told = ended is not None and (ended.people is not None or _is_large(ended))
        if told or word in BEFORE_NAME | LOCATIVE | AFTER_NAME:
            return False
        plain = word in common_words() or word in lines.small
        if plain and (at in lines.begins or word in CLOSED):
            return False
        return not (at in lines.begins and word.endswith(("ing", "ed")))

    def _named_on(self, name: Name) -> bool:
        """Whether an unknown capital follows: "Paris Hilton", "Moscow Times"."""
        lines, at = self.lines, name.last
        if lines.word(at) == "-" and lines.capital(at + 1) and lines.beside(at, at + 1):
            at += 1
        if (
            not lines.capital(at)
            or at in lines.begins
            or not lines.beside(name.last - 1, name.last)
        ):
            return False
        following = self.starts.get(at)
        if following is not None and following.people is not None:
            return False
        if following is not None and self.holders(name):
            return lines.word(following.last) in ORGANISATIONS
        run = at
        while lines.capital(run) and lines.beside(run - 1, run) and run not in lines.begins:
            if lines.word(run) in ORGANISATIONS:
                return True
            run += 1
        if lines.word(at) in AFTER_NAME:
            return False
        towns = all(one.sort == "settlement" for one in name.candidates)
        return towns or (name.last - name.first == 1 and lines.word(name.first) in GIVEN_NAMES)

    def _of_organisation(self, name: Name) -> bool:
        """Whether the whole is an organisation's name: "Bank of England"."""
        if any(span.meets(name.span) for span in self.set_aside):
            return True
        at = name.first - 1
        if self.lines.word(at) == "the":
            at -= 1
        if self.lines.word(at) not in {"of", "for"}:
            return False
        return self.lines.capital(at - 1) and self.lines.word(at - 1) in ORGANISATIONS

    def _points(self, name: Name) -> int:
        """How much speaks for a place: its size, "in" before it, what holds it after a comma."""
        lines = self.lines
        near = any(one.country in self.countries for one in name.candidates)
        best = max(name.candidates, key=lambda one: (size(one), one.source))
        points = max(_claim(one, near=one.country in self.countries) for one in name.candidates)
        points += self._in_place(name) + (2 if self.holders(name) else 0)
        points += int(self.sort(name) is not None)
        points += int(near and self._in_list(name))
        single = name.last - name.first == 1
        word = lines.word(name.first)
        if single and (word in common_words() or word in lines.small):
            points -= 3 if name.first in lines.begins or self._titled(name) else 2
        if single and word in self.persons:
            points -= 4
        if _is_short(best, name) and lines.word(name.first - 1) != ",":
            points -= 3
        return points

    def _in_list(self, name: Name) -> bool:
        """Whether another name of the gazetteer stands beside it in a list."""
        word = self.lines.word
        before = name.first - (2 if word(name.first - 2) in LISTING else 1)
        after = name.last + (2 if word(name.last + 1) in LISTING else 1)
        return (word(name.first - 1) in LISTING and before in self.ends) or (
            word(name.last) in LISTING and after in self.starts
        )

    def _in_place(self, name: Name, before: frozenset[str] = PLAIN_LOCATIVE) -> int:
        lines, at = self.lines, name.first - 1
        least = at - _LONGEST_LIST
        while at > least and (
            lines.word(at) in _SMALL_WORDS
            or self._is_people(at)
            or (lines.word(at) in LISTING and lines.capital(at - 1))
            or (lines.capital(at) and lines.word(at + 1) in LISTING and at not in lines.begins)
        ):
            at -= 1
        return int(lines.word(at) in before)

    def _is_people(self, at: int) -> bool:
        name = self.starts.get(at)
        return name is not None and name.people is not None


_LONGEST_LIST = 14
"""Words over which "in" is looked for before a list of places."""


def _claim(one: Candidate, *, near: bool) -> int:
    """Points that a candidate has by itself; `near` where the text names its country."""
    if one.sort != "settlement":
        return _WIDE
    weight = size(one) - (ALIAS if near and not one.main else 0)
    return sum(weight >= least for least in _SIZES) + int(near)


def _is_large(name: Name) -> bool:
    """Whether it may be a country, province or region: "Iraq's" before another name."""
    return any(one.sort != "settlement" for one in name.candidates)


def _is_short(best: Candidate, name: Name) -> bool:
    """Whether it is what newspapers write for a state after a comma: "Calif.", "Ont."."""
    return (
        best.sort == "province"
        and best.country in {"US", "CA"}
        and not best.main
        and len(name.key) <= _LONGEST_SHORT
        and not name.key.startswith("=")
    )


_LONGEST_SHORT = 5
