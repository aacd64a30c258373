"""Words beside verticals, laid out in rows so that none is struck through or overprinted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wordkept.dossier.drawing import cut, reach

GAP = 5.0
FAR = 1 << 20
"""Beyond any row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A vertical at a place, with its words."""

    x: float
    text: str
    own: bool
    """Whether it is the one that the chart is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A mark's words in their row, the first row being the uppermost."""

    mark: Mark
    text: str
    row: int
    anchor: str
    reach: tuple[float, float]
    """From where to where the words go."""


def placed(marks: Sequence[Mark], *, left: float, right: float) -> tuple[Placed, ...]:
    """The words of each mark in a row of their own where they must, to the side that has room.

    >>> rows = placed([Mark(x=10, text="one thing", own=True), Mark(x=30, text="two", own=False)],
    ...               left=0, right=200)
    >>> [(label.row, label.anchor) for label in rows]
    [(0, 'start'), (1, 'start')]
    """
    done: list[Placed] = []
    for mark in sorted(marks, key=lambda mark: (mark.x, not mark.own, mark.text)):
        done.append(_place(mark, done, left, right))
    top = min((label.row for label in done), default=0)
    return tuple(replace(label, row=label.row - top) for label in done)


def _place(mark: Mark, done: Sequence[Placed], left: float, right: float) -> Placed:
    """The first place that clashes with none: whole words before cut ones, near rows before far."""
    rows = [row for step in range(len(done) + 2) for row in (step, -step)]
    sides = {"start": right - mark.x - GAP, "end": mark.x - left - GAP}
    texts = [(side, cut(mark.text, room)) for side, room in sides.items()]
    for side, text in sorted(texts, key=lambda pair: -len(pair[1])):
        whole = Placed(mark=mark, text=text, row=0, anchor=side, reach=_reach(mark.x, text, side))
        near = [clash for clash in (_clash(whole, other) for other in done) if clash]
        row = next((row for row in rows if not any(row in clash for clash in near)), None)
        if row is not None:
            break
    return replace(whole, row=rows[-1] if row is None else row)


def _reach(x: float, text: str, side: str) -> tuple[float, float]:
    wide = reach(text) + GAP
    return (x, x + wide) if side == "start" else (x - wide, x)


def _clash(one: Placed, other: Placed) -> range:
    """The rows in which one would clash with another; an empty range where it would in none."""
    (a, b), (c, d) = one.reach, other.reach
    struck = a + 1 < other.mark.x < b
    strikes = c + 1 < one.mark.x < d
    if struck and strikes:
        return range(-FAR, FAR)
    if struck:
        return range(other.row, FAR)
    if strikes:
        return range(-FAR, other.row + 1)
    return range(other.row, other.row + (a < d + GAP and c < b + GAP))
