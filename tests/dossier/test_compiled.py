"""Templates are kept compiled, and never used where what compiled them was another."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from wordkept.dossier import compiled
from wordkept.dossier.compiled import Compiled


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)


def kept_in(folder: Path) -> Compiled:
    cache = Compiled()
    cache.directory = str(folder)
    return cache


def rendered(cache: Compiled, twice: str) -> str:
    environment = Environment(
        autoescape=True, loader=DictLoader({"a": "{{ 'x' | twice }}"}), bytecode_cache=cache
    )
    environment.filters["twice"] = lambda text: text + twice
    return environment.get_template("a").render()


def test_a_filter_that_changed_compiles_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rendered(kept_in(tmp_path), "1") == "x1"
    assert [path.suffix for path in tmp_path.iterdir()] == [".j2c"]
    assert rendered(kept_in(tmp_path), "2") == "x1"  # worked out when it was compiled
    monkeypatch.setattr(compiled, "_surroundings", lambda: "another filter")
    assert rendered(kept_in(tmp_path), "2") == "x2"


def test_where_nothing_can_be_kept_it_renders_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rendered(kept_in(tmp_path / "not there"), "1") == "x1"
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert rendered(kept_in(tmp_path), "1") == "x1"
    assert not list(tmp_path.iterdir())
