"""The fingerprint of a table of events: a hash of what its rows say, in order, and nothing else."""

import hashlib
from collections.abc import Iterable
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wordkept.events import engine
from wordkept.events.schema import EVENT

ROWS_AT_ONCE = 1 << 16
"""How many rows are held in memory; the fingerprint does not depend on it."""


def rows_id(events: ir.Table, connection: Any) -> str:
    """The SHA-256 of every value of every row, in the order of the table, however it is stored.

    Neither the version of a library nor how Parquet lays a value out moves it: a column counts as
    the bytes of its values, their lengths where they have any, and which of them are there.
    """
    return batches_id(engine.batches(connection, events.select(*EVENT.names), ROWS_AT_ONCE))


def batches_id(batches: Iterable[pa.RecordBatch]) -> str:
    """The same of rows that come in pieces, cut wherever they are."""
    columns: dict[str, Any] = {}
    for batch in batches:
        for name in EVENT.names:
            _add(columns, name, batch.column(name))
    whole = hashlib.sha256()
    for name in sorted(columns):
        whole.update(f"{name}:{columns[name].hexdigest()};".encode())
    return whole.hexdigest()


def _add(columns: dict[str, Any], name: str, values: pa.Array) -> None:
    """Adds values to the column's hash, as bytes that do not depend on where a piece begins."""
    there = values.is_valid().to_numpy(zero_copy_only=False)
    _update(columns, f"{name} there", there.astype(np.uint8).tobytes())
    if pa.types.is_list(values.type):
        lengths = pc.fill_null(pc.list_value_length(values), 0)
        _update(columns, f"{name} lengths", _whole_numbers(lengths))
        _add(columns, f"{name} items", values.flatten())
    elif pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        texts = pc.fill_null(values, "").cast(pa.large_binary())
        _update(columns, f"{name} lengths", _whole_numbers(pc.binary_length(texts)))
        _update(columns, f"{name} bytes", _joined(texts))
    elif pa.types.is_floating(values.type):
        _update(columns, name, pc.fill_null(values, 0.0).to_numpy(zero_copy_only=False).tobytes())
    else:
        plain = values.cast(pa.int32()) if pa.types.is_date(values.type) else values
        _update(columns, name, _whole_numbers(pc.fill_null(plain.cast(pa.int64()), 0)))


def _update(columns: dict[str, Any], name: str, content: bytes) -> None:
    columns.setdefault(name, hashlib.sha256()).update(content)


def _whole_numbers(values: pa.Array) -> bytes:
    return bytes(values.cast(pa.int64()).to_numpy(zero_copy_only=False).astype("<i8").tobytes())


def _joined(texts: pa.Array) -> bytes:
    """The bytes of texts, one after the other."""
    _, offsets, content = texts.buffers()
    if content is None or not len(texts):
        return b""
    ends = np.frombuffer(offsets, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return bytes(memoryview(content)[ends[0] : ends[-1]])
