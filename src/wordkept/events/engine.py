"""The engine that reads, judges and counts: DuckDB in memory, through Ibis."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import ibis
import ibis.expr.types as ir


def connect() -> Any:
    """A fresh Ibis backend: DuckDB in memory, that fetches nothing and prints nothing.

    What does not fit into memory goes to the system's temporary folder, never to the case.
    """
    spill = Path(tempfile.gettempdir()) / f"wordkept-{os.getpid()}"
    connection = ibis.duckdb.connect(
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
    return connection


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
    """Writes a table as Parquet; an ordered one gives the same bytes every time.

    `said` is kept beside the rows, in the file's own metadata.
    """
    options = f"FORMAT parquet, COMPRESSION {compression}"
    if said:
        pairs = ", ".join(f"{literal(key)}: {literal(value)}" for key, value in said.items())
        options += f", KV_METADATA {{{pairs}}}"
    connection.raw_sql(f"COPY ({connection.compile(table)}) TO {literal(path)} ({options})")


def read_parquet(connection: Any, path: Path) -> ir.Table:
    """A Parquet file as a table, read where it stands."""
    name = ibis.util.gen_name("parquet")
    connection.raw_sql(f"CREATE TEMP VIEW {name} AS FROM read_parquet({literal(path)})")
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


def batches(connection: Any, table: ir.Table, rows_at_once: int) -> Iterator[Any]:
    """A table in pieces, as Arrow record batches: what is in memory is one of them."""
    # What Ibis 12 calls for this is gone from DuckDB 2.
    yield from connection.con.sql(connection.compile(table)).to_arrow_reader(rows_at_once)
