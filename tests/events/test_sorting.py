"""Events sorted by whether a pledge allows them; what the record leaves empty is unplaced."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from wordkept.events.engine import connect
from wordkept.events.schema import EVENT
from wordkept.events.sorting import side_by_side, sorted_parts
from wordkept.model import Attribution, Selection
from wordkept.period import Period

DAYS = Period(dt.date(2016, 3, 1), dt.date(2016, 3, 10))
NORTH = Selection(dataset="made-up", actors=("North",), attributions=("certain", "possible"))


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    connection = connect()
    yield connection
    connection.disconnect()


def row(**given: Any) -> dict[str, Any]:
    usual = {
        "row": 1, "native_id": "e", "dataset": "made-up", "period_from": DAYS.start,
        "period_to": DAYS.start, "event_type": "air strike", "events_best": 1,
        "actors_certain": ["North"], "actors_probable": [], "actors_possible": [],
    }  # fmt: skip
    return {**dict.fromkeys(EVENT.names), **usual, **given}


ROWS = [
    row(target="depot", admin1="Hills", place="Top"),
    row(target="depot", admin1="Hills", events_best=3, actors_certain=[],
        actors_possible=["North"]),
    row(target="school", admin1="Vale", place="Bottom"),
    row(target=None, admin1=None),
    row(target="depot", period_from=dt.date(2016, 3, 11), period_to=dt.date(2016, 3, 11)),
    row(target="school", actors_certain=["South"]),
]  # fmt: skip


def found(engine: Any, allowed: Selection) -> list[tuple[int, int, int]]:
    table = engine.create_table(
        "events", pa.Table.from_pylist(ROWS, schema=EVENT.to_pyarrow()), overwrite=True
    )
    made = sorted_parts(table, NORTH, allowed, DAYS)
    assert [one.attribution for one in made] == ["certain", "possible"]
    return [(one.within, one.outside, one.unplaced) for one in made]


def test_events_are_sorted_by_target_at_each_attribution(engine: Any) -> None:
    allowed = Selection(dataset="made-up", targets=("depot",))
    assert found(engine, allowed) == [(1, 1, 1), (4, 1, 1)]


def test_a_place_is_unsaid_at_the_level_at_which_places_are_allowed(engine: Any) -> None:
    hills = Selection(dataset="made-up", areas=("Hills",))
    assert found(engine, hills) == [(1, 1, 1), (4, 1, 1)]
    top = Selection(dataset="made-up", areas=("Top",))
    assert found(engine, top) == [(1, 1, 1), (1, 1, 4)]


def test_whom_it_was_against_is_read_so_that_the_least_outside_is_the_least(engine: Any) -> None:
    rows = [
        row(side_a="North", side_b="Army", actors_possible=["South"]),
        row(side_a="North", side_b="South"),
        row(side_a="North", side_b="Army"),
    ]
    table = engine.create_table(
        "events", pa.Table.from_pylist(rows, schema=EVENT.to_pyarrow()), overwrite=True
    )
    south = Selection(dataset="made-up", actors=("North",), against=("South",))
    surest, widest = sorted_parts(table, NORTH, south, DAYS)
    # The first may have been against the South: not the least of what was not, and of the most.
    assert (surest.within, surest.outside, surest.unplaced) == (2, 1, 0)
    assert (widest.within, widest.outside, widest.unplaced) == (1, 2, 0)
    expected: dict[Attribution, int] = {"certain": 1, "possible": 2}
    for bound, outside in expected.items():
        sides = side_by_side(table, NORTH, south, DAYS, bound)
        assert sides.filter(sides.side == "outside").count().to_pyarrow().as_py() == outside
