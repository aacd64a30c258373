"""The journal of a case: entries are put after the last one, and read; nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, insert, select

from wordkept.errors import CaseError, Problem
from wordkept.ledger.canonical import canonical, parsed
from wordkept.ledger.chain import breaks, following
from wordkept.ledger.database import (
    PATIENCE_S,
    check_marks,
    create_journal,
    journal_engine,
    three_lines,
)
from wordkept.ledger.entries import Draft, Entry, EntryKind
from wordkept.ledger.tables import ENTRIES

_CHECKED: dict[Path, tuple[tuple[tuple[Any, ...], ...], tuple[Entry, ...]]] = {}
"""Of the last journal that was read: its rows, to the letter, and the entries found in order."""


class Ledger:
    """An open journal; `Ledger.open` gives one."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self._path = path
        self._engine = engine

    @classmethod
    @contextmanager
    def open(
        cls, path: Path, *, create: bool = False, patience_s: float = PATIENCE_S
    ) -> Iterator["Ledger"]:
        """The journal in this file; with `create`, an empty one where there is none.

        `patience_s` is how long to wait for another process that is writing. Raises CaseError
        where the file is missing, not a ledger, damaged, or made by a newer version.
        """
        if create:
            create_journal(path, patience_s=patience_s)
        check_marks(path)
        engine = journal_engine(path, patience_s=patience_s)
        try:
            yield cls(path, engine)
        finally:
            engine.dispose()

    def append(self, kind: EntryKind, payload: Mapping[str, Any], *, who: str, at: str) -> Entry:
        """The entry, once it stands on the disk. `at` is UTC: `2026-11-23T04:05:06Z`."""
        (entry,) = self.append_all([Draft(kind=kind, payload=payload)], who=who, at=at)
        return entry

    def append_all(self, drafts: Sequence[Draft], *, who: str, at: str) -> tuple[Entry, ...]:
        """Several entries, once they all stand on the disk; on any error, none does."""
        entries: list[Entry] = []
        with three_lines(self._path), self._engine.execution_options(writes=True).begin() as held:
            last = self._last(held)
            for draft in drafts:
                last = following(last, draft, who=who, at=at)
                held.execute(insert(ENTRIES), _row(last))
                entries.append(last)
        return tuple(entries)

    def entries(self, kind: EntryKind | None = None) -> tuple[Entry, ...]:
        """All entries, or those of one kind, in order.

        Raises CaseError where the chain does not hold: nothing is believed of such a ledger.
        """
        with three_lines(self._path), self._engine.begin() as connection:
            rows = connection.execute(select(ENTRIES).order_by(ENTRIES.c.number)).mappings().all()
        read = self._checked(rows)
        return tuple(entry for entry in read if kind in (None, entry.kind))

    def _checked(self, rows: Sequence[RowMapping]) -> tuple[Entry, ...]:
        """The entries of these rows; those that this process has checked before are not again."""
        held = tuple(tuple(row.values()) for row in rows)
        before, checked = _CHECKED.get(self._path, ((), ()))
        pairs = zip(held, before, strict=False)
        same = next((place for place, (one, other) in enumerate(pairs) if one != other),
                    min(len(held), len(before)))  # fmt: skip
        read = (*checked[:same], *(self._entry(row) for row in rows[same:]))
        for entry, what in breaks(read[same:], last=read[same - 1] if same else None):
            raise self._broken(entry.number, what)
        _CHECKED.clear()
        _CHECKED[self._path] = held, read
        return read

    def head(self) -> Entry | None:
        """The last entry; None where there is none yet.

        Its hash, noted where the holder of the folder cannot change it, pins all before it.
        """
        with three_lines(self._path), self._engine.begin() as connection:
            return self._last(connection)

    def find(self, kind: EntryKind, predicate: Callable[[Entry], bool]) -> Entry | None:
        """The first entry of a kind for which the predicate holds; None where there is none."""
        return next((entry for entry in self.entries(kind) if predicate(entry)), None)

    def _last(self, connection: Connection) -> Entry | None:
        newest = select(ENTRIES).order_by(ENTRIES.c.number.desc()).limit(1)
        row = connection.execute(newest).mappings().one_or_none()
        return self._entry(row) if row else None

    def _entry(self, row: RowMapping) -> Entry:
        if not all(isinstance(row[name], int if name == "number" else str) for name in row):
            raise self._broken(row["number"], "its fields are not what they were")
        try:
            return Entry(**{**row, "payload": parsed(row["payload"])})
        except (ValueError, RecursionError):
            raise self._broken(row["number"], "its payload is not JSON") from None

    def _broken(self, number: int, what: str) -> CaseError:
        return CaseError(
            Problem(
                what=f"entry {number} of the ledger is not as it was entered: {what}",
                where=str(self._path),
                remedy="run wordkept verify on the case, and restore the ledger from a copy",
            )
        )


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "kind": entry.kind,
        "payload": canonical(entry.payload).decode(),
        "at": entry.at,
        "who": entry.who,
        "previous": entry.previous,
        "hash": entry.hash,
    }
