"""A quote is where it stands word for word, or it is nowhere."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.model import Span
from wordkept.reading.grounding import gap, ground, ground_near, ground_unused, normalised

TEXTS = st.text(alphabet="ab é'’\"“”\n\u00a0.,\u200bقд", max_size=60)
QUOTES = st.text(alphabet="ab é'’\"“”\n.قд", max_size=8)


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ('"We leave"', "He said: “We  leave”.", "“We  leave”"),
        ("We\nleave", "We leave", "We leave"),
        ("Lorn's men", "Lorn’s\u00a0men", "Lorn’s\u00a0men"),
        ("  leave  ", "they leave.", "leave"),
        ("«leave»", '"leave"', '"leave"'),
        ("الجيش", "قال والجيش", "الجيش"),
        (".*", "a.*b", ".*"),
    ],
)
def test_space_and_quotation_marks_may_differ(quote: str, text: str, found: str) -> None:
    span = ground(quote, text)
    assert span is not None
    assert span.of(text) == found


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("he", "the theatre"),
        ("27", "1275 men"),
        ("we leave", "We leave"),
        ("We will leave", "We leave"),
        ("weleave", "we leave"),
        ("'leave'", '"leave"'),
        ("", "words"),
        (" \n", "words"),
        ("We leave", "We\u200b leave"),
        ("a - b", "a – b"),
    ],
)
def test_nothing_else_may(quote: str, text: str) -> None:
    assert ground(quote, text) is None


@given(QUOTES, TEXTS, st.integers(0, 70))
@settings(max_examples=300)
def test_what_is_found_is_the_quote(quote: str, text: str, start: int) -> None:
    span = ground(quote, text, start)
    if span is None:
        assert not quote.strip() or not whole(normalised(quote), normalised(text))
    else:
        assert normalised(span.of(text)) == normalised(quote)


def whole(quote: str, text: str) -> bool:
    """Whether a quote stands in a text, not cut from the middle of a word, told another way."""
    letter = re.compile(r"[abéд]")
    places = [found.start() for found in re.finditer(f"(?={re.escape(quote)})", text)]
    for place in places:
        around = (text[:place][-1:], quote[0]), (quote[-1], text[place + len(quote) :][:1])
        if not any(letter.match(left) and letter.match(right) for left, right in around):
            return True
    return False


@given(TEXTS, st.data())
@settings(max_examples=200)
def test_an_exact_quote_is_found_as_it_stands(text: str, data: st.DataObject) -> None:
    pieces = [found.span() for found in re.finditer(r"\S+(?:\s+\S+)?", text)]
    if not pieces:
        return
    start, end = data.draw(st.sampled_from(pieces))
    assert ground(text[start:end], text, start) == Span(start=start, end=end)


def test_it_looks_on_from_a_place_and_round_once() -> None:
    text = "we leave, we leave"
    assert ground("we leave", text, 1) == Span(start=10, end=18)
    assert ground("we leave", text, 11) == Span(start=0, end=8)


def test_repeats_have_places_of_their_own() -> None:
    text = "stay. go. stay. go."
    first = ground_unused("stay", text, 0, [])
    assert first == Span(start=0, end=4)
    second = ground_unused("stay", text, 0, [first])
    assert second == Span(start=10, end=14)
    assert ground_unused("stay", text, 0, [first, second]) == first
    assert ground_unused("come", text, 0, []) is None


def test_what_belongs_to_a_quote_stands_beside_it() -> None:
    text = "he said no. She wept. he said yes"
    near = Span(start=30, end=33)
    assert ground_near("he", text, near, within=100) == Span(start=22, end=24)
    assert ground_near("he", text, near, within=100, clear_of=[Span(start=22, end=29)]) == Span(
        start=0, end=2
    )
    assert ground_near("no", text, near, within=10) is None
    assert gap(near, Span(start=0, end=20)) == 10
