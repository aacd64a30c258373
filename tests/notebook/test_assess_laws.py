"""Laws: the kind of table, the order of rows and what comes after the window change nothing."""

import datetime as dt
import random

import pandas as pd
import polars as pl
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

import wordkept

FIRST = dt.date(2015, 9, 1)
WINDOW_DAYS = 28
Counts = list[int]

few = settings(max_examples=25)
records = st.lists(st.integers(0, 12), min_size=150, max_size=260).filter(any)


def dated(counts: Counts) -> dict[dt.date, int]:
    return {FIRST + dt.timedelta(days=n): count for n, count in enumerate(counts)}


def asked(series: object, on: dt.date) -> wordkept.Result:
    return wordkept.assess(series, on=on, falls_to=0.5)


@few
@given(records, st.integers(40, 110))
def test_every_kind_of_table_gives_the_same_answer(counts: Counts, start: int) -> None:
    record, on = dated(counts), FIRST + dt.timedelta(days=start)
    days, numbers = list(record), list(record.values())
    plain = asked(record, on).assessment
    stamped = pd.to_datetime(pd.Series(days))
    for series in (
        pd.DataFrame({"day": stamped, "n": numbers}),
        pd.DataFrame({"date": days, "count": pd.array(numbers, dtype="Int64")}),
        pd.Series(numbers, index=pd.DatetimeIndex(stamped)),
        pl.DataFrame({"when": days, "count": numbers}),
        pl.DataFrame({"day": [str(day) for day in days], "count": [float(n) for n in numbers]}),
        pa.table({"day": days, "count": numbers}),
        list(zip(days, numbers, strict=True)),
        ([day, n] for day, n in record.items()),
    ):
        assert asked(series, on).assessment == plain


@few
@given(records, st.integers(40, 110), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    counts: Counts, start: int, chance: random.Random
) -> None:
    record, on = dated(counts), FIRST + dt.timedelta(days=start)
    rows = list(record.items())
    chance.shuffle(rows)
    assert asked(rows, on) == asked(record, on)
    shuffled = pl.DataFrame(rows, schema=["day", "count"], orient="row")
    assert asked(shuffled, on).assessment == asked(record, on).assessment


@few
@given(records, st.integers(40, 110), st.lists(st.integers(0, 500), min_size=1, max_size=60))
def test_days_after_the_window_change_neither_ratio_nor_p(
    counts: Counts, start: int, after: Counts
) -> None:
    on = FIRST + dt.timedelta(days=start)
    seen = counts[: start + WINDOW_DAYS]
    if not any(seen):
        seen[0] = 1
    short, long = asked(dated(seen), on), asked(dated([*seen, *after]), on)
    assert (long.ratio, long.ratio_widened, long.p) == (short.ratio, short.ratio_widened, short.p)
    assert long.estimates == short.estimates


@few
@given(records, st.integers(40, 110))
def test_no_number_without_a_baseline(counts: Counts, start: int) -> None:
    record = dated([0] * start + [max(count, 1) for count in counts])
    result = asked(record, FIRST + dt.timedelta(days=start))
    assert (result.word, result.ratio, result.p) == ("cannot tell", None, None)
