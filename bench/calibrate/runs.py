"""Trials of many series, spread over processes, and kept so that a run can be taken up again."""

import hashlib
import json
import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import rich.progress
from rich.console import Console

import wordkept.model
import wordkept.protocol
from bench.calibrate.pledges import QUICK, QUOTA, placebos
from bench.calibrate.records import RealSeries
from bench.calibrate.simulator import Batch, run_batch
from bench.calibrate.trial import Trial, Version, run

KEPT = Path(__file__).resolve().parents[2] / ".calibration"
HERE = Path(__file__).parent
SOURCES = (
    *HERE.glob("*.py"),
    HERE.parent / "simulate.py",
    *Path(str(wordkept.protocol.__file__)).parent.glob("*.py"),
    *Path(str(wordkept.model.__file__)).parent.glob("*.py"),
)
PRINTING = {"__main__.py", "table.py", "page.py", "strata.py", "runs.py"}
"""What only prints and keeps trials: a change there makes none of them stale."""

Task = RealSeries | Batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run was asked for."""

    seed: int
    variants: tuple[Version, ...]
    quick: bool = False

    def key(self, task: str) -> str:
        """The name under which a task's trials are kept: another if anything else was asked."""
        return hashlib.sha256(f"{task}\n{self}".encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One task, and the name that its trials are kept under."""

    key: str
    task: Task
    settings: Settings


def sources() -> str:
    """A hash of the protocol and of all that makes a trial."""
    digest = hashlib.sha256(f"numpy {np.__version__}".encode())
    for path in sorted(SOURCES):
        if path.name not in PRINTING:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def tried(
    tasks: Sequence[Task], settings: Settings, *, processes: int, folder: Path = KEPT
) -> list[Trial]:
    """All trials, in the order of the tasks; those that were kept are not made again."""
    kept = folder / f"{sources()}.jsonl"
    keys = {settings.key(one.id): one for one in tasks}
    done = {key: trials for key, trials in read(kept) if key in keys}
    left = [Job(key=key, task=one, settings=settings)
            for key, one in keys.items() if key not in done]  # fmt: skip
    if left:
        folder.mkdir(exist_ok=True)
    for key, trials in _computed(left, processes):
        done[key] = trials
        with kept.open("a", encoding="utf-8") as file:
            line = json.dumps({"key": key, "trials": [one.plain() for one in trials]})
            file.write(f"\n{line}")  # on a line of its own, even after one that was cut short
    return [one for key in keys for one in done[key]]


def _computed(jobs: list[Job], processes: int) -> Iterator[tuple[str, list[Trial]]]:
    """The trials of each job, as workers finish them.

    Ctrl-C ends the parent, which ends its workers: they do not hear it, and print nothing of it.
    """
    if not jobs:
        return
    context = multiprocessing.get_context("spawn")
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)  # the workers inherit it
    with context.Pool(processes) as pool:
        signal.signal(signal.SIGINT, heard)
        yield from rich.progress.track(
            pool.imap_unordered(_worked, jobs), total=len(jobs), description="calibrating",
            console=Console(stderr=True),
        )  # fmt: skip


def _worked(job: Job) -> tuple[str, list[Trial]]:
    task, settings = job.task, job.settings
    if isinstance(task, Batch):
        return job.key, run_batch(task, settings.seed)
    dates = placebos(task, settings.seed, QUICK if settings.quick else QUOTA)
    return job.key, run(task, dates, variants=settings.variants, seed=settings.seed)


def read(kept: Path) -> Iterator[tuple[str, list[Trial]]]:
    """What was kept; a line that was cut short is passed over, and its task is done again."""
    if not kept.exists():
        return
    for line in kept.read_text(encoding="utf-8").splitlines():
        try:
            found = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield found["key"], [_trial(one) for one in found["trials"]]


def _trial(plain: dict[str, object]) -> Trial:
    found = Trial(**plain)  # type: ignore[arg-type]
    return replace(found, ordinary=tuple((low, high) for low, high in found.ordinary))
