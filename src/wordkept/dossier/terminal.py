"""The dossier on a terminal: plain text, 80 columns, the same sentences as the page."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.board_shown import ShownBoard, shown_board
from wordkept.dossier.history_shown import ShownHistory, shown_history
from wordkept.dossier.levels import UNREPORTED
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
from wordkept.dossier.plain_evidence import beside_parts, count_parts, curve_parts, likeness_parts
from wordkept.dossier.plan_shown import plan_sentences
from wordkept.dossier.publish import also_open, shown, shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.shown import Level, Quote, Reading, Shown
from wordkept.ids import short
from wordkept.model import Assessment, Pledge, Term, Testability

ROWS = "wordkept show CASE PLEDGE --rows lists every row whose record allows rows to be listed."
"""Where the page lists rows, a terminal names the command: a list of hundreds buries the rest."""


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


def pledge_text(assessment: Assessment, width: int = 80) -> str:
    """One pledge from its words to its records, in the page's order."""
    pledge = shown(assessment)
    said = pledge.reading
    parts: list[RenderableType] = [
        heads(pledge.title, f"as of {prose.day(pledge.as_of)}", width),
        line(f"{pledge.actor}; {pledge.fixed}."),
    ]
    for quote in pledge.quotes:
        parts += [Text(), *_quoted(quote)]
    parts += [Text(), line(said.sentence)]
    parts += _terms(pledge.named, pledge.open, pledge.leaves_open)
    parts += section("Why no record can test it", pledge.obstacles)
    parts += count_parts(pledge)
    parts += section("What was counted", (*said.counted, *said.durability))
    parts += _levels(pledge)
    parts += _reasons(said)
    parts += section("How it could be wrong", said.how_wrong)
    parts += section("What the plan asks", said.plan)
    parts += curve_parts(pledge)
    parts += section("Control series", _controls(pledge))
    parts += beside_parts(pledge)
    parts += section(
        "Declared near it",
        [f"{one.title}, {prose.day(one.starts)}: {one.sentence}." for one in pledge.others],
    )
    parts += likeness_parts(pledge)
    parts += section(
        "The audit of the record",
        [f"{one.outcome}: {one.sentence} ({one.dataset})" for one in pledge.checks],
    )
    parts += section("What is withheld", pledge.withheld)
    if any(one.publication.allows == "rows" for one in assessment.releases):
        parts += section("The rows behind the counts", [ROWS])
    parts += section("Records", _records(pledge))
    return written(parts, width)


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
        *_terms(named, unsaid, also_open(testability)),
        *section("Why no record can test it", testability.obstacles),
        *section("What the plan asks", plan_sentences(pledge.plan) if pledge.plan else ()),
    ]
    return written(parts, width)


def _quoted(quote: Quote) -> list[RenderableType]:
    words = f"“{quote.words}”" if quote.words is not None else quote.note
    source = f"{quote.speaker}, {prose.day(quote.made_on)}; capture {short(quote.capture)}"
    parts: list[RenderableType] = [inset(words), inset(source)]
    if quote.words is not None and quote.note:
        parts.append(inset(quote.note))
    return parts


def _terms(
    named: Sequence[Term], unsaid: Sequence[Term], leaves_open: Sequence[str]
) -> list[RenderableType]:
    said = [f"{term.name}: {term.said}" for term in named]
    missing = [f"{term.name}: {term.rules_out}" if term.rules_out else term.name for term in unsaid]
    return [
        *section("What it names", said),
        *section("What it leaves open", [*missing, *leaves_open]),
    ]


def _levels(pledge: Shown) -> list[RenderableType]:
    if not pledge.levels:
        return []
    parts: list[RenderableType] = []
    by_dataset: dict[str, list[Level]] = {}
    for level in pledge.levels:
        by_dataset.setdefault(level.dataset, []).append(level)
    for dataset, levels in by_dataset.items():
        grid = table("Attribution", "Baseline", "Before", "After", "Level after", "Ordinary")
        for column in grid.columns[2:4]:
            column.justify = "right"
        for level in levels:
            base = f"{level.baseline_days} d" + (
                f" -{level.donut_days}" if level.donut_days else ""
            )
            grid.add_row(
                *cells(_bound(level), base, level.before.text, level.after.text,
                        level.text, level.ordinary)
            )  # fmt: skip
        window = levels[0].window
        head = (
            f"{dataset}, window {claims.short_day(window.start)} to {claims.short_day(window.end)}"
        )
        parts += [Text(), inset(head), Padding(grid, (0, 0, 0, INDENT))]
        parts += [inset(chance, 2 * INDENT) for chance in _chances(levels)]
    note = "Level after: share of the level before, with its range had reporting changed by the "
    note += "plan's allowance. Ordinary: with the record's ordinary ups and downs. -30: that many "
    note += "days just before left out."
    if any(level.inflated for level in pledge.levels):
        note += f" *: {UNREPORTED}."
    return [*parts, inset(note)]


def _bound(level: Level) -> str:
    return f"{level.attribution}*" if level.inflated else level.attribution


def _chances(levels: Sequence[Level]) -> list[str]:
    """How often it happens by itself, each answer once, after the rows that it is of."""
    by_chance: dict[str, list[str]] = {}
    for level in levels:
        name = f"{_bound(level)} {level.baseline_days} d"
        by_chance.setdefault(level.chance, []).append(name)
    if len(by_chance) == 1:
        return [f"In each row: {chance}." for chance in by_chance]
    return [f"{', '.join(names)}: {chance}." for chance, names in by_chance.items()]


def _reasons(said: Reading) -> list[RenderableType]:
    """Why the word is not another, each reason once."""
    higher, lower = said.why_not_higher, said.why_not_lower
    if higher == lower:
        parts = section("Why not one step up, nor one down", higher)
    else:
        parts = [
            *section("Why not one step up", higher),
            *section("Why not one step down", lower),
        ]
    for heading, sentences in (
        ("Gates that closed", said.gates),
        ("Why one step down was taken", said.steps_down),
    ):
        if set(sentences) - set(higher):
            parts += section(heading, sentences)
    return parts


def _controls(pledge: Shown) -> list[str]:
    return [f"{one.sentence} ({one.dataset})" for one in pledge.controls]


def _records(pledge: Shown) -> list[str]:
    said = []
    for record in pledge.records:
        said.append(
            f"{record.title}. {record.citation} Licence: {record.licence.rstrip('.')}. Accessed "
            f"{claims.moment(record.accessed)}; release {short(record.id)}."
        )
        said += [f"{record.dataset}: {text}" for text in (*record.caveats, *record.receipt)]
    return said
