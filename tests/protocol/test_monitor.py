"""Watching is fair: alarms are rare where nothing changed, and common where much did."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.errors import InputError
from wordkept.protocol.blocks import STATES, Ground, family, follow, log_sum
from wordkept.protocol.conformal import conformal_martingale
from wordkept.protocol.monitor import (
    ALARM_AT,
    BLOCK_DAYS,
    HISTORY_BLOCKS,
    MOST,
    Watched,
    block_sums,
    watch_series,
)

HISTORY, LOOKS = 14, 8
SERIES = 40


def drawn(generator: np.random.Generator, rho: float, ratio: float) -> list[int]:
    """Counts by day as in bench/watch.py: negative-binomial about 3 a day."""
    days = BLOCK_DAYS * (HISTORY + LOOKS)
    level = np.empty(days)
    level[0] = generator.normal(0, 0.5)
    steps = generator.normal(0, 0.5 * math.sqrt(1 - rho**2), days)
    for day in range(1, days):
        level[day] = rho * level[day - 1] + steps[day]
    counts = generator.poisson(3 * np.exp(level - 0.125) * generator.gamma(2, 0.5, days))
    counts[BLOCK_DAYS * HISTORY :] = generator.binomial(counts[BLOCK_DAYS * HISTORY :], ratio)
    return [int(count) for count in counts]


def watched(rho: float, ratio: float, seed: int) -> list[Watched]:
    generator = np.random.default_rng(seed)
    split = BLOCK_DAYS * HISTORY
    many = [drawn(generator, rho, ratio) for _ in range(SERIES)]
    return [watch_series(one[:split], one[split:]) for one in many]


def test_false_alarms_are_rare_though_days_depend_on_each_other() -> None:
    """At most .05 is asked for, which is 4 of 80; 9 or more would come by luck once in 50."""
    found = watched(0.5, 1.0, 1) + watched(0.95, 1.0, 2)
    assert sum(one.moved_after is not None for one in found) <= 8
    assert sum(max(one.e_conformal) >= ALARM_AT for one in found) <= 8
    for look in range(LOOKS):
        assert np.mean([one.e_values[look] for one in found]) <= 1.0


def test_a_halving_is_seen_and_soon() -> None:
    found = watched(0.5, 0.5, 3)
    after = [one.moved_after for one in found if one.moved_after is not None]
    assert len(after) >= 0.85 * SERIES
    assert np.median(after) <= 4
    assert sum(one.state == "back" for one in found) <= 0.05 * SERIES


def test_it_is_a_fair_bet_in_its_own_family() -> None:
    """Over all that one block can hold, the e-value after it is 1 on average: exactly, by sum."""
    before = (12, 9, 15, 7, 11, 10, 8)
    history = follow(before, Ground.under(before))
    ground = Ground.under(before)
    same = ground.at(1.0)
    for ratio in (0.2, 0.5, 2.0):
        changed = ground.at(ratio)
        total = 0.0
        for count in range(400):
            null = history.then(count, same).evidence
            e_value = math.exp(history.then(count, changed).evidence - null)
            total += math.exp(null - history.evidence) * e_value
        assert total == pytest.approx(1.0, abs=1e-3)


def test_the_moves_are_those_of_an_autoregression() -> None:
    states = np.linspace(-1, 1, STATES) * math.sqrt(STATES - 1)
    rows = family()
    assert np.allclose(rows.moves.sum(axis=2), 1)
    slopes = (rows.moves @ states) / states[None, :].clip(1e-9) * (states > 0)
    assert np.allclose(slopes.max(axis=1), slopes.sum(axis=1) / (states > 0).sum())
    assert math.isclose(math.exp(log_sum(rows.log_weight)), 1.0)


COUNTS = st.lists(st.integers(0, 9), min_size=BLOCK_DAYS * 6, max_size=BLOCK_DAYS * 7)
LATER = st.lists(st.integers(0, 9), min_size=BLOCK_DAYS, max_size=BLOCK_DAYS * 3)


@settings(max_examples=12)
@given(before=COUNTS, later=LATER, more=st.lists(st.integers(0, 9), max_size=BLOCK_DAYS * 2))
def test_what_was_seen_is_not_changed_by_what_comes_after(
    before: list[int], later: list[int], more: list[int]
) -> None:
    first, then = watch_series(before, later), watch_series(before, later + more)
    assert then.e_values[: len(first.e_values)] == first.e_values
    assert then.e_conformal[: len(first.e_conformal)] == first.e_conformal
    if first.moved_after is not None:
        assert then.moved_after == first.moved_after
        assert then.e_back[: len(first.e_back)] == first.e_back


@settings(max_examples=8)
@given(before=COUNTS, later=LATER)
def test_days_within_a_block_may_stand_in_any_order(before: list[int], later: list[int]) -> None:
    turned = [*later[:BLOCK_DAYS][::-1], *later[BLOCK_DAYS:]]
    assert watch_series(before, turned) == watch_series(before, later)


def test_a_fall_that_ends_is_said_to_be_back_and_one_that_lasts_is_not() -> None:
    before = [3, 5, 2, 4] * 7 * 14
    low, usual = [1, 0, 0, 1] * 7, [3, 5, 2, 4] * 7
    ended = watch_series(before, low * 3 + usual * 4)
    lasted = watch_series(before, low * 7)
    assert (ended.state, ended.moved_after) == ("back", 1)
    assert ended.back_after is not None
    assert 4 <= ended.back_after <= 6
    assert (lasted.state, lasted.back_after) == ("moved", None)


def test_a_rise_is_seen_as_a_fall_is() -> None:
    before = [3, 5, 2, 4] * 7 * 14
    risen = watch_series(before, [7, 9, 8, 9] * 7 * 2, direction="rises")
    assert risen.state == "moved"
    assert watch_series(before, [7, 9, 8, 9] * 7 * 2).state == "as before"
    assert watch_series(before, [0] * 56, direction="rises").state == "as before"


def test_a_record_that_cannot_bear_it_gives_no_number() -> None:
    short = watch_series([3] * (BLOCK_DAYS * 5 + 20), [0] * 100)
    assert (short.e_values, short.state) == ((), "as before")
    assert short.reason is not None
    assert "5 whole blocks of 28 days" in short.reason
    empty = watch_series([0] * 400, [0] * 100)
    assert empty.reason is not None
    assert "fewer than 20" in empty.reason
    early = watch_series([3] * 400, [0] * 27)
    assert (early.e_values, early.reason) == ((), None)
    assert len(watch_series([3] * 3000, [0] * 28).baseline) == HISTORY_BLOCKS


def test_numbers_stay_numbers_where_counts_are_huge() -> None:
    found = watch_series([4000, 5000] * 200, [0] * 364)
    assert found.e_values[-1] == MOST
    assert all(math.isfinite(one) for one in (*found.e_values, *found.e_back, *found.e_conformal))


@pytest.mark.parametrize("wrong", [-1, 0.5, math.nan, math.inf])
def test_what_is_no_count_is_refused_in_three_lines(wrong: float) -> None:
    with pytest.raises(InputError) as refused:
        watch_series([1, wrong, 1], [wrong], block_days=0)  # type: ignore[list-item]
    assert [one.where for one in refused.value.problems] == [
        "baseline, day 2", "later, day 1", "block_days",
    ]  # fmt: skip


def test_blocks_are_whole() -> None:
    assert block_sums(range(7), 3, from_end=True) == (6, 15)
    assert block_sums(range(7), 3, from_end=False) == (3, 12)
    assert block_sums((), 3, from_end=True) == ()


def test_ranks_are_a_losing_bet_where_order_means_nothing() -> None:
    """Ville, for the martingale: over shuffles of one record it must not often reach 20."""
    generator = np.random.default_rng(4)
    blocks = list(range(30))
    reached = 0
    for _ in range(400):
        generator.shuffle(blocks)
        grown = conformal_martingale(blocks[:14], blocks[14:], direction="falls")
        reached += max(grown) >= ALARM_AT
    assert reached <= 0.05 * 400
