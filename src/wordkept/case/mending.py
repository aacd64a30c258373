"""Proposals mended: what a reviewer says of one, checked, with its words found in the text."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from wordkept.case.reviewing import Item, Proposal, Sort, spans_of
from wordkept.documents.passages import find_passage
from wordkept.errors import InputError, PledgeError, Problem, WordkeptError, did_you_mean
from wordkept.ids import short
from wordkept.model import (
    DEEDS,
    SLOTS,
    STATUSES,
    Figure,
    ProposedPledge,
    ProposedStatement,
    ProposedTerm,
    Slot,
    Span,
)

FIELDS: Mapping[Sort, tuple[str, ...]] = {
    "statement": ("source", "cue", "content", "speaker", "made_on"),
    "pledge": ("deed", "status", "terms", "announced", "starts", "ends"),
    "figure": ("low", "high", "unit"),
}
"""What can be mended; all else of a proposal follows from its text."""
GAP = "[...]"
"""Stands between the pieces of words that do not stand together."""
LONGEST = 10_000
"""Characters of a text that a reviewer gives: more is a mistake."""
LARGEST = 1e15
"""Numbers from here on are not exact in the ledger."""
_BREAK = re.compile(r"\n\s*\n")


@dataclass(slots=True)
class _Given:
    """What was said of one proposal, and what is wrong with it so far."""

    item: Item
    text: str
    where: str
    problems: list[Problem] = field(default_factory=list)

    def note(self, what: str, remedy: str) -> None:
        self.problems.append(Problem(what=what, where=self.where, remedy=remedy))


def mended(item: Item, text: str, given: Mapping[str, Any], *, where: str) -> Proposal:
    """The proposal with what was given in place of its own; `where` names it in errors.

    Words (`source`, `cue`, `content`, each of `terms`) are given as the text has them, in one
    text or a list of pieces, and stand for the exact span that they are found at. Raises
    InputError with all that is wrong.
    """
    sheet = _Given(item, text, where)
    known = FIELDS[item.sort]
    for key in given:
        if key not in known:
            remedy = did_you_mean(key, known, otherwise=f"of a {item.sort}: {', '.join(known)}")
            sheet.note(f'"{key}" cannot be mended', remedy)
    changes = {key: _READ[key](sheet, key, given[key]) for key in known if key in given}
    if not sheet.problems:
        value = _with(item.value, changes, text)
        _check(sheet, value)
        if not sheet.problems:
            return value
    raise InputError(*sheet.problems)


def find_words(words: str, item: Item, text: str) -> Span:
    """Where words stand: once in the proposal's own passage, or else once in the whole text.

    Of several places in the passage, the one that meets the proposal's own words is meant. Any
    white space stands for any other; nothing else may differ. Raises PledgeError where they are
    not in it, showing the closest, or where it cannot be told which place is meant.
    """
    quote = words.strip()
    pattern = re.compile(r"\s+".join(map(re.escape, quote.split())) or r"(?!)")
    own = [span for _, span in spans_of(item.value)]
    for start, end in (passage_around(text, own), (0, len(text))):
        places = (one.span() for one in pattern.finditer(text, start, end))
        found = [Span(start=first, end=last) for first, last in places]
        meant = [one for one in found if any(one.meets(span) for span in own)]
        for chosen in (found, meant):
            if len(chosen) == 1:
                return chosen[0]
        if found:
            what = f'the words "{" ".join(quote.split())}" stand there {len(found)} times'
            remedy = "give more of the words around them, so that they stand there once"
            where = f"document {short(item.stored.document.id)}"
            raise PledgeError(Problem(what=what, where=where, remedy=remedy))
    passage = find_passage(quote, item.stored.document.id, text)
    return Span(start=passage.start, end=passage.end)


def passage_around(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    r"""Where the paragraphs that hold the spans begin and end; a blank line parts paragraphs.

    >>> passage_around("One.\n\nTwo men.\n\nThree.", [Span(start=6, end=9)])
    (6, 14)
    """
    first = min((span.start for span in spans), default=0)
    last = max((span.end for span in spans), default=len(text))
    start = max((one.end() for one in _BREAK.finditer(text, 0, first)), default=0)
    end = _BREAK.search(text, last)
    return min(start, first), end.start() if end else len(text)


def _words(sheet: _Given, key: str, value: Any) -> tuple[Span, ...]:
    pieces = value.split(GAP) if isinstance(value, str) else value
    if not isinstance(pieces, list) or not all(isinstance(one, str) for one in pieces):
        sheet.note(f'"{key}" is neither text nor a list of texts', f'"{key}": ["the exact words"]')
        return ()
    found = []
    for piece in pieces:
        if not piece.strip():
            continue
        try:
            found.append(find_words(piece, sheet.item, sheet.text))
        except WordkeptError as error:
            for one in error.problems:
                sheet.note(one.what, one.remedy)
    return tuple(sorted(set(found)))


def _terms(sheet: _Given, key: str, value: Any) -> tuple[tuple[Slot, tuple[Span, ...]], ...]:
    if not isinstance(value, Mapping):
        sheet.note(f'"{key}" is no table of slots', '"terms": {"act": "the exact words"}')
        return ()
    found = []
    for name, words in value.items():
        slot = next((one for one in SLOTS if one == name), None)
        if slot is None:
            remedy = did_you_mean(name, SLOTS, otherwise=f"one of: {', '.join(SLOTS)}")
            sheet.note(f'"{name}" is no slot of a pledge', remedy)
        else:
            found.append((slot, _words(sheet, f"terms.{slot}", words)))
    return tuple(found)


def _text(sheet: _Given, key: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST or not _speakable(value):
        sheet.note(f'"{key}" is no text, or holds what cannot be written', "give it as plain words")
        return ""
    return " ".join(value.split())


def _speakable(words: str) -> bool:
    """Whether a text can be entered, and shown: no half characters, none that drive a terminal."""
    return not any(
        "\ud800" <= mark <= "\udfff" or (not mark.isprintable() and not mark.isspace() and
                                         (mark < "\xa0" or mark in "\u202d\u202e"))
        for mark in words
    )  # fmt: skip


def _text_or_none(sheet: _Given, key: str, value: Any) -> str | None:
    return None if value is None else _text(sheet, key, value) or None


def _day(sheet: _Given, key: str, value: Any) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        sheet.note(f'"{key}" is not a day', f'"{key}": "2016-03-14"')
        return None


def _number(sheet: _Given, key: str, value: Any) -> float | None:
    if value is None:
        return None
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not abs(number) < LARGEST:
        sheet.note(f'"{key}" is not a number that can be counted', f'"{key}": 27')
        return None
    return float(number)


def _among(choices: tuple[str, ...]) -> Callable[[_Given, str, Any], str]:
    def read(sheet: _Given, key: str, value: Any) -> str:
        if value in choices:
            return str(value)
        remedy = did_you_mean(f"{value}", choices, otherwise=f"one of: {', '.join(choices)}")
        sheet.note(f'"{key}" cannot be "{value}"', remedy)
        return ""

    return read


_READ: Mapping[str, Callable[[_Given, str, Any], Any]] = {
    **dict.fromkeys(("source", "cue", "content"), _words),
    **dict.fromkeys(("made_on", "announced", "starts", "ends"), _day),
    **dict.fromkeys(("low", "high"), _number),
    "speaker": _text_or_none,
    "unit": _text,
    "terms": _terms,
    "deed": _among(DEEDS),
    "status": _among(STATUSES),
}


def _with(value: Proposal, changes: dict[str, Any], text: str) -> Proposal:
    if isinstance(value, ProposedPledge):
        return _pledge_with(value, changes, text)
    if isinstance(value, ProposedStatement) and "speaker" in changes:
        same = changes["speaker"] == value.speaker
        changes = {**changes, "actor": value.actor if same else None}
    return replace(value, **changes)


def _pledge_with(value: ProposedPledge, changes: dict[str, Any], text: str) -> ProposedPledge:
    """The pledge with its changes; what it leaves open is asked anew where its terms changed."""
    from wordkept.reading.openness import left_open

    given = dict(changes.pop("terms", ()))
    kept = [term for term in value.terms if term.slot not in given]
    new = [ProposedTerm(slot=slot, span=span) for slot, spans in given.items() for span in spans]
    terms = tuple(sorted((*kept, *new), key=lambda term: (term.span, term.slot)))
    terms = value.terms if set(terms) == set(value.terms) else terms
    found = replace(value, **{**changes, "terms": terms})
    if (found.deed, found.terms) == (value.deed, value.terms):
        return found
    return replace(found, leaves_open=left_open(found.deed, found.terms, text))


def _check(sheet: _Given, value: Proposal) -> None:
    """Note what only the whole can show to be wrong."""
    if value == sheet.item.value:
        sheet.note("nothing of it was mended", "accept it, or say what to mend")
    if isinstance(value, ProposedStatement) and not value.content:
        sheet.note("a statement without content says nothing", "give its words, or reject it")
    if isinstance(value, ProposedPledge):
        if value.starts and value.ends and value.ends < value.starts:
            sheet.note(f'"ends" ({value.ends}) comes before "starts" ({value.starts})',
                       "check both days")  # fmt: skip
        if not value.named("act"):
            sheet.note("a pledge without an act promises nothing", "give its words, or reject it")
    if (
        isinstance(value, Figure)
        and value.low is not None
        and value.high is not None
        and value.low > value.high
    ):
        sheet.note(f'"low" ({value.low:g}) is over "high" ({value.high:g})', "check both")
