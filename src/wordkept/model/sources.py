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
