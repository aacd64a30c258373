"""The rows of two datasets as arrays, brought to the same numbers: days, places, actors, deaths."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wordkept.matching.folding import folded
from wordkept.matching.names import Names, resolved

ACTORS = 4
"""Actors of a row that are compared: those certain first, then the sides, then the doubtful."""
NOBODY = NOWHERE = UNKNOWN = -1
_ACTOR_COLUMNS = ("actors_certain", "side_a", "side_b", "actors_probable", "actors_possible")
_DEATHS = ("deaths_low", "deaths_best", "deaths_high")
_CIVILIANS = tuple(f"civilian_{name}" for name in _DEATHS)
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
    actors, names = _actors(tables, aliases)
    admin1 = _coded(tables, ("country", "admin1"))
    country = _coded(tables, ("country",))
    types = _coded(tables, ("event_type",))
    return [
        Records(
            day_from=_days(table, "period_from"),
            day_to=_days(table, "period_to"),
            lat=_numbers(table, "lat"),
            lon=_numbers(table, "lon"),
            radius_km=_numbers(table, "radius_km"),
            admin1=admin1[n],
            country=country[n],
            event_type=types[n],
            actors=actors[n],
            deaths=_dead(table),
            names=names,
            native_id=_column(table, "native_id", pa.string()),
        )
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


def _deaths(table: pa.Table, name: str) -> NDArray[np.int32]:
    given = np.asarray(pc.fill_null(_column(table, name, pa.int64()), UNKNOWN), np.int64)
    return np.where((given < 0) | (given > _MOST_DEATHS), UNKNOWN, given).astype(np.int32)


def _dead(table: pa.Table) -> NDArray[np.int32]:
    """Low, best and high deaths; those of civilians where a row says no others."""
    dead = _bounds(*(_deaths(table, name) for name in _DEATHS))
    civilians = _bounds(*(_deaths(table, name) for name in _CIVILIANS))
    return np.where(dead[:, 1:2] < 0, civilians, dead)


def _bounds(
    low: NDArray[np.int32], best: NDArray[np.int32], high: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Low, best and high of each row; one that is not given stands at the next that is."""
    least = np.where(low >= 0, low, np.where(best >= 0, best, high))
    middle = np.where(best >= 0, best, np.where(low >= 0, low, high))
    most = np.where(high >= 0, high, np.where(best >= 0, best, low))
    return np.stack((np.minimum(least, middle), middle, np.maximum(most, middle)), axis=1)


def _coded(tables: tuple[pa.Table, ...], columns: tuple[str, ...]) -> list[NDArray[np.int32]]:
    """Codes of folded texts, the same in all tables; the last column has to be given."""
    laid = pa.concat_tables(
        [pa.table({name: _column(table, name, pa.string()) for name in columns})
         for table in tables]
    ).combine_chunks()  # fmt: skip
    codes = np.zeros(len(laid), np.int64)
    for name in columns:
        encoded = laid[name].combine_chunks().dictionary_encode()
        plain = [_area(folded(text or "")) for text in encoded.dictionary.to_pylist()]
        numbers = {text: n for n, text in enumerate(sorted({*plain, ""}))}
        lookup = np.array([*(numbers[text] for text in plain), 0], np.int64)
        here = lookup[np.asarray(pc.fill_null(encoded.indices, len(plain)))]
        codes = np.where(here == 0, UNKNOWN if name == columns[-1] else codes * len(numbers),
                         codes * len(numbers) + here)  # fmt: skip
    known = np.unique(codes[codes >= 0])
    found = np.where(codes < 0, UNKNOWN, np.searchsorted(known, codes)).astype(np.int32)
    return _split(found, tables)


def _area(name: str) -> str:
    bare = " ".join(_AREA_WORD.sub(" ", name).split())
    return bare or name


def _split(values: NDArray[np.int32], tables: tuple[pa.Table, ...]) -> list[NDArray[np.int32]]:
    return np.split(values, np.cumsum([len(table) for table in tables])[:-1])


def _actors(
    tables: tuple[pa.Table, ...], aliases: Mapping[str, str]
) -> tuple[list[NDArray[np.int32]], Names]:
    """The actors of each row, by number, each once."""
    parts = [_mentions(table) for table in tables]
    mentioned = pa.chunked_array([names for part in parts for _, names in part], pa.string())
    encoded = pc.fill_null(mentioned, "").combine_chunks().dictionary_encode()
    indices = np.asarray(encoded.indices)
    counts = np.bincount(indices, minlength=len(encoded.dictionary)).astype(np.int64)
    ids, names = resolved(encoded.dictionary, counts, aliases)
    laid, begin = [], 0
    for part, table in zip(parts, tables, strict=True):
        actors = np.full((len(table), ACTORS), NOBODY, np.int32)
        held = np.zeros(len(table), np.int64)
        for rows, texts in part:
            _add(actors, held, rows, ids[indices[begin : begin + len(texts)]])
            begin += len(texts)
        laid.append(actors)
    return laid, names


def _mentions(table: pa.Table) -> list[tuple[NDArray[np.int64], pa.Array]]:
    """Rows and the actor that each mentions, no row twice in one part."""
    found = []
    for name in _ACTOR_COLUMNS:
        if name.startswith("actors"):
            column = _column(table, name, pa.list_(pa.string()))
            lengths = np.asarray(pc.fill_null(pc.list_value_length(column), 0))
            for place in range(min(int(lengths.max(initial=0)), ACTORS)):
                rows = np.flatnonzero(lengths > place)
                found.append((rows, pc.list_element(column.take(pa.array(rows)), place)))
        else:
            column = _column(table, name, pa.string())
            found.append((np.arange(len(table)), column))
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
