"""The readings of a case: what readers proposed of its documents, kept under their hash."""

from collections.abc import Sequence
from dataclasses import dataclass

from wordkept.case.case import LEDGER, Case, now, whoever, writing
from wordkept.documents.capture import text_of
from wordkept.errors import CaseError, Problem, did_you_mean
from wordkept.ids import bytes_id
from wordkept.ledger.canonical import canonical, from_json, parsed
from wordkept.ledger.entries import Draft, Entry
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


def store_readings(
    case: Case, made: Sequence[tuple[Document, Reading]]
) -> tuple[StoredReading, ...]:
    """The readings, once they stand on the disk and in the ledger; what stands there is left."""
    known = {one.id for one in stored_readings(case)}
    stored, drafts = [], []
    with writing(case.folder):
        (case.folder / FOLDER).mkdir(exist_ok=True)
        for document, reading in made:
            content = canonical(reading)
            identity = bytes_id(content)
            stored.append(StoredReading(id=identity, document=document, reading=reading))
            if identity in known:
                continue
            known.add(identity)
            path = case.folder / FOLDER / f"{identity}.json"
            part = path.with_suffix(".part")
            part.write_bytes(content)
            part.replace(path)
            drafts.append(_draft(document, reading, identity))
    if drafts:
        with Ledger.open(case.folder / LEDGER) as ledger:
            ledger.append_all(drafts, who=whoever(), at=now())
    return tuple(stored)


def stored_readings(case: Case) -> tuple[StoredReading, ...]:
    """Every reading of the case, in the order in which they were made."""
    with Ledger.open(case.folder / LEDGER) as ledger:
        entries = ledger.entries("reading")
        documents = {one.id: one for one in case.documents()} if entries else {}
    return tuple(_stored(case, entry, documents) for entry in entries)


def chosen_readings(case: Case, names: Sequence[str]) -> tuple[StoredReading, ...]:
    """The newest reading of each document that is named (by name or id), or of all.

    Raises CaseError where a document that is named was never read.
    """
    newest = {one.document.id: one for one in stored_readings(case)}
    if not names:
        return tuple(newest.values())
    found, wrong = [], []
    for name in names:
        hits = [one for one in newest.values() if name in (one.document.name, one.document.id)]
        found.extend(hits)
        if not hits:
            known = [one.document.name for one in newest.values()]
            remedy = did_you_mean(name, known, otherwise=f"read it first: wordkept read {name}")
            what = f'no document that was read is called "{name}"'
            wrong.append(Problem(what=what, where=FOLDER, remedy=remedy))
    if wrong:
        raise CaseError(*wrong)
    return tuple(found)


def reading_text(case: Case, stored: StoredReading) -> str:
    """The text that a reading's spans are of; raises CaseError where it is not that text."""
    text = text_of(stored.document, case.folder / "documents")
    if bytes_id(text.encode("utf-8")) != stored.reading.text:
        raise _unlike(f"{FOLDER}/{stored.id}.json")
    return text


def _draft(document: Document, reading: Reading, identity: str) -> Draft:
    payload = {
        "document": document.id,
        "text": reading.text,
        "reader": reading.reader,
        "files": {f"{FOLDER}/{identity}.json": identity},
    }
    return Draft(kind="reading", payload=payload)


def _stored(case: Case, entry: Entry, documents: dict[str, Document]) -> StoredReading:
    ((name, identity),) = entry.files.items()
    path = case.folder / name
    try:
        content = path.read_bytes()
    except OSError:
        raise _unlike(name) from None
    if bytes_id(content) != identity:
        raise _unlike(name)
    return StoredReading(
        id=identity,
        document=documents[entry.payload["document"]],
        reading=from_json(Reading, parsed(content)),
    )


def _unlike(name: str) -> CaseError:
    return CaseError(
        Problem(
            what="a reading is missing, or is not what it was when it was made",
            where=name,
            remedy="restore it from a copy, or read the document again: wordkept read",
        )
    )
