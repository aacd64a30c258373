"""Real daily series from the shared records: at least 150 events and 200 days each.

Read with csv alone and no further judged: a placebo pledge needs counts by day, not events. A
series begins on the first day with an event, as `events/series.py` has it, and ends where its
dataset ends.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LEAST_EVENTS, LEAST_DAYS = 150, 200
LONGEST_EVENT_DAYS = 7
"""Events that span more cannot be laid on a day; the others are laid on their middle day."""

SYRIA = (
    date(2015, 10, 15),  # fewer flights, said by the ministry
    date(2016, 2, 27),  # cessation of hostilities
    date(2016, 3, 15),  # withdrawal of the main part
    date(2016, 9, 12),  # second cessation of hostilities
    date(2016, 12, 13),  # evacuation of eastern Aleppo agreed
    date(2016, 12, 30),  # nationwide ceasefire
    date(2017, 3, 29),  # Turkey: Euphrates Shield ended
    date(2017, 5, 6),  # de-escalation areas agreed at Astana
    date(2017, 7, 9),  # ceasefire in the south-west
    date(2018, 2, 24),  # UN Security Council resolution 2401
    date(2018, 7, 6),  # surrender agreed in Daraa
    date(2018, 9, 17),  # demilitarised zone in Idlib agreed at Sochi
    date(2019, 8, 2),  # truce in Idlib
    date(2019, 8, 31),  # ceasefire in Idlib
    date(2019, 10, 17),  # pause in the north-east
)
YEMEN = (
    date(2015, 5, 12),  # truce, to 17 May
    date(2015, 5, 17),
    date(2015, 7, 27),  # truce
    date(2015, 12, 15),  # ceasefire for the talks in Switzerland
    date(2016, 4, 10),  # cessation of hostilities
    date(2016, 10, 20),  # truce of 72 hours
    date(2016, 11, 19),  # truce of 48 hours
)
"""Days on which a change was declared for the theatre: publicly known, and fixed before any error
rate was computed with them. No placebo pledge lies near one."""

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class RealSeries:
    """Counts by day of one part of a record, and of its siblings over the same days."""

    id: str
    dataset: str
    cluster: str
    """Series that share events or a place share this: errors are clustered by it."""
    start: date
    counts: Counts
    siblings: Counts | None
    """The sum of the like series of other places; None where there are none."""
    declared: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """So many events on a day, in a place, of a group of like series."""

    group: str
    place: str
    on: date
    events: int


def real_series(folder: Path) -> tuple[RealSeries, ...]:
    """Every series of every dataset that is long and full enough, by id."""
    found = [
        *_long_enough("yemen", _yemen(folder), date(2016, 12, 31), YEMEN),
        *_long_enough("ucdp", _ucdp(folder), date(2019, 11, 30), SYRIA),
        *_long_enough("centcom", _centcom(folder), date(2016, 10, 17), SYRIA),
        *_long_enough("airwars", _airwars(folder), date(2016, 8, 31), SYRIA),
    ]
    return tuple(sorted(found, key=lambda one: one.id))


def _long_enough(
    dataset: str, seen: Iterator[_Seen], last: date, declared: tuple[date, ...]
) -> Iterator[RealSeries]:
    by_series: dict[tuple[str, str], dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for one in seen:
        if one.place and one.on <= last:
            by_series[one.group, one.place][one.on] += one.events
    for (group, place), days in by_series.items():
        start = min(days)
        counts = _laid(days, start, last)
        if counts.sum() < LEAST_EVENTS or len(counts) < LEAST_DAYS:
            continue
        others = [_laid(other, start, last) for (of, at), other in by_series.items()
                  if of == group and at != place]  # fmt: skip
        yield RealSeries(
            id="/".join(part for part in (dataset, place, group) if part),
            dataset=dataset,
            cluster=dataset if dataset == "airwars" else f"{dataset}/{place}",
            start=start,
            counts=counts,
            siblings=_sibling_sum(others),
            declared=declared,
        )


def _sibling_sum(others: list[Counts]) -> Counts | None:
    total = np.sum(others, axis=0) if others else np.zeros(1, dtype=np.int64)
    return total if total.sum() >= LEAST_EVENTS else None


def _laid(days: dict[date, int], start: date, last: date) -> Counts:
    counts = np.zeros((last - start).days + 1, dtype=np.int64)
    for on, events in days.items():
        if on >= start:
            counts[(on - start).days] += events
    return counts


def _yemen(folder: Path) -> Iterator[_Seen]:
    with (folder / "yemen_data_project_air_raids_2015_2016.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            on = date.fromisoformat(row["date"])
            yield _Seen(group="", place=row["Governorate"], on=on, events=1)


def _ucdp(folder: Path) -> Iterator[_Seen]:
    with gzip.open(folder / "ucdp_ged_syria_2016_2019.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            first = date.fromisoformat(row["date_start"][:10])
            last = date.fromisoformat(row["date_end"][:10])
            if (last - first).days >= LONGEST_EVENT_DAYS:
                continue
            middle = first + (last - first) // 2
            for side in dict.fromkeys((row["side_a"], row["side_b"])):
                yield _Seen(group=side, place=row["adm_1"], on=middle, events=1)


def _centcom(folder: Path) -> Iterator[_Seen]:
    with (folder / "centcom_oir_strikes_2014_2016.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            on, events = date.fromisoformat(row["date"]), int(row["number"] or 1)
            for group in ("country", "location"):
                yield _Seen(group=group, place=row[group], on=on, events=events)


def _airwars(folder: Path) -> Iterator[_Seen]:
    with (folder / "airwars_syria_incidents_to_2016-08.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["russia"] != "True":
                continue
            on = date.fromisoformat(row["date"])
            yield _Seen(group="region", place=row["region"], on=on, events=1)
            yield _Seen(group="all", place="all", on=on, events=1)


def halves(series: tuple[RealSeries, ...], seed: int) -> dict[str, str]:
    """The half of each cluster, "choosing" or "reporting"; each dataset is dealt out evenly."""
    generator = np.random.default_rng(seed)
    dealt: dict[str, str] = {}
    for dataset in sorted({one.dataset for one in series}):
        clusters = sorted({one.cluster for one in series if one.dataset == dataset})
        order = generator.permutation(len(clusters)).tolist()
        for turn, place in enumerate(order):
            dealt[clusters[place]] = ("choosing", "reporting")[turn % 2]
    return dealt
