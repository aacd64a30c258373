"""Whole numbers held against what chance or a share would give."""

import math
from collections.abc import Callable

from scipy import special


def at_least(number: int, of: int, rate: float) -> float:
    """How often a thing that comes up at a rate comes up in so many of so many, or in more.

    >>> round(at_least(2, 3, 0.1), 3), at_least(0, 3, 0.1), at_least(1, 3, 0.0)
    (0.028, 1.0, 0.0)
    """
    if number <= 0:
        return 1.0
    return float(special.bdtrc(number - 1, of, rate)) if number <= of else 0.0


def whole(number: float) -> int:
    """The least whole number that reaches a number, rounding errors forgiven.

    >>> whole(0.7 * 10), whole(7.1)
    (7, 8)
    """
    return math.ceil(round(number, 9))


def floored(number: float) -> int:
    """The greatest whole number that does not exceed a number, rounding errors forgiven.

    >>> floored(0.29 * 100), floored(6.9)
    (29, 6)
    """
    return math.floor(round(number, 9))


def first(holds: Callable[[int], bool], most: int) -> int | None:
    """The smallest number from 1 to `most` of which a thing holds; None where of none.

    >>> first(lambda n: n * n > 10, 9), first(lambda n: n > 10, 9)
    (4, None)
    """
    return next((number for number in range(1, most + 1) if holds(number)), None)


def spread(low: int, high: int) -> str:
    """A number, or two of them where they differ.

    >>> spread(3, 3), spread(3, 1200)
    ('3', '3 to 1,200')
    """
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
