"""Apache Spark as the engine: the same expressions, on the cluster that a case names.

The user's file is read on this machine, as its SHA-256, its encoding and the numbers of its rows
need one reader; it is handed over as Parquet, judged and counted by the cluster, and the release is
written on this machine. So the case must stand where every worker sees it under the same path.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from wordkept.events import engine
from wordkept.events.cluster import Running, application, attended

SCRATCH = ".spark-"
"""How the folders in a case begin in which a load lies for a moment, where workers can see it."""
NO_ESCAPES = "\a\f\v"
STALE_SECONDS = 24 * 3600
"""What a killed load has left is older than any load takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """A Spark cluster, and DuckDB beside it for the files of this machine."""

    connection: Any
    files: Any = field(default_factory=engine.connect)

    @classmethod
    def at(cls, address: str) -> "Spark":
        """The cluster whose master listens at `spark://host:port`; raises CaseError without it."""
        running = application(address)
        connection = attended_backend()()
        connection.running = running
        connection.do_connect(running.session)
        return cls(connection=connection)

    def workspace(self, folder: Path) -> AbstractContextManager[str]:
        """One in the folder of the case's events: workers see no other of this machine."""
        folder.mkdir(exist_ok=True)
        for left in folder.glob(f"{SCRATCH}*"):
            if left.stat().st_mtime < time.time() - STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
        return tempfile.TemporaryDirectory(
            prefix=SCRATCH, dir=folder.resolve(), ignore_cleanup_errors=True
        )

    def handed_over(self, raw: ir.Table, workspace: Path) -> ir.Table:
        """The raw table as Parquet in the workspace, read by the workers."""
        path = workspace / "raw.parquet"
        engine.write_parquet(self.files, raw, path, "snappy")
        return engine.read_parquet(self.connection, path)

    def store(self, table: ir.Table, path: Path) -> None:
        """Has the workers write the table, a file each, into a folder of that path."""
        self.connection.store(table, path)

    def stored(self, path: Path) -> ir.Table:
        """The Parquet file, or the folder of files, at a path."""
        return engine.read_parquet(self.connection, path)

    def stored_here(self, path: Path) -> ir.Table:
        """What the workers have written, read on this machine."""
        return engine.read_parquet(self.files, path / "*.parquet")

    def map_partitions(
        self, table: ir.Table, by: Sequence[str], kernel: engine.Kernel, schema: ibis.Schema
    ) -> ir.Table:
        """Rows dealt out by their key; the kernel runs on the workers, on Arrow's batches."""
        mapped: ir.Table = self.connection.mapped(table, tuple(by), kernel, schema)
        return mapped

    def close(self) -> None:
        """Ends DuckDB, and drops what this connection reads; the application goes on for others."""
        self.files.disconnect()
        self.connection.disconnect()


class Attended:
    """What an Ibis backend on Spark does otherwise here: a cluster that dies is given up."""

    running: Running
    compile: Any
    raw_sql: Any
    table: Any
    _run_pre_execute_hooks: Any

    def to_pyarrow(
        self, expr: Any, /, *, params: Any = None, limit: Any = None, **options: Any
    ) -> Any:
        """What an expression gives, without the way through pandas that Ibis takes."""
        table = expr.as_table()
        with attended(self.running):
            self._run_pre_execute_hooks(expr)
            frame = self.raw_sql(self.compile(table, params=params, limit=limit, **options))
            found = frame.toArrow()
        return expr.__pyarrow_result__(found.cast(table.schema().to_pyarrow()))

    def read_parquet(self, path: Path) -> ir.Table:
        """A file or folder of Parquet, which the workers read where it stands."""
        with attended(self.running):
            return self._viewed(self.running.session.read.parquet(str(path.resolve())))

    def store(self, table: ir.Table, path: Path) -> None:
        """Has the workers write a table into a folder."""
        with attended(self.running):
            self.raw_sql(self.compile(table)).write.parquet(str(path))

    def mapped(
        self, table: ir.Table, by: tuple[str, ...], kernel: engine.Kernel, schema: ibis.Schema
    ) -> ir.Table:
        """A view of what a kernel makes of each part; worked out when it is asked for."""
        from ibis.backends.pyspark.datatypes import PySparkSchema

        on_part = _on_parts(kernel, table.schema().to_pyarrow(), schema.to_pyarrow())
        with attended(self.running):
            dealt = self.raw_sql(self.compile(table)).repartition(*by)
            return self._viewed(dealt.mapInArrow(on_part, PySparkSchema.from_ibis(schema)))

    def disconnect(self) -> None:
        """Nothing: the application is that of the process, and ends with it."""

    def _viewed(self, frame: Any) -> ir.Table:
        name = ibis.util.gen_name("viewed")
        frame.createOrReplaceTempView(name)
        table: ir.Table = self.table(name)
        return table


@cache
def attended_backend() -> Any:
    """The class of the Ibis backend for Spark, with every piece of work attended."""
    # Here and not above: pyspark need not be installed for this module to be looked at.
    from ibis.backends.pyspark import Backend
    from ibis.backends.sql.compilers.pyspark import PySparkCompiler

    compiler = type("Compiler", (PySparkCompiler,), {"__slots__": (), "dialect": _dialect()})()
    backend: Any = type("AttendedBackend", (Attended, Backend), {"compiler": compiler})
    backend.register_options()
    return backend


def _dialect() -> Any:
    """Spark's SQL as Spark reads it: a form feed that is written as an f with a backslash is an f.

    Ibis 12 (sqlglot) writes it so, and would strip the last letter off "Tanf".
    """
    from ibis.backends.sql.dialects import PySpark

    spark_strings: Any = type("SparkStrings", (PySpark,), {})
    spark_strings.ESCAPED_SEQUENCES = {
        letter: written
        for letter, written in PySpark.ESCAPED_SEQUENCES.items()
        if letter not in NO_ESCAPES
    }
    return spark_strings


def _on_parts(
    kernel: engine.Kernel, given: pa.Schema, made: pa.Schema
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What a worker runs on each part: the kernel on all of its rows, where it has any."""

    def on_part(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        whole = pa.Table.from_batches([each.cast(given) for each in batches], schema=given)
        if whole.num_rows:
            yield from kernel(whole).cast(made).to_batches()

    return on_part
