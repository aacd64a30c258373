"""Many pledges together: q in words, what still stands, symmetry, and histories that are links."""

import re
from dataclasses import replace

from wordkept.dossier.board_shown import shown_board
from wordkept.dossier.json_text import as_json
from wordkept.dossier.page import render_html
from wordkept.dossier.report import CaseReport
from wordkept.dossier.terminal import board_text
from wordkept.model import Board, PublicationRule


def test_each_pledge_stands_alone_and_among_all(report: CaseReport) -> None:
    rows = {row.pledge: row for row in shown_board(report.board, report.assessments).rows}
    assert (rows["withdrawal"].alone, rows["withdrawal"].among) == ("1 of 100", "4 of 100")
    assert rows["withdrawal"].stands_text == "still stands"
    assert rows["ceasefire"].stands_text == "rests on no such test"
    assert rows["films"].alone == "not asked"
    assert rows["withdrawal"].symmetry.startswith("The same plan was run on")


def test_a_finding_that_so_many_tests_undo_is_named(report: CaseReport) -> None:
    fallen = tuple(
        replace(one, q=0.07, stands=False) if one.pledge == "withdrawal" else one
        for one in report.board.adjusted
    )
    changed = replace(report, board=replace(report.board, adjusted=fallen))
    said = "Among so many, Withdrawal of the main part no longer stands."
    assert said in render_html(changed)
    assert said in " ".join(board_text(changed).split())
    assert said not in render_html(report)


def test_a_history_is_links_and_never_a_score(report: CaseReport) -> None:
    page = render_html(report)
    history = page[page.index('<section class="history">') :]
    history = history[: history.index('<article class="pledge"')]
    assert re.findall(r'href="#([^"]+)"', history) == [
        "pledge-films", "pledge-reduction", "pledge-bases", "pledge-withdrawal",
        "pledge-ceasefire",
    ], "of each party, by day"  # fmt: skip
    ids = set(re.findall(r'id="(pledge-[a-z]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', history)) <= ids
    assert "%" not in history
    assert "score" not in page.casefold()
    assert "Northland: 1 partly kept, 2 not kept, 1 not testable." in board_text(report)


def test_the_chances_of_a_closed_record_are_withheld(report: CaseReport) -> None:
    adjusted = tuple(
        replace(one, p=0.7919, q=0.7919, stands=True) if one.pledge == "withdrawal" else one
        for one in report.board.adjusted
    )
    shut = tuple(
        replace(
            one,
            releases=tuple(replace(release, publication=PublicationRule(allows="nothing"))
                           for release in one.releases),
        )
        for one in report.assessments
    )  # fmt: skip
    closed = replace(report, assessments=shut, board=replace(report.board, adjusted=adjusted))
    for text in (render_html(closed), as_json(closed), board_text(closed)):
        assert "7919" not in text
        assert "79 of 100" not in text
    row = shown_board(closed.board, shut).rows[2]
    assert (row.alone, row.stands, row.stands_text) == ("withheld", None, "withheld")


def test_an_empty_board_says_nothing(report: CaseReport) -> None:
    empty = Board(adjusted=(), symmetries=(), histories=())
    bare = replace(report, board=empty)
    assert "So many tests at once" not in render_html(bare)
    assert "SO MANY TESTS" not in board_text(bare)
