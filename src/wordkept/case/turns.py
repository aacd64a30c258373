"""One process at a time: two that would enter the same thing at once enter it once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """Waits for another process that holds the same folder; a killed one holds nothing.

    Where the system has no such lock, nothing is waited for.
    """
    if os.name != "posix":
        yield
        return
    import fcntl

    folder.mkdir(exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
