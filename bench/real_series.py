"""Real daily series from ../shared/data, and windows at random dates on them."""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Row = dict[str, str]
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LEAST_EXPECTED = 20
"""Events to be expected in the window at the rate of either baseline: the plan's own gate."""
NEAR_DAYS = 45
DECLARED = {
    "syria": (date(2015, 9, 30), date(2016, 2, 27), date(2016, 3, 15), date(2016, 9, 12),
              date(2016, 12, 30), date(2017, 5, 6)),
    "yemen": (date(2015, 5, 12), date(2016, 4, 10)),
}  # fmt: skip
"""Declarations that are known of; no window begins near one."""

FILES: dict[str, tuple[str, Callable[[Row], str], Callable[[Row], str], str]] = {
    "airwars": ("airwars_syria_incidents_to_2016-08.csv", lambda row: row["date"],
                lambda row: row["governorate"], "syria"),
    "centcom": ("centcom_oir_strikes_2014_2016.csv", lambda row: row["date"],
                lambda row: row["location"], ""),
    "ucdp": ("ucdp_ged_syria_2016_2019.csv.gz", lambda row: row["date_start"][:10],
             lambda row: f"{row['adm_1']}, {row['side_a']}", "syria"),
    "yemen": ("yemen_data_project_air_raids_2015_2016.csv", lambda row: row["date"],
              lambda row: row["Governorate"], "yemen"),
}  # fmt: skip
"""By record: its file, the day and the group of a row, and whose declarations bear on it."""


def rows_of(path: Path) -> Iterator[Row]:
    opened = gzip.open if path.suffix == ".gz" else Path.open
    with opened(path, "rb") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def real_series() -> dict[tuple[str, str], tuple[date, Counts]]:
    """Daily rows of every group from its first to the record's last day; none where absent."""
    found: dict[tuple[str, str], tuple[date, Counts]] = {}
    for record, (file, day_of, group_of, _) in FILES.items():
        if not (DATA / file).is_file():
            continue
        days: dict[str, list[date]] = defaultdict(list)
        for row in rows_of(DATA / file):
            try:
                days[group_of(row)].append(date.fromisoformat(day_of(row)))
            except ValueError:
                continue
        last = max(max(each) for each in days.values())
        for group, each in sorted(days.items()):
            first = min(each)
            offsets = np.array([(day - first).days for day in each])
            counts = np.bincount(offsets, minlength=(last - first).days + 1).astype(np.int64)
            found[record, group] = (first, counts)
    return found


def real_windows(generator: np.random.Generator, number: int, days: int,
                 window: int) -> list[Counts]:  # fmt: skip
    """So many stretches of up to `days` days that end with a window, the series taken in turn."""
    usable = [(key, first, counts, ends)
              for key, (first, counts) in real_series().items()
              if len(ends := _ends(key[0], first, counts, window))]  # fmt: skip
    found: list[Counts] = []
    while usable and len(found) < number:
        for _, _, counts, ends in usable[: number - len(found)]:
            end = int(generator.choice(ends))
            found.append(counts[max(0, end - days) : end])
    return found


def _ends(record: str, first: date, counts: Counts, window: int) -> NDArray[np.int64]:
    """The days after which a window may end: history enough, events enough, nothing declared."""
    total = np.concatenate(([0], np.cumsum(counts)))
    declared = DECLARED.get(FILES[record][3], ())
    allowed = []
    for end in range(200 + window, len(counts) + 1):
        start = end - window
        month = (total[start] - total[start - 28]) / 28
        quarter = (total[start - 30] - total[start - 120]) / 90
        day = first + timedelta(days=start)
        near = any(abs((day - one).days) <= NEAR_DAYS for one in declared)
        if min(month, quarter) * window >= LEAST_EXPECTED and not near:
            allowed.append(end)
    return np.array(allowed, dtype=np.int64)
