"""A step in the log of a rate, fitted by reweighted least squares, and its Newey-West error.

What statsmodels' GLM gives with a log link and `cov_type="HAC"`, operation by operation and to the
last bit (a test holds the two against each other): importing statsmodels, and pandas with it,
takes far longer than all that is fitted here.
"""

import numpy as np

from wordkept.protocol.placebo import Floats

MOST_ROUNDS = 100
SETTLED = 1e-8
"""The deviance moves no more than this from one round to the next."""
LEAST = float(np.finfo(np.float64).eps)


def fitted_rates(
    counts: Floats, design: Floats, spread: float, lags: int
) -> tuple[Floats, Floats] | None:
    """The coefficients and their errors, which allow for so many lags; None if nothing settles.

    Negative binomial with 1/k = `spread`, Poisson where that is 0. Raises LinAlgError where the
    columns of the design (days, columns) cannot be told apart.
    """
    mean = (counts + counts.mean()) / 2.0
    predicted = np.log(_sound(mean))
    deviance = _deviance(counts, mean, spread)
    if not np.isfinite(deviance):
        return None
    for _ in range(MOST_ROUNDS):
        weights = 1.0 / (_slope(mean) ** 2 * _variance(mean, spread))
        aimed = predicted + _slope(mean) * (counts - mean)
        half = np.sqrt(weights)
        if not (np.isfinite(half).all() and np.isfinite(aimed).all()):
            return None
        rough = np.linalg.lstsq(half[:, None] * design, half * aimed, rcond=-1)[0]
        predicted = design @ rough
        mean = np.exp(predicted)
        before, deviance = deviance, _deviance(counts, mean, spread)
        if np.allclose(before, deviance, atol=SETTLED, rtol=0.0):
            found = _inverse(design * half[:, None]) @ (aimed * half)
            return found, _errors(counts, design, found, spread, lags)
    return None


def _errors(counts: Floats, design: Floats, found: Floats, spread: float, lags: int) -> Floats:
    """Newey and West's errors: Bartlett's weights on the products of the scores of two days."""
    mean = np.exp(design @ found)
    slope, variance = _slope(mean), _variance(mean, spread)
    score = (counts - mean) / slope / variance
    informed = 1 / (slope**2 * variance)
    bent = variance * (-1.0 / _sound(mean) ** 2) + (1 + 2 * spread * _sound(mean)) * slope
    observed = informed * (1 + score * bent)
    bread = np.linalg.inv(-(design.T * observed).dot(design))
    scores = score[:, None] * design
    weights = 1 - np.arange(lags + 1) / (lags + 1.0)
    inner = weights[0] * np.dot(scores.T, scores)
    for lag in range(1, lags + 1):
        apart = np.dot(scores[lag:].T, scores[:-lag])
        inner += weights[lag] * (apart + apart.T)
    errors: Floats = np.sqrt(np.diag(np.dot(np.dot(bread, inner), bread.T)))
    return errors


def _inverse(weighted: Floats) -> Floats:
    """The pseudo-inverse."""
    left, singular, right = np.linalg.svd(weighted, full_matrices=False)
    kept = singular > 1e-15 * np.maximum.reduce(singular)
    turned = np.where(kept, 1.0 / np.where(kept, singular, 1.0), 0.0)
    inverse: Floats = np.dot(right.T, np.multiply(turned[:, None], left.T))
    return inverse


def _deviance(counts: Floats, mean: Floats, spread: float) -> float:
    part = counts * np.log(_sound(counts / mean))
    if spread > 0:
        raised = counts + 1 / spread
        part -= raised * np.log(raised / (mean + 1 / spread))
    else:
        part -= counts - mean
    return float(np.sum(2 * part))


def _variance(mean: Floats, spread: float) -> Floats:
    sound = _sound(mean)
    return sound + spread * sound**2 if spread > 0 else mean


def _slope(mean: Floats) -> Floats:
    """Of the log of a rate."""
    return 1.0 / _sound(mean)


def _sound(values: Floats) -> Floats:
    """Never nought: the log of it is none."""
    return np.clip(values, LEAST, np.inf)
