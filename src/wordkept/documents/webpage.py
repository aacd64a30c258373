"""A web page: its article, without menus and advertisements, and what its fields state."""

import re
import unicodedata
from itertools import chain
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata

from wordkept.documents.encodings import page_characters
from wordkept.documents.found import Found, Stated, one_line
from wordkept.documents.limits import (
    DEEPEST_MARKUP,
    MOST_CHARACTERS,
    MOST_PAGE_BYTES,
    check_size,
    quiet,
    too_much,
)
from wordkept.documents.webpage_facts import published_on, publisher_of
from wordkept.errors import InputError, Problem

_LIBRARIES = ("trafilatura", "htmldate", "justext", "courlan", "readability")
_NO_DATES = {"original_date": True, "extensive_search": False}
"""For trafilatura, which may guess a date from the text: `published_on` takes its place."""
_UNSEEN = ("head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select")
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th",
    "tr", "ul",
}  # fmt: skip
_CONTROLS = (*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF)
"""Characters that no XML may hold, or that do something to a terminal; they stand as \\ufffd."""
_UNCONTROLLED = dict.fromkeys(_CONTROLS, "\ufffd")
_SPACE = re.compile(r"\s+")
_STAND_INS = (*range(0x4DC0, 0x4E00), *range(0x1D300, 0x1D357))
"""Printable characters that no article has: the hexagrams, the Tai Xuan Jing."""

NO_ARTICLE = "no article could be told from what stands around it: this is all the text of the page"
NO_TEXT = "the page holds no text; it may build itself by scripts: save it as PDF from a browser"


def page_text(content: bytes, charset: str | None, name: str, url: str | None = None) -> Found:
    """The article of a web page, a paragraph a line, with what the page states.

    Where no article can be told apart, all its text, with a remark. White space is drawn
    together, as browsers do; all other characters stand as the page has them. Raises InputError
    where the page is too large or too deep, or its encoding cannot be told.
    """
    check_size(len(content), MOST_PAGE_BYTES, name)
    characters, remarks = page_characters(content, charset, name)
    tree = _parsed(characters)
    if tree is None:
        return Found(text="", libraries=("trafilatura",), remarks=(*remarks, NO_TEXT))
    if _deepest(tree) > DEEPEST_MARKUP:
        raise too_much(f"its elements stand in each other over {DEEPEST_MARKUP} deep", name)
    disguise = _disguise(tree)
    _translate(tree, disguise | _UNCONTROLLED)
    undo = {ord(worn): chr(bare) for bare, worn in disguise.items()}
    with quiet(*_LIBRARIES):
        try:
            stated = _stated(tree, undo, url)
            text, more = _article(tree, url)
        except Exception as failure:  # noqa: BLE001 - a hostile page may raise anything in lxml
            raise _broken(name, failure) from None
    text = text.translate(undo)
    if len(text) > MOST_CHARACTERS:
        raise too_much(f"its text has over {MOST_CHARACTERS:,} characters", name)
    return Found(text=text, libraries=("trafilatura",), remarks=(*remarks, *more), stated=stated)


def _parsed(characters: str) -> Any:
    """The root element; None where there is no element at all."""
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    clean = characters.translate(_UNCONTROLLED).encode("utf-8")
    try:
        return lxml_html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _deepest(tree: Any) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _disguise(tree: Any) -> dict[int, str]:
    """A stand-in for each character that trafilatura would drop or read as mark-up.

    It takes off what does not show, such as the joiners that Persian is spelt with, and reads
    a written-out "&lt;" a second time.
    """
    metas = (element.get("content") or "" for element in tree.iter("meta"))
    seen = set().union(*map(set, chain(tree.itertext(), metas)))
    free = (chr(code) for code in _STAND_INS if chr(code) not in seen)
    hidden = sorted(character for character in seen if character == "&" or _dropped(character))
    return {ord(bare): worn for bare, worn in zip(hidden, free, strict=False)}


def _broken(name: str, failure: Exception) -> InputError:
    return InputError(
        Problem(
            what=f"the page is broken in a way that is not known ({type(failure).__name__})",
            where=name,
            remedy="open it in a browser, save its text as UTF-8, and read that",
        )
    )


def _dropped(character: str) -> bool:
    shows = character.isprintable() or character.isspace()
    return not shows and unicodedata.category(character) != "Cc"


def _translate(tree: Any, table: dict[int, str]) -> None:
    if not table:
        return
    for element in tree.iter():
        if element.text:
            element.text = element.text.translate(table)
        if element.tail:
            element.tail = element.tail.translate(table)
        if element.tag == "meta" and element.get("content"):
            element.set("content", element.get("content").translate(table))


def _article(tree: Any, url: str | None) -> tuple[str, tuple[str, ...]]:
    found = bare_extraction(
        tree, url=url, include_comments=False, include_tables=True, with_metadata=False
    )
    text = (found.text or "").strip() if found is not None and not isinstance(found, dict) else ""
    everything = _everything(tree)
    if not everything:
        return text, () if text else (NO_TEXT,)
    if not text:
        return everything, (NO_ARTICLE,)
    # Where trafilatura takes all of a page, it breaks the line at each word that is set apart.
    whole = "".join(text.split()) == "".join(everything.split())
    return everything if whole else text, ()


def _everything(tree: Any) -> str:
    """All that a page shows, a block a line."""
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            parts.append("\n")
        words = element.text if event == "start" else element.tail
        parts.append(_SPACE.sub(" ", words or ""))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _stated(tree: Any, undo: dict[int, str], url: str | None) -> Stated:
    facts = extract_metadata(tree, default_url=url, date_config=dict(_NO_DATES), extensive=False)
    title, author, publisher = (
        one_line(fact.translate(undo)) if fact else None
        for fact in (facts.title, facts.author, publisher_of(tree))
    )
    return Stated(title=title, author=author, publisher=publisher, published=published_on(tree))
