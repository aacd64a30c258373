"""Our matching beside Splink and recordlinkage, on the same simulated pairs of records in one run.

    python -m bench.bench_match [--rows 10000 1000000] [--slow 100000] [--seed 1] [--only ours]

Prints Markdown: seconds, peak memory, F1, precision and recall, without labels and with 1,000. Each
method runs in a process of its own, on the same two tables, warmed up on a small pair. What is
chosen is one-to-one, up to where the F1 that the method itself expects is highest; no threshold
sees the truth. The 1,000 judged pairs are drawn evenly over the method's own unlabelled
probabilities. A peer that is not installed is named with its reason, and recordlinkage is not asked
for more rows than --slow.
"""

import argparse
import multiprocessing
import os
import platform
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata, util

import numpy as np
import pyarrow as pa

from bench.match.answers import Answer, Judged, chosen, f1
from bench.match.simulate import APART_DAYS, Pairs, simulated

LABELS = 1000
BINS = 10
WARM_UP_ROWS = 2000
KIB_A_GIB = 2**20
HEADS = ("rows a side", "method", "labels", "seconds", "of processor", "peak GiB", "F1",
         "precision", "recall", "F1 it expected", "pairs")  # fmt: skip
Tables = tuple[pa.Table, pa.Table]
Method = Callable[[Tables, Judged | None], Answer]


@dataclass(frozen=True, slots=True)
class Asked:
    """One method on one simulated pair."""

    method: str
    rows: int
    seed: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What one method made of it, with and without labels."""

    labels: int
    seconds: float
    processor: float
    """Seconds of processor, all threads together: of use where the machine is shared."""
    note: str
    peak_gib: float
    scores: tuple[float, float, float]
    expected: float
    pairs: int


def ours(tables: Tables, judged: Judged | None) -> tuple[Answer, str]:
    from wordkept.matching import Labels, Window, match, records

    began = time.perf_counter()
    left, right = records(*tables, {})
    laid = time.perf_counter() - began
    labels = None if judged is None else Labels(
        left=judged.left.astype(np.int32), right=judged.right.astype(np.int32),
        duplicate=judged.duplicate)  # fmt: skip
    found = match(left, right, labels=labels, window=Window(days=APART_DAYS))
    matched = time.perf_counter() - began - laid
    answer = Answer(found.left.astype(np.int64), found.right.astype(np.int64), found.probability)
    return answer, f" ({laid:.2f} rows and names, {matched:.2f} matching)"


def method_of(name: str) -> Callable[[Tables, Judged | None], tuple[Answer, str]]:
    if name == "ours":
        return ours
    if name == "splink":
        from bench.match.splink_peer import splink as peer
    else:
        from bench.match.recordlinkage_peer import recordlinkage as peer
    return lambda tables, judged: (peer(tables, judged), "")


def judged_pairs(answer: Answer, pairs: Pairs, seed: int) -> Judged:
    """Pairs drawn evenly over the probabilities of a first answer, judged by the truth."""
    draw = np.random.default_rng(seed)
    size = 1 + max(int(pairs.right.max()), int(answer.right.max()))
    true = np.isin(answer.left * size + answer.right, pairs.left * size + pairs.right)
    level = np.minimum((answer.probability * BINS).astype(int), BINS - 1)
    parts = [draw.permutation(np.flatnonzero(level == one))[: LABELS // BINS]
             for one in range(BINS)]  # fmt: skip
    rest = np.setdiff1d(np.arange(len(level)), np.concatenate(parts))
    short = LABELS - sum(len(part) for part in parts)
    at = np.concatenate([*parts, draw.permutation(rest)[: max(short, 0)]])
    return Judged(answer.left[at], answer.right[at], true[at])


def measure(asked: Asked, sender: "multiprocessing.connection.Connection") -> None:  # type: ignore[name-defined]
    method = method_of(asked.method)
    small = simulated(WARM_UP_ROWS if asked.method != "ours" else 12_000, asked.seed + 1)
    method(small.tables, None)
    pairs = simulated(asked.rows, asked.seed)
    results, judged = [], None
    for _ in range(2):
        began, worked = time.perf_counter(), time.process_time()
        answer, note = method(pairs.tables, judged)
        seconds, processor = time.perf_counter() - began, time.process_time() - worked
        taken = chosen(answer)
        sure = float(answer.probability[taken].sum())
        total = int(taken.sum()) + float(answer.probability.sum())
        results.append(Measured(
            labels=0 if judged is None else len(judged.left), seconds=seconds,
            processor=processor, note=note,
            peak_gib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_A_GIB,
            scores=f1(answer.left[taken], answer.right[taken], (pairs.left, pairs.right)),
            expected=2 * sure / max(total, 1e-9), pairs=len(answer.left),
        ))  # fmt: skip
        judged = judged_pairs(answer, pairs, asked.seed)
    sender.send(results)


def measured(asked: Asked) -> list[Measured]:
    """The results of a process of its own, or none where it failed."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=measure, args=(asked, sender))
    process.start()
    sender.close()
    try:
        found: list[Measured] = receiver.recv()
    except EOFError:
        found = []
    process.join()
    return found


def absent(name: str, rows: int, slow: int) -> str | None:
    if name != "ours" and util.find_spec(name) is None:
        return "not installed (pip install --group bench-match)"
    if name == "recordlinkage" and rows > slow:
        return f"not asked for more than {slow:,} rows (--slow)"
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--slow", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=["ours", "splink", "recordlinkage"])
    asked = parser.parse_args()
    kept = [name for name in ("splink", "recordlinkage", "numba") if util.find_spec(name)]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in kept)
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; "
          f"Python {platform.python_version()}; {versions}; seed {asked.seed}\n")  # fmt: skip
    print("| " + " | ".join(HEADS) + " |\n|" + "---|" * len(HEADS))
    for rows in asked.rows:
        for name in asked.only:
            if why := absent(name, rows, asked.slow):
                print(f"| {rows:,} | {name} | {why} |" + " |" * (len(HEADS) - 3), flush=True)
                continue
            for one in measured(Asked(name, rows, asked.seed)):
                scores = " | ".join(f"{each:.3f}" for each in one.scores)
                print(f"| {rows:,} | {name} | {one.labels:,} | {one.seconds:.2f}{one.note} | "
                      f"{one.processor:.2f} | "
                      f"{one.peak_gib:.1f} | {scores} | {one.expected:.3f} | {one.pairs:,} |",
                      flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
