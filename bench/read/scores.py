"""How well spans and statements were found: exact, by overlap, and linked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wordkept.model import Span


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, proposed, and in the gold; precision, recall and F1 from these."""

    right_proposed: int = 0
    right_gold: int = 0
    proposed: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.right_proposed / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        return self.right_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.right_proposed + other.right_proposed,
            self.right_gold + other.right_gold,
            self.proposed + other.proposed,
            self.gold + other.gold,
        )

    def __str__(self) -> str:
        return f"{self.f1:.3f} (P {self.precision:.3f}, R {self.recall:.3f}, n {self.gold})"


def exact(proposed: Iterable[object], gold: Iterable[object]) -> Score:
    """Those that are the same in both."""
    one, other = set(proposed), set(gold)
    both = len(one & other)
    return Score(both, both, len(one), len(other))


def overlapping(proposed: Sequence[Span], gold: Sequence[Span]) -> Score:
    """Those that share a character with one of the others."""
    one, other = set(proposed), set(gold)
    return Score(
        sum(any(span.meets(mark) for mark in other) for span in one),
        sum(any(span.meets(mark) for mark in one) for span in other),
        len(one),
        len(other),
    )
