"""From counts to a word: each verdict, each gate, each reason to step down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.model import (
    Assessment,
    Control,
    DailySeries,
    Finding,
    Fixing,
    Plan,
    Pledge,
    Selection,
    Term,
    Testability,
)
from wordkept.protocol.assessing import assess_pledge
from wordkept.protocol.evidence import Evidence, Setting
from wordkept.protocol.reading import Reading

BEFORE = 300
Make = Callable[..., DailySeries]


def steady(rate: int, days: int, seed: int = 5) -> list[int]:
    return [int(n) for n in np.random.default_rng(seed).poisson(rate, size=days)]


def assessed(pledge: Pledge, series: tuple[DailySeries, ...], **changes: Any) -> Assessment:
    plan = pledge.plan
    assert plan is not None
    evidence = {"releases": (), "findings": (), "primary": series, "controls": {}}
    setting = {
        "fixing": Fixing(plan="0" * 64, registered_at=None, before_data=False, record_known=True),
        "testability": Testability(terms=(), leaves_open=(), obstacles=()),
        "declared": (),
        "as_of": date(2017, 1, 1),
    }
    for key, value in changes.items():
        (evidence if key in evidence or key == "others" else setting)[key] = value
    return assess_pledge(pledge, Evidence(**evidence), Setting(**setting))  # type: ignore[arg-type]


@pytest.fixture
def fallen(make_series: Make) -> tuple[DailySeries, ...]:
    """Five a day before; one in ten days after, for as long as anybody looked."""
    return (make_series(steady(5, BEFORE) + [0] * 9 + [1] + [0] * 130, before=BEFORE),)


@pytest.fixture
def certain_only(pledge: Pledge) -> Pledge:
    plan = pledge.plan
    assert plan is not None
    return replace(
        pledge, plan=replace(plan, primary=replace(plan.primary, attributions=("certain",)))
    )


def test_kept(certain_only: Pledge, fallen: tuple[DailySeries, ...]) -> None:
    found = assessed(certain_only, fallen)
    assert found.verdict.word == "kept"
    assert found.durability is not None
    assert found.durability.first_lapse is None
    assert found.tipping is not None
    assert found.tipping.misattributed_events is not None


def test_misattributed_events_flip_it_and_one_fewer_does_not(
    certain_only: Pledge, fallen: tuple[DailySeries, ...]
) -> None:
    found = assessed(certain_only, fallen)
    assert found.tipping is not None
    flips = found.tipping.misattributed_events
    assert flips is not None
    plan = certain_only.plan
    assert plan is not None
    for added, over in ((flips, True), (flips - 1, False)):
        counts = list(fallen[0].counts)
        counts[BEFORE + 2] += added
        after = assessed(certain_only, (replace(fallen[0], counts=tuple(counts)),))
        assert after.range_high is not None
        assert (after.range_high > plan.threshold) is over


def test_not_kept_needs_no_long_history(certain_only: Pledge, make_series: Make) -> None:
    found = assessed(certain_only, (make_series([3] * 30 + [4] * 40, before=30),))
    assert found.p is None
    assert found.verdict.word == "not kept"


def test_a_short_history_never_says_kept(certain_only: Pledge, make_series: Make) -> None:
    found = assessed(certain_only, (make_series([5] * 40 + [0] * 40, before=40),))
    assert found.verdict.word == "cannot tell"
    assert "too short" in found.verdict.sentence


def test_a_thin_record_cannot_tell(certain_only: Pledge, make_series: Make) -> None:
    found = assessed(certain_only, (make_series([1, 0, 0, 0] * 75 + [0] * 60, before=300),))
    assert found.verdict.word == "cannot tell"
    assert any("too few" in gate for gate in found.verdict.gates)


def test_a_record_that_ends_inside_the_window_cannot_tell(
    certain_only: Pledge, make_series: Make
) -> None:
    found = assessed(certain_only, (make_series([5] * 300 + [0] * 27, before=300),))
    assert found.verdict.word == "cannot tell"
    assert found.estimates == ()


def test_no_events_at_all_cannot_tell(certain_only: Pledge) -> None:
    assert assessed(certain_only, ()).verdict.word == "cannot tell"


def test_a_finding_that_closes_a_gate_beats_every_count(
    certain_only: Pledge, fallen: tuple[DailySeries, ...]
) -> None:
    shut = Finding(check="field", outcome="failed", dataset="made up", closes_gate=True,
                   sentence="The actor's name is filled in only from April.")  # fmt: skip
    found = assessed(certain_only, fallen, findings=(shut,))
    assert found.verdict.word == "cannot tell"
    assert found.verdict.gates[0] == shut.sentence


def test_a_fall_that_lapses_is_at_most_partly_kept(certain_only: Pledge, make_series: Make) -> None:
    counts = steady(5, BEFORE) + [0] * 30 + [6] * 100
    found = assessed(certain_only, (make_series(counts, before=BEFORE),))
    assert found.verdict.word == "partly kept"
    assert found.durability is not None
    assert found.durability.first_lapse is not None
    assert date(2016, 4, 14) < found.durability.first_lapse < date(2016, 5, 14)


def test_a_record_that_ends_inside_the_term_never_says_kept(
    certain_only: Pledge, make_series: Make
) -> None:
    short = make_series(steady(5, BEFORE) + [0] * 9 + [1] + [0] * 50, before=BEFORE)
    found = assessed(certain_only, (short,))
    assert found.verdict.word == "partly kept"
    assert "The record ends on 13 May 2016" in found.verdict.steps_down[0]


def test_another_declaration_takes_it_a_step_down_and_several_reasons_are_one_step(
    certain_only: Pledge, make_series: Make, fallen: tuple[DailySeries, ...]
) -> None:
    other = replace(certain_only, id="other", title="A truce", starts=date(2016, 2, 27))
    found = assessed(certain_only, fallen, declared=(certain_only.declaration, other.declaration))
    assert found.verdict.word == "partly kept"
    assert found.concurrent[0].days_before == 17
    lapsing = make_series(steady(5, BEFORE) + [0] * 30 + [6] * 100, before=BEFORE)
    both = assessed(certain_only, (lapsing,), declared=(other.declaration,))
    assert both.verdict.word == "partly kept"
    assert len(both.verdict.steps_down) == 2


def test_a_pledge_that_something_stays_is_no_other_change(
    certain_only: Pledge, fallen: tuple[DailySeries, ...]
) -> None:
    stays = replace(certain_only, id="stays", kind="uphold")
    assert assessed(certain_only, fallen, declared=(stays.declaration,)).concurrent == ()


def test_a_control_that_fell_alike_takes_it_a_step_down_and_one_that_stood_does_not(
    certain_only: Pledge, make_series: Make, fallen: tuple[DailySeries, ...]
) -> None:
    plan = certain_only.plan
    assert plan is not None
    control = Control(selection=Selection(dataset="other"), reason="not bound", tells_apart=("x",))
    pledge = replace(certain_only, plan=replace(plan, controls=(control,)))
    alike = make_series(steady(5, BEFORE, seed=9) + [0] * 140, before=BEFORE)
    found = assessed(pledge, fallen, controls={0: alike})
    assert found.controls[0].survives is False
    assert found.verdict.word == "partly kept"
    stood = make_series(steady(5, BEFORE + 140, seed=9), before=BEFORE)
    other = replace(pledge, id="x", starts=date(2016, 2, 27))
    still = assessed(pledge, fallen, controls={0: stood}, declared=(other.declaration,))
    assert still.controls[0].survives is True
    assert still.concurrent[0].told_apart_by is not None
    assert still.verdict.word == "kept"


def test_a_ceasefire_is_held_to_its_letter(
    certain_only: Pledge, fallen: tuple[DailySeries, ...]
) -> None:
    plan = certain_only.plan
    assert plan is not None
    ceases = replace(plan, question="ceases", misclassified=0.0)
    found = assessed(replace(certain_only, plan=ceases), fallen)
    assert found.verdict.word == "partly kept"
    assert "pledge to cease" in found.verdict.steps_down[0]


def test_another_record_that_says_the_opposite_takes_it_a_step_down(
    certain_only: Pledge, make_series: Make, fallen: tuple[DailySeries, ...]
) -> None:
    rose = replace(make_series(steady(5, BEFORE) + [9] * 140, before=BEFORE), dataset="other")
    found = assessed(certain_only, fallen, others=((rose,),))
    assert found.verdict.word == "partly kept"
    assert "other" in found.verdict.steps_down[0]


def test_bounds_that_disagree_cannot_tell(
    pledge: Pledge, make_series: Make, fallen: tuple[DailySeries, ...]
) -> None:
    wide = make_series(steady(8, BEFORE + 140), before=BEFORE, attribution="possible")
    plan = pledge.plan
    assert plan is not None
    both = replace(plan, primary=replace(plan.primary, attributions=("certain", "possible")))
    found = assessed(replace(pledge, plan=both), (*fallen, wide))
    assert found.verdict.word == "cannot tell"


def test_a_rise_is_a_fall_turned_over(certain_only: Pledge, make_series: Make) -> None:
    plan = certain_only.plan
    assert plan is not None
    rising = replace(certain_only, plan=replace(plan, question="rises", threshold=2.0))
    counts = steady(2, BEFORE) + [20] * 140
    assert assessed(rising, (make_series(counts, before=BEFORE),)).verdict.word == "kept"
    flat = steady(2, BEFORE + 140)
    assert assessed(rising, (make_series(flat, before=BEFORE),)).verdict.word != "kept"


def test_what_cannot_be_tested_says_why(
    certain_only: Pledge, fallen: tuple[DailySeries, ...]
) -> None:
    shut = Testability(
        terms=(Term(name="from when", said=None, rules_out="No start is named."),),
        leaves_open=("from when",),
        obstacles=("No day is named from which it holds.",),
    )
    found = assessed(certain_only, fallen, testability=shut)
    assert found.verdict.word == "not testable"
    assert found.verdict.sentence == "Not testable: no day is named from which it holds."


@settings(max_examples=60)
@given(
    low=st.floats(0.001, 3), width=st.floats(1.0, 3), p=st.none() | st.floats(0.0001, 1),
    void=st.booleans(), threshold=st.floats(0.1, 0.9),
)  # fmt: skip
def test_the_word_never_outruns_the_record(
    low: float, width: float, p: float | None, void: bool, threshold: float
) -> None:
    reading = Reading(low=low, high=low * width, threshold=threshold, p=p, void=void, alpha=0.05)
    if reading.word in {"kept", "partly kept"}:
        assert p is not None
        assert p <= 0.05
        assert not void
    if reading.word == "kept":
        assert reading.high <= threshold
    if reading.word == "not kept":
        assert reading.low > threshold


def test_nothing_after_the_window_moves_the_estimates(
    certain_only: Pledge, fallen: tuple[DailySeries, ...]
) -> None:
    counts = list(fallen[0].counts)
    later = (*counts[: BEFORE + 28], *[50] * (len(counts) - BEFORE - 28))
    first = assessed(certain_only, fallen).estimates
    second = assessed(certain_only, (replace(fallen[0], counts=later),)).estimates
    assert first == second


def test_windows_do_not_depend_on_counts(certain_only: Pledge, make_series: Make) -> None:
    days = BEFORE + 140
    some = assessed(certain_only, (make_series(steady(5, days), before=BEFORE),)).estimates
    more = assessed(certain_only, (make_series(steady(9, days, seed=2), before=BEFORE),)).estimates
    assert [(e.baseline_period, e.window) for e in some] == [
        (e.baseline_period, e.window) for e in more
    ]
    assert some[0].window.start == certain_only.starts
    assert some[1].baseline_period.end == date(2016, 3, 15) - timedelta(days=31)


def test_a_baseline_the_record_does_not_reach_is_said(
    certain_only: Pledge, make_series: Make
) -> None:
    found = assessed(certain_only, (make_series([5] * 15 + [5] * 60, before=15),))
    said = [one.sentence for one in found.findings if one.check == "baseline"]
    assert any("has only 15 days" in sentence for sentence in said)
    assert any("could not be used" in sentence for sentence in said)


def test_the_plan_of_a_made_up_pledge_is_the_default(plan: Plan) -> None:
    assert plan.window_days == 28
    assert plan.reporting_allowance == 1.25


def test_a_void_p_never_says_kept() -> None:
    sure = Reading(low=0.1, high=0.2, threshold=0.5, p=0.001, void=False, alpha=0.05)
    assert sure.word == "kept"
    assert replace(sure, void=True).word == "cannot tell"


def test_the_range_is_wider_than_the_ratio_by_the_allowance_either_way(
    certain_only: Pledge, make_series: Make
) -> None:
    counts = steady(5, BEFORE) + [2] * 140
    for one in assessed(certain_only, (make_series(counts, before=BEFORE),)).estimates:
        assert one.ratio is not None
        assert one.ratio_low == pytest.approx(one.ratio / 1.25)
        assert one.ratio_high == pytest.approx(one.ratio * 1.25)


def test_a_lapse_is_a_fortnight_back_within_the_allowance(
    certain_only: Pledge, make_series: Make
) -> None:
    """Ten a day before; nine a day again is back, though short of ten; seven is not."""
    for rate, back in ((9, True), (7, False)):
        counts = [10] * BEFORE + [0] * 30 + [rate] * 100
        found = assessed(certain_only, (make_series(counts, before=BEFORE),))
        assert found.durability is not None
        assert (found.durability.first_lapse is not None) is back


def test_the_p_is_that_of_the_worst_bound(pledge: Pledge, make_series: Make) -> None:
    plan = pledge.plan
    assert plan is not None
    both = replace(plan, primary=replace(plan.primary, attributions=("certain", "possible")))
    clear = make_series(steady(5, BEFORE) + [0] * 140, before=BEFORE)
    dull = make_series(steady(5, BEFORE + 140, seed=3), before=BEFORE, attribution="possible")
    found = assessed(replace(pledge, plan=both), (clear, dull))
    alone = max(one.p for one in found.estimates if one.attribution == "certain" and one.p)
    assert found.p is not None
    assert found.p > alone


def test_a_difference_that_is_ordinary_does_not_survive_its_control(
    certain_only: Pledge, make_series: Make
) -> None:
    """The pledged series fell a little more than its control, as it often does."""
    plan = certain_only.plan
    assert plan is not None
    control = Control(selection=Selection(dataset="other"), reason="not bound")
    pledge = replace(certain_only, plan=replace(plan, controls=(control,)))
    swings = [9, 1] * (BEFORE // 20)
    wild = [rate for rate in swings for _ in range(10)] + [2] * 140
    steadier = make_series(steady(5, BEFORE, seed=9) + [3] * 140, before=BEFORE)
    found = assessed(pledge, (make_series(wild, before=BEFORE),), controls={0: steadier})
    (result,) = found.controls
    assert result.adjusted_ratio is not None
    assert result.adjusted_ratio < 1
    assert result.survives is False


def test_a_day_that_weighs_over_a_tenth_of_a_baseline_is_named(
    certain_only: Pledge, make_series: Make
) -> None:
    counts = [5] * (BEFORE - 10) + [30] + [5] * 9 + [1] * 140
    found = assessed(certain_only, (make_series(counts, before=BEFORE),))
    (heavy,) = [one.sentence for one in found.findings if one.check == "heavy day"]
    assert heavy.startswith("5 March 2016 alone holds 30 of the 165 events")
