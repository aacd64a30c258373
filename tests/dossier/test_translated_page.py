"""The page in other languages: all of it said, mirrored, and English where it cannot be."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from wordkept.dossier.drawing import cut, reach, words
from wordkept.dossier.languages.language import LANGUAGES, language, page_name
from wordkept.dossier.languages.said import ISOLATE, RELEASE, Plain
from wordkept.dossier.page import render_html
from wordkept.dossier.report import CaseReport
from wordkept.model import Change, Edition

OTHERS = tuple(code for code in LANGUAGES if code != "en")
TEMPLATES = Path(render_html.__code__.co_filename).parent / "templates"
ASKED = re.compile(r'\b(?:say|plain|counted)\(\s*"((?:[^"\\]|\\.)*)"')
PARTS = {
    "Rows: {dataset:name}, {bound:attribution}, ",
}
"""Put together with "before" or "after": both wholes are in the catalogue."""
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def arabic(report: CaseReport) -> str:
    return render_html(report, language("ar"), ("en", "ar", "fr"))


def test_english_beside_no_other_language_says_nothing_of_languages(
    report: CaseReport, page: str
) -> None:
    assert render_html(report, language("en")) == page
    assert "hreflang" not in page
    assert "translated by a language model" not in page


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_of_the_templates_is_in_the_catalogue(code: str) -> None:
    spoken = language(code).speaker
    assert spoken is not None
    found = {text for path in TEMPLATES.glob("*.j2") for text in ASKED.findall(path.read_text())}
    assert len(found) > 120
    known = spoken.spoken
    for text in sorted(found):
        if "{" not in text:
            assert language(code).sentence(text).matched, text
        elif text not in PARTS:
            assert text.removesuffix(".") in known.by_english, text


@pytest.mark.parametrize("code", OTHERS)
def test_a_heading_of_the_page_never_stays_english(report: CaseReport, code: str) -> None:
    page = render_html(report, language(code))
    assert f'<html lang="{code}" dir="{language(code).direction}">' in page
    heads = re.findall(r"<(h[1-5]|th scope=\"col\"|dt|summary|caption)[^>]*>(.*?)</", page)
    assert len(heads) > 150
    stayed = {text for _, text in heads if '<span lang="en"' in text}
    assert stayed == set()


def test_it_says_who_translated_it_and_how_much_stands_in_english(arabic: str) -> None:
    foot = arabic[arabic.index("<footer") :]
    assert "نموذج لغوي" in foot
    told = re.search(r"(\d+) (?:جملة|جمل)", foot)
    assert told is not None
    marked = set(re.findall(r'<span lang="en" dir="ltr">(.*?)</span>', arabic))
    assert 0 < len(marked) <= int(told[1])


def test_it_leads_to_the_pages_that_were_built_beside_it(arabic: str) -> None:
    assert re.findall(r'<a href="([^"]+)" hreflang="(\w\w)"', arabic) == [
        ("index.html", "en"), ("index.fr.html", "fr"),
    ]  # fmt: skip
    assert page_name("ar") == "index.ar.html"


def test_the_same_report_gives_the_same_bytes(report: CaseReport, arabic: str) -> None:
    assert render_html(report, language("ar"), ("en", "ar", "fr")) == arabic


def test_corrections_are_told_in_each_language(report: CaseReport) -> None:
    changes = (
        Change(
            kind="verdict", sentence="Fewer flights: the verdict went from kept to cannot tell.",
            why=("another version of wordkept assessed it", "a new release of harm was loaded"),
        ),
        Change(kind="mask", sentence="2 masks of names set or lifted in captured texts."),
        Change(kind="record", sentence="Harm: added, known from 5 March 2034."),
    )  # fmt: skip
    editions = tuple(
        Edition(number=n, as_of=report.as_of, built_at=at, page=page, changes=told)
        for n, at, page, told in (
            (1, "2034-03-01T08:15:00Z", "ab" * 32, ()), (2, None, None, changes),
        )
    )  # fmt: skip
    whole = replace(report, identity="wk-0", editions=editions)
    for code in OTHERS:
        page = render_html(whole, language(code))
        history = page[page.index('<section id="history"') : page.index("</main>")]
        assert '<span lang="en"' not in history


@pytest.mark.parametrize("code", OTHERS)
def test_hostile_names_stay_text_in_every_language(report: CaseReport, code: str) -> None:
    evil = '\u202e"><script>alert(1)</script>{day:day} Foo. Bar'
    hurt = tuple(replace(one, pledge=replace(one.pledge, title=evil, actor=evil))
                 for one in report.assessments)  # fmt: skip
    page = render_html(replace(report, case=evil, assessments=hurt), language(code))
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert page.count("<script>") == 1


def test_a_cut_name_closes_its_isolate() -> None:
    name = Plain(f"ما قبل {ISOLATE}Airwars, a very long title of a record{RELEASE}")
    short = cut(name, 90)
    assert short.count(ISOLATE) == short.count(RELEASE) == 1
    assert "[U+2068]" not in words((0, 0), name)
    assert "[U+2068]" in words((0, 0), f"{ISOLATE}forged{RELEASE}")


def test_scripts_have_widths_of_their_own() -> None:
    assert reach("Сводка") > reach("abcdef") > reach("سجلاتي")
    assert reach(Plain(f"{ISOLATE}abc{RELEASE}")) == reach("abc")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


AXIS = """[...document.querySelectorAll('figure.chart svg')].filter(e => e.getClientRects().length)
  .slice(0, 1).flatMap(svg => [...svg.querySelectorAll('text.figure')])
  .filter(e => /^\\d{4}$/.test(e.textContent))
  .map(e => [+e.textContent, e.getBoundingClientRect().left])"""
OUTSIDE = """[...document.querySelectorAll('figure.chart svg')]
  .filter(e => e.getClientRects().length)
  .flatMap(svg => [...svg.querySelectorAll('text')].filter(e => {
    const [own, all] = [e.getBoundingClientRect(), svg.getBoundingClientRect()];
    return own.left < all.left - 8 || own.right > all.right + 8;
  }).map(e => e.textContent))"""


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed")
@pytest.mark.parametrize("width", [360, 1280])
def test_arabic_mirrors_but_for_quotes_and_time(
    browser: Browser, arabic: str, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "index.ar.html"
    file.write_text(arabic, encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    opened, said = context.new_page(), list[str]()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(file.as_uri())
    style = "e => getComputedStyle(e).direction"
    assert opened.locator("body").evaluate(style) == "rtl"
    assert opened.locator("blockquote").first.evaluate(style) == "ltr"
    assert opened.locator("figure.chart svg").first.evaluate(style) == "ltr"
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    years = opened.evaluate(AXIS)
    assert len(years) > 1
    assert years == sorted(years)
    assert [left for _, left in years] == sorted(left for _, left in years)
    assert opened.evaluate(OUTSIDE) == []
    button = opened.locator("[data-copy]:visible").first
    button.click()
    expect(button).to_have_text(str(language("ar").text("Copied")))
    context.close()
    assert said == []
