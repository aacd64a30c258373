"""The engine that reads, judges and counts, through Ibis: DuckDB in memory, or Apache Spark.

DuckDB is the one that ships, and what is kept on the disk is written by it whichever engine worked
it out (`docs/engines.md`). What only one of the two can do stands here and in `events/spark.py`.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import ibis
import ibis.expr.types as ir

EMBEDDED = "duckdb"
UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")
MOST_GIB = 4
"""Past this DuckDB spills to the disk; left to itself it takes four fifths of the machine. What
Python and Arrow take beside it is well under the 2 GB that are left of the 6 a load may take."""

Kernel = Callable[[Any], Any]
"""From a pyarrow.Table to another, of whole groups of rows; on Spark it is sent to the workers."""


class Engine(Protocol):
    """What works the events out; both engines give the same answers."""

    @property
    def connection(self) -> Any:
        """The Ibis backend that the expressions run on."""

    @property
    def files(self) -> Any:
        """DuckDB, which reads the user's file and writes the release, on this machine."""

    def workspace(self, folder: Path) -> AbstractContextManager[str]:
        """An empty folder for what is worked on for a moment, on the way to a release in `folder`.

        Entering gives its path; leaving removes it.
        """

    def handed_over(self, raw: ir.Table, workspace: Path) -> ir.Table:
        """The raw table that `files` has read, where the engine can read it."""

    def store(self, table: ir.Table, path: Path) -> None:
        """Works a table out and keeps its rows at a path for as long as they are worked on."""

    def stored(self, path: Path) -> ir.Table:
        """What was stored at a path, or Parquet that stands there, as a table of the engine."""

    def stored_here(self, path: Path) -> ir.Table:
        """What was stored at a path, as a table of `files`."""

    def map_partitions(
        self, table: ir.Table, by: Sequence[str], kernel: Kernel, schema: ibis.Schema
    ) -> ir.Table:
        """What a kernel makes of a table, part by part; a part holds all rows of each of its keys.

        `by` names the columns of the key (of matching: the day and the cell). The order of rows,
        and how many keys a part holds, are the engine's; `schema` is that of what comes out.
        """

    def close(self) -> None:
        """Gives back what the engine holds of the machine."""


def connect(address: str | None = None) -> Any:
    """A fresh Ibis backend on the engine that a case names; without one, DuckDB in memory."""
    return _duckdb() if address is None or address == EMBEDDED else started(address).connection


class Direct:
    """What an Ibis backend on DuckDB does otherwise here, so that a question is put in less time.

    No answer imports pandas first: Ibis would, though it takes none through it. And selects are not
    fused: DuckDB does that itself, in a hundredth of the time.
    """

    _to_duckdb_relation: Any

    def to_pyarrow(
        self, expr: Any, /, *, params: Any = None, limit: Any = None, **options: Any
    ) -> Any:
        """What an expression gives."""
        if any(kind.is_null() for kind in expr.as_table().schema().types):
            plain: Any = super()
            return plain.to_pyarrow(expr, params=params, limit=limit, **options)
        with _unfused():
            relation = self._to_duckdb_relation(expr, params=params, limit=limit, **options)
        return expr.__pyarrow_result__(relation.to_arrow_table())


@contextmanager
def _unfused() -> Iterator[None]:
    """Ibis leaves selects as they were put, until it is left."""
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before


def _duckdb() -> Any:
    """DuckDB in memory, that fetches nothing and prints nothing.

    What does not fit into memory goes to the system's temporary folder, never to the case.
    """
    spill = Path(tempfile.gettempdir()) / f"wordkept-{os.getpid()}"
    from ibis.backends.duckdb import Backend

    backend: Any = type("DirectBackend", (Direct, Backend), {})
    connection = backend().connect(
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
        temp_directory=str(spill),
    )
    # Left to itself, DuckDB draws its own bar where Python was started with -c.
    connection.raw_sql("SET enable_progress_bar = false")
    # Ibis 12 still writes lambdas with an arrow, which DuckDB 2 takes only where it is told to.
    connection.raw_sql("SET lambda_syntax = 'ENABLE_SINGLE_ARROW'")
    # Left to itself, DuckDB turns each list of six words (`isin`) into a join: slower, and out of
    # the order of the file.
    connection.raw_sql("SET disabled_optimizers = 'in_clause'")
    ((standing,),) = connection.raw_sql("SELECT current_setting('memory_limit')").fetchall()
    if _gib(standing) > MOST_GIB:
        connection.raw_sql(f"SET memory_limit = '{MOST_GIB}GiB'")
    return connection


def _gib(size: str) -> float:
    """A size as DuckDB writes it.

    >>> _gib("512.0 MiB"), _gib("18.7 GiB")
    (0.5, 18.7)
    """
    number, unit = size.split()
    return float(number) * 1024.0 ** (UNITS.index(unit) - UNITS.index("GiB"))


def literal(path: Path | str) -> str:
    """A path or a text as an SQL string, whatever quote marks are in it.

    >>> literal(Path("o'clock.csv"))
    "'o''clock.csv'"
    """
    return "'" + str(path).replace("'", "''") + "'"


def write_parquet(
    connection: Any,
    table: ir.Table,
    path: Path,
    compression: Literal["zstd", "snappy"] = "zstd",
    *,
    said: Mapping[str, str] | None = None,
) -> None:
    """Writes a table of DuckDB as Parquet; an ordered one gives the same bytes every time.

    `said` is kept beside the rows, in the file's own metadata.
    """
    options = f"FORMAT parquet, COMPRESSION {compression}"
    if said:
        pairs = ", ".join(f"{literal(key)}: {literal(value)}" for key, value in said.items())
        options += f", KV_METADATA {{{pairs}}}"
    connection.raw_sql(f"COPY ({connection.compile(table)}) TO {literal(path)} ({options})")


def read_parquet(connection: Any, path: Path, columns: Sequence[str] = ()) -> ir.Table:
    """A Parquet file as a table of either engine, read where it stands.

    Of some columns alone, on DuckDB the choice stands in the view: Ibis need not put it together
    again for each question.
    """
    if connection.name != EMBEDDED:
        table: ir.Table = connection.read_parquet(path)
        return table.select(*columns) if columns else table
    name = ibis.util.gen_name("parquet")
    chosen = ", ".join(f'"{column}"' for column in columns) or "*"
    connection.raw_sql(
        f"CREATE TEMP VIEW {name} AS SELECT {chosen} FROM read_parquet({literal(path)})"
    )
    return connection.table(name)


def read_parquets(connection: Any, paths: Sequence[Path]) -> ir.Table:
    """Several Parquet files as one table, of the columns of the first, and `file`: 0, 1, 2, ..."""
    name = ibis.util.gen_name("parquets")
    listed = ", ".join(literal(path) for path in paths)
    connection.raw_sql(
        f"CREATE TEMP VIEW {name} AS SELECT *, file_index::INTEGER AS file "
        f"FROM read_parquet([{listed}])"
    )
    return connection.table(name)


def held(connection: Any, table: Any) -> ir.Table:
    """A table, of Ibis or of Arrow, worked out once, for as long as the connection lasts."""
    # Ibis' own cache drops its tables when Python forgets them, which may be after the connection.
    return connection.create_table(ibis.util.gen_name("held"), table, temp=True)


def rows_meeting(table: ir.Table, asked: Sequence[ir.BooleanValue]) -> list[int]:
    """How many rows of a table meet each of several conditions."""
    sums = {f"rows {place}": condition.sum() for place, condition in enumerate(asked)}
    (counts,) = table.aggregate(**sums).to_pyarrow().to_pylist()
    return [count or 0 for count in counts.values()]


def held_in_parts(
    connection: Any, table: ir.Table, asked: Sequence[ir.BooleanValue]
) -> tuple[ir.Table, tuple[ir.Table, ...]]:
    """The rows of a table that meet any of several conditions, worked out once; of each a view.

    Each view is in the order of `row`. A row that meets several conditions is held as many times.
    """
    met = [ibis.ifelse(condition, place, ibis.null()) for place, condition in enumerate(asked)]
    parts = ibis.array(met).filter(lambda place: place.notnull()).unnest()
    laid = held(connection, table.mutate(part=parts).order_by("part", "row"))
    columns = ", ".join(f'"{column}"' for column in table.columns)
    names = [ibis.util.gen_name("part") for _ in asked]
    for place, name in enumerate(names):
        connection.raw_sql(f"CREATE TEMP VIEW {name} AS SELECT {columns} "
                           f"FROM {laid.get_name()} WHERE part = {place}")  # fmt: skip
    return laid, tuple(connection.table(name) for name in names)


def let_go(connection: Any, table: ir.Table, parts: Iterable[ir.Table]) -> None:
    """Gives back the memory of a table that is held in parts."""
    for part in parts:
        connection.raw_sql(f"DROP VIEW {part.get_name()}")
    connection.raw_sql(f"DROP TABLE {table.get_name()}")


def batches(connection: Any, table: ir.Table, rows_at_once: int) -> Iterator[Any]:
    """A table in pieces, as Arrow record batches: what is in memory is one of them."""
    # What Ibis 12 calls for this is gone from DuckDB 2.
    yield from connection.con.sql(connection.compile(table)).to_arrow_reader(rows_at_once)


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """DuckDB in memory: enough for most, and there without being installed."""

    connection: Any = field(default_factory=_duckdb)

    @property
    def files(self) -> Any:
        """The same connection: it reads, works out and writes."""
        return self.connection

    def workspace(self, folder: Path) -> AbstractContextManager[str]:  # noqa: ARG002
        """One in the system's temporary folder, never in the case."""
        return tempfile.TemporaryDirectory(prefix="wordkept-", ignore_cleanup_errors=True)

    def handed_over(self, raw: ir.Table, workspace: Path) -> ir.Table:  # noqa: ARG002
        """The raw table itself."""
        return raw

    def store(self, table: ir.Table, path: Path) -> None:
        """Writes the table as Parquet, quickly rather than small."""
        write_parquet(self.connection, table, path, "snappy")

    def stored(self, path: Path) -> ir.Table:
        """The Parquet at a path."""
        return read_parquet(self.connection, path)

    def stored_here(self, path: Path) -> ir.Table:
        """The Parquet at a path."""
        return read_parquet(self.connection, path)

    def map_partitions(
        self, table: ir.Table, by: Sequence[str], kernel: Kernel, schema: ibis.Schema
    ) -> ir.Table:
        """All rows as one part: they fit into one machine, or else this is not the engine."""
        wanted = table.order_by(*by).to_pyarrow()
        made = kernel(wanted).cast(schema.to_pyarrow())
        name = ibis.util.gen_name("mapped")
        mapped: ir.Table = self.connection.create_table(name, made, temp=True)
        return mapped

    def close(self) -> None:
        """Ends the connection."""
        self.connection.disconnect()


def started(address: str | None = None) -> Engine:
    """The engine that a case names, ready to work; without an address the one that ships.

    Raises CaseError where there is no such engine, or it does not answer.
    """
    if address is None or address == EMBEDDED:
        return Embedded()
    from wordkept.events.spark import Spark

    return Spark.at(address)
