"""Windows hold every word once, are no longer than the encoder takes, and end with sentences."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wordkept.model import Span
from wordkept.reading.windows import MOST_PIECES, Window, windows
from wordkept.reading.words import sentences, words


def laid(sizes: list[int], of: list[int]) -> tuple[list[Span], list[Span]]:
    """Words of one letter, and sentences of so many of them each, as far as they go."""
    spans = [Span(start=2 * place, end=2 * place + 1) for place in range(len(sizes))]
    ends = [end for end in accumulate(of) if end < len(sizes)] + [len(sizes)] * bool(sizes)
    breaks = [Span(start=2 * first, end=2 * last - 1) for first, last in pairwise([0, *ends])]
    return spans, breaks


@given(
    st.lists(st.integers(1, 32), max_size=120),
    st.lists(st.integers(1, 30), max_size=20),
    st.integers(8, MOST_PIECES),
)
@settings(max_examples=300)
@example([1, 20, 11, 12], [1], 31)
@example([1, 12, 12], [1], 15)
def test_every_word_is_in_one_window_and_none_is_too_long(
    sizes: list[int], of: list[int], most: int
) -> None:
    spans, breaks = laid(sizes, of)
    found = windows(spans, sizes, breaks, most)
    held = [place for one in found for place in range(one.first, one.last)]
    assert held == list(range(len(sizes)))
    for one in found:
        assert one.first < one.last
        assert sum(sizes[one.first : one.last]) <= most or one.last - one.first == 1


@given(st.lists(st.integers(1, 6), min_size=1, max_size=60))
@settings(max_examples=100)
def test_windows_end_with_a_sentence_where_sentences_are_short(of: list[int]) -> None:
    sizes = [2] * sum(of)
    spans, breaks = laid(sizes, of)
    ends = {0, *accumulate(of)}
    assert {one.last for one in windows(spans, sizes, breaks, 40)} <= ends


def test_a_sentence_longer_than_a_window_is_cut_inside() -> None:
    spans, breaks = laid([1] * 100, [100])
    found = windows(spans, [1] * 100, breaks, 30)
    assert found[0].first == 0
    assert found[-1].last == 100
    assert len(found) in {4, 5}


def test_a_short_text_is_one_window_and_no_text_none() -> None:
    text = "Two men left. One stayed."
    spans = words(text)
    assert windows(spans, [1] * len(spans), sentences(text)) == [Window(0, len(spans))]
    assert windows((), (), ()) == []


@pytest.mark.parametrize("count", [255, 400, 509, 1000])
def test_windows_are_of_about_one_size(count: int) -> None:
    spans, breaks = laid([1] * count, [10] * 100)
    sizes = [one.last - one.first for one in windows(spans, [1] * count, breaks)]
    assert max(sizes) - min(sizes) <= MOST_PIECES // 2
