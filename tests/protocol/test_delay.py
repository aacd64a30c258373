"""How late events enter a record, by its releases; and windows that are cut where nothing says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wordkept.model import Completeness, DailySeries, Plan, Pledge, Triangle
from wordkept.period import Period
from wordkept.protocol.completeness import (
    COMPLETE_ENOUGH,
    as_compared,
    completeness,
    completeness_by_day,
    completeness_gates,
    cut_window,
    inflated,
    ripe,
)
from wordkept.protocol.delay import delays, outstanding, unreported
from wordkept.protocol.estimates import combined_p, estimate_all

DAYS, WINDOW = 400, 28
LAG_DAYS = 20
Make = Callable[..., DailySeries]
Simulate = Callable[..., NDArray[np.int64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What happened, what the last release holds of it, and what each release held."""

    truth: NDArray[np.int64]
    held: NDArray[np.int64]
    triangle: Triangle

    @property
    def known_on(self) -> date:
        return self.triangle.known_on[-1]


Worlds = Callable[..., World]


@pytest.fixture
def plan(plan: Plan) -> Plan:
    return replace(plan, primary=replace(plan.primary, attributions=("certain",)))


@pytest.fixture(scope="session")
def made(simulate: Simulate, make_series: Make) -> Worlds:
    """A record whose events come in exponentially late, in releases at irregular days."""

    def make(
        generator: np.random.Generator, *, releases: int = 6, mean_lag: float = LAG_DAYS,
        after: int = 0, window: int = WINDOW,
    ) -> World:  # fmt: skip
        truth = simulate(generator, days=DAYS, rho=0.5)
        days = np.repeat(np.arange(DAYS), truth)
        entered = days + np.floor(generator.exponential(mean_lag, size=len(days)))
        gaps = np.cumsum(generator.integers(10, 60, size=releases - 1))
        known = np.concatenate(([DAYS - 1 + after], DAYS - 1 + after - gaps))[::-1]
        held = np.array([np.bincount(days[entered <= on], minlength=DAYS) for on in known])
        start = make_series([0], before=DAYS - window).start
        triangle = Triangle(
            dataset="made up", start=start, withdrawn=0,
            known_on=tuple(start + timedelta(days=int(on)) for on in known),
            counts=tuple(tuple(int(n) for n in row) for row in held.T),
        )  # fmt: skip
        return World(truth=truth, held=held[-1], triangle=triangle)

    return make


def found_false(series: DailySeries, pledge: Pledge, plan: Plan) -> bool:
    p, void = combined_p(estimate_all((series,), pledge, plan))
    assert p is not None
    return p <= plan.alpha and not void


def test_false_positives_of_a_window_up_to_the_last_release(
    made: Worlds, make_series: Make, pledge: Pledge, plan: Plan
) -> None:
    """Reports 20 days late, nothing changed: far too many uncorrected, at most 8 % inflated."""
    generator = np.random.default_rng(20160315)
    raw, raised = [], []
    for _ in range(60):
        world = made(generator)
        series = make_series(world.held, before=DAYS - WINDOW)
        by_day = completeness_by_day(world.triangle, series, release_known_on=world.known_on)
        assert by_day is not None
        found = completeness(world.triangle, series, pledge, plan, release_known_on=world.known_on)
        raw.append(found_false(series, pledge, plan))
        raised.append(found_false(inflated(series, by_day, found, at="best"), pledge, plan))
    assert np.mean(raw) > 0.3
    assert np.mean(raised) <= 0.08


def test_false_positives_of_a_window_that_is_cut(
    made: Worlds, make_series: Make, pledge: Pledge, plan: Plan
) -> None:
    """Ninety days up to a single release: more than promised whole, not once it is cut."""
    generator, plan = np.random.default_rng(7), replace(plan, window_days=90)
    whole, cut = [], []
    for _ in range(100):
        world = made(generator, releases=1, window=90)
        series = make_series(world.held, before=DAYS - 90)
        found = completeness(None, series, pledge, plan, release_known_on=world.known_on)
        assert found.cut_to is not None
        assert len(found.cut_to) == 60
        whole.append(found_false(series, pledge, plan))
        cut.append(found_false(series, pledge, as_compared(plan, found)))
    assert np.mean(whole) > 0.08
    assert np.mean(cut) <= 0.05


def test_where_nothing_comes_late_nothing_is_expected(
    made: Worlds, make_series: Make, pledge: Pledge, plan: Plan
) -> None:
    """The range of next to nothing stays next to nothing, however few the events."""
    generator = np.random.default_rng(2)
    for _ in range(5):
        world = made(generator, releases=3, mean_lag=0.01, after=60)
        held = np.concatenate((world.held[: DAYS - WINDOW], np.arange(WINDOW) % 7 == 0))
        series = make_series(held.astype(np.int64), before=DAYS - WINDOW)
        found = completeness(world.triangle, series, pledge, plan, release_known_on=world.known_on)
        assert found.high is not None
        assert found.high <= found.reported + 4


@pytest.mark.parametrize("releases", [2, 6])
def test_what_is_still_to_come_lies_in_its_range(
    made: Worlds, make_series: Make, releases: int
) -> None:
    """Nine times in ten and more, and neither short nor over on the whole."""
    generator = np.random.default_rng(releases)
    covered, expected, true, medians = [], 0.0, 0.0, []
    for _ in range(40):
        world = made(generator, releases=releases)
        series = make_series(world.held, before=DAYS - WINDOW)
        found = delays(world.triangle, known_on=world.known_on)
        assert found is not None
        missing = outstanding(found, series, DAYS - WINDOW, WINDOW)
        really = float((world.truth - world.held)[-WINDOW:].sum())
        covered.append(missing.low <= really <= missing.high)
        expected, true = expected + missing.best, true + really
        medians.append(found.median_days)
    assert np.mean(covered) >= 0.85
    assert 0.8 <= expected / true <= 1.2
    assert 10 <= np.mean(medians) <= 16, "half of delays of 20 days on average are under 14"


def test_few_releases_are_wide(made: Worlds, make_series: Make) -> None:
    widths = []
    for releases in (2, 12):
        world = made(np.random.default_rng(3), releases=releases)
        found = delays(world.triangle, known_on=world.known_on)
        assert found is not None
        series = make_series(world.held, before=DAYS - WINDOW)
        missing = outstanding(found, series, DAYS - WINDOW, WINDOW)
        widths.append(missing.high / missing.low)
    assert widths[0] > 1.5 * widths[1]


def test_shares_rise_with_the_days_and_end_at_all(made: Worlds) -> None:
    world = made(np.random.default_rng(1))
    found = delays(world.triangle, known_on=world.known_on)
    assert found is not None
    shares = found.shares(np.arange(-2, 370))
    assert np.all(np.diff(shares) >= 0)
    assert shares[:2].tolist() == [0.0, 0.0]
    assert shares[-1] == 1.0
    assert abs(shares[2 + 30] - (1 - np.exp(-30.5 / LAG_DAYS))) < 0.1


def test_a_release_that_was_not_yet_known_is_not_looked_at(made: Worlds) -> None:
    world = made(np.random.default_rng(2))
    known, counts = world.triangle.known_on[:-1], world.triangle.counts
    earlier = replace(world.triangle, known_on=known, counts=tuple(row[:-1] for row in counts))
    as_then = delays(world.triangle, known_on=known[-1])
    same = delays(earlier, known_on=known[-1])
    assert as_then is not None
    assert same is not None
    assert as_then.hazards.tolist() == same.hazards.tolist()
    assert as_then.releases == len(known)


def test_one_release_few_events_or_a_short_reach_show_no_delay(made: Worlds) -> None:
    world = made(np.random.default_rng(2))
    one = world.triangle.known_on[0]
    assert delays(world.triangle, known_on=one) is None
    thin = replace(world.triangle, counts=tuple((0,) * 6 for _ in world.triangle.counts))
    assert delays(thin, known_on=world.known_on) is None
    short = replace(world.triangle, start=world.known_on - timedelta(days=60),
                    counts=world.triangle.counts[-61:])  # fmt: skip
    assert delays(short, known_on=world.known_on) is None


def test_reports_that_come_the_same_day_leave_nothing_out(
    made: Worlds, make_series: Make, pledge: Pledge, plan: Plan
) -> None:
    world = made(np.random.default_rng(2), mean_lag=1e-9)
    series = make_series(world.held, before=DAYS - WINDOW)
    found = completeness(world.triangle, series, pledge, plan, release_known_on=world.known_on)
    assert found.median_lag_days == 0.0
    assert found.share is not None
    assert found.share > 0.97
    assert found.cut_to is None
    assert completeness_gates(found, release_known_on=world.known_on) == ()


def test_a_window_too_little_of_which_is_in_closes_the_gate(
    made: Worlds, make_series: Make, pledge: Pledge, plan: Plan
) -> None:
    world = made(np.random.default_rng(5))
    series = make_series(world.held, before=DAYS - WINDOW)
    found = completeness(world.triangle, series, pledge, plan, release_known_on=world.known_on)
    assert found.share is not None
    assert found.low is not None
    assert found.best is not None
    assert found.high is not None
    assert found.share < COMPLETE_ENOUGH
    assert found.reported < found.low < found.best < found.high
    assert found.share == pytest.approx(found.reported / found.best)
    (gate,) = completeness_gates(found, release_known_on=world.known_on)
    assert gate == found.sentence
    assert gate.startswith("6 releases show that half of the reports come in within ")
    assert gate.endswith("Under 80 % is too little to compare.")


def test_what_is_complete_enough_by_delay_alone_is_kept(
    made: Worlds, make_series: Make, pledge: Pledge, plan: Plan
) -> None:
    """Half a window later its older days are in: the rest is cut, whatever was counted."""
    world, plan = made(np.random.default_rng(5), window=60), replace(plan, window_days=60)
    series = make_series(world.held, before=DAYS - 60)
    found = completeness(world.triangle, series, pledge, plan, release_known_on=world.known_on)
    assert found.cut_to is not None
    assert 30 <= len(found.cut_to) < 60
    assert "it is cut to end on" in found.sentence
    elsewhere = replace(series, counts=tuple(reversed(series.counts)))
    moved = completeness(world.triangle, elsewhere, pledge, plan, release_known_on=world.known_on)
    assert moved.cut_to == found.cut_to


@settings(max_examples=60)
@given(st.integers(1, 120), st.integers(-20, 200))
def test_a_cut_window_is_old_and_not_too_short(days: int, late: int) -> None:
    window = Period.of(date(2016, 3, 15), days=days)
    known = window.start + timedelta(days=late)
    cut = cut_window(window, release_known_on=known)
    if cut is None:
        assert known < window.end + timedelta(days=30)
        return
    assert cut.start == window.start
    assert len(cut) >= min(days, max(14, days / 2))
    assert known >= cut.end + timedelta(days=30)
    assert cut == window or known == cut.end + timedelta(days=30)


@pytest.mark.parametrize(
    ("late", "closes", "words"),
    [
        (35, False, "35 days after the window; one release does not show how late"),
        (30, False, "30 days after the window"),
        (25, False, "The window's last 5 days are not compared: it is cut to end on 6 April 2016."),
        (16, False, "The window's last 14 days are not compared"),
        (15, True, "Load a release of 27 April 2016 or later."),
    ],
)
def test_one_release_cuts_the_window_or_closes_the_gate(
    make_series: Make, pledge: Pledge, plan: Plan, late: int, closes: bool, words: str,
) -> None:  # fmt: skip
    series = make_series([3] * DAYS, before=DAYS - WINDOW)
    known = series.end + timedelta(days=late)
    found = completeness(None, series, pledge, plan, release_known_on=known)
    assert words in found.sentence
    assert (found.share, found.best, found.median_lag_days) == (None, None, None)
    assert found.releases == 1
    assert bool(completeness_gates(found, release_known_on=known)) is closes
    asked = as_compared(plan, found)
    left = WINDOW if closes else min(WINDOW, WINDOW - 30 + late)
    assert asked.window_days == left
    if not closes:
        assert found.reported == 3 * left
        assert len(estimate_all((series,), pledge, asked)[0].window) == left


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 30), min_size=40, max_size=60),
    st.floats(0.05, 1.0),
)  # fmt: skip
def test_raised_counts_hold_what_was_there_and_add_up(
    make_series: Make, counts: list[int], last: float
) -> None:
    shares = np.concatenate((np.ones(20), np.linspace(1.0, last, len(counts) - 20)))
    series = make_series(counts, before=30)
    window = Period.of(series.start + timedelta(days=30), days=10)
    found = Completeness(
        dataset="made up", window=window, releases=2, reported=0, low=None, best=None, high=None,
        share=None, median_lag_days=None, cut_to=None, sentence="",
    )  # fmt: skip
    raised = inflated(series, tuple(shares.tolist()), found)
    assert all(new >= old for new, old in zip(raised.counts, counts, strict=True))
    missing = unreported(np.array(counts), shares, 30)
    assert abs(sum(raised.counts) - sum(counts) - missing.sum()) <= 0.5
    assert raised.counts[:20] == tuple(counts[:20])
    assert raised.inflated
    assert inflated(series, (1.0,) * len(counts), found).counts == series.counts


def test_the_high_end_raises_more_and_stands_as_a_bound_of_its_own(
    made: Worlds, make_series: Make, pledge: Pledge, plan: Plan
) -> None:
    world = made(np.random.default_rng(9), after=20)
    series = make_series(world.held, before=DAYS - WINDOW)
    known = world.known_on
    found = completeness(world.triangle, series, pledge, plan, release_known_on=known)
    by_day = completeness_by_day(world.triangle, series, release_known_on=known)
    assert by_day is not None
    best, high = inflated(series, by_day, found, at="best"), inflated(series, by_day, found)
    assert sum(series.counts) < sum(best.counts) < sum(high.counts)
    alone = combined_p(estimate_all((series,), pledge, plan))
    raised = combined_p(estimate_all((high,), pledge, plan))
    both = combined_p(estimate_all((series, high), pledge, plan))
    assert alone[0] is not None
    assert raised[0] is not None
    assert both[0] == max(alone[0], raised[0]), "a verdict must hold at each bound"


def test_a_ripe_series_ends_before_its_filling_days(make_series: Make) -> None:
    series = make_series([3] * 100, before=50)
    known = series.end + timedelta(days=10)
    assert ripe(series, None, release_known_on=known).end == known - timedelta(days=30)
    assert ripe(series, None, release_known_on=series.end + timedelta(days=40)) == series
    shares = (1.0,) * 90 + (0.5,) * 10
    assert len(ripe(series, shares, release_known_on=known).counts) == 90
