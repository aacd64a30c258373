"""The same from CSV to series and audit by hand in polars: `bench_scale.py` runs it.

As `scale_pandas.py`, lazily and streamed where polars can.
"""

import hashlib
import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from scale_ours import ASKED, DAYS, answer

LONGEST_DAYS = 7
ONLY_AREA = 2  # beyond this precision UCDP gives the middle of an area
MOST_LAT, MOST_LON = 90, 180
NUMBERS = {"type_of_violence": pl.Int64, "where_prec": pl.Int64, "latitude": pl.Float64,
           "longitude": pl.Float64, "low": pl.Int64, "best": pl.Int64, "high": pl.Int64,
           "deaths_civilians": pl.Int64}  # fmt: skip
ALIKE = ["date_start", "date_end", "latitude", "longitude", "type_of_violence", "side_a", "side_b",
         "best"]  # fmt: skip


def loaded(source: Path, target: Path) -> pl.LazyFrame:
    raw = pl.scan_csv(source, infer_schema=False)
    dates = [
        pl.col(name).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
        for name in ("date_start", "date_end")
    ]
    typed = raw.with_columns(
        *dates, *(pl.col(name).cast(dtype, strict=False) for name, dtype in NUMBERS.items())
    )
    sound = typed.filter(
        pl.col("id").str.strip_chars() != "",
        pl.col("date_end") >= pl.col("date_start"),
        pl.col("low") <= pl.col("high"),
        pl.col("latitude").abs() <= MOST_LAT,
        pl.col("longitude").abs() <= MOST_LON,
        pl.col("code_status").str.to_lowercase() == "clear",
    )
    only_area = pl.col("where_prec") > ONLY_AREA
    sound.with_columns(
        pl.when(only_area).then(None).otherwise(pl.col(name)).alias(name)
        for name in ("latitude", "longitude")
    ).sink_parquet(target, compression="zstd", maintain_order=True)
    for path in (source, target):
        with path.open("rb") as stream:
            hashlib.file_digest(stream, "sha256")
    return pl.scan_parquet(target)


def series(events: pl.LazyFrame) -> list[tuple[str, date, tuple[int, ...]]]:
    (actor,) = ASKED.actors
    places = ("where_coordinates", "adm_2", "adm_1", "country")
    span = (pl.col("date_end") - pl.col("date_start")).dt.total_days()
    short = events.filter(span < LONGEST_DAYS)
    asked = short.filter(
        pl.any_horizontal(pl.col(name).is_in(list(ASKED.areas)) for name in places),
        (pl.col("side_a") == actor) | (pl.col("side_b") == actor),
    )
    middle = pl.col("date_start") + pl.duration(days=span // 2)
    found = asked.group_by(middle.alias("day")).len().collect(engine="streaming")
    daily = dict(found.iter_rows())
    first = min(daily)
    last = short.select(pl.col("date_end").max()).collect(engine="streaming").item()
    days = (first + timedelta(days=at) for at in range((last - first).days + 1))
    counts = tuple(daily.get(one, 0) for one in days)
    return [(bound, first, counts) for bound in ASKED.attributions]


def audited(events: pl.LazyFrame) -> dict[str, object]:
    near = events.filter(pl.col("date_end") >= DAYS.start, pl.col("date_start") <= DAYS.end)
    months = near.group_by(pl.col("date_start").dt.truncate("1mo")).agg(
        pl.len(), pl.col("side_a", "country").count()
    )
    placed = near.filter(pl.col("latitude").is_not_null())
    alike = placed.group_by(ALIKE).len().select((pl.col("len") - 1).sum())
    located = events.filter(pl.col("latitude").is_not_null())
    middle = located.select(pl.col("latitude", "longitude").median())
    most = located.group_by("latitude", "longitude").len().select(pl.col("len").max())
    found = pl.collect_all([months, alike, middle, most], engine="streaming")
    return {"months": found[0].height, "alike": found[1].item(), "middle": found[2].rows(),
            "most": found[3].item()}  # fmt: skip


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
        "answer": answer(cut),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
