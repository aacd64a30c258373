"""How fast the specification curve is: 10,000 set-ups at every placebo date of 20 series.

python bench/bench_curve.py [--runs 21]

Simulated series of 1,000 days, about 3 events a day; each set-up is compared at all 1,000 shifts.
Wall time is what a user waits for; the time of the processor is what is left of it on a machine
that does nothing else. What numba compiles is kept in a folder of this run's own, and a second
process shows that it does not compile again. The memory is the most that a process held more than
before, numba's own and numpy's imports not counted.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from wordkept.model import DailySeries, Plan, Pledge, Selection, Variant
from wordkept.protocol.curve import specification_curve
from wordkept.protocol.curve_counts import Turned, shares

SEED = 20160315
SERIES, DAYS, SETUPS, MEAN = 20, 1_000, 10_000, 3.0
WINDOWS, GRACES, DONUTS = (14, 28, 42, 56), (0, 7, 14), (0, 14, 30)
BASELINES = (14, 28, 56, 90, 180)
WAYS = 56
MOST_NUMPY, MOST_NUMBA, MOST_MEGABYTES = 0.15, 0.01, 200
STARTS = date(2016, 3, 15)
SHOWN = "numpy", "numba, once compiled"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--alone", choices=("numpy", "numba"), help="one process, as JSON")
    chosen = parser.parse_args()
    if chosen.alone:
        print(json.dumps(alone(compiled=chosen.alone == "numba", runs=chosen.runs)))
        return
    print(
        f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, load "
        f"{os.getloadavg()[0]:.1f}, Python {platform.python_version()}, numpy {np.__version__}"
    )
    print(f"{SETUPS:,} set-ups x {DAYS:,} placebo dates, {SERIES} series of {DAYS:,} days")
    with tempfile.TemporaryDirectory() as kept:
        plain, first, second = (process(which, kept, chosen.runs)
                                for which in ("numpy", "numba", "numba"))  # fmt: skip
    report(plain, first, second)
    sys.exit(0 if met(plain, second) else 1)


def process(which: str, kept: str, runs: int) -> dict[str, Any]:
    """What one fresh process measured, its numba keeping what it compiles in a folder."""
    done = subprocess.run(
        [sys.executable, __file__, "--alone", which, "--runs", str(runs)],
        check=True, capture_output=True, text=True, env={**os.environ, "NUMBA_CACHE_DIR": kept},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def alone(*, compiled: bool, runs: int) -> dict[str, Any]:
    """Times and memory of this process; the first call apart from those after it."""
    turned, found = made(), {}
    if compiled:
        began = time.perf_counter()
        import numba

        from wordkept.protocol import curve_kernel

        found = {"import": time.perf_counter() - began, "version": numba.__version__}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    result = shares(turned)
    found["first"] = time.perf_counter() - began
    found["wall"], found["processor"] = timed(lambda: shares(turned), runs)
    ways, pledge, plan = case()
    found["whole"], _ = timed(lambda: specification_curve(ways, pledge, plan), 5)
    found["memory"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    found["compiled"] = compiled and sum(curve_kernel.count_shifts.stats.cache_misses.values())
    return found | {"joint": result.joint_p, "sum": float(result.p.sum())}


def timed(run: Callable[[], object], runs: int) -> tuple[list[float], list[float]]:
    """Seconds of wall time and of processor time of each run."""
    wall, processor = [], []
    for _ in range(runs):
        began, worked = time.perf_counter(), time.process_time()
        run()
        wall.append(time.perf_counter() - began)
        processor.append(time.process_time() - worked)
    return wall, processor


def made() -> Turned:
    """The set-ups, drawn at random from the grid: one circle for every series and window's end."""
    generator = np.random.default_rng(SEED)
    reaches = sorted({window + grace for window in WINDOWS for grace in GRACES})
    records = generator.poisson(MEAN, size=(SERIES, DAYS + max(reaches)))
    circles = np.stack([one[reach : reach + DAYS] for one in records for reach in reaches])
    window, grace = generator.choice(WINDOWS, SETUPS), generator.choice(GRACES, SETUPS)
    series = generator.integers(0, SERIES, SETUPS)
    circle = series * len(reaches) + np.searchsorted(reaches, window + grace)
    order = np.argsort(circle, kind="stable")
    gap = window + grace + generator.choice(DONUTS, SETUPS)
    baseline = generator.choice(BASELINES, SETUPS)
    return Turned(
        circles=circles,
        circle=circle[order],
        upper=np.stack([window * 0, window])[:, order],
        lower=np.stack([gap, baseline])[:, order],
    )


def case() -> tuple[tuple[Variant, ...], Pledge, Plan]:
    """As many ways to count as make 10,000 set-ups of the fixed grid."""
    plan = Plan(question="falls", primary=Selection(dataset="simulated", label="events"))
    pledge = Pledge(
        id="simulated", title="A pledge on simulated series", actor="A", kind="reduce",
        act="reduce", object="events", announced=STARTS, starts=STARTS, ends=None, magnitude=None,
        area=None, comparator=None, plan=plan,
    )  # fmt: skip
    generator = np.random.default_rng(SEED)
    ways = tuple(
        Variant(
            area=f"area {way}", event_class="as planned", duplicates="counted", planned=way == 0,
            series=DailySeries(
                dataset="simulated", attribution="certain", role="primary", label="events",
                start=STARTS - timedelta(days=DAYS - 70),
                counts=tuple(generator.poisson(MEAN, size=DAYS).tolist()),
            ),
        )
        for way in range(WAYS)
    )  # fmt: skip
    return ways, pledge, plan


def report(plain: dict[str, Any], first: dict[str, Any], second: dict[str, Any]) -> None:
    for name, found, most in zip(SHOWN, (plain, second), (MOST_NUMPY, MOST_NUMBA), strict=True):
        wall, processor = statistics.median(found["wall"]), statistics.median(found["processor"])
        print(
            f"{name}: median {wall:.4f} s, best {min(found['wall']):.4f} s, processor "
            f"{processor:.4f} s (to reach {most} s); memory {found['memory']:.0f} MB"
        )
    print(
        f"numba {first['version']}: import {second['import']:.2f} s; first call "
        f"{first['first']:.2f} s, compiled {first['compiled']}; first call of a second process "
        f"{second['first']:.3f} s, compiled {second['compiled']}"
    )
    for name, found in zip(SHOWN, (plain, second), strict=True):
        print(
            f"specification_curve whole, {WAYS} ways to count, {WAYS * 180:,} set-ups x 400 "
            f"dates, {name}: median {statistics.median(found['whole']):.3f} s"
        )
    same = {(one["joint"], one["sum"]) for one in (plain, first, second)}
    print(f"the same p and joint p: {len(same) == 1}")


def met(plain: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether the best runs reach what was asked, and the second process compiled nothing."""
    fast = min(plain["wall"]) <= MOST_NUMPY and min(second["wall"]) <= MOST_NUMBA
    light = max(plain["memory"], second["memory"]) < MOST_MEGABYTES
    return fast and light and not second["compiled"] and plain["joint"] == second["joint"]


if __name__ == "__main__":
    main()
