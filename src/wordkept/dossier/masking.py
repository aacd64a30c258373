"""A report without the names that are masked: blocks of the same length stand in their place.

This is the one place in which masks are applied. All that leaves the house is made from a report,
and a report is masked before anything is made from it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from wordkept.dossier.report import CaseReport
from wordkept.model import (
    Assessment,
    DailySeries,
    Document,
    Event,
    Passage,
    Pledge,
    PublicationRule,
    Release,
    Span,
)

BLOCK = "█"
"""What a masked character is printed as."""
SHORT_WORD = 4
"""Fewer characters than this are blocked outside of captures only where they stand as a word."""
RECORD_OWN = (DailySeries, Event, Release, PublicationRule)
"""What a publisher's record holds: no capture's words stand in it."""
NAMES = frozenset({"id", "pledge", "document", "counterpart", "text", "dataset", "word", "kind"})
"""Fields that hold what a thing is known by, or one word of a fixed list."""

Masks = Mapping[str, Sequence[Span]]
"""The masked stretches of each document's text, by the document's id."""


def blocked(text: str, spans: Iterable[Span]) -> str:
    r"""The text with a block for each character of the spans; line ends stay, so do all offsets.

    >>> blocked("He met Ada N.\nShe left.", [Span(start=7, end=12)])
    'He met █████.\nShe left.'
    """
    pieces, place = [], 0
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        start = max(place, span.start)
        if span.end > start:
            pieces += [text[place:start], re.sub(r"[^\r\n]", BLOCK, text[start : span.end])]
            place = min(span.end, len(text))
    return "".join((*pieces, text[place:]))


def words_blocked(words: Iterable[str]) -> Callable[[str], str]:
    """What blocks these words wherever they stand in a text; short ones where they stand alone.

    >>> words_blocked(["Ada", "Nowak"])("Ada and Nowaks of Adana")
    '███ and █████s of Adana'
    """
    longest_first = sorted({one for one in words if one.strip()}, key=lambda one: (-len(one), one))
    if not longest_first:
        return str
    found = re.compile(
        "|".join(
            re.escape(one) if len(one) >= SHORT_WORD else rf"(?<!\w){re.escape(one)}(?!\w)"
            for one in longest_first
        )
    )
    return lambda text: found.sub(_all_blocked, text)


def _all_blocked(found: re.Match[str]) -> str:
    return blocked(found[0], [Span(start=0, end=len(found[0]))])


def masked_report(report: CaseReport, masks: Masks, blot: Callable[[str], str]) -> CaseReport:
    """The report with its documents, its quotes and its own sentences masked.

    Of a document and its quotes the masked stretches are blocked; of everything else that is said,
    what `blot` blocks: the same words.
    """
    return replace(
        report,
        documents=tuple(
            (masked_document(one, blot), blocked(text, masks.get(one.id, ())))
            for one, text in report.documents
        ),
        assessments=masked_assessments(report.assessments, masks, blot),
        board=_masked(report.board, masks, blot),
        editions=_masked(report.editions, masks, blot),
    )


def masked_assessments(
    found: tuple[Assessment, ...], masks: Masks, blot: Callable[[str], str]
) -> tuple[Assessment, ...]:
    """Assessments whose quotes and sentences are masked."""
    masked: tuple[Assessment, ...] = _masked(found, masks, blot)
    return masked


def masked_pledge(pledge: Pledge, masks: Masks, blot: Callable[[str], str]) -> Pledge:
    """A pledge whose quotes and terms are masked."""
    masked: Pledge = _masked(pledge, masks, blot)
    return masked


def masked_document(document: Document, blot: Callable[[str], str]) -> Document:
    """A document under whose title, name and author no masked word stands."""
    masked: Document = _masked(document, {}, blot)
    return masked


def _masked(value: Any, masks: Masks, blot: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return blot(value)
    if isinstance(value, tuple | list):
        return type(value)(_masked(one, masks, blot) for one in value)
    if isinstance(value, Mapping):
        return {key: _masked(one, masks, blot) for key, one in value.items()}
    if isinstance(value, Passage):
        return _masked_passage(value, masks)
    if not is_dataclass(value) or isinstance(value, (type, *RECORD_OWN)):
        return value
    held = {one.name: getattr(value, one.name) for one in fields(value)}
    made = {
        name: one if name in NAMES and isinstance(one, str) else _masked(one, masks, blot)
        for name, one in held.items()
    }
    changed = {name: one for name, one in made.items() if one != held[name]}
    return replace(value, **changed) if changed else value


def _masked_passage(passage: Passage, masks: Masks) -> Passage:
    """The passage with the masked stretches of its own document blocked, at their places."""
    spans = [
        Span(start=max(one.start - passage.start, 0), end=one.end - passage.start)
        for one in masks.get(passage.document, ())
        if one.start < passage.end and one.end > passage.start
    ]
    return replace(passage, quote=blocked(passage.quote, spans))
