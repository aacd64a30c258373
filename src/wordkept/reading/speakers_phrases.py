"""A source as a noun phrase: its head, what describes it, and whose it is."""

import re
from dataclasses import dataclass
from functools import lru_cache

from wordkept.reading.speakers_people import Sex
from wordkept.reading.speakers_words import (
    BODIES,
    DAYS,
    HEADS,
    MEN,
    PAPERS,
    PREPOSITIONS,
    SAME_OFFICE,
    TITLES,
    WOMEN,
)

_OWNER = re.compile(
    r"(?P<pronoun>his|her|their|its|our|my|your)\s+(?:own\s+)?(?P<of_pronoun>.+)"
    r"|(?P<noun>[^,]{2,60}?)(?:['’]s|(?<=s)['’])\s+(?P<of_noun>.+)",
    re.IGNORECASE | re.DOTALL,
)
_DEFINITE = re.compile(r"(?:the|this|that|these|those|both)\s+", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:the|this|that|these|those|an?|some|several|many|most|both|one|other|another|his|her|their|"
    r"its|our|my)\s+",
    re.IGNORECASE,
)
_CUT = re.compile(r",\s|\s+(?=(?:who|which|whose)\s)|\s+[—–(-]+\s?")
_INSIDE = re.compile(r"\s(?:of|in|at|for|from|with|on|to|by|who|which|that|\w+ed)\s")
"""In "a member of the senate's committee" the member speaks, not the committee."""
_LISTED = re.compile(r"^[^,]+,\s.*(?:,\s| )and\s[^,]+$")
_LAST_DAYS = re.compile(rf"(?:\s+(?:on\s+)?(?:{'|'.join(sorted(DAYS))}))+$")
_PLURAL = frozenset({"people", "police", "men", "women", "media", "staff", "children", "others"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, taken apart; words in lower case but for the label."""

    label: str
    """The name it gives itself: without "the" before a capital, nor what follows a comma."""
    head: str
    words: frozenset[str]
    """The head and what stands before it."""
    definite: bool
    goes_on: bool
    """Whether more stands after the head: "the head of the mission"."""
    owner: str
    rest: str
    sort: str
    """`person`, `body`, `paper` or `many`."""
    sex: Sex


def whole(words: str) -> str:
    """A source's words in one line, without marks, a day or a possessive at its end.

    >>> whole("President Ada Lorn Monday"), whole("the envoy's")
    ('President Ada Lorn', 'the envoy')
    """
    tidy = re.sub(r"\s+", " ", words).strip(' ,;:—–-“”"')
    tidy = _LAST_DAYS.sub("", tidy)
    tidy = re.sub(r"\s+(?:himself|herself|itself|themselves)$", "", tidy)
    return re.sub(r"(?:['’]s|(?<=s)['’])$", "", tidy)


@lru_cache(maxsize=4096)  # the names of a text are held against each other again and again
def phrase(words: str) -> Phrase:
    """A source taken apart.

    >>> phrase("the chief mediator for the valley").head, phrase("his office").owner
    ('mediator', 'his')
    """
    owned = _OWNER.fullmatch(words)
    if owned and owned["noun"] and _INSIDE.search(owned["noun"]):
        owned = None
    owner = (owned["pronoun"] or owned["noun"] or "") if owned else ""
    rest = (owned["of_pronoun"] or owned["of_noun"] or "") if owned else words
    listed = _LISTED.match(words) and not re.search(r",\s(?:who|which|the|an?|its)\s", words)
    first = words if listed else _CUT.split(words)[0].strip()
    rest = _CUT.split(rest)[0].strip()
    before = _before_prepositions(rest)
    head = before[-1] if before else ""
    return Phrase(
        label=re.sub(r"^[Tt]he\s+(?=[A-Z])", "", first),
        head=head,
        words=frozenset(SAME_OFFICE.get(word, word) for word in before) - HEADS,
        definite=bool(_DEFINITE.match(words)) or (len(words.split()) == 1 and words[:1].isupper()),
        goes_on=bool(before) and len(before) < len(re.findall(r"[\w-]+", _ARTICLE.sub("", rest))),
        owner=owner,
        rest=rest,
        sort=sort_of(head, first),
        sex="man" if head in MEN else "woman" if head in WOMEN else None,
    )


def _before_prepositions(words: str) -> list[str]:
    found: list[str] = []
    for word in re.findall(r"[\w-]+", _ARTICLE.sub("", words)):
        if word.casefold() in PREPOSITIONS and found:
            break
        found.append(word.casefold())
    return found


def sort_of(head: str, words: str) -> str:
    """Whether a noun is a person's, a body's, a paper's, or means many."""
    if " and " in words or head in _PLURAL:
        return "many"
    if head in BODIES:
        return "body"
    if head in PAPERS:
        return "paper"
    if head.endswith("s") and not head.endswith(("ss", "us")):
        return "many"
    named = re.match(r"(?:[Tt]he\s+)?(?!(?:The|An?|One|His|Her|Their|Its)\s)[A-Z]", words)
    if named and head not in TITLES:
        return "body"
    return "person"
