"""What a monthly series of releases takes: stored bytes, time to load and to open, memory.

python bench/bench_releases.py [--rows 200000] [--months 24] [--seed 20160315]

The rows are made up under UCDP GED's real header. Each month between 0.5 and 2 % of them are
revised, 0.4 % are new, 0.1 % are withdrawn, scattered over the file, which is sorted by day: so the
number of most rows moves. Next to it stands what the same releases take as whole files.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
from bench_load import GED, machine

DAYS = 5000
SHARES = (0.005, 0.02)
NEW, WITHDRAWN = 0.004, 0.001
REPEATS = 5
FOUND = {
    "id": "500000 + i * 7 + 3",
    "date_start": "(DATE '2010-01-01' + (h % {days})::INT) || ' 00:00:00.000'",
    "date_end": "(DATE '2010-01-01' + (h % {days} + (h2 % 11 = 0)::INT)::INT) || ' 00:00:00.000'",
    "side_a": "'Government of Country ' || h2 % 50",
    "side_b": "'Group ' || (h2 // 50) % 500",
    "where_prec": "(h // 5000) % 6 + 1",
    "where_coordinates": "'Town ' || (h // 30000) % 7000",
    "adm_1": "'Province ' || (h // 30000) % 60",
    "adm_2": "'District ' || (h // 30000) % 900",
    "latitude": "((h // 30000) % 900000) / 10000.0 - 40",
    "longitude": "((h // 70000) % 1700000) / 10000.0 - 60",
    "country": "'Country ' || h2 % 50",
    "type_of_violence": "h2 % 3 + 1",
    "source_article": "'\"Made-up agency ' || h2 % 40 || ', ' || h % {days} || ', a headline of "
    "number ' || (h2 // 7 + r) % 100000000 || '\"'",
    "deaths_civilians": "h2 % 4",
    "low": "h % 3",
    "best": "h % 3 + h2 % 5 + r",
    "high": "h % 3 + h2 % 5 + h % 2 + r",
}
LOAD = """
import json, sys, time
from datetime import date
from pathlib import Path
from wordkept.case import Case
case = Case.open(Path(sys.argv[1]))
began = time.perf_counter()
release = case.load(Path(sys.argv[2]), stated=date.fromisoformat(sys.argv[3]))
print(json.dumps({"seconds": time.perf_counter() - began, "release": release.id}))
"""
OPEN = """
import json, sys, time
from pathlib import Path
from wordkept.case import Case
from wordkept.events import engine, keeping, series
from wordkept.events.releases import open_release
from wordkept.model import Selection
folder = Path(sys.argv[1])
release = Case.open(folder).releases()[int(sys.argv[2])]
asked = Selection(dataset=release.dataset, label="all")
engine.connect().raw_sql("SELECT 1")
found = []
for _ in range(int(sys.argv[3])):
    connection = engine.connect()
    began = time.perf_counter()
    events = open_release(release, folder / "events", connection)
    opened = time.perf_counter()
    series.daily(events, asked).to_pyarrow()
    found.append((opened - began, time.perf_counter() - opened))
print(json.dumps({"open": [o for o, _ in found], "series": [s for _, s in found]}))
"""
VERIFY = """
import json, sys, time
from pathlib import Path
from wordkept.case import Case
began = time.perf_counter()
found = Case.open(Path(sys.argv[1])).verify()
assert found.sound, found.faults
print(json.dumps({"seconds": time.perf_counter() - began, "checks": found.checks[-1]}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--seed", type=int, default=20160315)
    asked = parser.parse_args()
    print(f"machine: {machine()}")
    with tempfile.TemporaryDirectory() as space:
        measure(Path(space), asked)


def measure(space: Path, asked: argparse.Namespace) -> None:
    from wordkept.case import Case

    case = Case.create(space / "case")
    rows = Rows(asked.rows, asked.seed)
    wholes, loads, shares = [], [], []
    for month in range(asked.months):
        share = rows.move_on() if month else 0.0
        source = rows.written(space / "ged.csv")
        stated = f"{2020 + month // 12}-{month % 12 + 1:02}-01"
        told, peak = child(LOAD, case.folder, source, stated)
        plain = [folder / f"{told['release']}.parquet"
                 for folder in (case.folder / "opened", case.folder / "events")]  # fmt: skip
        wholes.append(next(path.stat().st_size for path in plain if path.exists()))
        loads.append((told["seconds"], peak))
        shares.append(share)
        print(f"month {month + 1:2}: {share:5.2%} revised, loaded in {told['seconds']:5.1f} s, "
              f"peak {peak:5,.0f} MB, events/ {megabytes(case.folder / 'events'):6.2f} MB",
              flush=True)  # fmt: skip
    stored, kept = megabytes(case.folder / "events"), megabytes(case.folder / "opened")
    base, total = wholes[0] / 1e6, sum(wholes) / 1e6
    changed = sum(shares) + (NEW + WITHDRAWN) * (asked.months - 1)
    print(f"as whole files: {total:.1f} MB ({wholes[0] / asked.rows:.0f} bytes a row at first)")
    print(f"as kept: {stored:.1f} MB in events/ ({stored / total:.1%}; {stored / base:.2f} times "
          f"the first, {changed:.0%} of its rows touched); {kept:.1f} MB in opened/, "
          "which may be deleted")  # fmt: skip
    print(f"load: the first {loads[0][0]:.1f} s, {loads[0][1]:,.0f} MB; the last "
          f"{loads[-1][0]:.1f} s, {loads[-1][1]:,.0f} MB")  # fmt: skip
    opening("the first release, a whole file", case.folder, 0)
    opening("the newest, with its plain file", case.folder, asked.months - 1)
    for path in (case.folder / "opened").iterdir():
        path.unlink()
    opening("the newest, made anew", case.folder, asked.months - 1)
    opening("the middle one, made anew", case.folder, asked.months // 2)
    told, peak = child(VERIFY, case.folder)
    print(f"verify: {told['seconds']:.1f} s, peak {peak:,.0f} MB ({told['checks']})")


class Rows:
    """Made-up rows that a publisher revises from month to month."""

    def __init__(self, number: int, seed: int) -> None:
        self._engine = duckdb.connect()
        self._engine.execute("SET enable_progress_bar = false")
        self._next, self._seed, self._month = number, seed, 0
        said = f"SELECT i, 0 AS r, {self._hashed('i')} FROM range({number}) t(i)"
        self._engine.execute(f"CREATE TABLE rows AS {said}")

    def _hashed(self, what: str) -> str:
        return ", ".join(
            f"(hash({what}, {self._seed}, {salt}, {self._month}) // 2)::BIGINT AS {name}"
            for salt, name in enumerate(("h", "h2"))
        )

    def move_on(self) -> float:
        """Revises, adds and withdraws rows; the share that was revised."""
        self._month += 1
        low, high = SHARES
        share = low + (high - low) * ((self._month * 7) % 23) / 22
        number = self._engine.execute("SELECT count(*) FROM rows").fetchone()
        new = int(NEW * (number or (0,))[0])
        drawn = f"(hash(i, 'drawn', {self._seed}, {self._month}) % 100000) / 100000.0"
        self._engine.execute(f"DELETE FROM rows WHERE {drawn} < {WITHDRAWN}")
        revised = f"{drawn} BETWEEN {WITHDRAWN} AND {WITHDRAWN + share}"
        self._engine.execute(f"UPDATE rows SET r = r + 1 WHERE {revised}")
        first, self._next = self._next, self._next + new
        said = f"SELECT i, 0 AS r, {self._hashed('i')} FROM range({first}, {self._next}) t(i)"
        self._engine.execute(f"INSERT INTO rows {said}")
        return share

    def written(self, path: Path) -> Path:
        """The rows as they stand, as the publisher's file, sorted by day."""
        made = GED | {name: value.format(days=DAYS) for name, value in FOUND.items()}
        columns = ", ".join(f"{value} AS {name}" for name, value in made.items())
        order = f"h % {DAYS}, i"
        self._engine.execute(
            f"COPY (SELECT {columns} FROM rows ORDER BY {order}) TO '{path}' (HEADER)"
        )
        return path


def child(script: str, *words: object) -> tuple[dict[str, Any], float]:
    """What a script in a process of its own says, and its peak in megabytes."""
    with tempfile.TemporaryFile("w+") as said:
        running = subprocess.Popen([sys.executable, "-c", script, *map(str, words)], stdout=said)
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode:
            raise SystemExit(running.returncode)
        said.seek(0)
        return json.loads(said.read().splitlines()[-1]), used.ru_maxrss / 1024


def opening(what: str, case: Path, number: int) -> None:
    told, peak = child(OPEN, case, number, REPEATS)
    print(f"open {what}: {median(told['open']) * 1e3:.0f} ms, then a daily series in "
          f"{median(told['series']) * 1e3:.0f} ms; peak {peak:,.0f} MB")  # fmt: skip


def megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6 if folder.exists() else 0.0


if __name__ == "__main__":
    began = time.perf_counter()
    main()
    print(f"{time.perf_counter() - began:.0f} s in all")
