"""The run of labels that is chosen makes whole spans, and no better run does."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wordkept.reading.tags import OUTSIDE, begun, best_labels, inside, label_count, runs

Scores = NDArray[np.float32]


@st.composite
def scores(draw: st.DrawFn, *, most_words: int, most_kinds: int) -> Scores:
    """Log-probabilities in coarse steps, so that ties and impossible labels come up."""
    labels = label_count("x" * draw(st.integers(1, most_kinds)))
    steps = st.sampled_from([0.0, -0.25, -0.5, -1.0, -3.0, -9.0])
    row = st.lists(steps, min_size=labels, max_size=labels)
    rows = draw(st.lists(row, max_size=most_words))
    return np.array(rows, dtype=np.float32).reshape(len(rows), labels)


def lawful(labels: tuple[int, ...]) -> bool:
    """Whether every inside follows its own begin or inside."""
    return all(
        label == OUTSIDE or label % 2 == 1 or before in {label, label - 1}
        for before, label in pairwise((OUTSIDE, *labels))
    )


def total(rows: Scores, labels: tuple[int, ...]) -> float:
    return float(sum(rows[place, label] for place, label in enumerate(labels)))


@given(scores(most_words=40, most_kinds=11))
@settings(max_examples=150)
def test_an_inside_never_stands_without_its_own_before_it(rows: Scores) -> None:
    found = tuple(best_labels(rows).tolist())
    assert len(found) == len(rows)
    assert lawful(found)


@given(scores(most_words=5, most_kinds=2))
@settings(max_examples=120)
def test_no_lawful_run_of_labels_is_likelier(rows: Scores) -> None:
    found = tuple(best_labels(rows).tolist())
    every = product(range(rows.shape[1]), repeat=len(rows))
    best = max(total(rows, labels) for labels in every if lawful(labels))
    assert total(rows, found) == pytest.approx(best, abs=1e-5)


def plainly(rows: Scores) -> list[int]:
    """The likeliest lawful labels, by Viterbi over every word and every label."""
    labels = rows.shape[1]
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for row in rows.tolist():
        now: list[tuple[float, list[int]]] = []
        for label in range(labels):
            held = label > OUTSIDE and label % 2 == 0
            before = best[label - 1 : label + 1] if held else best
            if held and len(best) == 1:
                before = [(-np.inf, [])]
            total, path = max(before, key=lambda one: one[0])
            now.append((total + row[label], [*path, label]))
        best = now
    return max(best, key=lambda one: one[0])[1] if len(rows) else []


@given(scores(most_words=25, most_kinds=4))
@settings(max_examples=300)
def test_leaving_out_what_is_surely_no_inside_changes_no_label(rows: Scores) -> None:
    assert best_labels(rows).tolist() == plainly(rows)


@given(scores(most_words=12, most_kinds=2), st.lists(st.integers(0, 59), max_size=12))
@settings(max_examples=150)
def test_impossible_labels_change_nothing_of_that(rows: Scores, impossible: list[int]) -> None:
    flat = rows.reshape(-1)
    flat[[place for place in impossible if place < flat.size and place % rows.shape[1]]] = -np.inf
    assert best_labels(rows).tolist() == plainly(rows)


def test_an_inside_that_is_likeliest_everywhere_still_begins() -> None:
    rows = np.log(np.full((3, 3), [0.05, 0.05, 0.9], dtype=np.float32))
    assert best_labels(rows).tolist() == [begun(0), inside(0), inside(0)]


def test_a_long_text_loses_no_precision() -> None:
    rows = np.full((60_000, 3), -6.0, dtype=np.float32)
    rows[:, OUTSIDE] = -5.99
    rows[-2:, begun(0)], rows[-1, inside(0)] = -5.9, -5.85
    found = best_labels(rows)
    assert found[-2:].tolist() == [begun(0), inside(0)]
    assert not found[:-2].any()


@given(scores(most_words=30, most_kinds=4))
@settings(max_examples=100)
def test_runs_hold_every_labelled_word_once_and_in_order(rows: Scores) -> None:
    labels = best_labels(rows).tolist()
    found = runs(labels)
    assert all(before[2] <= after[1] for before, after in pairwise(found))
    again = [OUTSIDE] * len(labels)
    for kind, first, last in found:
        assert first < last
        again[first:last] = [begun(kind), *[inside(kind)] * (last - first - 1)]
    assert again == labels


def test_an_unlawful_inside_begins_a_run_of_its_own() -> None:
    assert runs([inside(0), OUTSIDE, inside(1), inside(1), inside(0)]) == [
        (0, 0, 1), (1, 2, 4), (0, 4, 5),
    ]  # fmt: skip
