"""Everything that `make bench` measures: help, the demonstration, one assessment, and a load.

python bench/bench.py [--rows 1000000] [--runs 3]
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from wordkept.model import DailySeries, Fixing, Plan, Pledge, Selection, Testability
from wordkept.protocol.assessing import assess_pledge
from wordkept.protocol.evidence import Evidence, Setting

WORDKEPT = Path(sys.executable).with_name("wordkept")
HERE = Path(__file__).parent
SEED = 20160315
STARTS = date(2016, 3, 15)
BEFORE = 880


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    print(f"{platform.machine()}, {cores} cores, Python {platform.python_version()}")
    line("wordkept --help", timed([str(WORDKEPT), "--help"], runs=10), at_most=0.3)
    with tempfile.TemporaryDirectory() as space:
        runs = [timed([str(WORDKEPT), "demo", f"{space}/{run}"], runs=1)[0]
                for run in range(chosen.runs)]  # fmt: skip
    line("wordkept demo, from an empty folder", runs, at_most=15.0)
    line("one assessment: 1,000 days, three bounds, two baselines", assessing(), at_most=0.05)
    sys.stdout.flush()
    load = [sys.executable, str(HERE / "bench_load.py"), "--rows", str(chosen.rows),
            "--runs", str(chosen.runs)]  # fmt: skip
    sys.exit(subprocess.run(load, check=False).returncode)


def timed(command: list[str], *, runs: int) -> list[float]:
    """Seconds of wall time of each run of a command."""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        found.append(time.perf_counter() - began)
    return found


def assessing() -> list[float]:
    """Seconds of each of fifty assessments of a made-up pledge, after one to warm up."""
    generator = np.random.default_rng(SEED)
    series = tuple(
        DailySeries(dataset="made up", attribution=bound, role="primary", label="events",
                    start=STARTS - timedelta(days=BEFORE),
                    counts=tuple(generator.poisson(rate, size=1_000).tolist()))
        for bound, rate in (("certain", 3), ("probable", 4), ("possible", 5))
    )  # fmt: skip
    pledge = Pledge(
        id="made-up", title="made up", actor="Blue", kind="reduce", act="reduce", object="raids",
        announced=STARTS, starts=STARTS, ends=None, magnitude=None, area=None, comparator=None,
        plan=Plan(question="falls", primary=Selection(dataset="made up")),
    )  # fmt: skip
    evidence = Evidence(releases=(), findings=(), primary=series, controls={})
    setting = Setting(
        fixing=Fixing(plan="0" * 64, registered_at=None, before_data=False, record_known=True),
        testability=Testability(terms=(), leaves_open=(), obstacles=()),
        declared=(), as_of=STARTS,
    )  # fmt: skip
    found = []
    for _ in range(51):
        began = time.perf_counter()
        assess_pledge(pledge, evidence, setting)
        found.append(time.perf_counter() - began)
    return found[1:]


def line(what: str, seconds: list[float], *, at_most: float) -> None:
    middle = statistics.median(seconds)
    kept = "within" if middle <= at_most else "OVER"
    print(f"{what}: median {middle:.3f} s of {len(seconds)} runs "
          f"({min(seconds):.3f} to {max(seconds):.3f}); {kept} {at_most} s")  # fmt: skip


if __name__ == "__main__":
    main()
