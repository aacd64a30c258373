"""From a capture to its text, kept under its own hash, whose offsets never change."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from wordkept.documents.capture import (
    READ_ONLY,
    TEXTS,
    Provenance,
    capture,
    captured_bytes,
    check_capture,
    partial_file,
    writable,
)
from wordkept.documents.encodings import undecided
from wordkept.documents.found import ArchivedPage, Found
from wordkept.documents.limits import (
    MOST_CHARACTERS,
    MOST_PAGE_BYTES,
    SECONDS,
    OutOfTime,
    check_size,
    first_remarks,
    too_much,
    within,
)
from wordkept.documents.media import DOCX, HTML, PDF, TEXT, UNKNOWN, WACZ, WARC, essence
from wordkept.errors import InputError, Problem, WordkeptError
from wordkept.ids import bytes_id
from wordkept.model import Document, ExtractedText

EXTRACTION = 1
"""The version of how wordkept extracts; raise it with every change that may give another text."""
READ = "HTML, PDF, DOCX, WARC, WACZ or plain text"
_LOOKED_AT = 1 << 16
_BINARY = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
"""Bytes that stand in no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The text of a capture, its record, and what the document states of itself."""

    text: str
    record: ExtractedText
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    """Of a page in a web archive, where it was taken from."""
    captured_at: str | None = None
    """Of a page in a web archive, when it was taken; UTC, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What became of one source: captured, and its text extracted, or why not."""

    source: Path
    document: Document | None
    """None where it could not even be captured."""
    extracted: Extracted | None
    problems: tuple[Problem, ...] = ()


def take_in(
    source: Path, folder: Path, provenance: Provenance, *, page: str | None = None
) -> TakenIn:
    """One source captured, and its text extracted and kept; never raises a WordkeptError.

    A document that no text can be had from is captured all the same, and its problems are told.
    Its arguments and its result are plain values, so a process pool may run it; several at once
    in one folder are safe.
    """
    document = None
    try:
        document = capture(source, folder, provenance)
        extracted = extract(document, folder, page=page)
        keep_text(extracted, folder)
    except WordkeptError as failure:
        return TakenIn(source=source, document=document, extracted=None, problems=failure.problems)
    return TakenIn(source=source, document=described(document, extracted), extracted=extracted)


def described(document: Document, extracted: Extracted) -> Document:
    """A document with the id of its text, and what it states where nobody said otherwise."""
    return replace(
        document,
        text=extracted.record.id,
        title=document.title or extracted.title,
        author=document.author or extracted.author,
        publisher=document.publisher or extracted.publisher,
        published=document.published or extracted.published,
        url=document.url or extracted.url,
    )


def extract(document: Document, folder: Path, *, page: str | None = None) -> Extracted:
    """The text of a capture, with what the document states; nothing is written.

    `page` names one of a web archive's pages by its address; left out, it is that of the
    document's url where the archive holds it, else the first. Plain text in UTF-8 is its own
    text. The same capture gives the same text as long as `record.extractor` is the same. Raises
    CaseError where the capture is missing or has changed, InputError where no text can be had.
    """
    try:
        with within(SECONDS):
            found = _found(document, folder, page)
    except OutOfTime:
        what = f"its text was not had in {SECONDS:.0f} seconds"
        raise too_much(what, document.name) from None
    except RecursionError:
        raise too_much("its parts stand in each other too deep", document.name) from None
    except MemoryError:
        raise too_much("its text does not fit into memory", document.name) from None
    return _extracted(document, found)


def keep_text(extracted: Extracted, folder: Path) -> Path:
    """Where the text stands: in `folder`/texts under its hash, or the capture that it is.

    A text that stands there already is left alone. Raises CaseError where it cannot be written,
    or what stands there has changed.
    """
    record = extracted.record
    if record.id == record.document:
        return folder / record.document
    kept = folder / TEXTS / f"{record.id}.txt"
    with writable(folder):
        kept.parent.mkdir(exist_ok=True)
        if kept.exists():
            check_capture(kept, record.id)
            return kept
        with partial_file(kept.parent) as partial:
            partial.write_bytes(extracted.text.encode("utf-8"))
            partial.chmod(READ_ONLY)
            partial.replace(kept)
    return kept


def _extracted(document: Document, found: Found) -> Extracted:
    names = sorted(set(found.libraries), key=found.libraries.index)
    libraries = [f"{name} {version(name)}" for name in names]
    if len(found.text) > MOST_CHARACTERS:
        raise too_much(f"its text has over {MOST_CHARACTERS:,} characters", document.name)
    record = ExtractedText(
        id=bytes_id(found.text.encode("utf-8")),
        document=document.id,
        extractor=", ".join([f"wordkept {EXTRACTION}", *libraries]),
        characters=len(found.text),
        pages=found.pages,
        remarks=first_remarks(list(found.remarks)),
    )
    stated = found.stated
    return Extracted(
        text=found.text,
        record=record,
        title=stated.title,
        author=stated.author,
        publisher=stated.publisher,
        published=stated.published,
        url=stated.url,
        captured_at=stated.captured_at,
    )


def _found(document: Document, folder: Path, page: str | None) -> Found:
    kind, charset = essence(document.media_type)
    if kind == TEXT:
        from wordkept.documents.plain import plain_text

        return plain_text(captured_bytes(document, folder), charset, document.name)
    path = folder / document.id
    check_capture(path, document.id)
    if kind == HTML:
        from wordkept.documents.webpage import page_text

        check_size(path.stat().st_size, MOST_PAGE_BYTES, document.name)
        return page_text(path.read_bytes(), charset, document.name, document.url)
    return _of_file(path, kind, document, page)


def _of_file(path: Path, kind: str, document: Document, page: str | None) -> Found:
    if kind == PDF:
        from wordkept.documents.pdf import pdf_text

        return pdf_text(path, document.name)
    if kind == DOCX:
        from wordkept.documents.docx import docx_text

        return docx_text(path, document.name)
    if kind in {WARC, WACZ}:
        from wordkept.documents.webarchive import archive_text

        read = partial(_of_page, name=document.name)
        return archive_text(path, document.name, read, wanted=page, likely=document.url)
    raise _unread(document, path)


def _of_page(page: ArchivedPage, *, name: str) -> Found:
    """The text of a page inside a web archive; an archive in it is not opened."""
    where = f"{name}: {page.url}"
    if page.kind == TEXT:
        from wordkept.documents.plain import plain_text

        return plain_text(page.content, page.charset, where)
    if page.kind == PDF:
        from wordkept.documents.pdf import pdf_text

        with TemporaryDirectory(prefix="wordkept-") as workspace:
            path = Path(workspace) / "page.pdf"
            path.write_bytes(page.content)
            return pdf_text(path, where)
    from wordkept.documents.webpage import page_text

    return page_text(page.content, page.charset, where, page.url)


def _unread(document: Document, path: Path) -> InputError:
    """The error for a document of another kind, or for text in an unknown encoding."""
    with path.open("rb") as stream:
        beginning = stream.read(_LOOKED_AT)
    if document.media_type == UNKNOWN and not any(byte in _BINARY for byte in beginning):
        content = path.read_bytes()
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as failure:
            return undecided(content, failure.start, document.name)
    return InputError(
        Problem(
            what=f"no text can be had from {document.media_type}; it is kept as it is",
            where=document.name,
            remedy=f"save its text beside it as {READ}, and read that",
        )
    )
