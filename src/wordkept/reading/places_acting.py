"""Where a place's name stands for its government: "Moscow announced", "Ankara-backed"."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from wordkept.model import Span
from wordkept.reading.places_names import Lines, Name
from wordkept.reading.places_ranking import holds
from wordkept.reading.places_words import (
    ADJECTIVAL,
    AGENCY_NOUNS,
    AUXILIARY,
    BE,
    CLOSED,
    LISTING,
    LOCATIVE,
    PLAIN_LOCATIVE,
    RULE,
    SPEECH,
    TOWARDS_ACTOR,
    agency_verbs,
    word_set,
)

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_ABBREVIATED = frozenset({"US", "UK", "UAE", "DRC", "USA"})
_MOST_BEFORE_VERB = 5
"""Words between a subject and the end of its verb."""
_QUOTES = frozenset("\"“”‘'")
_HAVE_OR_WILL = word_set("will would has had should must may might")
_SUFFERED = BE | word_set("become have see seen remain remained suffered suffer fallen")
"""After "has" or "will", what befalls a country rather than what it does."""


def acts(lines: Lines, name: Name, starts: Mapping[int, Name], ends: Mapping[int, Name]) -> bool:
    """Whether the words around a name make it one who acts.

    `starts` and `ends` are all names of the text by where they begin and end.
    """
    word = lines.word
    before, after = word(name.first - 1), word(name.last)
    if after == "-" and (word(name.last + 1) in ADJECTIVAL or name.last + 1 in starts):
        return True
    if after in RULE or (before == "-" and name.first - 1 in ends) or _adjectival(lines, name):
        return True
    if before in PLAIN_LOCATIVE or _held(lines, name, starts):
        return False
    if after in _POSSESSIVE:
        return word(name.last + 1) in AGENCY_NOUNS or word(name.last + 2) in AGENCY_NOUNS
    return before == "by" or _is_subject(lines, name) or _is_dealt_with(name, before)


def _is_dealt_with(name: Name, before: str) -> bool:
    """Whether it is a capital that another deals with: "talks with Tehran"."""
    return before in TOWARDS_ACTOR and any(one.capital for one in name.candidates)


def _held(lines: Lines, name: Name, starts: Mapping[int, Name]) -> bool:
    """Whether a comma and what holds it follow."""
    holder = starts.get(name.last + 1)
    return (
        holder is not None
        and lines.word(name.last) == ","
        and any(holds(one, mine) for one in holder.candidates for mine in name.candidates)
    )


def _adjectival(lines: Lines, name: Name) -> bool:
    """Whether an abbreviation stands before what it belongs to: "US troops"."""
    written = name.span.of(lines.text).replace(".", "")
    if written not in _ABBREVIATED or not lines.beside(name.last - 1, name.last):
        return False
    after = lines.word(name.last)
    return after.isalpha() and after not in CLOSED and not _finite(after)


def _is_subject(lines: Lines, name: Name) -> bool:
    head = name.first - (2 if lines.word(name.first - 1) == "the" else 1)
    if lines.word(head) in LOCATIVE:
        return False
    governs = any(one.capital or one.sort == "country" for one in name.candidates)
    return _verb_follows(lines, name.last, governs=governs) or (governs and _deed(lines, name))


def _deed(lines: Lines, name: Name) -> bool:
    """Whether "has", "will" or a headline's "to" follows, with what only an actor does."""
    word, at = lines.word, name.last
    if word(at) == "to" and name.first in lines.begins:
        return word(at + 1) in agency_verbs()
    if word(at) not in _HAVE_OR_WILL:
        return False
    at += 1
    while word(at) in AUXILIARY - BE or word(at) in _QUOTES or word(at).endswith("ly"):
        at += 1
    return word(at).isalpha() and word(at) not in _SUFFERED


def _verb_follows(lines: Lines, at: int, *, governs: bool) -> bool:
    """Whether a verb in the active voice follows; of a town that governs nothing, one of saying."""
    passive = False
    verbs = agency_verbs() if governs else SPEECH
    for place in range(at, at + _MOST_BEFORE_VERB):
        word = lines.word(place)
        if word in AUXILIARY or (place > at and word.endswith("ly")):
            passive = passive or word in BE
            continue
        if word not in verbs or lines.capital(place):
            return False
        return word.endswith("ing") if passive else place > at or _finite(word)
    return False


def _finite(word: str) -> bool:
    """Whether a verb right after its subject agrees with it: "says", "agreed", not "say"."""
    return word in agency_verbs() and word not in _bare_verbs()


@cache
def _bare_verbs() -> frozenset[str]:
    """Forms that, right after a name, are rather a noun: "Syria attack", "Iraq bombing"."""
    verbs = agency_verbs()
    bare = (word for word in verbs if f"{word}s" in verbs or f"{word}es" in verbs)
    return frozenset(bare) | {word for word in verbs if word.endswith("ing")}


def is_source(lines: Lines, name: Name, names: Sequence[Name], sources: Sequence[Span]) -> bool:
    """Whether a statement's source is this name alone, or a list of names with it."""
    return any(source.holds(name.span) and _only_names(lines, source, names) for source in sources)


def _only_names(lines: Lines, source: Span, names: Sequence[Name]) -> bool:
    inside = [name.span for name in names if name.span.meets(source)]
    return all(
        lines.word(place) in LISTING | {"the", "both"}
        for place, token in enumerate(lines.tokens)
        if source.holds(token) and not any(span.holds(token) for span in inside)
    )


def listed_with_actors(lines: Lines, names: Sequence[Name], roles: Sequence[str]) -> Iterator[int]:
    """Places that stand in a list before an actor: in "Ankara and Washington agreed", both do."""
    actor = False
    for place in range(len(names) - 1, -1, -1):
        if not actor or place + 1 == len(names):
            actor = roles[place] == "actor"
            continue
        before, one = names[place], names[place + 1]
        between = tuple(lines.word(at) for at in range(before.last, one.first))
        listed = between in _BETWEEN and lines.word(before.first - 1) not in PLAIN_LOCATIVE
        if listed and roles[place] == "place":
            yield place
        actor = roles[place] == "actor" or (listed and roles[place] == "place")


_BETWEEN = frozenset({(",",), ("and",), ("&",), (",", "and"), ("or",)})
