"""Rows that may stand for one event: pairs that were found, and what people say of them."""

from dataclasses import dataclass
from typing import Literal, get_args

Relation = Literal["duplicate", "distinct", "unsure"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
"""What a person says of a pair; what others call positive, negative and undecided."""
Sureness = Literal["likely", "unsure"]
Pairing = Literal["one-to-one", "clusters"]
"""Whether a row has at most one partner in another dataset, or as many as are likely."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class EventKey:
    """A row by its dataset and native id: the same row in every release that holds it."""

    dataset: str
    native_id: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Pair:
    """Two rows that may be one event, the one whose key sorts first being `one`."""

    one: EventKey
    other: EventKey

    def __post_init__(self) -> None:
        if not self.one < self.other:
            raise ValueError(f"{self.one} and {self.other} are not two rows in order")

    @classmethod
    def of(cls, first: EventKey, second: EventKey) -> "Pair":
        """The pair of two rows, whichever is named first.

        >>> north = EventKey(dataset="north", native_id="7")
        >>> south = EventKey(dataset="south", native_id="7")
        >>> Pair.of(south, north) == Pair.of(north, south)
        True
        """
        return cls(one=min(first, second), other=max(first, second))


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPair:
    """A pair that a run of `match` found, and how alike its rows are."""

    pair: Pair
    probability: float
    """That both rows are one event, as the run was calibrated."""
    score: float
    """The natural logarithm of the odds that the two are one event."""
    sureness: Sureness
    pairing: Pairing = "one-to-one"
    """What the run that found it was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairJudgement:
    """What one person said of a pair, as the ledger has it."""

    entry: str
    """The hash of its entry."""
    number: int
    pair: Pair
    relation: Relation
    reason: str
    probability: float | None
    """What the last run gave the pair when it was judged; None where it had not found it."""
    who: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What one run of `match` found between two datasets, or inside one."""

    left: str
    right: str
    """The same as `left` where it was looked inside one dataset."""
    rows_left: int
    rows_right: int
    set_aside: tuple[tuple[str, int], ...]
    """Rows that were not compared: why, and how many."""
    compared: int
    """Pairs of rows that lie near enough in time and place to be compared."""
    likely: int
    unsure: int
    labelled: int
    """Judged pairs that the fit learned from."""

    @property
    def inside(self) -> bool:
        """Whether it was looked inside one dataset."""
        return self.left == self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRange:
    """How many events some rows stand for: from all pairs merged to none."""

    merged: int
    """With all pairs merged that are likely, unsure or judged one event."""
    counted: int
    """With those alone merged that are judged one event."""
