"""What a local-level model would have forecast for the window from the days before the pledge.

The level of the square-rooted counts walks at random and each day strays from it:
`y = level + noise`, `level = level before + step` (Durbin & Koopman 2012, chapter 2). The ratio
of the two variances is the one that makes the differences of y most likely; their covariance is a
tridiagonal Toeplitz matrix, which a discrete sine transform makes diagonal, so the likelihood is
exact and cheap.
"""

import numpy as np
from scipy import fft, special

from wordkept.protocol.placebo import Counts, Floats
from wordkept.protocol.windows import Layout

SIGNAL_TO_NOISE = np.exp(np.linspace(np.log(1e-5), np.log(3.0), 28))
"""Ratios of step variance to noise variance that are tried."""


def forecast_p(counts: Counts, layout: Layout, *, falls: bool = True) -> float | None:
    """How often the forecast mean of the window would come out as low as it did (or as high).

    `counts`, shape (days,), ends with the window; the model sees the days before the grace. None
    where those days are too few or never vary. Never under one in as many days as were seen: a
    model is not trusted more finely than the record could show.
    """
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
