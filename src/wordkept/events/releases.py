"""Releases: one version of a dataset, kept as Parquet under the SHA-256 of the file it came in.

How it is kept, whole or as what changed since the one before, is `events/keeping.py`'s to say.
"""

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
from wordkept.events import engine, intake, keeping, mapping, receipt, recognise, succession
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
    earlier: tuple[Release, ...] = ()
    """What the case holds already, in the order in which it was loaded."""
    confirmed: bool = False
    """Whether a release that cannot well follow those before it is loaded all the same."""
    progress: Callable[[str, int, int], None] = _silent
    """Told the stage (of STAGES), how much of it is done, and how much there is."""
    tell: Callable[[str], None] = _unheard
    """Told, in sentences, what was odd about the file but no fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Where releases stand, and DuckDB, which keeps them whatever engine judged them."""

    events: Path
    connection: Any


def parquet_path(folder: Path, release: str) -> Path:
    """Where the events of a release stand that is kept whole."""
    return keeping.whole_path(folder, release)


def load_release(source: Path, folder: Path, options: LoadOptions) -> Release:
    """The release that a file holds, written to `folder` under the SHA-256 of the file.

    Its Parquet, of all rows or of what changed, appears whole or not at all, and its bytes depend
    on the input and the releases before alone. Raises InputError where the file is at fault, or
    cannot well follow those before it; CaseError where the release cannot be written.
    """
    working = engine.started(options.engine)
    try:
        with _disk_problems(folder), working.workspace(folder) as space:
            taken = take_in(source, working.files, workspace=Path(space), options=options)
            judged, read = _judge(taken, Path(space), working, options)
            release = _fingerprint(source, options)
            part = _part(folder, release)
            try:
                _write(working.stored_here(judged), part, options, read=read, files=working.files)
                counted = _counted(working.stored(judged), read)
                if counted.loaded == 0:
                    raise InputError(_nothing_loaded(counted, source))
                before = _before(taken.dataset.name, release, options)
                _check_follows(counted.loaded, before, options)
                at = Folder(events=folder, connection=working.files)
                parquet = _keep(part, release, before, at, options)
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
    options.progress("read", 0, 1)
    beside = mapping.beside(source) if options.mapping is None else options.mapping
    mapped = mapping.read_mapping(beside) if beside is not None else None
    taken = intake.take_in(
        source,
        connection,
        datasets=_candidates(mapped, options.dataset),
        workspace=workspace,
        sheet=options.sheet,
    )
    options.progress("read", 1, 1)
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
    try:
        path = keeping.stored_path(folder, release.id, release.parquet)
    except CaseError as error:
        raise damaged(release, error) from error
    if path == keeping.whole_path(folder, release.id):
        return engine.read_parquet(connection, path, EVENT.names)
    links = keeping.chain(folder, release.id, release.parquet)
    if connection.name == engine.EMBEDDED:
        return keeping.rows_of(links, folder, connection)
    with _disk_problems(folder):
        plain = keeping.plain_file(links, folder)
    return engine.read_parquet(connection, plain).select(*EVENT.names)


def damaged(release: Release, error: CaseError) -> CaseError:
    """What to say of a release whose own file is gone, changed or unreadable."""
    (problem,) = error.problems
    again = f"move it away and load {release.file_name} again"
    remedy = f"{again}; wordkept verify shows what else has changed"
    where = f"{problem.where} ({release.title})"
    return CaseError(Problem(what=problem.what, where=where, remedy=remedy))


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


def _before(dataset: str, release: str, options: LoadOptions) -> tuple[Release, ...]:
    """The releases of the same dataset that the case holds, in the order of their loading."""
    return tuple(one for one in options.earlier if one.dataset == dataset and one.id != release)


def _check_follows(loaded: int, before: tuple[Release, ...], options: LoadOptions) -> None:
    if not before:
        return
    problems = tuple(succession.problems(loaded, options.stated, before))
    if problems and not options.confirmed:
        raise InputError(*problems)
    for problem in problems:
        options.tell(f"confirmed: {problem.what}.")


def _keep(
    part: Path, release: str, before: tuple[Release, ...], at: Folder, options: LoadOptions
) -> str:
    """The SHA-256 of the file that the release is kept in, whole or as what changed."""
    whole = keeping.whole_path(at.events, release)
    changes = keeping.changes_path(at.events, release)
    if changes.exists() and not options.replace:
        if keeping.holds(changes, release, part):
            return ids.file_id(changes)
        raise _read_otherwise(changes)
    recipe = at.events / f".{changes.name}.part"
    try:
        if before and _kept_as_changes(part, recipe, before, at, options):
            parquet = _put(recipe, changes, options)
            whole.unlink(missing_ok=True)
            keeping.keep_opened(part, at.events, release)
        else:
            parquet = _put(part, whole, options)
            changes.unlink(missing_ok=True)
    finally:
        recipe.unlink(missing_ok=True)
    keeping.sweep_opened(at.events, [one.id for one in before[:-1]])
    return parquet


def _kept_as_changes(
    part: Path, recipe: Path, before: tuple[Release, ...], at: Folder, options: LoadOptions
) -> bool:
    """Whether the release was written to `recipe` as what changed; what is odd in it is told."""
    last = before[-1]
    try:
        links = keeping.chain(at.events, last.id, last.parquet)
    except CaseError as error:
        options.tell(
            "the release before this one cannot be read, so this one is kept whole and is not "
            f"compared with it: {error.problems[0].what} ({error.problems[0].where})."
        )
        return False
    rows = keeping.rows_of(links, at.events, at.connection)
    after = engine.read_parquet(at.connection, part)
    gone = succession.gone(before, at.events, at.connection)
    for remark in succession.remarks(rows, after, gone):
        options.tell(remark)
    return keeping.keep_changes(part, links, rows, recipe, at.connection) is not None


def _put(part: Path, final: Path, options: LoadOptions) -> str:
    """The SHA-256 of what stands under the final name; a release that is there stays as it is."""
    parquet = ids.file_id(part)
    if final.exists():
        there = ids.file_id(final)
        if there == parquet:
            return parquet
        if not options.replace:
            raise _read_otherwise(final)
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(final)
    _sync_folder(final.parent)
    return parquet


def _read_otherwise(final: Path) -> CaseError:
    what = "this file was loaded before, and read otherwise: a release is never rewritten"
    remedy = "use the mapping of the first time; or load it into a new case"
    return CaseError(Problem(what=what, where=str(final), remedy=remedy))


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
