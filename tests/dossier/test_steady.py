"""The page does not move while it is read, and its charts are not cut where it is printed."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from wordkept.dossier.page import render_html
from wordkept.dossier.report import CaseReport

pytestmark = pytest.mark.browser

SHIFTED = """() => new Promise(done => {
  const shifts = [];
  new PerformanceObserver(list => shifts.push(...list.getEntries()))
    .observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(shifts.map(one =>
    `${one.value}: ${one.sources.map(each => each.node?.parentElement?.outerHTML.slice(0, 80))}`
  )), 100)));
})"""
MARKED = """() => [...document.querySelectorAll('figure.chart')].map((figure, place) => {
  const drawn = [...figure.querySelectorAll('svg')].find(one => one.checkVisibility());
  const {x, y, width, height} = drawn.viewBox.baseVal;
  for (const [letter, at] of [['a', y + 10], ['b', y + height]]) {
    const mark = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    mark.setAttribute('x', x + width / 2);
    mark.setAttribute('y', at);
    mark.textContent = `zq${place}${letter}.`;
    drawn.append(mark);
  }
  figure.querySelector('figcaption').prepend(`zq${place}c. `);
  return `zq${place}`;
})"""


@pytest.fixture(scope="module")
def file(whole: CaseReport, tmp_path_factory: pytest.TempPathFactory) -> str:
    written = tmp_path_factory.mktemp("steady") / "dossier.html"
    written.write_text(render_html(whole), encoding="utf-8")
    return written.as_uri()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_shifts_while_it_loads(browser: Browser, file: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    opened = context.new_page()
    opened.goto(file)
    assert opened.evaluate(SHIFTED) == []
    context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_chart_is_cut_on_paper(browser: Browser, file: str, tmp_path: Path, paper: str) -> None:
    """A mark at the head and the foot of each chart, and at its caption: all on one sheet."""
    context = browser.new_context(offline=True)
    opened = context.new_page()
    opened.goto(file)
    opened.emulate_media(media="print")
    keys = opened.evaluate(MARKED)
    printed = tmp_path / "dossier.pdf"
    opened.pdf(path=printed, format=paper, prefer_css_page_size=False)
    context.close()
    sheets = [sheet.extract_text() for sheet in PdfReader(printed).pages]
    assert len(keys) > 8
    for key in keys:
        stands = {
            letter: [place for place, text in enumerate(sheets) if f"{key}{letter}." in text]
            for letter in "abc"
        }
        assert stands["a"] == stands["b"] == stands["c"], (key, stands)
        assert len(stands["a"]) == 1, key
