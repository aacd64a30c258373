"""What stands in the ledger's file, byte by byte, whether or not it makes sense."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, LargeBinary, cast, func, insert, select, text

from wordkept.errors import CaseError, Problem
from wordkept.ledger.database import create_journal, journal_engine, three_lines, unfinished
from wordkept.ledger.tables import ENTRIES

T = TypeVar("T")

FIELDS = tuple(column.name for column in ENTRIES.columns)
COUNTERS = (*range(24, 28), *range(92, 100))
"""Bytes of the file's header in which SQLite counts writes, twice, and names its own version
(SQLite's file format, 1.3): they differ between files of the same content."""

_ATTEMPTS = 5

Stored = dict[str, tuple[str, bytes]]
"""A row as it stands: of each field its storage class and its bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything that could be read of a ledger's file at one moment."""

    image: bytes
    """The file, with what stands in its write-ahead file folded in."""
    complaints: tuple[str, ...]
    """What SQLite's own check of the file says; none where it is sound."""
    schema: tuple[tuple[Any, ...], ...]
    """The tables and triggers that the file declares."""
    rows: tuple[Stored, ...]
    unreadable: tuple[Problem, ...]
    """What stopped the reading, where something did."""


def snapshot(path: Path) -> Snapshot:
    """Everything that can be read of the ledger's file, which is left as it is.

    Read again where another process wrote to it meanwhile.
    """
    for _ in range(_ATTEMPTS):
        before = path.read_bytes()
        found = _read(path)
        if path.read_bytes() == before:
            return found
    raise CaseError(
        Problem(
            what="another process keeps writing to the ledger",
            where=str(path),
            remedy="wait for it, and try again",
        )
    )


def _read(path: Path) -> Snapshot:
    engine = journal_engine(path, read_only=True)
    unreadable: list[Problem] = []
    try:
        with three_lines(path), engine.begin() as connection:
            complaints = _as_far_as_readable(_complaints(connection), path, unreadable)
            schema = _as_far_as_readable(_schema(connection), path, unreadable)
            rows = _as_far_as_readable(_rows(connection), path, unreadable)
            found = _image(path, connection)
    finally:
        engine.dispose()
    return Snapshot(
        image=found,
        complaints=complaints,
        schema=schema,
        rows=rows,
        unreadable=tuple(dict.fromkeys(unreadable)),
    )


def rewritten(rows: Iterable[Stored]) -> Snapshot:
    """What a ledger of these rows is where wordkept writes it afresh."""
    with tempfile.TemporaryDirectory(prefix="wordkept-") as folder:
        path = Path(folder) / "ledger.sqlite"
        create_journal(path)
        engine = journal_engine(path)
        with engine.execution_options(writes=True).begin() as connection:
            for row in rows:
                values = {name: held.decode() for name, (_, held) in row.items()}
                connection.execute(insert(ENTRIES), {**values, "number": int(values["number"])})
        engine.dispose()
        return snapshot(path)


def differences(found: bytes, expected: bytes) -> list[int]:
    """Where two files differ, by offset, leaving out SQLite's own counters.

    >>> differences(bytes(200), bytes(150) + b"x" + bytes(49))
    [150]
    """
    ours, theirs = _without_counters(found), _without_counters(expected)
    if ours == theirs:
        return []
    shorter, longer = sorted((len(ours), len(theirs)))
    return [place for place in range(shorter) if ours[place] != theirs[place]] + [
        *range(shorter, longer)
    ]


def _without_counters(image: bytes) -> bytearray:
    blanked = bytearray(image)
    for place in COUNTERS:
        blanked[place : place + 1] = b"\0"
    return blanked


def _as_far_as_readable(
    reading: Iterator[T], path: Path, unreadable: list[Problem]
) -> tuple[T, ...]:
    held: list[T] = []
    try:
        with three_lines(path):
            for piece in reading:
                held.append(piece)  # noqa: PERF402  what came before the fault is to be kept
    except CaseError as error:
        unreadable += error.problems
    return tuple(held)


def _complaints(connection: Connection) -> Iterator[str]:
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield said


def _schema(connection: Connection) -> Iterator[tuple[Any, ...]]:
    for row in connection.execute(
        text("SELECT rowid, type, name, tbl_name, rootpage, sql FROM sqlite_schema")
    ):
        yield tuple(row)


def _rows(connection: Connection) -> Iterator[Stored]:
    columns = [
        expression.label(f"{use}_{name}")
        for name in FIELDS
        for use, expression in (
            ("class", func.typeof(ENTRIES.c[name])),
            ("bytes", cast(ENTRIES.c[name], LargeBinary)),
        )
    ]
    for held in connection.execute(select(*columns).order_by(ENTRIES.c.number)).mappings():
        yield {name: (held[f"class_{name}"], held[f"bytes_{name}"] or b"") for name in FIELDS}


def _image(path: Path, connection: Connection) -> bytes:
    if not unfinished(path):
        return path.read_bytes()
    driver: Any = connection.connection.driver_connection
    whole: bytes = driver.serialize()
    return whole
