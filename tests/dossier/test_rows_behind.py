"""Every count opens its rows, or says whose terms keep them back; and the charts of the audit."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from wordkept.dossier.bar_chart import bar_chart, bar_table
from wordkept.dossier.disproof import disproof
from wordkept.dossier.page import render_html
from wordkept.dossier.publish import shown_case
from wordkept.dossier.quotes import WIDER
from wordkept.dossier.report import CaseReport
from wordkept.dossier.rows_behind import FEWEST, LISTED, PAGE_ROWS, Evidenced, rows_behind
from wordkept.model import Bars, Behind, Event, Finding, Passage, Safety, Statement
from wordkept.period import Period


def rows(many: int, ends: date) -> tuple[Event, ...]:
    """So many made-up rows, two a day, the last of them on this day."""
    days = [ends - timedelta(days=place // 2) for place in reversed(range(many))]
    return tuple(
        Event(
            row=place, native_id=f"LE-{place}", dataset="lethal", period=Period(day, day),
            place=f"Karst {place}", admin1="Karst", admin2=None, country="Vale", lat=None,
            lon=None, radius_km=None, event_type="battle", native_type=None, side_a="Northland",
            side_b=None, deaths_low=1, deaths_best=2, deaths_high=4, events_best=1,
            reference="https://records.example/?a=1&b=2",
        )
        for place, day in enumerate(days)
    )  # fmt: skip


def with_rows(report: CaseReport, many: int, *, total: int | None = None) -> CaseReport:
    """The report with rows behind each count of the open record, and none of the closed one."""
    (one,) = (one for one in report.assessments if one.pledge.id == "withdrawal")
    behind = []
    for made in one.estimates:
        listed = made.dataset == "lethal"
        events = rows(many, made.window.end) if listed else None
        behind.append(
            Behind(
                pledge="withdrawal", dataset=made.dataset, attribution=made.attribution,
                part="after", days=made.window, events=events,
                rows=(total or many) if listed else None,
            )
        )  # fmt: skip
    return replace(report, behind=tuple(dict.fromkeys(behind)))


def evidenced(report: CaseReport) -> Evidenced:
    return rows_behind(report, shown_case(report))["withdrawal"]


def test_each_count_finds_its_rows_or_whose_terms_withhold_them(report: CaseReport) -> None:
    whole = with_rows(report, 3)
    found = evidenced(whole)
    closed, open_ = found.groups
    assert closed.withheld.endswith("Harm Watch asks that only totals be published.")
    assert [row.native_id for row in open_.lists[0].rows] == ["LE-0", "LE-1", "LE-2"]
    page = render_html(whole)
    for level in next(one for one in shown_case(whole) if one.id == "withdrawal").levels:
        key = found.key(level, "after")
        assert key
        assert page.count(f' id="{key}"') == 1
        assert f'<a href="#{key}">{level.after.text}</a>' in page


def test_it_says_how_many_of_how_many(report: CaseReport) -> None:
    found = evidenced(with_rows(report, 250, total=300)).groups[1].lists[0]
    assert len(found.rows) == LISTED
    assert found.said[0] == f"Listed are {LISTED} of 300 rows, the earliest first."
    assert "They count as" in found.said[1]
    page = render_html(with_rows(report, 250, total=300))
    assert "wordkept show CASE <bdi>withdrawal</bdi> --rows</code>, or the review bundle." in page
    assert evidenced(with_rows(report, 1)).groups[1].lists[0].said[0] == "The only row is listed."


def test_recent_rows_are_told_of_and_not_named(report: CaseReport) -> None:
    early = replace(report, safety=Safety(recent_days=2000, delay_days=0))
    (found, *_) = evidenced(with_rows(early, 4)).groups[1].lists
    assert {row.places for row in found.rows} == {("Karst",)}
    assert {row.reference for row in found.rows} == {""}
    assert "4 rows are younger than 2000 days" in " ".join(found.said).replace(",", "")
    late = replace(report, safety=Safety(recent_days=2000, delay_days=1999))
    (found, *_) = evidenced(with_rows(late, 4)).groups[1].lists
    assert found.rows == ()
    assert found.said[0] == "None of 4 rows is listed."
    assert "counted, and not listed yet" in found.said[1]


def test_the_same_rows_are_not_listed_twice(report: CaseReport) -> None:
    whole = with_rows(report, 3)
    other = tuple(replace(one, attribution="possible") for one in whole.behind)
    found = evidenced(replace(whole, behind=(*whole.behind, *other))).groups[1].lists
    assert [bool(one.rows) for one in found] == [True, False]
    assert found[1].same_as == found[0].key


def test_a_page_of_many_counts_shares_its_rows_out(report: CaseReport) -> None:
    whole = with_rows(report, LISTED)
    (one,) = (one for one in whole.behind if one.events is not None)
    many = tuple(
        replace(one, days=Period(one.days.start - timedelta(days=back), one.days.end))
        for back in range(PAGE_ROWS // FEWEST)
    )
    lists = evidenced(replace(whole, behind=many)).groups[0].lists
    assert sum(len(one.rows) for one in lists) <= PAGE_ROWS


def test_words_open_to_their_document(report: CaseReport) -> None:
    (document, _), *_ = report.documents
    start = 2 * WIDER + 50
    text = "a " * (start // 2) + "Here.\n\nThe words. After.\n\nNext paragraph.\n\nNot this one."
    at = text.index("The words")
    passage = Passage(document=document.id, start=at, end=at + 9, quote="The words")
    one = report.assessments[2]
    said = Statement(speaker="x", made_on=date(2032, 3, 15), passages=(passage,))
    one = replace(one, pledge=replace(one.pledge, statements=(said,)))
    (pledge,) = shown_case(replace(report, assessments=(one,), documents=((document, text),)))
    (quote,) = pledge.quotes
    assert quote.lead == ""
    assert quote.wider_lead.startswith("…a a")
    assert quote.wider_lead.endswith("Here.\n\n")
    assert len(quote.wider_lead) <= WIDER
    assert quote.wider_trail == ". After.\n\nNext paragraph."


BARS = Bars(of="rows", values=(1.0, 4.0, 0.0), first="2032-01", last="2032-03", marked=(1,))


@pytest.mark.parametrize(("dataset", "drawn"), [("lethal", True), ("harm-watch", False)])
def test_a_chart_of_the_audit_is_drawn_where_terms_let_it(
    report: CaseReport, dataset: str, drawn: bool
) -> None:
    found = Finding(check="heap", outcome="failed", dataset=dataset, sentence="A heap.", bars=BARS)
    one = replace(report.assessments[2], findings=(found,))
    (pledge,) = shown_case(replace(report, assessments=(one,)))
    chart, table = bar_chart(pledge.checks[0]), bar_table(pledge.checks[0])
    assert (chart is not None) == drawn
    assert ('<figure class="chart"><div class="one">' in render_html(
        replace(report, assessments=(one,)))) == drawn  # fmt: skip
    if chart is not None and table is not None:
        assert "The highest is 4 (2 of 3), the lowest 0. The finding is about bar 2: 4." in (
            chart.description
        )
        assert table.rows == (
            ("1 of 3: 2032-01", "1", False), ("2 of 3", "4", True), ("3 of 3: 2032-03", "0", False)
        )  # fmt: skip


def test_each_pledge_says_how_to_disprove_it(report: CaseReport) -> None:
    page = render_html(report)
    assert page.count("<h3>How to disprove us</h3>") == len(report.assessments)
    by_id = {one.id: " ".join(disproof(one)) for one in shown_case(report)}
    assert "Rows that were counted" in by_id["withdrawal"]
    assert "sorted wrongly" in by_id["films"]
    assert "tested after all" in by_id["bases"]
    assert "The plan was changed" not in by_id["bases"]


@pytest.fixture
def address(report: CaseReport, tmp_path: Path) -> str:
    written = tmp_path / "rows.html"
    written.write_text(render_html(with_rows(report, 5)), encoding="utf-8")
    return written.as_uri()


@pytest.mark.browser
def test_a_number_opens_its_rows_by_keyboard_and_without_script(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(address)
    count = page.locator("#pledge-withdrawal table.levels a").last
    target = re.sub(r".*#", "", count.get_attribute("href") or "")
    row = page.get_by_role("row").filter(has_text="LE-4")
    assert not row.is_visible()
    count.focus()
    page.keyboard.press("Enter")
    assert page.locator(f"details:has(#{target})").get_attribute("open") is not None
    assert row.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
