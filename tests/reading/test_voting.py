"""The rules' vote, and contents that a statement inside them had broken."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.model import Span
from wordkept.reading.attributed import Attributed
from wordkept.reading.tagger import Tagged
from wordkept.reading.tags import ROLES, begun, inside, label_count, runs
from wordkept.reading.voting import CONTENT, voted_labels, whole_contents
from wordkept.reading.words import words

TEXT = "The envoy said the guns would leave Osk."
NONE = np.log(np.full(label_count(ROLES), 1 / label_count(ROLES), dtype=np.float32))


def tagged(text: str, outside: float = 2.0) -> Tagged:
    """A tagger that is sure of nothing, and a little for no label at all."""
    spans = words(text)
    rows = np.tile(NONE, (len(spans), 1))
    rows[:, 0] += outside
    return Tagged(words=spans, scores={"outer": rows})


def span(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start=start, end=start + len(quote))


def rule(text: str, confidence: float = 0.9) -> Attributed:
    return Attributed(
        source=(span(text, "The envoy"),), cue=(span(text, "said"),),
        content=(span(text, "the guns would leave Osk"),), confidence=confidence,
    )  # fmt: skip


def read(text: str, labels: list[int]) -> list[tuple[str, str]]:
    spans = words(text)
    return [
        (ROLES[kind], text[spans[first].start : spans[last - 1].end])
        for kind, first, last in runs(labels)
    ]


def test_a_sure_rule_carries_a_tagger_that_sees_nothing() -> None:
    assert read(TEXT, voted_labels(tagged(TEXT), [rule(TEXT)]).tolist()) == [
        ("source", "The envoy"), ("cue", "said"), ("content", "the guns would leave Osk"),
    ]  # fmt: skip


def test_a_sure_tagger_is_not_turned_by_a_doubtful_rule() -> None:
    found = voted_labels(tagged(TEXT, outside=6.0), [rule(TEXT, confidence=0.2)])
    assert not found.any()


def test_the_tagger_s_own_scores_are_left_as_they_were() -> None:
    one = tagged(TEXT)
    before = one.scores["outer"].copy()
    voted_labels(one, [rule(TEXT)])
    assert (one.scores["outer"] == before).all()


PLACES = st.integers(0, len(TEXT))
SPANS = st.tuples(PLACES, PLACES).map(lambda ends: Span(start=min(ends), end=max(ends)))


@given(
    st.lists(
        st.builds(
            Attributed,
            source=st.lists(SPANS, max_size=2).map(tuple),
            cue=st.lists(SPANS, max_size=2).map(tuple),
            content=st.lists(SPANS, max_size=2).map(tuple),
            confidence=st.floats(0, 1),
        ),
        max_size=4,
    )
)
@settings(max_examples=150)
def test_no_vote_breaks_the_law_of_whole_spans(rules: list[Attributed]) -> None:
    found = [0, *voted_labels(tagged(TEXT), rules).tolist()]
    assert len(found) == len(words(TEXT)) + 1
    for before, label in pairwise(found):
        assert label == 0 or label % 2 or before in {label, label - 1}


def labelled(marked: str) -> tuple[str, list[int]]:
    """A text and its labels from words such as `guns/c`, where a capital begins a span."""
    plain, labels = [], []
    for word in marked.split():
        letters, _, role = word.partition("/")
        plain.append(letters)
        kind = "sqc".find(role.lower())
        labels.append(0 if not role else begun(kind) if role.isupper() else inside(kind))
    return " ".join(plain), labels


@pytest.mark.parametrize(
    ("marked", "whole"),
    [
        ("She/S said/Q that/C he/S believed/Q in/C peace/c", "that he believed in peace"),
        ("She/S said/Q that/C he/S thought/Q they/C hoped/Q for/C rain/c",
         "that he thought they hoped for rain"),
        ("that/C he/S said/Q now she/C left/c", "that"),
        ("that/C he/S said/Q", "that"),
        ("that/C rain/C fell/c", "that"),
        ("rain/C ,/c he/S said/Q snow/C fell/c", "rain ,"),
    ],
)  # fmt: skip
def test_a_broken_content_is_one_again_where_its_clause_runs_on(marked: str, whole: str) -> None:
    text, labels = labelled(marked)
    found = whole_contents(text, words(text), np.array(labels))
    assert next(quote for role, quote in read(text, found.tolist()) if role == "content") == whole


@given(st.lists(st.sampled_from(["on", "he", ",", "”"]), max_size=25), st.data())
@settings(max_examples=150)
def test_making_contents_whole_is_done_once_and_takes_no_label_away(
    written: list[str], data: st.DataObject
) -> None:
    text = " ".join(written)
    spans = words(text)
    drawn = data.draw(
        st.lists(st.integers(0, 6), min_size=len(spans), max_size=len(spans)), label="labels"
    )
    labels = np.array(drawn, dtype=np.intp)
    found = whole_contents(text, spans, labels)
    assert labels.tolist() == drawn
    assert whole_contents(text, spans, found).tolist() == found.tolist()
    assert ((found == 0) == (labels == 0)).all()
    changed = np.flatnonzero(found != labels)
    assert set(found[changed].tolist()) <= {inside(CONTENT)}


def test_a_long_text_of_broken_contents_takes_no_long_time() -> None:
    text = "on he " * 20_000
    labels = np.array([begun(CONTENT), begun(0)] * 20_000, dtype=np.intp)
    found = whole_contents(text, words(text), labels)
    assert len(re.findall("on", read(text, found.tolist())[0][1])) == 20_000
