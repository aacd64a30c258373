"""What `wordkept watch` prints, where, and that a second run says the same and enters nothing."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from wordkept.cli.watching import evidence
from wordkept.model import Look

Run = Callable[..., Result]
WIDTH = 80


@pytest.fixture
def revised(run: Run, built: Path, written: Path) -> Path:
    """The built case, with a second release in which the publisher changed the window's rows."""
    done = run("load", built, written / "revised.csv", "--stated", "2031-01-01")
    assert done.exit_code == 0, done.output
    return built


def test_watching_prints_few_lines_and_writes_the_feeds(run: Run, revised: Path) -> None:
    done = run("watch", revised)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert len(lines) <= 8
    assert lines[0].startswith("truce: not kept, 1 January 2031")
    assert any(line.startswith("NEW ALARM 1 January 2031, truce: ") for line in lines)
    assert "(the publisher)" in done.stdout
    assert "The record holds 1 whole block of 28 days before" in " ".join(done.stdout.split())
    assert "the publisher changed rows of days up to 27 April 2025" in " ".join(done.stdout.split())
    assert done.stderr.startswith("2 new looks, 1 new alarm; feed: ")
    for name in ("alarms.atom", "alarms.json"):
        assert (revised / "dossier" / name).exists()

    again = run("watch", revised)
    assert again.stdout == done.stdout.replace("NEW ALARM", "ALARM")
    assert again.stderr.startswith("0 new looks, 0 new alarms")
    assert run("verify", revised).exit_code == 0


def test_machines_can_read_what_was_watched(run: Run, revised: Path) -> None:
    done = run("watch", revised, "--json")
    said = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert [look["word"] for look in said["looks"]] == ["kept", "not kept"]
    assert [one["cause"] for one in said["alarms"]] == ["the publisher"]
    assert said["new_alarms"] == [one["id"] for one in said["alarms"]]


def test_a_case_without_a_release_has_nothing_to_watch(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "bare").exit_code == 0
    done = run("watch", tmp_path / "bare")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("nothing to watch")
    missing = run("watch", tmp_path / "nowhere")
    assert missing.exit_code == 1
    assert "there is no such folder" in missing.stderr


def test_evidence_is_weighed_among_all_that_are_watched() -> None:
    look = Look(
        pledge="truce", release="0" * 64, known_on=date(2031, 1, 1), until=date(2030, 12, 1),
        blocks=2, e_value=24.0, e_conformal=2.0, word="kept",
    )  # fmt: skip
    alone = "Evidence of a change, after 2 blocks of 28 days: 24 (an alarm at 20)."
    assert evidence(look, {"truce": True}) == alone
    weak = evidence(look, {"truce": False, "other": False})
    assert weak.endswith("24 (an alarm at 20; not enough among the 2 watched).")
    strong = evidence(look, {"truce": True, "other": True, "third": False})
    assert strong.endswith("(an alarm at 20; enough among the 3 watched).")
