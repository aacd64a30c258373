"""Which places go by a name: GeoNames, our own tables, and what a user adds."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from wordkept.errors import InputError, Problem
from wordkept.reading.gazetteer_index import (
    Candidate,
    cache_folder,
    country_key,
    fill,
    name_key,
    open_index,
    people_key,
    write_index,
)
from wordkept.reading.gazetteer_names import entries, names_version

EXTRA_SUFFIX = ".places"
"""What the name of an index that a user made ends in."""
_ASK = """SELECT place.source, place.name, place.country, place.admin1, place.sort, place.lat,
  place.lon, place.population, place.capital, name.main
  FROM name JOIN place ON place.id = name.place WHERE name.key = ?"""


class Gazetteer:
    """The places that names may mean: GeoNames (CC BY 4.0), our own tables, a user's."""

    def __init__(self, indexes: Iterable[sqlite3.Connection]) -> None:
        self._indexes = tuple(indexes)
        self._asked: dict[str, tuple[Candidate, ...]] = {}

    @classmethod
    def load(cls, extra: Path | None = None) -> "Gazetteer":
        """The gazetteer, with the indexes that `extend` left in the folder `extra`.

        The first time on a machine it is built into the user's cache folder, which takes about
        ten seconds (`built` tells beforehand); where nothing can be written, into memory each
        time.
        """
        return cls([_standing(), *map(_added, added_indexes(extra))])

    @staticmethod
    def built() -> bool:
        """Whether it was built on this machine before, so that loading takes no time."""
        return _cached().is_file()

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Every place that goes by the name, in no order that means anything."""
        return self._ask(name_key(name))

    def people(self, word: str) -> tuple[str, ...] | None:
        """The countries whose people the word is for: "Syrian", "Kurdish"; None if it is none.

        A people without a country of its own gives none: `()`.
        """
        found = self._ask(people_key(word)) or (
            self._ask(people_key(word[:-1])) if word.endswith("s") else ()
        )
        if not found:
            return None
        return tuple(sorted({one.country for one in found if one.country}))

    def country(self, code: str) -> Candidate | None:
        """The country of an ISO code."""
        found = self._ask(country_key(code))
        return found[0] if found else None

    def _ask(self, key: str) -> tuple[Candidate, ...]:
        known = self._asked.get(key)
        if known is None:
            if len(self._asked) > _MOST_REMEMBERED:
                self._asked.clear()
            rows = (row for index in self._indexes for row in index.execute(_ASK, (key,)))
            by_source = {row[0]: _candidate(row) for row in rows}
            known = self._asked[key] = tuple(by_source[source] for source in sorted(by_source))
        return known


_MOST_REMEMBERED = 50_000
"""Names that were asked for: some megabytes."""


def _candidate(row: tuple[object, ...]) -> Candidate:
    names = ("source", "name", "country", "admin1", "sort", "lat", "lon", "population")
    told = dict(zip(names, row, strict=False))
    return Candidate(**told, capital=bool(row[8]), main=bool(row[9]))  # type: ignore[arg-type]


def added_indexes(folder: Path | None) -> tuple[Path, ...]:
    """The indexes that a user added to a case, by name."""
    return tuple(sorted(folder.glob(f"*{EXTRA_SUFFIX}"))) if folder else ()


def _cached() -> Path:
    return cache_folder() / f"places-{names_version()}.sqlite"


def _standing() -> sqlite3.Connection:
    file = _cached()
    if file.is_file():
        try:
            return open_index(file)
        except sqlite3.DatabaseError:
            pass  # a damaged file is built anew
    try:
        write_index(file, entries())
        return open_index(file)
    except (OSError, sqlite3.OperationalError):
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        fill(connection, entries())
        return connection


def _added(file: Path) -> sqlite3.Connection:
    try:
        return open_index(file)
    except sqlite3.DatabaseError as error:
        raise InputError(
            Problem(
                what="the added gazetteer cannot be read",
                where=str(file),
                remedy="delete it and add the GeoNames file again",
            )
        ) from error
