"""Many pledges together: adjusted p-values, symmetry, histories."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from wordkept.model import (
    Assessment,
    Baseline,
    Fixing,
    Plan,
    Pledge,
    Selection,
    Testability,
    Verdict,
    Word,
)
from wordkept.protocol.board import adjusted, board_of, discoveries

ES = st.lists(st.floats(0.0, 1000.0), min_size=1, max_size=12)
PS = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20)


def found(pledge: Pledge, word: Word, p: float | None) -> Assessment:
    return Assessment(
        pledge=pledge,
        fixing=Fixing(plan="0" * 64, registered_at=None, before_data=False, record_known=True),
        as_of=date(2017, 1, 1),
        releases=(),
        testability=Testability(terms=(), leaves_open=(), obstacles=()),
        p=p,
        verdict=Verdict(word=word, sentence="", why_not_higher=(), why_not_lower=()),
    )


@given(PS)
@settings(max_examples=60)
def test_adjusted_values_are_those_of_benjamini_and_hochberg(ps: list[float]) -> None:
    assert np.allclose(adjusted(ps), false_discovery_control(ps), atol=1e-9)


@given(PS, st.randoms())
@settings(max_examples=30)
def test_the_order_of_the_board_changes_nothing(ps: list[float], random: object) -> None:
    places = list(range(len(ps)))
    random.shuffle(places)  # type: ignore[attr-defined]
    shuffled = adjusted([ps[place] for place in places])
    assert [adjusted(ps)[place] for place in places] == pytest.approx(list(shuffled))


@given(ES)
@settings(max_examples=60)
def test_discoveries_are_those_of_wang_and_ramdas(es: list[float]) -> None:
    """The largest k of which k e-values are at least K / (alpha k), counted the long way."""
    enough = [k for k in range(1, len(es) + 1) if sum(e >= len(es) / (0.05 * k) for e in es) >= k]
    least = len(es) / (0.05 * max(enough)) if enough else float("inf")
    assert discoveries(es) == tuple(e >= least for e in es)


@given(ES, st.data())
@settings(max_examples=60)
def test_more_evidence_for_one_takes_away_no_discovery(
    es: list[float], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(es) - 1))
    more = [*es[:place], es[place] + data.draw(st.floats(0.0, 500.0)), *es[place + 1 :]]
    assert all(now or not before for before, now in zip(discoveries(es), discoveries(more),
                                                        strict=True))  # fmt: skip
    assert discoveries(es[::-1]) == discoveries(es)[::-1]
    assert all(now or not before for before, now in zip(discoveries(es, 0.05), discoveries(es, 0.1),
                                                        strict=True))  # fmt: skip


def test_false_discoveries_are_a_share_of_all() -> None:
    """Three bets on nothing, the boldest that can be laid: found in 5 % of boards, not in 14 %."""
    generator = np.random.default_rng(20160315)
    for stake in (20.0, 60.0):
        boards = np.where(generator.random((8000, 3)) < 1 / stake, stake, 0.0)
        found = np.mean([any(discoveries(row)) for row in boards.tolist()])
        assert found <= 0.056
    assert found > 0.04, "at 60 the rule gives away nothing"


def test_one_alone_is_found_where_the_alarm_is() -> None:
    assert (discoveries([20.0]), discoveries([19.9]), discoveries([])) == ((True,), (False,), ())
    assert discoveries([20.0, 1.0]) == (False, False)


def test_a_verdict_may_fall_with_the_number_of_pledges(pledge: Pledge) -> None:
    alone = board_of((found(pledge, "kept", 0.04),)).adjusted[0]
    assert alone.stands
    assert alone.q == 0.04
    others = tuple(
        found(replace(pledge, id=f"p{n}"), "cannot tell", 0.5 + n / 20) for n in range(5)
    )
    among = board_of((found(pledge, "kept", 0.04), *others)).adjusted
    assert among[0].stands is False
    assert among[0].q == pytest.approx(0.24)
    assert [one.stands for one in among[1:]] == [None] * 5


def test_a_pledge_without_a_p_does_not_count_among_the_tests(pledge: Pledge) -> None:
    mute = found(replace(pledge, id="mute"), "not testable", None)
    first, second = board_of((found(pledge, "partly kept", 0.04), mute)).adjusted
    assert (first.q, second.q, second.stands) == (0.04, None, None)


def test_the_same_plan_for_the_other_party_is_symmetry(pledge: Pledge, plan: Plan) -> None:
    theirs = replace(
        pledge,
        id="theirs",
        actor="Red",
        title="Red's pledge",
        plan=replace(plan, primary=replace(plan.primary, actors=("Red",), areas=("Hills",))),
    )
    ours = replace(pledge, counterpart="theirs")
    one = board_of((found(ours, "kept", 0.01), found(theirs, "not kept", 0.6))).symmetries[0]
    assert one.same_plan
    assert one.sentence == "The same plan was run on Red's pledge (Red): not kept."


def test_another_plan_for_the_other_party_is_said_with_its_keys(pledge: Pledge, plan: Plan) -> None:
    harder = replace(
        plan,
        threshold=0.2,
        baselines=(Baseline(days=90),),
        primary=Selection(dataset="made up", event_types=("shelling",)),
    )
    theirs = replace(pledge, id="theirs", plan=harder)
    ours = replace(pledge, counterpart="theirs")
    one = board_of((found(ours, "kept", 0.01), found(theirs, "kept", 0.01))).symmetries[0]
    assert one.same_plan is False
    assert one.differs == ("threshold", "baselines", "primary")


def test_where_nobody_else_was_asked_the_board_says_so(pledge: Pledge) -> None:
    for counterpart in (None, "nowhere"):
        one = board_of((found(replace(pledge, counterpart=counterpart), "kept", 0.01),))
        assert one.symmetries[0].same_plan is None
        assert "No other party's" in one.symmetries[0].sentence


def test_a_history_counts_words_and_names_pledges_and_gives_no_score(pledge: Pledge) -> None:
    board = board_of(
        (
            found(pledge, "kept", 0.01),
            found(replace(pledge, id="second"), "kept", 0.02),
            found(replace(pledge, id="third"), "cannot tell", 0.3),
            found(replace(pledge, id="fourth", actor="Red"), "not testable", None),
        )
    )
    blue, red = board.histories
    assert blue.verdicts == (("kept", ("made-up", "second")), ("cannot tell", ("third",)))
    assert red.verdicts == (("not testable", ("fourth",)),)
