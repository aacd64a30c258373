"""Pledges that are not about a rate: what each count comes to, and what would tip it."""

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
    Attribution,
    DailySeries,
    Finding,
    Fixing,
    Parts,
    Plan,
    Pledge,
    Selection,
    Tally,
    Testability,
)
from wordkept.protocol.assessing import assess_pledge
from wordkept.protocol.concurrent import concurrent_declarations
from wordkept.protocol.evidence import Evidence, Setting
from wordkept.protocol.kinds import asked_days
from wordkept.protocol.only import reckon_only, tallied

Make = Callable[..., DailySeries]
BOUNDS: tuple[Attribution, ...] = ("certain", "possible")
PRIMARY = Selection(dataset="made up", label="made-up events")
LATE = Finding(
    check="completeness", outcome="failed", dataset="made up", sentence="It is too early.",
    closes_gate=True,
)  # fmt: skip


def only(**changes: Any) -> Plan:
    return Plan(question="only", primary=PRIMARY, threshold=0.1, **changes)


def parts(*numbers: tuple[int, int, int]) -> tuple[Parts, ...]:
    return tuple(
        Parts(attribution=bound, within=within, outside=outside, unplaced=unplaced)
        for bound, (within, outside, unplaced) in zip(BOUNDS, numbers, strict=False)
    )


def tally(within: int, outside: int, total: int, published: date = date(2016, 9, 1)) -> Tally:
    return Tally(
        counted_by="A newsroom", citation="its page", url=None, published=published,
        unit="videos", total=total, within=within, outside=outside,
    )  # fmt: skip


def assessed(
    pledge: Pledge, plan: Plan, series: tuple[DailySeries, ...] = (), **given_: Any
) -> Assessment:
    evidence = Evidence(
        releases=(), findings=given_.get("findings", ()), primary=series, controls={},
        parts=given_.get("parts", ()),
    )  # fmt: skip
    fixing = Fixing(plan="0" * 64, registered_at=None, before_data=False, record_known=True)
    setting = Setting(
        fixing=fixing, testability=Testability(terms=(), leaves_open=(), obstacles=()),
        declared=(), as_of=date(2017, 1, 1),
    )  # fmt: skip
    return assess_pledge(replace(pledge, plan=plan), evidence, setting)


@pytest.mark.parametrize(
    ("numbers", "word"),
    [
        (((1, 14, 45),), "not kept"),
        (((46, 14, 0),), "not kept"),
        (((50, 10, 0),), "cannot tell"),
        (((53, 7, 0),), "cannot tell"),  # over a tenth, and no more than errors on top of it
        (((57, 2, 1),), "kept"),
        (((57, 2, 5),), "cannot tell"),
        (((6, 0, 0),), "cannot tell"),  # too few to call it kept
        (((1, 5, 0),), "not kept"),  # few, and well attributed
        (((30, 5, 0), (200, 5, 0)), "cannot tell"),  # a seventh at one bound, few at the other
        (((10, 8, 0), (12, 40, 0)), "not kept"),
        (((0, 0, 0),), "cannot tell"),
    ],
)
def test_only(numbers: tuple[tuple[int, int, int], ...], word: str) -> None:
    assert reckon_only(only(), parts(*numbers), ()).verdict.word == word


def test_the_sentence_of_a_published_count_says_whose_and_of_how_many(pledge: Pledge) -> None:
    found = assessed(pledge, only(tally=tally(1, 14, 60)))
    assert found.verdict.sentence == (
        "Not kept: of 60 videos, A newsroom's count puts at least 14 (23 %) outside what was "
        "declared, where up to 6 (10 %) would count as kept; 45 could not be sorted."
    )
    assert found.count is not None
    assert (found.count.low, found.count.high, found.count.of) == (14, 59, 60)
    assert found.count.by_misclassification == pytest.approx(3.0)
    assert found.count.p is not None
    assert found.count.p < 0.01
    assert found.estimates == ()


def test_a_record_that_may_not_be_believed_cannot_tell(pledge: Pledge) -> None:
    found = assessed(pledge, only(), parts=parts((1, 14, 45)), findings=(LATE,))
    assert found.verdict.word == "cannot tell"
    assert found.verdict.gates == ("It is too early.",)


def test_more_misclassification_takes_not_kept_away() -> None:
    numbers = parts((50, 10, 0))
    assert reckon_only(only(misclassified=0.0), numbers, ()).verdict.word == "not kept"
    assert reckon_only(only(misclassified=0.2), numbers, ()).verdict.word == "cannot tell"


@settings(max_examples=60)
@given(st.tuples(*[st.integers(0, 60)] * 3), st.integers(0, 20))
def test_sorting_what_is_unplaced_never_turns_a_verdict_over(
    numbers: tuple[int, int, int], moved: int
) -> None:
    within, outside, _ = numbers
    words = [
        reckon_only(only(), parts((within + into, outside + moved - into, 0)), ()).verdict.word
        for into in (0, moved)
    ]
    before = reckon_only(only(), parts((within, outside, moved)), ()).verdict.word
    assert before == "cannot tell" or set(words) == {before}


@settings(max_examples=60)
@given(st.integers(0, 60), st.integers(1, 60))
def test_the_tipping_point_of_not_kept_flips_it_and_one_fewer_does_not(
    within: int, outside: int
) -> None:
    found = reckon_only(only(), parts((within, outside, 0)), ())
    if found.verdict.word != "not kept" or found.count is None:
        return
    flips = int(found.count.tipping.split(" if ")[1].split()[0])
    at = parts((within + flips, outside - flips, 0))
    short = parts((within + flips - 1, outside - flips + 1, 0))
    assert reckon_only(only(), at, ()).verdict.word != "not kept"
    assert reckon_only(only(), short, ()).verdict.word == "not kept"


def test_errors_alone_seldom_break_a_pledge_that_was_kept_to_the_bar() -> None:
    generator = np.random.default_rng(7)
    plan, broken = only(), 0
    for _ in range(1000):
        outside = 6 + int(generator.binomial(54, plan.misclassified))
        count = tally(60 - outside, outside, 60)
        broken += reckon_only(plan, tallied(count), ()).verdict.word == "not kept"
    assert broken <= 0.06 * 1000


def delivers(pledge: Pledge, **changes: Any) -> tuple[Pledge, Plan]:
    plan = Plan(question="delivers", primary=PRIMARY, threshold=1.0, amount=100, **changes)
    assert pledge.starts is not None
    return replace(pledge, ends=pledge.starts + timedelta(days=9)), plan


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (10, 10, "kept"),
        (10, 12, "kept"),
        (6, 9, "partly kept"),
        (5, 5, "partly kept"),
        (1, 4, "not kept"),
        (9, 11, "cannot tell"),
        (4, 6, "cannot tell"),
    ],
)
def test_a_delivery(pledge: Pledge, make_series: Make, low: int, high: int, word: str) -> None:
    bound, plan = delivers(pledge)
    series = tuple(
        make_series([9] * 5 + [each] * 10 + [50] * 3, before=5, attribution=name)
        for each, name in ((low, "certain"), (high, "possible"))
    )
    found = assessed(bound, plan, series)
    assert found.verdict.word == word
    assert found.count is not None
    assert (found.count.low, found.count.high) == (low * 10, high * 10)


def test_a_delivery_on_record_is_kept_though_rows_may_come_and_a_short_one_is_not_yet_told(
    pledge: Pledge, make_series: Make
) -> None:
    bound, plan = delivers(pledge)
    whole, short = (make_series([each] * 10, before=0) for each in (10, 1))
    assert assessed(bound, plan, (whole,), findings=(LATE,)).verdict.word == "kept"
    assert assessed(bound, plan, (short,), findings=(LATE,)).verdict.word == "cannot tell"
    assert assessed(bound, plan).verdict.word == "cannot tell"


def test_a_published_count_of_deliveries(pledge: Pledge) -> None:
    bound, plan = delivers(pledge, tally=tally(100, 0, 120))
    assert assessed(bound, plan).verdict.word == "kept"
    early = replace(plan, tally=tally(10, 90, 100, published=date(2016, 3, 20)))
    found = assessed(bound, early)
    assert found.verdict.word == "cannot tell"
    assert "before the day" in found.verdict.sentence
    later = replace(plan, tally=tally(10, 90, 100))
    assert assessed(bound, later).verdict.word == "not kept"


def holds() -> Plan:
    return Plan(question="holds", primary=PRIMARY, threshold=0.8, stretch_days=10, horizon_days=105)


def there(shown: str, *, before: int = 200, rate: int = 1) -> list[int]:
    """Days before, then ten for each letter: `x` where it shows once."""
    days = [[rate] * before] + [[int(mark == "x")] + [0] * 9 for mark in shown]
    return [n for each in days for n in each] + [0] * 5


@pytest.mark.parametrize(
    ("shown", "word"),
    [
        ("xxxxxxxxxx", "kept"),
        ("xxxx.xxx.x", "kept"),
        ("xxxxxx....", "partly kept"),
        ("xxx.......", "not kept"),
        ("..........", "not kept"),
    ],
)
def test_upkeep(pledge: Pledge, make_series: Make, shown: str, word: str) -> None:
    found = assessed(pledge, holds(), (make_series(there(shown), before=200),))
    assert found.verdict.word == word, found.verdict
    assert found.count is not None
    assert found.count.of == 10
    assert "5 days make no whole stretch" in found.count.sentence


def test_empty_stretches_that_ordinary_gaps_would_leave_do_not_tell(
    pledge: Pledge, make_series: Make
) -> None:
    """Before, the record shows it in bursts: half of all stretches are empty."""
    bursts = ([6] * 15 + [0] * 25) * 5
    counts = bursts + there("xxxxxx....", before=0)
    found = assessed(pledge, holds(), (make_series(counts, before=200),))
    assert found.verdict.word == "cannot tell"
    assert "ordinary gaps" in found.verdict.sentence


def test_a_thin_record_or_one_that_ends_closes_the_gate(pledge: Pledge, make_series: Make) -> None:
    thin = [1] + [0] * 29
    found = assessed(
        pledge, holds(), (make_series(thin * 7 + there("." * 10, before=0), before=210),)
    )
    assert found.verdict.word == "cannot tell"
    assert "an empty one says little" in found.verdict.sentence
    ended = assessed(pledge, holds(), (make_series(there("xxx")[:-5], before=200),))
    assert ended.verdict.word == "cannot tell"
    assert "only to" in ended.verdict.sentence
    assert assessed(pledge, holds()).verdict.word == "cannot tell"


def test_the_letter_of_a_pledge_to_cease_allows_what_mistakes_would_give(
    pledge: Pledge, plan: Plan, make_series: Make
) -> None:
    steady = [int(n) for n in np.random.default_rng(5).poisson(5, size=300)]
    ceases = replace(plan, question="ceases", primary=replace(PRIMARY, attributions=("certain",)))
    few, many = ([0] * 9 + [each] + [0] * 130 for each in (3, 30))
    kept = assessed(pledge, ceases, (make_series(steady + few, before=300),))
    assert kept.verdict.word == "kept"
    assert kept.count is not None
    assert (kept.count.low, kept.count.p is not None and kept.count.p > 0.05) == (3, True)
    stepped = assessed(pledge, ceases, (make_series(steady + many, before=300),))
    assert stepped.verdict.word == "partly kept"
    assert "30 events at certain attribution" in stepped.verdict.steps_down[0]
    rate = assessed(pledge, replace(ceases, question="falls"),
                    (make_series(steady + many, before=300),))  # fmt: skip
    assert (rate.verdict.word, rate.count) == ("kept", None)


def test_a_rise_tips_by_events_too(pledge: Pledge, plan: Plan, make_series: Make) -> None:
    steady = [int(n) for n in np.random.default_rng(5).poisson(5, size=300)]
    rises = replace(plan, question="rises", threshold=2.0,
                    primary=replace(PRIMARY, attributions=("certain",)))  # fmt: skip
    found = assessed(pledge, rises, (make_series(steady + [25] * 28, before=300),))
    assert found.verdict.word == "kept"
    assert found.tipping is not None
    flips = found.tipping.misattributed_events
    assert flips is not None
    for taken, word in ((flips, "cannot tell"), (flips - 1, "kept")):
        window = [25] * 28
        for place in range(taken):
            window[place % 28] -= 1
        at = assessed(pledge, rises, (make_series(steady + window, before=300),))
        assert at.verdict.word == word


def test_a_pledge_of_which_ones_announces_no_change_of_a_rate(
    pledge: Pledge, plan: Plan, make_series: Make
) -> None:
    series = (make_series([5] * 328, before=300),)
    estimates = assessed(pledge, plan, series).estimates
    other = replace(pledge, id="other", plan=only())

    def concurrent(one: Pledge) -> int:
        return len(concurrent_declarations(pledge, plan, estimates, (), (one.declaration,)))

    assert concurrent(other) == 0
    assert concurrent(replace(other, plan=plan)) == 1


def test_each_question_is_asked_of_its_own_days(pledge: Pledge, plan: Plan) -> None:
    bound, delivery = delivers(pledge)
    assert [len(days) for days in asked_days(bound, delivery)] == [10, 10]
    assert [len(days) for days in asked_days(pledge, only())] == [28, 28]
    assert [len(days) for days in asked_days(pledge, holds())] == [105, 105]
    assert [len(days) for days in asked_days(pledge, plan)] == [148, 28]
