"""Plain text: the characters as they stand, nothing taken off, nothing put in."""

from wordkept.documents.encodings import encoding_named, undecided
from wordkept.documents.found import Found
from wordkept.documents.limits import MOST_CHARACTERS, check_size, too_much

_WIDEST = 4
"""Bytes that a character takes at most."""


def plain_text(content: bytes, charset: str | None, name: str) -> Found:
    """The text of a plain file: line ends, spaces and characters that do not show as received.

    UTF-8 is kept with its byte-order mark, so that the text's bytes are the capture's. Raises
    InputError where the bytes are not in the encoding that is said.
    """
    check_size(len(content), MOST_CHARACTERS * _WIDEST, name)
    encoding = encoding_named(charset) or "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as failure:
        raise undecided(content, failure.start, name) from None
    if len(text) > MOST_CHARACTERS:
        most = f"{MOST_CHARACTERS:,}"
        raise too_much(f"the text has {len(text):,} characters, and {most} are read at most", name)
    remarks = () if encoding == "utf-8" else (f"read as {encoding}, as it is said to be",)
    return Found(text=text, remarks=remarks)
