"""From a CSV file to a release, to series, to the audit: time and memory as the rows grow.

python -m bench.bench_scale [--rows 1000000 10000000 50000000] [--spark 10000000]
                            [--pandas 1000000] [--polars 10000000] [--folder DIR]

Each way is a process of its own. Peak memory is the most that the process, and whatever it or the
cluster started, held at once (resident, looked at five times a second, shared pages counted for
each). The answers (every day's count at three bounds) must be the same for all, or the bench fails.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench import cluster
from bench.bench_load import GED, machine

MOST_MEGABYTES = 6_000
MOST_GROWTH = 1.0
"""Ten times the rows may take ten times the memory, and no more."""
COLUMNS = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "latitude", "longitude", "country",
    "date_start", "date_end", "low", "best", "high", "code_status", "source_article",
    "where_coordinates", "adm_1", "adm_2", "deaths_civilians",
)  # fmt: skip
"""Those of UCDP GED's columns that its adapter reads: the rest would only fill the disk."""
WAYS = {name: Path(__file__).with_name(f"scale_{name}.py") for name in ("ours", "pandas", "polars")}
EXECUTOR_MEMORY = "2g"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one way took for so many rows."""

    way: str
    rows: int
    seconds: dict[str, float]
    processor: float
    """Seconds of processor time of the process itself: it can be compared on a busy machine."""
    megabytes: float
    answer: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 10_000_000, 50_000_000])
    parser.add_argument("--spark", type=int, nargs="*", default=[10_000_000])
    parser.add_argument("--pandas", type=int, nargs="*", default=[1_000_000])
    parser.add_argument("--polars", type=int, nargs="*", default=[10_000_000])
    parser.add_argument("--folder", type=Path, help="where the files lie meanwhile: 1.2 kB a row")
    asked = parser.parse_args()
    ways = {"DuckDB": asked.rows, "Spark": asked.spark, "pandas": asked.pandas,
            "polars": asked.polars}  # fmt: skip
    print(f"machine: {machine()}", flush=True)
    runs = []
    for rows in sorted({number for numbers in ways.values() for number in numbers}):
        with tempfile.TemporaryDirectory(dir=asked.folder) as space:
            source = generated(Path(space), rows)
            print(f"{rows:,} rows, {source.stat().st_size / 1e6:,.0f} MB of CSV", flush=True)
            for way in (name for name, numbers in ways.items() if rows in numbers):
                if lacking := _lacking(way):
                    print(f"  {way}: skipped, {lacking}", flush=True)
                    continue
                runs.append(run(way, rows, source))
                print(f"  {told(runs[-1])}", flush=True)
    return judged(runs)


def generated(folder: Path, rows: int) -> Path:
    """Made-up rows under the names of UCDP GED's columns."""
    import duckdb

    path = folder / "ged.csv"
    columns = ", ".join(f"{GED[name]} AS {name}" for name in COLUMNS)
    with duckdb.connect() as made:
        made.execute("SET memory_limit = '2GB'; SET enable_progress_bar = false")
        made.execute(f"COPY (SELECT {columns} FROM range({rows}) t(i)) TO '{path}' (HEADER)")
    return path


def run(way: str, rows: int, source: Path) -> Run:
    script = WAYS["ours" if way in {"DuckDB", "Spark"} else way]
    with ExitStack() as stack:
        space = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=source.parent)))
        command = [sys.executable, str(script), str(source), str(space)]
        others: list[int] = []
        settings = dict(os.environ)
        if way == "Spark":
            (space / "spark-defaults.conf").write_text(f"spark.executor.memory {EXECUTOR_MEMORY}\n")
            settings["SPARK_CONF_DIR"] = str(space)
            running = stack.enter_context(
                cluster.cluster(space / "cluster", worker_memory=EXECUTOR_MEMORY)
            )
            command.append(running.address)
            others = [each.pid for each in (running.master, *running.workers)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=settings)
        peak = Peak([child.pid, *others])
        out, _ = child.communicate()
        megabytes = peak.end()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if child.returncode:
        raise SystemExit(f"{way} ended with {child.returncode}")
    said = json.loads(out.splitlines()[-1])
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(way=way, rows=rows, seconds=said["seconds"], processor=processor,
               megabytes=megabytes, answer=said["answer"])  # fmt: skip


class Peak:
    """The most memory that some processes, and all they start, hold at once."""

    def __init__(self, roots: list[int]) -> None:
        self._roots, self._most, self._over = roots, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> float:
        """Megabytes."""
        self._over.set()
        self._thread.join()
        return self._most / 1e6

    def _look(self) -> None:
        while not self._over.wait(0.2):
            self._most = max(self._most, held(self._roots))


def held(roots: Iterable[int]) -> int:
    """Bytes that processes and their descendants hold in memory."""
    parents, sizes = {}, {}
    page = os.sysconf("SC_PAGE_SIZE")
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            sizes[int(folder.name)] = int((folder / "statm").read_text().split()[1]) * page
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
    wanted = set(roots)
    while found := {pid for pid, parent in parents.items() if parent in wanted} - wanted:
        wanted |= found
    return sum(sizes.get(pid, 0) for pid in wanted)


def told(one: Run) -> str:
    parts = ", ".join(f"{stage} {seconds:,.1f} s" for stage, seconds in one.seconds.items())
    whole = sum(one.seconds.values())
    return (f"{one.way:7} {whole:8,.1f} s ({parts}); {one.processor:,.0f} processor s of its own; "
            f"{one.megabytes:,.0f} MB at peak; answer {one.answer[:12]}")  # fmt: skip


def judged(runs: list[Run]) -> int:
    """Whether memory stayed in its bounds, and all answers are the same; says so."""
    same = bounded = True
    for rows in sorted({one.rows for one in runs}):
        alike = {one.answer for one in runs if one.rows == rows}
        same &= len(alike) == 1
        print(f"{rows:,} rows: {'all answers are the same' if len(alike) == 1 else alike}")
    ours = [one for one in runs if one.way == "DuckDB"]
    for less, more in pairwise(ours):
        growth = (more.megabytes / less.megabytes) / (more.rows / less.rows)
        bounded &= growth <= MOST_GROWTH
        print(f"{less.rows:,} to {more.rows:,} rows: memory grew {growth:.2f} times as fast")
    bounded &= all(one.megabytes <= MOST_MEGABYTES for one in ours)
    kept = "within both" if bounded else "NOT within both"
    print(f"DuckDB: no faster than the rows, and at most {MOST_MEGABYTES:,} MB: {kept}")
    return 0 if bounded and same else 1


def _lacking(way: str) -> str | None:
    if way == "Spark":
        return cluster.lacking()
    if way == "DuckDB":
        return None
    try:
        __import__(way)
    except ImportError:
        return f"{way} is not installed (pip install {way})"
    return None


if __name__ == "__main__":
    if platform.system() != "Linux":
        raise SystemExit("memory is read from /proc, which only Linux has")
    sys.exit(main())
