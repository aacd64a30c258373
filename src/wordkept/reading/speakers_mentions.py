"""What a text has told by a given place: its people, its bodies, and who was last spoken of."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from wordkept.model import Span
from wordkept.reading.quotations import quotations
from wordkept.reading.speakers_people import Person, Sex, bare, people_of
from wordkept.reading.speakers_phrases import Phrase, phrase
from wordkept.reading.speakers_words import ANY_BODY, BODIES, DAYS, HEADS, PAPERS, TITLES
from wordkept.reading.words import sentences

_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]*|al-\w+)"
_CAPITALS = (
    rf"{_NAME}(?:[ ](?:{_NAME}|[0-9][\w-]*|(?:de|del|of the|of|for the|for|and|on|in|d['’]\w+)"
    rf"(?=[ ]{_NAME})))*"
)
_BODY = re.compile(rf"\b((?:[a-z]+[ ](?:of|for)[ ](?:the[ ])?)?{_CAPITALS})")
_SUBJECT = re.compile(rf"[“\"«]?(?:The[ ])?({_CAPITALS})(?=['’]?s?[ ][a-z])")
SUBJECT = 45
"""Who is named within so many characters of a sentence's start is what it speaks of."""
FAR = 6
"""Somebody named so many sentences ago, and not as a source, is no longer meant by "he"."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who was spoken of, where, and of what sort: person, body, paper or many."""

    name: str
    place: int
    sort: str
    sex: Sex
    """What the text tells of it by then, a pronoun that was resolved to it included."""


@dataclass(slots=True)
class Told:
    """A text with its people and bodies; `mentions` grows with each source that is resolved."""

    text: str
    people: tuple[Person, ...]
    bodies: tuple[tuple[str, int], ...]
    starts: list[int]
    quoted: tuple[Span, ...]
    mentions: list[Mention] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> "Told":
        """A text of which no source has been resolved yet."""
        people = people_of(text)
        return cls(
            text=text,
            people=people,
            bodies=_bodies(text, people),
            starts=[one.start for one in sentences(text)],
            quoted=quotations(text),
        )

    def sentence(self, place: int) -> int:
        """The number of the sentence at a place."""
        return bisect_right(self.starts, place)

    def named_in(self, words: str) -> Person | None:
        """The person whose full name is the head of a source, or stands in apposition to it."""
        for part in re.split(r",\s|\s[—–-]\s", words):
            head = re.split(r"\s(?:of|in|at|for|from|with|on|to|by|who|whose|and)\s", part)[0]
            for one in self.people:
                if _ends_in(head, one.name) and not _several(part, one):
                    return one
        return None

    def known_as(self, words: str) -> Person | None:
        """The one person whom a surname, or a first name, means here."""
        plain = bare(re.split(r",\s", words)[0]).casefold()
        sex = _said_sex(words)
        for reach in range(3):
            fits = [one for one in self.people if plain in _names(one.name)[reach]]
            fits = [one for one in fits if sex is None or one.sex in (None, sex)]
            if len(fits) == 1:
                return fits[0]
        return None

    def described(self, parts: Phrase, place: int) -> tuple[str, str, Sex] | None:
        """Whom "the minister", "the Front" or "the study" means: the last one called that."""
        if parts.sort == "person" and parts.goes_on:
            return None
        titled = [
            one for one in self.people if parts.sort == "person" and _called(one.called, parts)
        ]
        before = [one for one in titled if one.places[0] < place]
        earlier = [
            (one.place, one.name, one.sort, one.sex)
            for one in self.mentions
            if one.place < place and _same(phrase(one.name), parts)
        ]
        earlier += [(max(at for at in one.places if at < place), one.name, "person", one.sex)
                    for one in before]  # fmt: skip
        if earlier:
            _, name, sort, sex = max(earlier, key=lambda one: one[0])
            return name, sort, sex
        alone = titled if len(titled) == 1 else self._alone(parts, place)
        if alone:
            return alone[0].name, "person", alone[0].sex
        return self._body(parts, place)

    def _alone(self, parts: Phrase, place: int) -> list[Person]:
        """The only one named by then without an office, for a bare "the general"."""
        if parts.sort != "person" or parts.head not in TITLES or len(parts.words) > 1:
            return []
        found = [one for one in self.people if one.places[0] < place and not _held(one)]
        return found if len(found) == 1 else []

    def _body(self, parts: Phrase, place: int) -> tuple[str, str, Sex] | None:
        """The fuller name that the text has for a body; for "the company", the last body."""
        fuller = [name for name, _ in self.bodies
                  if _same(phrase(name), parts) and len(name) > len(parts.label)]  # fmt: skip
        if fuller:
            return fuller[0], parts.sort, None
        if parts.words and parts.words <= ANY_BODY:
            named = [one for one in self.mentions if one.place < place and _proper(one)]
            return (named[-1].name, "body", None) if named else None
        return None

    def holder(self, parts: Phrase, owner: str | None) -> Person | None:
        """Who holds an office under an owner: "the ministry's spokesman" whom the text names."""
        fits = [one for one in self.people if parts.head in TITLES and _called(one.called, parts)]
        if owner and len(fits) > 1:
            words = set(re.findall(r"[\w-]+", owner.casefold()))
            fits = [one for one in fits if one.called & words] or fits
        return fits[0] if len(fits) == 1 and fits[0].name != owner else None

    def last(self, name: str) -> Mention | None:
        """The last mention under a name."""
        return next((one for one in reversed(self.mentions) if one.name == name), None)

    def quoted_apart(self, place: int, holder: str) -> bool:
        """Whether a place stands in quotation marks that do not hold the holder's mention too."""
        last = self.last(holder)
        return any(
            one.start <= place < one.end and not (last and one.start <= last.place < one.end)
            for one in self.quoted
        )

    def right_before(self, place: int) -> tuple[str, str, Sex] | None:
        """Whom a relative pronoun takes up: the name that ends before it."""
        before = self.text[max(0, place - 80) : place].rstrip(" ,—–")
        for one in self.people:
            if before.endswith((one.name, one.surname)):
                return one.name, "person", one.sex
        last = self.mentions[-1] if self.mentions else None
        return (last.name, last.sort, last.sex) if last else None

    def antecedent(
        self, sorts: Sequence[str], sex: Sex, place: int, *, without: str | None
    ) -> tuple[str | None, str, Sex]:
        """The nearest one before a place that a pronoun can mean; sources come before others."""
        here = self.sentence(place)
        known = self._sexes()
        scored = [
            (self._away(one.place, here), -one.place, one.name, one.sort)
            for one in self.mentions
            if one.sort in sorts
            and one.place < place
            and sex in {None, *known.get(one.name, {sex})}
        ]
        if "person" in sorts:
            scored += self._by_name(sex, place, here)
        if "body" in sorts:
            scored += [
                (self._away(at, here) + (1 if self._leads(at) else 2.5), -at, name, "body")
                for name, at in self.bodies
                if at < place and here - self.sentence(at) <= 2  # noqa: PLR2004  and no further
            ]
        scored = [one for one in scored if one[2] != without]
        if not scored:
            return None, sorts[0], sex
        best = min(scored)
        if best[0] % 2 and len({one[2] for one in scored if one[0] == best[0]}) > 1:
            return None, sorts[0], sex  # two are named alike in one sentence, no source
        return best[2], best[3], sex

    def _away(self, at: int, here: int) -> float:
        return 2 * (here - self.sentence(at))

    def _leads(self, at: int) -> bool:
        """Whether what stands at a place begins its sentence, but for a title."""
        number = self.sentence(at)
        return number > 0 and at - self.starts[number - 1] < SUBJECT

    def _sexes(self) -> dict[str, set[Sex]]:
        """Of each name that the text tells something of, whether it is a man's or a woman's."""
        known: dict[str, set[Sex]] = {}
        told = [(one.name, one.sex) for one in self.people]
        for name, sex in (*told, *((one.name, one.sex) for one in self.mentions)):
            if sex:
                known.setdefault(name, set()).add(sex)
        return known

    def _by_name(self, sex: Sex, place: int, here: int) -> list[tuple[float, int, str, str]]:
        found = []
        for one in self.people:
            if sex and one.sex and one.sex != sex:
                continue
            for at in one.places:
                away = here - self.sentence(at)
                if at < place and away <= FAR:
                    cost = self._away(at, here) + (1 if self._leads(at) else 2.5)
                    found.append((cost, at, one.name, "person"))
        return found


@lru_cache(maxsize=1024)
def _names(name: str) -> tuple[set[str], set[str], set[str]]:
    """What one may be called: in full, by the last names, by the first names."""
    words = name.casefold().split()
    last = re.sub(r"^(?:al|el|ad|as)-", "", words[-1])
    return (
        {" ".join(words)},
        {last, words[-1], " ".join(words[1:])},
        {words[0], " ".join(words[:-1])},
    )


def _ends_in(words: str, name: str) -> bool:
    """Whether words end in a whole name."""
    return words.endswith(name) and words[-len(name) - 1 : -len(name)].strip() == ""


def _several(part: str, one: Person) -> bool:
    return "and" in part and bool(
        re.search(rf"{re.escape(one.name)}\s+and\s|\sand\s.*{re.escape(one.name)}", part)
    )


def _said_sex(words: str) -> Sex:
    first = words.split(maxsplit=1)[0].casefold().rstrip(".")
    return {"mr": "man", "mrs": "woman", "ms": "woman", "miss": "woman"}.get(first)


def _proper(one: Mention) -> bool:
    return one.sort == "body" and one.name[:1].isupper() and not one.name.startswith("The ")


def _held(one: Person) -> bool:
    """Whether the text gives somebody an office."""
    return bool(one.called & TITLES)


def _called(called: set[str], parts: Phrase) -> bool:
    return bool(parts.words) and parts.words <= called


def _same(name: Phrase, parts: Phrase) -> bool:
    return bool(parts.words) and name.head == parts.head and parts.words <= name.words


def _bodies(text: str, people: Sequence[Person]) -> tuple[tuple[str, int], ...]:
    """Bodies and papers that the text names with a capital, and what is named to begin a sentence.

    Where one of them begins, the longest.
    """
    persons = {place for one in people for place in one.places}
    found: dict[int, str] = {}
    for pattern, begins in ((_BODY, None), (_SUBJECT, sentences(text))):
        tries = ([pattern.match(text, one.start) for one in begins] if begins is not None
                 else pattern.finditer(text))  # fmt: skip
        for one in tries:
            if one is None:
                continue
            name, at = _undayed(one[1]), one.start(1)
            words = name.casefold().split()
            if words and words[0] in HEADS:
                continue
            organised = len(words) > 1 and set(words) & (BODIES | PAPERS)
            if words and (organised or begins is not None) and not _meets(persons, at, name):
                found.setdefault(at, name)
    return tuple((name, at) for at, name in sorted(found.items()))


def _undayed(name: str) -> str:
    """A name up to the first day or month in it, without a preposition left at its end."""
    kept: list[str] = []
    for word in name.split(" "):
        if word in DAYS:
            break
        kept.append(re.sub(r"['’]s?$", "", word))
    while kept and kept[-1] in {"of", "the", "for", "and", "on", "in", "de", "del"}:
        kept.pop()
    return " ".join(kept)


def _meets(persons: set[int], at: int, name: str) -> bool:
    return any(at <= place < at + len(name) for place in persons)
