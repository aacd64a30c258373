"""All pairs that are compared, where each part of the rows is dealt out: to workers, or in turn.

What is sent along is small beside the rows; what comes back are counts by row, and the pairs that
are wanted. Each part is gone through anew for each question: cheaper than to keep its pairs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wordkept.matching import areas
from wordkept.matching.candidates import Near, once
from wordkept.matching.dealing import AREAS, DAYS, KEY, NAMED, POINTS, code_names, dealt
from wordkept.matching.levels import Comparing
from wordkept.matching.rows import Rows, key_of
from wordkept.matching.wanted import Found, Nodes, Wanted

Kernel = Callable[[pa.Table], pa.Table]
"""From the rows of some whole parts to what is made of them."""
Mapper = Callable[[Kernel, pa.Schema], pa.Table]
"""Runs a kernel over all parts, in any order and company: all that it made, of this schema."""
Dealer = Callable[[pa.Table, tuple[str, ...]], Mapper]
"""Takes rows, and the columns whose values name a part, to where kernels can run over them."""

MET = pa.schema([("right", pa.bool_()), ("place", pa.int32()), ("pairs", pa.int64())])
FOUND = pa.schema([
    ("block", pa.int32()), ("one", pa.int32()), ("other", pa.int32()), ("pattern", pa.int32()),
])  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What every part is searched by."""

    how: Comparing
    itself: bool
    """Whether the rows are of one record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealt:
    """The candidates, each found where its part is."""

    rows: tuple[int, int]
    """How many there are on each side."""
    asked: Question
    run: Mapper

    @classmethod
    def between(cls, left: Rows, right: Rows, how: Comparing, dealer: Dealer) -> "Dealt":
        """The candidates of two records, or of one with itself."""
        asked = Question(how=how, itself=left is right)
        run = dealer(dealt(left, right, how), KEY)
        return cls(rows=(len(left), len(right)), asked=asked, run=run)

    def degrees(self) -> tuple[Nodes, Nodes]:
        """How many candidates each left row and each right row has."""
        found = self.run(partial(rows_met, asked=self.asked), MET)
        right, place, pairs = (_numpy(found, name) for name in MET.names)
        ours, theirs = (
            np.bincount(place[of], pairs[of], rows).astype(np.int32)
            for of, rows in zip((~right, right), self.rows, strict=True)
        )
        if self.asked.itself:
            ours = theirs = ours + theirs
        return ours, theirs

    def candidates(self, wanted: Wanted) -> Found:
        """The pairs that are wanted, and their patterns, in the order of `candidates`."""
        found = self.run(partial(pairs_wanted, asked=self.asked, wanted=wanted), FOUND)
        block, one, other, pattern = (_numpy(found, name) for name in FOUND.names)
        order = np.lexsort((other, one, block))
        return one[order], other[order], pattern[order]


def rows_met(part: pa.Table, *, asked: Question) -> pa.Table:
    """How many candidates each row has in a part."""
    made: list[tuple[Any, ...]] = []
    for number, left, right in _blocks(part):
        if number < NAMED:
            i, j, _ = _named(left, right, number, asked)
            sides = [np.unique(side, return_counts=True) for side in (i, j)]
        else:
            met = _near(left, right, asked).met()
            sides = [(left.at, met.ours), (right.at, met.theirs)]
        for is_right, (place, pairs) in zip((False, True), sides, strict=True):
            any_ = pairs > 0
            made.append((np.full(int(any_.sum()), is_right), place[any_], pairs[any_]))
    return _table(MET, made)


def pairs_wanted(part: pa.Table, *, asked: Question, wanted: Wanted) -> pa.Table:
    """The pairs of a part that are wanted, and their patterns."""
    made: list[tuple[Any, ...]] = []
    for number, left, right in _blocks(part):
        found = (wanted.of(_named(left, right, number, asked)) if number < NAMED
                 else _near(left, right, asked).pairs(wanted))  # fmt: skip
        made.append((np.full(len(found[0]), number), *found))
    return _table(FOUND, made)


def _near(left: Rows, right: Rows, asked: Question) -> Near:
    return Near(ours=left, theirs=right, at=(left.at, right.at), itself=asked.itself, how=asked.how)


def _named(left: Rows, right: Rows, block: int, asked: Question) -> areas.Found:
    lefts, rights = (np.arange(len(some), dtype=np.int32) for some in (left, right))
    i, j, codes = areas.joined(left, right, lefts, rights, (block % 2, asked.how))
    return once((left.at[i], right.at[j], codes), asked.itself)


def _blocks(part: pa.Table) -> Iterator[tuple[int, Rows, Rows]]:
    """By block the left and the right rows of a part, in order; `at` says where among all.

    A part that holds several keys may hold a right row several times: it is met once, and all that
    a left row could meet lie in the part.
    """
    columns = {name: _numpy(part, name) for name in part.column_names}
    block, right, place = columns["block"], columns["right"], columns["place"]
    order = np.lexsort((place, right, block))
    block, right, place = block[order], right[order], place[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (block[1:] != block[:-1]) | (right[1:] != right[:-1]) | (place[1:] != place[:-1])
    rows, block, right = _rows(columns, order[new]), block[new], right[new]
    for number in np.unique(block).tolist():
        begin, end = np.searchsorted(block, [number, number + 1]).tolist()
        middle = begin + int(right[begin:end].argmax())
        if right[middle] and begin < middle:
            yield number, rows.taken(slice(begin, middle)), rows.taken(slice(middle, end))


def _rows(columns: dict[str, Any], order: NDArray[np.int64]) -> Rows:
    codes = code_names(sum(name.startswith("code_") for name in columns))

    def laid(names: tuple[str, ...]) -> Any:
        return np.stack([columns[name][order] for name in names], axis=1)

    days, point = laid(DAYS), laid(POINTS)
    return Rows(
        key=key_of(days[:, 0].astype(np.int64), np.nan_to_num(point[:, 4])),
        at=columns["place"][order], days=days, point=point, areas=laid(AREAS), codes=laid(codes),
    )  # fmt: skip


def _numpy(table: pa.Table, name: str) -> Any:
    return table[name].to_numpy()


def _table(schema: pa.Schema, made: Sequence[tuple[Any, ...]]) -> pa.Table:
    """What was made for each key, one after the other."""
    parts = made or [tuple(np.empty(0, np.int64) for _ in schema)]
    laid = [np.concatenate(column) for column in zip(*parts, strict=True)]
    columns = [pa.array(one).cast(field.type) for one, field in zip(laid, schema, strict=True)]
    return pa.table(columns, schema=schema)
