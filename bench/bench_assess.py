"""Our test of a fall against its peers, on the same series in one run: time, errors, coverage.

    python -m bench.bench_assess [--series 500] [--slow 10] [--slowest 5] [--real 400]
                                 [--python causalimpact=PATH] [--python causalpy=PATH]

Prints Markdown. Every method sees the same 400 days and the same last 28 of them as the window.
The simulated series are those of bench/simulate.py; the real ones, where ../shared is present,
those of bench/calibrate, up to the same random dates with nothing declared near. In the window each
event stays with the probability that is the true ratio. A slow peer takes the first series of each
row, and ours is printed on the same.
"""

import argparse
import os
import platform
import statistics
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np

from bench import peers
from bench.calibrate.pledges import placebos
from bench.calibrate.records import real_series
from bench.peers import PEERS, Answer, Counts
from bench.simulate import DAYS, PLAN, PLEDGE, RHOS, STARTS, WINDOW_DAYS, simulated
from wordkept.model import DailySeries
from wordkept.protocol.calibration import caution_of
from wordkept.protocol.estimates import estimate_all, weighed_p

ALPHA = 0.05
RATIOS = (1.0, 0.5)
OURS, CAREFUL = "ours, the two tests", "ours, with its caution"
"""The p as the tests give it, and as a verdict uses it: raised on series that deceived them."""
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FAST = ("poisson", "regression")
ENOUGH_TO_EQUAL = 100
"""Series of a row under which a method's own 5 % point says too little."""
HEADS = (
    "series", "true ratio", "method", "n", "p at most .05", "the same at equal false positives",
    "90 % interval holds the truth", "no answer", "median time",
)  # fmt: skip


Untouched = dict[tuple[str, str], list[float]]
"""By kind of series and method, its p-values where nothing was thinned."""


@dataclass(frozen=True, slots=True)
class Row:
    """Series of one kind at one true ratio."""

    kind: str
    ratio: float
    series: list[Counts]


def ours(counts: Counts, *, careful: bool) -> list[Answer]:
    """Our combined p; one answer a baseline, for each has an interval of its own."""
    one = DailySeries(dataset="bench", attribution="certain", role="primary", label="events",
                      start=STARTS - timedelta(days=len(counts) - WINDOW_DAYS),
                      counts=tuple(int(n) for n in counts))  # fmt: skip
    began = time.perf_counter()
    estimates = estimate_all((one,), PLEDGE, PLAN)
    p, void = weighed_p(estimates, caution_of((one,), PLEDGE) if careful else 1.0)
    seconds = time.perf_counter() - began
    return [Answer(1.0 if void else p, each.ordinary_low, each.ordinary_high, seconds)
            for each in estimates]  # fmt: skip


def simulated_rows(generator: np.random.Generator, number: int) -> list[Row]:
    return [
        Row(f"simulated, rho {rho:g}", ratio,
            [simulated(generator, rho, ratio) for _ in range(number)])
        for ratio in RATIOS
        for rho in RHOS
    ]  # fmt: skip


def real_rows(generator: np.random.Generator, number: int, seed: int) -> list[Row]:
    """Windows on real series, as they are and thinned; none where ../shared is not there."""
    if not number or not DATA.is_dir():
        return []
    windows = [
        one.counts[max(0, placebo.day + WINDOW_DAYS - DAYS) : placebo.day + WINDOW_DAYS]
        for one in real_series(DATA)
        for placebo in placebos(one, seed)
        if placebo.kind == "random"
    ]
    found = [windows[place] for place in generator.permutation(len(windows))[:number]]
    thinned = []
    for counts in found:
        copy = counts.copy()
        copy[-WINDOW_DAYS:] = generator.binomial(copy[-WINDOW_DAYS:], 0.5)
        thinned.append(copy)
    return [Row("real, random dates", 1.0, found), Row("real, random dates", 0.5, thinned)]


def equalled(row: Row, method: str, firsts: list[Answer], untouched: Untouched) -> str:
    """Power at a threshold that the method's own false positives on such series put at .05."""
    known = [1.0 if one.p is None else one.p for one in firsts]
    if len(known) < ENOUGH_TO_EQUAL:
        return ""
    if row.ratio == 1.0:
        untouched[row.kind, method] = known
        return ""
    threshold = float(np.quantile(untouched[row.kind, method], ALPHA, method="lower"))
    return f"{np.mean([p <= threshold for p in known]):.3f}"


def told(row: Row, method: str, answers: list[list[Answer]], untouched: Untouched) -> str:
    """One line of the table; of a series with several answers, intervals count once each."""
    firsts = [one[0] for one in answers]
    seen = [one.p is not None and one.p <= ALPHA for one in firsts]
    spans = [(one.low, one.high) for each in answers for one in each]
    whole = [(low, high) for low, high in spans if low is not None and high is not None]
    held = [low <= row.ratio <= high for low, high in whole]
    silent = sum(one.p is None for one in firsts)
    cells = [
        row.kind, f"{row.ratio:g}", method, f"{len(firsts)}", f"{np.mean(seen):.3f}",
        equalled(row, method, firsts, untouched),
        f"{np.mean(held):.3f}" if held else "none", f"{silent}",
        spoken(statistics.median(one.seconds for one in firsts)),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def spoken(seconds: float) -> str:
    return f"{seconds * 1e3:.2g} ms" if seconds < 1 else f"{seconds:.1f} s"


def table(rows: list[Row], names: tuple[str, ...], most: int, pythons: dict[str, str]) -> None:
    """A table of the named peers and ours on the first `most` series of each row."""
    print(f"| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}")
    used: dict[str, str] = {}
    untouched: Untouched = {}
    for row in rows:
        series = row.series[:most]
        for name, careful in ((OURS, False), (CAREFUL, True)):
            own = [ours(counts, careful=careful) for counts in series]
            print(told(row, name, own, untouched), flush=True)
        for name in names:
            answers, used[name] = asked_of(name, series, pythons.get(name))
            line = told(row, PEERS[name].title, [[one] for one in answers], untouched)
            print(line, flush=True)
    print("\nRan on: " + "; ".join(used[name] for name in names) + ".\n")


def asked_of(name: str, series: list[Counts], python: str | None) -> tuple[list[Answer], str]:
    if python:
        return peers.elsewhere(python, name, series, WINDOW_DAYS)
    return peers.answered(name, series, WINDOW_DAYS), peers.versions(PEERS[name].package)


def slow_tables(rows: list[Row], said: argparse.Namespace, pythons: dict[str, str]) -> None:
    """The slow peers that are here, each on few series; and why the others are not."""
    for name, most, chosen in (
        ("causalimpact", said.slow, rows),
        ("causalpy", said.slowest, [row for row in rows if row.kind == "simulated, rho 0.5"]),
    ):
        print(f"## {PEERS[name].title}\n")
        reason = "" if name in pythons else peers.absent(name)
        if reason:
            print(f"Skipped: {reason}.\n")
            continue
        began = time.perf_counter()
        table(chosen, (*FAST, name), most, pythons)
        print(f"{time.perf_counter() - began:.0f} s.\n")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    asked.add_argument("--seed", type=int, default=20160315)
    asked.add_argument("--series", type=int, default=500, help="simulated series of each row")
    asked.add_argument("--real", type=int, default=400, help="windows on real series")
    asked.add_argument("--slow", type=int, default=10, help="series of each row for CausalImpact")
    asked.add_argument("--slowest", type=int, default=5, help="series of each row for CausalPy")
    asked.add_argument("--python", action="append", default=[], metavar="PEER=PATH",
                       help="another Python that holds a peer")  # fmt: skip
    said = asked.parse_args()
    pythons = dict(pair.split("=", maxsplit=1) for pair in said.python)
    generator = np.random.default_rng(said.seed)
    began = time.perf_counter()
    rows = simulated_rows(generator, said.series)
    real = real_rows(generator, said.real, said.seed)
    cores = len(os.sched_getaffinity(0))
    print(f"# Our test and its peers\n\n{platform.machine()}, {cores} cores, Python "
          f"{platform.python_version()}, numpy {np.__version__}, load before "
          f"{os.getloadavg()[0]:.1f}; seed {said.seed}.\n")  # fmt: skip
    if not real:
        print("No real series: none asked for, or ../shared/data is not beside this checkout.\n")
    print("## The fast ones\n")
    table([*rows, *real], FAST, max(said.series, said.real), pythons)
    print(f"{time.perf_counter() - began:.0f} s.\n")
    slow_tables([*rows, *real], said, pythons)


if __name__ == "__main__":
    main()
