"""What a local-level model would have forecast for the window from the days before the pledge.

The level of the square-rooted counts walks at random and each day strays from it:
`y = level + noise`, `level = level before + step` (Durbin & Koopman 2012, chapter 2). The ratio
of the two variances is the one that makes the differences of y most likely; their covariance is a
tridiagonal Toeplitz matrix, which a discrete sine transform makes diagonal, so the likelihood is
exact and cheap. Where observation effort differs from day to day that matrix is no longer Toeplitz,
and the same likelihood comes from a Kalman filter, which passes over the days without effort.
"""

import numpy as np
from scipy import fft, special

from wordkept.protocol.placebo import Counts, Floats
from wordkept.protocol.windows import Layout

SIGNAL_TO_NOISE = np.exp(np.linspace(np.log(1e-5), np.log(3.0), 28))
"""Ratios of step variance to noise variance that are tried."""


QUARTER = 0.25
"""Added to a count before its root is taken per unit of effort: the mean of the root is then free
of a bias that would grow as effort falls (Brown, Cai, Zhang, Zhao & Zhou 2010)."""


def forecast_p(
    counts: Counts, layout: Layout, *, falls: bool = True, effort: Counts | None = None
) -> float | None:
    """How often the forecast mean of the window would come out as low as it did (or as high).

    `counts`, shape (days,), ends with the window; the model sees the days before the grace. None
    where those days are too few or never vary. Never under one in as many days as were seen: a
    model is not trusted more finely than the record could show. With `effort`, units of it by day,
    the model is of roots of events per mean effort, and days without effort are not seen.
    """
    if effort is not None:
        return _forecast_p_per_effort(counts, effort, layout, falls=falls)
    seen = len(counts) - layout.window_days - layout.grace_days
    roots: Floats = np.sqrt(counts.astype(np.float64))
    before, after = roots[:seen], roots[len(counts) - layout.window_days :]
    if seen < 2 * layout.window_days or not np.any(np.diff(before)):
        return None
    ratio, noise = _likeliest(before)
    level, gain = _filtered(before, ratio)
    variance = noise * _forecast_variance(ratio, gain, layout)
    z = (float(after.mean()) - level) / np.sqrt(variance)
    return max(float(special.ndtr(z if falls else -z)), 1.0 / seen)


def _likeliest(before: Floats) -> tuple[float, float]:
    """The ratio of step variance to noise variance, and the noise variance, by likelihood."""
    differences = np.diff(before)
    size = len(differences)
    power: Floats = fft.dst(differences, type=1, norm="ortho") ** 2
    noise_part = 2.0 - 2.0 * np.cos(np.pi * np.arange(1, size + 1) / (size + 1))
    spectrum = SIGNAL_TO_NOISE[:, None] + noise_part[None, :]
    noise = np.mean(power[None, :] / spectrum, axis=1)
    log_likelihood = -0.5 * (np.log(spectrum).sum(axis=1) + size * np.log(noise))
    best = int(np.argmax(log_likelihood))
    return float(SIGNAL_TO_NOISE[best]), float(noise[best])


def _filtered(before: Floats, ratio: float) -> tuple[float, float]:
    """The last filtered level, and its variance as a share of the noise variance."""
    level, variance = float(before[0]), 1.0
    for value in before[1:].tolist():
        predicted = variance + ratio
        variance = predicted / (predicted + 1.0)
        level += variance * (value - level)
    return level, variance


def _forecast_variance(ratio: float, gain: float, layout: Layout) -> float:
    """Variance of the window's mean, as a share of the noise variance.

    The level's own, the steps until the window, the mean of the walk within it (the double sum of
    min(i, j) over the window), and the days' noise.
    """
    days = layout.window_days
    walk = (days + 1) * (2 * days + 1) / (6 * days)
    return gain + ratio * (layout.grace_days + walk) + 1.0 / days


def _forecast_p_per_effort(
    counts: Counts, effort: Counts, layout: Layout, *, falls: bool
) -> float | None:
    """The same per unit of effort, with noise that grows as effort falls."""
    before = len(counts) - layout.window_days - layout.grace_days
    seen = int(np.count_nonzero(effort[:before]))
    if seen < 2 * layout.window_days or not effort[len(counts) - layout.window_days :].any():
        return None
    share = effort / effort[:before][effort[:before] > 0].mean()
    rates: Floats = (counts + QUARTER) / np.where(share > 0.0, share, np.inf)
    if not np.ptp(rates[:before][share[:before] > 0.0]):
        return None
    roots = np.sqrt(rates)
    ratio, noise, level, variance = _likeliest_per_effort(roots[:before], share[:before])
    weights = share[len(counts) - layout.window_days :]
    total = weights.sum()
    walk = _walk_variance(weights / total)
    variance += ratio * (layout.grace_days + walk) + 1.0 / total
    after = float((weights * roots[len(counts) - layout.window_days :]).sum() / total)
    z = (after - level) / np.sqrt(noise * variance)
    return max(float(special.ndtr(z if falls else -z)), 1.0 / seen)


def _likeliest_per_effort(roots: Floats, share: Floats) -> tuple[float, float, float, float]:
    """Ratio of the variances, noise variance, last level, and its variance as a share of noise.

    `share`, shape (days,), is effort over mean effort. One filter runs for all of SIGNAL_TO_NOISE;
    the first day seen sets the level, so the likelihood is that of the differences.
    """
    size = len(SIGNAL_TO_NOISE)
    first = int(np.flatnonzero(share)[0])
    level = np.full(size, roots[first])
    variance = np.full(size, 1.0 / share[first])
    squares, log_spread, seen = np.zeros(size), np.zeros(size), 0
    rest = zip(roots[first + 1 :].tolist(), share[first + 1 :].tolist(), strict=True)
    for value, effort in rest:
        variance = variance + SIGNAL_TO_NOISE
        if effort <= 0.0:
            continue
        spread = variance + 1.0 / effort
        gain, stray = variance / spread, value - level
        squares += stray * stray / spread
        log_spread += np.log(spread)
        level = level + gain * stray
        variance = gain / effort
        seen += 1
    noise = squares / seen
    best = int(np.argmax(-0.5 * (log_spread + seen * np.log(noise))))
    return (float(SIGNAL_TO_NOISE[best]), float(noise[best]), float(level[best]),
            float(variance[best]))  # fmt: skip


def _walk_variance(weights: Floats) -> float:
    """Variance of the weighted mean of a walk of unit steps, of which the first comes before day 1.

    Each step is shared by all days from its own on, so it counts with the square of their weight.

    >>> round(_walk_variance(np.array([0.5, 0.5])), 3)
    1.25
    """
    left = np.cumsum(weights[::-1])
    return float((left**2).sum())
