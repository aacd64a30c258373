"""What goes wrong is said in three lines on stderr, and leaves the case as it was."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from wordkept.case import Case
from wordkept.ledger.journal import Ledger

Run = Callable[..., Result]
Spawn = Callable[..., subprocess.CompletedProcess[str]]
ROWS = "".join(f"2025-03-{n % 28 + 1:02},place {n},{n},shelling\n" for n in range(900))
TABLE = f"day,series,n,event_type\n{ROWS}".encode()
BROKEN: dict[str, tuple[bytes, str]] = {
    "empty.csv": (b"", "the file is empty"),
    "carets.csv": (TABLE.replace(b",", b"^"), "the first line is a single column"),
    "cut.csv.gz": (gzip.compress(TABLE)[:-200], "the packed file is cut short or damaged"),
    "program.csv": (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 9, "this is not a table"),
    "nul.csv": (TABLE[:40] + b"\0" + TABLE[40:], "the file holds a NUL byte"),
    "columns.csv": (b"town,who\nUpper Ford,North\n", "the columns are those of no dataset"),
}
NOT_AS_ROOT = ("setpriv", "--securebits=+noroot") if os.name == "posix" and not os.geteuid() else ()
"""Takes root's power to write anywhere: what root owns is then under its mode, as for anyone."""


def three(said: str) -> tuple[str, str, str]:
    """The three lines of one error."""
    what, where, remedy = said.splitlines()
    assert what.startswith("wordkept: ")
    assert where.startswith("  where: ")
    assert remedy.startswith("  try:   ")
    return what[10:], where[9:], remedy[9:]


def refused(result: Result) -> tuple[str, str, str]:
    assert (result.exit_code, result.stdout) == (1, "")
    return three(result.stderr)


def state(case: Path) -> tuple[bytes, list[str]]:
    """The head of the ledger, and the releases that stand under their names."""
    with Ledger.open(case / "ledger.sqlite") as ledger:
        head = ledger.head()
    assert head is not None
    return head.hash.encode(), sorted(path.name for path in (case / "events").glob("[!.]*"))


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_in_three_lines(run: Run, built_once: Path, name: str) -> None:
    content, expected = BROKEN[name]
    source = built_once / name
    source.write_bytes(content)
    before = state(built_once / "valley")
    what, where, _ = refused(run("load", built_once / "valley", source))
    assert expected in what
    assert name in where
    assert state(built_once / "valley") == before


def test_what_is_not_there_is_said(run: Run, built_once: Path, tmp_path: Path) -> None:
    case = built_once / "valley"
    for command in ("load", "read"):
        what, where, _ = refused(run(command, case, tmp_path / "nowhere.csv"))
        assert "there is no such file" in what
        assert "nowhere.csv" in where
    refused(run("load", case, tmp_path))
    refused(run("read", case, tmp_path))
    what, where, remedy = refused(run("assess", tmp_path / "nowhere"))
    assert what == "there is no such folder"
    assert remedy == f"make a case there: wordkept init {where}"
    assert "this folder is not a case" in refused(run("verify", tmp_path))[0]
    assert refused(run("show", case, "truse"))[2] == 'did you mean "truce"?'


def test_a_newer_case_is_left_alone(run: Run, built: Path) -> None:
    settings = built / "wordkept.toml"
    settings.write_text(settings.read_text().replace("format = 1", "format = 2"))
    for words in (("assess", built), ("load", built, built.parent / "counts.csv")):
        what, where, remedy = refused(run(*words))
        assert "made by a newer version of wordkept" in what
        assert where == str(settings)
        assert remedy == "update wordkept"


def test_an_unknown_actor_is_said_with_its_line(run: Run, built: Path) -> None:
    truce = built / "pledges" / "truce.toml"
    truce.write_text(truce.read_text().replace('actors = ["North"]', 'actors = ["Nroth"]'))
    line = truce.read_text().splitlines().index('actors = ["Nroth"]') + 1
    for words in (("assess",), ("dossier",), ("show", "truce", "--full")):
        what, where, remedy = refused(run(words[0], built, *words[1:]))
        assert "Nroth" in what
        assert f"line {line}" in where
        assert "North" in remedy


def test_several_problems_are_said_at_once_each_in_three_lines(run: Run, built: Path) -> None:
    settings = built / "wordkept.toml"
    settings.write_text(settings.read_text().replace("Asia/Damascus", "Mars") + "nmae = 1\n")
    done = run("assess", built)
    assert (done.exit_code, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 6
    assert sum(line.startswith("  where: ") for line in lines) == 2
    assert sum(line.startswith("  try:   ") for line in lines) == 2


def test_an_error_of_the_installed_command_is_the_same(spawn: Spawn, tmp_path: Path) -> None:
    done = spawn("assess", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "this folder is not a case" in three(done.stderr)[0]


@pytest.mark.parametrize(
    "words", [("assess",), ("nothing",), ("show", "case"), ("assess", "case", "--as-of", "soon")]
)
def test_a_command_typed_wrong_is_another_exit_code(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")


def test_a_fault_of_ours_is_owned_up_to(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_folder: Path) -> Case:
        raise ZeroDivisionError("nought")

    monkeypatch.setattr(Case, "open", fail)
    done = run("assess", "anything")
    assert (done.exit_code, done.stdout) == (70, "")
    what, where, _ = three(done.stderr)
    assert what == "this is our fault: ZeroDivisionError: nought"
    assert where.startswith("cli/commands.py, line ")


def test_an_interrupted_command_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_folder: Path) -> Case:
        raise KeyboardInterrupt

    monkeypatch.setattr(Case, "open", stop)
    done = run("assess", "anything")
    assert (done.exit_code, done.stdout) == (130, "")
    assert done.stderr == "wordkept: stopped; the case is as it was before\n"


@pytest.mark.skipif(
    bool(NOT_AS_ROOT) and not shutil.which("setpriv"), reason="root, and no setpriv to be less"
)
def test_a_case_that_may_only_be_read_is_said(spawn: Spawn, built: Path) -> None:
    again = built.parent / "again.csv"
    again.write_bytes(TABLE)
    folders = [built, *(path for path in built.iterdir() if path.is_dir())]
    before = state(built)
    for folder in folders:
        folder.chmod(0o555)
    (built / "ledger.sqlite").chmod(0o444)
    try:
        loaded = spawn("load", built, again, before=NOT_AS_ROOT)
        shown = spawn("assess", built, before=NOT_AS_ROOT)
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert (loaded.returncode, loaded.stdout) == (1, "")
    what, where, remedy = three(loaded.stderr)
    assert "ermission denied" in what
    assert "valley" in where
    assert "writable" in remedy
    assert shown.returncode == 0, shown.stderr
    assert state(built) == before


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300,000 made-up rows: enough for a load to be killed in the midst of it."""
    path = tmp_path_factory.mktemp("large") / "large.csv"
    with path.open("w") as stream:
        stream.write("day,series,n,actor\n")
        stream.writelines(
            f"20{n % 20 + 10}-{n % 12 + 1:02}-{n % 28 + 1:02},place {n},{n % 7},North\n"
            for n in range(300_000)
        )
    return path


STAGE_BY_STAGE = """
import time
from contextlib import contextmanager
from wordkept.cli import commands, main
@contextmanager
def aloud(_what):
    def tell(stage, done, total):
        print(stage, "done" if done == total else "begun", flush=True)
        if (stage, done) == ("write", total):
            time.sleep(60)
    yield tell
commands.progress_bar = aloud
main()
"""
BEFORE_THE_ENTRY = """
import time
from wordkept.cli import main
from wordkept.ledger.journal import Ledger
def wait(*_given, **_said):
    print("ready", flush=True)
    time.sleep(60)
Ledger.append = wait
main()
"""


def sound(case: Path) -> bool:
    return Case.open(case).verify().sound


def test_a_load_that_is_killed_leaves_the_case_as_it_was(
    run: Run, built: Path, large: Path
) -> None:
    before = state(built)
    environment = os.environ | {"TMPDIR": str(built.parent)}
    command: list[str | Path] = [sys.executable, "-c", STAGE_BY_STAGE, "load", built, large]
    for stage in ("judge begun", "write begun"):
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True
        ) as loading:
            assert loading.stdout is not None
            assert f"{stage}\n" in iter(loading.stdout.readline, "")
            loading.send_signal(signal.SIGKILL)
        assert loading.returncode == -signal.SIGKILL
        assert state(built) == before
        assert sound(built)
    done = run("load", built, large)
    assert done.exit_code == 0, done.output
    assert "300,000 rows read = 300,000 loaded" in done.stdout
    assert sound(built)
    assert not list((built / "events").glob(".*"))


def test_a_load_that_is_killed_before_its_entry_can_be_done_again(
    run: Run, built: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.csv"
    again.write_bytes(TABLE)
    head, releases = state(built)
    command: list[str | Path] = [sys.executable, "-c", BEFORE_THE_ENTRY, "load", built, again]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as loading:
        assert loading.stdout is not None
        assert loading.stdout.readline() == b"ready\n"
        loading.send_signal(signal.SIGKILL)
    assert state(built)[0] == head
    assert len(state(built)[1]) == len(releases) + 1
    assert sound(built)
    assert run("load", built, again).exit_code == 0
    assert len(state(built)[1]) == len(releases) + 1
    assert sound(built)
