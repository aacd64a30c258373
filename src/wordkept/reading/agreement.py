"""How far two coders agree: the share of the same decisions, and Cohen's kappa."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What two coders decided of the same things, and how far beyond chance they agree."""

    decided: int
    """How many things both decided."""
    same: int
    pairs: tuple[tuple[str, str, int], ...]
    """What the one decided, what the other did, and how often, in the order of the words."""
    kappa: float | None
    """Cohen's kappa, at most 1; None where it is not defined."""
    undefined: str = ""
    """Why there is no kappa, in plain words."""

    @property
    def observed(self) -> float | None:
        """The share decided alike; None where nothing was."""
        return self.same / self.decided if self.decided else None


def agreement_of(decisions: Sequence[tuple[str, str]]) -> Agreement:
    """The agreement of two coders over pairs of decisions, the one's first.

    Kappa is (observed - expected) / (1 - expected), with what chance would give from each
    coder's own shares (Cohen 1960). It is not defined for no pairs, nor where both put
    everything under the same word: chance alone would then agree as well.

    >>> agreement_of([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]).kappa
    0.5
    >>> agreement_of([("a", "a")]).kappa is None
    True
    """
    total = len(decisions)
    counted = Counter(decisions)
    same = sum(times for (one, other), times in counted.items() if one == other)
    ones, others = Counter(one for one, _ in decisions), Counter(other for _, other in decisions)
    by_chance = sum(times * others[word] for word, times in ones.items())
    kappa, why = None, ""
    if not total:
        why = "there is nothing that both decided"
    elif by_chance == total * total:
        why = "both decided everything alike and in one way: chance would agree as well"
    else:
        kappa = (same * total - by_chance) / (total * total - by_chance)
    return Agreement(
        decided=total,
        same=same,
        pairs=tuple((one, other, times) for (one, other), times in sorted(counted.items())),
        kappa=kappa,
        undefined=why,
    )
