"""Rows become counts by day with no day missing, or every reason why they cannot."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal

from wordkept.errors import InputError, Problem
from wordkept.notebook.cells import Fault, kinds, read_count, read_day
from wordkept.notebook.tables import Rows
from wordkept.period import Period
from wordkept.prose import count, day, listed

Missing = Literal["unknown", "zero"]
SHOWN = 3
"""Examples of a fault that an error shows."""
LONGEST_CELL = 40
EVEN_ROWS = 4
"""From so many rows on, days that lie evenly apart are not daily by chance."""
MONTHS_APART = range(28, 32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Counts of every day of a stretch."""

    period: Period
    counts: tuple[int, ...]
    filled: int
    """Days without a row that were taken as nought, as the user said."""


def days_of(rows: Rows, missing: Missing, where: str) -> Days:
    """The counts of every day from the first row's to the last's, whatever order the rows are in.

    Raises InputError with all that is wrong: cells that cannot be read, days that stand twice, days
    without a row where they were not said to be nought, and a record that holds nothing.
    """
    if not len(rows.days):
        raise InputError(_problem("there is no row in it", where, "give one row a day"))
    by_row = [read_day(cell) for cell in rows.days]
    counts = [read_count(cell) for cell in rows.counts]
    problems = [*_unread(by_row, rows.days, where), *_unread(counts, rows.counts, where)]
    read = [one for one in by_row if isinstance(one, date)]
    problems += _twice(read, where)
    if len(read) == len(by_row):
        problems += _gaps(sorted(set(read)), missing, where)
    if problems:
        raise InputError(*problems)
    by_day = {
        on: number
        for on, number in zip(by_row, counts, strict=True)
        if isinstance(on, date) and isinstance(number, int)
    }
    return _laid(by_day, where)


def _laid(by_day: Mapping[date, int], where: str) -> Days:
    period = Period(min(by_day), max(by_day))
    if len(period) == 1:
        remedy = "give the days before the pledge as well as those after it"
        raise InputError(_problem("the record is a single day", where, remedy))
    if not any(by_day.values()):
        remedy = "give a record that holds events: from none nothing can be told"
        raise InputError(_problem("every count is 0: no event is on record", where, remedy))
    counts = tuple(by_day.get(on, 0) for on in period)
    return Days(period=period, counts=counts, filled=len(period) - len(by_day))


def _unread(
    read: Sequence[date | int | Fault], cells: Sequence[Any], where: str
) -> Iterator[Problem]:
    faults = {row: one for row, one in enumerate(read) if isinstance(one, Fault)}
    for fault, at in kinds(faults).items():
        first = at[0]
        what = f"{_shown(cells[first])} {fault.what}"
        if more := len(at) - 1:
            what += f", and so with {count(more, 'more row')}"
        places = ", ".join(str(row + 1) for row in at[:SHOWN]) + (", ..." if at[SHOWN:] else "")
        rows = f"row{'s' if more else ''} {places}"
        yield _problem(what, f"{where}, {rows} (the first is 1)", fault.remedy)


def _twice(read: Sequence[date], where: str) -> Iterator[Problem]:
    twice = sorted(on for on, times in Counter(read).items() if times > 1)
    if twice:
        what = f"{count(len(twice), 'day')} with more than one row: {_examples(twice)}"
        remedy = "give one row a day: choose one series, or add up the rows of each day"
        yield _problem(what, where, remedy)


def _gaps(days: Sequence[date], missing: Missing, where: str) -> Iterator[Problem]:
    lacking = (days[-1] - days[0]).days + 1 - len(days)
    if not lacking:
        return
    if rhythm := _rhythm(days):
        what = f"the rows are {rhythm} apart: these are not counts by day"
        yield _problem(what, where, "give one row a day; a sum of days cannot be laid on its days")
    elif missing != "zero":
        holes = [
            Period(before + timedelta(days=1), after - timedelta(days=1))
            for before, after in pairwise(days)
            if (after - before).days > 1
        ]
        what = f"{count(lacking, 'day')} without a row: {_examples(holes)}"
        remedy = (
            'if a day without a row is a day on which nothing was seen, say missing="zero"; if '
            "nobody looked, give a stretch without gaps"
        )
        yield _problem(what, where, remedy)


def _rhythm(days: Sequence[date]) -> str:
    """How far apart the days are where they are evenly so, as in a record by week or month.

    >>> _rhythm([date(2016, 1, 4) + timedelta(days=7 * n) for n in range(5)])
    '7 days'
    """
    steps = {(after - before).days for before, after in pairwise(days)}
    if len(days) < EVEN_ROWS:
        return ""
    if len(steps) == 1:
        return count(steps.pop(), "day")
    return "a month" if steps <= set(MONTHS_APART) else ""


def _examples(found: Sequence[date | Period]) -> str:
    words = [_spoken(one) for one in found[:SHOWN]]
    if rest := len(found) - SHOWN:
        return ", ".join(words) + f" and {rest:,} more" if rest > 0 else listed(tuple(words))
    return listed(tuple(words))


def _spoken(one: date | Period) -> str:
    if isinstance(one, date):
        return day(one)
    return day(one.start) if len(one) == 1 else f"{day(one.start)} to {day(one.end)}"


def _shown(cell: Any) -> str:
    text = repr(cell) if isinstance(cell, str) else str(cell)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}..."


def _problem(what: str, where: str, remedy: str) -> Problem:
    return Problem(what=what, where=where, remedy=remedy)
