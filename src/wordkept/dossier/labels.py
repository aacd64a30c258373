"""Words beside verticals, laid out in rows so that none is struck through or overprinted."""

from collections.abc import Sequence
from dataclasses import dataclass

from wordkept.dossier.drawing import cut, reach

GAP = 5.0


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

    @property
    def reach(self) -> tuple[float, float]:
        """From where to where the words go."""
        wide = reach(self.text) + GAP
        return (self.mark.x, self.mark.x + wide) if self.anchor == "start" else (
            self.mark.x - wide, self.mark.x
        )  # fmt: skip


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
    return tuple(
        Placed(mark=label.mark, text=label.text, row=label.row - top, anchor=label.anchor)
        for label in done
    )


def _place(mark: Mark, done: Sequence[Placed], left: float, right: float) -> Placed:
    """The first place that clashes with none: whole words before cut ones, near rows before far."""
    rows = [row for step in range(len(done) + 2) for row in (step, -step)]
    sides = {"start": right - mark.x - GAP, "end": mark.x - left - GAP}
    texts = [(side, cut(mark.text, room)) for side, room in sides.items()]
    tries = [
        Placed(mark=mark, text=text, row=row, anchor=side)
        for side, text in sorted(texts, key=lambda pair: -len(pair[1]))
        for row in rows
    ]
    return next((one for one in tries if not any(_clash(one, other) for other in done)), tries[-1])


def _clash(one: Placed, other: Placed) -> bool:
    (a, b), (c, d) = one.reach, other.reach
    if one.row == other.row and a < d + GAP and c < b + GAP:
        return True
    struck = a + 1 < other.mark.x < b and other.row <= one.row
    strikes = c + 1 < one.mark.x < d and one.row <= other.row
    return struck or strikes
