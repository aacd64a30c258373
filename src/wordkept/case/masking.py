"""Masks: what of a capture nothing shows that is built, entered in the ledger without its words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wordkept.case.case import LEDGER, Case, now
from wordkept.case.naming import document_called
from wordkept.documents.capture import TEXTS, text_of
from wordkept.dossier.masking import (
    masked_assessments,
    masked_pledge,
    masked_report,
    words_blocked,
)
from wordkept.dossier.report import CaseReport
from wordkept.errors import CaseError, InputError, Problem
from wordkept.ids import bytes_id, short
from wordkept.ledger.canonical import as_json, from_json
from wordkept.ledger.entries import Draft, Entry
from wordkept.ledger.journal import Ledger
from wordkept.model import Alarm, Assessment, Document, Mask, Pledge, Span

LEAST = 2
"""A single character names nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """What came of a mask, and where the same words still stand."""

    mask: Mask
    new: bool
    inside_words: int
    """How many of the places lie inside a longer word."""
    also_in: tuple[str, ...]
    """Other documents of the case whose texts hold the words."""
    other_case: int
    """How often the words stand in the document in other capitals, and so are not masked."""


def standing_masks(case: Case) -> tuple[Mask, ...]:
    """Every mask of the case that was not taken back, in order."""
    with Ledger.open(case.folder / LEDGER) as ledger:
        entries = ledger.entries("mask")
    gone = {one.payload["takes_back"] for one in entries if "takes_back" in one.payload}
    return tuple(_mask(one) for one in entries if "spans" in one.payload and one.hash not in gone)


def masked_spans(case: Case) -> dict[str, tuple[Span, ...]]:
    """The masked stretches of each document's text as it stands now, by the document's id.

    Raises CaseError where a mask was made on an earlier text of the document, and its words are
    no longer found: nothing is built then, rather than a name printed.
    """
    masks = standing_masks(case)
    documents = {one.id: one for one in case.documents()} if masks else {}
    found: dict[str, list[Span]] = {}
    for mask in masks:
        spans = _on_text_of_today(case, mask, documents[mask.document])
        found.setdefault(mask.document, []).extend(spans)
    return {name: tuple(sorted(set(spans), key=_place)) for name, spans in found.items()}


def veiled(case: Case, report: CaseReport) -> CaseReport:
    """The report with the masks of the case on it, whatever day it is as of."""
    masks = masked_spans(case)
    return masked_report(report, masks, blotted(case)) if masks else report


def veiled_assessments(case: Case, found: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
    """Assessments with the masks of the case on their words."""
    masks = masked_spans(case)
    if not masks:
        return found
    return masked_assessments(found, masks, blotted(case))


def veiled_alarms(case: Case, alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Alarms with the masks of the case on their words; their ids are what they were."""
    blot = blotted(case)
    return tuple(replace(one, title=blot(one.title), sentence=blot(one.sentence)) for one in alarms)


def blotted(case: Case) -> Callable[[str], str]:
    """What blocks the masked words of the case wherever they stand in a text."""
    return words_blocked(words_masked(case))


def veiled_pledge(case: Case, pledge: Pledge) -> Pledge:
    """A pledge with the masks of the case on its quotes and its terms."""
    masks = masked_spans(case)
    return masked_pledge(pledge, masks, blotted(case)) if masks else pledge


def words_masked(case: Case) -> frozenset[str]:
    """The words that the masks of the case cover."""
    masks = masked_spans(case)
    documents = {one.id: one for one in case.documents()} if masks else {}
    texts = {name: text_of(documents[name], case.folder / "documents") for name in masks}
    return frozenset(span.of(texts[name]) for name, spans in masks.items() for span in spans)


def mask_words(case: Case, name: str, asked: str | Span, *, reason: str, who: str) -> Masked:
    """The mask, once it stands in the ledger: of words wherever they stand, or of one stretch.

    Raises InputError where the words are not in the text, the stretch is not, or the reason holds
    the words, since the ledger must not.
    """
    document = _document(case, name)
    text = text_of(document, case.folder / "documents")
    spans = _places(asked, text) if isinstance(asked, str) else _stretch(asked, text)
    _check(spans, text, asked, reason, document)
    words = frozenset(one.of(text) for one in spans)
    known = [one for one in standing_masks(case) if one.document == document.id]
    same = next((one for one in known if one.spans == spans and one.reason == reason), None)
    mask = same or _enter(case, document, text, spans, reason=reason, who=who)
    return Masked(
        mask=mask, new=same is None, also_in=_also_in(case, document, words),
        inside_words=sum(_inside(one, text) for one in spans),
        other_case=sum(_otherwise_spelt(one, text) for one in words),
    )  # fmt: skip


def unmask(case: Case, name: str, asked: str | Span | None, *, who: str) -> Mask:
    """The mask that was taken back: of these words or this stretch, or else the document's last.

    Raises InputError where no mask of them stands.
    """
    document = _document(case, name)
    text = text_of(document, case.folder / "documents")
    known = [one for one in standing_masks(case) if one.document == document.id]
    if isinstance(asked, str):
        known = [one for one in known if asked in {span.of(text) for span in one.spans}]
    elif asked is not None:
        known = [one for one in known if one.spans == (asked,)]
    if not known:
        raise InputError(Problem(
            what="no mask of it stands", where=f"document {document.name}",
            remedy="name the document alone, with --undo, to take back its last mask",
        ))  # fmt: skip
    with Ledger.open(case.folder / LEDGER) as ledger:
        payload = {"takes_back": known[-1].entry, "document": document.id}
        ledger.append("mask", payload, who=who, at=now())
    return known[-1]


def _document(case: Case, name: str) -> Document:
    otherwise = f"capture it first: wordkept read {case.folder.name} {name}"
    return document_called(name, case.documents(), otherwise=otherwise)


def _places(words: str, text: str) -> tuple[Span, ...]:
    spans, place = [], text.find(words) if words else -1
    while place >= 0:
        spans.append(Span(start=place, end=place + len(words)))
        place = text.find(words, place + len(words))
    return tuple(spans)


def _stretch(span: Span, text: str) -> tuple[Span, ...]:
    return (span,) if 0 <= span.start < span.end <= len(text) else ()


def _check(
    spans: Sequence[Span], text: str, asked: str | Span, reason: str, document: Document
) -> None:
    where = f"document {document.name}"
    if isinstance(asked, str) and len(asked.strip()) < LEAST:
        raise InputError(Problem(what="these words name nobody: they are too short", where=where,
                                 remedy="give the name, or --start and --end"))  # fmt: skip
    if not spans:
        remedy = "copy the words from the document's text, its own characters and line ends"
        what = "these words are not in its text"
        if isinstance(asked, Span):
            what = f"its text has {len(text):,} characters, and no such stretch"
        raise InputError(Problem(what=what, where=where, remedy=remedy))
    if not reason.strip():
        raise InputError(Problem(what="a mask needs a reason", where="--reason",
                                 remedy='such as --reason "a private person"'))  # fmt: skip
    if any(one.of(text).casefold() in reason.casefold() for one in spans):
        raise InputError(Problem(what="the reason holds the words that are to be masked",
                                 where="--reason", remedy="say it without the name"))  # fmt: skip


def _enter(
    case: Case, document: Document, text: str, spans: tuple[Span, ...], *, reason: str, who: str
) -> Mask:
    payload = {
        "document": document.id,
        "text": bytes_id(text.encode("utf-8")),
        "spans": as_json(spans),
        "reason": reason,
    }
    with Ledger.open(case.folder / LEDGER) as ledger:
        (entry,) = ledger.append_all([Draft(kind="mask", payload=payload)], who=who, at=now())
    return _mask(entry)


def _mask(entry: Entry) -> Mask:
    payload: Any = entry.payload
    return Mask(
        entry=entry.hash, document=payload["document"], text=payload["text"],
        spans=tuple(from_json(Span, one) for one in payload["spans"]),
        reason=payload["reason"], who=entry.who, at=entry.at,
    )  # fmt: skip


def _on_text_of_today(case: Case, mask: Mask, document: Document) -> tuple[Span, ...]:
    text = text_of(document, case.folder / "documents")
    if bytes_id(text.encode("utf-8")) == mask.text:
        return mask.spans
    try:
        earlier = (case.folder / "documents" / TEXTS / f"{mask.text}.txt").read_bytes()
    except OSError:
        raise _lost(mask, document) from None
    if bytes_id(earlier) != mask.text:
        raise _lost(mask, document)
    words = dict.fromkeys(span.of(earlier.decode("utf-8")) for span in mask.spans)
    found = tuple(_places(one, text) for one in words)
    if not all(found):
        raise _lost(mask, document)
    return tuple(span for spans in found for span in spans)


def _lost(mask: Mask, document: Document) -> CaseError:
    return CaseError(Problem(
        what="a mask was made on an earlier text of this document, and its words are not found in "
        "the one of today",
        where=f"document {document.name}, mask {short(mask.entry)}",
        remedy=f"mask them again, then take this one back: wordkept mask CASE {short(document.id)}"
        " --undo",
    ))  # fmt: skip


def _also_in(case: Case, document: Document, words: Iterable[str]) -> tuple[str, ...]:
    found = []
    for other in case.documents():
        if other.id != document.id:
            try:
                text = text_of(other, case.folder / "documents")
            except InputError:
                continue
            if any(one in text for one in words):
                found.append(other.name)
    return tuple(found)


def _inside(span: Span, text: str) -> bool:
    edges = text[max(span.start - 1, 0) : span.start] + text[span.end : span.end + 1]
    return any(one.isalnum() for one in edges)


def _otherwise_spelt(words: str, text: str) -> int:
    folded = words.casefold()
    return max(text.casefold().count(folded) - text.count(words), 0)


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end
