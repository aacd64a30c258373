"""The terminal tells of a pledge what the page tells: the same sentences, in the same order."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from wordkept.dossier.json_text import as_json, dossier_schema, pledge_json
from wordkept.dossier.page import render_html
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.shown import Shown
from wordkept.dossier.terminal import pledge_text
from wordkept.dossier.unseen import HARMFUL, reveal
from wordkept.model import Behind, Event
from wordkept.period import Period

PICTURED = frozenset({"series", "bars", "columns"})
"""What the page draws, with a table by week or by bar: the terminal names the export instead."""
UNFOLDED = frozenset({"wider_lead", "wider_trail"})
"""The paragraphs around a passage, which the page opens on request."""
NOT_SAID = frozenset({"kind", "direction", "question", "dataset", "id", "pledge"})
"""Words of fixed lists and names of things: the page says them in words of its own."""
BOARDS = re.compile("[\u2500-\u259f]")


def flat(text: str) -> str:
    """A text without its folding: no blanks, no capitals."""
    return "".join(text.split()).casefold()


def article(page: str, pledge: str) -> str:
    """All that the page says of a pledge, and of the records that it rests on."""
    start = page.index(f'<article class="pledge" id="pledge-{pledge}"')
    own = page[start : page.index("</article>", start)]
    records = page[page.find('<section id="records"') :]
    return flat(html.unescape(re.sub(r"<[^>]+>", " ", own + records)))


def sentences(value: object) -> Iterator[str]:
    """Every text of what is shown that the page may print."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from sentences(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            if one.name not in PICTURED | UNFOLDED | NOT_SAID:
                yield from sentences(getattr(value, one.name))


def listed(report: CaseReport) -> CaseReport:
    """The report with rows behind the counts of its open record."""
    day = date(2032, 3, 20)
    one = Event(
        row=1, native_id="LE-1", dataset="lethal", period=Period(day, day), place="Karst",
        admin1=None, admin2=None, country="Vale", lat=None, lon=None, radius_km=None,
        event_type="battle", native_type=None, side_a="Northland", side_b=None, deaths_low=1,
        deaths_best=2, deaths_high=4, events_best=1, reference=None,
    )  # fmt: skip
    behind = [
        Behind(pledge=found.pledge.id, dataset=made.dataset, attribution=made.attribution,
               part="after", days=made.window,
               events=(one,) if made.dataset == "lethal" else None,
               rows=1234 if made.dataset == "lethal" else None)
        for found in report.assessments
        for made in found.estimates
    ]  # fmt: skip
    return replace(report, behind=tuple(dict.fromkeys(behind)))


def test_every_sentence_of_the_page_stands_on_the_terminal(report: CaseReport, page: str) -> None:
    found = 0
    for pledge in shown_case(report):
        printed, told = article(page, pledge.id), flat(pledge_text(report, pledge.id))
        for text in sentences(pledge):
            said = flat(reveal(text))
            if said and said in printed:
                found += 1
                parts = said.split(",with") if said.endswith("notyetreported") else [said]
                assert all(part in told for part in parts), (pledge.id, text)
    assert found > 300


def test_what_would_disprove_it_and_its_citation_stand_too(report: CaseReport, page: str) -> None:
    for pledge in shown_case(report):
        told = flat(pledge_text(report, pledge.id))
        start = page.index(f'id="pledge-{pledge.id}"')
        own = page[start : page.index("</article>", start)]
        if "How to disprove us" in own:
            part = own.partition("How to disprove us")[2].partition("</section>")[0]
            for text in re.findall(r"<bdi>(.*?)</bdi>", part, re.DOTALL):
                assert flat(html.unescape(text)) in told
        for one in (
            pledge.citation,
            report.ledger_head,
            report.command,
            *map(flat, hashes(pledge)),
        ):
            assert flat(one) in told


def hashes(pledge: Shown) -> Iterator[str]:
    """The SHA-256 of everything that is shown; of a plan only where there is one."""
    stated = pledge if pledge.reading.plan else replace(pledge, plan_hash="")
    return (text for text in sentences(stated) if re.fullmatch("[0-9a-f]{64}", text))


def test_the_order_is_that_of_the_page(report: CaseReport, page: str) -> None:
    for pledge in shown_case(report):
        start = page.index(f'id="pledge-{pledge.id}"')
        own = page[start : page.index("</article>", start)]
        headings = [
            html.unescape(one).upper() for one in re.findall(r"<h[345][^>]*>(.*?)</h[345]>", own)
        ]
        told = pledge_text(listed(report), pledge.id).splitlines()
        places = [told.index(one) for one in headings if one in told]
        assert places == sorted(places), pledge.id
        assert set(headings) - set(told) <= {"WHAT IT LEAVES OPEN"}, pledge.id


def test_rows_are_counted_and_the_command_that_lists_them_is_named(report: CaseReport) -> None:
    told = pledge_text(listed(report), "withdrawal")
    words = " ".join(told.split())
    assert "After, lethal, certain: 1,234 rows, 16 Mar 2032 to" in words
    assert "Listed are 1 of 1,234 rows" in words
    assert "wordkept show CASE withdrawal --rows" in words
    assert "Harm Watch incidents: no row of it is listed, by these terms:" in words
    assert "LE-1" not in told


def test_it_is_read_aloud_line_by_line(report: CaseReport) -> None:
    """No boxes, no colours, no control characters, no line over 80, and each heading a line."""
    long = "https://example.org/" + "a" * 200 + " 漢字 العربية \u202e\x1b[31m"
    wide = tuple(replace(one, pledge=replace(one.pledge, title=long)) for one in report.assessments)
    for case in (listed(report), replace(report, assessments=wide)):
        for one in case.assessments:
            told = pledge_text(case, one.pledge.id)
            assert max(map(cell_len, told.splitlines())) <= 80
            assert not HARMFUL.search(told.replace("\n", ""))
            assert not BOARDS.search(told)
            assert "\nVERDICT\n" in told


def test_for_machines_it_is_the_pledges_part_of_the_dossier(report: CaseReport) -> None:
    whole = json.loads(as_json(report))
    schema = dossier_schema()
    check = Draft202012Validator({"$ref": "#/$defs/Shown", "$defs": schema["$defs"]})
    for place, pledge in enumerate(shown_case(report)):
        text = pledge_json(pledge)
        assert json.loads(text) == whole["pledges"][place]
        check.validate(json.loads(text))
        assert "\u202e" not in text


def test_a_recent_row_is_counted_and_said_to_be_late(report: CaseReport) -> None:
    recent = listed(report)
    soon = recent.assessments[0].as_of - timedelta(days=2)
    behind = tuple(
        replace(one, events=tuple(replace(row, period=Period(soon, soon)) for row in one.events))
        if one.events else one
        for one in recent.behind
    )  # fmt: skip
    words = " ".join(pledge_text(replace(recent, behind=behind), "withdrawal").split())
    assert "1 row is younger than 14 days: counted, and not listed yet" in words


@pytest.mark.parametrize("name", ["bases", "films"])
def test_a_pledge_without_rates_has_no_empty_part(report: CaseReport, name: str) -> None:
    told = pledge_text(report, name)
    assert not re.search(r"\n([A-Z][A-Z ,’']+)\n\n", told.replace("THE EVIDENCE\n", "")), told
    assert "How to disprove us".upper() in told or name == "bases"
    assert render_html(report)
