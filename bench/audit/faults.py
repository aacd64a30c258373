"""Faults, each planted in a clean record at a size, and how one tells that it was found."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wordkept.model import Irregularity

Row = dict[str, Any]
Random = np.random.Generator
Plant = Callable[[list[Row], float, Random], list[Row]]
DAY = dt.timedelta(days=1)
RAGGED = 0.04
AROUND_DAYS = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault: how it is planted, at which sizes, and which finding tells of it."""

    detector: str
    """Its name among the detectors."""
    sizes: tuple[float, ...]
    unit: str
    plant: Plant
    tells: Callable[[Irregularity], bool]


def _span(rows: list[Row]) -> tuple[dt.date, int]:
    first = min(row["period_from"] for row in rows)
    return first, (max(row["period_from"] for row in rows) - first).days + 1


def _from(rows: list[Row], part: float) -> dt.date:
    first, days = _span(rows)
    return first + dt.timedelta(days=int(days * part))


def silence(rows: list[Row], size: float, random: Random) -> list[Row]:
    start = _from(rows, random.uniform(0.25, 0.7))
    end = start + dt.timedelta(days=int(size))
    return [row for row in rows if not start <= row["period_from"] < end]


def thinned(rows: list[Row], size: float, random: Random) -> list[Row]:
    """A quiet spell of four weeks, to so much of its level: no fault."""
    start = _from(rows, random.uniform(0.25, 0.7))
    end = start + dt.timedelta(days=28)
    return [row for row in rows if not start <= row["period_from"] < end or random.random() < size]


def ragged(rows: list[Row], size: float, random: Random) -> list[Row]:
    turn = _from(rows, 0.0) + dt.timedelta(days=int(size))
    return [row for row in rows if row["period_from"] >= turn or random.random() < RAGGED]


def dump(rows: list[Row], size: float, random: Random) -> list[Row]:
    on = _from(rows, random.uniform(0.2, 0.8))
    near = [row for row in rows if abs((row["period_from"] - on).days) <= AROUND_DAYS]
    moved = {row["row"] for row in near if random.random() < size}
    return [_dated(row, on) if row["row"] in moved else row for row in rows]


def _dated(row: Row, on: dt.date) -> Row:
    return row | {"period_from": on, "period_to": on}


def unfilled(rows: list[Row], size: float, random: Random) -> list[Row]:
    """A field empty for so many days: the target, or side a in records that name no targets."""
    start = _from(rows, random.uniform(0.1, 0.7))
    end = start + dt.timedelta(days=int(size))
    named = sum(row["target"] is not None for row in rows) >= len(rows) / 2
    field = "target" if named else "side_a"
    return [row | {field: None} if start <= row["period_from"] < end else row for row in rows]


def filled_late(rows: list[Row], size: float, random: Random) -> list[Row]:
    """A field filled in from halfway on, in so much of the rows that had it."""
    turn = _from(rows, random.uniform(0.3, 0.7))
    return [
        row | {"target": None} if row["period_from"] < turn and random.random() < size else row
        for row in rows
    ]


def recoded(rows: list[Row], size: float, random: Random) -> list[Row]:
    """So much of the rows get a type of their own, which another replaces half-way."""
    turn = _from(rows, random.uniform(0.3, 0.7))
    chosen = {row["row"] for row in rows if random.random() < size}
    return [
        row | {"native_type": "old code" if row["period_from"] < turn else "new code"}
        if row["row"] in chosen else row
        for row in rows
    ]  # fmt: skip


def source_gone(rows: list[Row], size: float, random: Random) -> list[Row]:
    """A source of so much of the rows, that falls away with all its rows."""
    turn = _from(rows, random.uniform(0.3, 0.7))
    chosen = {row["row"] for row in rows if random.random() < size}
    return [
        row | {"reference": f"https://gone.example/{row['row']}"} if row["row"] in chosen else row
        for row in rows
        if row["row"] not in chosen or row["period_from"] < turn
    ]


def summary(rows: list[Row], size: float, random: Random) -> list[Row]:
    chosen = set(random.choice(len(rows), int(size), replace=False).tolist())
    return [
        row | {"period_to": row["period_from"] + 29 * DAY} if at in chosen else row
        for at, row in enumerate(rows)
    ]


def first_of_month(rows: list[Row], size: float, random: Random) -> list[Row]:
    return [
        _dated(row, row["period_from"].replace(day=1)) if random.random() < size else row
        for row in rows
    ]


def rounded(rows: list[Row], size: float, random: Random) -> list[Row]:
    def of(row: Row) -> Row:
        deaths = row["deaths_best"] or 0
        if deaths < 6 or random.random() >= size:  # noqa: PLR2004
            return row
        return row | dict.fromkeys(("deaths_low", "deaths_best", "deaths_high"),
                                   max(10, round(deaths / 10) * 10))  # fmt: skip

    return [of(row) for row in rows]


def one_point(rows: list[Row], size: float, random: Random) -> list[Row]:
    """So much of the rows stand at one point, under their own names."""
    lat, lon = 12.3456, 41.2345
    return [row | {"lat": lat, "lon": lon} if random.random() < size else row for row in rows]


def swapped(rows: list[Row], size: float, random: Random) -> list[Row]:
    placed = [at for at, row in enumerate(rows) if row["lat"] is not None]
    chosen = set(random.choice(placed, int(size), replace=False).tolist())
    return [
        row | {"lat": row["lon"], "lon": row["lat"]} if at in chosen else row
        for at, row in enumerate(rows)
    ]


def shared(rows: list[Row], size: float, random: Random) -> list[Row]:
    """So much of one party's rows are laid to another as well."""

    def of(row: Row) -> Row:
        if row["side_a"] != "North" or random.random() >= size:
            return row
        return row | {"side_a": "North; South", "actors_certain": [],
                      "actors_possible": ["North", "South"]}  # fmt: skip

    return [of(row) for row in rows]


def late(rows: list[Row], size: float, random: Random) -> list[Row]:
    return [
        row | {"stamped_on": row["period_to"] + 200 * DAY} if random.random() < size else row
        for row in rows
    ]


def twice(rows: list[Row], size: float, random: Random) -> list[Row]:
    again = [row for row in rows if random.random() < size]
    ids = range(len(rows) + 1, len(rows) + len(again) + 1)
    return [*rows, *(row | {"row": at, "native_id": f"again{at}"}
                     for at, row in zip(ids, again, strict=True))]  # fmt: skip


def twice_told(rows: list[Row], size: float, random: Random) -> list[Row]:
    """So much of the rows again, from another source."""
    return [row if row["row"] <= len(rows) else row | {"reference": f"https://x.example/{at}"}
            for at, row in enumerate(twice(rows, size, random))]  # fmt: skip


def _check(name: str, field: str | None = None) -> Callable[[Irregularity], bool]:
    return lambda one: one.check == name and (field is None or field in (one.field or ""))


FAULTS: Mapping[str, Fault] = {
    "collection stops for some days": Fault(
        detector="silences", sizes=(4, 7, 14, 28), unit="days", plant=silence,
        tells=_check("silence")),
    "the record begins ragged": Fault(
        detector="edges", sizes=(30, 60, 120), unit="days at 4 %", plant=ragged,
        tells=_check("edge")),
    "rows entered under one day": Fault(
        detector="dumps", sizes=(0.05, 0.1, 0.2, 0.4), unit="of three months", plant=dump,
        tells=_check("dump")),
    "a field fails for some days": Fault(
        detector="fields", sizes=(14, 28, 56, 112), unit="days", plant=unfilled,
        tells=lambda one: one.check == "field" and one.field in ("target", "side_a")),
    "a field is filled in from a day on": Fault(
        detector="fields", sizes=(0.25, 0.5, 1.0), unit="of it lost before", plant=filled_late,
        tells=_check("field", "target")),
    "a value is coded otherwise": Fault(
        detector="vocabulary", sizes=(0.02, 0.05, 0.1, 0.2), unit="of rows", plant=recoded,
        tells=lambda one: one.recoded and one.field == "native_type"),
    "a source falls away": Fault(
        detector="vocabulary", sizes=(0.02, 0.05, 0.1, 0.2), unit="of rows", plant=source_gone,
        tells=_check("source")),
    "rows that span a month": Fault(
        detector="summary rows", sizes=(1, 5, 20), unit="rows", plant=summary,
        tells=_check("summary rows")),
    "rows dated to the first of the month": Fault(
        detector="days of the month", sizes=(0.02, 0.05, 0.1, 0.2), unit="of rows",
        plant=first_of_month, tells=_check("heaping", "period_from")),
    "deaths rounded to tens": Fault(
        detector="round numbers", sizes=(0.1, 0.2, 0.4), unit="of six or more", plant=rounded,
        tells=_check("heaping", "deaths")),
    "many places at one point": Fault(
        detector="points", sizes=(0.01, 0.02, 0.05, 0.1), unit="of rows", plant=one_point,
        tells=_check("coordinates")),
    "coordinates swapped": Fault(
        detector="turned coordinates", sizes=(1, 5, 20), unit="rows", plant=swapped,
        tells=_check("coordinates")),
    "a party's acts shared with another": Fault(
        detector="attribution", sizes=(0.1, 0.25, 0.5), unit="of its rows", plant=shared,
        tells=_check("attribution")),
    "rows stamped 200 days late": Fault(
        detector="delay", sizes=(0.05, 0.1, 0.25, 0.5), unit="of rows", plant=late,
        tells=_check("delay")),
    "rows that stand twice": Fault(
        detector="duplicates", sizes=(0.005, 0.01, 0.05), unit="of rows", plant=twice,
        tells=_check("duplicates")),
    "events entered again from another source": Fault(
        detector="duplicates", sizes=(0.01, 0.02, 0.05, 0.1), unit="of rows", plant=twice_told,
        tells=_check("duplicates", "deaths_best")),
}  # fmt: skip
"""No size is nought: what is found of a clean record is counted as a false alarm."""
