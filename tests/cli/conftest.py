"""The same made-up case as in tests/case, as a user would type it, run in this process."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wordkept.cli import main

SAID = "Statement of 10 April 2025.\nUntil Sunday 27 April our guns will not fire on the valley.\n"
TRUCE = """\
[pledge]
title = "Two weeks without shelling in the valley"
actor = "North"
kind = "ceasefire"
act = "not fire on it"
announced = 2025-04-10
starts = 2025-04-14
ends = 2025-04-27
area = "the valley"

[[pledge.said]]
speaker = "the North's command"
on = 2025-04-10
document = "statement.txt"
quotes = ["our guns will not fire on the valley"]

[plan]
question = "rate"
threshold = 0.5
threshold_reason = "Half is the least that would be called a truce"
window_days = 14
baselines = [{ days = 14 }, { days = 28 }]
record_known = false

[plan.primary]
dataset = "daily-counts"
label = "shells laid to the North"
actors = ["North"]
"""
FIRST, TRUCE_DAY, LAST = date(2025, 2, 24), date(2025, 4, 14), date(2025, 4, 27)


def counts(after: int = 0) -> str:
    """Shells a day: a few before the truce, and `after` on each day of it."""
    days = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    rows = (f"{day},{after if day >= TRUCE_DAY else 3 + day.day % 3},North\n" for day in days)
    return "day,n,actor\n" + "".join(rows)


Run = Callable[..., Result]
Spawn = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def run() -> Run:
    """A command in this process: quick, and with what it printed where."""

    def invoke(*words: str | Path) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])

    return invoke


@pytest.fixture(scope="session")
def script() -> Path:
    """The command as it is installed."""
    return Path(sys.executable).parent / "wordkept"


@pytest.fixture(scope="session")
def spawn(script: Path) -> Spawn:
    """A command as a user runs it, its output in pipes; `before` stands in front of it."""

    def command(
        *words: str | Path, before: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*before, script, *words], capture_output=True, text=True, timeout=120, check=False,
            env=os.environ | {"WORDKEPT_WHO": "a test"},
        )  # fmt: skip

    return command


@pytest.fixture(scope="session")
def built_once(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "statement.txt").write_text(SAID)
    (folder / "counts.csv").write_text(counts())
    case = folder / "valley"
    steps: list[tuple[str | Path, ...]] = [
        ("init", case, "--time-zone", "Asia/Damascus"),
        ("read", case, folder / "statement.txt"),
        ("register", case),
        ("load", case, folder / "counts.csv"),
        ("dossier", case),
    ]
    for step in steps:
        done = run(*step)
        assert done.exit_code == 0, done.output
        if step[0] == "read":
            (case / "pledges" / "truce.toml").write_text(TRUCE)
    return folder


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A case that is registered, loaded and has its dossier; `counts.csv` stands beside it."""
    shutil.copytree(built_once, tmp_path / "work")
    return tmp_path / "work" / "valley"
