"""The same made-up case as in tests/case, as a user would type it, run in this process."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wordkept.cli import main

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
def built_once(run: Run, written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "files"
    shutil.copytree(written, folder)
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
            shutil.copy(folder / "truce.toml", case / "pledges")
    return folder


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A case that is registered, loaded and has its dossier; `counts.csv` stands beside it."""
    shutil.copytree(built_once, tmp_path / "work")
    return tmp_path / "work" / "valley"
