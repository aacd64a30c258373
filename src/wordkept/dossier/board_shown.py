"""The board in words: what so many tests at once leave standing, symmetry, and histories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wordkept import prose
from wordkept.dossier.gate import rule_of
from wordkept.model import Adjusted, Assessment, Board, Word

SYMMETRY_UNKNOWN = "Whether the other party was asked the same is not known here."
CLOSED = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One pledge among all of a board."""

    pledge: str
    title: str
    word: Word
    p: float | None
    q: float | None
    stands: bool | None
    alone: str
    """How often the change comes by itself, of this pledge alone."""
    among: str
    """The same, adjusted for how many pledges were tested."""
    stands_text: str
    counterpart: str | None
    symmetry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One pledge in the history of who made it."""

    pledge: str
    title: str
    announced: date
    word: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What one actor declared: for each word that occurs, the pledges, by id and title."""

    actor: str
    verdicts: tuple[tuple[Word, tuple[tuple[str, str], ...]], ...]
    sentence: str
    declared: tuple[Declared, ...]
    """The same pledges, the earliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBoard:
    """All pledges of a case together, as they may be printed."""

    rows: tuple[BoardRow, ...]
    histories: tuple[Kept, ...]
    sentence: str
    """What so many tests at once do, and which of their verdicts are left standing."""


def shown_board(board: Board, assessments: Sequence[Assessment]) -> ShownBoard:
    """The board in words, with what a record's rule withholds of a pledge kept back."""
    by_id = {one.pledge.id: one for one in assessments}
    said = {one.pledge: one for one in board.symmetries}
    rows = tuple(
        _row(one, by_id[one.pledge], said[one.pledge].sentence if one.pledge in said else "",
             said[one.pledge].counterpart if one.pledge in said else None)
        for one in board.adjusted
        if one.pledge in by_id
    )  # fmt: skip
    return ShownBoard(rows=rows, histories=_histories(board, by_id), sentence=_sentence(rows))


def _row(one: Adjusted, found: Assessment, symmetry: str, counterpart: str | None) -> BoardRow:
    closed = one.p is not None and _closed(found)
    return BoardRow(
        pledge=one.pledge,
        title=found.pledge.title,
        word=one.word,
        p=None if closed else one.p,
        q=None if closed or one.q is None else round(one.q, 6),
        stands=None if closed else one.stands,
        alone=CLOSED if closed else _often(one.p),
        among=CLOSED if closed else _often(one.q),
        stands_text=CLOSED if closed else _stands(one),
        counterpart=counterpart,
        symmetry=symmetry or SYMMETRY_UNKNOWN,
    )


def _closed(found: Assessment) -> bool:
    plan = found.pledge.plan
    return plan is None or rule_of(plan.primary.dataset, found.releases).allows == "nothing"


def _often(p: float | None) -> str:
    return "not asked" if p is None else prose.chances(p)


def _stands(one: Adjusted) -> str:
    if one.stands is None:
        return "rests on no such test"
    return "still stands" if one.stands else "no longer stands"


def _sentence(rows: Sequence[BoardRow]) -> str:
    tested = sum(row.p is not None for row in rows)
    if not tested:
        return "No pledge of this board was held against chance, so that none is found by luck."
    lead = (
        f"{prose.count(tested, 'pledge was', 'pledges were')} held against chance here. Of many "
        "tests some find a change by luck, so each is weighed again among them all "
        "(Benjamini-Hochberg). "
    )
    resting = [row for row in rows if row.stands is not None]
    if not resting:
        return f"{lead}No pledge of this board is called kept or partly kept on that ground."
    fallen = tuple(row.title for row in resting if not row.stands)
    if not fallen:
        return f"{lead}Every pledge called kept or partly kept on that ground still stands."
    noun = "stands" if len(fallen) == 1 else "stand"
    return f"{lead}Among so many, {prose.listed(fallen)} no longer {noun}."


def _histories(board: Board, by_id: Mapping[str, Assessment]) -> tuple[Kept, ...]:
    return tuple(
        Kept(
            actor=one.actor,
            verdicts=tuple(
                (word, tuple((name, by_id[name].pledge.title) for name in pledges if name in by_id))
                for word, pledges in one.verdicts
            ),
            sentence=_history(one.verdicts),
            declared=_declared(one.verdicts, by_id),
        )
        for one in board.histories
    )


def _declared(
    verdicts: tuple[tuple[Word, tuple[str, ...]], ...], by_id: Mapping[str, Assessment]
) -> tuple[Declared, ...]:
    found = [
        Declared(
            pledge=name,
            title=by_id[name].pledge.title,
            announced=by_id[name].pledge.announced,
            word=word,
        )
        for word, pledges in verdicts
        for name in pledges
        if name in by_id
    ]
    return tuple(sorted(found, key=lambda one: (one.announced, one.pledge)))


def _history(verdicts: tuple[tuple[Word, tuple[str, ...]], ...]) -> str:
    """The counts of an actor's verdicts, in a sentence without a sum.

    >>> _history((("kept", ("a", "b")), ("cannot tell", ("c",))))
    '2 kept, 1 cannot tell'
    """
    return ", ".join(f"{len(pledges):,} {word}" for word, pledges in verdicts)
