"""The same from CSV to series and audit by hand in pandas: `bench_scale.py` runs it.

What a careful analyst writes: every cell read as text, dates and numbers made of it, rows set aside
that cannot be placed on a day or the map, the rest written sorted as Parquet, both files hashed,
the daily counts of one party in some areas at three attributions, and the questions of the audit.
It has no adapters, no messages and no ledger, and knows the layout of one file.
"""

import hashlib
import json
import sys
import time
from datetime import date
from pathlib import Path

import pandas as pd
from scale_ours import ASKED, DAYS, answer

LONGEST_DAYS = 7
ONLY_AREA = 2  # beyond this precision UCDP gives the middle of an area
MOST_LAT, MOST_LON = 90, 180
ALIKE = ["date_start", "date_end", "latitude", "longitude", "type_of_violence", "side_a", "side_b",
         "best"]  # fmt: skip


def loaded(source: Path, target: Path) -> pd.DataFrame:
    raw = pd.read_csv(source, dtype=str, keep_default_na=False)
    for name in ("date_start", "date_end"):
        raw[name] = pd.to_datetime(raw[name].str[:10], format="%Y-%m-%d", errors="coerce")
    numbers = ("type_of_violence", "where_prec", "latitude", "longitude", "low", "best", "high",
               "deaths_civilians")  # fmt: skip
    for name in numbers:
        raw[name] = pd.to_numeric(raw[name], errors="coerce")
    sound = (
        (raw["id"].str.strip() != "") & raw["date_start"].notna() & raw["date_end"].notna()
        & (raw["date_end"] >= raw["date_start"]) & (raw["low"] <= raw["high"])
        & raw["latitude"].abs().le(MOST_LAT) & raw["longitude"].abs().le(MOST_LON)
        & (raw["code_status"].str.lower() == "clear")
    )  # fmt: skip
    kept = raw[sound].copy()
    kept.loc[kept["where_prec"] > ONLY_AREA, ["latitude", "longitude"]] = None
    kept.to_parquet(target, compression="zstd")
    for path in (source, target):
        with path.open("rb") as stream:
            hashlib.file_digest(stream, "sha256")
    return kept


def series(events: pd.DataFrame) -> list[tuple[str, date, tuple[int, ...]]]:
    (actor,) = ASKED.actors
    places = ("where_coordinates", "adm_2", "adm_1", "country")
    inside = sum(events[name].isin(ASKED.areas) for name in places) > 0
    span = (events["date_end"] - events["date_start"]).dt.days
    asked = events[inside & ((events["side_a"] == actor) | (events["side_b"] == actor))
                   & (span < LONGEST_DAYS)]  # fmt: skip
    middle = asked["date_start"] + pd.to_timedelta(
        (asked["date_end"] - asked["date_start"]).dt.days // 2, unit="D"
    )
    daily = middle.value_counts().sort_index()
    short = events[span < LONGEST_DAYS]
    days = pd.date_range(daily.index[0], short["date_end"].max())
    counts = tuple(int(number) for number in daily.reindex(days, fill_value=0))
    return [(bound, days[0].date(), counts) for bound in ASKED.attributions]


def audited(events: pd.DataFrame) -> dict[str, object]:
    start, end = pd.Timestamp(DAYS.start), pd.Timestamp(DAYS.end)
    near = events[(events["date_end"] >= start) & (events["date_start"] <= end)]
    months = near.groupby(near["date_start"].dt.to_period("M"))
    placed = near[near["latitude"].notna()]
    located = events[events["latitude"].notna()]
    return {
        "days": int(near["date_start"].nunique()),
        "filled": {name: float(months[name].count().min()) for name in ("side_a", "country")},
        "alike": int(placed.duplicated(ALIKE).sum()),
        "middle": [float(located["latitude"].median()), float(located["longitude"].median())],
        "most": int(located.groupby(["latitude", "longitude"]).size().max()),
    }


def main() -> None:
    source, target = Path(sys.argv[1]), Path(sys.argv[2]) / "events.parquet"
    clock = [time.perf_counter()]
    events = loaded(source, target)
    clock.append(time.perf_counter())
    cut = series(events)
    clock.append(time.perf_counter())
    print(audited(events), file=sys.stderr)
    clock.append(time.perf_counter())
    stages = ("load", "series", "audit")
    print(json.dumps({
        "seconds": {name: clock[at + 1] - clock[at] for at, name in enumerate(stages)},
        "answer": answer(cut), "loaded": len(events),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
