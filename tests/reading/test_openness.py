"""What a pledge leaves open, in plain words."""

import pytest

from wordkept.model import Deed, ProposedTerm, Slot, Span
from wordkept.reading.openness import left_open


def opened(deed: Deed, *terms: tuple[Slot, str]) -> tuple[str, ...]:
    text = " ".join(words for _, words in terms)
    made, at = [], 0
    for slot, words in terms:
        made.append(ProposedTerm(slot=slot, span=Span(start=at, end=at + len(words))))
        at += len(words) + 1
    return left_open(deed, made, text)


def test_a_withdrawal_without_an_end_says_so_and_a_full_one_leaves_nothing() -> None:
    full: list[tuple[Slot, str]] = [
        ("act", "pull out"), ("magnitude", "all"), ("start", "Tuesday"), ("end", "30 June"),
        ("area", "the valley"),
    ]  # fmt: skip
    assert opened("withdraw", *full) == ()
    assert opened("withdraw", *full[:3], full[4]) == ("by when it is complete",)


@pytest.mark.parametrize("words", ["the majority", "part of", "a substantial number", "most"])
def test_a_loose_magnitude_is_asked_about(words: str) -> None:
    assert f'what counts as "{words}"' in opened("withdraw", ("magnitude", words))


@pytest.mark.parametrize("words", ["some 300", "half", "all", "two thirds"])
def test_a_number_binds_a_magnitude(words: str) -> None:
    assert not any("counts as" in one for one in opened("withdraw", ("magnitude", words)))


@pytest.mark.parametrize("words", ["soon", "the coming weeks", "a later date"])
def test_a_loose_start_is_asked_about(words: str) -> None:
    assert f'what day "{words}" is' in opened("resign", ("start", words))


def test_words_of_the_text_itself_are_quoted_once() -> None:
    found = opened("talk", ("open", "gave no date"), ("open", "gave no date"))
    assert found == ('as the text says: "gave no date"',)
