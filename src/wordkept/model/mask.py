"""What of a capture is kept from readers, because it names somebody who asked for no part in it."""

from dataclasses import dataclass

from wordkept.model.reading import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """Stretches of one document's text that nothing printed shows; it does not hold their words."""

    entry: str
    """The hash of its entry in the ledger."""
    document: str
    text: str
    """The SHA-256 of the text that the spans are of, in UTF-8."""
    spans: tuple[Span, ...]
    reason: str
    who: str
    at: str
    """UTC, ISO 8601."""
