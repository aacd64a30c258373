from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from wordkept.dossier.page import render_html
from wordkept.dossier.report import CaseReport

pytestmark = pytest.mark.browser


@pytest.fixture
def file(whole: CaseReport, tmp_path: Path) -> str:
    written = tmp_path / "dossier.html"
    written.write_text(render_html(whole), encoding="utf-8")
    return written.as_uri()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_from_disk_in_silence(
    browser: Browser, file: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    said: list[str] = []
    asked: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    if width > 640:
        wide = (
            "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth)"
        )
        assert opened.evaluate(f"{wide}.length") == 0
        opened.get_by_role("button", name="Verdict").click()
        assert "Cannot tell" in opened.locator("table.board tbody tr").first.inner_text()
    opened.get_by_role("button", name="Copy the sentence").first.click()
    assert opened.locator("svg:visible").count() == 11
    context.close()
    assert said == []
    assert asked == [file]


def test_it_reads_without_script(browser: Browser, file: str) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    said: list[str] = []
    asked: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file)
    assert opened.get_by_role("heading", name="Withdrawal of the main part").is_visible()
    assert opened.locator("button:visible").count() == 0
    row = opened.get_by_role("row").filter(has_text="LE-1")
    assert not row.is_visible()
    opened.locator("#pledge-withdrawal .rows summary").first.click()
    assert row.is_visible()
    context.close()
    assert said == []
    assert asked == [file]
