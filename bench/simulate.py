"""What the tests of a rate pledge do on series whose truth is known: a seeded simulation.

    python bench/simulate.py [--seed 20160315] [--series 2000]

Prints, as Markdown, the two tables of docs/method.md. Daily counts are negative-binomial (k = 2)
about 3 a day; their log-intensity is an AR(1) of standard deviation .5 and correlation rho. A
pledge starts 28 days before the end of 400 days, and from then on each event stays with the
probability that is the true ratio. All else is wordkept's own: the default plan, `estimate_all`,
`combined_p` and `reading_of`, with no control, no other declaration and no look at durability.
"""

import argparse
import platform
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from wordkept.model import WORDS, DailySeries, Estimate, Plan, Pledge, Selection
from wordkept.protocol.estimates import combined_p, estimate_all, widened_range
from wordkept.protocol.reading import reading_of

STARTS = date(2016, 3, 15)
DAYS, WINDOW_DAYS = 400, 28
MEAN, LOG_SD, DISPERSION = 3.0, 0.5, 2.0
RHOS = (0.0, 0.5, 0.8, 0.95)
RATIOS = (1.0, 0.7, 0.5, 0.35, 0.25)

PLAN = Plan(
    question="falls",
    primary=Selection(dataset="simulated", label="events", attributions=("certain",)),
)
PLEDGE = Pledge(
    id="simulated", title="A pledge on a simulated series", actor="A", kind="reduce", act="reduce",
    object="events", announced=STARTS, starts=STARTS, ends=None, magnitude=None, area=None,
    comparator=None, plan=PLAN,
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What the tests said of many series of one correlation and one true ratio."""

    series: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    """How often each test put its p at or under the plan's alpha."""
    covered: Counter[int] = field(default_factory=Counter)
    """How often the ordinary interval held the true ratio, by days of baseline."""
    words: Counter[str] = field(default_factory=Counter)

    def add(self, estimates: tuple[Estimate, ...], ratio: float) -> None:
        p, void = combined_p(estimates)
        span = widened_range(estimates)
        if p is None or span is None:
            raise ValueError("a simulated series must be long enough for every test")
        self.series += 1
        self.seen["combined"] += p <= PLAN.alpha and not void
        self.seen["level"] += _under(estimates[0].p_level)
        for one in estimates:
            self.seen[f"shift {one.baseline.days}"] += _under(one.p_shift)
            low, high = one.ordinary_low, one.ordinary_high
            self.covered[one.baseline.days] += bool(low and high and low <= ratio <= high)
        self.words[reading_of(span, p, PLAN, void=void).word] += 1


def _under(p: float | None) -> bool:
    return p is not None and p <= PLAN.alpha


def simulated(
    generator: np.random.Generator,
    rho: float,
    ratio: float,
    *,
    days: int = DAYS,
    window_days: int = WINDOW_DAYS,
) -> NDArray[np.int64]:
    """One series of counts, those of the last `window_days` thinned; shape (days,)."""
    steps = generator.normal(0.0, LOG_SD * np.sqrt(1 - rho**2), size=days)
    level = np.empty(days)
    level[0] = generator.normal(0.0, LOG_SD)
    for day in range(1, days):
        level[day] = rho * level[day - 1] + steps[day]
    intensity = MEAN * np.exp(level - LOG_SD**2 / 2)
    counts = generator.poisson(intensity * generator.gamma(DISPERSION, 1 / DISPERSION, size=days))
    counts[-window_days:] = generator.binomial(counts[-window_days:], ratio)
    return counts.astype(np.int64)


def tallied(generator: np.random.Generator, rho: float, ratio: float, series: int) -> Tally:
    """What the tests say of so many fresh series."""
    tally = Tally()
    start = STARTS - timedelta(days=DAYS - WINDOW_DAYS)
    for _ in range(series):
        counts = tuple(int(n) for n in simulated(generator, rho, ratio))
        one = DailySeries(
            dataset="simulated", attribution="certain", role="primary", label="events",
            start=start, counts=counts,
        )  # fmt: skip
        tally.add(estimate_all((one,), PLEDGE, PLAN), ratio)
    return tally


def share(number: int, tally: Tally) -> str:
    return f"{number / tally.series:.3f}"


def print_tests(tallies: dict[tuple[float, float], Tally]) -> None:
    tests = ("shift 28", "shift 90", "level", "combined")
    heads = (
        "true ratio", "rho", "circular shift, 28 days", "circular shift, 90 days, 30 left out",
        "level forecast", "combined p", "interval holds the truth, 28 days", "90 days",
    )  # fmt: skip
    print(f"| {' | '.join(heads)} |")
    print("|" + "---|" * len(heads))
    for (ratio, rho), tally in tallies.items():
        cells = [f"{ratio:g}", f"{rho:g}", *(share(tally.seen[test], tally) for test in tests)]
        cells += [share(tally.covered[days], tally) for days in (28, 90)]
        print(f"| {' | '.join(cells)} |")


def print_words(tallies: dict[tuple[float, float], Tally]) -> None:
    words = [word for word in WORDS if word != "not testable"]
    print(f"| true ratio | {' | '.join(words)} |")
    print("|" + "---|" * (len(words) + 1))
    for ratio in RATIOS:
        alike = [tally for (of, _), tally in tallies.items() if of == ratio]
        series = sum(tally.series for tally in alike)
        shares = [sum(tally.words[word] for tally in alike) / series for word in words]
        print(f"| {ratio:g} | {' | '.join(f'{value:.3f}' for value in shares)} |")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    asked.add_argument("--seed", type=int, default=20160315)
    asked.add_argument("--series", type=int, default=2000)
    said = asked.parse_args()
    generator = np.random.default_rng(said.seed)
    began = time.perf_counter()
    tallies = {
        (ratio, rho): tallied(generator, rho, ratio, said.series)
        for ratio in RATIOS
        for rho in RHOS
    }
    taken = time.perf_counter() - began
    error = np.sqrt(0.05 * 0.95 / said.series)
    print(f"{said.series} series for each row, seed {said.seed}; Monte-Carlo error (one standard "
          f"error) at .05: {error:.3f}\n")  # fmt: skip
    print_tests(tallies)
    print("\nThe word that the two questions give, over all four correlations:\n")
    print_words(tallies)
    print(f"\nPython {platform.python_version()}, numpy {np.__version__}; {taken:.0f} s")


if __name__ == "__main__":
    main()
