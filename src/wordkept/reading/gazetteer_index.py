"""The index of a gazetteer: every name, folded, with the places that go by it, in SQLite."""

import os
import sqlite3
import sys
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Sort = Literal["country", "province", "settlement", "base", "region"]
LONGEST_NAME = 6
"""Words of the longest name that is looked for."""
_LONGEST_ABBREVIATION = 5
_PLAIN: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "'’‘`ʻʼʽʾʿˈ\N{ACUTE ACCENT}")),
    **dict.fromkeys(map(ord, "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}–./,&()"), " "),
}
"""Apostrophes are left out of a name, hyphens and points part its words."""
_LETTERS = {ord("\N{LATIN SMALL LETTER DOTLESS I}"): "i", ord("ø"): "o", ord("Ø"): "O"}
_ARTICLES = frozenset(
    {"al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "adh", "ed", "er", "es", "et", "ez"}
)
"""The Arabic article as it is heard before each letter: "ar-Raqqah" is "al-Raqqah"."""
_READ = ((0x41, 0x24F), (0x400, 0x52F), (0x1E00, 0x1EFF))
"""Letters of the scripts whose names are kept, Latin and Cyrillic: those that write names with a
capital, by which they are found."""
_AT_ONCE = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;"
"""A file that is written whole or thrown away needs no journal; 64 MB hold all of its names."""
_ARABIC = frozenset(
    {
        "AE", "BH", "DZ", "EG", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA",
        "SD", "SY", "TN", "YE",
    }
)  # fmt: skip
"""Countries whose places are also written without their article: "Hasakah", "Bayda"."""
_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, source TEXT, name TEXT, country TEXT, admin1 TEXT,
  sort TEXT, lat REAL, lon REAL, population INTEGER, capital INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place of the gazetteer that goes by a name."""

    source: str
    """The gazetteer's own id: "geonames:170063"."""
    name: str
    country: str | None
    """ISO 3166-1 alpha-2; None of what no one country holds."""
    admin1: str
    """GeoNames' code of the first-level division; "" where unknown."""
    sort: Sort
    lat: float | None
    lon: float | None
    population: int
    capital: bool = False
    """Whether it is the capital of its country."""
    main: bool = True
    """Whether the name that was looked up is its main one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as it goes into an index, with its other names and the words for its people."""

    place: Candidate
    aliases: tuple[str, ...] = ()
    peoples: tuple[str, ...] = ()


def name_key(name: str) -> str:
    """A name without case, marks and the ways to spell an article; abbreviations stay apart.

    >>> name_key("Ar-Raqqah"), name_key("al-Raqqah"), name_key("Tartūs")
    ('al raqqah', 'al raqqah', 'tartus')
    >>> name_key("U.S."), name_key("US"), name_key("us")
    ('=US', '=US', 'us')
    """
    if name.isupper():
        letters = name.replace(".", "")
        if letters.isalpha() and len(letters) < _LONGEST_ABBREVIATION:
            return f"={letters}"
    plain = name if name.isascii() else _unmarked(name)
    words = plain.translate(_PLAIN).casefold().split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words[0] = "al"
    return " ".join(words)


def _unmarked(name: str) -> str:
    apart = (
        unicodedata.normalize("NFKD", name)
        .replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")
        .replace("ø", "o")
    )
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def cache_folder() -> Path:
    """The user's folder for what can be built again; WORDKEPT_CACHE names another."""
    named = os.environ.get("WORDKEPT_CACHE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local or Path.home() / "AppData" / "Local") / "wordkept" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "wordkept"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wordkept"


def write_index(file: Path, entries: Iterable[Entry]) -> int:
    """The index in a file, whole or not at all, and how many places it holds.

    Two that write the same file at once do each other no harm: the last one stands.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    os.close(handle)
    part = Path(name)
    try:
        connection = sqlite3.connect(part)
        try:
            count = fill(connection, entries)
        finally:
            connection.close()
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return count


def fill(connection: sqlite3.Connection, entries: Iterable[Entry]) -> int:
    """How many places were written into an empty database."""
    connection.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;" + _SCHEMA
    )
    count = 0
    for count, entry in enumerate(entries, start=1):
        place = entry.place
        connection.execute(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (count, place.source, place.name, place.country, place.admin1, place.sort,
             place.lat, place.lon, place.population, place.capital),
        )  # fmt: skip
        connection.executemany(
            "INSERT OR IGNORE INTO name VALUES (?, ?, ?)",
            [(key, count, main) for key, main in _keys(entry)],
        )
    connection.commit()
    return count


def _keys(entry: Entry) -> list[tuple[str, bool]]:
    main = name_key(entry.place.name)
    settled = entry.place.sort == "settlement"
    kept = (one for one in entry.aliases if not (settled and _is_code(one)) and _is_read(one))
    others = {*map(name_key, kept)}
    if entry.place.country in _ARABIC and entry.place.sort != "base":
        others |= {key.removeprefix("al ") for key in (main, *others)}
    keys = [(main, True), *((key, False) for key in others - {main})]
    keys += [(people_key(word), True) for word in entry.peoples]
    if entry.place.sort == "country":
        keys.append((country_key(entry.place.country or ""), True))
    return [(key, main) for key, main in keys if len(key) > 1 and key.count(" ") < LONGEST_NAME]


def people_key(word: str) -> str:
    """Under what key the word for a people stands."""
    return f"~{name_key(word)}"


def country_key(code: str) -> str:
    """Under what key the country of an ISO code stands."""
    return f"@{code}"


def _is_code(alias: str) -> bool:
    """Whether it is an airport's code, or a transcription that no text writes."""
    return alias[:1].islower() or (alias.isupper() and len(alias) < _LONGEST_ABBREVIATION)


def _is_read(alias: str) -> bool:
    if alias.isascii():
        return True
    first = next((ord(mark) for mark in alias if mark.isalpha()), 0)
    return any(low <= first <= high for low, high in _READ)


def open_index(file: Path) -> sqlite3.Connection:
    """A reading connection to an index; `sqlite3.DatabaseError` where the file is none."""
    connection = sqlite3.connect(
        f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    try:
        connection.execute("SELECT key, main FROM name LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
