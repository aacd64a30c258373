"""Rows of a large record are laid apart and let go again, and no number is another for it."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from bench.bench_dossier import PLEDGE
from bench.bench_load import generated
from wordkept.case import Case
from wordkept.case.apart import Apart
from wordkept.events import engine
from wordkept.model import Selection


def test_a_record_counts_alike_however_large_it_is_taken_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case.create(tmp_path / "case")
    for number in (1, 2):
        text = PLEDGE.format(number=number, day=number)
        primary = f'actors = ["Government of Country {number}"]'
        placed = f'{primary}\nareas = ["Country {number}"]'
        text = text.replace(primary, placed) if number == 2 else text
        (case.folder / "pledges" / f"pledge-{number}.toml").write_text(text)
    case.load(generated(tmp_path, 6_000))
    plain = case.report()
    monkeypatch.setattr("wordkept.case.record.LARGE_ROWS", 1)
    monkeypatch.setattr("wordkept.case.apart.MOST_ROWS", 1)
    laid_apart = case.report()
    assert all(one.estimates for one in plain.assessments)
    assert any(one.events for one in plain.behind)
    assert replace(laid_apart, ledger_head=plain.ledger_head) == plain


def test_the_oldest_are_let_go_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wordkept.case.apart.MOST_ROWS", 5)
    connection = engine.connect()
    rows = engine.held(connection, pa.table({"i": [1, 2, 3]}))
    apart = Apart()
    keys = [Selection(dataset="made-up", actors=(name,)) for name in ("A", "B", "C")]
    first, _, third = (apart.rows(connection, rows, key) for key in keys)
    assert apart.rows(connection, rows, keys[2]).equals(third)
    assert list(apart.held) == [keys[2]]
    assert first.get_name() not in {
        name for (name,) in connection.raw_sql("SHOW TABLES").fetchall()
    }
    assert third.count().to_pyarrow().as_py() == 3
