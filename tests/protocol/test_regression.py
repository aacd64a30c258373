"""The negative-binomial cross-check: what it estimates, and what it refuses to."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from wordkept.model import DailySeries, Plan, Pledge
from wordkept.protocol.regression import dispersion, fitted_step, regression_comparison

SeriesOf = Callable[..., DailySeries]
Simulate = Callable[..., NDArray[np.int64]]
BEFORE, AFTER = 372, 28


def thinned(simulate: Simulate, seed: int, ratio: float) -> NDArray[np.int64]:
    generator = np.random.default_rng(seed)
    counts = simulate(generator, days=BEFORE + AFTER, rho=0.0, mean=5.0)
    counts[BEFORE:] = generator.binomial(counts[BEFORE:], ratio)
    return counts


def test_the_known_ratio_is_found_on_average(simulate: Simulate) -> None:
    step = np.repeat([0.0, 1.0], [BEFORE, AFTER])
    fits = [fitted_step(thinned(simulate, seed, 0.5), step) for seed in range(30)]
    effects = [fit[0] for fit in fits if fit is not None]
    assert len(effects) == len(fits)
    assert np.exp(np.mean(effects)) == pytest.approx(0.5, abs=0.07)


def test_the_ratio_is_that_of_the_two_mean_rates(
    simulate: Simulate, make_series: SeriesOf, pledge: Pledge, plan: Plan
) -> None:
    counts = thinned(simulate, 7, 0.4)
    said = regression_comparison(make_series(counts, before=BEFORE), pledge, plan)
    assert said.kind == "regression"
    assert said.ratio is not None
    assert said.low is not None
    assert said.high is not None
    assert said.ratio == pytest.approx(counts[BEFORE:].mean() / counts[:BEFORE].mean(), rel=1e-6)
    assert said.low < said.ratio < said.high < 1.0
    assert said.p is not None
    assert said.p < 0.01
    assert "372 days before" in said.sentence
    assert "decides nothing" in said.sentence


def test_a_rise_is_asked_of_a_plan_that_rises(
    simulate: Simulate, make_series: SeriesOf, pledge: Pledge, plan: Plan
) -> None:
    series = make_series(thinned(simulate, 7, 0.4), before=BEFORE)
    falls = regression_comparison(series, pledge, plan)
    rises = regression_comparison(series, pledge, replace(plan, question="rises"))
    assert falls.p is not None
    assert rises.p is not None
    assert falls.p + rises.p == pytest.approx(1.0)


def test_days_of_grace_belong_to_neither_side(
    simulate: Simulate, make_series: SeriesOf, pledge: Pledge, plan: Plan
) -> None:
    graced = replace(plan, grace_days=7, window_days=21)
    counts = thinned(simulate, 3, 0.5)
    plain = regression_comparison(make_series(counts, before=BEFORE), pledge, graced)
    counts[BEFORE : BEFORE + 7] = 900
    heaped = regression_comparison(make_series(counts, before=BEFORE), pledge, graced)
    assert plain == heaped


@pytest.mark.parametrize(
    ("counts", "before", "why"),
    [
        ([0] * 400, 372, "no event before the pledge"),
        ([3, 1] * 186 + [0] * 28, 372, "the window holds no event"),
        ([3, 1] * 50 + [1] * 28, 100, "only 100 days of the record lie before"),
        ([3, 1] * 180, 372, "does not cover the window"),
    ],
)
def test_what_cannot_be_fitted_is_said_and_no_number_given(
    counts: list[int], before: int, why: str, make_series: SeriesOf, pledge: Pledge, plan: Plan
) -> None:
    said = regression_comparison(make_series(counts, before=before), pledge, plan)
    assert (said.ratio, said.low, said.high, said.p) == (None, None, None, None)
    assert why in said.sentence


def test_a_series_that_never_varies_gives_no_certainty(
    make_series: SeriesOf, pledge: Pledge, plan: Plan
) -> None:
    said = regression_comparison(make_series([2] * 400, before=372), pledge, plan)
    assert said.p is None
    assert "did not settle" in said.sentence


def test_dispersion_is_that_of_a_negative_binomial() -> None:
    generator = np.random.default_rng(5)
    step = np.repeat([0.0, 1.0], [20_000, 5_000])
    counts = generator.poisson(3.0 * generator.gamma(2.0, 0.5, size=25_000))
    assert dispersion(counts, step) == pytest.approx(0.5, abs=0.05)
    assert dispersion(np.full(25_000, 3), step) == 0.0
