"""The specification curve: the set-ups it tries, what it leaves out, and that it keeps its size."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from wordkept.model import Attribution, Baseline, Curve, DailySeries, Plan, Pledge, Variant
from wordkept.prose import percent
from wordkept.protocol.curve import FEWEST_EXPECTED, specification_curve
from wordkept.protocol.curve_step import curve_step
from wordkept.protocol.placebo import log_ratios, shift_p
from wordkept.protocol.setups import BASELINE_DAYS, DONUT_DAYS, GRACE_DAYS, WINDOW_DAYS
from wordkept.protocol.windows import Layout

Simulate = Callable[..., NDArray[np.int64]]
GRID = len(BASELINE_DAYS) * len(DONUT_DAYS) * len(WINDOW_DAYS) * len(GRACE_DAYS)
AFTER = max(WINDOW_DAYS) + max(GRACE_DAYS)


@pytest.fixture
def variant(
    make_series: Callable[..., DailySeries],
) -> Callable[..., Variant]:
    def made(
        counts: NDArray[np.int64] | list[int], *, before: int, area: str = "as planned",
        attribution: Attribution = "certain",
    ) -> Variant:  # fmt: skip
        return Variant(
            area=area, event_class="as planned", duplicates="counted",
            planned=area == "as planned",
            series=make_series(counts, before=before, attribution=attribution),
        )  # fmt: skip

    return made


def drawn(seed: int, *, days: int = 500 + AFTER, mean: float = 3.0) -> NDArray[np.int64]:
    return np.random.default_rng(seed).poisson(mean, size=days)


def test_the_whole_grid_is_tried_and_the_plan_is_marked(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan
) -> None:
    both = variant(drawn(1), before=500), variant(drawn(2), before=500, area="within 25 km")
    curve = specification_curve(both, pledge, plan)
    assert curve is not None
    assert len(curve.specifications) == 2 * GRID
    assert curve.placebo_dates == 400
    assert curve.left_out == ()
    planned = [one for one in curve.specifications if one.planned]
    assert {one.baseline for one in planned} == set(plan.baselines)
    assert {(one.window_days, one.grace_days, one.area) for one in planned} == {
        (28, 0, "as planned")
    }
    ratios = [one.ratio for one in curve.specifications]
    assert ratios == sorted(ratios)
    assert curve.median_ratio == ratios[len(ratios) // 2]
    assert curve.share_agreeing == sum(one < 1 for one in ratios) / len(ratios)
    assert curve.share_reaching == sum(one <= plan.threshold for one in ratios) / len(ratios)


def test_a_planned_set_up_has_the_p_of_its_estimate(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan
) -> None:
    one = variant(drawn(3), before=500)
    curve = specification_curve((one,), pledge, plan)
    assert curve is not None
    counts = np.array(one.series.counts)[500 + 28 - 400 : 500 + 28]
    for found in (spec for spec in curve.specifications if spec.planned):
        layout = Layout(window_days=28, grace_days=0, donut_days=found.baseline.donut_days,
                        baseline_days=found.baseline.days)  # fmt: skip
        ratios = log_ratios(counts, layout)
        assert found.p == shift_p(ratios)
        assert found.ratio == pytest.approx(float(np.exp(ratios[0])))


def test_the_plans_own_choices_stand_beside_the_grid(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan
) -> None:
    odd = replace(plan, window_days=21, grace_days=3, baselines=(Baseline(days=75, donut_days=5),))
    curve = specification_curve((variant(drawn(4), before=500),), pledge, odd)
    assert curve is not None
    (planned,) = [one for one in curve.specifications if one.planned]
    assert (planned.window_days, planned.grace_days, planned.baseline) == (21, 3, odd.baselines[0])
    assert len(curve.specifications) == (15 + 1) * (4 + 1) * (3 + 1)


def test_set_ups_see_no_count_and_no_day_after_their_window(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan
) -> None:
    """The same days give the same set-ups; what comes after a window changes nothing in it."""
    early, late = drawn(5), drawn(5)
    late[500 + 28 :] = 50
    found = [specification_curve((variant(one, before=500),), pledge, plan)
             for one in (early, late)]  # fmt: skip
    values = [
        {(s.baseline, s.window_days, s.grace_days): (s.ratio, s.p)
         for s in curve.specifications if s.window_days + s.grace_days <= 28}
        for curve in found if curve
    ]  # fmt: skip
    assert len(values[0]) > 30
    assert values[0] == values[1]
    assert found[0] != found[1], "longer windows do see it"


def test_the_order_of_the_variants_changes_nothing(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan
) -> None:
    circles = [variant(drawn(seed), before=500, area=f"within {seed} km") for seed in range(7, 12)]
    ways = [variant(drawn(6), before=500), *circles]
    ahead, back = (specification_curve(tuple(one), pledge, plan) for one in (ways, ways[::-1]))
    assert ahead == back
    assert ahead is not None


def test_a_window_after_the_declared_end_is_not_tried(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan
) -> None:
    assert pledge.starts is not None
    brief = replace(pledge, ends=pledge.starts + timedelta(days=11))
    curve = specification_curve((variant(drawn(12), before=500),), brief, plan)
    assert curve is not None
    assert {(s.window_days, s.grace_days) for s in curve.specifications} == {(12, 0)}
    assert sum(s.planned for s in curve.specifications) == 2
    assert "after the declared term" in curve.left_out[0]


def test_what_the_days_do_not_allow_is_said(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan
) -> None:
    """A record that ends after 30 days, and one way to count whose record begins late."""
    ways = (variant(drawn(13, days=530), before=500),
            variant(drawn(14, days=130), before=100, area="within 10 km"))  # fmt: skip
    curve = specification_curve(ways, pledge, plan)
    assert curve is not None
    assert max(s.window_days + s.grace_days for s in curve.specifications) <= 30
    assert {s.area for s in curve.specifications} == {"as planned"}
    assert curve.placebo_dates == 400
    why = ("end after the record does", "begin after the first of the 400 days")
    assert [one in said for one, said in zip(why, curve.left_out, strict=True)] == [True, True]
    tried = len(curve.specifications) + sum(int(s.split()[0]) for s in curve.left_out)
    assert tried == 2 * GRID, "nothing is left out without being counted"


def test_a_short_record_is_turned_in_a_shorter_circle(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan
) -> None:
    curve = specification_curve((variant(drawn(15, days=150), before=100),), pledge, plan)
    assert curve is not None
    assert curve.placebo_dates == 128, "the days up to the planned window's end"
    assert [s.baseline for s in curve.specifications if s.planned] == [Baseline(days=28)]
    assert "need more than the 128 days" in curve.left_out[1]
    assert "the plan's own: 90 days before that leave out the last 30" in curve.left_out[-1]


def test_where_no_set_up_is_possible_there_is_no_curve(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan
) -> None:
    seen = variant(drawn(16), before=500)
    assert specification_curve((), pledge, plan) is None
    assert specification_curve((seen,), replace(pledge, starts=None), plan) is None
    assert specification_curve((variant([3] * 20, before=10),), pledge, plan) is None
    assert specification_curve((variant(drawn(17, days=510), before=500),), pledge, plan) is None
    assert specification_curve((variant(drawn(17), before=-40),), pledge, plan) is None
    assert specification_curve((variant([0] * 570, before=500),), pledge, plan) is None


def test_a_record_too_thin_for_a_set_up_is_said(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan
) -> None:
    """One event in eight days: a fortnight would hold fewer than five, eight weeks seven."""
    counts = [int(day % 8 == 0) for day in range(500 + AFTER)]
    curve = specification_curve((variant(counts, before=500),), pledge, plan)
    assert curve is not None
    assert {s.window_days for s in curve.specifications} == {42, 56}
    assert min(s.window_days / 8 for s in curve.specifications) >= FEWEST_EXPECTED
    assert "too thin" in curve.left_out[0]
    assert "the plan's own" in curve.left_out[1]


def test_a_rise_is_read_the_other_way_round(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan
) -> None:
    rises = replace(plan, question="rises", threshold=1.5)
    counts = drawn(18)
    counts[500:] *= 3
    curve = specification_curve((variant(counts, before=500),), pledge, rises)
    assert curve is not None
    assert curve.joint_p <= 0.05
    assert curve.share_agreeing == curve.share_reaching == 1.0
    assert 2.5 < curve.median_ratio < 3.5
    assert curve_step(curve, rises) is None
    fall = specification_curve((variant(counts, before=500),), pledge, plan)
    assert fall is not None
    assert fall.joint_p > 0.9
    assert fall.share_agreeing == 0.0


def flat(share: float, joint_p: float) -> Curve:
    return Curve(specifications=(), median_ratio=0.5, joint_p=joint_p, placebo_dates=400,
                 share_agreeing=share, share_reaching=0.5, left_out=())  # fmt: skip


def test_a_step_down_where_the_set_ups_do_not_bear_it_out(plan: Plan) -> None:
    assert curve_step(None, plan) is None
    assert curve_step(flat(0.8, plan.alpha), plan) is None
    few, often = curve_step(flat(0.797, 0.01), plan), curve_step(flat(1.0, 0.0525), plan)
    assert few is not None
    assert often is not None
    assert f"under {percent(0.8)}" in few.sentence
    assert "show a fall" in few.clause
    assert "of its own" in often.sentence
    rise = curve_step(flat(0.1, 0.9), replace(plan, question="rises"))
    assert rise is not None
    assert "show a rise" in rise.sentence


def test_a_real_fall_is_seen(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan, simulate: Simulate
) -> None:
    generator = np.random.default_rng(19)
    counts = simulate(generator, days=500 + AFTER, rho=0.5)
    counts[500:] = generator.binomial(counts[500:], 0.2)
    curve = specification_curve((variant(counts, before=500),), pledge, plan)
    assert curve is not None
    assert curve.joint_p <= 0.05
    assert curve.share_agreeing > 0.9
    assert curve_step(curve, plan) is None


def test_the_joint_test_keeps_its_size(
    variant: Callable[..., Variant], pledge: Pledge, plan: Plan, simulate: Simulate
) -> None:
    """Nothing changed: about one joint p in twenty is under .05, at three correlations."""
    generator = np.random.default_rng(20160315)
    found = []
    for rho in (0.0, 0.5, 0.8):
        for _ in range(110):
            wide = simulate(generator, days=470, rho=rho)
            narrow = generator.binomial(wide, 0.6)
            ways = variant(wide, before=400), variant(narrow, before=400, area="within 10 km")
            curve = specification_curve(ways, pledge, plan)
            assert curve is not None
            found.append(curve.joint_p)
    assert 0.02 <= np.mean(np.array(found) <= 0.05) <= 0.09
    assert 0.4 <= np.mean(found) <= 0.6
