"""The SQLite file under the journal: how it is opened, and what can go wrong with it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from wordkept.errors import CaseError, Problem
from wordkept.ledger.tables import APPLICATION_ID, FORMAT, SCHEMA

PATIENCE_S = 10.0
"""How long an append waits for another process that is writing."""

_PRAGMAS = (
    "PRAGMA trusted_schema = OFF",  # a case folder may come from a stranger
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",  # unused space is zeros, so that verify can account for it
    "PRAGMA synchronous = FULL",
)
_SHAPE = (
    "PRAGMA page_size = 4096",
    "PRAGMA auto_vacuum = NONE",
    "PRAGMA encoding = 'UTF-8'",
    "PRAGMA journal_mode = WAL",
)
_DAMAGED = (
    "the ledger is damaged",
    "run wordkept verify on the case, and restore the ledger from a copy",
)
_TROUBLES = {
    "SQLITE_BUSY": ("another process is writing to the ledger", "wait for it, and try again"),
    "SQLITE_LOCKED": ("another process is writing to the ledger", "wait for it, and try again"),
    "SQLITE_READONLY": (
        "the ledger cannot be written to",
        "make the case folder and its files writable, or work on a copy",
    ),
    "SQLITE_FULL": ("the disk is full", "free some space, and try again: nothing was entered"),
    "SQLITE_CANTOPEN": (
        "the ledger cannot be opened",
        "check that its folder exists and may be read and written, or work on a copy",
    ),
    "SQLITE_NOTADB": ("this is not a ledger", "check the path, or restore it from a copy"),
    "SQLITE_IOERR": (
        "the disk refused a read or a write",
        "check the disk and its free space, and try again: nothing was entered",
    ),
}


@contextmanager
def three_lines(path: Path) -> Iterator[None]:
    """A stretch of work in which SQLite's complaints become errors in three lines."""
    try:
        yield
    except UnicodeDecodeError as failure:  # SQLite quotes a damaged schema in its complaint
        what, remedy = _DAMAGED
        raise CaseError(Problem(what=what, where=str(path), remedy=remedy)) from failure
    except (DBAPIError, sqlite3.Error) as failure:
        complaint = failure.orig if isinstance(failure, DBAPIError) else failure
        if isinstance(complaint, sqlite3.ProgrammingError | sqlite3.InterfaceError):
            raise
        name = getattr(complaint, "sqlite_errorname", "")
        what, remedy = _TROUBLES.get("_".join(name.split("_")[:2]), _DAMAGED)
        problem = Problem(what=f"{what} ({complaint})", where=str(path), remedy=remedy)
        raise CaseError(problem) from failure


def journal_engine(
    path: Path, *, patience_s: float = PATIENCE_S, read_only: bool = False
) -> Engine:
    """An engine on the ledger; a folder that cannot be written to can still be read from.

    A transaction reads, unless it begins with the execution option `writes`: then it holds the
    write lock from its start. Every transaction opens the file anew, so that SQLite folds the
    write-ahead file back in after each, and the ledger stands whole in one file between them.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(_address(path, read_only=read_only), patience_s),
        poolclass=NullPool,
    )
    event.listen(engine, "begin", _begin)
    return engine


def create_journal(path: Path, *, patience_s: float = PATIENCE_S) -> None:
    """Write an empty ledger, unless something stands there already."""
    with three_lines(path), closing(_connect(_uri(path, "rwc"), patience_s)) as connection:
        if not _is_empty(connection):
            return
        for pragma in _SHAPE:
            connection.execute(pragma)
        connection.execute("BEGIN IMMEDIATE")
        if _is_empty(connection):
            for statement in SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")


def check_marks(path: Path, *, read_only: bool = False) -> None:
    """Raise CaseError unless the file is a ledger of a format that this version knows."""
    if not path.is_file():
        raise CaseError(
            Problem(
                what="there is no ledger here",
                where=str(path),
                remedy="check the path, or make a case with wordkept init",
            )
        )
    address = _address(path, read_only=read_only)
    with three_lines(path), closing(_connect(address, PATIENCE_S)) as connection:
        application_id, made_as = _marks(connection)
    if application_id != APPLICATION_ID or made_as < 1:
        raise CaseError(
            Problem(
                what="this is not a ledger of wordkept",
                where=str(path),
                remedy="check the path, or restore it from a copy",
            )
        )
    if made_as > FORMAT:
        raise CaseError(
            Problem(
                what=f"the ledger was made by a newer version of wordkept (format {made_as}, "
                f"this version knows {FORMAT})",
                where=str(path),
                remedy="update wordkept",
            )
        )


def unfinished(path: Path) -> bool:
    """Whether a write-ahead file stands beside the ledger: it is in use, or was not closed."""
    return path.with_name(path.name + "-wal").exists()


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (made_as,) = connection.execute("PRAGMA user_version").fetchone()
    return application_id, made_as


def _is_empty(connection: sqlite3.Connection) -> bool:
    (declared,) = connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    return declared == 0 and _marks(connection) == (0, 0)


def _address(path: Path, *, read_only: bool) -> str:
    if not read_only and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return _uri(path, "rw")
    # "immutable" makes no file beside the ledger, where SQLite's plain "ro" would
    return _uri(path, "ro" if unfinished(path) else "ro&immutable=1")


def _uri(path: Path, mode: str) -> str:
    return f"{path.resolve().as_uri()}?mode={mode}"


def _connect(address: str, patience_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=patience_s, isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
