"""From bytes to characters: by the mark they begin with, by what is declared, or not at all."""

import codecs
import re

from wordkept.errors import InputError, Problem

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte-order marks; those of UTF-32 begin like those of UTF-16, and come first."""

_WRITTEN = re.compile(
    r"utf-?(?:8|16|32)|cp(?:125\d|866|874|932|949)|iso8859-\d+|koi8-[rut]|mac-cyrillic"
    r"|gbk|gb18030|big5|euc_(?:jp|kr)|shift_jis|iso2022_jp|tis-620|ascii"
)
"""Python's names of the encodings that people write in; what else it knows may do other things."""
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
          "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}  # fmt: skip
"""What a page means where it names the left one, as the WHATWG's Encoding Standard has it."""
_DECLARED = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_IN_ASCII = "iso2022_jp"
"""The one of them whose bytes are UTF-8 too, and would be read as other words."""
_DECLARED_WITHIN = 4096
"""Bytes: where browsers look is the first 1,024; some pages are late."""


def mark_of(beginning: bytes) -> str | None:
    """The encoding that a byte-order mark tells; None where there is none.

    >>> mark_of("a".encode("utf-16")), mark_of(b"a")
    ('utf-16', None)
    """
    return next((name for mark, name in MARKS if beginning.startswith(mark)), None)


def encoding_named(label: str | None) -> str | None:
    """Python's name of an encoding that people write in; None of any other word.

    >>> encoding_named("Windows-1251"), encoding_named("latin1"), encoding_named("rot13")
    ('cp1251', 'cp1252', None)
    """
    try:
        name = codecs.lookup((label or "").strip()).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if _WRITTEN.fullmatch(name) else None


def page_characters(content: bytes, said: str | None, name: str) -> tuple[str, tuple[str, ...]]:
    """A web page's characters, with a remark where some bytes were none.

    By its byte-order mark, else what the server said, else what the page declares, else UTF-8.
    Raises InputError where none of them tells: a guess would put words on record that nobody
    wrote.
    """
    declared = said or _declared(content)
    encoding = mark_of(content) or encoding_named(declared)
    try:
        return content.decode(_IN_ASCII if encoding == _IN_ASCII else "utf-8-sig"), ()
    except UnicodeDecodeError as failure:
        if encoding is None:
            raise undecided(content, failure.start, name) from None
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError:
        text = content.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    return text, (f"{lost} places hold bytes that are not {encoding}; they stand as \ufffd",)


def storable(text: str) -> str:
    r"""A text without what UTF-8 cannot hold: halves of characters are joined, or stand as \ufffd.

    >>> storable("\ud83d\ude00 \ud83d") == "\U0001f600 \ufffd"
    True
    """
    joined = text.replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass")
    return joined.decode("utf-16-le", "replace")


def _declared(content: bytes) -> str | None:
    beginning = content[:_DECLARED_WITHIN]
    found = _DECLARED.search(beginning) or _XML.match(beginning)
    return found[1].decode("ascii", errors="replace") if found else None


def undecided(content: bytes, place: int, name: str) -> InputError:
    """The error for bytes that are not UTF-8 and do not say what they are."""
    line = content.count(b"\n", 0, place) + 1
    return InputError(
        Problem(
            what="the text is not UTF-8, and nothing says what it is: a guess could change words",
            where=f"{name}, line {line}, byte {place}",
            remedy="save it as UTF-8, and read that",
        )
    )
