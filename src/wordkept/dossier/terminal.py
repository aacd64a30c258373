"""The dossier on a terminal: plain text, 80 columns, the same sentences as the page."""

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.board_shown import ShownBoard, shown_board
from wordkept.dossier.history_shown import ShownHistory, shown_history
from wordkept.dossier.page import entries
from wordkept.dossier.plain import (
    INDENT,
    cells,
    heads,
    inset,
    line,
    listed,
    section,
    table,
    written,
)
from wordkept.dossier.plain_evidence import evidence_parts
from wordkept.dossier.plain_story import story_parts, term_parts
from wordkept.dossier.plan_shown import plan_sentences
from wordkept.dossier.publish import also_open, shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.shown import Shown
from wordkept.ids import short
from wordkept.model import Pledge, Testability

PROVES = (
    "A hash proves that bytes have not changed since a time; it does not prove that they are true."
)


def board_text(report: CaseReport, width: int = 80) -> str:
    """The board of verdicts: a table, then the sentence of each."""
    pledges, history = shown_case(report), shown_history(report)
    board = table("Pledge", "Actor", "Declared", "Verdict")
    board.columns[2].no_wrap = board.columns[3].no_wrap = True
    for pledge in pledges:
        declared = claims.short_day(pledge.announced)
        board.add_row(
            *cells(pledge.title, pledge.actor, declared, pledge.reading.word.capitalize())
        )
    parts: list[RenderableType] = [
        heads(report.case, f"as of {prose.day(report.as_of)}", width),
        *([line(history.flipped)] if history and history.flipped else []),
        Text(),
        board if pledges else Text("No pledge has been assessed in this case yet."),
    ]
    for pledge in pledges:
        parts += [Text(), line(pledge.title), inset(pledge.reading.sentence)]
    parts += _together(shown_board(report.board, report.assessments))
    parts += [
        Text(),
        *_history(history),
        line(f"Ledger {short(report.ledger_head)}; wordkept {report.version}."),
        line(f"Rebuild: {report.command}"),
    ]
    return written(parts, width)


def _history(history: ShownHistory | None) -> list[RenderableType]:
    """What each edition changed, the newest first."""
    if history is None:
        return []
    parts: list[RenderableType] = [line("WHAT CHANGED SINCE"), inset(history.identity)]
    for one in history.editions:
        parts += [Text(), inset(one.heading)]
        parts += listed(f"{each.sentence} {each.why}".rstrip() for each in one.changes)
        parts += [] if one.changes else [inset(one.nothing, 2 * INDENT)]
    return [*parts, Text()]


def _together(board: ShownBoard) -> list[RenderableType]:
    """Each pledge among all of them, the other party, and what each party declared."""
    if not board.rows:
        return []
    heading = section("So many tests at once", [board.sentence])
    among = table("Pledge", "By itself (p)", "Among all (q)", "Its verdict")
    for row in board.rows:
        among.add_row(*cells(row.title, row.alone, row.among, row.stands_text))
    symmetries = dict.fromkeys(row.symmetry for row in board.rows)
    said = [f"{one.actor}: {one.sentence}." for one in board.histories]
    return [
        *heading,
        Text(),
        Padding(among, (0, 0, 0, INDENT)),
        *section("The other party", symmetries),
        *section("What each party declared", said),
    ]


def pledge_text(report: CaseReport, pledge: str, width: int = 80) -> str:
    """One pledge from its words to its records and hashes, in the page's order and words."""
    (entry,) = entries(report, pledge)
    history = shown_history(report)
    return written(
        [
            *story_parts(entry.shown, entry.disproof, width),
            *evidence_parts(entry),
            *_among(shown_board(report.board, report.assessments), pledge),
            *section("What changed since", _changes(history, pledge)),
            *_rebuilt(report, entry.shown),
        ],
        width,
    )


def _among(board: ShownBoard, pledge: str) -> list[RenderableType]:
    """The pledge among all of the case, and whether the other party was asked the same."""
    rows = [row for row in board.rows if row.pledge == pledge]
    said = [
        f"By itself: {row.alone}; among all: {row.among}; its verdict {row.stands_text}."
        for row in rows
    ]
    return [
        *section("So many tests at once", [*said, board.sentence] if said else ()),
        *section("The other party", [row.symmetry for row in rows]),
    ]


def _changes(history: ShownHistory | None, pledge: str) -> list[str]:
    """What the dossier's editions changed about a pledge, the newest first."""
    return [
        f"{edition.heading}: {change.sentence} {change.why}".rstrip()
        for edition in (history.editions if history else ())
        for change in edition.changes
        if change.pledge == pledge
    ]


def _rebuilt(report: CaseReport, pledge: Shown) -> list[RenderableType]:
    """What gives the same again, and the hashes that it rests on."""
    history = shown_history(report)
    said = [
        history.identity if history else "",
        f"Plan: {pledge.plan_hash}" if pledge.reading.plan else "",
        f"Ledger, last assessment: {report.ledger_head}",
        f"Wordkept: {report.version}",
        f"From the folder that holds the case: {report.command}",
        PROVES,
    ]
    return section("How to rebuild this", [text for text in said if text])


def testability_text(
    pledge: Pledge,
    testability: Testability,
    width: int = 80,  # noqa: PT028 - its name begins with "test", but it is no test
) -> str:
    """The card of a pledge: what it names and leaves open, what that rules out, and its plan."""
    named = [term for term in testability.terms if term.said is not None]
    unsaid = [term for term in testability.terms if term.said is None]
    state = "can be tested" if testability.testable else "not testable"
    parts: list[RenderableType] = [
        heads(pledge.title, state, width),
        line(f"{pledge.actor}; announced {prose.day(pledge.announced)}."),
        *term_parts(named, unsaid, also_open(testability)),
        *section("Why no record can test it", testability.obstacles),
        *section("What the plan asks", plan_sentences(pledge.plan) if pledge.plan else ()),
    ]
    return written(parts, width)
