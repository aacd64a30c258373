"""Laws of figures: exact spans, ordered bounds, and numbers that come back as they were written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.reading.figures import read_figures
from wordkept.reading.numbers import number_said

SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
SMALL = SMALL_WORDS.split()
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def written(number: int, *, dashed: bool, joined: bool) -> str:
    """A number in English words."""
    parts = []
    for scale, word in SCALES:
        if number >= scale:
            parts.append(f"{hundreds(number // scale, dashed=dashed, joined=joined)} {word}")
            number %= scale
    if number or not parts:
        link = "and " if joined and parts and number < 100 else ""
        parts.append(link + hundreds(number, dashed=dashed, joined=joined))
    return " ".join(parts)


def hundreds(number: int, *, dashed: bool, joined: bool) -> str:
    if number < 20:
        return SMALL[number]
    if number < 100:
        unit = ("-" if dashed else " ") + SMALL[number % 10] if number % 10 else ""
        return TENS[number // 10 - 2] + unit
    rest = number % 100
    link = " and " if joined else " "
    tail = link + hundreds(rest, dashed=dashed, joined=joined) if rest else ""
    return f"{SMALL[number // 100]} hundred{tail}"


@settings(max_examples=200)
@given(st.integers(0, 10**12 - 1), st.booleans(), st.booleans())
def test_a_number_in_words_comes_back(number: int, dashed: bool, joined: bool) -> None:
    assert number_said(written(number, dashed=dashed, joined=joined)) == number


@settings(max_examples=100)
@given(st.integers(2, 10**12 - 1))
def test_a_number_in_figures_comes_back(number: int) -> None:
    (one,) = read_figures(f"They lost {number:,} tents.")
    assert (one.low, one.high, one.unit) == (number, number, "tents")


MIXED = (
    "at least up to some nearly between and or more than fewer hundreds of thousands dozen "
    "half a third 27 1,400 12-17 2.5 million $ € % per cent one two in five people medical "
    "facilities killed wounded dead , . - \n the its them 2016 March Osk ( ) aged km "
    "three-day + / : m bn twenty scores few several from to"
)
WORDS = st.sampled_from(MIXED.split(" "))


@settings(max_examples=200)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=60))
def test_spans_are_exact_and_bounds_are_in_order(text: str) -> None:
    found = read_figures(text)
    last = 0
    for one in found:
        assert last <= one.span.start < one.span.end <= len(text)
        assert one.span.of(text) == one.span.of(text).strip()
        assert one.low is not None or one.high is not None
        assert one.low is None or one.high is None or one.low <= one.high
        assert one.unit in text or one.unit in {"dollars", "euros"}
        last = one.span.end
    assert [one.id for one in found] == [f"f{at}" for at in range(1, len(found) + 1)]


@pytest.mark.parametrize("words", ["dozens", "osk", "", "a", "hundred", "27 men"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert number_said(words) is None


@pytest.mark.parametrize(
    "text", ["one" + " million" * 400, "9" * 400, "hundreds" + " of thousands" * 400, "² people"]
)
def test_numbers_beyond_all_measure_break_nothing(text: str) -> None:
    assert all(one.low is not None and one.low < 1e30 for one in read_figures(text))
