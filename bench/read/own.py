"""How well the whole reader does on texts with gold: statements, pledges, figures."""

from collections.abc import Sequence

from bench.corpus.gold import GoldText
from bench.read.pledges import pledge_scores
from bench.read.scores import Score, exact, overlapping
from bench.read.statements import statement_scores
from wordkept.model import Reading
from wordkept.reading.attributed import Attributed


def as_attributed(reading: Reading, *, outermost: bool = False) -> tuple[Attributed, ...]:
    """The statements of a reading; with `outermost`, those alone that stand in no other."""
    return tuple(
        Attributed(source=one.source, cue=one.cue, content=one.content, confidence=one.confidence)
        for one in reading.statements
        if one.within is None or not outermost
    )


def reading_scores(golds: Sequence[GoldText], read: dict[str, Reading]) -> dict[str, Score]:
    """Statements, pledges and figures, by name."""
    found = {gold.text: as_attributed(read[gold.id]) for gold in golds}
    out = dict(statement_scores(golds, lambda text: found[text]))
    pledges = {name: reading.pledges for name, reading in read.items()}
    out |= {f"pledge {name}": one for name, one in pledge_scores(golds, pledges).items()}
    out |= {f"figure {name}": one for name, one in _figures(golds, read).items()}
    return out


def _figures(golds: Sequence[GoldText], read: dict[str, Reading]) -> dict[str, Score]:
    """Found by overlap; with its bounds right; with its statement right (of those found)."""
    total = {"overlap": Score(), "bounds": Score(), "exact span": Score()}
    for gold in golds:
        if not gold.layers.get("figures"):
            continue
        found = read[gold.id].figures
        spans, marks = [one.span for one in found], [one.span for one in gold.figures]
        total["overlap"] += overlapping(spans, marks)
        total["exact span"] += exact(spans, marks)
        right = sum(
            any(one.span.meets(mark.span) and (one.low, one.high) == (mark.low, mark.high)
                for one in found)
            for mark in gold.figures
        )  # fmt: skip
        total["bounds"] += Score(right, right, len(found), len(gold.figures))
    return total
