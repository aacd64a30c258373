"""TIMEX values: from days to values, and from values to the days that they cover."""

import calendar
import re
from datetime import MAXYEAR, date, timedelta

from wordkept.period import Period

_VALUE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:T.*)?|(?P<month>\d{4}-\d\d)|(?P<year>\d{4})|(?P<decade>\d{3})"
    r"|(?P<century>\d\d)|(?P<week>\d{4}-W\d\d)(?P<end>-WE)?|(?P<part>\d{4}-(?:Q[1-4]|H[12]|SP|SU|FA|WI))"
)
_YEARS = {"year": 1, "decade": 10, "century": 100}
_FIRST_MONTH = {"Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7, "SP": 3, "SU": 6, "FA": 9}
_FIRST_MONTH |= {"WI": 12}
SEASON_FROM = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The months that begin the northern seasons of the weather services; winter has its first year."""


def period_of(value: str) -> Period | None:
    """The days that a value covers; None of durations, sets, references and what is no value.

    >>> str(period_of("2016-02")), str(period_of("2016-W11-WE")), period_of("P6M")
    ('2016-02-01..2016-02-29', '2016-03-19..2016-03-20', None)
    """
    first, slash, last = value.partition("/")
    if slash:
        begins, ends = period_of(first), period_of(last)
        whole = begins and ends and begins.start <= ends.end
        return Period(begins.start, ends.end) if begins and ends and whole else None
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    try:
        return _days(found)
    except ValueError:  # a year 0, a week 53 of a year that has 52, 30 February
        return None


def _days(found: re.Match[str]) -> Period:
    kind, words = found.lastgroup or "", found[0]
    if kind == "day":
        return Period.of(date.fromisoformat(found["day"]), days=1)
    if kind == "month":
        return months(int(words[:4]), int(words[5:]), 1)
    if kind in _YEARS:
        return months(int(words) * _YEARS[kind], 1, 12 * _YEARS[kind])
    if kind in {"week", "end"}:
        monday = date.fromisocalendar(int(words[:4]), int(words[6:8]), 1)
        saturday = monday + timedelta(days=5)
        return Period.of(saturday, days=2) if kind == "end" else Period.of(monday, days=7)
    part = words[5:]
    return months(int(words[:4]), _FIRST_MONTH[part], 6 if part[0] == "H" else 3)


def months(year: int, month: int, count: int) -> Period:
    """The `count` whole months that begin with that one.

    >>> str(months(2015, 12, 3))
    '2015-12-01..2016-02-29'
    """
    begins = date(year, month, 1)
    year, month = divmod(year * 12 + month - 2 + count, 12)
    if year > MAXYEAR:
        raise ValueError(year)
    return Period(begins, date(year, month + 1, calendar.monthrange(year, month + 1)[1]))


def unit_value(day: date, unit: str) -> str:
    """The value of the week, month, quarter, year, decade or century that a day lies in.

    >>> [unit_value(date(2016, 1, 2), unit) for unit in ("week", "month", "quarter", "decade")]
    ['2015-W53', '2016-01', '2016-Q1', '201']
    """
    if unit in {"week", "weekend"}:
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    if unit == "day":
        return day.isoformat()
    year_digits = {"year": 4, "decade": 3, "century": 2}
    if unit in year_digits:
        return f"{day.year:04}"[: year_digits[unit]]
    if unit == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return day.isoformat()[:7]


def moved(day: date, unit: str, count: int) -> date | None:
    """The day so many units later, or earlier; None beyond the calendar.

    >>> moved(date(2016, 3, 31), "month", -1), moved(date(2016, 2, 29), "year", 1)
    (datetime.date(2016, 2, 29), datetime.date(2017, 2, 28))
    """
    days = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
    many = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    try:
        if unit in days:
            return day + timedelta(days=days[unit] * count)
        year, month = divmod(day.year * 12 + day.month - 1 + many[unit] * count, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None
