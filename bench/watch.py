"""How often watching raises an alarm in a year, false and true: a seeded simulation.

    python bench/watch.py [--seed 20160316] [--series 400] [--history 14 26] [--ratios 1 0.5]

Prints, as Markdown, the table of docs/watching.md. The series are those of bench/simulate.py:
negative-binomial (k = 2) about 3 a day, log-intensity an AR(1) of standard deviation .5 and
correlation rho. The history is so many blocks of 28 days; then 13 more are looked at, one by one,
in which each event stays with the probability that is the true ratio. A true ratio of 1 means that
every alarm is a false one.
"""

import argparse
import platform
import time
from statistics import median

import numpy as np
from simulate import DISPERSION, LOG_SD, MEAN, RHOS

from wordkept.protocol.monitor import ALARM_AT, BLOCK_DAYS, Watched, watch_series

LOOKS = 13
RATIOS = [1.0, 0.5]
HEADS = (
    "true ratio", "rho", "blocks of history", "e-process alarms", "blocks to it (median)",
    "said to be back", "mean of last e", "conformal alarms",
)  # fmt: skip


def simulated(generator: np.random.Generator, rho: float, ratio: float, blocks: int) -> list[int]:
    """Counts by day of one history and the blocks after it."""
    days = BLOCK_DAYS * (blocks + LOOKS)
    steps = generator.normal(0.0, LOG_SD * np.sqrt(1 - rho**2), size=days)
    level = np.empty(days)
    level[0] = generator.normal(0.0, LOG_SD)
    for day in range(1, days):
        level[day] = rho * level[day - 1] + steps[day]
    noise = generator.gamma(DISPERSION, 1 / DISPERSION, size=days)
    counts = generator.poisson(MEAN * np.exp(level - LOG_SD**2 / 2) * noise)
    later = slice(BLOCK_DAYS * blocks, None)
    counts[later] = generator.binomial(counts[later], ratio)
    return [int(count) for count in counts]


def row(found: list[Watched]) -> list[str]:
    after = [one.moved_after for one in found if one.moved_after is not None]
    betted = [max(one.e_conformal) >= ALARM_AT for one in found]
    back = [one.state == "back" for one in found]
    last = [one.e_values[-1] for one in found]
    return [
        f"{len(after) / len(found):.3f}", f"{median(after):g}" if after else "",
        f"{np.mean(back):.3f}", f"{np.mean(last):.3g}", f"{np.mean(betted):.3f}",
    ]  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    asked.add_argument("--seed", type=int, default=20160316)
    asked.add_argument("--series", type=int, default=400)
    asked.add_argument("--history", type=int, nargs="+", default=[14, 26])
    asked.add_argument("--ratios", type=float, nargs="+", default=RATIOS)
    said = asked.parse_args()
    generator = np.random.default_rng(said.seed)
    began = time.perf_counter()
    error = np.sqrt(0.05 * 0.95 / said.series)
    print(f"{said.series} series for each row, seed {said.seed}, {LOOKS} looks; one standard error "
          f"at .05: {error:.3f}\n")  # fmt: skip
    print(f"| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}")
    for ratio in said.ratios:
        for rho in RHOS:
            for blocks in said.history:
                split = BLOCK_DAYS * blocks
                drawn = (simulated(generator, rho, ratio, blocks) for _ in range(said.series))
                found = [watch_series(one[:split], one[split:]) for one in drawn]
                cells = [f"{ratio:g}", f"{rho:g}", f"{blocks}", *row(found)]
                print(f"| {' | '.join(cells)} |", flush=True)
    taken = time.perf_counter() - began
    print(f"\nPython {platform.python_version()}, numpy {np.__version__}; {taken:.0f} s")


if __name__ == "__main__":
    main()
