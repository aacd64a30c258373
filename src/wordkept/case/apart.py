"""Rows of a large record that were laid apart, so that a dozen questions need not look for them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from wordkept.events import engine, series
from wordkept.model import Selection

LARGE_ROWS = 100_000
"""From so many rows on a party's are laid apart before they are counted in a dozen ways."""
MOST_ROWS = 1_500_000
"""As many are kept at once, by a gigabyte of memory; then the oldest are let go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidApart:
    """What one reading of a record laid apart, and how many rows that is."""

    table: Any
    parts: dict[Selection, Any]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Rows by what they were chosen for; those that will be asked for are read together."""

    readings: list[LaidApart] = field(default_factory=list)
    """The oldest first."""
    expected: dict[Selection, None] = field(default_factory=dict)
    """What of a whole record will be asked for, in that order."""

    def expect(self, keys: Iterable[Selection]) -> None:
        """Says ahead what will be asked for, so that the record is read once for many of them."""
        self.expected.update(dict.fromkeys(keys))

    def rows(self, connection: Any, every: Any, key: Selection) -> Any:
        """The rows of `every` that a question about `key` can turn on, kept while there is room."""
        for reading in self.readings:
            if key in reading.parts:
                return reading.parts[key]
        conditions = {one: series.reached(every, one) for one in self._coming(key)}
        counts = engine.rows_meeting(every, tuple(conditions.values()))
        sums = list(accumulate(counts))
        room = max(1, sum(total <= MOST_ROWS for total in sums))
        self._make_room(connection, sums[room - 1])
        keys = tuple(conditions)[:room]
        table, parts = engine.held_in_parts(connection, every, [conditions[one] for one in keys])
        laid = dict(zip(keys, parts, strict=True))
        self.readings.append(LaidApart(table=table, parts=laid, rows=sums[room - 1]))
        return laid[key]

    def _coming(self, key: Selection) -> tuple[Selection, ...]:
        """The key, and what is expected after it of the same record and is not there."""
        there = {one for reading in self.readings for one in reading.parts}
        known = [one for one in self.expected if one.dataset == key.dataset]
        after = known[known.index(key) + 1 :] if key in known else []
        return key, *(one for one in after if one not in there)

    def _make_room(self, connection: Any, rows: int) -> None:
        """Lets the oldest go until there is room for so many rows more, or none are left."""
        while self.readings and sum(one.rows for one in self.readings) + rows > MOST_ROWS:
            gone = self.readings.pop(0)
            engine.let_go(connection, gone.table, gone.parts.values())
