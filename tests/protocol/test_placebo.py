"""The circular shift, the local-level forecast and the placebo interval, and what they promise."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wordkept.protocol.estimates import geometric_mean
from wordkept.protocol.level import forecast_p
from wordkept.protocol.placebo import log_ratios, ordinary_factor, shift_p
from wordkept.protocol.windows import Layout

MONTHS = (Layout(window_days=28, grace_days=0, donut_days=0, baseline_days=28),
          Layout(window_days=28, grace_days=0, donut_days=30, baseline_days=90))  # fmt: skip
counted = st.lists(st.integers(0, 40), min_size=150, max_size=220)
layouts = st.builds(
    Layout,
    window_days=st.integers(1, 30),
    grace_days=st.integers(0, 10),
    donut_days=st.integers(0, 30),
    baseline_days=st.integers(1, 60),
)


def one_by_one(counts: list[int], layout: Layout) -> list[float]:
    """The same comparison at every shift, done the slow and plain way."""
    found = []
    for shift in range(len(counts)):
        turned = counts[shift:] + counts[:shift]
        window = sum(turned[len(turned) - layout.window_days :])
        end = len(turned) - layout.gap_days
        baseline = sum(turned[end - layout.baseline_days : end])
        found.append(
            np.log((window + 0.5) / layout.window_days)
            - np.log((baseline + 0.5) / layout.baseline_days)
        )
    return found


@settings(max_examples=40)
@given(counts=counted, layout=layouts)
def test_every_shift_is_the_plain_comparison(counts: list[int], layout: Layout) -> None:
    expected = one_by_one(counts, layout)
    assert np.allclose(log_ratios(np.array(counts), layout), expected)


@settings(max_examples=40)
@given(counts=counted, layout=layouts)
def test_a_p_is_a_share_of_shifts_and_a_fall_is_a_rise_turned_over(
    counts: list[int], layout: Layout
) -> None:
    ratios = log_ratios(np.array(counts), layout)
    fall, rise = shift_p(ratios), shift_p(-ratios, falls=False)
    assert fall == rise
    assert 1 / len(counts) - 1e-12 <= fall <= 1


def test_more_days_than_the_series_has_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        log_ratios(np.ones(20, dtype=np.int64), MONTHS[0])


def test_a_forecast_sees_a_fall_and_not_a_rise(
    simulate: Callable[..., NDArray[np.int64]],
) -> None:
    counts = simulate(np.random.default_rng(1), days=300, mean=4.0, rho=0.2)
    counts[-28:] = 0
    low, high = forecast_p(counts, MONTHS[0]), forecast_p(counts, MONTHS[0], falls=False)
    assert low is not None
    assert high is not None
    assert low == pytest.approx(1 / 272), "never under one in as many days as were seen"
    assert high > 0.99


def test_a_series_that_never_varies_forecasts_nothing() -> None:
    assert forecast_p(np.full(200, 3), MONTHS[0]) is None
    assert forecast_p(np.array([1, 2] * 20), MONTHS[0]) is None


def test_the_means_of_p_values() -> None:
    assert geometric_mean(0.01, 0.04) == pytest.approx(0.02)
    assert geometric_mean() is None
    assert geometric_mean(0.0, 0.5) == 0.0


def test_false_positives_on_simulated_series(simulate: Callable[..., NDArray[np.int64]]) -> None:
    """METHOD's simulation: 3-7 % for the circular shift, under 7 % for the two together."""
    generator = np.random.default_rng(20160315)
    shifts, combined = [], []
    for rho in (0.0, 0.5, 0.8, 0.95):
        for _ in range(150):
            counts = simulate(generator, days=400, rho=rho)
            level = forecast_p(counts, MONTHS[0])
            alone = [shift_p(log_ratios(counts, layout)) for layout in MONTHS]
            shifts.extend(alone)
            combined.append(geometric_mean(*(geometric_mean(p, level) for p in alone)))
    assert 0.03 <= np.mean(np.array(shifts) <= 0.05) <= 0.07
    assert np.mean(np.array(combined, dtype=float) <= 0.05) < 0.07


def test_power_on_simulated_series(simulate: Callable[..., NDArray[np.int64]]) -> None:
    """A true fall to a quarter is seen four times in five and more at 3 a day."""
    generator = np.random.default_rng(7)
    seen = []
    for _ in range(100):
        counts = simulate(generator, days=400, rho=0.5)
        counts[-28:] = generator.binomial(counts[-28:], 0.25)
        level = forecast_p(counts, MONTHS[0])
        seen.append(geometric_mean(shift_p(log_ratios(counts, MONTHS[0])), level))
    assert np.mean(np.array(seen, dtype=float) <= 0.05) > 0.8


def test_the_ordinary_interval_covers(simulate: Callable[..., NDArray[np.int64]]) -> None:
    """Nothing changed: one is inside the 90 % interval nine times in ten or more."""
    generator = np.random.default_rng(11)
    covered = []
    for _ in range(200):
        counts = simulate(generator, days=400, rho=0.5)
        factor = ordinary_factor(counts, MONTHS[0])
        assert factor is not None
        covered.append(abs(log_ratios(counts, MONTHS[0])[0]) <= np.log(factor))
    assert np.mean(covered) >= 0.9


def test_too_few_dates_give_no_interval() -> None:
    assert ordinary_factor(np.ones(100, dtype=np.int64), MONTHS[0]) is None
