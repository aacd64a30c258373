"""A quote is an exact span of its document, or it is refused with what would help."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wordkept.documents.passages import closest_span, find_passage
from wordkept.errors import PledgeError

SCRIPTS = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    | st.characters(min_codepoint=0x400, max_codepoint=0x4FF)
    | st.characters(min_codepoint=0x600, max_codepoint=0x6FF)
    | st.sampled_from("\u0301\u0308\u064b\u200b\u200d\u200e\u200f\u202b\ufeff\r\n\t \u00a0😀é")
    | st.characters(codec="utf-8"),
    min_size=1,
    max_size=80,
)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, str]:
    text = draw(SCRIPTS.filter(str.strip))
    shown = [place for place, character in enumerate(text) if character.strip()]
    inside = draw(st.sampled_from(shown))
    start = draw(st.integers(0, inside))
    return text, text[start : draw(st.integers(inside + 1, len(text)))]


@settings(max_examples=100)
@given(both=quoted())
def test_a_passage_is_the_quote_character_for_character(both: tuple[str, str]) -> None:
    text, quote = both
    times = sum(text.startswith(quote, place) for place in range(len(text)))
    if times == 1:
        passage = find_passage(quote, "9f3c", text)
        assert text[passage.start : passage.end] == quote == passage.quote
        assert passage.document == "9f3c"
    else:
        with pytest.raises(PledgeError, match=f"{times} times"):
            find_passage(quote, "9f3c", text)


@settings(max_examples=60)
@given(text=SCRIPTS, quote=SCRIPTS)
def test_a_quote_that_is_not_there_is_refused_whatever_it_is(text: str, quote: str) -> None:
    assume(quote not in text)
    with pytest.raises(PledgeError) as caught:
        find_passage(quote, "9f3c", text)
    assert len(str(caught.value).splitlines()) == 3


@settings(max_examples=60)
@given(text=SCRIPTS, quote=SCRIPTS)
def test_the_closest_span_lies_in_the_text(text: str, quote: str) -> None:
    span = closest_span(quote, text)
    assert span is None or 0 <= span[0] < span[1] <= len(text)


def said(quote: str, text: str) -> tuple[str, str]:
    with pytest.raises(PledgeError) as caught:
        find_passage(quote, "9f3cdddddddddddd", text)
    (problem,) = caught.value.problems
    assert problem.where == "document 9f3cdddddddd"
    return problem.what, problem.remedy


LONG = (
    "Nothing of it. " * 40 + "They declared “we shall leave  by\r\nMay”. " + "No more words. " * 40
)


@pytest.mark.parametrize(
    "quote",
    [
        '"we shall leave by May"',
        "We Shall Leave by May",
        "we will leave by May",
        "we shall leafe by May",
        "we shall\u200b leave by Máy",
    ],
)
def test_the_closest_passage_is_shown_on_one_line(quote: str) -> None:
    what, remedy = said(quote, LONG)
    assert "is not in the document" in what
    assert '"we shall leave  by\\r\\nMay"' in what
    assert f"at characters {LONG.index('we shall')}" in what
    assert "own characters" in remedy


@pytest.mark.parametrize(
    ("quote", "text", "closest"),
    [
        ("إعلان وقف اطلاق النار", "صدر إعلانُ وقفِ إطلاقِ النار أمس", "إعلانُ وقفِ إطلاقِ النار"),
        ("вывод всех войск", "Объявлен вывод всёх войск сегодня", "вывод всёх войск"),
    ],
)
def test_the_closest_passage_is_found_across_marks(quote: str, text: str, closest: str) -> None:
    span = closest_span(quote, text)
    assert span is not None
    assert text[slice(*span)] == closest


def test_characters_that_do_not_show_are_written_out() -> None:
    what, _ = said("leave by May", "We will leave\u200b by May.")
    assert r"leave\u{200b} by May" in what


def test_a_document_without_anything_like_it_says_so() -> None:
    what, remedy = said("we shall leave by May", "An entirely different page, on the weather.")
    assert "nor is anything like it" in what
    assert "right document" in remedy


def test_a_quote_that_stands_several_times_is_refused_with_its_places() -> None:
    what, remedy = said("we leave", "we leave, and we leave")
    assert "2 times, at characters 0, 14" in what
    assert "quote more" in remedy
    what, _ = said("aa", "aaaa")
    assert "3 times, at characters 0, 1, 2" in what
    what, _ = said("a", "a" * 50)
    assert what.endswith("50 times, at characters 0, 1, 2, 3, 4, ...")


@pytest.mark.parametrize("quote", ["", " \n"])
def test_an_empty_quote_is_refused(quote: str) -> None:
    assert "cannot be empty" in said(quote, "words")[0]


def test_a_long_text_and_a_long_quote_are_answered() -> None:
    text = "".join(f"sentence {number} says this and that. " for number in range(3000))
    quote = text[40_000:44_000].replace("this", "thus")
    what, _ = said(quote, text)
    assert "the closest there is" in what
