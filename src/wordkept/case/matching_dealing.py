"""Where the rows of two datasets are compared: here, or on the cluster that the case names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wordkept.case.case import Case

ROWS_AT_ONCE = 100_000
"""Rows of a group of the file from which workers read: each group is read by one of them."""


@contextmanager
def engine_of(case: Case) -> Iterator[Any]:
    """The cluster that the case names, ready to compare rows; None where it names none.

    Raises CaseError where it does not answer.
    """
    from wordkept.events.engine import EMBEDDED, started

    named = case.settings.engine
    if named is None or named == EMBEDDED:
        yield None
        return
    working = started(named)
    try:
        yield working
    finally:
        working.close()


@contextmanager
def dealing(working: Any, folder: Path) -> Iterator[Any]:
    """What deals rows out to the workers of an engine, for one match; None without an engine.

    The rows lie for so long in a hidden folder in `folder`, where the workers see them.
    """
    if working is None:
        yield None
        return
    with working.workspace(folder) as space:

        def dealer(rows: Any, by: tuple[str, ...]) -> Any:
            import pyarrow.parquet as pq

            path = Path(space) / "rows.parquet"
            pq.write_table(rows, path, row_group_size=ROWS_AT_ONCE)
            table = working.stored(path)

            def mapper(kernel: Any, schema: Any) -> Any:
                import ibis

                made = ibis.Schema.from_pyarrow(schema)
                return working.map_partitions(table, by, kernel, made).to_pyarrow()

            return mapper

        yield dealer
