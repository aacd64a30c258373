"""The receipt accounts for every row: read = loaded + set aside, by reason, with examples."""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.events import engine
from wordkept.events.receipt import carriers, receipt
from wordkept.events.schema import EVENT
from wordkept.model import Receipt, SetAside
from wordkept.period import Period

Row = tuple[date | None, int | None, str | None]
DAY = date(2016, 3, 1)
TYPES = {field.name: field.type for field in EVENT.to_pyarrow()}
TYPES |= {"set_aside": pa.string(), "fault": pa.string()}


@pytest.fixture(scope="module")
def connection() -> Any:
    return engine.connect()


def receipt_of(connection: Any, rows: list[Row], *, read: int | None = None) -> Receipt:
    cells: dict[str, list[Any]] = {name: [None] * len(rows) for name in TYPES}
    cells["row"] = list(range(1, len(rows) + 1))
    cells["period_from"] = cells["period_to"] = [day for day, _, _ in rows]
    cells["deaths_best"] = [deaths for _, deaths, _ in rows]
    cells["set_aside"] = [reason for _, _, reason in rows]
    cells["fault"] = [f"{number} is at fault" if number != 2 else None for number in cells["row"]]
    table = pa.table({name: pa.array(cells[name], kind) for name, kind in TYPES.items()})
    judged = connection.create_table("judged", table, overwrite=True)
    loaded = judged.filter(judged.set_aside.isnull()).select(*EVENT.names)
    return receipt(loaded, judged, read=len(rows) if read is None else read)


def test_reasons_come_most_frequent_first_with_three_examples(connection: Any) -> None:
    rows: list[Row] = [(DAY, 5, None), (None, 1, "b"), *[(DAY, 9, "a")] * 4, (DAY, 1, "c")]
    found = receipt_of(connection, rows)
    assert (found.read, found.loaded) == (7, 1)
    assert found.set_aside == (
        SetAside(
            reason="a",
            rows=4,
            examples=("row 3: 3 is at fault", "row 4: 4 is at fault", "row 5: 5 is at fault"),
        ),
        SetAside(reason="b", rows=1, examples=("row 2: (empty)",)),
        SetAside(reason="c", rows=1, examples=("row 7: 7 is at fault",)),
    )


def test_span_and_deaths_are_those_of_the_rows_that_loaded(connection: Any) -> None:
    later = DAY + timedelta(days=9)
    rows: list[Row] = [(DAY, 10, None), (later, 30, None), (later, None, None), (None, 99, "x")]
    found = receipt_of(connection, rows)
    assert found.span == Period(DAY, later)
    assert (found.deaths_best, found.half_the_deaths_rows) == (40, 1)


def test_a_record_without_deaths_says_nothing_of_them(connection: Any) -> None:
    found = receipt_of(connection, [(DAY, None, None)])
    assert (found.deaths_best, found.half_the_deaths_rows) == (None, None)
    assert receipt_of(connection, [(DAY, 0, None)]).half_the_deaths_rows is None
    assert receipt_of(connection, [(DAY, 1, "x")]).span is None


def test_rows_that_went_missing_are_an_error(connection: Any) -> None:
    with pytest.raises(ValueError, match="3 read, but 1 loaded"):
        receipt_of(connection, [(DAY, 1, None)], read=3)


@settings(max_examples=200)
@given(st.lists(st.integers(0, 40), min_size=1).filter(any))
def test_the_fewest_rows_carry_half_of_the_deaths(deaths: list[int]) -> None:
    tally = [(each, deaths.count(each)) for each in sorted(set(deaths), reverse=True)]
    rows = carriers(tally)
    ordered = sorted(deaths, reverse=True)
    assert sum(ordered[:rows]) * 2 >= sum(deaths)
    assert sum(ordered[: rows - 1]) * 2 < sum(deaths)
