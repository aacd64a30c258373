"""Spans in order, for the question which of them hold or meet another."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

from wordkept.model import Span

Item = TypeVar("Item")


class SpanIndex(Generic[Item]):
    """Items by the spans that they stand in; one item may stand in several.

    >>> index = SpanIndex([(Span(start=0, end=9), "a"), (Span(start=4, end=6), "b")])
    >>> index.holding(Span(start=5, end=6)), index.meeting(Span(start=6, end=7))
    (['a', 'b'], ['a'])
    """

    def __init__(self, items: Iterable[tuple[Span, Item]]) -> None:
        self._items = sorted(items, key=lambda pair: pair[0])
        self._starts = [span.start for span, _ in self._items]
        self._longest = max((span.end - span.start for span, _ in self._items), default=0)

    def holding(self, span: Span) -> list[Item]:
        """The items whose span holds the whole of this one, in the order of the text."""
        first = bisect_left(self._starts, span.end - self._longest)
        last = bisect_right(self._starts, span.start)
        return [item for other, item in self._items[first:last] if other.holds(span)]

    def meeting(self, span: Span) -> list[Item]:
        """The items whose span shares a character with this one, in the order of the text."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        return [item for other, item in self._items[first:last] if other.meets(span)]
