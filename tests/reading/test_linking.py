"""Which source, cue and content are of one statement."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.model import Span
from wordkept.reading.attributed import Attributed
from wordkept.reading.linking import Tagspan, link
from wordkept.reading.words import sentences, words

ROLE = {"S": "source", "Q": "cue", "C": "content"}


def linked(marked: str) -> list[tuple[list[str], ...]]:
    """The statements of a text whose spans are written as `S<The envoy>`."""
    text = ""
    tags: list[Tagspan] = []
    for plain, letter, said in re.findall(r"([^<>]*?)(?:([SQC])<([^>]*)>|\Z)", marked):
        text += plain
        if letter:
            span = Span(start=len(text), end=len(text) + len(said))
            tags.append(Tagspan(ROLE[letter], span, 0.5))
            text += said
    return [
        tuple([span.of(text) for span in getattr(one, role)] for role in ROLE.values())
        for one in link(text, tags, sentences(text))
    ]


def test_source_cue_and_content_of_a_sentence_are_one_statement() -> None:
    assert linked("S<The envoy> Q<said> C<the guns leave>.") == [
        (["The envoy"], ["said"], ["the guns leave"])
    ]


def test_each_cue_takes_its_own() -> None:
    assert linked("S<Ada> Q<said> C<it rained>, and S<Ole> Q<denied> C<it>.") == [
        (["Ada"], ["said"], ["it rained"]),
        (["Ole"], ["denied"], ["it"]),
    ]


def test_a_cue_without_a_source_shares_that_of_its_sentence() -> None:
    assert linked("S<Ada> Q<said> C<it rained> and Q<added> C<it froze>.") == [
        (["Ada"], ["said"], ["it rained"]),
        (["Ada"], ["added"], ["it froze"]),
    ]


def test_a_content_may_stand_before_its_cue() -> None:
    assert linked("C<“We stay,”> Q<said> S<Ada>.") == [(["Ada"], ["said"], ["“We stay,”"])]


def test_a_quotation_goes_on_into_the_next_paragraph_and_no_further() -> None:
    (one,) = linked("S<Ada> Q<said>: C<“We stay.>\n\nC<“We hold.”>")
    assert one[2] == ["“We stay.", "“We hold.”"]
    (one,) = linked("S<Ada> Q<said>: C<“We stay.>\n\nGuns.\n\nC<“We hold.”>")
    assert one[2] == ["“We stay."]


def test_a_cue_that_nothing_hangs_on_and_a_content_that_nobody_said_make_no_statement() -> None:
    assert linked("S<Ada> Q<said>.") == []
    assert linked("C<It rained>.") == []


def test_a_statement_is_as_sure_as_the_least_of_its_parts() -> None:
    text = "Ada said it rained"
    tags = [
        Tagspan("source", Span(start=0, end=3), 0.9),
        Tagspan("cue", Span(start=4, end=8), 0.4),
        Tagspan("content", Span(start=9, end=18), 0.8),
    ]
    (one,) = link(text, tags, sentences(text))
    assert one.confidence == pytest.approx(0.4)


def made_up(seed: int, count: int) -> tuple[str, list[Tagspan]]:
    drawn = random.Random(seed)  # noqa: S311  no secret
    text = " ".join(drawn.choice(["on", "he.", "Men", "x" * 40, "\n"]) for _ in range(count))
    found, at, spans = [], 0, words(text)
    while at < len(spans):
        role, more = drawn.choice([*ROLE.values(), ""]), drawn.choice([1, 1, 2, 6])
        last = min(len(spans), at + more) - 1
        if role:
            found.append(Tagspan(role, Span(start=spans[at].start, end=spans[last].end), 0.5))
        at += more
    return text, found


def pieces(found: tuple[Attributed, ...], role: str) -> list[Span]:
    return [span for one in found for span in getattr(one, role)]


@given(st.integers(), st.integers(0, 120))
@settings(max_examples=80)
def test_every_piece_is_one_of_the_spans_and_no_content_is_said_twice(
    seed: int, count: int
) -> None:
    text, tags = made_up(seed, count)
    found = link(text, tags, sentences(text))
    assert found == link(text, tags[::-1], sentences(text))
    for role in ROLE.values():
        assert set(pieces(found, role)) <= {tag.span for tag in tags if tag.role == role}
    for role in ("cue", "content"):
        spans = pieces(found, role)
        assert len(spans) == len(set(spans))
    for one in found:
        assert one.content
        assert list(one.content) == sorted(one.content)
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_far_off_spans_do_not_slow_it() -> None:
    text, tags = made_up(1, 20_000)
    assert len(link(text, tags, sentences(text))) > 1_000
