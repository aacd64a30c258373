"""A table of an export: named columns with their kind and HXL tag, and rows of plain values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, Literal

from wordkept.dossier.unseen import reveal

Kind = Literal["text", "whole", "decimal", "day"]
Cell = str | int | float | date | None

HARMFUL_FIRST = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001 - the wide forms are what is meant
"""What makes a spreadsheet take a text for a formula (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, what its cells are, its HXL tag, and how a cell is had."""

    name: str
    kind: Kind
    tag: str
    of: Callable[[Any], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns, each cell None or of its column's kind; texts hold nothing unseen."""

    name: str
    holds: str
    """In a sentence."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(name: str, holds: str, columns: tuple[Column, ...], values: Iterable[Any]) -> Table:
    """The table of some values, a row each, characters that one cannot see made visible."""
    rows = tuple(tuple(_plain(column.of(value)) for column in columns) for value in values)
    return Table(name=name, holds=holds, columns=columns, rows=rows)


def _plain(cell: Cell) -> Cell:
    """The cell with nothing unseen in it; no number where it is none that can be written."""
    if isinstance(cell, float) and not isfinite(cell):
        return None
    return reveal(cell) if isinstance(cell, str) else cell


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula.

    >>> neutral("=1+1"), neutral(" @SUM(A1)"), neutral("a=b")
    ("'=1+1", "' @SUM(A1)", 'a=b')
    """
    first = text[:1] or " "
    begins = text.lstrip()[:1] or " "
    return f"'{text}" if first in HARMFUL_FIRST or begins in HARMFUL_FIRST else text
