"""All pairs that are compared, where each part of the rows is dealt out: to workers, or in turn.

What is sent along is small beside the rows; what comes back are counts by row, then by pattern, and
then the pairs that are not hopeless. Each part is compared anew for each of the three questions:
that is cheaper than to keep its pairs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import pyarrow as pa

from wordkept.matching import areas, searching
from wordkept.matching.candidates import near
from wordkept.matching.dealing import AREAS, DAYS, KEY, NAMED, POINTS, code_names, dealt
from wordkept.matching.fitting import CROWDS, Ints
from wordkept.matching.join_numpy import Found, Indices
from wordkept.matching.levels import Comparing
from wordkept.matching.rows import Rows, key_of
from wordkept.matching.searching import CODES, Taken, crowd_of, nodes_of, stride, taught

Kernel = Callable[[pa.Table], pa.Table]
"""From the rows of some whole parts to what is made of them."""
Mapper = Callable[[Kernel, pa.Schema], pa.Table]
"""Runs a kernel over all parts, in any order and company: all that it made, of this schema."""
Dealer = Callable[[pa.Table, tuple[str, ...]], Mapper]
"""Takes rows, and the columns whose values name a part, to where kernels can run over them."""

_RIGHT = _NONE = -1
_BLOCK = 1 << 32
MET = pa.schema([("block", pa.int32()), ("node", pa.int32()), ("pairs", pa.int64())])
COUNTED = pa.schema([("code", pa.int64()), ("pairs", pa.int64())])
TAKEN = pa.schema([
    ("block", pa.int32()), ("one", pa.int32()), ("other", pa.int32()), ("pattern", pa.int32()),
    ("rank", pa.int64()), ("crowd", pa.int64()),
])  # fmt: skip
"""A kept pair has a pattern, one of the sample a rank: under 0 where it is not the one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What every part is searched by."""

    how: Comparing
    first: int
    """The number of the first right row among the nodes; 0 of a record with itself."""


@dataclass(frozen=True, kw_only=True)
class Dealt:
    """The candidates, each found where its part is."""

    left: Rows
    asked: Question
    nodes: int
    run: Mapper

    @classmethod
    def between(cls, left: Rows, right: Rows, how: Comparing, dealer: Dealer) -> "Dealt":
        """The candidates of two records, or of one with itself."""
        nodes, first = nodes_of(left, right)
        run = dealer(dealt(left, right, how), KEY)
        return cls(left=left, asked=Question(how=how, first=first), nodes=nodes, run=run)

    @cached_property
    def met(self) -> "Met":
        """How many candidates each row has."""
        found = self.run(partial(rows_met, asked=self.asked), MET)
        block, node, pairs = (_numpy(found, name) for name in MET.names)
        degree = np.bincount(node, pairs, self.nodes).astype(np.int32)
        own = block != _RIGHT
        key = block[own].astype(np.int64) * _BLOCK + node[own]
        order = np.argsort(key)
        return Met(degree=degree, key=key[order], pairs=pairs[own][order])

    def counted(self) -> Ints:
        """Candidates by crowd and code."""
        kernel = partial(patterns_met, asked=self.asked, degree=self.met.degree)
        found = self.run(kernel, COUNTED)
        code, pairs = (_numpy(found, name) for name in COUNTED.names)
        return np.bincount(code, pairs, CROWDS * CODES).astype(np.int64)

    def taken(self, pattern: Indices, every: int) -> Taken:
        """The pairs that are not hopeless, and some of all, in the order of `candidates`."""
        wanted = Wanted(degree=self.met.degree, pattern=pattern,
                        sample=_sample(self.met, self.left, every))  # fmt: skip
        found = self.run(partial(pairs_taken, asked=self.asked, wanted=wanted), TAKEN)
        block, one, other, which, rank, crowd = (_numpy(found, name) for name in TAKEN.names)
        kept, some = np.flatnonzero(which >= 0), np.flatnonzero(rank >= 0)
        kept = kept[np.lexsort((other[kept], one[kept], block[kept]))]
        some = some[np.argsort(rank[some])]
        return Taken(one=one[kept], other=other[kept], pattern=which[kept],
                     sample=(one[some], other[some], crowd[some]))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """How many candidates each row has."""

    degree: Indices
    key: Ints
    """The block and the place of each left row that has any, as one number, in order."""
    pairs: Ints
    """How many it has in that block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Which candidates are of the sample: every so manieth, counted through all parts."""

    key: Ints
    """The block and the place of the left rows that are counted through."""
    before: Ints
    """How many candidates come before those of each."""
    stride: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which pairs are to come back."""

    degree: Indices
    pattern: Indices
    sample: Sample | None


def _sample(met: Met, left: Rows, every: int) -> Sample | None:
    if not every:
        return None
    own = taught(left, every)[met.key % _BLOCK]
    pairs = met.pairs[own]
    before = np.cumsum(pairs) - pairs
    return Sample(key=met.key[own], before=before, stride=stride(int(pairs.sum())))


def rows_met(part: pa.Table, *, asked: Question) -> pa.Table:
    """By row, its candidates in a part; those of left rows by block, as each is in one part."""
    made: list[tuple[Any, ...]] = []
    for block, (i, j, _) in _searched(part, asked):
        for number, side in ((block, i), (_RIGHT, j)):
            node, pairs = np.unique(side, return_counts=True)
            made.append((np.full(len(node), number), node, pairs))
    return _table(MET, made)


def patterns_met(part: pa.Table, *, asked: Question, degree: Indices) -> pa.Table:
    """Candidates of a part by crowd and code."""
    found = np.zeros(CROWDS * CODES, np.int64)
    for _, (i, j, codes) in _searched(part, asked):
        np.add.at(found, crowd_of((i, j), degree) * CODES + codes, 1)
    code = np.flatnonzero(found)
    return _table(COUNTED, [(code, found[code])])


def pairs_taken(part: pa.Table, *, asked: Question, wanted: Wanted) -> pa.Table:
    """The pairs of a part that are not hopeless, and those that are of the sample."""
    made: list[tuple[Any, ...]] = []
    for block, (i, j, codes) in _searched(part, asked):
        one, other, pattern = searching.kept((i, j), codes, wanted.degree, wanted.pattern)
        none = np.full(len(one), _NONE)
        made.append((np.full(len(one), block), one, other, pattern, none, none))
        if wanted.sample is not None:
            at, rank = _sampled(block, i, wanted.sample)
            ends, none = (i[at], j[at]), np.full(len(at), _NONE)
            made.append((none, *ends, none, rank, crowd_of(ends, wanted.degree)))
    return _table(TAKEN, made)


def _sampled(block: int, i: Indices, sample: Sample) -> tuple[Ints, Ints]:
    """The places of pairs that are of the sample, and where each stands among all candidates."""
    if not len(sample.key):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    key = block * _BLOCK + i.astype(np.int64)
    at = np.minimum(np.searchsorted(sample.key, key), len(sample.key) - 1)
    rank = sample.before[at] + np.arange(len(i)) - np.searchsorted(i, i)
    chosen = np.flatnonzero((sample.key[at] == key) & (rank % sample.stride == 0))
    return chosen, rank[chosen]


def _searched(part: pa.Table, asked: Question) -> Iterator[tuple[int, Found]]:
    """The candidates in a part, by block: both rows as nodes, in order, and codes.

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
            left, there = rows.taken(slice(begin, middle)), rows.taken(slice(middle, end))
            i, j, codes = _compared(left, there, number, asked.how)
            one, other = left.at[i], there.at[j] + np.int32(asked.first)
            if asked.first == 0:
                once = one < other
                one, other, codes = one[once], other[once], codes[once]
            yield number, (one, other, codes)


def _compared(left: Rows, right: Rows, block: int, how: Comparing) -> Found:
    if block >= NAMED:
        return near(left, right, how)
    lefts, rights = (np.arange(len(some), dtype=np.int32) for some in (left, right))
    return areas.joined(left, right, lefts, rights, (block % 2, how))


def _rows(columns: dict[str, Any], order: Ints) -> Rows:
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
