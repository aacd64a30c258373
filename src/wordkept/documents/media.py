"""What kind of document some bytes are, as far as their beginning and their text tell."""

import codecs
from mimetypes import guess_type
from pathlib import Path

from wordkept.ids import CHUNK_BYTES

TEXT = "text/plain"
"""The one media type that this version can quote from: UTF-8 throughout, and no markup."""
UNKNOWN = "application/octet-stream"

_BEGINNINGS = (
    (b"%pdf-", "application/pdf"),
    (b"<!doctype html", "text/html"),
    (b"<html", "text/html"),
    (b"<?xml", "application/xml"),
    (b"{\\rtf", "application/rtf"),
)
_LOOKED_AT = 1024


def media_type(content: Path, name: str) -> str:
    """The media type of a file: from its bytes, or guessed from its name where they do not tell.

    Never `text/plain` unless every byte of it is UTF-8 text.
    """
    with content.open("rb") as stream:
        beginning = stream.read(_LOOKED_AT).removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for mark, found in _BEGINNINGS:
        if beginning.startswith(mark):
            return found
    if _is_text(content):
        return TEXT
    guessed, packed = guess_type(name)
    return guessed if guessed and not packed and not guessed.startswith("text/") else UNKNOWN


def _is_text(content: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with content.open("rb") as stream:
        try:
            while piece := stream.read(CHUNK_BYTES):
                if "\0" in decoder.decode(piece):
                    return False
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
