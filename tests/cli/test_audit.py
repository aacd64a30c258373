"""`wordkept audit`: every finding in 80 columns, and the same as JSON."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from wordkept.cli.auditing import chart_lines
from wordkept.model import Bars

Run = Callable[..., Result]
HEADER = "native_id,period_from,period_to,native_type,place,country"
FIRST, TURN = date(2025, 1, 1), date(2025, 7, 1)


def record() -> str:
    """Four rows a day for a year; one kind is written otherwise from July on."""
    lines = [HEADER]
    for at in range(365 * 4):
        day = FIRST + timedelta(days=at // 4)
        raid = "air raid" if day < TURN else "AIR_STRIKE_2"
        kind = raid if at % 3 else "mine"
        lines.append(f"r{at},{day},{day},{kind},Town {at * 7 % 11},Elsewhere")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def case(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audited")
    (folder / "list.csv").write_text(record())
    for words in (("init", folder / "case"), ("load", folder / "case", folder / "list.csv")):
        assert run(*words).exit_code == 0
    return folder / "case"


def test_it_prints_each_finding_in_80_columns(run: Run, case: Path) -> None:
    said = run("audit", case)
    assert said.exit_code == 0, said.output
    assert "GRAVE  vocabulary · native_type" in said.stdout
    assert '"AIR_STRIKE_2" stands where' in " ".join(said.stdout.split())
    assert max(len(line) for line in said.stdout.splitlines()) <= 80


def test_the_same_as_json(run: Run, case: Path) -> None:
    (one,) = json.loads(run("audit", case, "wordkept", "--json").stdout)
    (found,) = one["found"]
    assert (found["check"], found["gravity"], found["recoded"]) == ("vocabulary", "grave", True)
    assert found["since"] == TURN.isoformat()
    assert len(found["bars"]["values"]) <= 48


def test_a_dataset_that_is_not_there(run: Run, case: Path) -> None:
    said = run("audit", case, "wordkpet")
    assert said.exit_code == 1
    assert 'did you mean "wordkept"' in said.stderr


def test_a_case_without_a_record(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "empty")
    said = run("audit", tmp_path / "empty")
    assert said.exit_code == 1
    assert "no release" in said.stderr


def test_a_chart_without_a_value() -> None:
    lines = list(chart_lines(Bars(of="rows", values=(0.0, 0.0), first="a", last="b")))
    assert lines == ["  ··  rows, a to b"]
