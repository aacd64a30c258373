"""Time and memory of reading: 1,000 made-up articles in one command, and one article alone.

python bench/bench_read.py [--articles 1000] [--words 800] [--jobs 0] [--reader tagger]

The articles are sentences of our own corpus (corpus/pieces), put together anew.
"""

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])  # bench/bench.py would stand before the folder

from bench.corpus.markup import own_corpus  # noqa: E402  found by the path above alone

SEED = 4
RUNS = 30
MOST_LATENCY_S = 0.1
MOST_LOAD_S = 0.5
MOST_MEGABYTES = 350

ALONE = """
import resource, statistics, sys, time
from pathlib import Path
text = Path(sys.argv[1]).read_text(encoding="utf-8")
began = time.perf_counter()
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.reader import Context, read_text
from wordkept.reading.tagger import shipped
tagger = shipped() if sys.argv[2] == "tagger" else None
gazetteer = Gazetteer.load()
loaded = time.perf_counter() - began
taken = []
for _ in range(int(sys.argv[3])):
    began = time.perf_counter()
    made = read_text(text, Context(), tagger=tagger, gazetteer=gazetteer)
    taken.append(time.perf_counter() - began)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(loaded, taken[0], statistics.median(taken), max(taken), peak, made.reader, sep="\\t")
"""


def articles(number: int, words: int) -> list[str]:
    """Made-up articles of about so many words, no two alike."""
    chance = random.Random(SEED)  # noqa: S311  a mixture, and no secret
    paragraphs = [one for piece in own_corpus() for one in piece.text.split("\n\n") if one.strip()]
    made = []
    for _ in range(number):
        parts, length = [], 0
        while length < words:
            parts.append(chance.choice(paragraphs))
            length += len(parts[-1].split())
        made.append("\n\n".join(parts) + "\n")
    return made


def resident(group: int) -> float:
    """Megabytes that the processes of a group hold together, shared pages counted by their part."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                rollup = (folder / "smaps_rollup").read_text()
                total += int(rollup.split("Pss:")[1].split()[0])
        except (OSError, IndexError):
            continue
    return total / 1024


def command(*words: str | Path) -> tuple[float, float]:
    """How long a command took, and the most that it and its processes held, in megabytes."""
    began = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "wordkept.cli", *words],
        stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    peaks, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            peaks.append(resident(running.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = running.wait()
    over.set()
    watcher.join()
    if code:
        sys.exit(f"{' '.join(map(str, words[:1]))} ended with {code}")
    return time.perf_counter() - began, max(peaks)


def main() -> None:
    """Measure, and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--articles", type=int, default=1_000)
    asked.add_argument("--words", type=int, default=800)
    asked.add_argument("--jobs", type=int, default=0)
    asked.add_argument("--reader", default="tagger", choices=("tagger", "rules"))
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "articles"
        source.mkdir()
        texts = articles(told.articles, told.words)
        for number, text in enumerate(texts):
            (source / f"{number:05}.txt").write_text(text, encoding="utf-8")
        alone = [sys.executable, "-c", ALONE, source / "00000.txt", told.reader, str(RUNS)]
        installed = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
        installed.pop("PYTHONDONTWRITEBYTECODE", None)  # pip compiles what it installs
        for _ in range(2):
            ran = subprocess.run(alone, capture_output=True, text=True, check=True, env=installed)
        said = ran.stdout.strip()
        *figures, reader = said.split("\t")
        loaded, first, median, longest, peak = map(float, figures)
        case = folder / "case"
        command("init", case)
        how = ("--jobs", str(told.jobs), "--reader", told.reader, "--published", "2019-05-03")
        took, held = command("read", case, source, *how)
        again, _ = command("read", case, source, *how)
        verified, _ = command("verify", case)
    length = statistics.mean(len(text.split()) for text in texts)
    print(f"{reader}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| what | measured | bar |\n|---|---|---|")
    print(f"| load (library, weights, gazetteer) | {loaded:.2f} s | {MOST_LOAD_S} s |")
    print(f"| one article of {len(texts[0].split())} words, the first | {first * 1e3:.0f} ms | |")
    print(f"| the same, median of {RUNS} | {median * 1e3:.0f} ms | {MOST_LATENCY_S * 1e3:.0f} ms |")
    print(f"| the same, the longest | {longest * 1e3:.0f} ms | |")
    print(f"| peak memory of it | {peak:.0f} MB | {MOST_MEGABYTES} MB |")
    print(f"| {len(texts):,} articles of {length:.0f} words, one command | {took:.0f} s | |")
    print(f"| an article of them | {took / len(texts) * 1e3:.0f} ms | |")
    print(f"| peak memory of all processes together | {held:.0f} MB | |")
    print(f"| the same command again | {again:.1f} s | |")
    print(f"| verify | {verified:.1f} s | |")


if __name__ == "__main__":
    main()
