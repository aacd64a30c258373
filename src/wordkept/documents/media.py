"""What kind of document some bytes are, as far as their beginning and their text tell."""

import codecs
import re
import zipfile
import zlib
from mimetypes import guess_type
from pathlib import Path

from wordkept.documents.encodings import encoding_named, mark_of
from wordkept.ids import CHUNK_BYTES

TEXT = "text/plain"
"""UTF-8 throughout, and no markup: its text is its bytes. Other plain text names its charset."""
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WARC = "application/warc"
WACZ = "application/wacz"
UNKNOWN = "application/octet-stream"

_BEGINNINGS = (
    (b"%pdf-", PDF),
    (b"<!doctype html", HTML),
    (b"<html", HTML),
    (b"{\\rtf", "application/rtf"),
)
_LOOKED_AT = 1024
_ZIP, _GZIP = b"pk\3\4", b"\x1f\x8b"
_WARC = re.compile(rb"warc/(?:1\.[01]|0\.1[78])\r?\n")
_COMMENTS = re.compile(rb"(?:<!--.*?-->\s*)+", re.DOTALL)
_PAGE_NAMES = (".html", ".htm", ".xhtml")


def media_type(content: Path, name: str, charset: str | None = None) -> str:
    """The media type of a file: from its bytes, or guessed from its name where they do not tell.

    Never `text/plain` alone unless every byte of it is UTF-8 text. `charset` is what a server or
    the user says: it counts for a web page, and for text that is not UTF-8.
    """
    with content.open("rb") as stream:
        raw = stream.read(_LOOKED_AT)
    beginning = raw.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    said = encoding_named(charset)
    found = _by_mark(beginning, content, raw)
    if found == HTML and said:
        return f"{HTML}; charset={said}"
    return found or _by_text(content, name, said, raw) or _by_name(name)


def essence(media: str) -> tuple[str, str | None]:
    """A media type without its charset, and the charset.

    >>> essence("text/html; charset=cp1251"), essence("text/plain")
    (('text/html', 'cp1251'), ('text/plain', None))
    """
    kind, _, rest = media.partition(";")
    _, _, charset = rest.partition("charset=")
    return kind.strip().lower(), charset.strip(" \"'") or None


def _by_mark(beginning: bytes, content: Path, raw: bytes) -> str | None:
    for mark, found in _BEGINNINGS:
        if beginning.startswith(mark):
            return found
    if beginning.startswith(b"<?xml"):
        return HTML if b"<html" in beginning else "application/xml"
    if beginning.startswith(b"<!--"):
        rest = _COMMENTS.sub(b"", beginning, count=1)
        return HTML if rest.startswith((b"<!doctype html", b"<html")) else None
    if _WARC.match(beginning) or (raw.startswith(_GZIP) and _WARC.match(_unpacked(content))):
        return WARC
    return _zipped(content) if beginning.startswith(_ZIP) else None


def _unpacked(content: Path) -> bytes:
    with content.open("rb") as stream:
        packed = stream.read(_LOOKED_AT)
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, _LOOKED_AT).lower()
    except zlib.error:
        return b""


def _zipped(content: Path) -> str | None:
    try:
        with zipfile.ZipFile(content) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if "word/document.xml" in names:
        return DOCX
    archived = any(name.startswith("archive/") for name in names)
    return WACZ if archived and "datapackage.json" in names else None


def _by_text(content: Path, name: str, said: str | None, raw: bytes) -> str | None:
    named_page = name.lower().endswith(_PAGE_NAMES) and b"<" in raw
    if _decodes(content, "utf-8"):
        return HTML if named_page else TEXT
    marked = mark_of(raw)
    for encoding in (marked, said):
        if encoding and encoding != "utf-8-sig" and _decodes(content, encoding):
            return f"{HTML if named_page else TEXT}; charset={encoding}"
    if named_page:
        return HTML
    return PDF if b"%PDF-" in raw else None


def _by_name(name: str) -> str:
    guessed, packed = guess_type(name)
    return guessed if guessed and not packed and not guessed.startswith("text/") else UNKNOWN


def _decodes(content: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with content.open("rb") as stream:
        try:
            while piece := stream.read(CHUNK_BYTES):
                if "\0" in decoder.decode(piece):
                    return False
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True
