"""Everyone whom a text names, with what it calls them beside the name."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from wordkept.reading.speakers_words import (
    BODIES,
    DAYS,
    HEADS,
    MEN,
    PAPERS,
    PARTICLES,
    PLACES,
    PREPOSITIONS,
    RANKS,
    SAME_OFFICE,
    TITLES,
    WOMEN,
    titled,
)
from wordkept.reading.words import sentences

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-’'](?!s\b)[^\W_]+)*\.?|\S")
_ABBREVIATION = re.compile(
    r"^(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Gov|Sen|Rep|Rev|Prof|Adm|Brig|St|Jr|Sr|Hon)"
    r"\.$",
    re.IGNORECASE,
)
_APPOSED = re.compile(r",\s*(?:\d\d?,\s*)?((?:[^,.;:!?\n“”\"«»]){3,90})(?=[,.;:!?\n]|\Z)")
_BESIDE = re.compile(r"([^,.;:!?\n“”\"«»]{3,90}),\s*(?:[\w.-]+\s+){0,3}\Z")
_HIS = re.compile(r"\b(?:he|himself)\b", re.IGNORECASE)
_HER = re.compile(r"\b(?:she|herself)\b", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"(?:\b(?:the|its|his|her|their|our|an?)|['’]s)\s+([^“”\"]+)\Z", re.IGNORECASE
)
_SAYING = frozenset({"said", "says", "told", "and", "added", "wrote"})
Sex = str | None
"""`man`, `woman`, or None where nothing in the text tells."""


@dataclass(slots=True)
class Person:
    """Somebody named in full, or by a title and one name; where, and as what."""

    name: str
    called: set[str] = field(default_factory=set)
    """The words beside the name, in lower case: titles, offices, descriptions."""
    places: list[int] = field(default_factory=list)
    sex: Sex = None

    @property
    def surname(self) -> str:
        """The last name, without a particle joined to it."""
        last = self.name.split()[-1]
        return re.sub(r"^(?:al|el|ad|as)-", "", last, flags=re.IGNORECASE)


def bare(name: str) -> str:
    """A name without the article and the titles before it.

    >>> bare("the Foreign Minister Ada Lorn"), bare("Mr Lorn"), bare("the general")
    ('Ada Lorn', 'Lorn', 'general')
    """
    words = name.split()
    while len(words) > 1 and words[0].casefold() in HEADS:
        words = words[1:]
    titles = [place for place, word in enumerate(words[:-1]) if titled(word)]
    if titles and all(word[:1].isupper() for word in words[titles[-1] + 1 :]):
        words = words[titles[-1] + 1 :]
    return " ".join(words)


def people_of(text: str) -> tuple[Person, ...]:
    """Everyone named with two names or more, or with a title and one, in the order of the text."""
    found: dict[str, Person] = {}
    for run in _runs(text):
        for name, start, titles in _names(run):
            person = found.setdefault(name, Person(name=name))
            person.places.append(start)
            person.called |= titles | _beside(text, start, start + len(name))
    people = [one for one in found.values() if _is_person(one, text)]
    people = [one for one in people if " " in one.name or not _fuller(one, people)]
    people = [one for one in people if not _adverbial(one, people, text)]
    for one in people:
        _also_by_surname(one, text, people)
        one.sex = _by_title(one)
    _by_pronoun(text, people)
    return tuple(sorted(people, key=lambda one: one.places[0]))


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Capitalised words in a row, with the particles between them; no run crosses a line."""
    run: list[re.Match[str]] = []
    last = 0
    for token in _TOKEN.finditer(text):
        word = token[0]
        joined = text[last : token.start()] in (" ", "\u00a0")
        last = token.end()
        fits = word[:1].isupper() and word.rstrip(".") not in DAYS
        fits = fits or (bool(run) and word.split("-")[0] in PARTICLES)
        if run and (not joined or not fits):
            yield run
            run = []
        if fits:
            run.append(token)
            if word.endswith(".") and not _ABBREVIATION.match(word):
                yield run
                run = []
    if run:
        yield run


def _names(run: Sequence[re.Match[str]]) -> Iterator[tuple[str, int, set[str]]]:
    words = [one[0].rstrip(".") if not _ABBREVIATION.match(one[0]) else one[0] for one in run]
    lower = [word.casefold().rstrip(".") for word in words]
    first = 0
    while first < len(words) and lower[first] in HEADS:
        first += 1
    titles = [at for at in range(first, len(words)) if titled(lower[at])]
    begin = titles[-1] + 1 if titles else first
    while begin < len(words) - 1 and lower[begin] in RANKS:
        begin += 1
    end = len(words)
    while end > begin and words[end - 1].split("-")[0] in PARTICLES and words[end - 1].islower():
        end -= 1
    named = words[begin:end]
    if len(named) > 2 and all(word.isupper() for word in named):  # noqa: PLR2004  a headline
        return
    if not named or (len(named) == 1 and not titles) or not _like_a_person(lower[begin:end]):
        return
    if named[0].islower() and named[0] not in PARTICLES:
        return
    yield " ".join(named), run[begin].start(), _lower(" ".join(lower[first:begin]))


def _like_a_person(lower: Sequence[str]) -> bool:
    return (
        not (set(lower) & (BODIES | PAPERS))
        and lower[0] not in PLACES
        and lower[0] not in HEADS
        and len(lower) <= 6  # noqa: PLR2004  no name in the news is longer
    )


def _beside(text: str, start: int, end: int) -> set[str]:
    """The words of an apposition: after a comma, before one, or right before the name."""
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 100) : start]
    after = text[end : end + 110]
    found: set[str] = set()
    apposed = _APPOSED.match(after)
    if apposed and re.match(r"(?:the|a|an|its|his|her|their|[a-z-]+)\b", apposed[1]):
        found |= _lower(_head(apposed[1]))
    beside = _BESIDE.search(before)
    if beside and (described := _DESCRIBED.search(beside[1])):
        found |= _lower(_head(described[1]))
    tight = re.search(r"((?:\b[\w-]+\s+){1,5})\Z", before)
    if tight:
        words = tight[1].split()
        if titled(words[-1]):
            found |= _lower(" ".join(words[-3:]))
    return found


def _head(words: str) -> str:
    """A noun phrase up to its first preposition, relative clause or verb of saying."""
    found: list[str] = []
    for word in words.split():
        if found and (word.casefold() in PREPOSITIONS or word in _SAYING):
            break
        found.append(word)
    return " ".join(found)


def _lower(words: str) -> set[str]:
    found = {word.casefold() for word in re.findall(r"[\w-]+", words)} - HEADS
    return found | {SAME_OFFICE[word] for word in found if word in SAME_OFFICE}


def _is_person(one: Person, text: str) -> bool:
    """Whether a name is not only ever a place's: after "in" or "of", with nothing beside it."""
    if one.called & TITLES or len(_alone(one.surname, text)) > text.count(one.name):
        return True
    before = [text[max(0, place - 12) : place].casefold() for place in one.places]
    placed = [re.search(r"\b(?:in|at|near|from|of|the|outside|across|around)\s+\Z", words)
              for words in before]  # fmt: skip
    return not all(placed)


def _adverbial(one: Person, people: Sequence[Person], text: str) -> bool:
    """Whether a name is a sentence's first word before another's surname: "Instead Lorn"."""
    first, _, last = one.name.partition(" ")
    known = any(other.surname == last and other.places[0] < one.places[0] for other in people)
    head = re.search(r"(?:^|[.!?”\"\n])\s*\Z", text[max(0, one.places[0] - 3) : one.places[0]])
    return bool(last) and known and head is not None and text.count(first) == 1


def _fuller(one: Person, people: Sequence[Person]) -> bool:
    return any(
        other is not one and one.name.casefold() in map(str.casefold, other.name.split())
        for other in people
    ) and _absorbed(one, people)


def _absorbed(one: Person, people: Sequence[Person]) -> bool:
    """Gives what is known of "Mr Lorn" to the one Ada or Ben Lorn that it can be."""
    full = [other for other in people if " " in other.name
            and one.name.casefold() in map(str.casefold, other.name.split())]  # fmt: skip
    if len(full) == 1:
        full[0].called |= one.called
        full[0].places.extend(one.places)
    return bool(full)


def _also_by_surname(one: Person, text: str, people: Sequence[Person]) -> None:
    if sum(other.surname == one.surname for other in people) > 1:
        return
    one.places = sorted({*one.places, *_alone(one.surname, text)})


def _alone(word: str, text: str) -> list[int]:
    """Where a word stands in a text that is no part of another, nor hyphenated to one."""
    found = []
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        apart = not (_joins(text[at - 1 : at]) or _joins(text[end : end + 1]))
        if apart:
            found.append(at)
        at = text.find(word, end if apart else at + 1)
    return found


def _joins(mark: str) -> bool:
    return mark.isalnum() or mark in {"_", "-"}


def _by_title(one: Person) -> Sex:
    man, woman = bool(one.called & MEN), bool(one.called & WOMEN)
    return None if man == woman else "man" if man else "woman"


def _by_pronoun(text: str, people: Sequence[Person]) -> None:
    """Who is the only person of a sentence is who a later "he" or "she" in it is; votes count."""
    breaks = sentences(text)
    starts = [span.start for span in breaks]
    within: dict[int, set[str]] = {}
    for one in people:
        for place in one.places:
            within.setdefault(bisect_right(starts, place) - 1, set()).add(one.name)
    for one in people:
        if one.sex is None:
            after = " ".join(
                _unquoted(place, breaks[number].end, text)
                for place in one.places
                if within[number := bisect_right(starts, place) - 1] == {one.name}
            )
            man, woman = len(_HIS.findall(after)), len(_HER.findall(after))
            one.sex = None if man == woman else "man" if man > woman else "woman"


def _unquoted(start: int, end: int, text: str) -> str:
    return re.sub(r"[“\"«][^“”\"«»]*[”\"»]", " ", text[start:end])
