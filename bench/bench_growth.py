"""Whether reading by rule grows with the text's length, and no faster: eight times the text.

python -m bench.bench_growth

The texts are those that a careless pattern would read over and over again.
"""

import time
from collections.abc import Callable
from datetime import date

from bench.bench_load import machine
from wordkept.reading.cues import read_statements_by_rule
from wordkept.reading.figures import read_figures
from wordkept.reading.times import read_times

PUBLISHED = date(2016, 3, 14)
LENGTH = 32_000  # characters, before it is made longer
TIMES = 8
TRIES = 5
READERS: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "times": (
        lambda text: read_times(text, PUBLISHED),
        ("the last ", "1 ", "on Monday he said ", "12-", "March ", " \t"),
    ),
    "figures": (
        read_figures,
        ("The raid killed at least 27 people and wounded some two dozen others. ", "1,", "about "),
    ),
    "statements": (
        read_statements_by_rule,
        ("“We shall leave on Monday,” said the commander. ", "“", "said ", "according to "),
    ),
}


def least_seconds(read: Callable[[str], object], text: str) -> float:
    """The quickest of some tries: what the machine does beside it only ever adds."""
    taken = []
    for _ in range(TRIES):
        began = time.perf_counter()
        read(text)
        taken.append(time.perf_counter() - began)
    return min(taken)


def main() -> None:
    """Measure, and print the table."""
    print(f"{machine()}\n")
    print(f"| reader | the text repeats | {LENGTH:,} characters | {TIMES} times as many | ratio |")
    print("|---|---|---|---|---|")
    for name, (read, pieces) in READERS.items():
        for piece in pieces:
            text = piece * (LENGTH // len(piece))
            one, more = least_seconds(read, text), least_seconds(read, text * TIMES)
            took = f"{one * 1e3:.1f} ms | {more * 1e3:.1f} ms | {more / one:.1f}"
            print(f"| {name} | {piece!r} | {took} |")


if __name__ == "__main__":
    main()
