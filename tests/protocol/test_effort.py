"""Rates per unit of effort: what they promise, where they are refused, and what they change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wordkept.model import Baseline, DailySeries, Plan, Pledge, Selection
from wordkept.protocol.durability import durability
from wordkept.protocol.effort import effort_check, effort_gates
from wordkept.protocol.estimates import combined_p, estimate_all
from wordkept.protocol.level import (
    _likeliest,
    _likeliest_per_effort,
    _walk_variance,
    forecast_p,
)
from wordkept.protocol.placebo import log_ratios, ordinary_factor, shift_p
from wordkept.protocol.tipping import tipping_points
from wordkept.protocol.windows import Layout

BEFORE, DAYS = 372, 400
MONTH = Layout(window_days=28, grace_days=0, donut_days=0, baseline_days=28)
Make = Callable[..., DailySeries]
Simulate = Callable[..., NDArray[np.int64]]


@pytest.fixture
def plan(plan: Plan) -> Plan:
    hours = Selection(dataset="posts", label="patrol hours")
    return replace(plan, effort=hours, primary=replace(plan.primary, attributions=("certain",)))


@pytest.fixture
def hours(make_series: Make) -> Callable[..., DailySeries]:
    def made(units: list[int] | NDArray[np.int64], *, before: int = BEFORE) -> DailySeries:
        series = make_series(units, before=before)
        return replace(series, dataset="posts", label="patrol hours")

    return made


def steady(days: int, rate: int = 5) -> list[int]:
    return [int(n) for n in np.random.default_rng(3).poisson(rate, size=days)]


@settings(max_examples=30)
@given(
    counts=st.lists(st.integers(0, 30), min_size=DAYS, max_size=DAYS),
    units=st.integers(1, 50),
)
def test_effort_that_never_changes_changes_no_ratio_and_no_shift(
    counts: list[int], units: int
) -> None:
    days, effort = np.array(counts), np.full(DAYS, units)
    plain, per_unit = log_ratios(days, MONTH), log_ratios(days, MONTH, effort)
    assert np.allclose(plain, per_unit)
    assert shift_p(plain) == shift_p(per_unit)
    factor, same = ordinary_factor(days, MONTH), ordinary_factor(days, MONTH, effort)
    assert factor is not None
    assert same == pytest.approx(factor)


@settings(max_examples=20)
@given(st.lists(st.integers(0, 30), min_size=120, max_size=200), st.integers(1, 4))
def test_turning_turns_events_and_effort_together(counts: list[int], gaps: int) -> None:
    """Every shift is the plain comparison of rates per unit, done the slow way."""
    layout = Layout(window_days=9, grace_days=2, donut_days=3, baseline_days=20)
    effort = np.random.default_rng(gaps).poisson(gaps, size=len(counts))
    found = log_ratios(np.array(counts), layout, effort)
    for shift in (0, 1, 17, len(counts) - 1):
        n, e = np.roll(counts, -shift), np.roll(effort, -shift)
        end = len(n) - layout.gap_days
        window, baseline = slice(len(n) - 9, None), slice(end - 20, end)
        rates = [(n[part].sum() + 0.5) / e[part].sum() for part in (window, baseline)
                 if e[part].sum()]  # fmt: skip
        if len(rates) < 2:
            assert np.isnan(found[shift])
        else:
            assert found[shift] == pytest.approx(np.log(rates[0] / rates[1]))


def test_the_filter_finds_what_the_transform_finds_where_effort_is_even(
    simulate: Simulate,
) -> None:
    for seed in range(5):
        roots = np.sqrt(simulate(np.random.default_rng(seed), days=300, rho=0.8) + 0.25)
        ratio, noise = _likeliest(roots)
        same, spread, _level, _variance = _likeliest_per_effort(roots, np.ones(300))
        assert same == ratio
        assert spread == pytest.approx(noise, rel=0.01)


def test_the_walk_of_even_weights_is_that_of_the_plain_forecast() -> None:
    for days in (1, 7, 28):
        weights = np.full(days, 1 / days)
        assert _walk_variance(weights) == pytest.approx((days + 1) * (2 * days + 1) / (6 * days))


def test_days_without_effort_are_not_counted_as_nought(
    make_series: Make, hours: Make, pledge: Pledge, plan: Plan
) -> None:
    """Half of the days unseen, and nothing written down on them: no ratio moves."""
    counts, units = [5] * DAYS, [8] * DAYS
    for place in range(BEFORE, DAYS, 2):
        counts[place], units[place] = 0, 0
    found = estimate_all((make_series(counts, before=BEFORE),), pledge, plan, hours(units))
    assert [one.ratio for one in found] == [1.0, 1.0]
    assert [one.expected for one in found] == [70.0, 70.0]
    blind = estimate_all((make_series(counts, before=BEFORE),), pledge, plan)
    assert [one.ratio for one in blind] == [0.5, 0.5]


def test_an_event_on_an_unseen_day_is_in_no_rate(
    make_series: Make, hours: Make, pledge: Pledge, plan: Plan
) -> None:
    counts, units = [5] * DAYS, [8] * DAYS
    counts[BEFORE + 3], units[BEFORE + 3] = 400, 0
    found = estimate_all((make_series(counts, before=BEFORE),), pledge, plan, hours(units))
    assert [one.window_events for one in found] == [135, 135]
    assert all(one.ratio == 1.0 for one in found)


def test_the_forecast_passes_over_unseen_days(simulate: Simulate) -> None:
    counts = simulate(np.random.default_rng(4), days=DAYS, mean=6.0)
    effort = np.full(DAYS, 10)
    effort[100:130] = 0
    effort[380] = 0
    whole = forecast_p(counts, MONTH, effort=effort)
    counts[100:130], counts[380] = 0, 99
    assert forecast_p(counts, MONTH, effort=effort) == whole
    assert forecast_p(counts, MONTH, effort=np.full(DAYS, 10)) != whole


def test_a_forecast_needs_days_that_were_seen() -> None:
    counts = np.arange(DAYS) % 7
    nobody_after = np.where(np.arange(DAYS) < BEFORE, 5, 0)
    few_before = np.where(np.arange(DAYS) % 10, 0, 5)
    assert forecast_p(counts, MONTH, effort=nobody_after) is None
    assert forecast_p(counts, MONTH, effort=few_before) is None
    assert forecast_p(np.full(DAYS, 3), MONTH, effort=np.full(DAYS, 5)) is None


def halved(
    generator: np.random.Generator, intensity: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Events thinned to those that patrols see, whose hours halve at the pledge."""
    units = generator.poisson(10, size=DAYS)
    units[BEFORE:] = generator.binomial(units[BEFORE:], 0.5)
    return generator.binomial(intensity, np.minimum(1.0, units / 20)), units


def test_false_positives_where_effort_halves_and_nothing_else(
    simulate: Simulate, make_series: Make, hours: Make, pledge: Pledge, plan: Plan
) -> None:
    """No true change: under 7 % with effort, over half of all series without it."""
    generator = np.random.default_rng(20160315)
    with_effort: list[bool] = []
    without: list[bool] = []
    for rho in (0.0, 0.5, 0.8):
        for _ in range(70):
            counts, units = halved(generator, simulate(generator, days=DAYS, mean=6.0, rho=rho))
            series = (make_series(counts, before=BEFORE),)
            for effort, seen in ((hours(units), with_effort), (None, without)):
                p, void = combined_p(estimate_all(series, pledge, plan, effort))
                assert p is not None
                seen.append(p <= plan.alpha and not void)
    assert np.mean(with_effort) <= 0.07
    assert np.mean(without) > 0.5


def test_a_true_fall_is_seen_through_halved_effort(
    simulate: Simulate, make_series: Make, hours: Make, pledge: Pledge, plan: Plan
) -> None:
    generator, seen = np.random.default_rng(8), []
    for _ in range(60):
        intensity = simulate(generator, days=DAYS, mean=6.0, rho=0.5)
        intensity[BEFORE:] = generator.binomial(intensity[BEFORE:], 0.25)
        counts, units = halved(generator, intensity)
        series = (make_series(counts, before=BEFORE),)
        p, void = combined_p(estimate_all(series, pledge, plan, hours(units)))
        seen.append(p is not None and p <= plan.alpha and not void)
    assert np.mean(seen) > 0.7


def test_what_leaving_it_out_would_have_said(
    make_series: Make, hours: Make, pledge: Pledge, plan: Plan
) -> None:
    series = (make_series([6] * BEFORE + [2] * 28, before=BEFORE),)
    found = effort_check(series, hours([120] * BEFORE + [40] * 28), pledge, plan)
    assert found is not None
    assert (found.effort_baseline, found.effort_window) == (120.0, 40.0)
    assert found.ratio_with == pytest.approx(1.0)
    assert found.ratio_without == pytest.approx(1 / 3)
    assert found.sentence == (
        "Effort (patrol hours) stood at 40 a day in the window against 120 before, 33 % of its "
        "level. Per unit of it, events stood at 100 % of their level before; left out, they would "
        "have seemed to stand at 33 %. What the plan counts as kept would then have seemed to be "
        "reached."
    )
    assert effort_check(series, None, pledge, plan) is None


@pytest.mark.parametrize(
    ("units", "before", "words"),
    [
        ([5] * 10 + [5] * 28, 10, "does not cover the window and half of a baseline"),
        ([5] * BEFORE + [5] * 20, BEFORE, "does not cover the window"),
        ([5] * BEFORE + [0] * 28, BEFORE, "no patrol hours in the whole window"),
        ([5] * (BEFORE - 200) + [0] * 200 + [5] * 28, BEFORE, "in any whole baseline"),
    ],
)
def test_missing_effort_closes_the_gate_and_gives_no_estimate(
    make_series: Make, hours: Make, pledge: Pledge, plan: Plan, units: list[int], before: int,
    words: str,
) -> None:  # fmt: skip
    series = (make_series(steady(DAYS), before=BEFORE),)
    effort = hours(units, before=before)
    assert estimate_all(series, pledge, plan, effort) == ()
    assert effort_check(series, effort, pledge, plan) is None
    (gate,) = effort_gates(series, effort, pledge, plan)
    assert words in gate


def test_effort_that_did_not_find_the_events_closes_the_gate(
    make_series: Make, hours: Make, pledge: Pledge, plan: Plan
) -> None:
    series = (make_series([5] * DAYS, before=BEFORE),)
    weekends_off = [0 if place % 7 < 2 else 9 for place in range(DAYS)]
    (gate,) = effort_gates(series, hours(weekends_off), pledge, plan)
    assert "fall on days without any patrol hours" in gate
    assert effort_gates(series, hours([9] * DAYS), pledge, plan) == ()
    (absent,) = effort_gates(series, None, pledge, plan)
    assert "of which nothing is on record" in absent
    assert effort_gates(series, None, pledge, replace(plan, effort=None)) == ()
    assert effort_gates((), None, pledge, plan) == ()


def test_a_fall_per_unit_of_effort_lapses_per_unit_of_effort(
    make_series: Make, hours: Make, pledge: Pledge, plan: Plan
) -> None:
    """Patrols double after the window: more events, at a rate that is still down."""
    plan = replace(plan, baselines=(Baseline(days=28),))
    counts = [10] * BEFORE + [2] * 28 + [8] * 40
    series = (make_series(counts, before=BEFORE),)
    effort = hours([5] * BEFORE + [5] * 28 + [20] * 40)
    plain = durability(series, estimate_all(series, pledge, plan), pledge, plan)
    held = durability(series, estimate_all(series, pledge, plan, effort), pledge, plan, effort)
    assert plain is not None
    assert held is not None
    assert plain.first_lapse is not None
    assert held.first_lapse is None
    assert held.observed_until == series[0].end
    back = hours([5] * BEFORE + [5] * 28 + [4] * 30)
    lapsed = durability(series, estimate_all(series, pledge, plan, back), pledge, plan, back)
    assert lapsed is not None
    assert lapsed.first_lapse is not None
    assert lapsed.observed_until == back.end


def test_a_stretch_is_as_long_as_it_takes_to_look_as_hard(
    make_series: Make, hours: Make, pledge: Pledge, plan: Plan
) -> None:
    """At a quarter of the effort a fortnight's worth of it takes 56 days, never fewer."""
    plan = replace(plan, baselines=(Baseline(days=28),))
    series = (make_series([40] * BEFORE + [1] * 28 + [40] * 60, before=BEFORE),)
    effort = hours([4] * BEFORE + [1] * 88)
    estimates = estimate_all(series, pledge, plan, effort)
    held = durability(series, estimates, pledge, plan, effort)
    assert held is not None
    assert held.first_lapse is not None
    assert held.first_lapse >= estimates[0].window.start + timedelta(days=55)


def test_even_effort_lapses_on_the_same_day(
    make_series: Make, hours: Make, pledge: Pledge, plan: Plan
) -> None:
    counts = [10] * BEFORE + [1] * 30 + [4] * 9 + [9] * 60
    series, even = (make_series(counts, before=BEFORE),), hours([3] * len(counts))
    plain = durability(series, estimate_all(series, pledge, plan), pledge, plan)
    same = durability(series, estimate_all(series, pledge, plan, even), pledge, plan, even)
    assert plain == same
    assert plain is not None
    assert plain.first_lapse is not None


def test_the_tipping_point_counts_events_at_the_effort_there_was(
    make_series: Make, hours: Make, pledge: Pledge, plan: Plan
) -> None:
    series = (make_series([8] * BEFORE + [1] * 28, before=BEFORE),)
    found = estimate_all(series, pledge, plan, hours([10] * BEFORE + [5] * 28))
    points = tipping_points(found, plan)
    assert points is not None
    assert points.reporting_to_nothing == pytest.approx(0.25)
    assert points.misattributed_events == 17, "112 expected: 45 are over .5 / 1.25, 28 are there"
