"""Which pairs of rows are compared at all: near in time and place, as each row is known.

They are gone through more than once, and never all kept: counted, compared for the rows of a
sample, then compared all, of which the few that are not hopeless are laid down.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordkept.matching import areas, engines, join_numpy, threads
from wordkept.matching.join_numpy import Indices
from wordkept.matching.levels import Comparing, levels_of
from wordkept.matching.names import ALIKE
from wordkept.matching.rows import LATITUDES, Rows, by_width, key_of, reach_degrees
from wordkept.matching.wanted import CROWD_OF, Found, Nodes, Wanted


def candidates(left: Rows, right: Rows, how: Comparing, wanted: Wanted | None = None) -> Found:
    """Places in `left` and `right` of the pairs that are compared and wanted, and their patterns.

    Of a record with itself, each pair once, and no row with itself. All pairs where nothing is
    said of which are wanted.
    """
    wanted = wanted or Wanted.every(degrees(left, right, how))
    found = [wanted.of(once(areas.named(left, right, how), left is right))]
    found += [near.pairs(wanted) for near in _nears(left, right, how)]
    return _together(found)


def degrees(left: Rows, right: Rows, how: Comparing) -> tuple[Nodes, Nodes]:
    """How many candidates each left row and each right row has; of one record, the same twice."""
    i, j, _ = once(areas.named(left, right, how), left is right)
    ours, theirs = np.bincount(i, minlength=len(left)), np.bincount(j, minlength=len(right))
    for near in _nears(left, right, how):
        more, more_there = near.degrees()
        ours[near.at[0]] += more
        theirs[near.at[1]] += more_there
    if left is right:
        ours = theirs = ours + theirs
    return ours.astype(np.int32), theirs.astype(np.int32)


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

    def degrees(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many partners each row has, on both sides."""
        kernel = engines.joining(len(self.ours) + len(self.theirs))
        ours = np.zeros(len(self.ours), np.int64)
        if kernel is None:
            there = np.zeros(len(self.theirs), np.int64)
            for i, j in self._plain(np.arange(len(ours))):
                ours += np.bincount(i, minlength=len(ours))
                there += np.bincount(j, minlength=len(there))
            return ours, there
        mine, theirs, search = self._laid()
        parts = threads.mapped(lambda span: kernel.met(span, mine, theirs, search, ours),
                               threads.spans(len(ours)))  # fmt: skip
        return ours, np.sum(parts, axis=0)

    def pairs(self, wanted: Wanted) -> Found:
        """The wanted pairs, in the order of the left rows, and their patterns."""
        kernel = engines.joining(len(self.ours) + len(self.theirs))
        if kernel is None:
            here = np.flatnonzero(wanted.asked[self.at[0]])
            parts = [wanted.of(self._coded(i, j)) for i, j in self._plain(here)]
        else:
            mine, theirs, search = self._laid()
            how = search, self.how.alike == ALIKE, self.how.rarity
            asked = (wanted.asked, *wanted.degrees, CROWD_OF, wanted.hopeful)

            def part(span: tuple[int, int]) -> Found:
                here = self.at[0][span[0] : span[1]]
                room = int(wanted.degrees[0][here][wanted.asked[here]].sum())
                out = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32)
                number = kernel.joined(span, mine, theirs, how, asked, out)
                return out[0][:number], out[1][:number], out[2][:number]

            parts = threads.mapped(part, threads.spans(len(self.ours)))
        return _together(parts)

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
        return (
            (ours.days, ours.point, ours.codes, self._steps(), self.at[0]),
            (theirs.key, theirs.days, theirs.point, theirs.codes, self.at[1], starts),
            (first, theirs.longest, how.days, float(how.km), self.itself),
        )
