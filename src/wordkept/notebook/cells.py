"""One cell as a day or as a count, or what is wrong with it; nothing is guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

from wordkept.period import Period

SPAN = Period(date(1900, 1, 1), date(2100, 12, 31))
"""The days that wordkept reads: those of a pledge file."""
MOST_DAYS = len(SPAN)
MOST_A_DAY = 10**9
"""No record counts more events on a day, and sums of such days stay exact."""
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?")
NOTHING = frozenset({"NAType", "NaTType", "NoneType"})
"""The types that say "no value": pandas' two, and None's."""
TRUTHS = frozenset({"bool", "bool_"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be read, and what to try."""

    what: str
    remedy: str


NO_DAY = Fault("has no day", "leave the row out, or give it its day")
NO_DATE = Fault("is no date", "write days as 2016-03-15, or give a column of dates")
TIMED = Fault(
    "has a time of day",
    "count by day first: cut the times off and add up the events of each local day",
)
ZONED = Fault(
    "has a time zone",
    "say whose day it is: convert to the local zone, drop the zone, and count by day",
)
FAR = Fault(f"lies outside {SPAN.start.year} to {SPAN.end.year}", "correct the year")
NO_COUNT = Fault(
    "has no count",
    "write 0 if the day was watched and nothing was seen; an unknown day is not nought: "
    "give a stretch of days without it",
)
NO_NUMBER = Fault("is no number", "give whole numbers of events, 0 or more")
TRUTH = Fault("is true or false, not a count", "give the number of events of each day")
NEGATIVE = Fault("is negative", "correct it: no day holds fewer than 0 events")
FRACTION = Fault(
    "is not a whole number",
    "give events as they were counted, not rates, means or shares",
)
ENDLESS = Fault("is infinite", "give whole numbers of events, 0 or more")
TOO_MANY = Fault(f"is over {MOST_A_DAY:,}", "give events by day, not identifiers or amounts")


def read_day(cell: Any) -> date | Fault:
    """The plain local day of a cell, or what is wrong with it.

    >>> read_day("2016-03-15"), read_day("2016-03-15 00:00:00")
    (datetime.date(2016, 3, 15), datetime.date(2016, 3, 15))
    >>> read_day("15/03/2016").what, read_day("2016-03-15T10:30").what
    ('is no date', 'has a time of day')
    """
    if type(cell).__name__ == "datetime64":  # numpy's: its own word for "to microseconds"
        cell = cell.astype("datetime64[us]").item()
        if isinstance(cell, int):
            return FAR
    if _absent(cell):
        return NO_DAY
    if isinstance(cell, str):
        return _written_day(cell.strip())
    if isinstance(cell, datetime):
        return _midnight(cell)
    if isinstance(cell, date):
        return cell if cell in SPAN else FAR
    return NO_DATE


def read_count(cell: Any) -> int | Fault:
    """The whole number of events in a cell, or what is wrong with it.

    >>> read_count(3), read_count(3.0), read_count(2.5).what, read_count(True).what
    (3, 3, 'is not a whole number', 'is true or false, not a count')
    """
    if type(cell).__name__ in TRUTHS:
        return TRUTH
    if _absent(cell):
        return NO_COUNT
    return _whole(cell) if isinstance(cell, Real | Decimal) else NO_NUMBER


def kinds(faults: Mapping[int, Fault]) -> Mapping[Fault, tuple[int, ...]]:
    """The rows of each fault, in the order in which the faults are met."""
    found: dict[Fault, list[int]] = {}
    for row, fault in faults.items():
        found.setdefault(fault, []).append(row)
    return {fault: tuple(rows) for fault, rows in found.items()}


def _whole(number: Any) -> int | Fault:
    if number in (float("inf"), float("-inf")):
        return ENDLESS
    if number < 0:
        return NEGATIVE
    if not isinstance(number, Integral) and number % 1:
        return FRACTION
    return int(number) if number <= MOST_A_DAY else TOO_MANY


def _absent(cell: Any) -> bool:
    if type(cell).__name__ in NOTHING:
        return True
    return isinstance(cell, Real | Decimal) and cell != cell  # noqa: PLR0124 - NaN alone differs


def _written_day(text: str) -> date | Fault:
    if not text:
        return NO_DAY
    found = ISO_DAY.fullmatch(text)
    try:
        if found and not found[1]:
            return read_day(date.fromisoformat(text))
        return _midnight(datetime.fromisoformat(text)) if found else NO_DATE
    except ValueError:
        return NO_DATE


def _midnight(moment: datetime) -> date | Fault:
    if moment.tzinfo is not None:
        return ZONED
    if moment.time() != time.min or getattr(moment, "nanosecond", False):
        return TIMED
    return read_day(moment.date())
