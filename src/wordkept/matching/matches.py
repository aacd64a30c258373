"""What matching is asked and what it answers: window, labels, pairs, and what was fitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int32]
Floats = NDArray[np.float64]
Assignment = Literal["one-to-one", "clusters"]

FIELDS = ("time", "distance", "actors", "type", "deaths")
"""What a pair is compared on, in the order of its levels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How far two records of one event may lie apart, beside what each says of its own precision.

    Two rows are compared where their periods lie at most `days` apart, and their places at most
    `km`, or the sum of their radii if that is more; a row that names only an area is compared
    with those whose area agrees.
    """

    days: int = 3
    km: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Pairs of rows that somebody has judged: one event (`duplicate`) or two."""

    left: Indices
    right: Indices
    duplicate: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What was learned of two records: how each field speaks, and how many duplicates there are."""

    labelled: int
    """Judged pairs that the fit used; 0: fitted without labels."""
    candidates: int
    expected: float
    """Duplicates to be expected among the candidates: the sum of their probabilities."""
    threshold: float
    """The probability at and over which a pair may be chosen: where expected F1 is highest."""
    expected_f1: float
    weights: Mapping[str, Floats]
    """By field of FIELDS: the log odds that each of its levels adds; nan where never met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Pairs of rows that may be one event, likeliest first; arrays of one length.

    Pairs whose probability is under `LEAST_PROBABILITY` are left out, and no row is merged.
    """

    left: Indices
    right: Indices
    score: Floats
    """Log odds that the two are one event."""
    probability: Floats
    chosen: NDArray[np.bool_]
    """Whether the pair is in the assignment that was asked for."""
    levels: NDArray[np.uint8]
    """A row a pair, a column a field of FIELDS: how they compare (`reason` puts it in words)."""
    fitted: Fitted

    def __len__(self) -> int:
        return len(self.left)


def empty(fitted: Fitted) -> dict[str, Any]:
    """The arrays of a match that found nothing."""
    none = np.empty(0, np.int32)
    return {
        "left": none, "right": none, "score": np.empty(0), "probability": np.empty(0),
        "chosen": np.empty(0, np.bool_), "levels": np.empty((0, len(FIELDS)), np.uint8),
        "fitted": fitted,
    }  # fmt: skip
