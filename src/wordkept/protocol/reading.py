"""The two questions answered: what the record counted, and whether that is out of the ordinary."""

from dataclasses import dataclass

from wordkept.model import Plan, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the primary record says, before controls and the like: both questions answered."""

    low: float
    """The lowest widened ratio; of a rise, one over the highest."""
    high: float
    threshold: float
    """Of a rise, one over the plan's."""
    p: float | None
    void: bool
    alpha: float

    @property
    def beyond_ordinary(self) -> bool:
        """Whether the change is larger than the record's ordinary ups and downs."""
        return self.p is not None and not self.void and self.p <= self.alpha

    @property
    def reached(self) -> bool:
        """Whether the whole range is at or under the threshold."""
        return self.high <= self.threshold

    @property
    def missed(self) -> bool:
        """Whether the whole range is over the threshold."""
        return self.low > self.threshold

    @property
    def word(self) -> Word:
        """The verdict that the two answers give."""
        if self.reached:
            return "kept" if self.beyond_ordinary else "cannot tell"
        if not self.missed:
            return "cannot tell"
        if self.high >= 1.0:
            return "not kept"
        if self.p is None:
            return "cannot tell"
        return "partly kept" if self.beyond_ordinary else "not kept"


def reading_of(span: tuple[float, float], p: float | None, plan: Plan, *, void: bool) -> Reading:
    """The reading of a widened range; a rise is read as the fall of its inverse."""
    low, high = span
    threshold = plan.threshold
    if plan.direction == "rises":
        low, high = 1 / high, 1 / low if low else float("inf")
        threshold = 1 / threshold
    return Reading(low=low, high=high, threshold=threshold, p=p, void=void, alpha=plan.alpha)
