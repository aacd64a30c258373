"""A negative-binomial regression with Newey-West errors: the usual cross-check, beside ours.

Log rate = level + step in the window; the dispersion by moments (Cameron & Trivedi 1990), the
errors after Newey & West 1987, which allow for days that hang together. It decides nothing.
"""

import numpy as np
from scipy import special

from wordkept.model import Comparison, DailySeries, Plan, Pledge
from wordkept.prose import chances, count, percent, percents
from wordkept.protocol.log_rates import fitted_rates
from wordkept.protocol.placebo import INTERVAL, Counts, Floats
from wordkept.protocol.windows import Frame, covered_by, frames

LAGS = 28
"""Days over which the errors of two days may hang together (METHOD, the table of usual tests)."""
LAGS_BEFORE = 4
"""The days before the pledge must be so many times the lags: errors over 28 days cannot be learnt
from hardly more days than that."""
SMALLEST_ERROR = 1e-6
"""Of a log ratio: under it nothing is estimated, the days merely do not vary."""
LABEL = "negative-binomial regression with Newey-West errors"
OPENING = "A negative-binomial regression with Newey-West errors, another method,"


def regression_comparison(series: DailySeries, pledge: Pledge, plan: Plan) -> Comparison:
    """The regression's ratio of the window to all days before, with its 90 % interval and p.

    Over the same history as our own tests; days of grace are left out. No ratio, but a sentence,
    where the record does not cover the window, is too short, or holds no event on one side.
    """
    laid = frames(pledge, plan, covered_by(series))
    if not laid:
        return _unsaid("the record does not cover the window and a baseline before it")
    counts, step = _laid_out(series, laid[0])
    obstacle = _obstacle(counts, step)
    if obstacle:
        return _unsaid(obstacle)
    fitted = fitted_step(counts, step)
    if fitted is None:
        return _unsaid("the fit did not settle")
    effect, error = fitted
    z = effect / error
    half = float(special.ndtri(0.5 + INTERVAL / 2)) * error
    low, ratio, high = (float(np.exp(value)) for value in (effect - half, effect, effect + half))
    p = float(special.ndtr(z if plan.direction == "falls" else -z))
    way = "falls" if plan.direction == "falls" else "rises"
    before = count(int(len(step) - step.sum()), "day")
    sentence = (
        f"{OPENING} puts the window at {percent(ratio)} of the level of all {before} before it "
        f"({percents(low, high)}, its own 90 % interval), and says that {way} this large come in "
        f"{chances(p)} cases. It knows no baseline but the whole of those days, finds more changes "
        "than it should where a rate wanders by itself, and decides nothing here."
    )
    return Comparison(kind="regression", label=LABEL, ratio=ratio, low=low, high=high, p=p,
                      sentence=sentence)  # fmt: skip


def fitted_step(counts: Counts, step: Floats) -> tuple[float, float] | None:
    """The log of the rate ratio and its standard error; None where the fit did not settle.

    `counts` and `step` (1 in the window, 0 before), both of shape (days,).
    """
    design = np.column_stack((np.ones(len(step)), step))
    with np.errstate(all="ignore"):
        try:
            fit = fitted_rates(counts.astype(np.float64), design, dispersion(counts, step), LAGS)
        except np.linalg.LinAlgError:
            return None
    if fit is None:
        return None
    effect, error = (float(both[1]) for both in fit)
    settled = np.isfinite(error) and np.isfinite(effect) and error > SMALLEST_ERROR
    return (effect, error) if settled else None


def dispersion(counts: Counts, step: Floats) -> float:
    """How much more the counts vary than a Poisson's, as 1/k of a negative binomial; never under 0.

    >>> step = np.array([0.0, 0.0, 0.0, 0.0, 1.0, 1.0])
    >>> dispersion(np.array([0, 8, 0, 8, 2, 2]), step), dispersion(np.array([2] * 6), step)
    (0.6111111111111112, 0.0)
    """
    inside = step > 0
    mean = np.where(inside, counts[inside].mean(), counts[~inside].mean())
    moment = float(((counts - mean) ** 2 - counts).sum() / (mean**2).sum())
    return max(moment, 0.0)


def _laid_out(series: DailySeries, frame: Frame) -> tuple[Counts, Floats]:
    """The counts of the history without the days of grace, and which of them are the window."""
    first = (frame.history.start - series.start).days
    counts = np.asarray(series.counts[first : first + len(frame.history)], dtype=np.int64)
    window, grace = len(frame.window), frame.layout.grace_days
    before, after = counts[: len(counts) - window - grace], counts[len(counts) - window :]
    step = np.concatenate((np.zeros(len(before)), np.ones(len(after))))
    return np.concatenate((before, after)), step


def _obstacle(counts: Counts, step: Floats) -> str:
    """Why there is nothing to fit; empty where there is."""
    before, after = counts[step == 0], counts[step > 0]
    if len(before) < LAGS_BEFORE * LAGS:
        return (
            f"only {count(len(before), 'day')} of the record lie before the pledge, under the "
            f"{LAGS_BEFORE * LAGS} that it needs"
        )
    if not before.sum():
        return "the record holds no event before the pledge"
    if not after.sum():
        return "the window holds no event, and the log of nought is no number"
    return ""


def _unsaid(why: str) -> Comparison:
    return Comparison(kind="regression", label=LABEL, ratio=None, low=None, high=None, p=None,
                      sentence=f"{OPENING} cannot be made: {why}.")  # fmt: skip
