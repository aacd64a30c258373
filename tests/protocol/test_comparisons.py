"""What moved beside the pledged series: the numbers, and the words that they allow."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wordkept.model import Companion, Comparison, DailySeries, Plan, Pledge, Selection
from wordkept.protocol.comparisons import comparisons

SeriesOf = Callable[..., DailySeries]
Simulate = Callable[..., NDArray[np.int64]]
Beside = Literal["ring", "substitute", "elsewhere"]
BEFORE, DAYS = 372, 400
CAUSE = ("because", "caused", "due to", "led to", "in order to", "intend")


def counted(seed: int, *, rate: float = 4.0, after: float = 1.0) -> NDArray[np.int64]:
    """Poisson counts whose rate is multiplied in the last 28 days."""
    level = np.where(np.arange(DAYS) < BEFORE, rate, rate * after)
    return np.random.default_rng(seed).poisson(level)


@pytest.fixture
def tell(make_series: SeriesOf, pledge: Pledge, plan: Plan) -> Callable[..., Comparison]:
    def told(kind: Beside, counts: NDArray[np.int64] | list[int], *, area_after: float = 0.2,
             before: int = BEFORE) -> Comparison:  # fmt: skip
        area = make_series(counted(1, after=area_after), before=BEFORE)
        beside = make_series(counts, before=before)
        companion = Companion(kind=kind, label="the same within 50 km", series=beside)
        return comparisons((area,), (companion,), pledge, plan)[0]

    return told


def test_a_ring_that_rose_may_hold_what_moved(tell: Callable[..., Comparison]) -> None:
    said = tell("ring", counted(2, after=2.5))
    assert said.kind == "ring"
    assert said.ratio == pytest.approx(2.5, abs=0.6)
    assert said.p is not None
    assert said.p <= 0.05
    assert "may have moved, not stopped" in said.sentence
    assert said.sentence.startswith("The same within 50 km: ")


def test_a_ring_that_stood_or_fell_gives_no_sign(tell: Callable[..., Comparison]) -> None:
    for after in (1.0, 0.4):
        said = tell("ring", counted(3, after=after))
        assert "moved, not stopped" not in said.sentence
        assert "the record gives no sign that the events moved there" in said.sentence


def test_nothing_moved_there_where_the_area_did_not_fall(tell: Callable[..., Comparison]) -> None:
    said = tell("ring", counted(2, after=2.5), area_after=1.6)
    assert "moved, not stopped" not in said.sentence
    assert "did not move as pledged" in said.sentence


def test_a_substitute_that_rose_did_more_of_it(tell: Callable[..., Comparison]) -> None:
    said = tell("substitute", counted(4, after=2.5))
    assert "others did more of it" in said.sentence
    assert "no sign that others took over" in tell("substitute", counted(4)).sentence


def test_the_same_actor_elsewhere_is_asked_whether_it_fell(tell: Callable[..., Comparison]) -> None:
    fell = tell("elsewhere", counted(5, after=0.2))
    assert fell.p is not None
    assert fell.p <= 0.05
    assert "together with what it does not name" in fell.sentence
    rose = tell("elsewhere", counted(5, after=2.0))
    assert rose.p is not None
    assert rose.p > 0.5
    assert "no fall is seen" in rose.sentence


def test_a_thin_companion_could_hide_a_change(tell: Callable[..., Comparison]) -> None:
    said = tell("elsewhere", counted(6, rate=0.3))
    assert "could have gone unseen" in said.sentence


def test_one_that_enters_the_record_in_the_window_has_no_level_before(
    tell: Callable[..., Comparison],
) -> None:
    said = tell("substitute", [3] * 20, before=-8)
    assert (said.ratio, said.p) == (None, None)
    assert "no level before to hold it against; the window holds 60 events" in said.sentence


def test_a_record_that_ends_or_is_empty_gives_no_number(tell: Callable[..., Comparison]) -> None:
    ended = tell("ring", [2] * 380)
    assert (ended.ratio, ended.p) == (None, None)
    assert "does not cover the window" in ended.sentence
    empty = tell("ring", [0] * 400)
    assert (empty.ratio, empty.p) == (None, None)
    assert "no such event" in empty.sentence


def test_a_short_record_has_a_ratio_and_no_p(tell: Callable[..., Comparison]) -> None:
    said = tell("ring", counted(7)[-60:], before=32)
    assert said.ratio is not None
    assert said.p is None
    assert "too short" in said.sentence


def test_the_two_methods_stand_last_and_order_does_not_matter(
    make_series: SeriesOf, pledge: Pledge, plan: Plan
) -> None:
    area = make_series(counted(1, after=0.2), before=BEFORE)
    kinds: tuple[Beside, ...] = ("elsewhere", "ring", "substitute", "ring")
    beside = tuple(
        Companion(kind=kind, label=f"beside {n}", series=make_series(counted(n), before=BEFORE))
        for n, kind in enumerate(kinds)
    )
    said = comparisons((area,), beside, pledge, plan)
    assert [one.kind for one in said] == [
        "ring", "ring", "substitute", "elsewhere", "synthetic control", "regression",
    ]  # fmt: skip
    assert said == comparisons((area,), beside[::-1], pledge, plan)


def test_the_widest_attribution_is_the_one_compared(
    make_series: SeriesOf, pledge: Pledge, plan: Plan
) -> None:
    sure = make_series(counted(1), before=BEFORE)
    wide = make_series(counted(2, after=0.2), before=BEFORE, attribution="possible")
    assert comparisons((wide, sure), (), pledge, plan) == comparisons((wide,), (), pledge, plan)


def test_nothing_is_compared_where_no_rate_is_asked_for(
    make_series: SeriesOf, pledge: Pledge, plan: Plan
) -> None:
    area = make_series(counted(1), before=BEFORE)
    assert comparisons((area,), (), pledge, replace(plan, question="delivers")) == ()
    assert comparisons((), (), pledge, plan) == ()


def test_a_pledge_of_a_rise_asks_the_other_way_round(
    make_series: SeriesOf, pledge: Pledge, plan: Plan
) -> None:
    rising = replace(plan, question="rises")
    area = make_series(counted(1, after=3.0), before=BEFORE)
    ring = Companion(kind="ring", label="around",
                     series=make_series(counted(2, after=0.2), before=BEFORE))  # fmt: skip
    said = comparisons((area,), (ring,), pledge, rising)[0]
    assert said.p is not None
    assert said.p <= 0.05
    assert "drawn from there" in said.sentence


@given(
    counts=st.lists(st.integers(0, 9), min_size=60, max_size=430),
    before=st.integers(20, 400),
    kind=st.sampled_from(("ring", "substitute", "elsewhere")),
)
@settings(max_examples=40)
def test_whatever_is_beside_it_a_sentence_comes_out(
    counts: list[int], before: int, kind: Beside
) -> None:
    plan = Plan(question="falls", primary=Selection(dataset="made up"))
    starts = date(2016, 3, 15)
    pledge = Pledge(
        id="made-up", title="made up", actor="Blue", kind="reduce", act="reduce", object="raids",
        announced=starts, starts=starts, ends=None, magnitude=None, area=None, comparator=None,
        plan=plan,
    )  # fmt: skip
    series = DailySeries(
        dataset="made up", attribution="certain", role="primary", label="made-up events",
        start=starts - timedelta(days=before), counts=tuple(counts),
    )  # fmt: skip
    said = comparisons((series,), (Companion(kind=kind, label="beside", series=series),),
                       pledge, plan)  # fmt: skip
    for one in said:
        assert one.sentence.endswith(".")
        assert not any(word in one.sentence.lower() for word in CAUSE)
        assert one.ratio is None or one.ratio > 0
        assert one.p is None or 0 <= one.p <= 1
        assert one.ratio is not None or one.p is None
