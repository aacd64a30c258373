"""Passages: the exact spans of a document that a quote stands in."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from heapq import nlargest

from wordkept.errors import PledgeError, Problem
from wordkept.ids import short
from wordkept.model import Passage

NEAR = 0.5
"""From this likeness on (0 to 1) a span is shown as the closest one to a quote."""
_CANDIDATES = 5
_SHOWN_CHARACTERS = 300
_SHOWN_PLACES = 5
_LONG_WORDS = 200
"""From more words than this on, likeness is the share of words in common, in any order."""
_WORD = re.compile(r"\w+")
_UNSEEN = ("Mn", "Me", "Cf")
"""Unicode's marks that sit on a letter, and characters that do not show at all."""
_WRITTEN_OUT = ("Cc", "Cf", "Zl", "Zp", "Co", "Cn")
_ALIKE = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\"'", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}


def find_passage(quote: str, document: str, text: str) -> Passage:
    """The one span of a document's text that is the quote, character for character.

    Raises PledgeError where the quote is not in it, showing the closest passage, and where it
    stands in it more than once.

    >>> find_passage("will leave", "9f3c", "We will leave.")
    Passage(document='9f3c', start=3, end=13, quote='will leave')
    """
    if not quote.strip():
        raise _problem(
            "a quote cannot be empty", document, "give the words as the document has them"
        )
    places = list(_places(quote, text))
    if not places:
        raise _absent(quote, document, text)
    if len(places) > 1:
        shown = ", ".join(map(str, places[:_SHOWN_PLACES]))
        more = ", ..." if len(places) > _SHOWN_PLACES else ""
        raise _problem(
            f'the quote "{_shown(quote)}" is in the document {len(places)} times, '
            f"at characters {shown}{more}",
            document,
            "quote more of the words around it, so that it stands there once",
        )
    (start,) = places
    return Passage(document=document, start=start, end=start + len(quote), quote=quote)


def closest_span(quote: str, text: str) -> tuple[int, int] | None:
    """Where the words most like the quote begin and end; None where none are like it.

    Case, accents, kinds of quotation mark and dash, and characters that do not show are not held
    against it.

    >>> text = "He said: «we'll leave by  MAY», then he left."
    >>> start, end = closest_span('"We will leave by May"', text)
    >>> text[start:end]
    "we'll leave by  MAY"
    """
    asked = _words(_folded(quote)[0])
    folded, origins = _folded(text)
    found = list(_WORD.finditer(folded))
    scored = [
        (_likeness(asked, _words(folded[start:end])), -start, end)
        for start, end in _likeliest(asked, found)
    ]
    likeness, start, end = max(scored, default=(0.0, 0, 0))
    if likeness < NEAR:
        return None
    last = origins[end - 1] + 1
    while last < len(text) and unicodedata.category(text[last]) in _UNSEEN:
        last += 1
    return origins[-start], last


def _places(quote: str, text: str) -> Iterator[int]:
    place = text.find(quote)
    while place >= 0:
        yield place
        place = text.find(quote, place + 1)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with its looks taken off, and where each character of that stood in it."""
    characters: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        plain = _ALIKE.get(character) or unicodedata.normalize("NFKD", character).casefold()
        for piece in plain:
            if unicodedata.category(piece) not in _UNSEEN:
                characters.append(piece)
                origins.append(place)
    return "".join(characters), origins


def _words(folded: str) -> list[str]:
    return _WORD.findall(folded)


def _likeliest(asked: Sequence[str], found: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """Stretches of as many words as were asked for that share the most of them."""
    length = min(len(asked), len(found))
    if not length:
        return []
    missing = Counter(asked)
    shared = 0
    stretches = []
    for place, word in enumerate(found):
        shared += missing[word[0]] > 0
        missing[word[0]] -= 1
        if place >= length:
            gone = found[place - length][0]
            missing[gone] += 1
            shared -= missing[gone] > 0
        if place >= length - 1:
            stretches.append((shared, found[place - length + 1].start(), word.end()))
    best = nlargest(_CANDIDATES, stretches, key=lambda stretch: stretch[0])
    return [(start, end) for _, start, end in best]


def _likeness(asked: Sequence[str], found: Sequence[str]) -> float:
    if len(asked) > _LONG_WORDS:
        return (Counter(asked) & Counter(found)).total() / len(asked)
    return SequenceMatcher(None, " ".join(asked), " ".join(found), autojunk=False).ratio()


def _absent(quote: str, document: str, text: str) -> PledgeError:
    what = f'the quote "{_shown(quote)}" is not in the document'
    span = closest_span(quote, text)
    if span is None:
        return _problem(
            f"{what}, nor is anything like it",
            document,
            "check that it is the right document, and copy the words from its text",
        )
    start, end = span
    closest = _shown(text[start:end])
    return _problem(
        f'{what}; the closest there is, at characters {start} to {end}: "{closest}"',
        document,
        "quote the document's own characters, line ends, accents and quotation marks included",
    )


def _shown(words: str) -> str:
    """Words on one line, with what would not show written out, cut where they are many."""
    cut = words if len(words) <= _SHOWN_CHARACTERS else f"{words[:_SHOWN_CHARACTERS]}..."
    return "".join(
        f"\\u{{{ord(character):x}}}"
        if unicodedata.category(character) in _WRITTEN_OUT
        else character
        for character in cut.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")
    )


def _problem(what: str, document: str, remedy: str) -> PledgeError:
    return PledgeError(Problem(what=what, where=f"document {short(document)}", remedy=remedy))
