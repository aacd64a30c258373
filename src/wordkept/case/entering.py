"""What came of sources, entered in the ledger: each capture and each reading once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from wordkept.case.case import LEDGER, Case, now, whoever, writing
from wordkept.case.readings import StoredReading, reading_draft
from wordkept.case.turns import in_turn
from wordkept.case.worker import Done
from wordkept.documents.extract import EXTRACTION
from wordkept.ledger.canonical import as_json, from_json
from wordkept.ledger.entries import Draft, Entry
from wordkept.ledger.journal import Ledger
from wordkept.model import Document

FACTS = ("title", "publisher", "published", "author", "url")
"""What an entry from before `said` was kept holds of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the ledger last said of a document."""

    document: Document
    said: Mapping[str, Any]
    """What a user said of it, so far."""
    extracted: Mapping[str, Any] | None
    """The record of its text; None of one that was entered before texts were extracted."""
    reading: Mapping[str, Any] | None = None
    """The payload of the last reading."""

    @property
    def current(self) -> bool:
        """Whether its text is what this version would extract."""
        parts = str(self.extracted["extractor"]).split(", ") if self.extracted else []
        return bool(parts) and all(map(_is_current, parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What came of one source, as the ledger has it."""

    document: Document | None
    reading: StoredReading | None
    new: bool
    """Whether the document was not in the case before."""


class Journal:
    """What the ledger of a case says of its documents, kept up with what is entered."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._head = ""
        self._standing: dict[str, Standing] = {}
        with Ledger.open(case.folder / LEDGER) as ledger:
            self._catch_up(ledger)

    def standing(self, identity: str) -> Standing | None:
        """What stands of the document with these bytes."""
        return self._standing.get(identity)

    def enter(
        self, done: Sequence[Done], said: Mapping[str, Any], given: Mapping[str, Any]
    ) -> tuple[Entered, ...]:
        """Everything that came of some sources, once it all stands in the ledger.

        `said` is what the user said of them, `given` what their readers were told besides; both as
        plain JSON values.
        """
        folder = self._case.folder
        entered, drafts = [], []
        with (
            writing(folder),
            in_turn(folder / "documents"),
            Ledger.open(folder / LEDGER) as ledger,
        ):
            self._catch_up(ledger)
            for one in done:
                result, new = self._drafted(one, said, given)
                entered.append(result)
                drafts.extend(new)
            if drafts:
                self._head = ledger.append_all(drafts, who=whoever(), at=now())[-1].hash
        return tuple(entered)

    def _drafted(
        self, one: Done, said: Mapping[str, Any], given: Mapping[str, Any]
    ) -> tuple[Entered, list[Draft]]:
        made = one.taken.document
        if made is None:
            return Entered(document=None, reading=None, new=False), []
        drafts = []
        before = self._standing.get(made.id)
        document, record = _as_it_stood(one, made, before)
        all_said = {**(before.said if before else {}), **said}
        now_stands = Standing(document=document, said=all_said, extracted=record,
                              reading=before.reading if before else None)  # fmt: skip
        if now_stands != before:
            drafts.append(_capture_draft(now_stands))
        stored = None
        if one.reading is not None:
            stored = StoredReading(id=one.stored, document=document, reading=one.reading)
            draft = reading_draft(stored, {**given, "published": as_json(document.published)})
            if now_stands.reading != draft.payload:
                drafts.append(draft)
                now_stands = replace(now_stands, reading=draft.payload)
        self._standing[made.id] = now_stands
        return Entered(document=document, reading=stored, new=before is None), drafts

    def _catch_up(self, ledger: Ledger) -> None:
        """Reads the ledger anew where another process has entered something since."""
        head = ledger.head()
        if head is None or head.hash == self._head:
            return
        self._standing = {}
        for entry in ledger.entries():
            if entry.kind == "capture":
                stands = _captured(entry, self._standing)
                self._standing[stands.document.id] = stands
            elif entry.kind == "reading" and entry.payload["document"] in self._standing:
                name = entry.payload["document"]
                self._standing[name] = replace(self._standing[name], reading=entry.payload)
        self._head = head.hash


def _captured(entry: Entry, known: Mapping[str, Standing]) -> Standing:
    document = from_json(Document, entry.payload["document"])
    before = known.get(document.id)
    told = {key: value for key in FACTS if (value := entry.payload["document"].get(key))}
    return Standing(
        document=document,
        said=entry.payload.get("said", told),
        extracted=entry.payload.get("extracted"),
        reading=before.reading if before else None,
    )


def _as_it_stood(
    one: Done, document: Document, before: Standing | None
) -> tuple[Document, Mapping[str, Any] | None]:
    """The document under its first name and time, and the record of its text.

    Where no text could be had this time, the one that stands is kept.
    """
    record = as_json(one.taken.extracted.record) if one.taken.extracted else None
    if before is None:
        return document, record
    first = before.document
    document = replace(document, name=first.name, captured_at=first.captured_at, tool=first.tool)
    if record is None:
        return replace(document, text=first.text, media_type=first.media_type), before.extracted
    return document, record


def _capture_draft(stands: Standing) -> Draft:
    document = stands.document
    files = {f"documents/{document.id}": document.id}
    if document.text and document.text != document.id:
        files[f"documents/texts/{document.text}.txt"] = document.text
    payload = {"document": as_json(document), "said": stands.said, "files": files,
               "extracted": stands.extracted}  # fmt: skip
    return Draft(kind="capture", payload=payload)


@cache
def _is_current(part: str) -> bool:
    name, _, number = part.rpartition(" ")
    if name == "wordkept":
        return number == str(EXTRACTION)
    try:
        return version(name) == number
    except PackageNotFoundError:
        return False
