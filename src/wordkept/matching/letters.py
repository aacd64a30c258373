"""Arrow columns as arrays of what they hold."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def letters(texts: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """The bytes of texts without nulls, and where each begins (one more at the end)."""
    _, places, data = texts.buffers()
    if data is None or places is None:
        return np.empty(0, np.uint8), np.zeros(len(texts) + 1, np.int32)
    offsets = np.frombuffer(places, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(data, np.uint8), offsets


def truths(column: pa.Array) -> NDArray[np.bool_]:
    """A column of true and false as an array."""
    return np.asarray(column.to_numpy(zero_copy_only=False), np.bool_)
