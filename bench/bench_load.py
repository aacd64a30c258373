"""Time and memory of a load, held against the engine's own CSV-to-Parquet of the same file.

python bench/bench_load.py [--rows 1000000] [--runs 3]
"""

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_TIMES = 3
MOST_MEGABYTES = 2048

DAY = "(DATE '2010-01-01' + (i * 7919 % 5000)::INT)"
DEATHS = "i % 3 + i % 5 + i % 4"
GED = {
    "id": "i + 1",
    "relid": "'XXX-' || i % 40 || '-' || i",
    "year": f"year({DAY})",
    "active_year": "true",
    "code_status": "'Clear'",
    "type_of_violence": "i % 3 + 1",
    "conflict_dset_id": "i % 300",
    "conflict_new_id": "i % 300",
    "conflict_name": "'Country ' || i % 50 || ': Government'",
    "dyad_dset_id": "i % 500",
    "dyad_new_id": "i % 500",
    "dyad_name": "'Government of Country ' || i % 50 || ' - Group ' || i % 500",
    "side_a_dset_id": "i % 50",
    "side_a_new_id": "i % 50",
    "side_a": "'Government of Country ' || i % 50",
    "side_b_dset_id": "i % 500",
    "side_b_new_id": "i % 500",
    "side_b": "'Group ' || i % 500",
    "number_of_sources": "i % 4",
    "source_article": f"'\"Made-up agency, ' || {DAY} || ', \"\"a made-up headline, about place '"
    ' || i % 7000 || \'"""; "another of the same kind, in words"\'',
    "source_office": "'Made-up agency'",
    "source_date": DAY,
    "source_headline": "'A made-up headline, of some length, number ' || i",
    "source_original": "'officials'",
    "where_prec": "i % 7 + 1",
    "where_coordinates": "'Town ' || i % 7000",
    "where_description": "'near Town, in the made-up district number ' || i % 900",
    "adm_1": "'Province ' || i % 60",
    "adm_2": "'District ' || i % 900",
    "latitude": "(i % 9000) / 100.0 - 40",
    "longitude": "(i % 17000) / 100.0 - 60",
    "geom_wkt": "format('POINT ({} {})', (i % 17000) / 100.0 - 60, (i % 9000) / 100.0 - 40)",
    "priogrid_gid": "100000 + i % 90000",
    "country": "'Country ' || i % 50",
    "country_id": "i % 50",
    "region": "'Asia'",
    "event_clarity": "i % 2 + 1",
    "date_prec": "i % 5 + 1",
    "date_start": f"{DAY} || ' 00:00:00.000'",
    "date_end": f"({DAY} + (i % 11 = 0)::INT) || ' 00:00:00.000'",
    "deaths_a": "i % 3",
    "deaths_b": "i % 5",
    "deaths_civilians": "i % 4",
    "deaths_unknown": "0",
    "best": DEATHS,
    "high": f"{DEATHS} + i % 6",
    "low": f"greatest({DEATHS} - 1, 0)",
    "gwnoa": "i % 50",
    "gwnob": "NULL",
}
"""Made-up rows under UCDP GED's real header, as long as real ones."""

ENGINE = """
import sys, duckdb
engine = duckdb.connect()
engine.execute("SET enable_progress_bar = false")
engine.execute(f"COPY (FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}/engine.parquet'")
"""
LOAD = """
import sys
from pathlib import Path
from wordkept.events.releases import LoadOptions, load_release
options = LoadOptions(loaded_at="2026-01-01T00:00:00Z")
receipt = load_release(Path(sys.argv[1]), Path(sys.argv[2]) / "events", options).receipt
print(receipt.read, "rows read,", receipt.loaded, "loaded")
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as space:
        source = generated(Path(space), asked.rows)
        print(f"machine: {machine()}")
        print(f"file: {asked.rows:,} rows, {source.stat().st_size / 1e6:,.0f} MB of CSV")
        pairs = [(run(ENGINE, source), run(LOAD, source)) for _ in range(asked.runs)]
    report("the engine's own CSV to Parquet", [engine for engine, _ in pairs])
    report("wordkept load", [load for _, load in pairs])
    ratio = statistics.median(load[0] / engine[0] for engine, load in pairs)
    peak = max(load[2] for _, load in pairs)
    sound = ratio <= MOST_TIMES and peak <= MOST_MEGABYTES
    print(
        f"ratio {ratio:.2f} (at most {MOST_TIMES}); "
        f"peak {peak:,.0f} MB (at most {MOST_MEGABYTES:,})"
    )
    print("within both" if sound else "NOT within both")
    return 0 if sound else 1


def generated(folder: Path, rows: int) -> Path:
    import duckdb

    path = folder / "ged.csv"
    columns = ", ".join(f"{value} AS {name}" for name, value in GED.items())
    duckdb.connect().execute(
        f"COPY (SELECT {columns} FROM range({rows}) t(i)) TO '{path}' (HEADER)"
    )
    return path


def run(script: str, source: Path) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak megabytes of a script in a process of its own."""
    with tempfile.TemporaryDirectory(dir=source.parent) as space:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        child = subprocess.Popen([sys.executable, "-c", script, source, space])
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(child.returncode)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, used.ru_maxrss / 1024


def report(what: str, runs: list[tuple[float, float, float]]) -> None:
    wall, cpu, peak = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"{what:34} {wall:6.1f} s, {cpu:6.1f} processor s, {peak:7,.0f} MB at peak")


def machine() -> str:
    load = os.getloadavg()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}, load before {load:.1f}"
    )


if __name__ == "__main__":
    sys.exit(main())
