import json
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from wordkept.dossier import terminal
from wordkept.dossier.json_text import as_json
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.unseen import HARMFUL
from wordkept.model import Assessment

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
HASH = re.compile(r"\b[0-9a-f]{12}\b")
BOXES = re.compile("[\u2500-\u259f]")


def texts(report: CaseReport, width: int) -> list[str]:
    said = [terminal.board_text(report, width)]
    for one in report.assessments:
        said.append(terminal.pledge_text(report, one.pledge.id, width))
        said.append(terminal.testability_text(one.pledge, one.testability, width))
    return said


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(report: CaseReport, width: int) -> None:
    long = "https://example.org/" + "a" * 200 + " 漢字" * 40
    wide = tuple(
        replace(one, pledge=replace(one.pledge, title=long, actor=long))
        for one in report.assessments
    )
    for case in (report, replace(report, assessments=wide, command=long)):
        for text in texts(case, width):
            assert max(map(cell_len, text.splitlines())) <= width


def test_a_long_name_is_folded_and_not_cut(report: CaseReport) -> None:
    name = "x" * 150
    one = report.assessments[0]
    named = replace(one, pledge=replace(one.pledge, title="Short", actor=name))
    board = terminal.board_text(replace(report, assessments=(named,)))
    assert board.count("x") == len(name)


def test_it_is_plain_text(report: CaseReport) -> None:
    for text in texts(report, 80):
        assert not HARMFUL.search(text.replace("\n", ""))
        assert not BOXES.search(text)
        assert text.endswith("\n")
        assert not re.search(r" $", text, re.MULTILINE)


def test_the_environment_changes_nothing(
    report: CaseReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(report, 80)
    for name, value in {"COLUMNS": "40", "FORCE_COLOR": "1", "TERM": "dumb", "LANG": "ar"}.items():
        monkeypatch.setenv(name, value)
    assert texts(report, 80) == before


def test_every_number_on_the_terminal_is_in_the_json(report: CaseReport) -> None:
    raw = as_json(report)
    known = {number.replace(",", "") for number in NUMBER.findall(raw)}
    known |= {str(int(number)) for number in known if number.isdigit()}
    for one in report.assessments:
        text = HASH.sub("", terminal.pledge_text(report, one.pledge.id)).replace("SHA-256", "")
        for number in NUMBER.findall(text):
            plain = number.rstrip(",").replace(",", "")
            assert plain in known or str(int(float(plain))) in known, number


def test_the_sentences_are_those_of_the_page(report: CaseReport, page: str) -> None:
    flat = page.replace("\u00a0", " ").replace("&#39;", "'").replace("&#34;", '"')
    for pledge in shown_case(report):
        for sentence in (*pledge.reading.why_not_higher, *pledge.reading.how_wrong):
            assert sentence in flat
    board = " ".join(terminal.board_text(report).split())
    assert "Cannot tell: the fall is seen, and is no larger than" in board


def test_a_card_says_what_leaving_a_thing_open_rules_out(report: CaseReport) -> None:
    one: Assessment = report.assessments[3]
    card = terminal.testability_text(one.pledge, one.testability)
    assert "not testable" in card
    assert "Until when: No day exists on which it has failed for good." in card
    assert "No record in this case holds whether a base is manned." in card


def test_the_json_is_the_case(report: CaseReport) -> None:
    content = json.loads(as_json(report))
    assert content["case"] == report.case
    assert [one["reading"]["word"] for one in content["pledges"]] == [
        "not kept", "cannot tell", "partly kept", "not testable", "not kept",
    ]  # fmt: skip
    level = content["pledges"][2]["levels"][1]
    assert level["before"]["n"] == report.assessments[2].estimates[1].baseline_events
    raw = as_json(report)
    assert "\u202e" not in raw
    assert "\\u202e" in raw
    assert content["pledges"][1]["quotes"][0]["words"].count("\u202e") == 1


def test_lists_of_numbers_take_one_line_and_words_are_left_alone(report: CaseReport) -> None:
    words = "a list [ 1, 2 ] and [\n 3,\n 4\n ] in words"
    one = report.assessments[0]
    named = replace(one, pledge=replace(one.pledge, title=words))
    raw = as_json(replace(report, assessments=(named,)))
    assert json.loads(raw)["pledges"][0]["title"] == words
    assert re.search(r'"ratios": \[0\.1,0\.\d+,', raw)
