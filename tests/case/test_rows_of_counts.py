"""The rows behind `only`, `delivers`, `holds`, `ceases`: those listed come to what is printed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.case.behind import behind
from wordkept.case.record import Record
from wordkept.events.engine import connect
from wordkept.events.schema import EVENT
from wordkept.model import (
    Assessment,
    Attribution,
    Behind,
    Count,
    Fixing,
    Plan,
    Pledge,
    PublicationRule,
    Receipt,
    Release,
    Selection,
    Testability,
)
from wordkept.protocol.kinds import reckon

STARTS = date(2021, 3, 1)
DAYS = 40
BOUNDS: tuple[Attribution, ...] = ("certain", "possible")
NORTH = Selection(dataset="made-up", actors=("North",), attributions=BOUNDS)
PLANS = {
    "only": Plan(
        question="only", primary=NORTH, window_days=20,
        allowed=replace(NORTH, targets=("depot",)),
    ),
    "delivers": Plan(question="delivers", primary=NORTH, amount=30, threshold=1.0),
    "holds": Plan(question="holds", primary=NORTH, stretch_days=7, threshold=0.8),
}  # fmt: skip
OPEN = PublicationRule(allows="rows", terms="Anybody may.")
RELEASE = Release(
    id="0" * 64, dataset="made-up", layout="own", title="Made up", citation="Nobody",
    licence="CC0", publication=OPEN, caveats=(), file_name="made-up.csv",
    loaded_at="2021-06-01T00:00:00Z", stated=date(2021, 6, 1), parquet="0" * 64,
    receipt=Receipt(read=0, loaded=0, set_aside=(), span=None, deaths_best=None,
                    half_the_deaths_rows=None),
)  # fmt: skip
ROW = st.tuples(
    st.integers(min_value=-5, max_value=DAYS + 5),
    st.sampled_from(BOUNDS),
    st.sampled_from(("depot", "school", None)),
    st.integers(min_value=0, max_value=3),
)


def pledge(plan: Plan) -> Pledge:
    return Pledge(
        id="made", title="Made up", actor="North", kind="limit", act=None, object=None,
        announced=STARTS, starts=STARTS, ends=STARTS + timedelta(days=DAYS - 1), magnitude=None,
        area=None, comparator=None, plan=plan,
    )  # fmt: skip


def row(number: int, made: tuple[int, Attribution, str | None, int]) -> dict[str, Any]:
    place, bound, target, many = made
    day = STARTS + timedelta(days=place)
    blank = dict.fromkeys(EVENT.names)
    named = {f"actors_{one}": ["North"] if one == bound else []
             for one in ("certain", "probable", "possible")}  # fmt: skip
    return blank | named | {
        "row": number, "native_id": f"e{number}", "dataset": "made-up", "period_from": day,
        "period_to": day, "event_type": "air strike", "events_best": many, "target": target,
        "side_a": "North",
    }  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Any:
    return connect()


def counted(
    engine: Any, plan: Plan, rows: Sequence[tuple[int, Attribution, str | None, int]]
) -> tuple[Count | None, tuple[Behind, ...]]:
    """What a plan makes of some rows, and the rows behind it."""
    edges: tuple[tuple[int, Attribution, str | None, int], ...] = (
        (-20, "certain", None, 1), (DAYS + 20, "certain", None, 1),
    )  # fmt: skip
    table = pa.Table.from_pylist(
        [row(number, one) for number, one in enumerate((*edges, *rows))],
        schema=EVENT.to_pyarrow(),
    )
    record = Record(
        folder=Path(), releases={"made-up": RELEASE}, as_of=date(2021, 6, 1), connection=engine,
        tables={"made-up": engine.create_table("made", table, overwrite=True)},
    )  # fmt: skip
    made = pledge(plan)
    series = record._cut(plan.primary, "primary")
    parts = record._parts(made, plan)
    found = reckon(made, plan, series, parts, ())
    assessment = Assessment(
        pledge=made, as_of=record.as_of, releases=(RELEASE,), series=series, count=found.count,
        fixing=Fixing(plan="0" * 64, registered_at=None, before_data=None, record_known=True),
        testability=Testability(terms=(), leaves_open=(), obstacles=()), verdict=found.verdict,
    )  # fmt: skip
    return found.count, behind(record, assessment)


def sums(parts: Sequence[Behind]) -> dict[tuple[str, str], int]:
    """As how many events the rows of each part count, by part and attribution."""
    found: dict[tuple[str, str], int] = {}
    for one in parts:
        key = one.part, one.attribution
        found[key] = found.get(key, 0) + sum(event.events_best for event in one.events or ())
    return found


def numbers(question: str, parts: Sequence[Behind]) -> tuple[int, int, int | None]:
    """The least, the most and the whole of a count, from nothing but the rows listed."""
    made = sums(parts)
    if question == "only":
        wide = [made[side, "possible"] for side in ("outside", "unplaced", "within")]
        return made["outside", "certain"], wide[0] + wide[1], sum(wide)
    if question == "delivers":
        return made["delivered", "certain"], made["delivered", "possible"], None
    shown = [
        sum(bool(sum(e.events_best for e in one.events or ())) for one in parts
            if one.attribution == bound)
        for bound in BOUNDS
    ]  # fmt: skip
    return shown[0], shown[1], len(parts) // len(BOUNDS)


@pytest.mark.parametrize("question", PLANS)
@settings(max_examples=5)
@given(rows=st.lists(ROW, min_size=1, max_size=60))
def test_the_rows_listed_come_to_the_count_that_is_printed(
    engine: Any, question: str, rows: list[tuple[int, Attribution, str | None, int]]
) -> None:
    made, parts = counted(engine, PLANS[question], rows)
    if made is None:
        assert parts == ()
        return
    low, high, of = numbers(question, parts)
    assert (made.low, made.high) == (low, high)
    assert of in (None, made.of)
    for one in parts:
        assert one.rows == len(one.events or ())
        assert one.counted == sum(event.events_best for event in one.events or ())


def test_a_row_that_is_lost_is_seen(engine: Any) -> None:
    """The law above can fail: without one of its rows each count comes to another number."""
    rows = [(3, "certain", "school", 1), (4, "possible", "depot", 2), (5, "possible", None, 1)]
    for question, plan in PLANS.items():
        made, parts = counted(engine, plan, rows)  # type: ignore[arg-type]
        assert made is not None
        whole = numbers(question, parts)
        for place, one in enumerate(parts):
            if one.events:
                less = (*parts[:place], replace(one, events=()), *parts[place + 1 :])
                assert numbers(question, less) != whole
