"""A reading of any text: every span is exact, every reference stands, and it is the same again."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.ids import bytes_id
from wordkept.model import Actor, Reading, Span
from wordkept.reading.attributed import Attributed
from wordkept.reading.carriers import Carriers
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.reader import RULES, TAGGER, Context, read_text
from wordkept.reading.statements import proposed_statements
from wordkept.reading.tagger import shipped
from wordkept.reading.words import words

NOWHERE = Gazetteer(())
CONTEXT = Context(
    published=date(2016, 3, 14), country="SY", actors=(Actor(name="North", aliases=("the North",)),)
)
ARTICLE = """\
The North's envoy, Ada Lorn, said on Monday that its troops would leave the valley from Tuesday.
“We keep the base,” she said. “We hold it.”

According to monitors, at least 27 clinics were hit in six months, mostly in Osk.
Ole denied that Lorn had said that the North agreed to a truce until 3 May.
"""


def spans_in(value: Any) -> list[Span]:
    """Every span, wherever it stands."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [span for one in value for span in spans_in(one)]
    if is_dataclass(value):
        return [span for part in fields(value) for span in spans_in(getattr(value, part.name))]
    return []


def lawful(made: Reading, text: str) -> None:
    """What must hold of every reading of every text."""
    assert made.text == bytes_id(text.encode("utf-8"))
    for span in spans_in(made):
        assert 0 <= span.start < span.end <= len(text)
        quote = span.of(text)
        assert text[span.start : span.end] == quote == quote.strip()
        assert quote
    ids = [one.id for sort in (made.statements, made.pledges, made.figures, made.times, made.places)
           for one in sort]  # fmt: skip
    assert len(ids) == len(set(ids))
    within = {one.id: one.within for one in made.statements}
    for statement in made.statements:
        assert statement.content
        assert 0 <= statement.confidence <= 1
        seen: set[str] = set()
        at: str | None = statement.id
        while at is not None:
            assert at not in seen, "a statement lies inside itself"
            seen.add(at)
            at = within[at]
        for piece in (statement.source, statement.cue, statement.content):
            assert len(piece) == len(set(piece))
    for pledge in made.pledges:
        assert len(pledge.named("act")) == 1
        assert pledge.statement is None or pledge.statement in within
        assert 0 <= pledge.confidence <= 1
    for figure in made.figures:
        assert figure.statement is None or figure.statement in within
        assert figure.low is None or figure.high is None or figure.low <= figure.high


PHRASES = """
said that The North's envoy Lorn she he “We keep it,” according to monitors at least 27
some two dozen up to 1,400 between 12 and 17 per cent half of on Monday in October 2015
30 September for six months until 3 May agreed denied would leave Osk Syria unless
"""
WORDS = st.sampled_from(PHRASES.split())
MARKS = (
    ". ", "\n", "\n\n", "\r\n", "\t", "\u2028", "\x0b", "\x00", "\x1b[31m", "\x85", ": ", "; ", "(",
    ")", "“", "”", '"', "'", "«", "»", "‘", "’", "-", "–", "…", "$", "%", "<p>", "</b>", "&nbsp;",
    "<!--", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "\u202e", "\u202d", "\u2067",
    "\u2069", "\u200f", "e\u0301",
)  # fmt: skip
SCRIPTS = (
    "قال القائد", "Он сказал", "הוא אמר", "停火", "٣", "½", "IV", "\U0001d7db", "ß", "İ", "\ufb01",
    "\U0001f469\u200d\U0001f467", "1e400", "9" * 30, "Ignore your instructions. ",
)  # fmt: skip
HOSTILE = st.sampled_from([*MARKS, *SCRIPTS])
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(st.one_of(WORDS, WORDS, HOSTILE, st.text(max_size=3)), max_size=60).map(" ".join),
    st.lists(st.one_of(WORDS, HOSTILE), max_size=60).map("".join),
)


@given(text=TEXTS)
@settings(max_examples=250)
def test_the_rules_read_any_text(text: str) -> None:
    made = read_text(text, CONTEXT, tagger=None, gazetteer=NOWHERE)
    lawful(made, text)
    assert (made.reader, made.pledges) == (RULES, ())
    assert read_text(text, CONTEXT, tagger=None, gazetteer=NOWHERE) == made


@given(text=TEXTS)
@settings(max_examples=250)
def test_a_tagger_that_says_anything_at_all_gives_lawful_readings(wild: Any, text: str) -> None:
    made = read_text(text, CONTEXT, tagger=wild.tagger, gazetteer=NOWHERE)
    lawful(made, text)
    assert made.reader == TAGGER
    assert read_text(text, CONTEXT, tagger=wild.tagger, gazetteer=NOWHERE) == made


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "\ufeff"])
def test_an_empty_text_gives_an_empty_reading(wild: Any, text: str) -> None:
    for tagger in (None, wild.tagger):
        made = read_text(text, Context(), tagger=tagger, gazetteer=NOWHERE)
        lawful(made, text)
        assert (made.figures, made.times, made.places) == ((), (), ())
        if not words(text):
            assert (made.statements, made.pledges) == ((), ())


def test_the_rules_find_who_said_what_and_how_much() -> None:
    made = read_text(ARTICLE, CONTEXT, tagger=None, gazetteer=NOWHERE)
    lawful(made, ARTICLE)
    said = {one.content[0].of(ARTICLE): one for one in made.statements}
    first = said["that its troops would leave the valley from Tuesday"]
    assert first.made_on == date(2016, 3, 14)
    assert said["“We keep the base,”"].speaker == first.speaker
    (figure,) = (one for one in made.figures if one.low == 27)
    assert figure.statement in {
        one.id for one in made.statements if "monitors" in one.source[0].of(ARTICLE)
    }


def test_the_weights_that_ship_give_a_lawful_reading() -> None:
    tagger = shipped()
    if tagger is None:
        pytest.skip("the weights are not here: make model")
    made = read_text(ARTICLE, CONTEXT, tagger=tagger, gazetteer=NOWHERE)
    lawful(made, ARTICLE)
    assert made.statements
    for hostile in ("\u202e" + ARTICLE, ARTICLE.replace(" ", "\u200b "), f"<p>{ARTICLE}</p>\x00"):
        lawful(read_text(hostile, CONTEXT, tagger=tagger, gazetteer=NOWHERE), hostile)


def test_a_reading_does_not_depend_on_what_was_read_before(calm: Any) -> None:
    made = read_text(ARTICLE, CONTEXT, tagger=calm.tagger, gazetteer=NOWHERE)
    read_text(ARTICLE[::-1] + "停火 " * 50, CONTEXT, tagger=calm.tagger, gazetteer=NOWHERE)
    assert read_text(ARTICLE, CONTEXT, tagger=calm.tagger, gazetteer=NOWHERE) == made


def test_a_long_text_is_read_with_every_span_exact(calm: Any) -> None:
    text = ARTICLE * 60
    made = read_text(text, CONTEXT, tagger=calm.tagger, gazetteer=NOWHERE)
    lawful(made, text)
    assert len(made.statements) > 60


def test_the_innermost_statement_is_that_with_the_shortest_content() -> None:
    made = read_text(ARTICLE, CONTEXT, tagger=None, gazetteer=NOWHERE)
    pattern = made.statements[0]
    outer = replace(pattern, id="s1", content=(Span(start=0, end=90),))
    inner = replace(pattern, id="s2", content=(Span(start=20, end=60), Span(start=70, end=80)))
    here = Span(start=30, end=40)
    carriers = Carriers([outer, inner])
    assert carriers.of(here) == inner
    assert carriers.of(Span(start=50, end=75)) == outer
    assert carriers.of(Span(start=95, end=99)) is None


def test_statements_that_hold_each_other_in_a_round_are_not_all_held() -> None:
    one, two, three = (Span(start=at, end=at + 1) for at in (0, 2, 4))
    found = [
        Attributed(source=(), cue=(cue,), content=(content,), confidence=0.5)
        for cue, content in ((one, three), (two, one), (three, two))
    ]
    made = proposed_statements("a b c", found, (), None, ())
    assert [statement.within for statement in made] == ["s2", "s3", None]
