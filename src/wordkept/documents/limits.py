"""How far a document is followed before it is given up: bounds on all that can blow up."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from wordkept.errors import InputError, Problem

MOST_CHARACTERS = 10_000_000
"""Some ten long books; a reader holds a text in memory, and takes minutes over this much."""
MOST_PAGE_BYTES = 20 << 20
"""Of one web page: real ones stay under 5 MB, and the parser needs ten times as much memory."""
MOST_SOURCE_BYTES = 200 << 20
"""Of a PDF or DOCX: scanned reports reach 100 MB."""
MOST_ARCHIVE_BYTES = 2 << 30
"""Of a web archive, which is read as a stream."""
MOST_UNPACKED_BYTES = 200 << 20
"""Of all that a DOCX holds, unpacked, pictures included."""
MOST_UNPACKED_ARCHIVE_BYTES = 4 << 30
"""Of a web archive, unpacked: the time allowed ends before this on most machines."""
MOST_RATIO = 200
"""Unpacked to packed. Deflate reaches 1,032 on zeros, and honest mark-up stays under 100."""
SMALL_BYTES = 10 << 20
"""Up to so much, unpacked, the ratio does not matter."""
MOST_MEMBERS = 20_000
"""Files in a zip."""
MOST_RECORDS = 200_000
"""Records looked at in a web archive."""
MOST_PDF_PAGES = 3_000
"""Pages of a PDF that are read; the longest reports have some 2,000."""
MOST_STREAM_BYTES = 32 << 20
"""Of one stream in a PDF, unpacked: a page of text is under 1 MB."""
DEEPEST_MARKUP = 500
"""Elements inside elements: real pages stay under 100, and parsers recurse."""
MOST_REMARKS = 20
"""Remarks on one text; the rest are counted."""
SECONDS = 120.0
"""For the text of one document; a PDF of 1,000 pages takes about 30."""


class OutOfTime(BaseException):
    """The time allowed is over. Not an Exception, so that no library takes it for its own."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises OutOfTime in what runs inside once the seconds are over.

    It needs the main thread of its process (a worker of a process pool has one) and a system
    with timers; elsewhere nothing is bounded.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return
    running = True

    def ring(_number: int, _frame: FrameType | None) -> None:
        if running:
            raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def quiet(*libraries: str) -> Iterator[None]:
    """Keeps the logs of libraries, which would repeat a hostile file's words, off the terminal."""
    loggers = [logging.getLogger(name) for name in libraries]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def too_much(what: str, name: str, remedy: str = "read a shorter part of it") -> InputError:
    """The error for a document over one of the bounds."""
    return InputError(Problem(what=what, where=name, remedy=remedy))


def check_size(size: int, most: int, name: str) -> None:
    """Raises InputError where a source has more bytes than are read."""
    if size > most:
        raise too_much(f"it has {size:,} bytes, and {most:,} are read at most", name)


def first_remarks(remarks: list[str]) -> tuple[str, ...]:
    """The first remarks, and how many more there are.

    >>> first_remarks(["a"] * 22)[-1]
    'and 3 remarks more'
    """
    if len(remarks) <= MOST_REMARKS:
        return tuple(remarks)
    kept = MOST_REMARKS - 1
    return (*remarks[:kept], f"and {len(remarks) - kept} remarks more")
