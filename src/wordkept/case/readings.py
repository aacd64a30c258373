"""The readings of a case: what readers proposed of its documents, kept under their hash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wordkept.case.case import LEDGER, Case
from wordkept.case.naming import document_called
from wordkept.documents.capture import text_of
from wordkept.errors import CaseError, InputError, Problem
from wordkept.ids import bytes_id
from wordkept.ledger.canonical import from_json, parsed
from wordkept.ledger.entries import Draft
from wordkept.ledger.journal import Ledger
from wordkept.model import Document, Reading

FOLDER = "readings"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReading:
    """A reading as it stands in the case, and the document that it is of."""

    id: str
    """The SHA-256 of its file, `readings/<id>.json`."""
    document: Document
    reading: Reading


def stored_readings(case: Case) -> tuple[StoredReading, ...]:
    """Every reading of the case, in the order in which they were made."""
    with Ledger.open(case.folder / LEDGER) as ledger:
        entries = ledger.entries("reading")
    documents = {one.id: one for one in case.documents()} if entries else {}
    return tuple(
        stored_reading(case, documents[entry.payload["document"]], entry.payload)
        for entry in entries
    )


def chosen_readings(case: Case, names: Sequence[str]) -> tuple[StoredReading, ...]:
    """The newest reading of each document that is named (by name or id), or of all.

    Raises InputError with every name that no document, or more than one, is called, and that of
    a document that was never read.
    """
    with Ledger.open(case.folder / LEDGER) as ledger:
        newest = {entry.payload["document"]: entry for entry in ledger.entries("reading")}
    documents = {one.id: one for one in case.documents()}
    chosen = dict.fromkeys(newest if not names else ())
    wrong: list[Problem] = []
    for name in names:
        otherwise = f"read it first: wordkept read {case.folder.name} {name}"
        try:
            found = document_called(name, documents.values(), otherwise=otherwise)
        except InputError as failure:
            wrong.extend(failure.problems)
            continue
        chosen[found.id] = None
        if found.id not in newest:
            what = f'"{name}" is captured, and was never read'
            wrong.append(Problem(what=what, where=FOLDER, remedy=otherwise))
    if wrong:
        raise InputError(*wrong)
    return tuple(
        stored_reading(case, documents[identity], newest[identity].payload) for identity in chosen
    )


def reading_text(case: Case, stored: StoredReading) -> str:
    """The text that a reading's spans are of; raises CaseError where it is not that text."""
    read = replace(stored.document, text=stored.reading.text)
    text = text_of(read, case.folder / "documents")
    if bytes_id(text.encode("utf-8")) != stored.reading.text:
        raise _unlike(f"{FOLDER}/{stored.id}.json")
    return text


def reading_draft(stored: StoredReading, given: Mapping[str, Any]) -> Draft:
    """The ledger's entry for a reading; `given` is what its reader was told besides the text."""
    payload = {
        "document": stored.document.id,
        "text": stored.reading.text,
        "reader": stored.reading.reader,
        "given": dict(given),
        "files": {f"{FOLDER}/{stored.id}.json": stored.id},
    }
    return Draft(kind="reading", payload=payload)


def stored_reading(case: Case, document: Document, payload: Mapping[str, Any]) -> StoredReading:
    """The reading that an entry with this payload is of, of a document.

    Raises CaseError where its file is missing, or is not what it was.
    """
    ((name, identity),) = payload["files"].items()
    try:
        content = (case.folder / name).read_bytes()
    except OSError:
        raise _unlike(name) from None
    if bytes_id(content) != identity:
        raise _unlike(name)
    return StoredReading(
        id=identity, document=document, reading=from_json(Reading, parsed(content))
    )


def _unlike(name: str) -> CaseError:
    return CaseError(
        Problem(
            what="a reading is missing, or is not what it was when it was made",
            where=name,
            remedy="restore it from a copy, or read the document again: wordkept read",
        )
    )
