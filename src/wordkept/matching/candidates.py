"""Which pairs of rows are compared at all: near in time and place, as each row is known.

They are counted, compared for the rows of a sample, then compared all, of which the few that are
not hopeless are laid down. Where they are not too many, how they compare is kept from when they are
counted; else they are gone through anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wordkept.matching import areas, engines, join_numpy, threads
from wordkept.matching.join_numpy import Indices
from wordkept.matching.levels import Codes, Comparing, levels_of
from wordkept.matching.names import ALIKE
from wordkept.matching.rows import LATITUDES, Rows, by_width, key_of, reach_degrees
from wordkept.matching.wanted import CROWD_OF, Found, Nodes, Wanted

Places = NDArray[np.int64]
_KEPT = 1 << 26
"""Candidates of which it is kept how they compare, in six bytes each."""
_AT_ONCE = 1 << 22
"""Candidates that are gone through at a time where they are not kept."""


def candidates(left: Rows, right: Rows, how: Comparing, wanted: Wanted | None = None) -> Found:
    """Places in `left` and `right` of the pairs that are compared and wanted, and their patterns.

    Of a record with itself, each pair once, and no row with itself. All pairs where nothing is
    said of which are wanted.
    """
    here = Here(left=left, right=right, how=how)
    return here.candidates(wanted or Wanted.every(here.degrees()))


@dataclass(frozen=True, kw_only=True)
class Here:
    """The candidates, gone through on this machine; kept from when they are counted, if few."""

    left: Rows
    right: Rows
    how: Comparing

    @cached_property
    def _named(self) -> areas.Found:
        return once(areas.named(self.left, self.right, self.how), self.left is self.right)

    @cached_property
    def _met(self) -> list[tuple["Near", "Met"]]:
        return [(near, near.met(_KEPT)) for near in _nears(self.left, self.right, self.how)]

    def degrees(self) -> tuple[Nodes, Nodes]:
        """How many candidates each left row and each right row has; of one record, the same."""
        i, j, _ = self._named
        ours = np.bincount(i, minlength=len(self.left))
        theirs = np.bincount(j, minlength=len(self.right))
        for near, met in self._met:
            ours[near.at[0]] += met.ours
            theirs[near.at[1]] += met.theirs
        if self.left is self.right:
            ours = theirs = ours + theirs
        return ours.astype(np.int32), theirs.astype(np.int32)

    def candidates(self, wanted: Wanted) -> Found:
        """The pairs that are wanted, and their patterns."""
        found = [wanted.of(self._named)]
        found += [near.pairs(wanted, met.stretches) for near, met in self._met]
        return _together(found)


def _together(found: list[Found]) -> Found:
    """All pairs in one; large arrays are not copied where one search found them all."""
    some = [each for each in found if len(each[0])]
    if len(some) == 1:
        return some[0]
    none = np.empty(0, np.int32)
    laid = [np.concatenate(columns) for columns in zip((none,) * 3, *some, strict=True)]
    return laid[0], laid[1], laid[2]


def once(found: areas.Found, itself: bool) -> areas.Found:
    """Some pairs; of a record with itself, each once."""
    i, j, codes = found
    if not itself:
        return found
    first = i < j
    return i[first], j[first], codes[first]


def _nears(left: Rows, right: Rows, how: Comparing) -> Iterator["Near"]:
    for lefts, ours in by_width(left):
        for rights, theirs in by_width(right):
            yield Near(ours=ours, theirs=theirs, at=(lefts, rights), itself=left is right, how=how)


@dataclass(frozen=True, kw_only=True)
class Near:
    """Rows with points against a class of such rows, alike in length and width.

    For the search is as wide as its widest row.
    """

    ours: Rows
    theirs: Rows
    at: tuple[Indices, Indices]
    """Where the rows of each side stand among all of theirs."""
    itself: bool
    how: Comparing

    def met(self, most: int = 0) -> "Met":
        """How many partners each row has, on both sides; up to so many partners are kept."""
        ours = np.zeros(len(self.ours), np.int64)
        kernel = self._kernel()
        if kernel is None:
            theirs = np.zeros(len(self.theirs), np.int64)
            for i, j in self._plain(np.arange(len(ours))):
                ours += np.bincount(i, minlength=len(ours))
                theirs += np.bincount(j, minlength=len(theirs))
            return Met(ours=ours, theirs=theirs, stretches=())
        parts = threads.cut(np.arange(len(ours)))
        stretches = self._gone(kernel, [(part, most // len(parts)) for part in parts])
        for one in stretches:
            ours[one.rows] = one.number
        theirs = np.sum([one.there for one in stretches], axis=0)
        return Met(ours=ours, theirs=theirs, stretches=tuple(stretches))

    def pairs(self, wanted: Wanted, stretches: Sequence["Stretch"] = ()) -> Found:
        """The wanted pairs, in the order of the left rows, and their patterns.

        `stretches`: the left rows as they were gone through before, and what was kept of it.
        """
        kernel = self._kernel()
        if kernel is None:
            here = np.flatnonzero(wanted.asked[self.at[0]])
            return _together([wanted.of(self._coded(i, j)) for i, j in self._plain(here)])
        laid = self._laid()
        every = np.arange(len(self.ours), dtype=np.int64)

        def part(one: "Stretch | Places") -> Found:
            if not isinstance(one, Stretch):
                room = int(wanted.degrees[0][self.at[0][one]].sum())
                one = Stretch(one, *kernel.met(one, *laid, room))
            return self._picked(kernel, one, wanted)

        parts = [
            again
            for one in stretches or (Stretch.none(every),)
            for again in ((one,) if one.kept else self._asked(one.rows, wanted))
        ]
        return _together(threads.mapped(part, parts))

    def _kernel(self) -> ModuleType | None:
        return engines.joining(len(self.ours) + len(self.theirs))

    def _asked(self, rows: Places, wanted: Wanted) -> list[Places]:
        """Those of some rows that are asked, in parts of not too many candidates."""
        rows = rows[wanted.asked[self.at[0][rows]]]
        met = np.cumsum(wanted.degrees[0][self.at[0][rows]], dtype=np.int64)
        return np.split(rows, np.flatnonzero(np.diff(met // _AT_ONCE)) + 1)

    def _gone(self, kernel: ModuleType, parts: list[tuple[Places, int]]) -> list["Stretch"]:
        laid = self._laid()
        return threads.mapped(
            lambda part: Stretch(part[0], *kernel.met(part[0], *laid, part[1])), parts
        )

    def _picked(self, kernel: ModuleType, some: "Stretch", wanted: Wanted) -> Found:
        """The pairs of a stretch that are wanted."""
        asked = (wanted.asked, *wanted.degrees, CROWD_OF, wanted.hopeful)
        room = len(some.others) + 1
        out = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32)
        number = kernel.picked((some.rows, some.number, some.others, some.codes), self.at, asked,
                               out)  # fmt: skip
        return out[0][:number], out[1][:number], out[2][:number]

    def _plain(self, here: NDArray[np.int64]) -> Iterator[tuple[Indices, Indices]]:
        """Pairs of some left rows, a slice at a time, by numpy."""
        for i, j in join_numpy.joined(self.ours, self.theirs, self._steps(), here, self.how):
            once = self.at[0][i] < self.at[1][j] if self.itself else slice(None)
            yield i[once], j[once]

    def _coded(self, i: Indices, j: Indices) -> areas.Found:
        codes = levels_of(self.ours, self.theirs, i, j, self.how)
        return self.at[0][i], self.at[1][j], codes

    def _steps(self) -> NDArray[np.int64]:
        """The latitudes between which the partners of each left row lie, as in a key."""
        km = np.maximum(self.how.km, self.ours.point[:, 3] + self.theirs.widest_km)
        lat, away = self.ours.point[:, 4], reach_degrees(1.0) * km
        none = np.zeros(len(lat), np.int64)
        return np.stack((key_of(none, lat - away), key_of(none, lat + away)), axis=1)

    def _laid(self) -> tuple[Any, Any, Any]:
        """Both sides and the search as the compiled join takes them."""
        ours, theirs, how = self.ours, self.theirs, self.how
        first, last = int(theirs.days[0, 0]), int(theirs.days[-1, 0])
        days = np.arange(first, last + 2, dtype=np.int64)
        starts = np.searchsorted(theirs.key, days * LATITUDES)
        search = (first, theirs.longest, how.days, float(how.km), self.itself)
        return (
            (ours.days, ours.point, ours.codes, self._steps(), self.at[0]),
            (theirs.key, theirs.days, theirs.point, theirs.codes, self.at[1], starts),
            (search, np.pad(how.alike == ALIKE, (0, 1)), how.rarity),
        )


class Stretch(NamedTuple):
    """What was found of some left rows."""

    rows: Places
    number: NDArray[np.int32]
    """How many partners each has."""
    there: NDArray[np.int32]
    """How many of them each right row is."""
    others: Indices
    """The partners, where they were kept, and how they compare."""
    codes: Codes
    kept: bool

    @classmethod
    def none(cls, rows: Places) -> "Stretch":
        """Some left rows of which nothing was kept."""
        empty = np.empty(0, np.int32)
        return cls(rows, empty, empty, empty, np.empty(0, np.uint16), kept=False)


@dataclass(frozen=True, kw_only=True)
class Met:
    """How many partners each row has, on both sides, and what was found by stretch."""

    ours: NDArray[np.int64]
    theirs: NDArray[np.int64]
    stretches: tuple[Stretch, ...]
