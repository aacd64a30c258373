"""What was said, by whom, and where it stands word for word."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A capture, kept as received under its SHA-256 and never edited."""

    id: str
    name: str
    media_type: str
    captured_at: str
    """UTC, ISO 8601."""
    tool: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    author: str | None = None
    text: str | None = None
    """The id of its extracted text; None of a document captured before texts were extracted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedText:
    """The text of a capture as one version of one extractor gave it; its offsets never change."""

    id: str
    """The SHA-256 of the text in UTF-8; what a newer extractor gives is another text."""
    document: str
    extractor: str
    """What made it, with its version and that of the library: "wordkept 1, trafilatura 2.3.1"."""
    characters: int
    pages: tuple[int, ...] = ()
    """Of a paged document, the offset at which each page begins."""
    remarks: tuple[str, ...] = ()
    """What could not be read, in plain words: "pages 2 and 5 hold no text; they may be scanned"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An exact span of a document's text: `text[start:end] == quote`, in characters."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words attributed to a speaker, with the passages they stand in."""

    speaker: str
    made_on: date
    passages: tuple[Passage, ...]
