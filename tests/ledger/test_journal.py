"""The journal takes entries after the last one, from one process or many, and nothing else."""

import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from wordkept.errors import CaseError
from wordkept.ledger import database
from wordkept.ledger.chain import BEFORE_THE_FIRST, breaks, content_hash
from wordkept.ledger.entries import Draft
from wordkept.ledger.journal import Ledger

AT = "2026-11-23T04:05:06Z"
NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "ledger.sqlite"
    with Ledger.open(place, create=True) as ledger:
        ledger.append("case", {"name": "a case"}, who="a test", at=AT)
        ledger.append("plan", {"pledge": "x", "plan": "0"}, who="a test", at=AT)
    return place


def three_lines(error: CaseError) -> str:
    (problem,) = error.problems
    assert problem.what
    assert problem.where
    assert problem.remedy
    assert len(str(problem).splitlines()) == 3
    return problem.what


def test_entries_are_numbered_chained_and_read_back(path: Path) -> None:
    with Ledger.open(path) as ledger:
        first, second = ledger.entries()
        assert ledger.head() == second
        assert ledger.entries("plan") == (second,)
    assert (first.number, first.previous) == (1, BEFORE_THE_FIRST)
    assert (second.number, second.previous) == (2, first.hash)
    assert second.payload == {"pledge": "x", "plan": "0"}
    assert second.hash == content_hash(second)


def test_the_hash_is_that_of_the_canonical_json_of_all_else(path: Path) -> None:
    with Ledger.open(path) as ledger:
        _, second = ledger.entries()
    text = (
        f'{{"at":"{AT}","kind":"plan","number":2,"payload":{{"plan":"0","pledge":"x"}},'
        f'"previous":"{second.previous}","who":"a test"}}'
    )
    assert second.hash == sha256(text.encode()).hexdigest()


def test_an_appended_entry_reads_back_equal(path: Path) -> None:
    payload = {
        "whole": 1.0,
        "far": 1e16,
        "text": "وقف إطلاق النار \u200f\r\n",
        "list": [None, True],
    }
    with Ledger.open(path) as ledger:
        entry = ledger.append("release", payload, who="a test", at=AT)
        assert ledger.head() == entry
        assert ledger.entries()[-1] == entry


def test_find_gives_the_first(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.append("plan", {"pledge": "x", "plan": "1"}, who="a test", at=AT)
        found = ledger.find("plan", lambda entry: entry.payload["pledge"] == "x")
        assert found is not None
        assert found.payload["plan"] == "0"
        assert ledger.find("release", lambda _: True) is None


def test_several_entries_stand_together_or_not_at_all(path: Path) -> None:
    drafts = [Draft(kind="capture", payload={"n": n}) for n in range(3)]
    with Ledger.open(path) as ledger:
        assert [entry.number for entry in ledger.append_all(drafts, who="a", at=AT)] == [3, 4, 5]
        wrong = Draft(kind="capture", payload={"n": float("nan")})
        with pytest.raises(ValueError, match="nan"):
            ledger.append_all([*drafts, wrong], who="a", at=AT)
        assert len(ledger.entries()) == 5


@pytest.mark.parametrize(
    ("kind", "who", "at"),
    [
        ("rumour", "a", AT),
        ("plan", " ", AT),
        ("plan", "a", "2026-11-23T04:05:06"),
        ("plan", "a", "2026-13-23T04:05:06Z"),
        ("plan", "a", "2026-11-23T04:05:06+00:00"),
    ],
)
def test_an_entry_without_kind_time_or_name_is_refused(
    path: Path, kind: Any, who: str, at: str
) -> None:
    with Ledger.open(path) as ledger:
        with pytest.raises(ValueError, match=r"."):
            ledger.append(kind, {}, who=who, at=at)
        assert len(ledger.entries()) == 2


ROW = "VALUES ({number}, 'case', '{{}}', 't', 'w', {previous}, 'h')"
NEXT = "(SELECT hash FROM entries WHERE number = 2)"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET who = 'other' WHERE number = 1",
        "UPDATE OR REPLACE entries SET number = 2 WHERE number = 1",
        "DELETE FROM entries WHERE number = 2",
        "DELETE FROM entries",
        "INSERT INTO entries " + ROW.format(number=4, previous=NEXT),
        "INSERT INTO entries " + ROW.format(number=0, previous=f"'{BEFORE_THE_FIRST}'"),
        "INSERT INTO entries " + ROW.format(number="NULL", previous=NEXT),
        "INSERT INTO entries " + ROW.format(number=3, previous=f"'{BEFORE_THE_FIRST}'"),
        "INSERT OR REPLACE INTO entries " + ROW.format(number=1, previous=f"'{BEFORE_THE_FIRST}'"),
        "REPLACE INTO entries " + ROW.format(number=2, previous=NEXT),
    ],
)
def test_the_database_itself_refuses_anything_but_the_next_entry(
    path: Path, statement: str
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute("SELECT * FROM entries").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
        assert connection.execute("SELECT * FROM entries").fetchall() == before
        connection.execute("INSERT INTO entries " + ROW.format(number=3, previous=NEXT))


APPEND = f"""
import sys
from pathlib import Path
from wordkept.ledger.journal import Ledger
for turn in range(int(sys.argv[3])):
    with Ledger.open(Path(sys.argv[1]), create=True) as ledger:
        ledger.append("plan", dict(by=sys.argv[2], turn=turn), who=sys.argv[2], at="{AT}")
"""


def test_processes_that_append_at_once_all_succeed_in_order(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    turns = 15
    workers = [
        subprocess.Popen([sys.executable, "-c", APPEND, path, name, str(turns)])
        for name in ("a", "b", "c")
    ]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0, 0]
    with Ledger.open(path) as ledger:
        entries = ledger.entries()
    assert [entry.number for entry in entries] == list(range(1, 3 * turns + 1))
    assert not list(breaks(entries))
    for name in ("a", "b", "c"):
        own = [entry.payload["turn"] for entry in entries if entry.who == name]
        assert own == list(range(turns))


STALL = f"""
import sys, time
from pathlib import Path
from wordkept.ledger.entries import Draft
from wordkept.ledger.journal import Ledger
def drafts():
    yield Draft(kind="plan", payload=dict(x="y" * 5_000_000))
    print("entered", flush=True)
    time.sleep(60)
with Ledger.open(Path(sys.argv[1])) as ledger:
    ledger.append_all(drafts(), who="a", at="{AT}")
"""


def test_a_process_that_is_killed_while_writing_leaves_the_ledger_as_it_was(path: Path) -> None:
    command = [sys.executable, "-c", STALL, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "entered\n"
        worker.kill()
    with Ledger.open(path) as ledger:
        assert len(ledger.entries()) == 2
        assert ledger.append("plan", {}, who="a", at=AT).number == 3
    assert [file.name for file in path.parent.iterdir()] == ["ledger.sqlite"]


def test_a_ledger_that_another_process_holds_is_said_to_be_busy(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Ledger.open(path, patience_s=0.05) as ledger:
            assert len(ledger.entries()) == 2
            with pytest.raises(CaseError) as caught:
                ledger.append("plan", {}, who="a", at=AT)
    assert "another process is writing" in three_lines(caught.value)


def test_a_chain_that_does_not_hold_is_not_believed(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER entries_keep")
        connection.execute("UPDATE entries SET who = 'other' WHERE number = 1")
        connection.commit()
    with Ledger.open(path) as ledger, pytest.raises(CaseError) as caught:
        ledger.entries()
    assert "entry 1 of the ledger is not as it was entered" in three_lines(caught.value)


@pytest.mark.parametrize("number", [1, 2])
def test_what_this_process_has_checked_is_checked_again_where_it_is_another(
    path: Path, number: int
) -> None:
    with Ledger.open(path) as ledger:
        before = ledger.entries()
        assert ledger.entries() == before
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER entries_keep")
        connection.execute("UPDATE entries SET payload = '{}' WHERE number = ?", (number,))
        connection.commit()
    with Ledger.open(path) as ledger, pytest.raises(CaseError) as caught:
        ledger.entries()
    assert f"entry {number} of the ledger is not as it was" in three_lines(caught.value)


def test_what_is_entered_after_a_reading_is_read_too(path: Path) -> None:
    with Ledger.open(path) as ledger:
        before = ledger.entries()
        ledger.append("plan", {"pledge": "y", "plan": "1"}, who="a test", at=AT)
        assert [one.number for one in ledger.entries()] == [1, 2, 3]
        assert ledger.entries()[:2] == before
        assert ledger.entries("case") == before[:1]


def test_a_ledger_of_a_newer_version_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 2")
    with pytest.raises(CaseError) as caught, Ledger.open(path):
        pass
    assert "newer version" in three_lines(caught.value)
    assert caught.value.problems[0].remedy == "update wordkept"


TABLE = b"id,date\n1,2016-03-15\n" * 100


@pytest.mark.parametrize(
    ("content", "create"),
    [(b"", False), (TABLE, False), (TABLE, True), (bytes(8192), False), (bytes(8192), True)],
)
def test_a_file_that_is_no_ledger_is_refused_untouched(
    tmp_path: Path, content: bytes, *, create: bool
) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(content)
    with pytest.raises(CaseError) as caught, Ledger.open(path, create=create):
        pass
    assert "not a ledger" in three_lines(caught.value)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
    for create in (False, True):
        with pytest.raises(CaseError) as caught, Ledger.open(path, create=create):
            pass
        assert "not a ledger" in three_lines(caught.value)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("t",)]


def test_a_missing_ledger_and_a_missing_folder_are_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught, Ledger.open(tmp_path / "ledger.sqlite"):
        pass
    assert "there is no ledger here" in three_lines(caught.value)
    path = tmp_path / "none" / "ledger.sqlite"
    with pytest.raises(CaseError) as caught, Ledger.open(path, create=True):
        pass
    assert "cannot be opened" in three_lines(caught.value)


def test_a_full_disk_enters_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, "PRAGMA max_page_count = 6"))
    with Ledger.open(path) as ledger:
        with pytest.raises(CaseError) as caught:
            ledger.append("plan", {"x": "y" * 50_000}, who="a", at=AT)
        assert len(ledger.entries()) == 2
    assert "the disk is full" in three_lines(caught.value)


def test_a_write_that_the_system_refuses_enters_nothing(path: Path) -> None:
    script = APPEND.replace("turn=turn)", 'turn=turn, x="y" * 200_000)')
    limit = 100_000
    done = subprocess.run(
        [sys.executable, "-c", script, path, "a", "1"],
        capture_output=True,
        check=False,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert "CaseError: the disk refused" in done.stderr
    with Ledger.open(path) as ledger:
        assert len(ledger.entries()) == 2


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


READ = f"""
import os, sys
from pathlib import Path
from wordkept.errors import CaseError
from wordkept.ledger.journal import Ledger
def read(path):
    with Ledger.open(path) as ledger:
        print(len(ledger.entries()))
        try:
            ledger.append("plan", dict(), who="a", at="{AT}")
        except CaseError as error:
            print(error)
read(Path(sys.argv[1]))
if os.getuid() == 0:  # root may write anywhere: go on as another, with all imports done
    os.setgid({NOBODY})
    os.setuid({NOBODY})
read(Path(sys.argv[2]))
"""


def test_a_read_only_folder_can_be_read_and_not_written(open_folder: Path, path: Path) -> None:
    closed = open_folder / "ledger.sqlite"
    with Ledger.open(closed, create=True) as ledger:
        ledger.append("case", {}, who="a", at=AT)
    closed.chmod(0o444)
    open_folder.chmod(0o555)
    command = [sys.executable, "-c", READ, str(path), str(closed)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    before, count, what, where, remedy = done.stdout.splitlines()
    assert (before, count) == ("2", "1")
    assert "the ledger cannot be written to" in what
    assert str(closed) in where
    assert "make the case folder and its files writable" in remedy
    assert [file.name for file in open_folder.iterdir()] == ["ledger.sqlite"]
