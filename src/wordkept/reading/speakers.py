"""Who a source is: the actor of the case's list, or the name that the document itself gives."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from wordkept.model import Actor, Span
from wordkept.reading.speakers_mentions import Mention, Told
from wordkept.reading.speakers_people import Sex, bare
from wordkept.reading.speakers_phrases import Phrase, phrase, whole

FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us", "you", "mine", "ours"})
_HE_SHE: Mapping[str, Sex] = {
    "he": "man", "him": "man", "his": "man", "himself": "man",
    "she": "woman", "her": "woman", "hers": "woman", "herself": "woman",
}  # fmt: skip
_SORTS: Mapping[str, tuple[str, ...]] = {
    "they": ("many", "body"), "them": ("many", "body"), "their": ("many", "body"),
    "it": ("body", "paper"), "its": ("body", "paper"),
    "this": ("paper",), "that": ("paper",),
}  # fmt: skip
_RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
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
_NOBODY: Mapping[Span, Span] = MappingProxyType({})


def resolve(
    text: str, sources: Sequence[Span], carriers: Mapping[Span, Span] = _NOBODY
) -> dict[Span, str | None]:
    """The name that each source comes to inside the document; None where the text does not tell.

    A surname and an office are the person whom the text names so in full, wherever it does; a
    pronoun is the last fitting person or body before it. `carriers` gives, of a source that stands
    in what another says, the source of that other: "I" in it is the one who speaks. A first person
    outside all that is said stays None: the text does not say whose hand wrote it.
    """
    told = Told.of(text)
    found: dict[Span, str | None] = {}
    left = sorted(set(sources))
    while left:
        waiting = set(left)
        ready = [span for span in left if carriers.get(span) not in waiting] or left
        for span in ready:
            holder = carriers.get(span)
            carried = found.get(holder) if holder else None
            name, sort, sex = _resolved(span, whole(span.of(text)), told, carried)
            found[span] = name
            if name:
                told.mentions.append(Mention(name=name, place=span.start, sort=sort, sex=sex))
        left = [span for span in left if span not in found]
    return found


def actor_of(name: str | None, actors: Sequence[Actor]) -> str | None:
    """The name in the case's list that a speaker's name is, by name, alias or metonym."""
    if not name:
        return None
    wanted = _plain(name)
    also = {wanted, _plain(bare(name)), _plain(METONYMS.get(wanted, name))}
    for actor in actors:
        if {_plain(actor.name), *map(_plain, actor.aliases)} & also:
            return actor.name
    return None


def _plain(name: str) -> str:
    return re.sub(r"^the\s+", "", re.sub(r"\s+", " ", name).strip().casefold())


Resolved = tuple[str | None, str, Sex]


def _resolved(span: Span, words: str, told: Told, carried: str | None) -> Resolved:
    plain = words.casefold()
    if not plain:
        return None, "body", None
    if plain in FIRST_PERSON:
        last = told.last(carried) if carried and plain != "you" else None
        return (last.name, last.sort, last.sex) if last else (None, "person", None)
    if plain in _RELATIVE and (before := told.right_before(span.start)):
        return before
    if plain in _HE_SHE or plain in _SORTS:
        return _pronoun(plain, span, told, carried)
    return _noun(span, words, told, carried)


def _noun(span: Span, words: str, told: Told, carried: str | None) -> Resolved:
    parts = phrase(words)
    person = told.named_in(words)
    if person is None and parts.owner:
        return _possessed(span, parts, told, carried)
    person = person or told.known_as(words)
    if person:
        return person.name, "person", person.sex
    found = told.described(parts, span.start) if parts.definite else None
    return found or (parts.label, parts.sort, parts.sex)


def _pronoun(plain: str, span: Span, told: Told, carried: str | None) -> Resolved:
    sex = _HE_SHE.get(plain)
    sorts = _SORTS.get(plain, ("person",))
    if carried:
        outer = told.last(carried)
        if told.quoted_apart(span.start, carried):
            return told.antecedent(sorts, sex, span.start, without=carried)
        if outer and outer.sort in sorts and outer.sex in (None, sex):
            return outer.name, outer.sort, sex
    return told.antecedent(sorts, sex, span.start, without=None)


def _possessed(span: Span, parts: Phrase, told: Told, carried: str | None) -> Resolved:
    """What belongs to somebody: "his office" is the office of whom "his" means."""
    named = told.named_in(parts.rest) if parts.rest[:1].isupper() else None
    if named:
        return named.name, "person", named.sex
    owner, _, _ = _resolved(span, parts.owner, told, carried)
    same = owner and _plain(owner) == _plain(parts.owner)
    if parts.owner.casefold() in FIRST_PERSON and owner is None:
        return None, parts.sort, parts.sex
    holder = told.holder(parts, owner)
    if holder:
        return holder.name, "person", holder.sex
    if owner is None:
        return None, parts.sort, parts.sex
    if same:
        return parts.label, parts.sort, parts.sex
    rest, whose = parts.rest, owner
    nested = re.match(r"([^,]+?)['’]s\s+(.+)", rest)
    if nested:
        rest, whose = nested[2], f"{owner}'s {nested[1]}"
    return f"the {rest} of {_article(whose, told.text)}{whose}", parts.sort, parts.sex


def _article(name: str, text: str) -> str:
    """The article that a name takes: in lower case, and where the text gives it one."""
    if re.match(r"(?:the|an?|two|both|some|this|The|An?|Two|Both|Some)\s", name):
        return ""
    return "the " if name[:1].islower() or f"he {name}" in text else ""
