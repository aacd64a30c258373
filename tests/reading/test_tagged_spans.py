"""Spans from labels, and how sure the tagger is of each."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.model import Span
from wordkept.reading.attributed import Attributed
from wordkept.reading.tagged_spans import class_of, role_spans, term_spans
from wordkept.reading.tagger import Tagged
from wordkept.reading.tags import ROLES, TERMS, begun, inside, label_count
from wordkept.reading.words import words

TEXT = "The envoy said guns go"
SURE = 0.8


def tagged(head: str, labels: list[int], columns: int) -> Tagged:
    """A tagger that is as sure as SURE of these labels."""
    rows = np.full((len(labels), columns), (1 - SURE) / (columns - 1), dtype=np.float32)
    rows[range(len(labels)), labels] = SURE
    return Tagged(words=words(TEXT), scores={head: np.log(rows)})


def statement(head: str) -> Tagged:
    return tagged(head, [begun(0), inside(0), begun(1), begun(2), inside(2)], label_count(ROLES))


@pytest.mark.parametrize("head", ["outer", "inner"])
def test_the_spans_of_a_head_are_the_words_of_its_labels(head: str) -> None:
    found = role_spans(TEXT, statement(head), head)
    assert [(one.role, one.span.of(TEXT)) for one in found] == [
        ("source", "The envoy"), ("cue", "said"), ("content", "guns go"),
    ]  # fmt: skip
    assert [one.confidence for one in found] == pytest.approx([SURE] * 3, rel=1e-3)


def test_terms_are_named_by_their_slots() -> None:
    act = TERMS.index("act")
    labels = [0, 0, 0, begun(0), begun(act)]
    found = term_spans(TEXT, tagged("terms", labels, label_count(TERMS)))
    assert [(one.role, one.span.of(TEXT)) for one in found] == [(TERMS[0], "guns"), ("act", "go")]


def test_two_terms_of_a_kind_with_no_word_between_are_one() -> None:
    act = TERMS.index("act")
    one = tagged("terms", [0, begun(act), begun(act), begun(0), begun(act)], label_count(TERMS))
    found = term_spans(TEXT, one)
    assert [term.span.of(TEXT) for term in found] == ["envoy said", "guns", "go"]


@pytest.mark.parametrize(
    ("between", "roles"), [("to", ["start", "end"]), ("until", ["start", "end"]),
                           ("said", ["start", "start"])],
)  # fmt: skip
def test_the_second_day_of_a_stretch_is_its_end(between: str, roles: list[str]) -> None:
    start = TERMS.index("start")
    text = f"from Monday {between} Sunday it"
    labels = [0, begun(start), 0, begun(start), 0]
    rows = tagged("terms", labels, label_count(TERMS)).scores
    found = term_spans(text, Tagged(words=words(text), scores=rows))
    assert [one.role for one in found] == roles


def test_where_a_rule_found_the_same_span_the_surer_counts() -> None:
    said = Attributed(
        source=(Span(start=0, end=9),), cue=(Span(start=10, end=14),), content=(), confidence=0.97
    )
    source, cue, content = role_spans(TEXT, statement("outer"), "outer", [said])
    assert (source.confidence, cue.confidence) == (0.97, 0.97)
    assert content.confidence < 0.97
    doubtful = role_spans(TEXT, statement("outer"), "outer", [replace(said, confidence=0.1)])
    assert doubtful[0].confidence == pytest.approx(SURE, rel=1e-3)


def test_a_class_is_that_of_the_words_inside_the_span() -> None:
    one = tagged("deed", [1, 1, 0, 2, 2], 3)
    assert class_of(one, "deed", Span(start=0, end=9))[0] == 1
    assert class_of(one, "deed", Span(start=0, end=9))[1] == pytest.approx(SURE, rel=1e-3)
    assert class_of(one, "deed", Span(start=10, end=14))[0] == 0
    assert class_of(one, "deed", Span(start=15, end=22))[0] == 2


@given(text=st.text(max_size=200))
@settings(max_examples=80)
def test_spans_are_whole_words_in_order_and_as_sure_as_a_probability(wild: Any, text: str) -> None:
    found = wild.tagger.tag(text)
    starts = {word.start for word in found.words}
    ends = {word.end for word in found.words}
    for spans in (
        role_spans(text, found, "outer"), role_spans(text, found, "inner"), term_spans(text, found),
    ):  # fmt: skip
        for one in spans:
            assert one.span.start in starts
            assert one.span.end in ends
            assert 0 < one.confidence <= 1.0001
            number, sure = class_of(found, "deed", one.span)
            assert 0 <= number < found.scores["deed"].shape[1]
            assert 0 < sure <= 1.0001
        assert [one.span for one in spans] == sorted(one.span for one in spans)
