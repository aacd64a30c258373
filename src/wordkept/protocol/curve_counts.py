"""The p of every set-up and the p of their middle, counted exactly and as fast as the machine can.

A ratio is (2 x events + 1) over the same of other days, so two ratios compare by multiplying whole
numbers: no logarithm, no sorting, no rounding. The middle of all set-ups is one of them (of an even
number the upper of the two middle ones), and it lies at or under a mark exactly where more than
half of the set-ups do, the mark's own number among them.
"""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordkept.protocol import curve_numpy
from wordkept.protocol.placebo import Counts, Floats

KERNEL_FROM = 60_000_000
"""Comparisons from which numba pays for its own import (half a second; bench/bench_curve.py): with
fewer it is used only where `curve_kernel` has been imported already, as by whoever draws many."""
EXACT_FLOAT32, EXACT_FLOAT64, EXACT_INT64 = 2**24, 2**53, 2**63
LONGEST_TABLE = 2**14
"""Lower stretches of more events than this are not worth a table of fractions."""

CountShifts = Callable[
    [NDArray[Any], Counts, Counts, NDArray[Any]], tuple[Counts, Counts]
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """Set-ups as stretches of circles of days; arrays, the set-ups of a circle together."""

    circles: Counts
    """Counts; shape (circles, days), each ending with the last day of its windows."""
    circle: Counts
    """Which circle a set-up lies on; shape (set-ups,), sorted."""
    upper: Counts
    """How far before the circle's end the stretch over the line ends, and its days; (2, set-ups)"""
    lower: Counts
    """The same of the stretch under the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What turning the circles gave; of small ratios, the real one first of all to be as small."""

    ratios: Floats
    """Upper rate over lower rate, half an event added to both counts; shape (set-ups,)."""
    inverses: Floats
    """Lower rate over upper rate."""
    p: Floats
    """The share of shifts with as small a ratio; shape (set-ups,)."""
    middle: int
    """Which set-up is the middle one."""
    joint_p: float
    """The share of shifts at which the middle is as small."""


def shares(turned: Turned) -> Shares:
    """The share of shifts at which each set-up, and their middle, is as small as the real one."""
    setups, days = len(turned.circle), turned.circles.shape[1]
    doubled = _doubled(turned.circles)
    ends = days + 1 - turned.upper[0], days + 1 - turned.lower[0]
    places = np.stack([ends[0], ends[0] - turned.upper[1], ends[1], ends[1] - turned.lower[1]])
    at = doubled[turned.circle, places + days - 1]
    upper, lower = at[0] - at[1] + 1, at[2] - at[3] + 1
    over, under_it = upper * turned.lower[1], lower * turned.upper[1]
    ratios: Floats = over / under_it
    half = setups // 2
    middle = int(np.argmax(ratios == np.partition(ratios, half)[half]))
    mark = int(over[middle]), int(under_it[middle])
    most = _most(doubled, int(turned.upper[1].max())), _most(doubled, int(turned.lower[1].max()))
    kind, factors = _factors(turned, mark, most)
    own, under = _counter(setups * days, kind)(doubled.astype(kind), turned.circle, places, factors)
    return Shares(
        ratios=ratios,
        inverses=under_it / over,
        p=own / days,
        middle=middle,
        joint_p=float(np.mean(under > half)),
    )


def _doubled(circles: Counts) -> Counts:
    """Twice the running sum of each circle laid end to end, from nought."""
    days = circles.shape[1]
    sums = np.zeros((len(circles), 2 * days + 1), dtype=np.int64)
    np.cumsum(2 * circles, axis=1, out=sums[:, 1 : days + 1])
    np.add(sums[:, 1 : days + 1], sums[:, days, None], out=sums[:, days + 1 :])
    return sums


def _most(doubled: Counts, days: int) -> int:
    """The most that twice the events of so many days in a row, and one, come to."""
    circle = doubled.shape[1] // 2
    return int((doubled[:, days : days + circle] - doubled[:, :circle]).max()) + 1


def _factors(
    turned: Turned, mark: tuple[int, int], most: tuple[int, int]
) -> tuple[type[Any], NDArray[Any]]:
    """What each side is multiplied by to be held against the mark, and a type that stays exact."""
    days = turned.circles.shape[1] + 1
    asked_of = turned.lower[1] * days + turned.upper[1]
    pairs = np.unique(asked_of)
    which = np.searchsorted(pairs, asked_of)
    asked = [(pair // days * mark[1], pair % days * mark[0]) for pair in pairs.tolist()]
    few = 4 * int(turned.circles.sum(axis=1).max()) < EXACT_FLOAT32
    if few and most[0] * most[1] < EXACT_FLOAT32 and most[1] < LONGEST_TABLE:
        kind: type[Any] = np.float32
        table = [_next_under(one, most) for one in asked]
    else:
        table = [(a // math.gcd(a, b), b // math.gcd(a, b)) for a, b in asked]
        largest = max(most[0] * most[1],
                      *(max(a * most[0], b * most[1]) for a, b in table))  # fmt: skip
        kind = np.float64 if largest < EXACT_FLOAT64 else np.int64
        kind = kind if largest < EXACT_INT64 else np.object_
    return kind, np.array(table, dtype=object).astype(kind).T.copy()[:, which]


def _next_under(asked: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """Factors with small numbers that no ratio of counts tells from those asked for.

    The largest fraction at or under asked[1] / asked[0] that counts up to `most` can make.

    >>> _next_under((1_000_000, 333_333), (50, 50))
    (49, 16)
    """
    lower = np.arange(1, most[1] + 1)
    upper = np.minimum(asked[1] * lower // asked[0], most[0])
    best = int(np.argmax(upper / lower))
    return int(lower[best]), int(upper[best])


def _counter(comparisons: int, kind: type[Any]) -> CountShifts:
    """The compiled counting where it is there and pays, and else numpy's: the same counts."""
    name = "wordkept.protocol.curve_kernel"
    if kind is np.object_ or (comparisons < KERNEL_FROM and name not in sys.modules):
        return curve_numpy.count_shifts
    try:
        from wordkept.protocol import curve_kernel
    except (ImportError, RuntimeError):
        return curve_numpy.count_shifts
    return _kept_quiet(curve_kernel.count_shifts)


def _kept_quiet(compiled: CountShifts) -> CountShifts:
    """The compiled counting, with numpy's in its place where it cannot be compiled or kept."""

    def counted(
        doubled: NDArray[Any], circle: Counts, places: Counts, factors: NDArray[Any]
    ) -> tuple[Counts, Counts]:
        try:
            return compiled(doubled, circle, places, factors)
        except (OSError, RuntimeError):
            return curve_numpy.count_shifts(doubled, circle, places, factors)

    return counted
