"""A PDF: the text of its pages, in order, and what its fields state."""

import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from pypdf import Configuration, PageObject, PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from wordkept.documents.directions import RIGHT_TO_LEFT, Piece, in_reading_order
from wordkept.documents.encodings import storable
from wordkept.documents.flow import paragraphs
from wordkept.documents.found import Found, Stated, listed, one_line
from wordkept.documents.limits import (
    MOST_CHARACTERS,
    MOST_PDF_PAGES,
    MOST_SOURCE_BYTES,
    MOST_STREAM_BYTES,
    check_size,
    first_remarks,
    quiet,
)
from wordkept.documents.webpage_facts import day_of
from wordkept.errors import InputError, Problem

BETWEEN_PAGES = "\n\n"
NO_TEXT = "no page holds text: it may be scanned. Have it read by OCR, and read that"
MAYBE_WRONG = (
    "right-to-left text: a PDF does not keep the order of its words, and they may stand wrong "
    "here; quote nothing of it without the page beside you, or read its web page or DOCX"
)
BACKWARDS = "its right-to-left words read backwards here: quote nothing of them from this text"
_LAST_ONLY = frozenset("\u0629\u0649\u05da\u05dd\u05df\u05e3\u05e5")
"""Letters that only end a word: teh marbuta and alef maksura, and the five finals of Hebrew."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def pdf_text(path: Path, name: str) -> Found:
    """The text of a PDF, its lines drawn together into paragraphs, with what it states.

    A page that holds no text, or cannot be read, is named in the remarks. Raises InputError
    where the file is too large, damaged, or needs a password.
    """
    check_size(path.stat().st_size, MOST_SOURCE_BYTES, name)
    bounds = Configuration(
        zlib_maximum_output_length=MOST_STREAM_BYTES,
        lzw_maximum_output_length=MOST_STREAM_BYTES,
        run_length_maximum_output_length=MOST_STREAM_BYTES,
    )
    with quiet("pypdf"), apply_configuration(bounds), path.open("rb") as stream:
        reader = _opened(stream, name)
        texts, remarks = _texts(reader, name)
        stated, made = _stated(reader)
    starts = accumulate((len(text) + len(BETWEEN_PAGES) for text in texts[:-1]), initial=0)
    text = BETWEEN_PAGES.join(texts)
    if not text.strip():
        return Found(text="", libraries=("pypdf",), remarks=(NO_TEXT, *made), stated=stated)
    return Found(
        text=text,
        libraries=("pypdf",),
        pages=tuple(starts),
        remarks=first_remarks([*remarks, *_directions(text), *made]),
        stated=stated,
    )


def _opened(stream: Any, name: str) -> PdfReader:
    try:
        reader = PdfReader(stream)
        locked = reader.is_encrypted and not reader.decrypt("")
    except PyPdfError as failure:
        raise _damaged(name, failure) from None
    except ImportError as failure:
        raise _refused(name, "its encryption needs a package that is not here",
                       "save it without encryption") from failure  # fmt: skip
    except Exception as failure:  # noqa: BLE001 - a hostile file may raise anything in pypdf
        raise _damaged(name, failure) from None
    if locked:
        raise _refused(name, "it is encrypted, and needs a password", "save it without one")
    return reader


def _texts(reader: PdfReader, name: str) -> tuple[list[str], list[str]]:
    texts: list[str] = []
    remarks: list[str] = []
    empty: list[int] = []
    characters = 0
    count = _page_count(reader, name)
    for number in range(1, min(count, MOST_PDF_PAGES) + 1):
        text, why = _page(reader, number)
        remarks += why
        if not text.strip() and not why:
            empty.append(number)
        characters += len(text) + len(BETWEEN_PAGES)
        if characters > MOST_CHARACTERS:
            break
        texts.append(text)
    if empty:
        pages = "page {} holds" if len(empty) == 1 else "pages {} hold"
        remarks.append(f"{pages.format(listed(empty))} no text; scanned pages do not")
    if len(texts) < count:
        remarks.append(f"pages {len(texts) + 1} to {count} were not read: it is too long")
    return texts, remarks


def _page_count(reader: PdfReader, name: str) -> int:
    try:
        return len(reader.pages)
    except Exception as failure:  # noqa: BLE001 - a hostile file may raise anything in pypdf
        raise _damaged(name, failure) from None


def _page(reader: PdfReader, number: int) -> tuple[str, list[str]]:
    try:
        page = reader.pages[number - 1]
        text = storable(page.extract_text())
        if any(bidirectional(character) in RIGHT_TO_LEFT for character in set(text)):
            text = in_reading_order(_pieces(page), text)
    except Exception as failure:  # noqa: BLE001 - a hostile page may raise anything in pypdf
        return "", [f"page {number} could not be read ({type(failure).__name__})"]
    return paragraphs(text), []


def _pieces(page: PageObject) -> list[Piece]:
    found: list[Piece] = []

    def see(text: str, outer: Any, inner: Any, *_: object) -> None:
        left = outer[0] * inner[4] + outer[2] * inner[5] + outer[4]
        below = outer[1] * inner[4] + outer[3] * inner[5] + outer[5]
        words = storable(text)
        found.append(Piece(text=words.strip("\n"), left=left, below=below))

    page.extract_text(visitor_text=see)
    return found


def _directions(text: str) -> Iterator[str]:
    if lost := text.count("\ufffd"):
        yield f"{lost} characters have no reading in the file; they stand as \ufffd"
    if any(bidirectional(character) in RIGHT_TO_LEFT for character in set(text)):
        yield BACKWARDS if _backwards(text) else MAYBE_WRONG


def _backwards(text: str) -> bool:
    """Whether the letters that only end words begin them, more often than not."""
    words = _WORD.findall(text)
    begun = sum(word[0] in _LAST_ONLY for word in words)
    return begun > sum(word[-1] in _LAST_ONLY for word in words)


def _stated(reader: PdfReader) -> tuple[Stated, tuple[str, ...]]:
    """What the file states; the day it was made is a remark, for it is no day of publication."""
    facts = _fields(reader)
    made = day_of(facts.pop("made", None))
    published = day_of(facts.pop("published", None))
    remarks = (f"the file says that it was made on {made}",) if made else ()
    named = {name: one_line(fact) for name, fact in facts.items()}
    return Stated(published=published, **named), remarks


def _fields(reader: PdfReader) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for read in (_information, _extended):
        try:
            found = read(reader)
        except Exception:  # noqa: BLE001, S112 - damaged fields state nothing
            continue
        facts |= {name: fact for name, fact in found.items() if fact and not facts.get(name)}
    return facts


def _information(reader: PdfReader) -> dict[str, Any]:
    facts = reader.metadata
    if facts is None:
        return {}
    made = str(facts.get("/CreationDate") or "").removeprefix("D:")[:8]
    return {"title": facts.title, "author": facts.author, "made": made}


def _extended(reader: PdfReader) -> dict[str, Any]:
    facts = reader.xmp_metadata
    if facts is None:
        return {}
    titles = facts.dc_title or {}
    return {
        "title": titles.get("x-default") or next(iter(titles.values()), None),
        "author": ", ".join(facts.dc_creator or ()),
        "publisher": ", ".join(facts.dc_publisher or ()),
        "published": _prism(facts),
    }


def _prism(facts: Any) -> str | None:
    """The publication date of the PRISM vocabulary, which publishers write into XMP."""
    space = "http://prismstandard.org/namespaces/basic/2.0/"
    found = (one for one in facts.get_element("", space, "publicationDate"))
    node = next(found, None)
    if node is None:
        return None
    return str(getattr(node, "value", None) or "".join(
        child.data for child in node.childNodes if child.nodeType == child.TEXT_NODE
    ))  # fmt: skip


def _damaged(name: str, failure: Exception) -> InputError:
    what = f"the PDF is damaged, or none: {type(failure).__name__}"
    return _refused(name, what, "open it in a viewer and print it to a new PDF")


def _refused(name: str, what: str, remedy: str) -> InputError:
    return InputError(Problem(what=what, where=name, remedy=remedy))
