"""A user's own gazetteer: a country's file of GeoNames, made into an index beside the case."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from wordkept.errors import InputError, Problem
from wordkept.reading.gazetteer import EXTRA_SUFFIX
from wordkept.reading.gazetteer_index import Candidate, Entry, Sort, write_index

COLUMNS = 19
"""Of a country's file, as GeoNames' readme lists them."""
_MOST_LINE = 200_000
"""Characters of a line: the longest list of names that GeoNames holds has some ten thousand."""
_MOST_BYTES = 4_000_000_000
"""Unpacked: all countries in one file have less than half of it."""
_BASES = frozenset({"AIRB", "MILB", "NVB", "AIRF"})
_REGIONS = frozenset(
    {
        "RGN", "RGNH", "RGNE", "AREA", "SEA", "GULF", "STRT", "OCN", "BAY", "STM", "VAL", "MTS",
        "MT", "PASS", "PEN", "ISL", "ISLS", "DSRT", "CNL", "LK", "PLN", "CRSNG",
    }
)  # fmt: skip
"""Features that are named as places in the news; the many others (wells, tombs, farms) are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An index that was made of a GeoNames file: read = kept + set aside."""

    file: Path
    read: int
    kept: int
    of_no_use: int
    """Lines whose feature is none that is looked for: wells, schools, streams without a name."""
    unreadable: int
    """Lines that are not of COLUMNS columns, or whose numbers are none."""


def extend(folder: Path, file: Path) -> Extension:
    """The index of a GeoNames country file (`SY.txt`, or `SY.zip` as downloaded) in a folder.

    `Gazetteer.load(folder)` takes it from there; the same file again takes its own place.
    """
    counts = {"read": 0, "of_no_use": 0, "unreadable": 0}
    index = folder / f"{file.stem}{EXTRA_SUFFIX}"
    if not file.is_file():
        raise InputError(_wrong("there is no such file", file))
    fresh = index.with_name(f".{index.name}-new")
    try:
        with _opened(file) as lines:
            kept = write_index(fresh, _entries(lines, counts))
        if not kept:
            raise InputError(_wrong("no line of it is a place as GeoNames lists them", file))
        fresh.replace(index)
    except (UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise InputError(
            _wrong("it is not a text in UTF-8, nor a zip file of one", file)
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    return Extension(file=index, kept=kept, **counts)


def _wrong(what: str, file: Path) -> Problem:
    return Problem(
        what=what,
        where=str(file),
        remedy="give a country's file of GeoNames as downloaded: XX.zip, or the XX.txt in it",
    )


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    if not zipfile.is_zipfile(file):
        with file.open(encoding="utf-8") as lines:
            yield lines
        return
    with zipfile.ZipFile(file) as packed:
        inside = [
            one
            for one in packed.infolist()
            if one.filename.endswith(".txt") and "readme" not in one.filename.casefold()
        ]
        if len(inside) != 1 or inside[0].file_size > _MOST_BYTES:
            raise InputError(_wrong("it does not hold exactly one list of places", file))
        with packed.open(inside[0]) as raw:
            yield TextIOWrapper(raw, encoding="utf-8")


def _entries(lines: TextIO, counts: dict[str, int]) -> Iterator[Entry]:
    while line := lines.readline(_MOST_LINE):
        if not line.strip():
            continue
        counts["read"] += 1
        cells = line.rstrip("\n").split("\t")
        sort = _sort(cells[6], cells[7]) if len(cells) == COLUMNS else None
        if len(cells) != COLUMNS:
            counts["unreadable"] += 1
        elif sort is None or not cells[1]:
            counts["of_no_use"] += 1
        else:
            try:
                yield _entry(cells, sort)
            except ValueError:
                counts["unreadable"] += 1


def _sort(kind: str, feature: str) -> Sort | None:
    """What sort a feature is; None of one that is not looked for.

    >>> _sort("P", "PPLC"), _sort("A", "ADM1"), _sort("S", "AIRB"), _sort("H", "WLL")
    ('settlement', 'province', 'base', None)
    """
    if kind == "P" and feature not in {"PPLH", "PPLQ", "PPLW"}:
        return "settlement"
    if kind == "A":
        if feature.startswith("PCL"):
            return "country"
        return "province" if feature in {"ADM1", "ADM2", "ADM3", "ADMD"} else None
    if feature in _BASES:
        return "base"
    return "region" if feature in _REGIONS else None


def _entry(cells: list[str], sort: Sort) -> Entry:
    place = Candidate(
        source=f"geonames:{int(cells[0])}",
        name=cells[1],
        country=cells[8] or None,
        admin1=cells[10],
        sort=sort,
        lat=_within(cells[4], 90),
        lon=_within(cells[5], 180),
        population=int(cells[14] or 0),
        capital=cells[7] == "PPLC",
    )
    return Entry(place, tuple(name for name in (cells[2], *cells[3].split(",")) if name))


def _within(cell: str, most: int) -> float:
    number = float(cell)
    if not -most <= number <= most:
        raise ValueError(f"{cell} is beyond {most} degrees")
    return number
