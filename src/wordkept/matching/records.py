"""The rows of two datasets as arrays, brought to the same numbers: days, places, actors, deaths."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wordkept.matching import engines, threads
from wordkept.matching.folding import folded
from wordkept.matching.names import Names, resolved

ACTORS = 4
"""Actors of a row that are compared: those certain first, then the sides, then the doubtful."""
NOBODY = NOWHERE = UNKNOWN = -1
Bounds = tuple[str, str, str]
"""The names of columns that hold the low, the best and the high number."""
_ACTOR_COLUMNS = ("actors_certain", "side_a", "side_b", "actors_probable", "actors_possible")
_DEATHS: Bounds = ("deaths_low", "deaths_best", "deaths_high")
_CIVILIANS: Bounds = ("civilian_deaths_low", "civilian_deaths_best", "civilian_deaths_high")
_AREA_WORD = re.compile(
    r"\b(administrative|department|district|governorate|mintaqat|muhafazat|oblast|province|region|"
    r"rayon|state|wilaya|wilayah)\b"
)
"""Words that one dataset sets beside an area's name and another leaves out."""
_NO_DAY = np.iinfo(np.int32).min
_MOST_DEATHS = 10**7
"""Over which a number of deaths is none: it would not fit the arrays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The rows of one dataset as arrays of one length; codes mean the same on both sides."""

    day_from: NDArray[np.int32]
    """Days since 1970; the smallest number where the row has no date."""
    day_to: NDArray[np.int32]
    lat: NDArray[np.float64]
    """nan where the row names no point."""
    lon: NDArray[np.float64]
    radius_km: NDArray[np.float64]
    """nan where the row names only an area, whatever its coordinates."""
    admin1: NDArray[np.int32]
    """NOWHERE where unknown."""
    country: NDArray[np.int32]
    event_type: NDArray[np.int32]
    actors: NDArray[np.int32]
    """Up to ACTORS a row, NOBODY after the last; numbers of `names`."""
    deaths: NDArray[np.int32]
    """Low, best and high of each row; UNKNOWN where not given."""
    names: Names
    native_id: pa.Array

    def __len__(self) -> int:
        return len(self.day_from)

    @property
    def dated(self) -> NDArray[np.bool_]:
        """Rows with a date: the others are never compared."""
        given: NDArray[np.bool_] = self.day_from != _NO_DAY
        return given

    @property
    def pointed(self) -> NDArray[np.bool_]:
        """Rows that name a point and how far from it they may lie."""
        missing: NDArray[np.bool_] = np.isnan(self.lat + self.lon + self.radius_km)
        return ~missing

    @property
    def set_aside(self) -> dict[str, int]:
        """Rows that are never compared, counted by the reason."""
        placed = self.pointed | (self.admin1 != NOWHERE) | (self.country != NOWHERE)
        found = {
            "no date": int((~self.dated).sum()),
            "no place": int((self.dated & ~placed).sum()),
        }
        return {reason: n for reason, n in found.items() if n}


def records(
    left: pa.Table, right: pa.Table, aliases: Mapping[str, str] | None = None
) -> tuple[Records, Records]:
    """Two tables in the event schema as arrays with common codes.

    `aliases`: other names of actors, each to the name it stands for; in any script. A column of
    the schema that a table lacks is unknown in all its rows.
    """
    if left is right:
        (one,) = _brought((left,), aliases or {})
        return one, one
    one, other = _brought((left, right), aliases or {})
    return one, other


def _brought(tables: tuple[pa.Table, ...], aliases: Mapping[str, str]) -> list[Records]:
    with ThreadPoolExecutor(1) as beside:
        others = beside.submit(_beside_actors, tables)
        actors, names = _actors(tables, aliases)
        return [
            Records(actors=of, names=names, **columns)
            for of, columns in zip(actors, others.result(), strict=True)
        ]


def _beside_actors(tables: tuple[pa.Table, ...]) -> list[dict[str, Any]]:
    """What `Records` hold beside actors and their names, by table."""
    admin1 = _coded(tables, ("country", "admin1"))
    country = _coded(tables, ("country",))
    types = _coded(tables, ("event_type",))
    return [
        {
            "day_from": _days(table, "period_from"),
            "day_to": _days(table, "period_to"),
            "lat": _numbers(table, "lat"),
            "lon": _numbers(table, "lon"),
            "radius_km": _numbers(table, "radius_km"),
            "admin1": admin1[n],
            "country": country[n],
            "event_type": types[n],
            "deaths": _dead(table),
            "native_id": _column(table, "native_id", pa.string()),
        }
        for n, table in enumerate(tables)
    ]


def _column(table: pa.Table, name: str, kind: pa.DataType) -> pa.Array:
    """A column as one array, null throughout where the table lacks it."""
    if name not in table.column_names:
        return pa.nulls(len(table), kind)
    return pc.cast(table[name], kind).combine_chunks()


def _days(table: pa.Table, name: str) -> NDArray[np.int32]:
    days = pc.cast(_column(table, name, pa.date32()), pa.int32())
    return np.asarray(pc.fill_null(days, int(_NO_DAY)), np.int32)


def _numbers(table: pa.Table, name: str) -> NDArray[np.float64]:
    return np.asarray(pc.fill_null(_column(table, name, pa.float64()), float("nan")), np.float64)


def _dead(table: pa.Table) -> NDArray[np.int32]:
    """Low, best and high deaths; those of civilians where a row says no others."""
    dead = _bounds(table, _DEATHS)
    if not any(name in table.column_names for name in _CIVILIANS):
        return dead
    return np.where(dead[:, 1:2] < 0, _bounds(table, _CIVILIANS), dead)


def _bounds(table: pa.Table, names: Bounds) -> NDArray[np.int32]:
    """Low, best and high of each row; one that is not given stands at the next that is."""
    given = [_column(table, name, pa.int64()) for name in names]
    low, best, high = (np.asarray(pc.fill_null(each, UNKNOWN), np.int64) for each in given)
    kernel = engines.laying(len(table))
    if kernel is not None:
        return np.asarray(kernel.bounded(low, best, high, _MOST_DEATHS))
    low, best, high = (np.where((each < 0) | (each > _MOST_DEATHS), UNKNOWN, each)
                       for each in (low, best, high))  # fmt: skip
    least = np.where(low >= 0, low, np.where(best >= 0, best, high))
    middle = np.where(best >= 0, best, np.where(low >= 0, low, high))
    most = np.where(high >= 0, high, np.where(best >= 0, best, low))
    laid = (np.minimum(least, middle), middle, np.maximum(most, middle))
    return np.stack(laid, axis=1).astype(np.int32)


def _coded(tables: tuple[pa.Table, ...], columns: tuple[str, ...]) -> list[NDArray[np.int32]]:
    """Codes of folded texts, the same in all tables; the last column has to be given."""
    size = sum(len(table) for table in tables)
    codes = np.zeros(size, np.int64)
    for name in columns:
        if not any(name in table.column_names for table in tables):
            codes = codes if name != columns[-1] else np.full(size, UNKNOWN, np.int64)
            continue
        whole = pa.concat_arrays([_column(table, name, pa.string()) for table in tables])
        encoded = whole.dictionary_encode()
        plain = [_area(folded(text or "")) for text in encoded.dictionary.to_pylist()]
        numbers = {text: n for n, text in enumerate(sorted({*plain, ""}))}
        lookup = np.array([*(numbers[text] for text in plain), 0], np.int64)
        here = lookup[np.asarray(pc.fill_null(encoded.indices, len(plain)))]
        codes = np.where(here == 0, UNKNOWN if name == columns[-1] else codes * len(numbers),
                         codes * len(numbers) + here)  # fmt: skip
    return _split(_dense(codes), tables)


def _dense(codes: NDArray[np.int64]) -> NDArray[np.int32]:
    """The same codes without gaps, in the same order; unknown ones stay so."""
    most = int(codes.max(initial=-1))
    if most >= max(len(codes), 1):
        known = np.unique(codes[codes >= 0])
        return np.where(codes < 0, UNKNOWN, np.searchsorted(known, codes)).astype(np.int32)
    there = np.zeros(most + 2, np.bool_)
    there[codes] = True
    there[-1] = False
    number = np.cumsum(there, dtype=np.int32) - np.int32(1)
    number[-1] = UNKNOWN
    return number[codes]


def _area(name: str) -> str:
    bare = " ".join(_AREA_WORD.sub(" ", name).split())
    return bare or name


def _split(values: NDArray[np.int32], tables: tuple[pa.Table, ...]) -> list[NDArray[np.int32]]:
    return np.split(values, np.cumsum([len(table) for table in tables])[:-1])


def _actors(
    tables: tuple[pa.Table, ...], aliases: Mapping[str, str]
) -> tuple[list[NDArray[np.int32]], Names]:
    """The actors of each row, by number, each once."""
    said = threads.mapped(_said, tables)
    counts = [np.bincount(indices[indices >= 0], minlength=len(distinct))
              for _, indices, distinct in said]  # fmt: skip
    distinct = pa.concat_arrays([names for _, _, names in said])
    ids, names = resolved(distinct, np.concatenate(counts).astype(np.int64), aliases)
    each = np.split(ids, np.cumsum([len(names) for _, _, names in said])[:-1])

    def laid(n: int) -> NDArray[np.int32]:
        parts, indices, _ = said[n]
        return _laid(len(tables[n]), parts, indices, np.append(each[n], np.int32(NOBODY)))

    return threads.mapped(laid, range(len(tables))), names


def _said(table: pa.Table) -> tuple[list[NDArray[np.int64]], NDArray[np.int32], pa.Array]:
    """The rows of each part of the mentions, the name in each (-1: none), and distinct names."""
    parts = _mentions(table)
    said = pa.chunked_array([names for _, names in parts], pa.string())
    encoded = said.dictionary_encode().combine_chunks()
    indices = np.asarray(pc.fill_null(encoded.indices, NOBODY), np.int32)
    return [rows for rows, _ in parts], indices, encoded.dictionary


def _laid(
    size: int, parts: list[NDArray[np.int64]], indices: NDArray[np.int32], ids: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Up to ACTORS numbers by row; the last of `ids` stands for no name."""
    actors = np.full((size, ACTORS), NOBODY, np.int32)
    held, begin = np.zeros(size, np.int64), 0
    kernel = engines.laying(size)
    for rows in parts:
        mentioned = indices[begin : begin + len(rows)]
        if kernel is None:
            _add(actors, held, rows, ids[mentioned])
        else:
            kernel.added(actors, held, rows, mentioned, ids)
        begin += len(rows)
    return actors


def _mentions(table: pa.Table) -> list[tuple[NDArray[np.int64], pa.Array]]:
    """Rows and the actor that each mentions, no row twice in one part."""
    found = []
    for name in _ACTOR_COLUMNS:
        if name.startswith("actors") and name in table.column_names:
            column = _column(table, name, pa.list_(pa.string()))
            lengths = np.asarray(pc.fill_null(pc.list_value_length(column), 0))
            for place in range(min(int(lengths.max(initial=0)), ACTORS)):
                rows = np.flatnonzero(lengths > place)
                found.append((rows, pc.list_element(column.take(pa.array(rows)), place)))
        elif name in table.column_names:
            found.append((np.arange(len(table)), _column(table, name, pa.string())))
    return found


def _add(
    actors: NDArray[np.int32], held: NDArray[np.int64], rows: NDArray[np.int64],
    ids: NDArray[np.int32],
) -> None:  # fmt: skip
    """Write one more actor into each of these rows that has room and does not name it yet."""
    new = (ids >= 0) & (held[rows] < ACTORS)
    for n in range(ACTORS):
        new &= actors[rows, n] != ids
    actors[rows[new], held[rows[new]]] = ids[new]
    held[rows[new]] += 1
