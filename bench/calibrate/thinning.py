"""A true ratio put into a real series: from a day on, each event stays with that probability."""

import numpy as np

from bench.calibrate.records import Counts

TRUTHS = (1.0, 0.85, 0.7, 0.5, 0.35, 0.2, 0.05, 0.0)


def thinned(counts: Counts, first: int, ratio: float, generator: np.random.Generator) -> Counts:
    """The series with each event from `first` on kept with the probability `ratio`.

    >>> thinned(np.array([3, 3, 3]), 1, 0.0, np.random.default_rng(0)).tolist()
    [3, 0, 0]
    """
    after = generator.binomial(counts[first:], ratio) if ratio < 1 else counts[first:]
    return np.concatenate((counts[:first], after)).astype(np.int64)
