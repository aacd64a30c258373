"""The laws that every dataset keeps, whatever stands in its cells."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ibis.backends.sql.compilers import PySparkCompiler
from ibis.config import Config

from wordkept.events.datasets import DATASETS
from wordkept.events.datasets.counts import DAILY_COUNTS
from wordkept.events.datasets.own import OWN
from wordkept.events.engine import connect
from wordkept.events.harmonise import harmonise, judge
from wordkept.events.schema import EVENT, EVENT_TYPES, Dataset

NASTY = (
    None, "", " ", "NA", "nan", "inf", "-inf", "1e308", "1e400", "99999999999999999999", "-1", "0",
    "1", "2", "3", "1.0", "2.5", "+7", "1_000", "0x1F", "12,5", "2016-03-15", "2016-02-30",
    "0025-05-16", "9999-12-31",
    "0000-01-01", "16 May 2025", "16 Smarch 2025", "16-05-2025", "20160315",
    "20160315120000", "infinity", "epoch",
    "2016-03-15T10:00:00Z", "true", "Russia", "unknown",
    "Russia; unknown", "A, B", ";;", ", ,", "air strike", "certain", "Battles", "Armed clash",
    "\x00", "é\u202e\U0001f4a3", "'; DROP TABLE raw; --", "x" * 300,
)  # fmt: skip

SANE = ("", "1", "2", "3", "2016-03-15", "Russia", "Battles", "air strike", "certain", "A, B")

each_dataset = pytest.mark.parametrize("dataset", DATASETS, ids=lambda d: f"{d.name}: {d.layout}")


class SparkOptions(Config):  # type: ignore[misc]
    """What Ibis's Spark backend would register, were it installed."""

    treat_nan_as_null: bool = False


class Engine:
    """DuckDB with the query of each layout kept, so that a table is judged without writing it."""

    def __init__(self) -> None:
        self.backend = connect()
        self.queries: dict[str, str] = {}

    def query(self, dataset: Dataset) -> str:
        layout = f"{dataset.name}: {dataset.layout}"
        if layout not in self.queries:
            judging = judge(ibis.table(dataset.columns, name="raw"), dataset)
            self.queries[layout] = str(self.backend.compile(judging))
        return self.queries[layout]

    def judged(self, dataset: Dataset, rows: pa.Table) -> list[dict[str, Any]]:
        self.backend.con.register("raw", rows)
        found = self.backend.con.sql(self.query(dataset)).to_arrow_table().to_pylist()
        return sorted(found, key=lambda row: int(row["row"]))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def raw_rows(dataset: Dataset, rows: Sequence[Mapping[str, str | None]]) -> pa.Table:
    names = [name for name in dataset.columns.names if name != "row"]
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    return pa.table({"row": pa.array(range(1, len(rows) + 1), pa.int64()), **columns})


@each_dataset
def test_harmonise_gives_exactly_the_schema(dataset: Dataset) -> None:
    raw = ibis.table(dataset.columns, name="raw")
    assert harmonise(raw, dataset).schema() == EVENT
    assert judge(raw, dataset).columns == (*EVENT.names, "set_aside", "fault")


@each_dataset
def test_expressions_compile_for_both_engines(
    dataset: Dataset, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    judging = judge(ibis.table(dataset.columns, name="raw"), dataset)
    for_spark = PySparkCompiler().to_sqlglot(judging).sql(dialect="spark")
    for_duckdb = engine.query(dataset)
    assert for_spark.startswith("SELECT")
    assert for_duckdb.startswith("SELECT")
    assert "STRPTIME" not in (for_spark + for_duckdb).upper()


@each_dataset
def test_duckdb_gives_the_types_that_the_schema_says(dataset: Dataset, engine: Engine) -> None:
    engine.backend.con.register("raw", raw_rows(dataset, []))
    described = engine.backend.con.sql(f"DESCRIBE {engine.query(dataset)}").fetchall()
    native = {name: kind for name, kind, *_ in described}
    assert native["period_from"] == native["period_to"] == native["stamped_on"] == "DATE"
    assert native["actors_certain"] == native["actors_possible"] == "VARCHAR[]"
    assert native["deaths_low"] == native["events_best"] == "BIGINT"


@each_dataset
def test_a_blank_row_is_set_aside_with_a_reason(dataset: Dataset, engine: Engine) -> None:
    (row,) = engine.judged(dataset, raw_rows(dataset, [{}]))
    assert row["set_aside"] in {"no native id", "no date"}
    assert row["fault"].endswith("(empty)")


@each_dataset
@settings(
    max_examples=3,
    phases=[Phase.generate],  # shrinking a random table takes minutes, and makes it no clearer
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    cells=st.lists(st.text(max_size=12), max_size=12),
    seed=st.integers(0, 10**6),
)
def test_no_cell_stops_it_and_every_row_loads_or_has_a_reason(
    dataset: Dataset, engine: Engine, cells: list[str], seed: int
) -> None:
    names = [name for name in dataset.columns.names if name != "row"]
    chance = random.Random(seed)  # noqa: S311 (no secret: a table to be made again)
    pools = [[*NASTY, *cells], SANE]
    rows = [
        dict(zip(names, chance.choices(chance.choice(pools), k=len(names)), strict=True))
        for _ in range(150)
    ]
    result = engine.judged(dataset, raw_rows(dataset, rows))
    assert [row["row"] for row in result] == list(range(1, 151))
    for row in result:
        if row["set_aside"] is None:
            assert row["fault"] is None
            assert_sound(row)
        else:
            assert row["set_aside"] != ""
            assert row["fault"] is None or len(row["fault"]) <= 80


def assert_sound(row: dict[str, Any]) -> None:
    assert row["native_id"]
    assert dt.date(1900, 1, 1) <= row["period_from"] <= row["period_to"] <= dt.date(2100, 12, 31)
    assert (row["lat"] is None) == (row["lon"] is None)
    assert row["lat"] is None or (abs(row["lat"]) <= 90 and abs(row["lon"]) <= 180)
    assert row["event_type"] is None or row["event_type"] in EVENT_TYPES
    for what in ("deaths", "civilian_deaths", "events"):
        low, best, high = (row[f"{what}_{end}"] for end in ("low", "best", "high"))
        assert low is None or high is None or low <= high
        assert all(number is None or number >= 0 for number in (low, best, high))
    bounds = [row[f"actors_{bound}"] for bound in ("certain", "probable", "possible")]
    named = [name for bound in bounds for name in bound]
    assert len(named) == len(set(named))
    assert "" not in named
    assert None not in named


@settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(engine: Engine, chance: random.Random) -> None:
    days = [f"2016-03-{day:02}" for day in range(1, 11)]
    rows = raw_rows(
        DAILY_COUNTS, [{"day": chance.choice(days), "n": chance.choice("012x")} for _ in range(30)]
    )
    shuffled = list(range(30))
    chance.shuffle(shuffled)
    assert engine.judged(DAILY_COUNTS, rows) == engine.judged(DAILY_COUNTS, rows.take(shuffled))


def own(engine: Engine, *cells: Mapping[str, str]) -> list[dict[str, Any]]:
    good = {"native_id": "a1", "period_from": "2016-03-15", "period_to": "2016-03-15"}
    return engine.judged(OWN, raw_rows(OWN, [{**good, **each} for each in cells]))


AT_FAULT: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"native_id": " "}, "no native id", "(empty)"),
    ({"period_from": "15 March"}, "period_from cannot be read as a date", "15 March"),
    ({"period_from": ""}, "no date", "period_from (empty), period_to 2016-03-15"),
    ({"period_from": "2016-02-30"}, "period_from cannot be read as a date", "2016-02-30"),
    ({"period_from": "0025-05-16"}, "date before 1900",
     "period_from 0025-05-16, period_to 2016-03-15"),
    ({"period_from": "0000-01-01"}, "date before 1900",
     "period_from 0000-01-01, period_to 2016-03-15"),
    ({"period_to": "2216-03-15"}, "date after 2100",
     "period_from 2016-03-15, period_to 2216-03-15"),
    ({"period_to": "2016-03-14"}, "the period ends before it starts",
     "period_from 2016-03-15, period_to 2016-03-14"),
    ({"stamped_on": "0025-05-16"}, "entered before 1900", "0025-05-16"),
    ({"lat": "north", "lon": "1"}, "lat is not a number", "north"),
    ({"lat": "34,8", "lon": "1"}, "lat is not a number", "34,8"),
    ({"lat": "inf", "lon": "1"}, "lat is not a number", "inf"),
    ({"lat": "90.1", "lon": "1"}, "latitude out of range (-90 to 90)", "90.1"),
    ({"lat": "1", "lon": "-180.1"}, "longitude out of range (-180 to 180)", "-180.1"),
    ({"lat": "1"}, "only one of latitude and longitude", "lat 1, lon (empty)"),
    ({"deaths_low": "some"}, "deaths_low is not a whole number", "some"),
    ({"deaths_low": "2.5"}, "deaths_low is not a whole number", "2.5"),
    ({"deaths_best": "7" * 500}, "deaths_best is not a whole number", "7" * 80),
    ({"deaths_best": "-1"}, "a negative number of deaths",
     "deaths_low (empty), deaths_best -1, deaths_high (empty)"),
    ({"deaths_low": "3", "deaths_high": "2"}, "more deaths at the low end than at the high",
     "deaths_low 3, deaths_high 2"),
    ({"civilian_deaths_low": "2", "civilian_deaths_high": "1"},
     "more civilian deaths at the low end than at the high",
     "civilian_deaths_low 2, civilian_deaths_high 1"),
    ({"events_low": "2", "events_high": "1"}, "more events at the low end than at the high",
     "events_low 2, events_high 1"),
    ({"directed": "perhaps"}, "directed is neither true nor false", "perhaps"),
    ({"event_type": "picnic"}, "a type of event that wordkept does not know", "picnic"),
)  # fmt: skip


def test_each_reason_names_the_value_at_fault(engine: Engine) -> None:
    found = own(engine, *(cells for cells, _, _ in AT_FAULT))
    assert [(row["set_aside"], row["fault"]) for row in found] == [
        (reason, fault) for _, reason, fault in AT_FAULT
    ]


def test_words_for_missing_are_no_fault(engine: Engine) -> None:
    missing = ["", "  ", "NA", "n/a", "null", "None", "NaN"]
    found = own(
        engine, *({"deaths_best": word, "lat": word, "stamped_on": word} for word in missing)
    )
    assert {(row["set_aside"], row["deaths_best"], row["lat"]) for row in found} == {
        (None, None, None)
    }


def test_white_space_around_a_cell_is_no_part_of_it(engine: Engine) -> None:
    (row,) = own(engine, {"deaths_best": "\t4 ", "place": " Deir Ezzor\r\n", "target": "\v\f"})
    assert (row["deaths_best"], row["place"], row["target"]) == (4, "Deir Ezzor", None)


def test_actors_stand_once_and_at_their_surest_bound(engine: Engine) -> None:
    cells = {"actors_certain": "B; A; B", "actors_probable": "A; C", "actors_possible": "C; D; B"}
    one, none = own(engine, cells, {"actors_possible": "Z"})
    assert [one[f"actors_{bound}"] for bound in ("certain", "probable", "possible")] == [
        ["A", "B"], ["C"], ["D"],
    ]  # fmt: skip
    assert (none["actors_certain"], none["actors_possible"]) == ([], ["Z"])


def test_fields_left_out_are_null_and_an_event_counts_once(engine: Engine) -> None:
    (row,) = own(engine, {})
    assert row["set_aside"] is None
    assert row["deaths_low"] is row["directed"] is row["place"] is row["stamped_on"] is None
    assert [row[f"events_{end}"] for end in ("low", "best", "high")] == [1, 1, 1]
    assert row["dataset"] == "wordkept"
