"""What is done with one source, in this process or in one of several: captured, and read."""

import os
import signal
from dataclasses import dataclass
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread
from typing import Any, Literal

from wordkept.case.case import writing
from wordkept.documents.capture import Provenance
from wordkept.documents.extract import TakenIn, take_in
from wordkept.documents.limits import OutOfTime, within
from wordkept.errors import Problem, WordkeptError
from wordkept.ids import bytes_id
from wordkept.ledger.canonical import canonical
from wordkept.model import Actor, Reading
from wordkept.reading.language_model_service import Service

Reader = Literal["tagger", "rules", "none"] | Service
"""What reads; a service with a language model is sent the texts."""
READINGS = "readings"
"""The folder of a case in which readings stand under their hash."""
PLACES = "gazetteer"
"""The folder of a case in which the places that its user added stand."""
MOST_READ_CHARACTERS = 2_000_000
"""Two long books; what is kept for each word of a longer text would not fit a weak laptop."""
MOST_READ_SECONDS = 600.0
"""An article takes a tenth of a second, and as much as may be read some minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one source needs to be taken in: plain values, so that another process may have it."""

    source: str
    """As the user named it."""
    path: Path
    folder: Path
    """The case's."""
    provenance: Provenance
    page: str | None
    country: str | None
    actors: tuple[Actor, ...]
    reader: Reader
    threads: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it; the ledger knows nothing of it yet."""

    work: Work
    taken: TakenIn
    reading: Reading | None = None
    stored: str = ""
    """The SHA-256 of the reading's file."""
    problems: tuple[Problem, ...] = ()
    ours: bool = False
    """Whether a problem is a fault of wordkept."""


def do(work: Work) -> Done:
    """One source captured, its text kept, and read; what goes wrong with it is told, not raised."""
    taken = TakenIn(source=work.path, document=None, extracted=None)
    try:
        taken = take_in(work.path, work.folder / "documents", work.provenance, page=work.page)
        if work.reader == "none" or taken.extracted is None or taken.document is None:
            return Done(work=work, taken=taken, problems=taken.problems)
        with within(MOST_READ_SECONDS):
            reading = _read(work, taken)
        return Done(work=work, taken=taken, reading=reading, stored=_kept(work.folder, reading))
    except WordkeptError as failure:
        return Done(work=work, taken=taken, problems=failure.problems)
    except OutOfTime:
        what = f"reading it took over {MOST_READ_SECONDS:.0f} seconds, and was given up"
        return Done(work=work, taken=taken, problems=(_too_much(work, what),))
    except MemoryError:
        what = "its text does not fit into memory"
        return Done(work=work, taken=taken, problems=(_too_much(work, what),))
    except Exception as failure:  # noqa: BLE001  one document that trips us must not stop the others
        return Done(work=work, taken=taken, problems=(_ours(work, failure),), ours=True)


def _read(work: Work, taken: TakenIn) -> Reading:
    from wordkept.reading.reader import Context, read_text

    if taken.extracted is None or taken.document is None:
        raise ValueError("there is no text to be read")
    text = taken.extracted.text
    if len(text) > MOST_READ_CHARACTERS:
        what = f"its text is captured, and too long to be read ({len(text):,} characters)"
        raise WordkeptError(_too_much(work, what))
    context = Context(published=taken.document.published, country=work.country, actors=work.actors)
    if isinstance(work.reader, Service):
        from wordkept.reading.language_model import read_with_model

        return read_with_model(text, context, work.reader, gazetteer_at_hand(work.folder))
    tagger = tagger_at_hand(work.threads) if work.reader == "tagger" else None
    return read_text(text, context, tagger=tagger, gazetteer=gazetteer_at_hand(work.folder))


def _kept(folder: Path, reading: Reading) -> str:
    """The name of the reading's file, once it stands on the disk."""
    content = canonical(reading)
    identity = bytes_id(content)
    path = folder / READINGS / f"{identity}.json"
    with writing(folder):
        path.parent.mkdir(exist_ok=True)
        if path.is_file() and path.read_bytes() == content:
            return identity
        part = path.with_name(f".{identity}-{os.getpid()}.part")
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    return identity


def _too_much(work: Work, what: str) -> Problem:
    return Problem(what=what, where=work.source,
                   remedy="cut it into parts, and read each of them")  # fmt: skip


def _ours(work: Work, failure: Exception) -> Problem:
    trace, place = failure.__traceback__, "unknown"
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        if "wordkept" in path:
            place = f"{path.rpartition('wordkept/')[2]}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return Problem(
        what=f"this is our fault: {type(failure).__name__}: {failure} ({place})",
        where=work.source,
        remedy="report it with this text; the other documents are not touched by it",
    )


@cache
def tagger_at_hand(threads: int) -> Any:
    """The tagger that ships, loaded once a process; None where it cannot be."""
    from wordkept.reading.tagger import shipped

    return shipped(threads)


def tagger_lacks() -> str | None:
    """What keeps the tagger from being loaded here, in words; None where it is at hand."""
    from wordkept.reading.tagger import lacking

    return lacking(1 if parent_process() else 2)


def reader_name(reader: Reader) -> str:
    """By what name readings say that this reader made them."""
    if isinstance(reader, Service):
        return reader.reader
    from wordkept.reading.reader import RULES, TAGGER

    return {"tagger": TAGGER, "rules": RULES, "none": ""}[reader]


def gazetteer_at_hand(folder: Path) -> Any:
    """The gazetteer with the places that were added to a case, opened once as they stand."""
    added = sorted((folder / PLACES).glob("*.places"))
    return _gazetteer(folder / PLACES, tuple((one, one.stat().st_mtime_ns) for one in added))


@cache
def _gazetteer(places: Path, _as_of: tuple[tuple[Path, int], ...]) -> Any:
    from wordkept.reading.gazetteer import Gazetteer

    return Gazetteer.load(places if places.is_dir() else None)


def begin() -> None:
    """Makes a process one of several at work: it ends with the one that started it, and by it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that is killed cannot tell its processes to end: they would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
