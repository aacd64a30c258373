"""Who a source is: the actor of the case's list, or the name that the document itself gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wordkept.model import Actor, Span

_TITLE = re.compile(
    r"^(?:(?:the|a|an|its|his|her|their|our|former|acting|deputy|prime|foreign|defen[cs]e|interior|"
    r"vice|chief|senior|retired|then|late|own|us|u\.s\.|uk)\s+|"
    r"(?:mr|mrs|ms|dr|gen|lt|col|maj|capt|sgt|gov|sen|rep|prof|adm|brig|sir|lord|dame|president|"
    r"minister|secretary|general|colonel|major|captain|admiral|brigadier|lieutenant|ambassador|"
    r"envoy|spokesman|spokeswoman|spokesperson|senator|governor|mayor|king|queen|prince|sheikh|"
    r"premier|chancellor|commander|director|professor|judge|representative|congressman)\.?\s+)+",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:[A-Z][\w'’-]*\.?\s+)(?:(?:[A-Z][\w'’.-]*|al-[A-Z][\w'’-]*|de|van|von|der|bin|ibn|el|la|dos|da)"
    r"\s+)*(?:al-|el-|ad-|as-)?[A-Z][\w'’-]+"
)
_PRONOUNS = {
    "he": "man", "him": "man", "his": "man", "she": "woman", "her": "woman", "hers": "woman",
    "they": "many", "them": "many", "their": "many", "it": "body", "its": "body",
    "who": "any", "which": "body", "that": "body",
}  # fmt: skip
FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us", "you"})
_OFFICE = re.compile(
    r"\b(president|prime minister|premier|chancellor|king|queen|minister|secretary|spokesman|"
    r"spokeswoman|spokesperson|envoy|ambassador|general|colonel|commander|governor|senator|mayor|"
    r"director|chief|leader|judge|professor|officer|chairman|chairwoman|candidate|analyst)\b",
    re.IGNORECASE,
)
METONYMS = {
    "kremlin": "Russia", "the kremlin": "Russia", "moscow": "Russia",
    "white house": "United States", "the white house": "United States",
    "washington": "United States", "pentagon": "United States", "the pentagon": "United States",
    "state department": "United States", "london": "United Kingdom",
    "downing street": "United Kingdom", "paris": "France", "berlin": "Germany",
    "ankara": "Turkey", "tehran": "Iran", "damascus": "Syria", "baghdad": "Iraq",
    "beijing": "China", "kyiv": "Ukraine", "kiev": "Ukraine", "riyadh": "Saudi Arabia",
    "jerusalem": "Israel", "cairo": "Egypt", "tokyo": "Japan", "islamabad": "Pakistan",
    "new delhi": "India", "brussels": "European Union", "pyongyang": "North Korea",
    "seoul": "South Korea", "minsk": "Belarus", "khartoum": "Sudan", "addis ababa": "Ethiopia",
    "kabul": "Afghanistan", "sanaa": "Yemen", "tripoli": "Libya",
}  # fmt: skip
"""Seats of government that stand for the government, where a text lets them speak."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A source where it stands, and what the mentions before it let it be read as."""

    span: Span
    name: str | None


def resolve(text: str, sources: Sequence[Span]) -> dict[Span, str | None]:
    """The name that each source comes to inside the document, from the mentions before it.

    A pronoun is the last person or body named as a source that fits it; a surname and an office
    are the person whom the text named so in full, wherever it first did. None where the text does
    not tell.
    """
    people = _people(text)
    found: dict[Span, str | None] = {}
    recent: list[tuple[str, str]] = []
    for span in sorted(set(sources)):
        words = span.of(text).strip(" ,;:")
        name = _name(span, words, people, recent)
        found[span] = name
        if name:
            recent.append((name, _sort(words, name, people)))
    return found


def actor_of(name: str | None, actors: Sequence[Actor]) -> str | None:
    """The name in the case's list that a speaker's name is, by name, alias or metonym."""
    if not name:
        return None
    wanted = _plain(name)
    also = {wanted, _plain(METONYMS.get(wanted, name))}
    for actor in actors:
        if {_plain(actor.name), *map(_plain, actor.aliases)} & also:
            return actor.name
    return None


def _plain(name: str) -> str:
    return re.sub(r"^the\s+", "", re.sub(r"\s+", " ", name).strip().casefold())


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    office: str
    start: int
    woman: bool | None


def _people(text: str) -> list[_Person]:
    """Everyone the text names in full, with the office beside the name."""
    found: list[_Person] = []
    known: set[str] = set()
    for match in _PERSON.finditer(text):
        name = _TITLE.sub("", match[0])
        if " " not in name or name in known or _TITLE.match(name + " "):
            continue
        known.add(name)
        before = text[max(0, match.start() - 60) : match.start()] + match[0][: -len(name)]
        after = text[match.end() : match.end() + 60]
        offices = _OFFICE.findall(re.split(r"[.!?\n,;]", before)[-1])
        if not offices and after.startswith(","):
            offices = _OFFICE.findall(re.split(r"[.!?\n]", after[1:])[0].split(",")[0])
        found.append(_Person(name, offices[-1].casefold() if offices else "", match.start(), None))
    return found


def _name(
    span: Span, words: str, people: list[_Person], recent: list[tuple[str, str]]
) -> str | None:
    plain = words.casefold()
    if plain in _PRONOUNS:
        return _antecedent(_PRONOUNS[plain], recent)
    if plain in FIRST_PERSON:
        return None
    own = _PERSON.search(words)
    if own:
        bare = _TITLE.sub("", own[0])
        if " " in bare:
            return bare
    surname = _TITLE.sub("", words)
    for person in people:
        if person.name.split()[-1] == surname.split(",")[0].strip() or person.name == surname:
            return person.name
    office = (
        _OFFICE.search(plain) if plain.startswith(("the ", "a ", "an ", "his ", "her ")) else None
    )
    if office and len(plain.split()) <= 3:  # noqa: PLR2004  "the defence minister", and no more
        return _holder(office[1].casefold(), span.start, people)
    return _label(words)


def _holder(office: str, before: int, people: list[_Person]) -> str | None:
    holders = [one for one in people if one.office == office and one.start < before]
    return holders[-1].name if holders else None


def _label(words: str) -> str:
    """A source that names itself: without the article at its head and what follows a comma."""
    head = re.split(r",\s|\s+(?:who|which|that)\s", words)[0].strip()
    return re.sub(r"^(?:the|The)\s+(?=[A-Z])", "", head)


def _antecedent(sort: str, recent: list[tuple[str, str]]) -> str | None:
    wanted = {"man": {"person"}, "woman": {"person"}, "many": {"many", "body"}, "body": {"body"},
              "any": {"person", "many", "body"}}[sort]  # fmt: skip
    return next((name for name, kind in reversed(recent) if kind in wanted), None)


def _sort(words: str, name: str, people: list[_Person]) -> str:
    if any(person.name == name for person in people) or words.casefold() in {"he", "she"}:
        return "person"
    return "many" if re.search(r"(?:s|people)$", name) and name[:1].islower() else "body"
