"""A DOCX: its paragraphs in order, tables, boxes and notes with them, and what it states."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATED
from docx.oxml import parse_xml

from wordkept.documents.encodings import storable
from wordkept.documents.found import Found, Stated, one_line
from wordkept.documents.limits import (
    MOST_CHARACTERS,
    MOST_SOURCE_BYTES,
    MOST_UNPACKED_BYTES,
    check_size,
    too_much,
)
from wordkept.documents.zipped import damaged, opened_zip

NO_TEXT = "the document holds no text; it may hold pictures of a text"
_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = (f"{_SPACE}del", f"{_SPACE}moveFrom", _FALLBACK)
"""What a reader of the document does not see: taken out, moved away, or there twice."""
_SHOWN = {
    f"{_SPACE}tab": "\t", f"{_SPACE}br": "\n", f"{_SPACE}cr": "\n",
    f"{_SPACE}noBreakHyphen": "\u2011", f"{_SPACE}softHyphen": "\u00ad",
}  # fmt: skip
_NOTES = ((RELATED.FOOTNOTES, "footnote"), (RELATED.ENDNOTES, "endnote"))
_ASIDE = ((RELATED.HEADER, "headers"), (RELATED.FOOTER, "footers"), (RELATED.COMMENTS, "comments"))


def docx_text(path: Path, name: str) -> Found:
    """The text of a DOCX, a paragraph a line, footnotes after it; characters as they stand.

    Inserted words of tracked changes are in it, deleted ones are not. Raises InputError where
    the file is too large, damaged, or needs a password.
    """
    check_size(path.stat().st_size, MOST_SOURCE_BYTES, name)
    opened_zip(path, MOST_UNPACKED_BYTES, name).close()
    try:
        document = docx.Document(str(path))
        text = storable("\n".join(_everything(document)).strip("\n"))
    except Exception as failure:  # noqa: BLE001 - a hostile file may raise anything in python-docx
        what = f"the document is damaged, or locked ({type(failure).__name__})"
        raise damaged(name, what) from None
    if len(text) > MOST_CHARACTERS:
        raise too_much(f"its text has over {MOST_CHARACTERS:,} characters", name)
    stated, made = _stated(document)
    remarks = [*([] if text.strip() else [NO_TEXT]), *_set_aside(document), *made]
    return Found(text=text, libraries=("python-docx",), remarks=tuple(remarks), stated=stated)


def _everything(document: Any) -> Iterator[str]:
    yield from _paragraphs(document.element.body)
    for related in document.part.rels.values():
        for kind, tag in _NOTES:
            if related.reltype == kind and not related.is_external:
                notes = parse_xml(related.target_part.blob)
                for note in notes.iter(f"{_SPACE}{tag}"):
                    if note.get(f"{_SPACE}type") in (None, "normal"):
                        yield from _paragraphs(note)


def _paragraphs(root: Any) -> Iterator[str]:
    """The text of each paragraph, in order; those of a box stand after the one it hangs on."""
    for paragraph in _seen(root, f"{_SPACE}p"):
        yield "".join(_pieces(paragraph))


def _seen(root: Any, tag: str) -> Iterator[Any]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in _DELETED:
            continue
        if element.tag == tag:
            yield element
        waiting.extend(reversed(element))


def _pieces(paragraph: Any) -> Iterator[str]:
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _DELETED or element.tag == f"{_SPACE}p":
            continue
        if element.tag == f"{_SPACE}t":
            yield element.text or ""
        elif element.tag in _SHOWN and element.getparent().tag == f"{_SPACE}r":
            yield _SHOWN[element.tag]
        waiting.extend(reversed(element))


def _set_aside(document: Any) -> Iterator[str]:
    """What stands beside the text and is not in it, where there is any of it."""
    kinds = {related.reltype for related in document.part.rels.values()}
    aside = [words for kind, words in _ASIDE if kind in kinds]
    if aside:
        yield f"not in the text: {', '.join(aside)}"


def _stated(document: Any) -> tuple[Stated, tuple[str, ...]]:
    try:
        facts = document.core_properties
        title, author, made = facts.title, facts.author, facts.created
    except Exception:  # noqa: BLE001 - damaged fields state nothing
        return Stated(), ()
    stated = Stated(title=one_line(title), author=one_line(author))
    return stated, tuple(_made(made))


def _made(made: object) -> Iterator[str]:
    if isinstance(made, datetime):
        yield f"the file says that it was made on {date(made.year, made.month, made.day)}"
