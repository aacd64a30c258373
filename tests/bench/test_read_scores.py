"""What counts as found: on cases small enough to be counted by hand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpus.gold import GoldPledge, GoldStatement, GoldText
from bench.read.pledges import paired, pledge_scores
from bench.read.scores import Score, exact, overlapping
from bench.read.statements import meets, statement_scores
from wordkept.model import Deed, ProposedPledge, ProposedTerm, Slot, Span
from wordkept.reading.attributed import Attributed


def at(start: int, end: int) -> Span:
    return Span(start=start, end=end)


def test_precision_recall_and_f1_are_what_they_are_called() -> None:
    one = Score(right_proposed=3, right_gold=2, proposed=4, gold=8)
    assert (one.precision, one.recall) == (0.75, 0.25)
    assert one.f1 == pytest.approx(0.375)
    assert str(one) == "0.375 (P 0.750, R 0.250, n 8)"


def test_nothing_found_of_nothing_is_no_division_by_zero() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0.0, 0.0, 0.0)
    assert Score(0, 0, 5, 0).f1 == Score(0, 0, 0, 5).f1 == 0.0


COUNTS = st.integers(0, 50)
SCORES = st.builds(Score, COUNTS, COUNTS, COUNTS, COUNTS)


@given(SCORES, SCORES, SCORES)
@settings(max_examples=50)
def test_scores_add_up_in_any_order(one: Score, other: Score, third: Score) -> None:
    assert one + other == other + one
    assert (one + other) + third == one + (other + third)
    assert one + Score() == one


def test_a_span_is_exact_or_is_not_and_is_counted_once() -> None:
    assert exact([at(0, 5), at(0, 5), at(6, 9)], [at(0, 5), at(6, 8)]) == Score(1, 1, 2, 2)


def test_spans_overlap_where_they_share_a_character() -> None:
    assert overlapping([at(0, 5), at(5, 9)], [at(4, 5)]) == Score(1, 1, 2, 1)
    assert overlapping([at(0, 20)], [at(1, 2), at(3, 4), at(20, 21)]) == Score(1, 2, 1, 3)


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(
    lambda one: at(one[0], one[0] + one[1])), max_size=6)  # fmt: skip


@given(SPANS, SPANS)
@settings(max_examples=100)
def test_no_more_is_right_than_there_is_and_exact_is_never_more_than_overlap(
    found: list[Span], gold: list[Span]
) -> None:
    same, near = exact(found, gold), overlapping(found, gold)
    for one in (same, near):
        assert 0 <= one.f1 <= 1
        assert one.right_proposed <= one.proposed
        assert one.right_gold <= one.gold
    assert same.right_proposed <= near.right_proposed
    assert exact(gold, gold).f1 == overlapping(gold, gold).f1 == bool(gold)


GOLD = GoldStatement(
    number="1", source=(at(0, 9),), cue=(at(10, 14),), content=(at(15, 30), at(40, 50))
)
TEXT = GoldText(id="one", text="x" * 60, published=None, style="made", statements=(GOLD,),
                layers={"statements": True, "pledges": True})  # fmt: skip


def found(
    source: tuple[Span, ...] = GOLD.source,
    cue: tuple[Span, ...] = GOLD.cue,
    content: tuple[Span, ...] = GOLD.content,
) -> Attributed:
    return Attributed(source=source, cue=cue, content=content, confidence=1)


def scored(*proposed: Attributed) -> dict[str, float]:
    return {name: one.f1 for name, one in statement_scores([TEXT], lambda _: proposed).items()}


def test_what_is_all_found_has_full_marks() -> None:
    assert set(scored(found()).values()) == {1.0}
    assert set(scored(found(content=GOLD.content[::-1])).values()) == {1.0}


def test_a_missing_piece_breaks_the_exact_triple_and_not_the_overlap() -> None:
    made = scored(found(content=GOLD.content[:1]))
    assert (made["linked exact"], made["linked overlap"]) == (0.0, 1.0)
    assert made["source exact"] == made["cue exact"] == 1.0
    assert made["content exact"] == pytest.approx(2 / 3)


def test_a_source_that_gold_has_not_breaks_the_link() -> None:
    assert not meets(found(source=()), GOLD)
    assert meets(found(source=()), replace(GOLD, source=()))
    assert not meets(found(), replace(GOLD, source=()))
    assert scored(found(source=()))["linked overlap"] == 0.0


def test_a_false_statement_costs_precision() -> None:
    wrong = found(source=(at(51, 52),), cue=(at(53, 54),), content=(at(55, 58),))
    assert scored(found(), wrong)["linked exact"] == pytest.approx(2 / 3)


def test_texts_whose_statements_were_not_annotated_count_for_nothing() -> None:
    assert statement_scores([replace(TEXT, layers={})], lambda _: [found()]) == {}


def gold_pledge(number: str, *terms: tuple[Slot, Span], deed: Deed = "withdraw") -> GoldPledge:
    return GoldPledge(number=number, deed=deed, status="announced", statement=None, terms=terms)


def pledge(name: str, *terms: tuple[Slot, Span], deed: Deed = "withdraw") -> ProposedPledge:
    return ProposedPledge(
        id=name, statement=None, deed=deed, status="announced", announced=None, starts=None,
        ends=None, leaves_open=(), terms=tuple(ProposedTerm(slot=a, span=b) for a, b in terms),
    )  # fmt: skip


def pledges_scored(gold: list[GoldPledge], *proposed: ProposedPledge) -> dict[str, Score]:
    return pledge_scores([replace(TEXT, pledges=tuple(gold))], {"one": proposed})


ACT: tuple[Slot, Span] = ("act", at(10, 14))
AREA: tuple[Slot, Span] = ("area", at(20, 25))


def test_a_pledge_is_found_by_its_act_once() -> None:
    gold = [gold_pledge("1", ACT, AREA)]
    made = pledges_scored(gold, pledge("p1", ACT, AREA), pledge("p2", ("act", at(13, 16))))
    assert made["detection"] == Score(1, 1, 2, 1)
    assert made["slot area"] == Score(1, 1, 1, 1)
    assert made["slot act"] == Score(1, 1, 2, 1)
    one, other = gold_pledge("1", ACT), gold_pledge("2", ("act", at(12, 18)))
    assert len(paired([one, other], [pledge("p1", ACT)])) == 1


def test_deed_and_status_are_right_of_found_pledges_alone() -> None:
    gold = [gold_pledge("1", ACT), gold_pledge("2", ("act", at(40, 44)))]
    made = pledges_scored(gold, pledge("p1", ACT, deed="attack"), pledge("p2", ("act", at(50, 52))))
    assert made["detection"] == Score(1, 1, 2, 2)
    assert made["deed"] == Score(0, 0, 2, 2)
    assert made["status"] == Score(1, 1, 2, 2)


def test_a_slot_of_the_wrong_name_or_of_a_pledge_that_was_not_found_is_wrong() -> None:
    gold = [gold_pledge("1", ACT, AREA)]
    assert pledges_scored(gold, pledge("p1", ACT, ("object", at(20, 25))))["slot area"].f1 == 0
    astray = pledges_scored(gold, pledge("p1", ("act", at(40, 41)), AREA))
    assert astray["slot area"] == Score(0, 0, 1, 1)


def test_texts_whose_pledges_were_not_annotated_count_for_nothing() -> None:
    gold = replace(TEXT, pledges=(gold_pledge("1", ACT),), layers={"statements": True})
    assert pledge_scores([gold], {}) == {}
