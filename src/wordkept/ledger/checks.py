"""What is wrong with a ledger's file, and with the files that its entries vouch for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath

from wordkept.errors import CaseError, Problem
from wordkept.ids import file_id
from wordkept.ledger.canonical import canonical, parsed
from wordkept.ledger.chain import breaks
from wordkept.ledger.database import check_marks
from wordkept.ledger.entries import Entry
from wordkept.ledger.stored import Snapshot, Stored, differences, rewritten, snapshot

RESTORE = "restore it from a copy made before"
CLASSES = {"number": "integer"}
"""The storage class of a field, where it is not text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLedger:
    """What a check of the ledger's own file found."""

    entries: tuple[Entry, ...]
    """As they stand, those at fault among them."""
    broken: int
    """How many of them are at fault."""
    accounted: bool
    """Whether the file is, byte for byte, what its entries make."""
    faults: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFiles:
    """What a check of the files that entries vouch for found."""

    named: int
    """How many files the entries vouch for."""
    sound: int
    replaced: int
    """How many earlier contents of these files can no longer be checked."""
    faults: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def check_ledger(path: Path) -> CheckedLedger:
    """What is wrong with the ledger's own file, each entry at fault named by its number."""
    try:
        check_marks(path, read_only=True)
        found = snapshot(path)
    except CaseError as error:
        return CheckedLedger(entries=(), broken=0, accounted=False, faults=error.problems)
    read = [_entry(row, place) for place, row in enumerate(found.rows, start=1)]
    entries = tuple(entry for entry, _ in read)
    wrong = {entry.number: what for entry, what in read if what}
    for entry, what in breaks(entries):
        wrong.setdefault(entry.number, what)
    at_fault = tuple(
        Problem(what=wrong[entry.number], where=_place(path, entry), remedy=RESTORE)
        for entry in entries
        if entry.number in wrong
    )
    expected = rewritten(() if at_fault else found.rows)
    faults = (*at_fault, *_structure(path, found, expected), *found.unreadable)
    layout = () if faults else tuple(_layout(path, found.image, expected.image))
    return CheckedLedger(
        entries=entries,
        broken=len(at_fault),
        accounted=not faults and not layout,
        faults=faults,
        notes=(*layout, *_clocks(path, entries)),
    )


def check_files(entries: Iterable[Entry], folder: Path, *, watched: Sequence[str]) -> CheckedFiles:
    """What is wrong with the files that entries vouch for, as the last entry of each has it.

    A file in a watched folder that no entry names is worth knowing, and no fault.
    """
    named: dict[str, tuple[str, Entry]] = {}
    earlier = set()
    for entry in entries:
        for name, identity in _vouched(entry):
            if name in named and named[name][0] != identity:
                earlier.add((name, named[name][0]))
            named[name] = (identity, entry)
    faults = tuple(
        Problem(what=what, where=name, remedy=RESTORE)
        for name, (identity, entry) in named.items()
        if (what := _wrong_file(folder, name, identity, entry))
    )
    notes = tuple(
        Problem(
            what="no entry of the ledger names this file",
            where=name,
            remedy="it may be left over from work that was cut off: if you do not know it, "
            "move it out of the case",
        )
        for name in _standing(folder, watched)
        if name not in named
    )
    return CheckedFiles(
        named=len(named),
        sound=len(named) - len(faults),
        replaced=len(earlier),
        faults=faults,
        notes=notes,
    )


def _entry(row: Stored, place: int) -> tuple[Entry, str]:
    wrong = [name for name, (held, _) in row.items() if held != CLASSES.get(name, "text")]
    texts = {name: held.decode(errors="replace") for name, (_, held) in row.items()}
    wrong += [name for name, (_, held) in row.items() if texts[name].encode() != held]
    try:
        payload = parsed(texts["payload"])
        unlike = canonical(payload) != row["payload"][1] or not isinstance(payload, dict)
    except (ValueError, RecursionError):
        payload, unlike = {}, True
    if unlike:
        wrong.append("payload")
    number = place if "number" in wrong else int(texts["number"])
    entry = Entry(**{**texts, "number": number, "payload": payload})
    return entry, f"its {wrong[0]} is not as it was written" if wrong else ""


def _place(path: Path, entry: Entry) -> str:
    return f"{path.name}, entry {entry.number}"


def _structure(path: Path, found: Snapshot, expected: Snapshot) -> Iterator[Problem]:
    for complaint in found.complaints:
        yield Problem(what=f"SQLite says of the file: {complaint}", where=path.name, remedy=RESTORE)
    if found.schema != expected.schema:
        ours = {row[2]: row for row in expected.schema}
        theirs = {row[2]: row for row in found.schema}
        names = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
        yield Problem(
            what="its tables and triggers are not those that wordkept writes: "
            + ", ".join(map(str, names)),
            where=path.name,
            remedy=RESTORE,
        )


def _layout(path: Path, found: bytes, expected: bytes) -> Iterator[Problem]:
    places = differences(found, expected)
    if not places and found[24:28] != found[92:96]:
        places = [24]
    if places:
        yield Problem(
            what=f"bytes of the file are not as wordkept writes them ({len(places)}, the first at "
            f"{places[0]}); no entry is touched by it",
            where=path.name,
            remedy="the file was damaged where it holds nothing, or written by another program "
            f"or another version of SQLite; {RESTORE} if you can",
        )


def _clocks(path: Path, entries: Sequence[Entry]) -> Iterator[Problem]:
    for before, after in pairwise(entries):
        if after.at < before.at:
            yield Problem(
                what=f"it says that it was made ({after.at}) before the entry before it "
                f"({before.at})",
                where=_place(path, after),
                remedy="one of the two clocks was wrong: rest nothing on these times",
            )


def _vouched(entry: Entry) -> Iterator[tuple[str, str]]:
    files = entry.payload.get("files", {}) if isinstance(entry.payload, dict) else {}
    if isinstance(files, dict):
        yield from ((name, str(identity)) for name, identity in files.items())


def _wrong_file(folder: Path, name: str, identity: str, entry: Entry) -> str:
    inside = PurePosixPath(name)
    if inside.is_absolute() or ".." in inside.parts or "\\" in name:
        return f"entry {entry.number} names a file outside the case"
    path = folder / inside
    if not path.is_file():
        return f"the file is missing (entry {entry.number}, {entry.kind}, {entry.at})"
    try:
        changed = file_id(path) != identity
    except OSError as failure:
        return f"the file cannot be read: {failure.strerror}"
    since = f"entry {entry.number} ({entry.kind}, {entry.at})"
    return f"the file has changed since {since}" if changed else ""


def _standing(folder: Path, watched: Sequence[str]) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for name in watched
        for path in (folder / name).rglob("*")
        if not path.is_dir()
    )
