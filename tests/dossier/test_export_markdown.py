"""Markdown: the page's story, and nothing from outside that becomes markup."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from wordkept.dossier.exports.export import Material
from wordkept.dossier.exports.markdown import write
from wordkept.dossier.exports.markdown_text import cell, code, literal, quoted, table
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.unseen import reveal

GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
ATTACKS = (
    "<script>alert(1)</script>",
    "![x](https://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "[a]: https://evil.example",
    "<https://evil.example>",
    "www.evil.example",
    "mail me@evil.example now",
    "# heading",
    "1. one\n2. two",
    "- item\n- item",
    "```\ncode\n```",
    "| a | b |\n| --- | --- |\n| c | d |",
    "> quoted\n\n    indented",
    "a\n===\nb\n---",
    "**bold** _it_ ~~gone~~ `tick` ``two`` $x$ ^up^",
    "&lt;b&gt; &#60;b&#62;",
    "back\\slash\\",
    "`https://evil.example`|`",
    "hidden \u202eneddih\u202c \x1b[2J",
    "[^1] [[wiki]] :+1: #12 @user",
    "end|http://evil.example/|\\|x",
)
texts = st.text(
    st.sampled_from("ab1 .:\\`*_{}[]()<>#+-!|~&@/\"'$^=\n\t\u202e\u2028\u00a0ж"), max_size=24
)


def inlines(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


def content(tokens: list[Token]) -> str:
    return "".join(child.content for child in inlines(tokens))


def plain(text: str) -> str:
    return " ".join(reveal(text).split())


Test = Callable[..., None]


def with_examples(test: Test) -> Test:
    for attack in ATTACKS:
        test = example(text=attack)(test)
    return test


@with_examples
@given(text=texts)
@settings(max_examples=200)
def test_a_literal_reads_back_as_it_was_and_holds_no_markup(text: str) -> None:
    read = GITHUB.parse(f"Title: {literal(text)}")
    assert [token.type for token in read] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in inlines(read)} <= {"text", "code_inline"}
    assert content(read) == f"Title: {plain(text)}".strip()
    at_head = GITHUB.parse(literal(text))
    assert {token.type for token in at_head} <= {"paragraph_open", "inline", "paragraph_close"}
    assert content(at_head) == plain(text)


@with_examples
@given(text=texts)
@settings(max_examples=200)
def test_a_cell_stays_one_cell_and_reads_back_as_it_was(text: str) -> None:
    read = GITHUB.parse(table(("One", "Two"), [(text, "last")]))
    rows = [token for token in read if token.type == "inline"]
    assert len(rows) == 4
    assert {child.type for child in inlines(rows)} <= {"text", "code_inline"}
    assert content(rows[2:3]) == plain(text)
    assert content(rows[3:]) == "last"


@with_examples
@given(text=texts)
@settings(max_examples=150)
def test_a_quote_stays_in_its_blockquote_and_holds_its_words(text: str) -> None:
    read = GITHUB.parse(quoted("He said: ", text, " And left."))
    assert read[0].type == "blockquote_open"
    assert sum(token.type == "blockquote_open" for token in read) == 1
    assert read[-1].type == "blockquote_close"
    allowed = {"text", "code_inline", "strong_open", "strong_close", "softbreak"}
    assert {child.type for child in inlines(read)} <= allowed
    assert "".join(plain(text).split()) in "".join(content(read).split())


ADDRESSES = ("http://evil.example", "a@evil.example", "www.evil.example", "see evil.example/x",
             "(https://evil.example)", "@user")  # fmt: skip


@pytest.mark.parametrize("text", ADDRESSES)
def test_what_github_makes_a_link_by_itself_is_code(text: str) -> None:
    read = inlines(GITHUB.parse(literal(text)))
    free = "".join(child.content for child in read if child.type == "text")
    assert not {mark for mark in ("://", "@", "www.", "evil.example") if mark in free}


def test_words_are_bold_in_their_passage() -> None:
    html = GITHUB.render(quoted("He said: ", "we will *leave*", ", and left."))
    assert "He said: <strong>we will *leave*</strong>, and left." in html


def test_code_holds_ticks() -> None:
    assert GITHUB.renderInline(code("``a`")) == "<code>``a`</code>"
    assert cell("") == " "


@pytest.fixture(scope="module")
def story(report: CaseReport) -> str:
    return write(Material(report=report, shown=shown_case(report), rows={})).decode()


def test_it_tells_the_page_s_story(story: str, report: CaseReport) -> None:
    html = GITHUB.render(story)
    for pledge in shown_case(report):
        assert f"<h2>{pledge.title}</h2>" in html
        assert f"<h3>{pledge.reading.word.capitalize()}</h3>" in html
        assert pledge.reading.sentence in html.replace("&quot;", '"')
        for sentence in (*pledge.reading.why_not_higher, *pledge.reading.how_wrong):
            assert sentence[1:] in html.replace("&quot;", '"')
    words = "begin the withdrawal of the main part of our air group"
    assert f"<strong>{words}</strong>" in html
    assert html.count("<table>") > 5


def test_withheld_weeks_stand_as_withheld(story: str) -> None:
    assert "| under 3 |" in story
    assert "| withheld |" in story


def test_hostile_text_makes_no_link_image_or_element(report: CaseReport) -> None:
    shown = shown_case(report)
    evil = " ".join(ATTACKS)
    made = []
    for one in shown:
        quotes = tuple(
            replace(quote, words=evil, speaker=evil, title=evil, url="https://a.example/)[x](y")
            for quote in one.quotes
        )
        records = tuple(replace(record, title=evil, citation=evil) for record in one.records)
        made.append(replace(one, title=evil, actor=evil, quotes=quotes, records=records))
    evil_report = replace(report, case=evil)
    read = GITHUB.parse(write(Material(report=evil_report, shown=tuple(made), rows={})).decode())
    kinds = {child.type for child in inlines(read)}
    assert kinds <= {"text", "code_inline", "strong_open", "strong_close", "softbreak"}
    assert not {token.type for token in read} & {"html_block", "fence", "code_block", "hr"}
    assert sum(token.type == "heading_open" for token in read if token.tag == "h1") == 1


def test_the_same_report_gives_the_same_bytes(report: CaseReport, story: str) -> None:
    again = write(Material(report=report, shown=shown_case(report), rows={}))
    assert again == story.encode()
