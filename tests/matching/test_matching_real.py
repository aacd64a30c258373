"""Real pairs of records through the loaders: what every run over them must hold to."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from wordkept.events import engine
from wordkept.events.releases import LoadOptions, load_release, open_release
from wordkept.matching import Window, match, reason, records

OPTIONS = LoadOptions(loaded_at="2026-01-01T00:00:00Z")


def loaded(path: Path, folder: Path) -> pa.Table:
    release = load_release(path, folder, OPTIONS)
    return open_release(release, folder, engine.connect()).to_pyarrow()


@pytest.fixture(scope="module")
def airwars(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    source = shared / "data" / "airwars_syria_incidents_to_2016-08.csv"
    return loaded(source, tmp_path_factory.mktemp("airwars"))


@pytest.mark.shared
def test_a_record_held_against_its_own_copy_is_found_again(airwars: pa.Table) -> None:
    left, right = records(airwars, airwars.slice(0), {})
    found = match(left, right, window=Window(days=1))
    same = found.left[found.chosen] == found.right[found.chosen]
    placed = int(left.pointed.sum())
    assert same.sum() >= 0.9 * placed
    assert same.mean() >= 0.97


@pytest.mark.shared
def test_airwars_and_ucdp_in_syria(shared: Path, airwars: pa.Table, tmp_path: Path) -> None:
    ucdp = loaded(shared / "data" / "ucdp_ged_syria_2016_2019.csv.gz", tmp_path)
    left, right = records(airwars, ucdp, {})
    found = match(left, right)
    assert 0 < found.chosen.sum() <= len(airwars)
    assert found.fitted.expected <= found.fitted.candidates
    assert len(np.unique(found.left[found.chosen])) == found.chosen.sum()
    assert reason(left, right, int(found.left[0]), int(found.right[0]))
    assert left.set_aside.keys() <= {"no date", "no place"}


@pytest.mark.shared
def test_one_record_alone_in_nigeria(shared: Path, tmp_path: Path) -> None:
    source = shared / "data" / "matching" / "nigeria2011_ged.csv"
    alone = loaded(source, tmp_path)
    left, right = records(alone, alone, {})
    found = match(left, right, assignment="clusters")
    assert (found.left != found.right).all()
    assert found.fitted.expected < found.fitted.candidates
