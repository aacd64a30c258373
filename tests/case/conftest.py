"""A small made-up case: two weeks in which the guns of the North were to be silent."""

import shutil
from pathlib import Path

import pytest

from wordkept.case import Case


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
