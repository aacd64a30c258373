"""What each command prints, where it prints it, and that machines can read it."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from wordkept import __version__

COMMANDS = (
    "init", "read", "load", "register", "show", "assess", "dossier", "verify", "demo", "watch",
    "proposals", "gazetteer", "diff",
)  # fmt: skip
WIDTH = 80
Run = Callable[..., Result]
Spawn = Callable[..., subprocess.CompletedProcess[str]]
LOG = "date,village,fired by,killed\n2025-04-14,Upper Ford,North,0\n2025-04-17,Lower Ford,North,2\n"


def good(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def parsed(result: Result) -> object:
    value: object = json.loads(good(result))
    assert result.stdout.count("\n") == 1 or result.stdout.startswith("{\n")
    return value


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(run: Run, command: str) -> None:
    said = good(run(command, "--help"))
    assert said.startswith(f"Usage: main {command} ")
    assert good(run(command, "-h")) == said
    assert command in good(run("--help"))
    assert max(map(len, said.splitlines())) <= WIDTH


def test_help_answers_at_once_and_names_the_version(spawn: Spawn) -> None:
    done = spawn("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: wordkept ")
    assert spawn("--version").stdout == f"wordkept, version {__version__}\n"


def test_a_new_case_says_what_comes_next(run: Run, tmp_path: Path) -> None:
    done = run("init", tmp_path / "new", "--name", "The valley", "--time-zone", "Asia/Damascus")
    assert good(done) == f"{tmp_path / 'new'}: a new case, The valley\n"
    assert done.stderr.startswith("next: wordkept load")
    assert run("register", tmp_path / "new").stderr.startswith("no pledge is written yet")


def test_machines_can_read_it(run: Run, built: Path) -> None:
    """Also that each says what it is about, and not only that it is JSON."""
    log = built.parent / "other.txt"
    log.write_text("We also said this.")
    read = parsed(run("read", built, log, "--json"))
    assert isinstance(read, dict)
    assert read["document"]["name"] == "other.txt"
    release = parsed(run("load", built, built.parent / "counts.csv", "--json"))
    assert isinstance(release, dict)
    assert (release["dataset"], release["receipt"]["read"]) == ("daily-counts", 63)
    plans = parsed(run("register", built, "--json"))
    assert isinstance(plans, list)
    assert (plans[0]["pledge"], plans[0]["new"]) == ("truce", False)
    card = parsed(run("show", built, "truce", "--json"))
    assert isinstance(card, dict)
    assert card["pledge"]["id"] == "truce"
    told = parsed(run("show", built, "truce", "--full", "--json"))
    board = parsed(run("assess", built, "--json"))
    assert isinstance(board, dict)
    assert told == board["pledges"][0], "in the very shape of dossier.json"
    found = parsed(run("verify", built, "--json"))
    assert isinstance(found, dict)
    assert found["faults"] == []
    assert found["entries"] > 1


def test_nothing_is_wider_than_a_terminal(run: Run, built: Path) -> None:
    said = [
        run("load", built, built.parent / "counts.csv"),
        run("show", built, "truce"),
        run("show", built, "truce", "--full"),
        run("assess", built),
        run("verify", built),
    ]
    for result in said:
        assert max(map(len, good(result).splitlines())) <= WIDTH
        assert result.stderr == ""
    assert "63 rows read = 63 loaded + 0 set aside" in said[0].stdout
    assert "was loaded before as release" in said[0].stdout
    assert "WHAT IT LEAVES OPEN" in said[1].stdout
    assert "WHY NOT ONE STEP DOWN" in said[2].stdout
    assert "Two weeks without shelling in the valley" in said[3].stdout
    assert "NOT PROVEN" in said[4].stdout


def test_a_dossier_says_where_it_stands(run: Run, built: Path) -> None:
    page = built / "dossier" / "index.html"
    before = page.read_bytes()
    assert good(run("dossier", built)) == f"{page}\n"
    assert page.read_bytes() == before
    json.loads((built / "dossier" / "dossier.json").read_text())


def test_the_day_that_is_asked_for_is_taken(run: Run, built: Path) -> None:
    assert "as of 1 January 2031" in good(run("assess", built, "--as-of", "2031-01-01"))


def test_a_head_that_was_noted_is_found(run: Run, built: Path) -> None:
    found = parsed(run("verify", built, "--json"))
    assert isinstance(found, dict)
    assert run("verify", built, "--head", found["head"]).exit_code == 0
    refused = run("verify", built, "--head", "0" * 64)
    assert refused.exit_code == 1
    assert refused.stdout.startswith("AT FAULT  the head that was noted")


def test_a_change_is_named_and_the_exit_code_says_so(run: Run, built: Path) -> None:
    page = built / "dossier" / "index.html"
    page.write_text(page.read_text() + " ")
    done = run("verify", built)
    assert done.exit_code == 1
    assert "dossier/index.html" in done.stdout


def test_a_table_of_ones_own_is_drafted_first_and_loaded_then(run: Run, built: Path) -> None:
    log, mapping = built.parent / "log.csv", built.parent / "log.toml"
    log.write_text(LOG)
    before = (built / "ledger.sqlite").read_bytes()
    drafted = run("load", built, log, "--map", mapping)
    assert f"{mapping}: a draft, guessed from the header of log.csv" in good(drafted)
    assert "  place: Upper Ford\n" in drafted.stdout
    assert drafted.stderr == f"check {mapping}, then run the same command again\n"
    assert (built / "ledger.sqlite").read_bytes() == before
    assert len(list((built / "events").iterdir())) == 1

    draft = mapping.read_text()
    mended = draft.replace("# actors_certain = ", 'actors_certain = "fired by"').replace(
        'title = "log"', 'title = "The log of the fords"'
    )
    assert mended.count("fords") == mended.count('= "fired by"') == 1
    mapping.write_text(mended)
    loaded = good(run("load", built, log, "--map", mapping))
    assert loaded.startswith("The log of the fords\n")
    assert "2 rows read = 2 loaded + 0 set aside" in loaded
    assert mapping.read_text() == mended


def test_a_draft_that_cannot_be_written_is_said(run: Run, built: Path) -> None:
    (built.parent / "log.csv").write_text(LOG)
    nowhere = built.parent / "nowhere" / "log.toml"
    done = run("load", built, built.parent / "log.csv", "--map", nowhere)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("wordkept: the draft cannot be written: ")
    assert f"  where: {nowhere}\n" in done.stderr


def test_a_load_in_a_pipe_shows_no_progress(spawn: Spawn, built: Path) -> None:
    again = built.parent / "again.csv"
    again.write_text((built.parent / "counts.csv").read_text() + "2025-04-28,0,North\n")
    done = spawn("load", built, again)
    assert (done.returncode, done.stderr) == (0, "")
    assert "64 rows read = 64 loaded + 0 set aside" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_reader_who_has_seen_enough_is_no_fault(script: Path, built: Path) -> None:
    """As in `wordkept show case truce | head -1`, where head has gone before all is printed."""
    command: list[str | Path] = [script, "show", built, "truce"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as shown:
        assert shown.stdout is not None
        assert shown.stderr is not None
        shown.stdout.close()
        assert shown.stderr.read() == b""
