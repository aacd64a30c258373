"""Time expressions on real text, and the scorer that measures them."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from bench.corpus.meantime import GoldTime, MeantimeDocument, meantime_documents
from bench.corpus.time_cases import time_cases
from bench.read.times import time_scores
from bench.read_times import ours_right, peer_right
from wordkept.model import Span, TimeExpression
from wordkept.reading.times import read_times

LEAST_VALUE_F1 = 0.78
"""What the issue asks on TimeML text; HeidelTime has .776 on TempEval-3."""


def found(number: int, start: int, end: int, value: str) -> TimeExpression:
    return TimeExpression(
        id=f"t{number}", span=Span(start=start, end=end), value=value, period=None
    )


def gold(start: int, end: int, value: str, *, creation: bool = False) -> GoldTime:
    return GoldTime(span=Span(start=start, end=end), value=value, sort="DATE", creation=creation)


def test_the_scores_are_those_of_tempeval() -> None:
    document = MeantimeDocument(
        id="1",
        topic="none",
        text="x" * 100,
        tokens=(),
        sentences=(Span(start=0, end=9), Span(start=10, end=20), Span(start=21, end=100)),
        annotated=60,
        created=date(2016, 3, 14),
        times=(
            gold(10, 20, "2016-03-14", creation=True),
            gold(22, 25, "2015"),
            gold(30, 40, "P6M"),
            gold(50, 55, "2014"),
        ),
    )
    read = (
        found(1, 10, 20, "2016-03-14"),  # the dateline is not scored
        found(2, 22, 25, "2015"),  # right to the letter
        found(3, 32, 40, "P6M"),  # overlaps, with the right value
        found(4, 50, 55, "2013"),  # right words, wrong value
        found(5, 57, 59, "2012"),  # nothing there
        found(6, 70, 75, "2011"),  # not annotated
    )
    scores = time_scores([document], lambda _text, _day: read)
    assert (scores.gold, scores.found) == (3, 4)
    assert scores.strict == pytest.approx(4 / 7)
    assert scores.relaxed == pytest.approx(6 / 7)
    assert scores.value == pytest.approx(4 / 7)


def test_meantime_is_read_whole(shared: Path) -> None:
    documents = meantime_documents(shared / "corpora" / "meantime_en")
    assert len(documents) == 120
    assert sum(len(one.times) for one in documents) == 488
    for one in documents:
        assert all(gold.span.end <= one.annotated for gold in one.times)
        words = [token.of(one.text) for token in one.tokens]
        assert "".join(words) == "".join(one.text.split())
        assert all(a.end <= b.start for a, b in pairwise(one.tokens))
    assert {one.part for one in documents} == {"develop", "held out"}


def test_value_f1_on_meantime_is_over_the_bar(shared: Path) -> None:
    documents = meantime_documents(shared / "corpora" / "meantime_en")
    assert time_scores(documents).value >= LEAST_VALUE_F1


def test_the_withdrawal_article_comes_right(shared: Path) -> None:
    article = shared / "articles" / "2016-03-14-withdrawal-announced.txt"
    text = article.read_text(encoding="utf-8")
    values = {one.span.of(text): one.value for one in read_times(text, date(2016, 3, 14))}
    assert values["Monday"] == "2016-03-14"
    assert values["Tuesday"] == "2016-03-15"
    assert values["October"] == "2015-10"
    assert values["30 September"] == "2015-09-30"
    assert values["six months"] == "P6M"


def test_the_bench_counts_a_peers_answer_with_good_will() -> None:
    cases = {case.words: case for case in time_cases()}
    assert all(ours_right(case) for case in cases.values())
    assert peer_right(cases["early 2016"], [date(2016, 8, 1)])
    assert not peer_right(cases["early 2016"], [date(2015, 8, 1)])
    assert peer_right(cases["03/04/2016"], [])
    assert not peer_right(cases["03/04/2016"], [date(2016, 4, 3)])
    assert peer_right(cases["six months"], ["P6M"])
    assert not peer_right(cases["six months"], [date(2016, 9, 14)])
