"""Which statement carries a span: the one with the shortest content that holds it."""

from collections.abc import Sequence

from wordkept.model import ProposedStatement, Span
from wordkept.reading.span_index import SpanIndex


class Carriers:
    """The statements of a text, asked for the innermost around a span."""

    def __init__(self, statements: Sequence[ProposedStatement]) -> None:
        self._holding = SpanIndex((piece, one) for one in statements for piece in one.content)

    def of(self, span: Span) -> ProposedStatement | None:
        """The statement with the shortest content that holds the span; None where none does."""
        return min(self._holding.holding(span), key=_length, default=None)

    def id_of(self, span: Span) -> str | None:
        """The id of that statement."""
        carrier = self.of(span)
        return carrier.id if carrier else None


def _length(one: ProposedStatement) -> tuple[int, str]:
    return sum(piece.end - piece.start for piece in one.content), one.id
