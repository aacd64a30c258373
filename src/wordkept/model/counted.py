"""What was counted for a pledge that is not about a rate: shares, deliveries, upkeep."""

from dataclasses import dataclass

from wordkept.model.pledge import Attribution, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The events of one attribution, sorted by whether the pledge allows them."""

    attribution: Attribution
    within: int
    """Those that the pledge allows."""
    outside: int
    """Those that it does not."""
    unplaced: int
    """Those of which the record does not say what the sorting asks: they may lie on either side."""

    @property
    def total(self) -> int:
        """All of them."""
        return self.within + self.outside + self.unplaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number held against the number that the pledge asks for, at its lowest and highest."""

    question: Question
    dataset: str | None
    """The record it was counted in; None of a published count."""
    unit: str
    """What was counted, in the plural."""
    low: int
    """Certain: of `only` and `ceases` violations, of `delivers` deliveries, of `holds` stretches
    that show it."""
    high: int
    """With everything that may belong."""
    of: int | None
    """Out of how many; None of an open count."""
    share_low: float | None = None
    """Of `only`: the smallest share outside that the bounds allow."""
    share_high: float | None = None
    needed: float
    """What counts as kept: at most (of `only`, `ceases`), or at least, so many."""
    by_misclassification: float | None
    """How many misclassification alone would give."""
    p: float | None
    """How often misclassification alone would give `low` or more, were as many truly outside as
    still count as kept; of `holds`, how often the record's ordinary gaps alone would leave as many
    stretches empty."""
    tipping: str
    """How wrong the count would have to be for the verdict to be another, in a sentence."""
    sentence: str
