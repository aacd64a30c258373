"""Statements by rule: source, cue and content of sentences of our own, and laws of their spans."""

from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.reading.attributed import Attributed
from wordkept.reading.cues import read_statements_by_rule
from wordkept.reading.quotations import masked, quotations, sentences_around

SENTENCES: Final = (
    (
        "The ministry said on Monday it would leave the valley.",
        ["The ministry | said | it would leave the valley"],
    ),
    (
        "General Ada Lorn, who leads it, has repeatedly said that the bridge is open.",
        [
            "General Ada Lorn, who leads it, | has repeatedly said | that the bridge is open",
        ],
    ),
    ('"We are ready," Lorn said.', ['Lorn | said | "We are ready,"']),
    (
        "“We are ready,” said Osk Brum, the mayor of Tesk. “We will not wait.”",
        ["Osk Brum, the mayor of Tesk | said | “We are ready,” + “We will not wait.”"],
    ),
    (
        '"We stay," she said, "because we must."',
        ['she | said | "We stay," + "because we must."'],
    ),
    (
        "The army told reporters that the road was mined.",
        ["The army | told | that the road was mined"],
    ),
    (
        "According to the harbour office, 12 boats were sunk.",
        ["the harbour office | According to | 12 boats were sunk"],
    ),
    (
        "Twelve boats were sunk, according to the harbour office.",
        ["the harbour office | according to | Twelve boats were sunk"],
    ),
    (
        "The rebels will hand over their guns, the mediator confirmed on Friday.",
        ["the mediator | confirmed | The rebels will hand over their guns"],
    ),
    (
        "OSK, May 9 — The rebels will hand over their guns, the mediator said.",
        ["the mediator | said | The rebels will hand over their guns"],
    ),
    (
        "Minister Brum said the camp was closed and warned that others would follow.",
        [
            "Minister Brum | said | the camp was closed",
            "Minister Brum | warned | that others would follow",
        ],
    ),
    ("The union called for calm.", ["The union | called for | calm"]),
    ("Both parties condemned the raid.", ["Both parties | condemned | the raid"]),
    (
        "Varenia promised to withdraw half of its troops.",
        ["Varenia | promised | to withdraw half of its troops"],
    ),
    (
        "The council urged the army to lift the siege.",
        ["The council | urged | to lift the siege"],
    ),
    ("He did not say when the talks would end.", ["He | did not say | when the talks would end"]),
    (
        "The spokesman declined to comment on the raid.",
        ["The spokesman | declined to comment on | the raid"],
    ),
    (
        "On Tuesday the president denied that shells had been fired.",
        ["the president | denied | that shells had been fired"],
    ),
    ('Asked about it, Lorn replied: "Never."', ['Lorn | replied | "Never."']),
    (
        'Brum said the plan was "mad", adding that he would resign.',
        ['Brum | said | the plan was "mad"', "Brum | adding | that he would resign"],
    ),
)
SILENT: Final = (
    "The claims of the ministry were read in court.",
    "Two reports lay on the table.",
    "She laid down the so-called plan.",
    "Rain fell on the valley all day.",
    "The planned talks began.",
    "",
)


def told(text: str) -> list[str]:
    """Source, cue and content of each statement, in one line."""
    return [
        " | ".join(
            " + ".join(span.of(text) for span in part)
            for part in (one.source, one.cue, one.content)
        )
        for one in read_statements_by_rule(text)
    ]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_statements_are_found_word_for_word(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", SILENT)
def test_where_nobody_speaks_nothing_is_found(text: str) -> None:
    assert read_statements_by_rule(text) == ()


def test_the_sentences_stand_together_as_they_stand_alone() -> None:
    text = "\n\n".join(text for text, _ in SENTENCES)
    assert told(text) == [line for _, expected in SENTENCES for line in expected]


def test_a_quotation_that_goes_on_belongs_to_the_statement_before() -> None:
    text = '"We wait," said Lorn. "We always wait."\n"Nobody said this."'
    (one,) = read_statements_by_rule(text)
    assert [span.of(text) for span in one.content] == ['"We wait,"', '"We always wait."']


def test_a_transcript_gives_each_line_to_its_speaker() -> None:
    text = "Question: Why leave?\nLorn: We had to. It was late.\nQuestion: Had you?"
    assert told(text) == [
        "Question | : | Why leave",
        "Lorn | : | We had to. It was late.",
        "Question | : | Had you",
    ]


def test_a_sentence_does_not_end_inside_a_quotation() -> None:
    text = '"We wait. We watch," she said. “Go!” he cried.'
    quoted = quotations(text)
    assert len(masked(text, quoted)) == len(text)
    first = sentences_around(text, quoted)[0]
    assert first.of(text) == '"We wait. We watch," she said.'


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert quotations("The rebels' chief didn't ask for 'an answer' in Osk's hall.")[0].of(
        "The rebels' chief didn't ask for 'an answer' in Osk's hall."
    ) == ("'an answer'")


WORDS = (
    'Lorn said " told that , . the ministry on Monday “ ” to according ? leave and would ; he his '
    "’ — adding denied calls for \n : not 12 was who warned"
)


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join) | st.text(max_size=60)
)
def test_spans_are_exact_and_nothing_is_empty(text: str) -> None:
    for one in read_statements_by_rule(text):
        assert one.content
        assert 0 < one.confidence <= 1
        for span in (*one.source, *one.cue, *one.content):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text) == span.of(text).strip()
        assert _apart(one)


def _apart(one: Attributed) -> bool:
    """Whether source, cue and content share no character."""
    spans = sorted((*one.source, *one.cue, *one.content))
    return all(span.end <= after.start for span, after in pairwise(spans))


@pytest.mark.usefixtures("must_end")
def test_a_long_text_is_read_to_its_end() -> None:
    text = " ".join(text for text, _ in SENTENCES) + "\n\n"
    once, often = read_statements_by_rule(text), read_statements_by_rule(text * 32)
    assert len(often) == 32 * len(once)
