"""Delimited text read row by row: its opening, and, once the engine has refused it, its faults."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from wordkept.errors import Problem

ROW_LIMIT_BYTES = 1_000_000
MOST_LINES = 5
LOOK_AT_LINE = "no event record is that long: look at that line, and mend or remove it"
EXPORT_AGAIN = "export or download the file again, and do not edit it by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How the cells of a text table are told apart."""

    delimiter: str
    quoted: bool = True

    def reader(self, lines: Iterable[str], *, strict: bool = False) -> Any:
        """The rows of some lines; where strict, csv.Error is raised at a broken quote."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            skipinitialspace=self.quoted,
            strict=strict,
        )


def faults(path: Path, dialect: Dialect, *, cells: int, name: str) -> tuple[Problem, ...]:
    """What is wrong with the rows of a UTF-8 table of `cells` columns; none where all are sound."""
    ragged: list[tuple[int, int]] = []
    started, last_line = 1, 1
    with path.open(encoding="utf-8-sig", newline="") as stream, _cell_limit(ROW_LIMIT_BYTES):
        rows = dialect.reader(stream, strict=True)
        try:
            for row in rows:
                if sum(map(len, row)) * 4 > ROW_LIMIT_BYTES and _long(row):
                    return (_too_long(row, started, name),)
                if row and len(row) != cells and not _only_padded(row, cells):
                    ragged.append((started, len(row)))
                    last_line = started
                started = rows.line_num + 1
        except csv.Error as error:
            lines = rows.line_num - started + 1
            return (_unreadable(str(error), started, lines, name),)
        ends = rows.line_num
    if not ragged:
        return ()
    if len(ragged) == 1 and last_line == ends and ragged[0][1] < cells and _breaks_off(path):
        return (_cut_short(ragged[0], cells, name),)
    return (_ragged(ragged, cells, name),)


def first_rows(path: Path, dialect: Dialect, most: int) -> list[list[str]]:
    """The first rows of a UTF-8 table, a blank one as an empty list; fewer where one is broken."""
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as stream, _cell_limit(ROW_LIMIT_BYTES):
        try:
            for row in islice(dialect.reader(stream), most):
                rows.append(row if any(cell.strip() for cell in row) else [])  # noqa: PERF401
        except csv.Error:
            return rows
    return rows


def rewritten(path: Path, target: Path, dialect: Dialect, *, cells: int) -> Path:
    """A copy of a sound table without blank rows and with one kind of line end throughout."""
    with (
        path.open(encoding="utf-8-sig", newline="") as stream,
        target.open("w", encoding="utf-8", newline="") as out,
        _cell_limit(ROW_LIMIT_BYTES),
    ):
        writer = csv.writer(
            out,
            lineterminator="\n",
            delimiter=dialect.delimiter,
            quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
            quotechar='"' if dialect.quoted else None,
        )
        writer.writerows(row[:cells] for row in dialect.reader(stream) if row)
    return target


def _only_padded(row: list[str], cells: int) -> bool:
    return len(row) == cells + 1 and not row[-1]


def _long(row: list[str]) -> bool:
    return len(",".join(row).encode()) > ROW_LIMIT_BYTES


def _too_long(row: list[str], line: int, name: str) -> Problem:
    longest = max(range(len(row)), key=lambda at: len(row[at]))
    return Problem(
        what=f"a row is longer than {ROW_LIMIT_BYTES:,} bytes: its cell {longest + 1} alone holds "
        f"{len(row[longest]):,} characters",
        where=f"{name}, line {line}",
        remedy=LOOK_AT_LINE,
    )


def _breaks_off(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(-1, 2)
        return stream.read(1) not in b"\r\n"


@contextmanager
def _cell_limit(limit: int) -> Iterator[None]:
    before = csv.field_size_limit(limit)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _unreadable(error: str, line: int, lines: int, name: str) -> Problem:
    where = f"{name}, line {line}"
    if "unexpected end of data" in error or ("field limit" in error and lines > 1):
        return Problem(
            what="a quoted cell is opened and never closed: the file is cut short, or a quote "
            "mark stands alone",
            where=where,
            remedy="download the file again; or close the quote on that line",
        )
    if "field limit" in error:
        return Problem(
            what=f"a cell holds more than {ROW_LIMIT_BYTES:,} characters",
            where=where,
            remedy=LOOK_AT_LINE,
        )
    return Problem(
        what="text follows the closing quote of a cell",
        where=where,
        remedy='write a quote mark inside a quoted cell twice: ""',
    )


def _cut_short(last: tuple[int, int], cells: int, name: str) -> Problem:
    line, has = last
    return Problem(
        what=f"the file breaks off in its last line: {has} of {cells} cells are there",
        where=f"{name}, line {line}",
        remedy="download it again; or remove that line, and say so",
    )


def _ragged(ragged: list[tuple[int, int]], cells: int, name: str) -> Problem:
    first = ", ".join(f"line {line} has {has}" for line, has in ragged[:MOST_LINES])
    more = f", and {len(ragged) - MOST_LINES:,} more" if len(ragged) > MOST_LINES else ""
    rows = f"{len(ragged):,} rows have" if len(ragged) > 1 else "1 row has"
    return Problem(
        what=f"{rows} more or fewer cells than the header, which has {cells}",
        where=f"{name}: {first}{more}",
        remedy=EXPORT_AGAIN,
    )
