"""Everything on the page by keyboard alone: reached, seen, used, and left again."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from wordkept.dossier.page import render_html
from wordkept.dossier.report import CaseReport

pytestmark = pytest.mark.browser

STOPS = """() => [...document.querySelectorAll(
  'a[href], button:not([hidden]), summary, [tabindex="0"]'
)].filter(one => one.checkVisibility() && !one.closest('details:not([open]) > :not(summary)'))"""
WATCH = """() => {
  window.reached = [];
  addEventListener('focusin', ({target}) => {
    const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(target);
    const {left, right, width, height} = target.getBoundingClientRect();
    window.reached.push({
      node: target, ringed: outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2,
      colour: outlineColor, shown: width > 0 && height > 0 && left >= 0 && right <= innerWidth + 1,
    });
  });
}"""
INSIDE = "selector => document.activeElement.closest(selector) !== null"


@pytest.fixture(scope="module")
def file(whole: CaseReport, tmp_path_factory: pytest.TempPathFactory) -> str:
    written = tmp_path_factory.mktemp("keyboard") / "dossier.html"
    written.write_text(render_html(whole), encoding="utf-8")
    return written.as_uri()


@pytest.fixture
def opened(browser: Browser, file: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width = getattr(request, "param", 1280)
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    page = context.new_page()
    page.goto(file)
    yield page
    context.close()


def focused(page: Page) -> Any:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_tab_goes_through_all_of_it_in_order_and_out(opened: Page) -> None:
    opened.evaluate(WATCH)
    stops = opened.evaluate(f"({STOPS})().length")
    assert stops > 40
    for _ in range(stops):
        opened.keyboard.press("Tab")
    assert opened.evaluate("reached.length") == stops
    same = f"(stops => reached.every((one, place) => one.node === stops[place]))(({STOPS})())"
    assert opened.evaluate(same)
    unseen = "reached.filter(one => !one.ringed || !one.shown).map(one => one.node.outerHTML)"
    assert opened.evaluate(unseen) == []
    opened.keyboard.press("Shift+Tab")
    assert opened.evaluate(f"document.activeElement === ({STOPS})().at(-2)")
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement === document.body"), "the page lets go"


def test_the_skip_link_is_first_seen_and_leads_to_the_board(opened: Page) -> None:
    opened.keyboard.press("Tab")
    assert focused(opened) == "To the board"
    assert opened.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    opened.keyboard.press("Enter")
    opened.keyboard.press("Tab")
    assert opened.evaluate(INSIDE, "#board")


def test_a_heading_sorts_by_enter_and_by_space_and_keeps_the_focus(opened: Page) -> None:
    opened.get_by_role("button", name="Verdict").focus()
    head = opened.get_by_role("columnheader", name="Verdict").first
    for key, order in (("Enter", "ascending"), ("Space", "descending")):
        opened.keyboard.press(key)
        assert head.get_attribute("aria-sort") == order
        assert focused(opened) == "Verdict"
    assert "Partly kept" in opened.locator("table.board tbody tr").first.inner_text()


@pytest.mark.parametrize("refused", [False, True])
def test_copying_says_so_and_keeps_the_focus(opened: Page, *, refused: bool) -> None:
    if refused:  # as a browser does that gives no page the clipboard: the older way is taken
        opened.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    opened.get_by_role("button", name="Copy the sentence").first.focus()
    opened.keyboard.press("Enter")
    opened.get_by_role("button", name="Copied").wait_for()
    assert focused(opened) == "Copied"
    assert opened.evaluate("document.activeElement.ariaLive") == "polite"


def test_details_open_and_close(opened: Page) -> None:
    for place in range(opened.locator("summary").count()):
        summary = opened.locator("summary").nth(place)
        if not summary.is_visible():
            continue
        summary.focus()
        for key, is_open in (("Enter", True), ("Space", False)):
            opened.keyboard.press(key)
            held = opened.evaluate("document.activeElement.parentElement.open")
            assert held is is_open, summary.inner_text()


@pytest.mark.parametrize("opened", [360], indirect=True)
def test_wide_tables_scroll_on_a_phone(opened: Page) -> None:
    opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    wide = opened.locator(".scroll")
    moved = 0
    for place in range(wide.count()):
        region = wide.nth(place)
        if region.evaluate("one => one.scrollWidth <= one.clientWidth"):
            continue
        region.evaluate("one => one.addEventListener('scroll', () => one.dataset.moved = 'yes')")
        region.focus()
        opened.keyboard.press("ArrowRight")
        opened.locator(".scroll:focus[data-moved]").wait_for()
        moved += 1
    assert moved > 3


def test_a_count_leads_to_its_rows_and_the_way_back_to_the_count(opened: Page) -> None:
    count = opened.locator("#pledge-withdrawal table.levels a").last
    target = re.sub(r".*#", "", count.get_attribute("href") or "")
    count.focus()
    opened.keyboard.press("Enter")
    opened.get_by_role("row").filter(has_text="LE-1").wait_for()
    opened.keyboard.press("Tab")
    assert opened.evaluate(INSIDE, f"details:has(#{target})")
    opened.go_back()
    assert opened.url.endswith(".html")
    seen = "one => { const {top, bottom} = one.getBoundingClientRect();"
    assert count.evaluate(seen + " return top >= 0 && bottom <= innerHeight; }")
