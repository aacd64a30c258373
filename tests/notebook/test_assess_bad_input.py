"""What cannot be counts by day is refused in three lines, and never turned into a number."""

import datetime as dt
import tracemalloc
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wordkept
from wordkept.model import Baseline

FIRST, ON = dt.date(2016, 1, 1), dt.date(2016, 5, 15)
DAYS = [FIRST + dt.timedelta(days=n) for n in range(200)]
GOOD = {day: 3 + day.toordinal() % 4 for day in DAYS}
TABLE = pd.DataFrame({"day": DAYS, "count": list(GOOD.values())})


def refused(series: Any, **said: Any) -> wordkept.InputError:
    given: dict[str, Any] = {"on": ON, "falls_to": 0.5} | said
    with pytest.raises(wordkept.InputError) as error:
        wordkept.assess(series, **given)
    for problem in error.value.problems:
        lines = str(problem).splitlines()
        assert len(lines) == 3
        assert lines[1].startswith("  where: ")
        assert lines[2].startswith("  try:   ")
        assert all((problem.what, problem.where, problem.remedy))
    return error.value


def but(**cells: Any) -> dict[Any, Any]:
    """The good counts, with those of some days (day 10, 11, ...) written over."""
    return GOOD | dict(zip(DAYS[10:], cells.values(), strict=False))


def without(*places: int) -> dict[dt.date, int]:
    return {day: count for at, (day, count) in enumerate(GOOD.items()) if at not in places}


def every(step: int, rows: int = 60) -> dict[dt.date, int]:
    return {FIRST + dt.timedelta(days=step * n): 9 for n in range(rows)}


Given = Callable[[], Any]
BAD: Mapping[str, tuple[Given, str]] = {
    "a gap": (lambda: without(9, 19, 20), "3 days without a row: 10 January 2016 and 20 January"),
    "negative": (lambda: but(a=-1), "-1 is negative"),
    "fractional": (lambda: but(a=2.5), "2.5 is not a whole number"),
    "a fraction": (lambda: but(a=Fraction(1, 3)), "1/3 is not a whole number"),
    "NaN": (lambda: but(a=float("nan"), b=None), "nan has no count, and so with 1 more row"),
    "NaN of numpy": (lambda: but(a=np.float32("nan")), "nan has no count"),
    "NaN, decimal": (lambda: but(a=Decimal("NaN")), "NaN has no count"),
    "NA of pandas": (lambda: but(a=pd.NA), "<NA> has no count"),
    "infinite": (lambda: but(a=float("inf")), "inf is infinite"),
    "minus infinite": (lambda: but(a=-np.inf), "-inf is infinite"),
    "a truth": (lambda: but(a=True), "True is true or false, not a count"),
    "a truth of numpy": (lambda: but(a=np.bool_(False)), "False is true or false, not a count"),
    "text": (lambda: but(a="three"), "'three' is no number"),
    "a list": (lambda: but(a=[1, 2]), "[1, 2] is no number"),
    "complex": (lambda: but(a=1j), "1j is no number"),
    "huge": (lambda: but(a=10**30), "is over 1,000,000,000"),
    "all zeros": (lambda: dict.fromkeys(DAYS, 0), "every count is 0: no event is on record"),
    "one day": (lambda: {ON: 3}, "the record is a single day"),
    "empty mapping": (dict, "there is no row in it"),
    "empty list": (list, "there is no row in it"),
    "empty pandas": (lambda: TABLE.iloc[:0], "there is no row in it"),
    "empty polars": (pl.DataFrame, "the table has no columns"),
    "a day twice": (lambda: [*GOOD.items(), (FIRST, 3)], "1 day with more than one row: 1 January"),
    "a day twice alike": (lambda: pd.concat([TABLE, TABLE]), "200 days with more than one row"),
    "times": (lambda: but() | {pd.Timestamp("2016-08-01 10:00"): 3}, "has a time of day"),
    "times in text": (lambda: but() | {"2016-08-01T10:00": 3}, "has a time of day"),
    "a time zone": (
        lambda: TABLE.assign(day=pd.to_datetime(TABLE["day"]).dt.tz_localize("Etc/GMT-3")),
        "has a time zone, and so with 199 more rows",
    ),
    "a time zone in text": (lambda: but() | {"2016-08-01T00:00:00Z": 3}, "has a time zone"),
    "no date": (lambda: but() | {"soon": 3, "": 4}, "'soon' is no date"),
    "the 30th of February": (lambda: but() | {"2016-02-30": 3}, "'2016-02-30' is no date"),
    "an ambiguous date": (lambda: but() | {"03/04/2016": 3}, "'03/04/2016' is no date"),
    "a number for a date": (lambda: but() | {20160801: 3}, "20160801 is no date"),
    "NaT": (lambda: but() | {pd.NaT: 3}, "NaT has no day"),
    "NaT of numpy": (lambda: but() | {np.datetime64("NaT"): 3}, "has no day"),
    "the year 9999": (lambda: but() | {dt.date(9999, 1, 1): 3}, "lies outside 1900 to 2100"),
    "the year 290000": (
        lambda: but() | {np.datetime64("290000-01-01"): 3}, "lies outside 1900 to 2100"
    ),
    "a number": (lambda: 7, 'an "int" holds no days and counts'),
    "nothing": (lambda: None, 'a "NoneType" holds no days and counts'),
    "text alone": (lambda: "2016-01-01,3", 'a "str" holds no days and counts'),
    "counts alone": (lambda: list(GOOD.values()), 'an "int" is no pair of day and count'),
    "triples": (lambda: [(FIRST, 1, 2)], 'a "tuple" is no pair of day and count'),
    "a series of no days": (lambda: pd.Series([1, 2]), "a series of counts that says no days"),
    "a polars series": (lambda: pl.Series([1, 2]), "a series of counts that says no days"),
    "a lazy table": (lambda: pl.LazyFrame({"day": DAYS}), "the table is not there yet"),
    "two counts": (
        lambda: TABLE.rename(columns={"count": "killed"}).assign(hurt=1),
        "several columns could be the count: killed and hurt",
    ),
    "no counts": (lambda: TABLE[["day"]], "no column of numbers is there to be the count"),
    "no days": (lambda: TABLE[["count"]], "no column of dates is there to be the day"),
    "truths": (lambda: TABLE.assign(count=True), "no column of numbers is there to be the count"),
    "nulls of Arrow": (lambda: pa.table({"day": [FIRST, None], "count": [1, 2]}), "has no day"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_series(name: str) -> None:
    make, what = BAD[name]
    error = refused(make())
    assert what in str(error)
    assert all(one.where.startswith("series") for one in error.problems)
    beside = refused(GOOD, control=make() if make() is not None else 7)
    assert all(one.where.startswith("control") for one in beside.problems)


@pytest.mark.parametrize("rows", [every(7), every(2), {dt.date(2010 + n // 12, 1 + n % 12, 1): 9
                                                     for n in range(90)}])  # fmt: skip
def test_sums_of_weeks_and_months_are_not_days(rows: dict[dt.date, int]) -> None:
    error = refused(rows, on=sorted(rows)[40], missing="zero")
    assert "apart: these are not counts by day" in str(error)


def test_a_gap_is_nought_only_where_that_was_said() -> None:
    filled = wordkept.assess(without(9, 19), on=ON, falls_to=0.5, missing="zero")
    zeros = GOOD | {DAYS[9]: 0, DAYS[19]: 0}
    assert filled.estimates == wordkept.assess(zeros, on=ON, falls_to=0.5).estimates
    refused(without(9), missing="unknown")
    refused(but(a=None), missing="zero")


OPTIONS: Mapping[str, tuple[Mapping[str, Any], str, str]] = {
    "before": ({"on": "2015-12-31"}, "on=", "lies outside the record"),
    "after": ({"on": "2019-01-01"}, "on=", "lies outside the record"),
    "first day": ({"on": FIRST}, "on=", "it holds no day before to compare with"),
    "no date": ({"on": "soon"}, "on=", "'soon' is no date"),
    "a time": ({"on": pd.Timestamp("2016-05-15 09:00")}, "on=", "has a time of day"),
    "a zone": ({"on": dt.datetime(2016, 5, 15, tzinfo=dt.UTC)}, "on=", "has a time zone"),
    "until before": ({"until": "2016-05-01"}, "until=", "it would end on 1 May 2016"),
    "announced": ({"announced": 7}, "announced=", "7 is no date"),
    "long window": ({"window_days": 250}, "window_days=", "does not fit into a record of 200 days"),
    "window": ({"window_days": 2.5}, "window_days=", "2.5 cannot be window_days"),
    "truth": ({"window_days": True}, "window_days=", "True cannot be window_days"),
    "grace": ({"grace_days": -1}, "grace_days=", "-1 cannot be grace_days"),
    "alpha": ({"alpha": 0}, "alpha=", "0 cannot be alpha"),
    "per cent": ({"falls_to": 50}, "falls_to=", "50 cannot be falls_to"),
    "NaN": ({"falls_to": float("nan")}, "falls_to=", "nan cannot be falls_to"),
    "a rise to less": ({"falls_to": None, "rises_to": 0.5}, "rises_to=", "cannot be rises_to"),
    "neither": ({"falls_to": None}, "falls_to=", "neither falls_to nor rises_to is given"),
    "both": ({"rises_to": 2}, "falls_to=", "both falls_to and rises_to are given"),
    "baselines": ({"baselines": 28}, "baselines=", "28 is no list of baselines"),
    "short baseline": ({"baselines": [3]}, "baselines=", "3 cannot be baselines"),
    "twice": ({"baselines": [28, (28, 0)]}, "baselines=", "a baseline stands twice"),
    "missing": ({"missing": "nil"}, "missing=", "'nil' is neither 'zero' nor 'unknown'"),
    "label": ({"label": 3}, "label=", "3 is no text"),
    "unknown": ({"windw_days": 3}, "windw_days=", 'assess takes no "windw_days"'),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_bad_options(name: str) -> None:
    said, where, what = OPTIONS[name]
    (problem,) = refused(GOOD, **said).problems
    assert problem.where == where
    assert what in problem.what


def test_what_was_perhaps_meant_is_named() -> None:
    assert refused(GOOD, windw_days=3).problems[0].remedy == 'did you mean "window_days"?'
    assert refused(TABLE, count="cuont").problems[0].remedy == 'did you mean "count"?'
    assert refused(TABLE, day="n").problems[0].what == 'no column is called "n"'


def test_all_problems_are_told_of_at_once() -> None:
    error = refused(but(a=-1, b=2.5) | {"soon": 3}, on="later", alpha=7, control={FIRST: -1})
    assert {one.where.split(",")[0] for one in error.problems} == {
        "series", "control", "on=", "alpha=",
    }  # fmt: skip
    assert len(error.problems) == 6


MANY = 10_000_000


@pytest.mark.parametrize(
    "make",
    [
        lambda: pl.select(day=pl.repeat(FIRST, MANY), count=pl.repeat(1, MANY)),
        lambda: range(MANY),
        lambda: ((FIRST, 1) for _ in range(MANY)),
        lambda: np.ones(MANY, dtype=np.int8),
    ],
    ids=["table", "range", "generator", "array"],
)
def test_ten_million_days_are_refused_without_being_kept(make: Given) -> None:
    given = make()
    tracemalloc.start()
    error = refused(given)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "more rows than the 73,414 days of 1900 to 2100" in str(error)
    assert peak < 50e6


@pytest.mark.usefixtures("must_end")
def test_two_days_ten_million_apart_are_no_record() -> None:
    refused({"0001-01-01": 1, "9999-12-31": 2}, missing="zero")
    widest = {dt.date(1900, 1, 1): 1, dt.date(2100, 12, 31): 2, dt.date(1950, 2, 3): 1}
    wordkept.assess(widest, on="1950-02-03", falls_to=0.5, missing="zero")


WHOLE: Mapping[str, Callable[[int], Any]] = {
    "numpy": np.int16, "numpy unsigned": np.uint64, "float": float, "numpy float": np.float32,
    "decimal": Decimal, "fraction": Fraction,
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_whole_numbers_of_any_kind_are_counts(name: str) -> None:
    plain = wordkept.assess(GOOD, on=ON, falls_to=0.5)
    given = {day: WHOLE[name](count) for day, count in GOOD.items()}
    assert wordkept.assess(given, on=ON, falls_to=0.5).estimates == plain.estimates


DATED: Mapping[str, Callable[[dt.date], Any]] = {
    "text": str,
    "text at midnight": lambda day: f"{day} 00:00:00",
    "midnight": lambda day: dt.datetime(day.year, day.month, day.day),  # noqa: DTZ001
    "numpy": np.datetime64,
    "numpy in nanoseconds": lambda day: np.datetime64(day, "ns"),
    "pandas": pd.Timestamp,
}


@pytest.mark.parametrize("name", DATED)
def test_days_of_any_kind_are_days(name: str) -> None:
    plain = wordkept.assess(GOOD, on=ON, falls_to=0.5)
    given = {DATED[name](day): count for day, count in GOOD.items()}
    found = wordkept.assess(given, on=DATED[name](ON), falls_to=0.5)
    assert found.estimates == plain.estimates


def test_baselines_may_be_written_in_three_ways() -> None:
    ways: Any = (
        [28, (60, 14)],
        [Baseline(days=28), [60, 14]],
        ((28, 0), Baseline(days=60, donut_days=14)),
    )
    found = [wordkept.assess(GOOD, on=ON, falls_to=0.5, baselines=way).estimates for way in ways]
    assert found[0] == found[1] == found[2]
    assert [one.baseline.days for one in found[0]] == [28, 60]
