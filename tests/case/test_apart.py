"""Rows of a large record are laid apart and let go again, and no number is another for it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.bench_dossier import PLEDGE
from bench.bench_load import generated
from wordkept.case import Case
from wordkept.case.apart import Apart
from wordkept.dossier.report import CaseReport
from wordkept.events import engine, series
from wordkept.model import Selection


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, CaseReport]:
    space = tmp_path_factory.mktemp("apart")
    case = Case.create(space / "case")
    for number in (1, 2, 3):
        text = PLEDGE.format(number=number, day=number)
        primary = f'actors = ["Government of Country {number}"]'
        placed = f'{primary}\nareas = ["Country {number}"]'
        text = text.replace(primary, placed) if number == 2 else text
        (case.folder / "pledges" / f"pledge-{number}.toml").write_text(text)
    case.load(generated(space, 6_000))
    report = case.report()
    assert all(one.estimates for one in report.assessments)
    assert any(one.events for one in report.behind)
    return case, report


@pytest.mark.parametrize(("most", "readings"), [(1, None), (250, 2), (1_500_000, 1)])
def test_a_record_counts_alike_however_large_it_is_taken_for(
    plain: tuple[Case, CaseReport], monkeypatch: pytest.MonkeyPatch, most: int, readings: int | None
) -> None:
    case, found = plain
    read: list[int] = []
    in_parts = engine.held_in_parts

    def counting(connection: Any, table: Any, asked: Sequence[Any]) -> Any:
        read.append(len(asked))
        return in_parts(connection, table, asked)

    monkeypatch.setattr("wordkept.case.apart.engine.held_in_parts", counting)
    monkeypatch.setattr("wordkept.case.record.LARGE_ROWS", 1)
    monkeypatch.setattr("wordkept.case.apart.MOST_ROWS", most)
    laid_apart = case.report()
    assert replace(laid_apart, ledger_head=found.ledger_head) == found
    assert set(read) == {1} if readings is None else len(read) >= readings
    assert readings != 1 or read == [3]


def rows(**sizes: int) -> Any:
    """A made-up record in which each party has so many rows, one of them shared by all."""
    names = [[name] for name, size in sizes.items() for _ in range(size - 1)] + [[*sizes]]
    empty: list[list[str]] = [[] for _ in names]
    return pa.table(
        {
            "row": range(1, len(names) + 1),
            "event_type": pa.nulls(len(names), pa.string()),
            "actors_certain": pa.array(names, pa.list_(pa.string())),
            "actors_probable": pa.array(empty, pa.list_(pa.string())),
            "actors_possible": pa.array(empty, pa.list_(pa.string())),
        }
    )


KEYS = {name: Selection(dataset="made-up", actors=(name,)) for name in "ABCD"}


@given(sizes=st.tuples(*[st.integers(1, 6)] * 4), most=st.integers(1, 30),
       asked=st.lists(st.sampled_from("ABCD"), min_size=1, max_size=8),
       expected=st.lists(st.sampled_from("ABCD"), unique=True))  # fmt: skip
@settings(max_examples=25)
def test_what_is_laid_apart_is_what_would_be_chosen(
    sizes: tuple[int, ...], most: int, asked: list[str], expected: list[str]
) -> None:
    connection = engine.connect()
    every = engine.held(connection, rows(**dict(zip("ABCD", sizes, strict=True))))
    apart = Apart()
    apart.expect(KEYS[name] for name in expected)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wordkept.case.apart.MOST_ROWS", most)
        for name in asked:
            condition = series.reached(every, KEYS[name])
            chosen = every.filter(condition).order_by("row").to_pyarrow()
            assert apart.rows(connection, every, KEYS[name]).to_pyarrow() == chosen
            held = [one.rows for one in apart.readings]
            laid = [key for one in apart.readings for key in one.parts]
            assert sum(held) <= most or len(laid) == 1
            assert len(laid) == len(set(laid))
            assert held == [one.table.count().to_pyarrow().as_py() for one in apart.readings]


def test_the_oldest_are_let_go_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wordkept.case.apart.MOST_ROWS", 5)
    connection = engine.connect()
    every = engine.held(connection, rows(A=3, B=3, C=3))
    apart = Apart()
    first, _, third = (apart.rows(connection, every, KEYS[name]) for name in "ABC")
    assert apart.rows(connection, every, KEYS["C"]).equals(third)
    assert [list(one.parts) for one in apart.readings] == [[KEYS["C"]]]
    assert first.get_name() not in {
        name for (name,) in connection.raw_sql("SHOW TABLES").fetchall()
    }
    assert third.count().to_pyarrow().as_py() == 3
