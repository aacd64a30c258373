"""Releases: one version of a dataset, kept as Parquet under the SHA-256 of the file it came in."""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from wordkept import ids
from wordkept.errors import CaseError, InputError, Problem
from wordkept.events import engine, intake, mapping, receipt, recognise
from wordkept.events.harmonise import judge
from wordkept.events.schema import EVENT, Dataset
from wordkept.model import Receipt, Release

STAGES = ("read", "judge", "fingerprint", "write")
IDENTITY = ("layout", "title", "citation", "licence", "publication", "caveats")
REASONS_NAMED = 3
STALE_SECONDS = 3600
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def _unheard(_note: str) -> None:
    """A note that nobody reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """What a user may say about a file, beyond where it is."""

    loaded_at: str
    """UTC, ISO 8601."""
    mapping: Path | None = None
    """A TOML file that names the dataset, and says which column is which where none is known;
    left out, the one that stands beside the file (`ged.csv.toml`) is taken, if there is one."""
    dataset: str | None = None
    """The name of the dataset, where its columns would fit several."""
    stated: date | None = None
    """The date the publisher gives the release."""
    sheet: str | None = None
    engine: str | None = None
    """The address of the engine that judges the rows; without one, that which ships."""
    replace: bool = False
    """Whether Parquet that stands under this release already, and differs, may be replaced:
    only where no ledger entry names it."""
    progress: Callable[[str, int, int], None] = _silent
    """Told the stage (of STAGES), how much of it is done, and how much there is."""
    tell: Callable[[str], None] = _unheard
    """Told, in sentences, what was odd about the file but no fault."""


def parquet_path(folder: Path, release: str) -> Path:
    """Where the events of a release stand."""
    return folder / f"{release}.parquet"


def load_release(source: Path, folder: Path, options: LoadOptions) -> Release:
    """The release that a file holds, written to `folder` as `<SHA-256 of the file>.parquet`.

    The Parquet appears whole or not at all, and its bytes depend on the input alone. Raises
    InputError where the file is at fault, CaseError where the release cannot be written.
    """
    working = engine.started(options.engine)
    try:
        with _disk_problems(folder), working.workspace(folder) as space:
            options.progress("read", 0, 1)
            taken = take_in(source, working.files, workspace=Path(space), options=options)
            options.progress("read", 1, 1)
            judged, read = _judge(taken, Path(space), working, options)
            release = _fingerprint(source, options)
            part = _part(folder, release)
            try:
                _write(working.stored_here(judged), part, options, read=read, files=working.files)
                counted = _counted(working.stored(judged), read)
                if counted.loaded == 0:
                    raise InputError(_nothing_loaded(counted, source))
                parquet = _put(part, parquet_path(folder, release), options)
            finally:
                part.unlink(missing_ok=True)
    finally:
        working.close()
    identity = {name: getattr(taken.dataset, name) for name in IDENTITY}
    return Release(
        id=release,
        dataset=taken.dataset.name,
        **identity,
        file_name=source.name,
        loaded_at=options.loaded_at,
        stated=options.stated,
        parquet=parquet,
        receipt=counted,
    )


def _part(folder: Path, release: str) -> Path:
    """Where a release is written before it takes its name; what killed loads left goes first."""
    folder.mkdir(exist_ok=True)
    for left in folder.glob(".*.parquet.part"):
        if left.stat().st_mtime < time.time() - STALE_SECONDS:
            left.unlink(missing_ok=True)
    return folder / f".{release}.parquet.part"


def take_in(
    source: Path, connection: Any, *, workspace: Path, options: LoadOptions
) -> intake.Intake:
    """A file as it was read, under the name and terms that the options or its mapping give it."""
    beside = mapping.beside(source) if options.mapping is None else options.mapping
    mapped = mapping.read_mapping(beside) if beside is not None else None
    taken = intake.take_in(
        source,
        connection,
        datasets=_candidates(mapped, options.dataset),
        workspace=workspace,
        sheet=options.sheet,
    )
    for note in taken.notes:
        options.tell(note)
    if mapped is None:
        return taken
    return intake.Intake(
        table=taken.table, dataset=mapped.identify(taken.dataset), notes=taken.notes
    )


def open_release(release: Release, folder: Path, connection: Any) -> ir.Table:
    """The events of a release, in the schema EVENT, ordered by row of the file they came from.

    Raises CaseError where its Parquet is missing, or is not what the ledger says was written.
    """
    path = parquet_path(folder, release.id)
    where = f"{path} ({release.title})"
    again = f"load {release.file_name} again"
    try:
        found = ids.file_id(path)
    except OSError as error:
        what = "a release of the case cannot be read"
        said = f"{what}: {error.strerror}" if path.exists() else f"{what}: its file is gone"
        raise CaseError(Problem(what=said, where=where, remedy=again)) from error
    if found != release.parquet:
        what = "the file of a release has changed since it was written"
        remedy = f"move it away and {again}; wordkept verify shows what else has changed"
        raise CaseError(Problem(what=what, where=where, remedy=remedy))
    return engine.read_parquet(connection, path).select(*EVENT.names)


def _candidates(mapped: mapping.Mapping | None, name: str | None) -> tuple[Dataset, ...]:
    if mapped is not None and mapped.dataset is not None:
        return (mapped.dataset,)
    from wordkept.events.datasets import DATASETS

    if name is None:
        return tuple(DATASETS)
    return tuple(recognise.named(name, DATASETS, where="--dataset"))


def _judge(
    taken: intake.Intake, workspace: Path, working: engine.Engine, options: LoadOptions
) -> tuple[Path, int]:
    """Every row, judged once and stored, so that nothing is worked out twice; and how many."""
    read = int(taken.table.count().to_pyarrow().as_py())
    options.progress("judge", 0, read)
    path = workspace / "judged.parquet"
    raw = working.handed_over(taken.table, workspace)
    working.store(judge(raw, taken.dataset), path)
    options.progress("judge", read, read)
    return path, read


def _fingerprint(source: Path, options: LoadOptions) -> str:
    size = source.stat().st_size
    options.progress("fingerprint", 0, size)
    release = ids.file_id(source)
    options.progress("fingerprint", size, size)
    return release


def _write(judged: ir.Table, part: Path, options: LoadOptions, *, read: int, files: Any) -> None:
    """Writes the judged rows that were not set aside to `part`, in the order of the file."""
    options.progress("write", 0, read)
    engine.write_parquet(files, _loaded(judged).order_by("row"), part)
    options.progress("write", read, read)


def _counted(judged: ir.Table, read: int) -> Receipt:
    return receipt.receipt(_loaded(judged), judged, read=read)


def _loaded(judged: ir.Table) -> ir.Table:
    return judged.filter(judged.set_aside.isnull()).select(*EVENT.names)


def _put(part: Path, final: Path, options: LoadOptions) -> str:
    """The SHA-256 of what stands under the final name; a release that is there stays as it is."""
    parquet = ids.file_id(part)
    if final.exists():
        there = ids.file_id(final)
        if there == parquet:
            return parquet
        if not options.replace:
            raise CaseError(
                Problem(
                    what="this file was loaded before, and read otherwise: a release is never "
                    "rewritten",
                    where=str(final),
                    remedy="use the mapping of the first time; or load it into a new case",
                )
            )
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(final)
    _sync_folder(final.parent)
    return parquet


def _sync_folder(folder: Path) -> None:
    """Makes a rename last through a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _nothing_loaded(counted: Receipt, source: Path) -> Problem:
    reasons = [
        f"{reason.rows:,} because {reason.reason} ({reason.examples[0]})"
        for reason in counted.set_aside[:REASONS_NAMED]
    ]
    broken = all("is not a whole number" in reason.reason for reason in counted.set_aside)
    mend = "write whole numbers (of hours: minutes)" if broken else "mend these cells"
    return Problem(
        what=f"none of the {counted.read:,} rows can be loaded: " + "; ".join(reasons),
        where=source.name,
        remedy=f"{mend}; or, if the columns mean something else, write a mapping",
    )


@contextmanager
def _disk_problems(folder: Path) -> Iterator[None]:
    """Turns what the disk refuses, to us or to the engine, into words."""
    import duckdb

    try:
        yield
    except OSError as error:
        where = str(error.filename or folder)
        raise CaseError(_disk_problem(error.errno, error.strerror or str(error), where)) from error
    except duckdb.IOException as error:
        said = str(error).splitlines()[0]
        codes = (*FULL, *CLOSED)
        code = next((code for code in codes if os.strerror(code) in said), None)
        raise CaseError(_disk_problem(code, said, str(folder))) from error
    except duckdb.OutOfMemoryException as error:
        remedy = "close other programs, or load the file in parts"
        what = "there is not enough memory for this file"
        raise CaseError(Problem(what=what, where=str(folder), remedy=remedy)) from error


def _disk_problem(code: int | None, said: str, where: str) -> Problem:
    remedy = "check that the disk is there and whole"
    if code in FULL:
        remedy = "free some space and load the file again; nothing was half-written"
    elif code in CLOSED:
        remedy = "make the folder writable, or use a case that is"
    return Problem(what=f"the release cannot be written: {said}", where=where, remedy=remedy)
