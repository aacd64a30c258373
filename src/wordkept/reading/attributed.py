"""A statement as a reader finds it: its spans, and nothing resolved yet."""

from dataclasses import dataclass

from wordkept.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """Source, cue and content, each in one or more pieces; source or cue may be empty."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float

    @property
    def start(self) -> int:
        """Where its first piece begins."""
        return min(span.start for span in (*self.source, *self.cue, *self.content))
