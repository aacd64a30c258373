"""A small made-up case: two weeks in which the guns of the North were to be silent."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from wordkept.case import Case

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


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of a case that is not made yet; `revised.csv` says otherwise."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "statement.txt").write_text(SAID)
    (folder / "truce.toml").write_text(TRUCE)
    (folder / "counts.csv").write_text(counts())
    (folder / "revised.csv").write_text(counts(after=4))
    return folder


@pytest.fixture(scope="session")
def unloaded_once(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = Case.create(tmp_path_factory.mktemp("unloaded") / "valley")
    case.read(written / "statement.txt")
    shutil.copy(written / "truce.toml", case.folder / "pledges")
    return case.folder


@pytest.fixture(scope="session")
def built_once(
    unloaded_once: Path, written: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("built") / "valley"
    shutil.copytree(unloaded_once, folder)
    case = Case.open(folder)
    case.register()
    case.load(written / "counts.csv")
    case.dossier()
    return folder


@pytest.fixture
def unloaded(unloaded_once: Path, tmp_path: Path) -> Case:
    """A case with a document and a pledge; nothing is registered, nothing loaded."""
    return Case.open(shutil.copytree(unloaded_once, tmp_path / "valley"))


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Case:
    """The same, registered, then loaded, assessed and with its dossier."""
    return Case.open(shutil.copytree(built_once, tmp_path / "valley"))
