"""A case as it was entered passes; whatever was changed since is named."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wordkept.errors import CaseError
from wordkept.ids import file_id
from wordkept.ledger.chain import following
from wordkept.ledger.entries import Draft, Entry
from wordkept.ledger.journal import Ledger, _row
from wordkept.ledger.stored import COUNTERS
from wordkept.ledger.tables import SCHEMA
from wordkept.ledger.verify import Verification, verify

AT = "2026-11-23T04:05:06Z"
TEXT_COLUMNS = ("kind", "payload", "at", "who", "previous", "hash")
few = settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def keep(case: Path, name: str, content: bytes) -> dict[str, str]:
    path = case / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return {name: file_id(path)}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    with Ledger.open(folder / "ledger.sqlite", create=True) as ledger:
        ledger.append("case", {"name": "a case"}, who="a test", at=AT)
        said = keep(folder, "documents/said", "We will leave by May. وقف إطلاق النار".encode())
        ledger.append("capture", {"files": said}, who="a test", at=AT)
        rows = keep(folder, "events/rows.parquet", bytes(range(256)) * 20)
        ledger.append("release", {"files": rows, "x": "é" * 4000}, who="a test", at=AT)
        page = keep(folder, "dossier/index.html", b"<p>kept</p>")
        ledger.append("dossier", {"files": page}, who="a test", at=AT)
    return folder


def check(case: Path, *, noted_head: str | None = None) -> Verification:
    return verify(case / "ledger.sqlite", folder=case, noted_head=noted_head)


@contextmanager
def flipped(path: Path, place: int, bit: int) -> Iterator[None]:
    content = path.read_bytes()
    changed = bytearray(content)
    changed[place % len(content)] ^= 1 << bit
    path.write_bytes(changed)
    try:
        yield
    finally:
        path.write_bytes(content)


@contextmanager
def raw(case: Path) -> Iterator[sqlite3.Connection]:
    """The ledger without its triggers, as someone who tampers would have it; then with them."""
    path = case / "ledger.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in triggers:
            connection.execute(sql)


def entries(case: Path) -> tuple[Entry, ...]:
    with Ledger.open(case / "ledger.sqlite") as ledger:
        return ledger.entries()


def test_a_case_as_entered_is_sound_and_says_what_that_proves(case: Path) -> None:
    found = check(case)
    assert found.sound
    assert (found.faults, found.notes) == ((), ())
    assert (found.entries, found.files) == (4, 3)
    assert found.head == entries(case)[-1].hash
    proven = " ".join(found.proven)
    assert "4 entries stand as entered" in proven
    assert f"the head is {found.head}." in proven
    assert "3 of 3 files" in proven
    assert "every byte is what these entries make" in proven
    not_proven = " ".join(found.not_proven)
    for word in ("is true", "times and names", "rewritten as a whole", "Note the head"):
        assert word in not_proven


@few
@given(
    name=st.sampled_from(["documents/said", "events/rows.parquet", "dossier/index.html"]),
    place=st.integers(0, 10_000),
    bit=st.integers(0, 7),
)
def test_any_flipped_bit_of_a_file_is_named(case: Path, name: str, place: int, bit: int) -> None:
    with flipped(case / name, place, bit):
        (fault,) = check(case).faults
    assert fault.where == name
    assert "changed since entry" in fault.what


@few
@given(
    number=st.integers(1, 4),
    column=st.sampled_from(TEXT_COLUMNS),
    place=st.integers(0, 10_000),
    bit=st.integers(0, 7),
)
def test_any_flipped_bit_of_an_entry_is_named(
    case: Path, number: int, column: str, place: int, bit: int
) -> None:
    where = f"FROM entries WHERE number = {number}"
    with raw(case) as connection:
        cell = f"SELECT CAST({column} AS BLOB), number {where}"
        ((content, _),) = connection.execute(cell).fetchall()
        changed = bytearray(content)
        changed[place % len(content)] ^= 1 << bit
        update = f"UPDATE entries SET {column} = CAST(? AS TEXT) WHERE number = {number}"
        connection.execute(update, (bytes(changed),))
    try:
        found = check(case)
        assert f"ledger.sqlite, entry {number}" in {fault.where for fault in found.faults}
        assert not found.sound
    finally:
        with raw(case) as connection:
            connection.execute(update, (content,))


def test_any_flipped_byte_of_the_ledgers_file_is_named(case: Path) -> None:
    path = case / "ledger.sqlite"
    size = path.stat().st_size
    chance = random.Random(20160315)  # noqa: S311  chooses places
    places = [*chance.sample(range(100), 50), *chance.sample(range(100, size), 50)]
    unnamed = []
    for place in places:
        with flipped(path, place, chance.randrange(8)):
            found = check(case)
            if not found.faults and not found.notes:
                unnamed.append(place)
    assert set(unnamed) <= set(COUNTERS[8:]), "only the version of SQLite may go unnoticed"


def test_bytes_after_the_end_of_the_ledger_are_named(case: Path) -> None:
    with (case / "ledger.sqlite").open("ab") as stream:
        stream.write(b"\0" * 4096)
    (note,) = check(case).notes
    assert "are not as wordkept writes them" in note.what


def test_verifying_changes_nothing_in_the_case(case: Path) -> None:
    with (case / "ledger.sqlite").open("ab") as stream:
        stream.write(b"x")
    before = {path: path.stat().st_mtime_ns for path in case.rglob("*")}
    content = (case / "ledger.sqlite").read_bytes()
    check(case)
    assert {path: path.stat().st_mtime_ns for path in case.rglob("*")} == before
    assert (case / "ledger.sqlite").read_bytes() == content


def test_an_entry_rewritten_with_its_hash_is_found_at_the_next(case: Path) -> None:
    second = entries(case)[1]
    first = entries(case)[0]
    other = following(first, Draft(kind="capture", payload={}), who="other", at=AT)
    assert other.hash != second.hash
    with raw(case) as connection:
        connection.execute(
            "UPDATE entries SET payload = :payload, who = :who, hash = :hash WHERE number = 2",
            _row(other),
        )
    assert [fault.where for fault in check(case).faults] == ["ledger.sqlite, entry 3"]


def test_a_payload_respaced_without_a_change_of_meaning_is_found(case: Path) -> None:
    with raw(case) as connection:
        connection.execute("UPDATE entries SET payload = payload || ' ' WHERE number = 1")
    (fault,) = check(case).faults
    assert (fault.where, fault.what) == (
        "ledger.sqlite, entry 1",
        "its payload is not as it was written",
    )


@pytest.mark.parametrize("column", TEXT_COLUMNS)
@pytest.mark.parametrize("value", ["NULL", "CAST({} AS BLOB)", "7"])
def test_a_field_that_is_no_longer_text_is_found(case: Path, column: str, value: str) -> None:
    with raw(case) as connection:
        # the file as a flipped type byte leaves it: SQLite itself would not let this be written
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'TEXT NOT NULL', '')")
        connection.execute("PRAGMA writable_schema = RESET")
        connection.execute(f"UPDATE entries SET {column} = {value.format(column)} WHERE number = 2")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'entries'", (SCHEMA[0],))
        connection.execute("PRAGMA writable_schema = RESET")
    assert "ledger.sqlite, entry 2" in {fault.where for fault in check(case).faults}
    with pytest.raises(CaseError, match="entry 2 of the ledger is not as it was entered"):
        entries(case)


def test_a_key_that_is_no_longer_one_is_found(case: Path) -> None:
    path = case / "ledger.sqlite"
    path.write_bytes(path.read_bytes().replace(b"PRIMARY KEY", b"PRIMARX KEY"))
    assert "ledger.sqlite" in {fault.where for fault in check(case).faults}
    with Ledger.open(path) as ledger:
        with pytest.raises(CaseError):
            ledger.entries()
        with pytest.raises(CaseError):
            ledger.append("plan", {}, who="a test", at=AT)


def test_an_entry_taken_out_is_found(case: Path) -> None:
    with raw(case) as connection:
        connection.execute("DELETE FROM entries WHERE number = 2")
    assert "ledger.sqlite, entry 3" in {fault.where for fault in check(case).faults}


def test_triggers_taken_out_are_found(case: Path) -> None:
    with closing(sqlite3.connect(case / "ledger.sqlite")) as connection:
        connection.execute("DROP TRIGGER entries_keep")
        connection.execute("CREATE TABLE more (x)")
    (fault,) = check(case).faults
    assert fault.where == "ledger.sqlite"
    assert "entries_keep" in fault.what
    assert "more" in fault.what


def test_an_end_cut_off_is_found_by_the_noted_head_only(case: Path) -> None:
    head = entries(case)[-1].hash
    assert check(case, noted_head=head).sound
    with raw(case) as connection:
        connection.execute("DELETE FROM entries WHERE number = 4")
    found = check(case)
    assert not found.faults
    assert "cut off at its end" in " ".join(found.not_proven)
    found = check(case, noted_head=head)
    assert "is not in this chain" in found.faults[0].what


def test_an_older_noted_head_proves_what_came_before_it(case: Path) -> None:
    noted = entries(case)[1].hash
    found = check(case, noted_head=f" {noted.upper()}\n")
    assert found.sound
    assert "The noted head is entry 2" in " ".join(found.proven)
    assert "the entries after 2" in " ".join(found.not_proven)


def test_a_missing_file_is_a_fault_and_an_unknown_one_is_noted(case: Path) -> None:
    (case / "documents/said").unlink()
    keep(case, "events/left-over", b"x")
    found = check(case)
    assert [(fault.where, "missing" in fault.what) for fault in found.faults] == [
        ("documents/said", True)
    ]
    assert [note.where for note in found.notes] == ["events/left-over"]


def test_a_file_that_was_rebuilt_counts_as_last_entered(case: Path) -> None:
    with Ledger.open(case / "ledger.sqlite") as ledger:
        page = keep(case, "dossier/index.html", b"<p>not kept</p>")
        ledger.append("dossier", {"files": page}, who="a test", at=AT)
    found = check(case)
    assert found.sound
    assert found.files == 3
    assert "only their hashes are left" in " ".join(found.not_proven)


@pytest.mark.parametrize("name", ["../outside", "/etc/hostname", "a/../../b", "a\\b"])
def test_a_path_out_of_the_case_is_a_fault_and_not_read(case: Path, name: str) -> None:
    with Ledger.open(case / "ledger.sqlite") as ledger:
        ledger.append("capture", {"files": {name: "0" * 64}}, who="a test", at=AT)
    (fault,) = check(case).faults
    assert "outside the case" in fault.what


def test_a_clock_that_ran_backwards_is_noted(case: Path) -> None:
    with Ledger.open(case / "ledger.sqlite") as ledger:
        ledger.append("plan", {}, who="a test", at="2016-03-14T00:00:00Z")
    found = check(case)
    assert found.sound
    assert [note.where for note in found.notes] == ["ledger.sqlite, entry 5"]


def test_a_ledger_in_use_is_checked_with_what_was_just_written(case: Path) -> None:
    path = case / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as held:
        held.execute("SELECT * FROM entries").fetchall()
        with Ledger.open(path) as ledger:
            ledger.append("plan", {}, who="a test", at=AT)
        assert (case / "ledger.sqlite-wal").stat().st_size > 0
        found = check(case)
    assert (found.faults, found.notes, found.entries) == ((), (), 5)


def test_a_large_ledger_entered_in_any_portions_is_accounted_for(case: Path) -> None:
    chance = random.Random(7)  # noqa: S311  chooses sizes
    with Ledger.open(case / "ledger.sqlite") as ledger:
        for _ in range(12):
            drafts = [
                Draft(kind="judgement", payload={"x": "y" * chance.choice([3, 300, 3500, 9000])})
                for _ in range(chance.randint(1, 40))
            ]
            ledger.append_all(drafts, who="a test", at=AT)
            with pytest.raises(ValueError, match="nan"):
                ledger.append_all(
                    [*drafts, Draft(kind="plan", payload={"x": float("nan")})], who="a", at=AT
                )
    found = check(case)
    assert (found.faults, found.notes) == ((), ())
    assert "every byte is what these entries make" in " ".join(found.proven)


@pytest.mark.parametrize("content", [None, b"", b"not a ledger" * 1000])
def test_no_ledger_is_a_fault(case: Path, content: bytes | None) -> None:
    path = case / "ledger.sqlite"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    found = check(case)
    assert not found.sound
    assert found.head is None
    assert found.proven == ()


def test_an_empty_ledger_is_sound(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.sqlite", create=True):
        pass
    found = check(tmp_path)
    assert found.sound
    assert (found.entries, found.files, found.head) == (0, 0, None)
