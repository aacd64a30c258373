"""How a release is kept: whole, or as what changed since the one that was loaded before it.

A whole release is one Parquet file, `<id>.parquet`. A release kept as changes is
`<id>.changes.parquet`, which read in order is the recipe of the release: a row that says something
new, or a stretch of rows carried over from the release before (`carried_from` to `carried_to`, by
their row there, each moved by `shift`). It names its parent by id and by hash, so that the hash of
the last file vouches for all it is made from. Neither is ever rewritten.
"""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from pyarrow import parquet

from wordkept import ids
from wordkept.errors import CaseError, Problem
from wordkept.events import engine
from wordkept.events.fingerprint import rows_id
from wordkept.events.schema import EVENT

CONTENT = tuple(name for name in EVENT.names if name != "row")
"""What a row says; which row of its file it was is another matter."""
RECIPE = ("carried_from", "carried_to", "shift")
LONGEST_CHAIN = 36
"""Three years of months: to open the newest, each file between it and the whole one is read."""
SMALL_BYTES = 1 << 16
"""A release smaller than this is kept whole: one plain file is worth more than the bytes saved."""
MOST_OF_WHOLE = 0.5
"""Changes that take more than this share of the bytes of the whole are not worth their recipe."""
MOST_TOGETHER = 1.0
"""Where all the changes since the last whole release would outgrow it, the next is whole again."""
MARK = "wordkept."
RESTORE = "restore it from a copy; or move it away and load again the file that it came from"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One file of those that a release is made from."""

    path: Path
    release: str
    parent: str | None = None
    """The release that it carries rows over from; None of one that is whole."""
    parent_file: str | None = None
    """The SHA-256 of the parent's file."""
    rows: str | None = None
    """The fingerprint of all rows of the release, where it is kept as changes."""
    whole: str | None = None
    """The SHA-256 of the Parquet file that it was while it was loaded."""


def whole_path(folder: Path, release: str) -> Path:
    """Where a release stands that is kept whole."""
    return folder / f"{release}.parquet"


def changes_path(folder: Path, release: str) -> Path:
    """Where a release stands that is kept as changes."""
    return folder / f"{release}.changes.parquet"


def opened_path(folder: Path, release: str) -> Path:
    """Where the newest release stands as one plain file beside its changes: it may be deleted."""
    return folder.parent / "opened" / f"{release}.parquet"


def stored_path(folder: Path, release: str, identity: str) -> Path:
    """The file that a release is kept in, of those there the one with this SHA-256.

    Raises CaseError where there is none, where it cannot be read, or where it has changed.
    """
    paths = [one for one in (changes_path(folder, release), whole_path(folder, release))
             if one.exists()]  # fmt: skip
    if not paths:
        raise _gone(whole_path(folder, release), "its file is gone")
    for path in paths:
        try:
            found = ids.file_id(path)
        except OSError as error:
            raise _gone(path, error.strerror or str(error)) from error
        if found == identity:
            return path
    what = "the file of a release has changed since it was written"
    raise CaseError(Problem(what=what, where=str(paths[0]), remedy=RESTORE))


def _gone(path: Path, why: str) -> CaseError:
    what = f"a release of the case cannot be read: {why}"
    return CaseError(Problem(what=what, where=str(path), remedy=RESTORE))


def chain(folder: Path, release: str, identity: str) -> tuple[Link, ...]:
    """The files that a release is made from, the whole one first; each is held to its hash."""
    found: list[Link] = []
    wanted: tuple[str, str] | None = (release, identity)
    while wanted is not None:
        link = _link(stored_path(folder, *wanted), wanted[0])
        found.append(link)
        wanted = (link.parent, link.parent_file) if link.parent and link.parent_file else None
    return tuple(reversed(found))


def _link(path: Path, release: str) -> Link:
    if not path.name.endswith(".changes.parquet"):
        return Link(path=path, release=release)
    try:
        metadata = parquet.read_metadata(path).metadata or {}
    except (OSError, pa.ArrowInvalid) as error:
        raise _gone(path, str(error)) from error
    said = {key.decode(): value.decode() for key, value in metadata.items()
            if key.decode().startswith(MARK)}  # fmt: skip
    names = ("parent", "parent_file", "rows", "whole")
    return Link(path=path, release=release, **{name: said[MARK + name] for name in names})


def rows_of(links: Sequence[Link], folder: Path, connection: Any) -> ir.Table:
    """The events that a chain of files makes: of their plain file where there is one, or made."""
    link = links[-1]
    plain = opened_path(folder, link.release)
    try:
        if link.whole is not None and ids.file_id(plain) == link.whole:
            return engine.read_parquet(connection, plain).select(*EVENT.names)
    except OSError:
        pass
    return made_of(links, connection)


def plain_file(links: Sequence[Link], folder: Path) -> Path:
    """The plain file of a release that is kept as changes, made anew by DuckDB where it is gone.

    For an engine that cannot make a release of its changes. It stands where the workers of a
    cluster see it, beside the folder of the releases.
    """
    link = links[-1]
    plain = opened_path(folder, link.release)
    if plain.exists() and ids.file_id(plain) == link.whole:
        return plain
    plain.parent.mkdir(exist_ok=True)
    part = plain.with_name(f".{plain.name}.{os.getpid()}.part")
    connection = engine.connect()
    try:
        with tempfile.TemporaryDirectory(prefix="wordkept-") as space:
            made = Path(space) / "made.parquet"
            engine.write_parquet(connection, made_of(links, connection), made, "snappy")
            # From Parquet, as a load writes it: so its bytes are those whose hash is known.
            rows = engine.read_parquet(connection, made).order_by("row")
            engine.write_parquet(connection, rows, part)
        part.replace(plain)
    finally:
        connection.disconnect()
        part.unlink(missing_ok=True)
    return plain


def holds(changes: Path, release: str, whole: Path) -> bool:
    """Whether a file of changes is of a release that was, as one file, this one."""
    return _link(changes, release).whole == ids.file_id(whole)


def keep_opened(plain: Path, folder: Path, release: str) -> None:
    """Puts the release's plain file where `open_changes` finds it; that it fails is no fault."""
    final = opened_path(folder, release)
    try:
        final.parent.mkdir(exist_ok=True)
        plain.replace(final)
    except OSError:
        final.unlink(missing_ok=True)


def sweep_opened(folder: Path, releases: Sequence[str]) -> None:
    """Removes the plain files of releases that are no longer the newest."""
    for release in releases:
        with suppress(OSError):
            opened_path(folder, release).unlink(missing_ok=True)


def made_of(links: Sequence[Link], connection: Any) -> ir.Table:
    """The events that a chain of files makes, in the order of the file they came from."""
    if len(links) == 1:
        return engine.read_parquet(connection, links[0].path).select(*EVENT.names)
    places = engine.held(connection, _places(links))
    files = engine.read_parquets(connection, [link.path for link in links])
    joined = files.join(places, [files.file == places.file, files.row == places.was])
    told = {name: files[name] for name in CONTENT}
    return joined.select(row=places.row, **told).order_by("row").select(*EVENT.names)


def _places(links: Sequence[Link]) -> pa.Table:
    """Of each row of the release: which file it stands in, and which row it is there."""
    rows = _column(links[0].path, "row")
    files, was = np.zeros(len(rows), dtype=np.int32), rows
    for number, link in enumerate(links[1:], start=1):
        recipe = parquet.read_table(link.path, columns=["row", *RECIPE])
        runs = recipe.filter(pa.compute.is_valid(recipe["carried_from"]))
        first, last, shift = (runs[name].to_numpy() for name in RECIPE)
        order = np.argsort(first, kind="stable")
        first, last, shift = first[order], last[order], shift[order]
        new = recipe["row"].drop_null().to_numpy()
        if len(first):
            run = np.searchsorted(first, rows, side="right") - 1
            carried = (run >= 0) & (rows <= last[run])
            rows = rows[carried] + shift[run[carried]]
            files, was = files[carried], was[carried]
        else:
            rows, files, was = rows[:0], files[:0], was[:0]
        rows = np.concatenate([rows, new])
        was = np.concatenate([was, new])
        files = np.concatenate([files, np.full(len(new), number, dtype=np.int32)])
    return pa.table({"file": files, "was": was, "row": rows})


def _column(path: Path, name: str) -> Any:
    return parquet.read_table(path, columns=[name])[name].to_numpy()


def keep_changes(
    whole: Path, parents: Sequence[Link], before: ir.Table, to: Path, connection: Any
) -> str | None:
    """The SHA-256 of `to`, where a release was written as changes; None where whole is better.

    `whole` is the release as one file; `parents` and `before` are the chain of the release before,
    and its events. What was written is read back and held against the whole, row for row, before
    it is believed.
    """
    if len(parents) >= LONGEST_CHAIN or whole.stat().st_size < SMALL_BYTES:
        return None
    after = engine.read_parquet(connection, whole).select(*EVENT.names)
    parent = parents[-1]
    facts = {
        "parent": parent.release,
        "parent_file": ids.file_id(parent.path),
        "rows": rows_id(after, connection),
        "whole": ids.file_id(whole),
    }
    told = {MARK + name: value for name, value in facts.items()}
    engine.write_parquet(connection, _recipe(before, after, connection), to, said=told)
    size, written = whole.stat().st_size, to.stat().st_size
    together = sum(link.path.stat().st_size for link in parents[1:]) + written
    small = written <= MOST_OF_WHOLE * size
    if not small or together > MOST_TOGETHER * parents[0].path.stat().st_size:
        return None
    link = Link(path=to, release="", **facts)
    same = rows_id(made_of((*parents, link), connection), connection) == facts["rows"]
    return ids.file_id(to) if same else None


def _recipe(before: ir.Table, after: ir.Table, connection: Any) -> ir.Table:
    """What makes the rows after from those before, in order."""
    pairs = engine.held(connection, _pairs(before, after))
    new = after.anti_join(pairs, "row")
    nothing = {name: ibis.null("int64") for name in RECIPE}
    told = new.mutate(**nothing, at=new.row)
    runs = _runs(pairs)
    empty = {name: ibis.null(EVENT[name]) for name in EVENT.names}
    carried = runs.mutate(**empty, at=runs.carried_from + runs["shift"])
    names = (*EVENT.names, *RECIPE, "at")
    return ibis.union(told.select(*names), carried.select(*names)).order_by("at").drop("at")


def _pairs(before: ir.Table, after: ir.Table) -> ir.Table:
    """Rows that say the same before and after, one with one: `was`, its `place` there, `row`."""
    was, now = _told(before), _told(after)
    pairs = was.join(now, [was.says == now.says, was.nth == now.nth])
    return pairs.select(was=was.row, place=was.place, row=now.row)


def _told(events: ir.Table) -> ir.Table:
    """Each row by a hash of what it says, and which of those that say the same it is."""
    says = ibis.struct({name: events[name] for name in CONTENT}).hash()
    rows = events.select("row", says=says)
    among = ibis.window(group_by="says", order_by="row")
    return rows.mutate(
        nth=ibis.row_number().over(among), place=ibis.row_number().over(order_by="row")
    )


def _runs(pairs: ir.Table) -> ir.Table:
    """Stretches in which nothing came between, before or after."""
    in_order = ibis.window(order_by="row")
    moved = pairs.mutate(shift=pairs.row - pairs.was)
    follows = (moved.place - moved.place.lag().over(in_order) == 1) & (
        moved["shift"] == moved["shift"].lag().over(in_order)
    )
    begun = moved.mutate(begins=(~follows.fill_null(False)).cast("int64"))
    numbered = begun.mutate(run=begun.begins.sum().over(ibis.cumulative_window(order_by="row")))
    return (
        numbered.group_by("run")
        .aggregate(
            carried_from=numbered.was.min(),
            carried_to=numbered.was.max(),
            shift=numbered["shift"].min(),
        )
        .select(*RECIPE)
    )


def check_kept(kept: Sequence[tuple[str, str]], folder: Path) -> tuple[int, tuple[Problem, ...]]:
    """How many releases are kept as changes, and those that no longer make what was loaded.

    `kept` has the id and the SHA-256 of the file of each. Those whose own files are missing or
    changed are passed over: the ledger's check of files names them.
    """
    checked, faults = 0, []
    connection = engine.connect()
    try:
        for release, identity in kept:
            if not changes_path(folder, release).exists():
                continue
            try:
                links = chain(folder, release, identity)
            except CaseError:
                continue
            checked += 1
            if rows_id(made_of(links, connection), connection) != links[-1].rows:
                what = "the changes of a release do not make the rows that were loaded"
                where = changes_path(folder, release).name
                remedy = "restore the folder events/ from a copy made before"
                faults.append(Problem(what=what, where=where, remedy=remedy))
    finally:
        connection.disconnect()
    return checked, tuple(faults)
