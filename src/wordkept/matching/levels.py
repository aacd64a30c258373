"""How a pair compares, field by field, as small numbers: the plain reading, in numpy.

`join_kernel` says the same, pair by pair, compiled. A pair's code is its levels as one number.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wordkept.matching.names import ALIKE
from wordkept.matching.rows import NARROW_DAYS, NARROW_KM, Rows

Codes = NDArray[np.uint16]
Places = NDArray[np.int32]

MOST_DAYS = 5
"""Gaps of more days are one level: no window should be so wide."""
T_WEEKS, T_LONGER, T_APART = MOST_DAYS + 1, MOST_DAYS + 2, MOST_DAYS + 3
"""One of the two known to the week or month, or to longer, and overlapping; or not overlapping."""
BANDS = 12
"""Bands of the distance, as parts of how far apart the two may lie."""
D_POINT, D_WIDE, D_ADMIN, D_COUNTRY = 0, BANDS + 1, BANDS + 4, BANDS + 5
"""The same point; bands; one of the two known to an area of a large radius; to a named area."""
POINT_KM = 0.1
A_UNKNOWN, A_NONE, A_ALIKE, A_CROSSED, A_SOME, A_ONLY, A_TURNED, A_BOTH = range(8)
"""No actor named by one of them; none in common; alike; one of several, on another side or on the
same; the only one; two, the sides turned round or as they are."""
K_UNKNOWN, K_OTHER, K_COMMON, K_USUAL, K_RARE = range(5)
"""Type unknown; another; the same, and common, usual or rare in these records."""
F_UNKNOWN, F_EQUAL, F_BOUNDS, F_APART = 0, 1, 5, 7
"""Deaths unknown; equal (none, 1 or 2, under 10, more); bounds overlap (close, or not); apart."""
SIZES = (T_APART + 1, D_COUNTRY + 1, 8, 5, 10)
"""Levels of each field of FIELDS; their product fits 16 bits."""
CLOSE, NEAR, FAR = 1.35, 1.8, 3.0
"""Deaths (and one more) of the one over those of the other."""
COMMON, RARE = 0.15, 0.05
"""Shares of a type in both records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """What pairs are found and compared by, besides what the rows say."""

    days: int
    """The most days between two periods."""
    km: float
    """How far apart two points may lie, unless their radii reach further."""
    alike: NDArray[np.uint8]
    rarity: NDArray[np.int32]


def time_levels(ours: NDArray[np.int32], theirs: NDArray[np.int32]) -> NDArray[np.int64]:
    """From first and last days: days between the periods, or how long the longer one is."""
    gap = np.maximum(np.maximum(ours[:, 0] - theirs[:, 1], theirs[:, 0] - ours[:, 1]), 0)
    longest = np.maximum(ours[:, 1] - ours[:, 0], theirs[:, 1] - theirs[:, 0])
    wide = np.where(gap > 0, T_APART, np.where(longest > 31, T_LONGER, T_WEEKS))  # noqa: PLR2004
    return np.where(longest > NARROW_DAYS, wide, np.minimum(gap, MOST_DAYS))


def squared_km(
    ours: NDArray[np.float64], theirs: NDArray[np.float64], km: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The square of the distance (straight through the ground), and of how far it may be."""
    x, y, z = (ours[:, n] - theirs[:, n] for n in range(3))
    reach = np.maximum(km, ours[:, 3] + theirs[:, 3])
    return x * x + y * y + z * z, reach * reach


def distance_levels(
    ours: NDArray[np.float64], theirs: NDArray[np.float64], km: float
) -> NDArray[np.int64]:
    """From points: the same, or in which band of how far apart they may be."""
    away, reach = squared_km(ours, theirs, km)
    part = away * (BANDS * BANDS) / reach
    band = np.ones(len(part), np.int64)
    for n in range(1, BANDS):
        band += part > n * n
    wide = D_WIDE + (part > BANDS * BANDS / 4) + (part > BANDS * BANDS / 2)
    large = (ours[:, 3] > NARROW_KM) | (theirs[:, 3] > NARROW_KM)
    return np.where(large, wide, np.where(away <= POINT_KM * POINT_KM, D_POINT, band))


def actor_levels(
    ours: NDArray[np.int32], theirs: NDArray[np.int32], alike: NDArray[np.uint8]
) -> NDArray[np.int64]:
    """From the actors of each: how many are shared, or whether any are alike."""
    shared, upright = np.zeros((2, len(ours)), np.int64)
    similar = np.zeros(len(ours), np.bool_)
    for a in range(ours.shape[1]):
        for b in range(theirs.shape[1]):
            one, other = ours[:, a], theirs[:, b]
            same = (one == other) & (one >= 0)
            shared += same
            if a == b:
                upright += same
            known = (one >= 0) & (other >= 0) & (one < len(alike)) & (other < len(alike))
            similar[known] |= alike[one[known], other[known]] == ALIKE
    fewest = np.minimum((ours >= 0).sum(axis=1), (theirs >= 0).sum(axis=1))
    one = np.where(fewest == 1, A_ONLY, np.where(upright > 0, A_SOME, A_CROSSED))
    two = np.where(upright > 0, A_BOTH, A_TURNED)
    found = np.where(shared > 1, two, np.where(shared == 1, one, np.where(
        similar, A_ALIKE, A_NONE)))  # fmt: skip
    return np.where(fewest == 0, A_UNKNOWN, found)


def type_levels(
    ours: NDArray[np.int32], theirs: NDArray[np.int32], rarity: NDArray[np.int32]
) -> NDArray[np.int64]:
    """From types, and the level at which agreeing on each speaks."""
    same = np.where(ours == theirs, rarity[np.maximum(ours, 0)], K_OTHER)
    return np.where((ours < 0) | (theirs < 0), K_UNKNOWN, same)


def death_levels(ours: NDArray[np.int32], theirs: NDArray[np.int32]) -> NDArray[np.int64]:
    """From low, best and high: equal, overlapping, or how far apart; bounds, not points."""
    best, other = ours[:, 1].astype(np.float64), theirs[:, 1].astype(np.float64)
    more, less = np.maximum(best, other) + 1, np.minimum(best, other) + 1
    equal = F_EQUAL + (best > 0) + (best > 2) + (best > 9)  # noqa: PLR2004
    overlap = (ours[:, 0] <= theirs[:, 2]) & (theirs[:, 0] <= ours[:, 2])
    bounds = F_BOUNDS + (more > CLOSE * less)
    apart = F_APART + (more > NEAR * less) + (more > FAR * less)
    found = np.where(best == other, equal, np.where(overlap, bounds, apart))
    unknown = (ours.min(axis=1) < 0) | (theirs.min(axis=1) < 0)
    return np.where(unknown, F_UNKNOWN, found)


def rarities(left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.int32]:
    """By type, the level at which agreeing on it speaks."""
    counts = np.bincount(np.concatenate((left[left >= 0], right[right >= 0])), minlength=1)
    shares = counts / max(int(counts.sum()), 1)
    return np.where(shares >= COMMON, K_COMMON, np.where(shares >= RARE, K_USUAL, K_RARE)
                    ).astype(np.int32)  # fmt: skip


def coded(levels: tuple[NDArray[np.int64], ...]) -> Codes:
    """The levels of the fields as one number."""
    code = np.zeros(len(levels[0]), np.int64)
    for size, level in zip(SIZES, levels, strict=True):
        code = code * size + level
    return code.astype(np.uint16)


def decoded(codes: Codes) -> NDArray[np.uint8]:
    """The levels that a code holds, a row a pair."""
    return np.stack(np.unravel_index(codes.astype(np.int64), SIZES), axis=1).astype(np.uint8)


def levels_of(left: Rows, right: Rows, i: Places, j: Places, how: Comparing) -> Codes:
    """The codes of pairs of rows that have points."""
    place = distance_levels(left.point[i], right.point[j], how.km)
    return levels_at(left, right, (i, j), place, how)


def levels_at(
    left: Rows, right: Rows, at: tuple[Places, Places], place: NDArray[np.int64], how: Comparing
) -> Codes:
    """The codes of pairs of rows whose places compare at these levels."""
    i, j = at
    ours, theirs = left.codes[i], right.codes[j]
    return coded((
        time_levels(left.days[i], right.days[j]),
        place,
        actor_levels(ours[:, 4:], theirs[:, 4:], how.alike),
        type_levels(ours[:, 0], theirs[:, 0], how.rarity),
        death_levels(ours[:, 1:4], theirs[:, 1:4]),
    ))  # fmt: skip
