"""What a dossier takes: of the demonstration, and of many pledges on a large made-up record.

python -m bench.bench_dossier [--rows 1000000] [--pledges 50]

Each command runs in a process of its own: wall seconds, processor seconds (which a machine shared
with others stretches less) and peak memory. Loading is not counted.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.bench_load import generated, machine

DEMO_S = 2.0
LARGE_S = 30.0
LARGE_MB = 2_048
AGAIN_S = 1.0
PLEDGE = """\
[pledge]
title = "Country {number} holds its fire"
actor = "Government of Country {number}"
kind = "reduce"
act = "attack less"
announced = 2016-03-{day:02}
starts = 2016-03-{day:02}
area = "Country {number}"

[plan]
question = "falls"
threshold = 0.5
threshold_reason = "made up"
record_known = true

[plan.primary]
dataset = "ucdp-ged"
label = "deadly events"
actors = ["Government of Country {number}"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one command took."""

    wall_s: float
    processor_s: float
    peak_mb: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pledges", type=int, default=50)
    asked = parser.parse_args()
    print(f"machine: {machine()}; others at work on it: load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as space:
        demo = demonstration(Path(space))
        large = many(Path(space), asked.rows, asked.pledges)
    return 0 if all([*demo, *large]) else 1


def demonstration(space: Path) -> list[bool]:
    """Whether the demonstration's dossier keeps to its times."""
    print("the demonstration: 5 pledges, 3 records")
    case = space / "demo"
    wordkept("demo", str(case))
    shutil.rmtree(case / "editions")
    return stages(case, first_s=DEMO_S)


def many(space: Path, rows: int, pledges: int) -> list[bool]:
    """Whether many pledges on a large record keep to their times and memory."""
    print(f"made up: {pledges} pledges, {rows:,} rows of GED's shape")
    case = space / "many"
    wordkept("init", str(case))
    for number in range(pledges):
        text = PLEDGE.format(number=number % 50, day=1 + number % 28)
        (case / "pledges" / f"pledge-{number:02}.toml").write_text(text)
    source = generated(space, rows)
    wordkept("register", str(case))
    wordkept("load", str(case), str(source))
    source.unlink()
    return stages(case, first_s=LARGE_S)


def stages(case: Path, *, first_s: float) -> list[bool]:
    """A dossier with nothing kept, the same again, after one pledge and after a rule changed."""
    first = told("everything worked out", wordkept("dossier", str(case)), first_s)
    again = told("again, nothing changed", wordkept("dossier", str(case)), AGAIN_S)
    pledge = min((case / "pledges").glob("*.toml"))
    pledge.write_text(pledge.read_text().replace('act = "', 'act = "now ', 1))
    told("one pledge changed", wordkept("dossier", str(case)), first_s)
    with (case / "wordkept.toml").open("a") as settings:
        settings.write("\n[safety]\nrecent_days = 91\n")
    told("a rule of safety changed", wordkept("dossier", str(case)), first_s)
    return [first, again]


def told(what: str, ran: Ran, at_most_s: float) -> bool:
    kept = ran.wall_s <= at_most_s and ran.peak_mb <= LARGE_MB
    print(
        f"  {what}: {ran.wall_s:.2f} s, {ran.processor_s:.2f} s of a processor, peak "
        f"{ran.peak_mb:,.0f} MB; to reach {at_most_s:g} s: {'reached' if kept else 'MISSED'}",
        flush=True,
    )
    return kept


def wordkept(*words: str) -> Ran:
    """What a command of wordkept took; it must succeed."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as talk:
        child = subprocess.Popen([sys.executable, "-m", "wordkept.cli", *words],
                                 stdout=subprocess.DEVNULL, stderr=talk)  # fmt: skip
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        talk.seek(0)
        said = talk.read().decode()
    if status:
        sys.exit(f"wordkept {' '.join(words)}: {said}")
    return Ran(wall_s=time.perf_counter() - began, processor_s=used.ru_utime + used.ru_stime,
               peak_mb=used.ru_maxrss / 1024)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
