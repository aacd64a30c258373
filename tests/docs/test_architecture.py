"""ARCHITECTURE.md and docs/method.md held against the tree, the floors and the constants."""

import importlib
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from wordkept.model import Plan

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "wordkept"
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
METHOD = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
NOT_BUILT = {"web/"}
PATHS = re.compile(r"`((?!tests/)[a-z_]+/(?:[a-z_/]*(?:\.py)?)?|[a-z_]+\.py)`")


def named(page: str) -> set[str]:
    """The packages and modules of wordkept that a page names."""
    return {path for path in PATHS.findall(page) if path not in NOT_BUILT}


def rooms() -> set[str]:
    inside = (one for one in SOURCE.iterdir() if not one.name.startswith(("_", ".")))
    return {
        f"{one.name}/" if one.is_dir() else one.name
        for one in inside
        if one.suffix == ".py" or (one / "__init__.py").exists()
    }


@pytest.mark.parametrize("path", sorted(named(PAGE) | named(METHOD)))
def test_what_is_named_exists(path: str) -> None:
    found = SOURCE / path
    assert found.is_dir() if path.endswith("/") else found.is_file()


def test_every_room_is_named() -> None:
    assert rooms() <= named(PAGE)


def test_what_is_said_not_to_be_built_is_not() -> None:
    section = PAGE.partition("## Where this departs")[2]
    for room in NOT_BUILT:
        assert f"`{room}`" in section
        assert not (SOURCE / room).exists()


def test_the_floors_are_those_that_are_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    block = re.search(r"^```floors\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert block is not None
    assert block[1].splitlines() == layers


def test_the_commands_said_not_to_be_built_are_not() -> None:
    from wordkept.cli import main

    assert "serve" not in main.commands


def test_it_is_one_page() -> None:
    assert len(PAGE.splitlines()) <= 100


def constants() -> list[tuple[str, str, str]]:
    section = METHOD.partition("## Constants")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([\w.]+)` \| ([\d.]+) \| `([\w/]+)\.py` \|$", section, re.MULTILINE)


@pytest.mark.parametrize(("name", "value", "where"), constants())
def test_the_constants_of_the_method_are_those_of_the_code(
    name: str, value: str, where: str
) -> None:
    module = importlib.import_module(f"wordkept.{where.replace('/', '.')}")
    if name.startswith("Plan."):
        defaults = {field.name: field.default for field in fields(Plan)}
        assert defaults[name.removeprefix("Plan.")] == float(value)
    else:
        assert getattr(module, name) == float(value)


def test_every_constant_that_the_method_names_is_in_its_table() -> None:
    listed = {name for name, _, _ in constants()} | {"SIGNAL_TO_NOISE"}
    used = set(re.findall(r"`([A-Z][A-Z_]{3,}|Plan\.\w+)`", METHOD))
    assert used == listed


def test_decisions_are_numbered_in_order() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, record in enumerate(records, start=1):
        assert record.name.startswith(f"{number:04}-")
        text = record.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert heads == ["Context", "Decision", "Consequences"]
