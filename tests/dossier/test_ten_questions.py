"""Ten questions about the demonstration's withdrawal: each answered in two clicks."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from wordkept.demo import build_demo

pytestmark = pytest.mark.browser

LISTED = Path(__file__).resolve().parents[2] / "docs" / "ten-questions.md"
MOST_CLICKS = 2
HERE = "#pledge-withdrawal-march-2016"
READ = f"#board table.board a[href='{HERE}']"
COUNT = f"{HERE} table.levels tbody tr:first-child td a >> nth=0"
TERMS = f"{HERE} a[href^='#record-'] >> nth=0"
ANSWERS = (
    ("Who said what?", (READ,), (
        "Russian forces would begin to leave Syria on the following day",
        "Vladimir Putin, as the project sums it up",
    )),
    ("When?", (READ,), ("Russia, 14 March 2016",)),
    ("What was left open?", (READ,), ("What it leaves open", "what counts as the main part")),
    ("What fell?", (READ,), ("Alleged civilian-harm incidents that may be Russia's fell",)),
    ("Since when?", (READ,), ("of their level before 15 March 2016",)),
    ("By how much?", (READ,), ("The count fell to 9 % of its level before (7 to 16 %",)),
    ("How sure is that?", (READ,), ("falls this large occur in 2 of 100 shifts of this record",)),
    ("What would change it?", (READ,), ("21 misattributed events would carry it over",)),
    ("Which rows?", (READ, COUNT), ("no row of it is listed, by these terms",)),
    ("May I republish them?", (READ, TERMS), ("Licence", "Terms", "Cite as")),
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    _, page = build_demo(tmp_path_factory.mktemp("ten") / "demo", lambda *_: None)
    return page.as_uri()


@pytest.fixture(scope="module")
def opened(browser: Browser, demo: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(demo)
    yield page
    context.close()


@pytest.mark.parametrize(("question", "clicks", "answers"), ANSWERS)
def test_the_answer_is_two_clicks_away(
    opened: Page, demo: str, question: str, clicks: tuple[str, ...], answers: tuple[str, ...]
) -> None:
    assert len(clicks) <= MOST_CLICKS, question
    opened.goto("about:blank")
    opened.goto(demo)
    for one in clicks:
        opened.locator(one).click()
    target = opened.locator(f'[id="{opened.url.partition("#")[2]}"]')
    for answer in answers:
        words = re.compile(re.escape(answer).replace(r"\ ", r"\s+"))
        assert target.get_by_text(words).filter(visible=True).count(), (question, answer)


def test_the_questions_are_those_of_the_page_on_them() -> None:
    asked = re.findall(r"^\| \d+ \| ([^|]+\?) \|", LISTED.read_text("utf-8"), re.MULTILINE)
    assert asked == [question for question, _, _ in ANSWERS]
