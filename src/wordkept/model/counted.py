"""What was counted for a pledge that is not about a rate: shares, deliveries, upkeep."""

from dataclasses import dataclass

from wordkept.model.pledge import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number held against the number that the pledge asks for, at its lowest and highest."""

    question: Question
    unit: str
    """What was counted, in the plural."""
    low: int
    """Certain: of `only` and `ceases` violations, of `delivers` deliveries, of `holds` stretches
    that show it."""
    high: int
    """With everything that may belong."""
    of: int | None
    """Out of how many; None of an open count."""
    needed: float
    """What counts as kept: at most (of `only`, `ceases`), or at least, so many."""
    by_misclassification: float | None
    """How many misclassification alone would give."""
    p: float | None
    """How often misclassification alone would give `low` or more."""
    tipping: str
    """How wrong the count would have to be for the verdict to be another, in a sentence."""
    sentence: str
