"""Events become counts by day: which rows count, on which day, and from when to when."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ibis.backends.sql.compilers import PySparkCompiler
from ibis.config import Config

from wordkept.events.engine import connect
from wordkept.events.schema import EVENT
from wordkept.events.series import Coverage, counted, coverage, cut, daily
from wordkept.model import ATTRIBUTIONS, DailySeries, Selection
from wordkept.period import Period

START = dt.date(2016, 3, 1)
COVERED = Period(START, dt.date(2016, 3, 31))
BOUNDS = [f"actors_{bound}" for bound in ATTRIBUTIONS]
ALL = Selection(dataset="made-up")
Row = dict[str, Any]

a_few = settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class SparkOptions(Config):  # type: ignore[misc]
    """What Ibis's Spark backend would register, were it installed."""

    treat_nan_as_null: bool = False


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    connection = connect()
    yield connection
    connection.disconnect()


def made_up(place: int, row: Row) -> Row:
    day = row.get("period_from", START)
    usual = {
        "row": place + 1,
        "native_id": f"e{place + 1}",
        "dataset": "made-up",
        "period_from": day,
        "period_to": day,
        "event_type": "air strike",
        **{bound: [] for bound in BOUNDS},
        **dict.fromkeys(("events_low", "events_best", "events_high"), 1),
    }
    return {**dict.fromkeys(EVENT.names), **usual, **row}


def table(engine: Any, rows: Sequence[Row]) -> ir.Table:
    cells = [made_up(place, row) for place, row in enumerate(rows)]
    found: ir.Table = engine.create_table(
        "events", pa.Table.from_pylist(cells, schema=EVENT.to_pyarrow()), overwrite=True
    )
    return found


def on(day: int) -> dt.date:
    """A day of the made-up record, the first being 1."""
    return START + dt.timedelta(days=day - 1)


def series(events: ir.Table, selection: Selection = ALL) -> dict[str, DailySeries]:
    return {one.attribution: one for one in cut(events, selection, role="primary", covered=COVERED)}


def by_day(events: ir.Table, selection: Selection = ALL) -> list[Row]:
    rows: list[Row] = daily(events, selection).to_pyarrow().to_pylist()
    return rows


def matched(engine: Any, rows: Sequence[Row], **asked: tuple[str, ...]) -> list[int]:
    """The rows that a selection counts at the widest bound, the first being 1."""
    events = table(engine, rows)
    chosen = Selection(dataset="made-up", **asked)  # type: ignore[arg-type]
    return sorted(events.filter(counted(events, chosen, "possible")).row.to_pyarrow().to_pylist())


@st.composite
def random_rows(draw: st.DrawFn) -> list[Row]:
    names = st.lists(st.sampled_from("ABC"), max_size=2, unique=True)
    rows = []
    for _ in range(draw(st.integers(1, 25))):
        day, span = draw(st.integers(1, 31)), draw(st.sampled_from((0, 0, 1, 3, 6, 7, 30)))
        rows.append(
            {
                "period_from": on(day),
                "period_to": on(day + span),
                "event_type": draw(st.sampled_from(("air strike", "shelling", "attention"))),
                "events_best": draw(st.sampled_from((1, 1, 2, 5))),
                **{bound: draw(names) for bound in BOUNDS},
            }
        )
    return rows


def counted_by_hand(rows: Sequence[Row], actor: str, attribution: str) -> Counter[dt.date]:
    """The same counts in plain Python."""
    found: Counter[dt.date] = Counter()
    surer = BOUNDS[: BOUNDS.index(f"actors_{attribution}") + 1]
    for row in rows:
        length = (row["period_to"] - row["period_from"]).days
        middle = row["period_from"] + dt.timedelta(days=length // 2)
        named = any(actor in row[bound] for bound in surer)
        if named and row["event_type"] != "attention" and length < 7 and middle in COVERED:
            found[middle] += row["events_best"]
    return found


@a_few
@given(rows=random_rows())
def test_counts_are_those_made_by_hand_and_never_fall_as_the_bound_widens(
    engine: Any, rows: list[Row]
) -> None:
    found = series(table(engine, rows), Selection(dataset="made-up", actors=("A",)))
    widest = counted_by_hand(rows, "A", "possible")
    assert bool(found) == bool(widest)
    for attribution, one in found.items():
        by_hand = counted_by_hand(rows, "A", attribution)
        days = Period(min(widest), COVERED.end)
        assert (one.start, one.counts) == (min(widest), tuple(by_hand[day] for day in days))
    if found:
        sure, likely, any_way = (found[bound].counts for bound in ATTRIBUTIONS)
        assert all(a <= b <= c for a, b, c in zip(sure, likely, any_way, strict=True))


@a_few
@given(rows=random_rows(), chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_series(
    engine: Any, rows: list[Row], chance: random.Random
) -> None:
    shuffled = chance.sample(rows, len(rows))
    asked = Selection(dataset="made-up", actors=("A", "B"))
    assert series(table(engine, rows), asked) == series(table(engine, shuffled), asked)
    assert coverage(table(engine, rows), until=on(60)) == coverage(
        table(engine, shuffled), until=on(60)
    )


@a_few
@given(rows=random_rows())
def test_relabelling_the_parties_mirrors_the_series(engine: Any, rows: list[Row]) -> None:
    other = {"A": "B", "B": "A", "C": "C"}
    mirrored = [
        row | {bound: [other[name] for name in row[bound]] for bound in BOUNDS} for row in rows
    ]
    asked = Selection(dataset="made-up", label="x", actors=("A",), against=("C",))
    swapped = Selection(dataset="made-up", label="x", actors=("B",), against=("C",))
    assert series(table(engine, rows), asked) == series(table(engine, mirrored), swapped)


def test_each_attribution_counts_the_surer_ones_too(engine: Any) -> None:
    rows = [{bound: ["A"]} for bound in BOUNDS for _ in range(2)] + [{}]
    found = series(table(engine, rows), Selection(dataset="made-up", actors=("A",)))
    assert {bound: one.counts[0] for bound, one in found.items()} == {
        "certain": 2, "probable": 4, "possible": 6,
    }  # fmt: skip


def test_only_the_attributions_asked_for_are_built(engine: Any) -> None:
    asked = Selection(dataset="made-up", actors=("A",), attributions=("certain", "probable"))
    rows = [{"actors_certain": ["A"]}, {"actors_possible": ["A"]}]
    assert {bound: one.counts[0] for bound, one in series(table(engine, rows), asked).items()} == {
        "certain": 1, "probable": 1,
    }  # fmt: skip


def test_a_row_counts_on_its_middle_day_up_to_a_week(engine: Any) -> None:
    spans = [(1, 1), (2, 3), (10, 12), (20, 26)]
    rows = [{"period_from": on(first), "period_to": on(last)} for first, last in spans]
    found = by_day(table(engine, rows))
    assert [row["day"] for row in found] == [on(1), on(2), on(11), on(23)]
    assert {row["possible"] for row in found} == {1}


def test_a_row_over_a_week_is_left_out(engine: Any) -> None:
    rows = [{"period_from": on(1), "period_to": on(7)}, {"period_from": on(1), "period_to": on(8)}]
    assert [(row["day"], row["possible"]) for row in by_day(table(engine, rows))] == [(on(4), 1)]


def test_a_row_counts_as_many_events_as_it_stands_for(engine: Any) -> None:
    found = by_day(table(engine, [{"events_best": 40}, {"events_best": 2}, {"events_best": None}]))
    assert [row["certain"] for row in found] == [42]


def test_a_series_runs_from_the_first_event_of_the_widest_bound_to_the_end(engine: Any) -> None:
    rows: list[Row] = [
        {"period_from": on(3), "actors_certain": ["B"]},
        {"period_from": on(5), "actors_possible": ["A"]},
        {"period_from": on(8), "actors_certain": ["A"]},
    ]
    found = series(table(engine, rows), Selection(dataset="made-up", label="by A", actors=("A",)))
    assert {(one.start, one.end, one.label, one.role) for one in found.values()} == {
        (on(5), COVERED.end, "by A", "primary")
    }
    assert found["certain"].counts == (0, 0, 0, 1) + (0,) * 23
    assert found["possible"].counts == (1, 0, 0, 1) + (0,) * 23


def test_days_not_covered_enter_no_series(engine: Any) -> None:
    outside = [{"period_from": on(0)}, {"period_from": on(32)}]
    assert series(table(engine, outside)) == {}
    found = series(table(engine, [*outside, {"period_from": on(30)}]))
    assert (found["possible"].start, found["possible"].counts) == (on(30), (1, 0))


def test_no_event_gives_no_series(engine: Any) -> None:
    assert series(table(engine, [])) == {}
    named_otherwise = table(engine, [{"actors_certain": ["B"]}])
    assert series(named_otherwise, Selection(dataset="made-up", actors=("A",))) == {}


def test_attention_is_never_counted(engine: Any) -> None:
    rows = [{"event_type": "attention"}, {"event_type": "protest"}]
    assert matched(engine, rows) == [2]
    assert matched(engine, rows, event_types=("attention",)) == []


def test_an_event_whose_type_is_not_given_counts(engine: Any) -> None:
    rows: list[Row] = [{"event_type": None}, {"event_type": "riot"}]
    assert matched(engine, rows) == [1, 2]
    assert matched(engine, rows, event_types=("riot",)) == [2]


def test_filters_count_what_they_name_and_nothing_unknown(engine: Any) -> None:
    rows = [
        {"event_type": "shelling", "target": "hospital", "place": "X", "country": "Z"},
        {"event_type": "air strike", "target": "school", "admin1": "X"},
        {"event_type": "protest", "admin2": "Y", "country": "X"},
        {"event_type": "riot", "admin2": "X"},
        {"event_type": "riot"},
    ]
    assert matched(engine, rows) == [1, 2, 3, 4, 5]
    assert matched(engine, rows, event_types=("riot", "shelling")) == [1, 4, 5]
    assert matched(engine, rows, targets=("hospital", "school")) == [1, 2]
    assert matched(engine, rows, areas=("X",)) == [1, 2, 3, 4]
    assert matched(engine, rows, areas=("Y", "Z")) == [1, 3]
    assert matched(engine, rows, areas=("X",), targets=("school",), event_types=("riot",)) == []


def test_against_asks_for_both_parties_in_one_row(engine: Any) -> None:
    rows: list[Row] = [
        {"actors_certain": ["A", "B"]},
        {"actors_certain": ["A"], "actors_possible": ["C"]},
        {"actors_certain": ["A"]},
        {"actors_certain": ["B", "C"]},
        {"actors_certain": None, "actors_probable": None, "actors_possible": ["A", "B"]},
    ]
    assert matched(engine, rows, actors=("A",)) == [1, 2, 3, 5]
    assert matched(engine, rows, actors=("A",), against=("B", "C")) == [1, 2, 5]
    asked = Selection(dataset="made-up", actors=("A",), against=("C",))
    (found,) = by_day(table(engine, rows), asked)
    assert [found[bound] or 0 for bound in ATTRIBUTIONS] == [0, 0, 1]


def test_coverage_runs_from_the_first_row_to_the_last_that_can_be_laid_on_a_day(
    engine: Any,
) -> None:
    rows: list[Row] = [
        {"period_from": on(-40), "period_to": on(2)},
        {"period_from": on(3), "event_type": "attention"},
        {"period_from": on(8), "period_to": on(12)},
        {"period_from": on(20)},
    ]
    assert coverage(table(engine, rows), until=on(19)) == Coverage(
        days=Period(on(3), on(12)), apart=0, silences=()
    )
    assert coverage(table(engine, rows), until=on(2)) is None


def test_rows_over_a_year_away_lie_apart(engine: Any) -> None:
    bulk = [{"period_from": on(day)} for day in range(1, 11)]
    near, far = {"period_from": on(10 + 366)}, {"period_from": on(10 + 367)}
    early = {"period_from": dt.date(1916, 3, 1)}
    until = on(800)
    stretched = coverage(table(engine, [*bulk, near]), until=until)
    assert stretched is not None
    assert (stretched.days, stretched.apart) == (Period(on(1), on(376)), 0)
    assert coverage(table(engine, [early, early, *bulk, far]), until=until) == Coverage(
        days=Period(on(1), on(10)), apart=3, silences=()
    )


def test_silences_last_two_weeks_or_more(engine: Any) -> None:
    def silences(*spans: tuple[int, int]) -> tuple[Period, ...]:
        rows = [{"period_from": on(first), "period_to": on(last)} for first, last in spans]
        found = coverage(table(engine, rows), until=on(400))
        assert found is not None
        return found.silences

    assert silences((1, 1), (15, 15)) == ()
    assert silences((1, 1), (16, 16)) == (Period(on(2), on(15)),)
    assert silences((1, 3), (18, 18), (60, 60)) == (
        Period(on(4), on(17)), Period(on(19), on(59)),
    )  # fmt: skip
    assert silences((1, 7), (2, 2), (17, 17)) == ()
    assert silences((1, 7), (2, 2), (22, 22)) == (Period(on(8), on(21)),)


def test_both_engines_can_be_asked(monkeypatch: pytest.MonkeyPatch, engine: Any) -> None:
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    events = ibis.table(EVENT, name="events")
    asked = Selection(
        dataset="made-up", actors=("A",), against=("B",), areas=("X",), targets=("school",),
        event_types=("shelling",),
    )  # fmt: skip
    for query in (daily(events, asked), events.filter(counted(events, asked, "probable"))):
        assert PySparkCompiler().to_sqlglot(query).sql(dialect="spark").startswith("SELECT")
        assert str(engine.compile(query)).startswith("SELECT")
