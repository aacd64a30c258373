"""TIMEX values: the days that they cover, and back."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.period import Period
from wordkept.reading.times_tense import tenses
from wordkept.reading.times_values import moved, period_of, unit_value
from wordkept.reading.times_words import counted, duration

UNITS = ("day", "week", "weekend", "month", "quarter", "year", "decade", "century")
DATES = st.dates(min_value=date(1600, 1, 1), max_value=date(2999, 12, 31))


@settings(max_examples=80)
@given(DATES, st.sampled_from(UNITS))
def test_the_value_of_a_days_unit_covers_the_day(day: date, unit: str) -> None:
    days = period_of(unit_value(day, unit))
    assert days is not None
    assert (day in days) or (unit == "weekend" and 0 < (days.start - day).days <= 5)


@settings(max_examples=80)
@given(DATES, st.sampled_from(UNITS), st.integers(-30, 30))
def test_there_and_back_is_no_further_than_a_short_month(day: date, unit: str, count: int) -> None:
    there = moved(day, unit, count)
    if there is not None:
        back = moved(there, unit, -count)
        assert back is not None
        assert abs((back - day).days) <= 3


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2015-WI", date(2015, 12, 1), date(2016, 2, 29)),
        ("2016-H2", date(2016, 7, 1), date(2016, 12, 31)),
        ("2016-Q1", date(2016, 1, 1), date(2016, 3, 31)),
        ("2015-W53", date(2015, 12, 28), date(2016, 1, 3)),
        ("2016-03-14TNI", date(2016, 3, 14), date(2016, 3, 14)),
        ("199", date(1990, 1, 1), date(1999, 12, 31)),
        ("19", date(1900, 1, 1), date(1999, 12, 31)),
        ("2016-04-03/2016-04-07", date(2016, 4, 3), date(2016, 4, 7)),
    ],
)
def test_the_days_of_a_value(value: str, first: date, last: date) -> None:
    assert period_of(value) == Period(first, last)


@pytest.mark.parametrize(
    "value",
    ["", "P6M", "PRESENT_REF", "XXXX-WXX-1", "TNI", "2016-02-30", "2016-W54", "0000", "2016-13",
     "2016-04-07/2016-04-03", "P1D/2016"],
)  # fmt: skip
def test_what_covers_no_days(value: str) -> None:
    assert period_of(value) is None


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("six", "month", "P6M"), ("forty-eight", "hours", "PT48H"), ("18", "months", "P18M"),
        ("a", "decade", "P10Y"), ("several", "days", "PXD"), ("two and a half", "years", "P2.5Y"),
        ("a couple of", "weeks", "P2W"), ("a dozen", "years", "P12Y"), ("few", "decades", "PXDE"),
    ],
)  # fmt: skip
def test_durations(words: str, unit: str, value: str) -> None:
    assert duration(counted(words), unit) == value


@pytest.mark.parametrize(
    ("sentence", "words", "way"),
    [
        ("the army left on tuesday", "tuesday", -1),
        ("the army will have left by tuesday", "tuesday", 1),
        ("the bridge will be repaired on tuesday", "tuesday", 1),
        ("on tuesday, the army left", "tuesday", -1),
        ("the minister said on tuesday that they would leave", "tuesday", -1),
        ("the minister said that they would leave on tuesday", "tuesday", 1),
        ("they began to leave on tuesday", "tuesday", -1),
        ("they agreed to leave on tuesday", "tuesday", 1),
        ("the truce, which began on tuesday, will be renewed", "tuesday", -1),
        ("the truce was extended until tuesday", "tuesday", 1),
        ("it has been quiet since tuesday", "tuesday", -1),
        ("they would stop unless a reply came by tuesday", "tuesday", 1),
        ("he undertook to leave on tuesday", "tuesday", 1),
        ("they annul the vote of 28 november", "28 november", -1),
        ("the next round has been set for tuesday", "tuesday", 1),
        ("patrols were to start on tuesday", "tuesday", 0),
        ("a vote on tuesday", "tuesday", 0),
    ],
)
def test_which_way_a_clause_looks(sentence: str, words: str, way: int) -> None:
    start = sentence.index(words)
    assert tenses(sentence, 0).way(sentence, start, start + len(words)) == way
