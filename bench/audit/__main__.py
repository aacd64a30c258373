"""What the audit finds of planted faults, and of records that have none. Prints Markdown.

    python -m bench.audit [--seed 20160227] [--records 20] [--clean 20] [--real 5] [--jobs 2]
                          [--minutes 0]

Simulated records: 540 days, four events a day, negative-binomial (k = 2) about a level whose
logarithm is an AR(1) (standard deviation .5, correlation 0, .5, .8, .95 in turn); the shares of
types, sources and parties drift from week to week with the same correlation. Real records: those of
../shared with a day on each row, their blocks of 28 days shuffled.
"""

import argparse
import platform
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, wait
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bench.audit.clean import RHOS, release, shuffled, simulated, table
from bench.audit.faults import FAULTS, thinned
from wordkept.events.auditing.audited import Audited
from wordkept.events.auditing.recording import DETECTORS, TIMED
from wordkept.events.engine import connect
from wordkept.events.releases import LoadOptions, load_release, open_release

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL = (
    "airwars_syria_incidents_to_2016-08.csv",
    "centcom_oir_strikes_2014_2016.csv",
    "ucdp_ged_syria_2016_2019.csv.gz",
    "yemen_data_project_air_raids_2015_2016.csv",
)
REAL_FAULTS = (
    "collection stops for some days", "a field fails for some days", "a value is coded otherwise",
)  # fmt: skip
SPELLS = (0.3, 0.2, 0.1, 0.05)
Job = tuple[str, str, float, int, int]
"""What is done, to which record or fault, at which size, with which number and seed."""


@cache
def connection() -> Any:
    return connect()


@cache
def real_rows(name: str) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        loaded = load_release(SHARED / name, Path(folder),
                              LoadOptions(loaded_at="2026-01-01T00:00:00Z"))  # fmt: skip
        rows: list[dict[str, Any]] = (
            open_release(loaded, Path(folder), connection()).to_pyarrow().to_pylist()
        )
    return rows


def audited(rows: list[dict[str, Any]]) -> Audited:
    events = connection().create_table("events", table(rows), overwrite=True, temp=True)
    return Audited(events=events, release=release(rows))


def run(job: Job) -> tuple[Job, list[str]]:
    """What was found: names of detectors, or the fault's own name where it was told of."""
    what, name, size, number, seed = job
    if what == "clean":
        found = audited(simulated(seed + number, size))
        return job, [one for one, detector in DETECTORS.items() if detector(found)]
    if what == "shuffled":
        found = audited(shuffled(real_rows(name), seed + number))
        return job, [one for one in TIMED if DETECTORS[one](found)]
    random = np.random.default_rng((seed, number, int(size * 1000)))
    rho = RHOS[number % len(RHOS)]
    if what == "spell":
        found = audited(thinned(simulated(seed + number, rho), size, random))
        return job, [one.gravity for one in DETECTORS["silences"](found)]
    fault = FAULTS[name.split("|")[0]]
    clean = (
        simulated(seed + number, rho) if what == "fault"
        else shuffled(real_rows(name.split("|")[1]), seed + number)
    )  # fmt: skip
    found = audited(fault.plant(clean, size, random))
    told = [one for one in DETECTORS[fault.detector](found) if fault.tells(one)]
    return job, ["found"] if told else []


def run_all(wanted: list[Job], said: argparse.Namespace) -> list[tuple[Job, list[str]]]:
    """Every job, or those that were done in the minutes given, in an order that favours none."""
    order = np.random.default_rng(said.seed).permutation(len(wanted))
    deadline = time.monotonic() + said.minutes * 60 if said.minutes else None
    pool = ProcessPoolExecutor(said.jobs)
    futures = [pool.submit(run, wanted[at]) for at in order]
    left = max(deadline - time.monotonic(), 0.0) if deadline else None
    finished = wait(futures, timeout=left).done
    pool.shutdown(wait=True, cancel_futures=True)
    done = [one.result() for one in futures if one in finished]
    if len(done) < len(wanted):
        print(f"Cut short: {len(done)} of {len(wanted)} trials were done in time.\n")
    return done


def jobs(said: argparse.Namespace) -> Iterable[Job]:
    records, clean, seed = said.records, said.clean, said.seed
    for number in range(clean):
        yield from (("clean", "", rho, number, seed + 1000) for rho in RHOS)
        yield from (("spell", "", size, number, seed + 2000) for size in SPELLS)
    for name, fault in FAULTS.items():
        for size in fault.sizes:
            yield from (("fault", name, size, number, seed) for number in range(records))
    for file in REAL if SHARED.is_dir() else ():
        yield from (("shuffled", file, 0.0, number, seed) for number in range(said.real))
        for name in REAL_FAULTS:
            for size in FAULTS[name].sizes:
                yield from (("real", f"{name}|{file}", size, number, seed)
                            for number in range(said.real))  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=20160227)
    parser.add_argument("--records", type=int, default=20)
    parser.add_argument("--clean", type=int, default=20)
    parser.add_argument("--real", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=0.0)
    said = parser.parse_args()
    began = time.perf_counter()
    done = run_all(list(jobs(said)), said)
    print(
        f"seed {said.seed}, {said.records} records a fault and size, {said.clean} clean records a "
        f"correlation, {said.real} shuffles a real record; {platform.machine()}, Python "
        f"{platform.python_version()}, {time.perf_counter() - began:.0f} s\n"
    )
    show_clean(done)
    show_spells(done)
    show_faults(done)
    show_real(done)


def show_clean(done: list[tuple[Job, list[str]]]) -> None:
    tried = Counter(size for (what, _, size, _, _), _ in done if what == "clean")
    told = ", ".join(f"{tried[rho]} of rho {rho:g}" for rho in RHOS)
    print(f"## False alarms in clean simulated records ({told})\n")
    print("| detector | " + " | ".join(f"rho {rho:g}" for rho in RHOS) + " |")
    print("|---|" + "---:|" * len(RHOS))
    tally: Counter[tuple[str, float]] = Counter()
    for (what, _, size, _, _), found in done:
        if what == "clean":
            tally.update((name, size) for name in {*found, *(["any"] if found else [])})
    for name in (*DETECTORS, "any"):
        print(f"| {name} | " + " | ".join(str(tally[name, rho]) for rho in RHOS) + " |")
    print()


def show_spells(done: list[tuple[Job, list[str]]]) -> None:
    print("## Quiet spells of 28 days taken for silences\n")
    print("| what is left of the level | told of as grave | told of at all | of |")
    print("|---|---:|---:|---:|")
    for size in SPELLS:
        found = [said for (what, _, at, _, _), said in done if what == "spell" and at == size]
        print(f"| {size:.0%} | {sum('grave' in one for one in found)} "
              f"| {sum(bool(one) for one in found)} | {len(found)} |")  # fmt: skip
    print()


def show_faults(done: list[tuple[Job, list[str]]]) -> None:
    print("## Planted in simulated records: how many are found\n")
    print("| fault | size | found | of |\n|---|---|---:|---:|")
    for name, fault in FAULTS.items():
        for size in fault.sizes:
            found = [bool(said) for (what, at, by, _, _), said in done
                     if (what, at, by) == ("fault", name, size)]  # fmt: skip
            print(f"| {name} | {size:g} {fault.unit} | {sum(found)} | {len(found)} |")
    print()


def show_real(done: list[tuple[Job, list[str]]]) -> None:
    files = [file for file in REAL if any(job[1] == file for job, _ in done)]
    if not files:
        print("The real records (../shared) are not there: left out.")
        return
    print("## Real records, their months shuffled: alarms of the detectors that ask for days\n")
    print("| detector | " + " | ".join(file.split("_")[0] for file in files) + " |")
    print("|---|" + "---:|" * len(files))
    for name in TIMED:
        cells = [[name in said for job, said in done if job[:2] == ("shuffled", file)]
                 for file in files]  # fmt: skip
        print(f"| {name} | " + " | ".join(f"{sum(one)} of {len(one)}" for one in cells) + " |")
    print("\n## Planted in them: how many are found\n")
    print("| fault | size | " + " | ".join(file.split("_")[0] for file in files) + " |")
    print("|---|---|" + "---:|" * len(files))
    for name in REAL_FAULTS:
        for size in FAULTS[name].sizes:
            cells = [
                [bool(said) for job, said in done if job[:3] == ("real", f"{name}|{file}", size)]
                for file in files
            ]
            print(f"| {name} | {size:g} {FAULTS[name].unit} | "
                  + " | ".join(f"{sum(one)} of {len(one)}" for one in cells) + " |")  # fmt: skip


if __name__ == "__main__":
    main()
