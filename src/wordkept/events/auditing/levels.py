"""What a sound record of wars looks like from day to day, so that chance can be simulated.

Counts of violence are overdispersed and remember: a negative binomial about a level whose logarithm
wanders (an autoregression of the first order). Its four numbers are taken from the record's own
moments, and every chance is the share of seeded simulations that show as much.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20160227
SIMULATIONS = 400
MOST_MEMORY = 0.98
MOST_SPREAD = 1.2
"""The standard deviation of the log level is held under this: a level that doubles and halves."""
LEAST_SIZE = 0.5
MOST_SIZE = 50.0
TAIL_FROM = 0.02
"""Under this a simulated share is too coarse, and the tail is read off a Gumbel distribution."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How the counts of a record move about their level."""

    spread: float
    """The standard deviation of the log level."""
    memory: float
    """The correlation of the log level from one day to the next."""
    size: float
    """Of the negative binomial: the smaller, the more a day departs from its level."""


def level_of(counts: Floats) -> Level:
    """The level's ways, from the counts' mean, variance and autocovariance.

    >>> calm = level_of(np.array([3.0, 4.0, 2.0, 3.0, 3.0, 2.0, 4.0, 3.0] * 10))
    >>> calm.spread, calm.size
    (0.0, 50.0)
    """
    mean = float(counts.mean())
    if mean <= 0 or len(counts) < 30:  # noqa: PLR2004 - a month shows no memory
        return Level(spread=0.5, memory=0.9, size=2.0)
    scaled = counts / mean - 1

    def shared(lag: int) -> float:
        return max(0.0, float(np.mean(scaled[lag:] * scaled[:-lag])))

    near, week = shared(1), shared(7)
    spread_squared = float(np.log1p(max(near, week)))
    memory = 0.0 if near <= 0 else min((week / near) ** (1 / 6), MOST_MEMORY) if week else 0.5
    spread = min(spread_squared**0.5 / max(memory, 0.5) ** 0.5, MOST_SPREAD)
    own = float(scaled.var()) - 1 / mean
    over = (1 + max(own, 0.0)) / (1 + max(near, week)) - 1
    size = MOST_SIZE if over <= 1 / MOST_SIZE else max(1 / over, LEAST_SIZE)
    return Level(spread=spread, memory=memory, size=size)


def wandering(level: Level, days: int, draws: int = SIMULATIONS, salt: int = 0) -> Floats:
    """Simulated levels about 1, one row a simulation."""
    random = np.random.default_rng((SEED, salt))
    noise = random.standard_normal((draws, days))
    fresh = (1 - level.memory**2) ** 0.5
    noise[:, 1:] *= fresh
    logs = remembering(noise, level.memory)
    return np.asarray(np.exp(level.spread * logs - level.spread**2 / 2))


def remembering(noise: Floats, memory: float) -> Floats:
    """Each row in which a share of every value is carried over into the next.

    To the last bit what scipy.signal.lfilter gives, which takes over a second to import.

    >>> remembering(np.array([[1.0, 0.0, 2.0]]), 0.5).tolist()
    [[1.0, 0.5, 2.25]]
    """
    turned = np.ascontiguousarray(noise.T)
    for day in range(1, len(turned)):
        turned[day] += memory * turned[day - 1]
    return np.ascontiguousarray(turned.T)


def simulated(level: Level, means: Floats, draws: int = SIMULATIONS, salt: int = 0) -> Floats:
    """Simulated counts about the means of so many days, one row a simulation."""
    random = np.random.default_rng((SEED, salt, 1))
    wanted = wandering(level, len(means), draws, salt) * means
    drawn = random.gamma(level.size, wanted / level.size)
    return random.poisson(drawn).astype(np.float64)


def longest_runs(empty: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The longest run of true in each row.

    >>> longest_runs(np.array([[True, True, False, True], [False, False, False, False]]))
    array([2, 0])
    """
    run = np.zeros(len(empty), dtype=np.int64)
    longest = run.copy()
    for column in empty.T:
        run = (run + 1) * column
        np.maximum(longest, run, out=longest)
    return longest


def chance(observed: float, maxima: Floats) -> float:
    """How often simulations reach what was observed; beyond their reach, by a fitted Gumbel tail.

    >>> round(chance(2.0, np.array([1.0, 2.0, 3.0])), 2)
    0.75
    """
    share = float((1 + (maxima >= observed - 1e-12).sum()) / (1 + len(maxima)))
    if share > TAIL_FROM or maxima.std() == 0:
        return share
    scale = float(maxima.std()) * 6**0.5 / np.pi
    middle = float(maxima.mean()) - 0.5772 * scale
    tail = float(-np.expm1(-np.exp(-(observed - middle) / scale)))
    return max(min(tail, share), 1e-12)
