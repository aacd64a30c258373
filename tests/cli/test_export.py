"""The command that writes the dossier for other tools, as a user types it."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from click.testing import Result

from wordkept.dossier.exports import EXPORTS
from wordkept.ledger.journal import Ledger

Run = Callable[..., Result]
BESIDE = {"README.txt", "redactions.json"}


def test_all_formats_are_written_and_entered(run: Run, built: Path) -> None:
    done = run("export", built)
    assert done.exit_code == 0, done.output
    paths = [Path(line) for line in done.stdout.splitlines()]
    assert {path.parent for path in paths} == {built / "dossier" / "exports"}
    assert {path.name for path in paths} >= BESIDE
    left_out = {one.file_name for one in EXPORTS if f"{one.name}: not written" in done.stderr}
    assert {path.name for path in paths} - BESIDE == {one.file_name for one in EXPORTS} - left_out
    with Ledger.open(built / "ledger.sqlite") as ledger:
        (entry,) = ledger.entries("export")
    assert entry.files == {
        f"dossier/exports/{path.name}": sha256(path.read_bytes()).hexdigest() for path in paths
    }
    assert run("verify", built).exit_code == 0
    assert "every row, count and series is withheld" in " ".join(done.stderr.split()) or (
        "rows are withheld" in " ".join(done.stderr.split())
    )
    readme = (built / "dossier" / "exports" / "README.txt").read_text()
    assert "WHAT IS WITHHELD" in readme
    assert all(one.file_name in readme for one in EXPORTS)
    paths[0].write_bytes(b"changed")
    assert run("verify", built).exit_code == 1


def test_one_format_is_sent_elsewhere_with_the_same_bytes(
    run: Run, built: Path, tmp_path: Path
) -> None:
    for folder in ("one", "two"):
        done = run("export", built, "csv", "--to", tmp_path / folder)
        assert done.exit_code == 0, done.output
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names == {"tables-csv.zip", *BESIDE}
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    with ZipFile(tmp_path / "one" / "tables-csv.zip") as archive:
        assert {"verdicts.csv", "rows.csv", "about.txt"} <= set(archive.namelist())
    with Ledger.open(built / "ledger.sqlite") as ledger:
        (entry,) = ledger.entries("export")
    assert set(entry.payload["sent"]) == names
    told = json.loads((tmp_path / "one" / "redactions.json").read_text())
    assert [one["dataset"] for one in told["datasets"]] == ["daily-counts"]


def test_the_formats_are_listed_without_a_case(run: Run) -> None:
    done = run("export", "--list")
    assert done.exit_code == 0, done.output
    said = " ".join(done.stdout.split())
    for one in EXPORTS:
        assert f"{one.name} ({one.file_name}): {one.holds}" in said
        assert all(f"not in it: {sentence}" in said for sentence in one.leaves_out)
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_format_that_is_not_known_is_named(run: Run, built: Path) -> None:
    done = run("export", built, "cvs", "word")
    assert done.exit_code == 1
    assert 'no format is called "cvs"' in done.stderr
    assert "csv" in done.stderr
    assert 'no format is called "word"' in done.stderr
    assert not (built / "dossier" / "exports").exists()
