"""Rows of day and count out of whatever a notebook holds: a table, a series, a mapping, pairs."""

from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from itertools import islice
from typing import Any

import narwhals as nw

from wordkept.errors import InputError, Problem, did_you_mean
from wordkept.notebook.cells import MOST_DAYS, SPAN
from wordkept.prose import listed

Cells = Sequence[Any]
DAY_NAMES = ("day", "date")
COUNT_NAMES = ("count", "n", "events")
PAIR = 2
WRITTEN = nw.String | nw.Object | nw.Categorical | nw.Unknown
"""What may hold days without being a type of date; pandas' rarer time zones are unknown."""
TAKEN = "a pandas, polars or Arrow table, a mapping of day to count, or (day, count) pairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the columns of a table are called; None where they are to be found by their type."""

    day: str | None = None
    count: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Days and counts as they were given, row by row, not yet looked at."""

    days: Cells
    counts: Cells
    kind: str | None
    """The library whose table it was ("pandas", "polars", "pyarrow"); None of plain values."""


def rows_of(given: Any, columns: Columns, where: str) -> Rows:
    """The rows of what was given. Raises InputError where it is nothing that holds days and counts.

    More rows than there are days in two centuries are refused before any is read.
    """
    if isinstance(given, Sized) and not isinstance(given, str | bytes):
        _bounded(len(given), where)
    native = _narwhals(given)
    if isinstance(native, nw.LazyFrame):
        what, remedy = "the table is not there yet: it is lazy", "give its .collect()"
        raise InputError(Problem(what=what, where=where, remedy=remedy))
    if isinstance(native, nw.DataFrame):
        return _of_table(native, columns, where)
    if isinstance(native, nw.Series):
        return _of_series(native, where)
    if isinstance(given, Mapping):
        return Rows(days=tuple(given), counts=tuple(given.values()), kind=None)
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        return _of_pairs(given, where)
    what = f"{_named(given)} holds no days and counts"
    raise InputError(Problem(what=what, where=where, remedy=f"give {TAKEN}"))


def _narwhals(given: Any) -> Any:
    wrapped = nw.from_native(given, pass_through=True, allow_series=True)
    if wrapped is given and hasattr(given, "__arrow_c_stream__"):
        return nw.from_arrow(given, backend="pyarrow")
    return wrapped


def _of_table(table: nw.DataFrame[Any], columns: Columns, where: str) -> Rows:
    _bounded(len(table), where)
    if not table.columns:
        raise InputError(
            Problem(what="the table has no columns", where=where, remedy=f"give {TAKEN}")
        )
    if not len(table):
        return Rows(days=(), counts=(), kind=None)
    index = nw.maybe_get_index(table)
    dated = index is not None and columns.day is None and _is_dated(index)
    day = None if dated else _column(table, columns.day, "day", where)
    count = _column(table, columns.count, "count", where, but=day)
    return Rows(
        days=list(index)
        if day is None and index is not None
        else table.get_column(day or "").to_list(),
        counts=table.get_column(count).to_list(),
        kind=table.implementation.value,
    )


def _of_series(series: nw.Series[Any], where: str) -> Rows:
    index = nw.maybe_get_index(series)
    if index is None or str(getattr(index, "inferred_type", "")) == "integer":
        what = "a series of counts that says no days"
        remedy = "give a table with a column of days, or a pandas Series with a DatetimeIndex"
        raise InputError(Problem(what=what, where=where, remedy=remedy))
    _bounded(len(series), where)
    kind = series.implementation.value
    return Rows(days=list(index), counts=series.to_list(), kind=kind)


def _of_pairs(given: Iterable[Any], where: str) -> Rows:
    pairs = list(islice(given, MOST_DAYS + 1))
    _bounded(len(pairs), where)
    for row, pair in enumerate(pairs, start=1):
        if isinstance(pair, str | bytes) or not isinstance(pair, Sized) or len(pair) != PAIR:
            what = f"{_named(pair)} is no pair of day and count"
            remedy = f"give {TAKEN}"
            raise InputError(Problem(what=what, where=f"{where}, row {row}", remedy=remedy))
    halves = [tuple(pair) for pair in pairs]
    return Rows(days=[day for day, _ in halves], counts=[count for _, count in halves], kind=None)


def _bounded(rows: int, where: str) -> None:
    if rows > MOST_DAYS:
        years = f"{SPAN.start.year} to {SPAN.end.year}"
        what = f"there are more rows than the {MOST_DAYS:,} days of {years}"
        remedy = "give one row a day: add up the events of each day first"
        raise InputError(Problem(what=what, where=where, remedy=remedy))


def _is_dated(index: Any) -> bool:
    return type(index).__name__ == "DatetimeIndex"


def _column(
    table: nw.DataFrame[Any], named: str | None, role: str, where: str, but: str | None = None
) -> str:
    """The name of the column of days or of counts, or InputError where it would be a guess."""
    others = [name for name in table.columns if name != but]
    if named is not None:
        if named in others:
            return named
        otherwise = f"its columns: {', '.join(map(str, others)) or 'none but the days'}"
        remedy = did_you_mean(str(named), map(str, others), otherwise=otherwise)
        raise InputError(
            Problem(what=f'no column is called "{named}"', where=f"{where}, {role}=", remedy=remedy)
        )
    fitting = [name for name in others if _fits(table.schema[name], role)]
    usual = DAY_NAMES if role == "day" else COUNT_NAMES
    called = [name for name in fitting if str(name).casefold() in usual]
    typed = [name for name in fitting if not isinstance(table.schema[name], WRITTEN)]
    for found in (called, typed):
        if len(found) == 1:
            return found[0]
    raise InputError(_unfound(role, called or typed, others, where))


def _fits(dtype: nw.dtypes.DType, role: str) -> bool:
    if role == "count":
        return dtype.is_numeric()
    return isinstance(dtype, nw.Date | nw.Datetime | WRITTEN)


def _unfound(role: str, several: list[str], others: list[str], where: str) -> Problem:
    if several:
        what = f"several columns could be the {role}: {listed(tuple(map(str, several)))}"
        return Problem(what=what, where=where, remedy=f'say which: {role}="{several[0]}"')
    kind = "dates" if role == "day" else "numbers"
    names = ", ".join(map(str, others)) or "no other"
    what = f"no column of {kind} is there to be the {role}"
    return Problem(what=what, where=where, remedy=f'name it with {role}="..."; columns: {names}')


def _named(given: Any) -> str:
    kind = type(given).__name__
    return f'{"an" if kind[:1].lower() in "aeiou" else "a"} "{kind}"'
