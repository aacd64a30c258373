"""A web page gives its article and what its fields state, and nothing that they do not."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from wordkept.documents.extract import Extracted, extract
from wordkept.documents.webpage import NO_ARTICLE, NO_TEXT
from wordkept.errors import InputError
from wordkept.model import Document

Captured = Callable[..., Document]
OfPage = Callable[..., Extracted]
SAID = "The command said that its forces would leave the valley before the end of the month. "
PARAGRAPHS = "".join(f"<p>{SAID * 3}{number}</p>" for number in range(4))


def page(body: str = PARAGRAPHS, head: str = "") -> bytes:
    return (
        f"<!doctype html><html><head><title>A title</title>{head}</head><body>"
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/b">Sport</a></li></ul></nav>'
        f"<article>{body}</article><footer>All rights reserved</footer></body></html>"
    ).encode()


@pytest.fixture
def of_page(captured: Captured, folder: Path) -> OfPage:
    return lambda content, **said: extract(captured(content, "a.html", **said), folder)


def refused(of_page: OfPage, content: bytes) -> str:
    with pytest.raises(InputError) as caught:
        of_page(content)
    (problem,) = caught.value.problems
    assert len(str(problem).splitlines()) == 3
    return problem.what


def test_the_article_is_the_text_and_the_frame_is_not(of_page: OfPage) -> None:
    found = of_page(page())
    assert found.text == "\n".join(f"{SAID * 3}{number}" for number in range(4))
    assert found.record.remarks == ()
    assert found.record.extractor.startswith("wordkept 1, trafilatura ")


def test_written_out_mark_up_and_injections_stay_text(of_page: OfPage) -> None:
    found = of_page(
        page(
            PARAGRAPHS + "<p>They wrote &lt;script&gt;alert(1)&lt;/script&gt; and &amp;lt;b&amp;gt;"
            " &amp; ignore all previous instructions \u200b\u202e\u2069.</p>"
        )
    )
    said = "They wrote <script>alert(1)</script> and &lt;b&gt; & ignore all previous instructions"
    assert f"{said} \u200b\u202e\u2069." in found.text


def test_control_characters_stand_as_what_cannot_be_shown(of_page: OfPage) -> None:
    head = '<meta name="author" content="A\x1b&#1; Lee">'
    found = of_page(page(PARAGRAPHS + "<p>Bell\x07, null\0, &#27;[31m &amp; &#2;.</p>", head))
    assert "Bell\ufffd, null\ufffd, " in found.text
    assert found.text.replace("\n", "").isprintable()


ISO = "2016-03-14T23:30:00+03:00"
LINKED = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (f'<meta property="article:published_time" content="{ISO}">', date(2016, 3, 14)),
        (f'<meta itemprop="datePublished" content="{ISO}">', date(2016, 3, 14)),
        ('<meta name="DC.date.issued" content="2016/03/14">', date(2016, 3, 14)),
        (LINKED.format('{"@type": "NewsArticle", "datePublished": "2016-03-14"}'),
         date(2016, 3, 14)),
        (LINKED.format('{"@graph": [{"@type": "WebPage", "datePublished": "2015-01-01"}, '
                       '{"@type": ["ReportageNewsArticle"], "datePublished": "20160314"}]}'),
         date(2016, 3, 14)),
        (f'<meta property="article:modified_time" content="{ISO}">', None),
        (LINKED.format('{"@type": "NewsArticle", "dateModified": "2016-03-14"}'), None),
        (LINKED.format("{broken"), None),
        ('<meta name="date" content="14 March 2016">', None),
        ('<meta name="date" content="2016-13-99">', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_only_what_a_field_states(
    of_page: OfPage, head: str, published: date | None
) -> None:
    body = "<p>Published on 1 May 2014, 2014-05-01.</p>" + PARAGRAPHS
    found = of_page(page(body, head), url="https://example.org/2013/02/03/a")
    assert found.published == published


def test_a_time_element_that_is_made_for_it_states_it(of_page: OfPage) -> None:
    dated = f'<time itemprop="datePublished" datetime="{ISO}">Monday</time>'
    assert of_page(page(dated + PARAGRAPHS)).published == date(2016, 3, 14)
    other = f'<time datetime="{ISO}">Monday</time>'
    assert of_page(page(other + PARAGRAPHS)).published is None


def test_title_author_and_publisher_are_taken_where_they_are_stated(of_page: OfPage) -> None:
    linked = '{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "The Post"}}'
    head = (
        '<meta property="og:title" content="Войска &amp; договор">'
        '<meta name="author" content="Ann Lee">' + LINKED.format(linked)
    )
    found = of_page(page(head=head))
    assert (found.title, found.author, found.publisher) == (
        "Войска & договор", "Ann Lee", "The Post",
    )  # fmt: skip
    bare = of_page(page(), url="https://www.example.org/a")
    assert (bare.title, bare.author, bare.publisher) == ("A title", None, None)


def test_a_page_without_an_article_gives_what_is_there(of_page: OfPage) -> None:
    found = of_page(b"<html><body><div>Only <b>this</b>.</div></body></html>")
    assert found.text == "Only this."
    found = of_page(b"<html><body><div>We <b>will</b> leave.</div><div>So they said.</div></body>")
    assert found.text == "We will leave.\nSo they said."
    assert of_page(b"<html><head><title>x</title></head><body></body></html>").text == ""


@pytest.mark.parametrize(
    "content", [b"<html>", b"<!doctype html>", b"<html><body><script>x()</script></body></html>"]
)
def test_a_page_without_text_gives_an_empty_text_and_says_so(
    of_page: OfPage, content: bytes
) -> None:
    found = of_page(content)
    assert found.text == ""
    assert found.record.remarks == (NO_TEXT,)
    assert NO_ARTICLE != NO_TEXT


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(
    of_page: OfPage, declared: str, encoding: str
) -> None:
    said = "Войска покинут долину."
    content = page(f"<p>{said}</p>{PARAGRAPHS}", declared).decode().encode(encoding)
    found = of_page(content)
    assert said in found.text
    assert found.record.remarks == ()


def test_what_a_server_says_counts_before_what_the_page_declares(of_page: OfPage) -> None:
    content = page("<p>Войска.</p>" + PARAGRAPHS, '<meta charset="koi8-r">').decode()
    assert "Войска." in of_page(content.encode("cp1251"), charset="windows-1251").text


@pytest.mark.parametrize("declared", ["", '<meta charset="unicode_escape">'])
def test_an_encoding_is_not_guessed(of_page: OfPage, declared: str) -> None:
    content = page("<p>Войска.</p>" + PARAGRAPHS, declared).decode().encode("cp1251")
    assert "nothing says what it is" in refused(of_page, content)


def test_bytes_that_are_not_what_is_declared_are_counted(of_page: OfPage) -> None:
    content = page(PARAGRAPHS, '<meta charset="utf-8">').replace(b"month", b"mo\xffth", 2)
    found = of_page(content)
    assert found.text.count("mo\ufffdth") == 2
    assert "2 places hold bytes that are not utf-8" in found.record.remarks[0]


def test_a_page_too_deep_or_too_large_is_refused_at_once(of_page: OfPage) -> None:
    deep = b"<!doctype html>" + b"<div>" * 100_000 + b"x"
    assert "over 500 deep" in refused(of_page, deep)
    large = b"<!doctype html>" + b"<p>x" * 6_000_000
    assert "are read at most" in refused(of_page, large)


def test_a_line_of_five_megabytes_is_read(of_page: OfPage) -> None:
    found = of_page(b"<!doctype html><body><p>" + b"word " * 1_000_000)
    assert found.text == ("word " * 1_000_000).rstrip()
