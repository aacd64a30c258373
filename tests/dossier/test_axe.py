"""What axe-core finds in the page: nothing, in each language, colour scheme and width."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from wordkept.dossier.languages.language import language as spoken
from wordkept.dossier.page import render_html
from wordkept.dossier.report import CaseReport

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "ar", "ru", "fr")
"""The languages that a page is written in; each is put to axe."""
SEEN = [
    *((language, *how) for language in LANGUAGES for how in ((360, "light"), (1280, "dark"))),
    (LANGUAGES[0], 360, "dark"),
    (LANGUAGES[0], 1280, "light"),
]
"""Colours and widths do not hang on the language: every pair of them once, each language in two."""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FOUND = f"""axe.run(document, {{
  runOnly: {{type: 'tag', values: {json.dumps(RULES)}}}, resultTypes: ['violations', 'incomplete'],
}}).then(found => JSON.stringify(found))"""
THINNED = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (const one of document.querySelectorAll('tbody > tr:nth-child(n+5), svg > :not(title, desc)'))
    one.remove();
}"""
"""Open all, and leave out repeats: rows after the fourth, and the marks of drawings, which axe
cannot judge (`test_colours.py` does). Contrast is what takes axe its time."""
UNDECIDED = "selector => !document.querySelector(selector).closest('.scroll')"


def written(report: CaseReport, language: str) -> str:
    """The page of a report in a language."""
    return render_html(report, spoken(language))


@pytest.mark.parametrize(("language", "width", "scheme"), SEEN)
def test_axe_finds_nothing(
    browser: Browser,
    whole: CaseReport,
    tmp_path: Path,
    language: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    file = tmp_path / "dossier.html"
    file.write_text(written(whole, language), encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    opened = context.new_page()
    opened.goto(file.as_uri())
    assert opened.evaluate("document.documentElement.lang") == language
    opened.evaluate(THINNED)
    session = context.new_cdp_session(opened)

    def asked(expression: str) -> Any:
        # The debugger's own way in: the page's policy lets no other script run.
        answer = session.send(
            "Runtime.evaluate",
            {"expression": expression, "awaitPromise": True, "returnByValue": True},
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    asked(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8") + ";null")
    found = json.loads(asked(FOUND))
    assert tuple(map(int, found["testEngine"]["version"].split("."))) >= (4, 5)
    assert told(found["violations"]) == []
    # Contrast that axe cannot work out: what a region that scrolls hides now.
    assert {one["id"] for one in found["incomplete"]} <= {"color-contrast"}
    unsure = [node["target"][0] for one in found["incomplete"] for node in one["nodes"]]
    assert [one for one in unsure if opened.evaluate(UNDECIDED, one)][:5] == []
    context.close()


def told(violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]}"
        for one in violations
        for node in one["nodes"]
    ]
