"""The whole protocol on pledges that nobody made, on series whose truth is known.

python -m bench.calibrate [--only real|simulated] [--quick] [--seed 20160315] [--processes 2]

A whole run writes docs/calibration.md and the table that the dossier quotes. Finished series are
kept in .calibration/, so that a run that was broken off is taken up where it stood.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.calibrate import page, records, runs, simulator
from bench.calibrate.trial import SEED, VARIANTS, Trial

SHARED = page.ROOT.parent / "shared" / "data"
SERIES, QUICK_SERIES = 1000, 100
"""Simulated series of each set-up and correlation."""
BROKEN_OFF = 130


def main() -> int:
    asked = arguments()
    began = time.perf_counter()
    variants = VARIANTS[:1] if asked.quick else VARIANTS
    settings = runs.Settings(seed=asked.seed, variants=variants, quick=asked.quick)
    series = real(asked)
    batches: tuple[simulator.Batch, ...] = ()
    if asked.only != "real":
        batches = simulator.batches(QUICK_SERIES if asked.quick else SERIES)
    try:
        trials = runs.tried((*series, *batches), settings, processes=asked.processes)
    except KeyboardInterrupt:
        print("broken off; what is finished is kept, and the same command goes on from there",
              file=sys.stderr)  # fmt: skip
        return BROKEN_OFF
    body = tables(trials, series, asked.seed)
    print(body)
    took = time.perf_counter() - began
    if series and batches and not asked.quick:
        ran = page.Ran(seed=asked.seed, seconds=took, machine=machine(),
                       on=datetime.now(UTC).date())  # fmt: skip
        page.written(body, ran)
        page.facts([one for one in trials if one.traits], ran)
        print(f"\nwritten: {page.PAGE.name}, {page.FACTS.name}", file=sys.stderr)
    print(f"{took:.0f} s", file=sys.stderr)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--only", choices=("real", "simulated"))
    parser.add_argument("--quick", action="store_true", help="fewer dates, writes no page")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--shared", type=Path, default=SHARED)
    return parser.parse_args()


def real(asked: argparse.Namespace) -> tuple[records.RealSeries, ...]:
    """The real series, or none where they were not asked for or are not there."""
    if asked.only == "simulated":
        return ()
    if not asked.shared.is_dir():
        print("the shared records (../shared/data) are not beside this checkout: the simulator "
              "alone is run, and no page is written", file=sys.stderr)  # fmt: skip
        return ()
    return records.real_series(asked.shared)


def tables(trials: Sequence[Trial], series: tuple[records.RealSeries, ...], seed: int) -> str:
    """Everything that the run shows, as Markdown."""
    simulated = [one for one in trials if one.series.startswith("simulated/")]
    on_real = [one for one in trials if not one.series.startswith("simulated/")]
    parts = []
    if on_real:
        parts += ["## Real series", page.real_part(on_real, records.halves(series, seed))]
    if simulated:
        parts += ["## The simulator", page.simulated_part(simulated),
                  page.simulated_bars(simulated)]  # fmt: skip
    return "\n\n".join(parts)


def machine() -> str:
    cores = len(os.sched_getaffinity(0))
    return (f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, "
            f"numpy {np.__version__}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
