import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

from wordkept.dossier.json_text import as_json
from wordkept.dossier.page import anchor, render_html
from wordkept.dossier.report import CaseReport
from wordkept.dossier.unseen import HARMFUL

LOADING = {"img", "iframe", "object", "embed", "link", "audio", "video", "source", "base", "form"}
RTL = "انسحاب القوات"


class Seen(HTMLParser):
    """Every element with its attributes, and the text of style and script."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside = ""
        self.texts: dict[str, str] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.inside = ""

    def handle_data(self, data: str) -> None:
        self.texts[self.inside] = self.texts.get(self.inside, "") + data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_the_same_report_is_the_same_bytes(report: CaseReport, page: str) -> None:
    assert render_html(report) == page
    assert as_json(report) == as_json(report)


def test_it_is_small(page: str) -> None:
    assert len(page.encode()) < 1_000_000


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    seen = Seen(page)
    assert not LOADING & {tag for tag, _ in seen.elements}
    for tag, attributes in seen.elements:
        assert not {"src", "srcset", "style", "background", "action", "poster"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        if (href := attributes.get("href")) is not None:
            assert tag == "a"
            assert href.startswith(("#", "https://", "http://"))
    assert "url(" not in seen.texts["style"]
    assert "@import" not in seen.texts["style"]
    assert not re.search(r"https?:|fetch|XMLHttp|import\(", seen.texts["script"])


def test_the_policy_allows_its_own_style_and_script_only(page: str) -> None:
    seen = Seen(page)
    policies = [meta["content"] for meta in seen.named("meta") if "http-equiv" in meta]
    assert len(policies) == 1
    assert policies[0] is not None
    assert policies[0].startswith("default-src 'none'; ")
    assert "unsafe" not in policies[0]
    for tag in ("style", "script"):
        assert len(seen.named(tag)) == 1
        digest = b64encode(sha256(seen.texts[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policies[0]


def test_hostile_words_make_no_element(report: CaseReport) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)></svg>{{ 7*7 }}\u202e\x00'
    hurt = tuple(
        replace(
            one,
            pledge=replace(one.pledge, id=evil + one.pledge.id, title=evil, actor=evil),
            verdict=replace(one.verdict, sentence=evil, why_not_higher=(evil,)),
            releases=tuple(
                replace(release, title=evil, citation=evil, caveats=(evil,), file_name=evil)
                for release in one.releases
            ),
            series=tuple(replace(series, label=evil) for series in one.series),
            findings=tuple(replace(f, sentence=evil, check=evil) for f in one.findings),
        )
        for one in report.assessments
    )
    html = render_html(replace(report, case=evil, command=evil, assessments=hurt))
    seen = Seen(html)
    assert len(seen.named("script")) == 1
    assert not LOADING & {tag for tag, _ in seen.elements}
    assert not [a for _, a in seen.elements if any(name.startswith("on") for name in a)]
    assert "{{ 7*7 }}" in html
    assert not HARMFUL.search(html.replace("\n", ""))
    ids = [attributes["id"] for _, attributes in seen.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert not [identity for identity in ids if identity is None or " " in identity]


def test_a_quote_that_the_capture_does_not_hold_is_not_printed(report: CaseReport) -> None:
    (document, text), *_ = report.documents
    changed = replace(report, documents=((document, text.replace("main part", "whole")),))
    html = render_html(changed)
    assert "begin the withdrawal of the main part of our air group" not in html
    assert "The capture does not hold these words at this place." in html
    missing = render_html(replace(report, documents=()))
    assert "The capture is not in this case, so the words are not printed." in missing


def test_a_link_that_could_run_is_no_link(report: CaseReport) -> None:
    (document, text), *_ = report.documents
    evil = replace(document, url="javascript:alert(1)")
    html = render_html(replace(report, documents=((evil, text),)))
    assert "open the document" not in html
    assert "javascript:" not in html


def test_every_chart_is_described_and_has_its_table(page: str) -> None:
    seen = Seen(page)
    charts = seen.named("svg")
    ids = {attributes.get("id") for _, attributes in seen.elements}
    drawn = {"board": 1, "series": 3, "levels": 3, "curve": 1, "count": 2}
    assert len(charts) == 2 * sum(drawn.values()), "each at two widths"
    for chart in charts:
        assert chart["role"] == "img"
        title, description = (chart["aria-labelledby"] or "").split()
        assert {title, description} <= ids
    assert len(re.findall(r"<desc id=[^>]+>[^<]{40,}</desc>", page)) == len(charts)
    assert page.count('<table class="weeks">') == 3
    assert page.count('<table class="levels">') == 3
    assert page.count('<table class="board"') == 1
    assert page.count('<table class="choices">') == 1
    assert page.count('<table class="together">') == 1


def test_quotes_stand_apart_from_the_direction_of_the_page(page: str) -> None:
    assert '<html lang="en" dir="ltr">' in page
    assert page.count('<blockquote dir="auto">') == 6, "in their passage, and in their document"
    assert "shown here by their codes: U+001B" in page


def test_other_declarations_are_marked_on_a_chart(page: str) -> None:
    chart = page[page.index('id="pledge-withdrawal"') :]
    description = re.search(r"<desc[^>]*>([^<]*)</desc>", chart)
    assert description is not None
    assert "28 February 2032, Cessation of hostilities" in description[1]
    assert "16 March 2032, Withdrawal of the main part" in description[1]


def test_a_case_without_pledges_says_so(report: CaseReport) -> None:
    assert "No pledge has been assessed in this case yet." in render_html(
        replace(report, assessments=())
    )


def test_a_record_of_one_day_and_an_empty_one_are_drawn(report: CaseReport) -> None:
    whole = report.assessments[2]
    for days in (0, 1, 9):
        short = tuple(replace(one, counts=one.counts[:days]) for one in whole.series)
        bare = replace(whole, series=short, estimates=(), durability=None)
        render_html(replace(report, assessments=(bare,)))


def test_right_to_left_titles_are_isolated(report: CaseReport) -> None:
    one = report.assessments[3]
    renamed = replace(one, pledge=replace(one.pledge, title=RTL))
    html = render_html(replace(report, assessments=(renamed,)))
    assert f"<bdi>{RTL}</bdi>" in html


def test_anchors_do_not_meet() -> None:
    assert anchor("a b") != anchor("a-b")


def test_the_plan_says_when_it_was_fixed(page: str) -> None:
    known = "by authors who had seen the record"
    assert f"Plan fixed 12 March 2034, before the data were loaded, {known}" in page
    assert f"Plan fixed 20 March 2034, after the data were loaded, {known}" in page
    assert date(2034, 3, 12).isoformat() not in page
