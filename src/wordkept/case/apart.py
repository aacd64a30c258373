"""Rows of a large record that were laid apart, so that a dozen questions need not look for them."""

from dataclasses import dataclass, field
from typing import Any

from wordkept.events import engine
from wordkept.model import Selection

LARGE_ROWS = 100_000
"""From so many rows on a party's are laid apart before they are counted in a dozen ways."""
MOST_ROWS = 1_500_000
"""As many are kept at once, by a gigabyte of memory; then the oldest are let go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Tables of the engine, by what their rows were chosen for, the oldest first."""

    held: dict[Selection, tuple[Any, int]] = field(default_factory=dict)
    """Each with how many rows it has."""

    def rows(self, connection: Any, chosen: Any, key: Selection) -> Any:
        """The rows of an expression, read once for as long as there is room for them."""
        if key not in self.held:
            table = engine.held(connection, chosen)
            self.held[key] = table, engine.rows_held(connection, table)
            while len(self.held) > 1 and sum(rows for _, rows in self.held.values()) > MOST_ROWS:
                gone, _ = self.held.pop(next(iter(self.held)))
                engine.let_go(connection, gone)
        return self.held[key][0]
