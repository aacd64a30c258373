"""Captures: documents kept as received, under the hash of their bytes."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wordkept.documents.media import TEXT, media_type
from wordkept.errors import CaseError, InputError, Problem
from wordkept.ids import CHUNK_BYTES, bytes_id, file_id
from wordkept.model import Document

READ_ONLY = 0o444
TEXTS = "texts"
"""The folder beside the captures in which extracted texts stand under their hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """How a document came to the case, and where it is said to be from."""

    captured_at: str
    """UTC, ISO 8601."""
    tool: str
    """What made the capture, with its version; `by hand` where a person saved it."""
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    author: str | None = None
    charset: str | None = None
    """What a server or the user says that it is written in."""


def capture(source: Path, folder: Path, provenance: Provenance) -> Document:
    """The document, once its bytes stand in `folder` under their SHA-256, never to change.

    The same bytes captured twice are one file. Raises InputError where the source cannot be
    read, CaseError where the folder cannot be written or what it holds has changed.
    """
    with writable(folder):
        folder.mkdir(exist_ok=True)
        with partial_file(folder) as partial:
            identity = _copy(source, partial)
            kind = media_type(partial, source.name, provenance.charset)
            _keep(partial, folder / identity)
    return Document(
        id=identity,
        name=source.name,
        media_type=kind,
        captured_at=provenance.captured_at,
        tool=provenance.tool,
        title=provenance.title,
        publisher=provenance.publisher,
        published=provenance.published,
        url=provenance.url,
        author=provenance.author,
    )


def text_of(document: Document, folder: Path) -> str:
    """The text of a document, character for character, as it was kept when it was extracted.

    Of a capture in plain text that is its bytes, byte-order mark and line ends as received.
    Raises CaseError where the text is missing or has changed, InputError where none was
    extracted.
    """
    if document.text not in {None, document.id}:
        path = folder / TEXTS / f"{document.text}.txt"
        return _checked(path, str(document.text), "an extracted text").decode("utf-8")
    if document.media_type == TEXT:
        try:
            return captured_bytes(document, folder).decode("utf-8")
        except UnicodeDecodeError:
            pass
    captured_bytes(document, folder)
    raise InputError(
        Problem(
            what=f"{document.name} is not plain text in UTF-8 ({document.media_type}), and no "
            "text was extracted from it",
            where=str(folder / document.id),
            remedy="read it again; or save its text as UTF-8 beside it, and read that",
        )
    )


def captured_bytes(document: Document, folder: Path) -> bytes:
    """The bytes of a capture; raises CaseError where they are missing or have changed."""
    return _checked(folder / document.id, document.id, "a captured document")


def check_capture(path: Path, identity: str) -> None:
    """Raises CaseError where a kept file is missing, or is not what its name says."""
    try:
        same = file_id(path) == identity
    except FileNotFoundError:
        raise _damaged(path, "a captured document is missing") from None
    except OSError as failure:
        raise _damaged(path, f"a captured document cannot be read ({failure.strerror})") from None
    if not same:
        raise _damaged(path, "a captured document has changed since it was captured")


def _checked(path: Path, identity: str, what: str) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise _damaged(path, f"{what} is missing") from None
    except OSError as failure:
        raise _damaged(path, f"{what} cannot be read ({failure.strerror})") from None
    if bytes_id(content) != identity:
        raise _damaged(path, f"{what} has changed since it was captured")
    return content


def _copy(source: Path, partial: Path) -> str:
    digest = hashlib.sha256()
    with partial.open("wb") as kept:
        for piece in _pieces(source):
            digest.update(piece)
            kept.write(piece)
        kept.flush()
        os.fsync(kept.fileno())
    return digest.hexdigest()


def _pieces(source: Path) -> Iterator[bytes]:
    empty = True
    try:
        if source.exists() and not source.is_file():
            raise _unreadable(source, "this is not a file")
        with source.open("rb") as stream:
            while piece := stream.read(CHUNK_BYTES):
                empty = False
                yield piece
    except FileNotFoundError:
        raise _unreadable(source, "there is no such file") from None
    except PermissionError:
        raise _unreadable(source, "the file may not be read") from None
    if empty:
        raise _unreadable(source, "the file is empty")


def _keep(partial: Path, kept: Path) -> None:
    if kept.exists():
        check_capture(kept, kept.name)
        return
    partial.chmod(READ_ONLY)
    partial.replace(kept)


@contextmanager
def partial_file(folder: Path) -> Iterator[Path]:
    """A file to write, gone at the end unless it was moved to its place."""
    handle, name = tempfile.mkstemp(prefix=".partial-", dir=folder)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Raises CaseError in place of what the system says where a folder cannot be written."""
    try:
        yield
    except OSError as failure:
        full = failure.errno in (errno.ENOSPC, errno.EDQUOT)
        remedy = "free some space" if full else "make the case folder writable, or work on a copy"
        raise CaseError(
            Problem(
                what=f"the document cannot be kept: {failure.strerror}",
                where=str(folder),
                remedy=f"{remedy}, and try again: nothing was captured",
            )
        ) from failure


def _unreadable(source: Path, what: str) -> InputError:
    return InputError(
        Problem(what=what, where=str(source), remedy="check the path, or save the document again")
    )


def _damaged(path: Path, what: str) -> CaseError:
    return CaseError(
        Problem(
            what=what,
            where=str(path),
            remedy="restore it from a copy made before: its name is the SHA-256 of its bytes",
        )
    )
