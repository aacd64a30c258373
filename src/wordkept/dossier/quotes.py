"""A pledge's words in their passage: printed only where the capture holds them exactly."""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from wordkept.dossier.shown import Quote
from wordkept.dossier.unseen import unseen_names
from wordkept.model import Document, Passage, Pledge, Statement

CONTEXT = 220
"""Characters of the capture shown on either side of the words."""

WIDER = 1_200
"""Characters on either side that "the passage in its document" opens to: a paragraph or so."""
PARAGRAPHS = 2
"""The rest of the words' own paragraph, and the next one on that side."""

BREAK = re.compile(r"\n\s*\n")
Captures = Mapping[str, tuple[Document, str]]


def quotes(pledge: Pledge, captures: Captures | None) -> tuple[Quote, ...]:
    """Each passage of the pledge's statements; unchecked and without context where no captures."""
    return tuple(
        _quote(statement, passage, captures)
        for statement in pledge.statements
        for passage in statement.passages
    )


def linkable(url: str | None) -> str | None:
    """The address where it is one of the web; None for anything a click could run.

    >>> linkable("https://example.org/a"), linkable("javascript:alert(1)"), linkable(None)
    ('https://example.org/a', None, None)
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def _quote(statement: Statement, passage: Passage, captures: Captures | None) -> Quote:
    bare = Quote(
        speaker=statement.speaker,
        made_on=statement.made_on,
        words=passage.quote,
        lead="",
        trail="",
        note=_unseen(passage.quote),
        capture=passage.document,
        start=passage.start,
        end=passage.end,
    )
    if captures is None:
        return bare
    if passage.document not in captures:
        return _unprinted(bare, "The capture is not in this case, so the words are not printed.")
    document, text = captures[passage.document]
    if text[passage.start : passage.end] != passage.quote:
        return _unprinted(bare, "The capture does not hold these words at this place.", document)
    lead, trail = _context(text, passage.start, passage.end)
    wider_lead, wider_trail = _wider(text, passage.start, passage.end)
    bare = replace(bare, lead=lead, trail=trail, wider_lead=wider_lead, wider_trail=wider_trail)
    return _with_document(bare, document)


def _unseen(text: str) -> str:
    names = unseen_names(text)
    if not names:
        return ""
    return (
        f"The words hold characters one cannot see, shown here by their codes: {', '.join(names)}."
    )


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    """The rest of the paragraph around a span, cut at blanks, with an ellipsis where it was cut."""
    before, after = text[:start], text[end:]
    before = BREAK.split(before)[-1].lstrip()
    after = BREAK.split(after, maxsplit=1)[0].rstrip()
    return _last(before, CONTEXT), _first(after, CONTEXT)


def _wider(text: str, start: int, end: int) -> tuple[str, str]:
    """The paragraphs around a span, one further on each side, with an ellipsis where cut."""
    before = BREAK.split(text[max(start - 2 * WIDER, 0) : start])[-PARAGRAPHS:]
    after = BREAK.split(text[end : end + 2 * WIDER])[:PARAGRAPHS]
    return _last("\n\n".join(before).lstrip(), WIDER), _first("\n\n".join(after).rstrip(), WIDER)


def _last(text: str, characters: int) -> str:
    """The end of a text, cut at a blank, with an ellipsis where it was cut."""
    kept = text[-characters:]
    return kept if kept == text else "…" + (kept.partition(" ")[2] or kept)


def _first(text: str, characters: int) -> str:
    kept = text[:characters]
    return kept if kept == text else (kept.rpartition(" ")[0] or kept) + "…"


def _unprinted(quote: Quote, why: str, document: Document | None = None) -> Quote:
    bare = replace(quote, words=None, note=why)
    return bare if document is None else _with_document(bare, document)


def _with_document(quote: Quote, document: Document) -> Quote:
    return replace(
        quote,
        title=document.title or document.name,
        publisher=document.publisher,
        published=document.published,
        captured_at=document.captured_at,
        tool=document.tool,
        url=linkable(document.url),
    )
