"""Whether the confidence of proposals is what it says: how often those of a level are right."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bench.corpus.gold import GoldText
from bench.read.pledges import paired
from bench.read.statements import meets
from wordkept.ids import bytes_id
from wordkept.model import Reading

LEVELS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)
Pair = tuple[float, bool]


def fitted_on(gold: GoldText) -> bool:
    """Whether a held-out document fits the curves; the others measure them. About every second."""
    return bytes_id(gold.text.encode("utf-8"))[0] in "02468ace"


def statement_pairs(read: Iterable[tuple[GoldText, Reading]]) -> list[Pair]:
    """For each proposed statement its confidence, and whether it is right.

    Right: source, cue and content each meet those of one gold statement, or are empty in both.
    """
    return [
        (one.confidence, any(meets(one, mark) for mark in gold.statements))
        for gold, reading in read
        if gold.layers.get("statements")
        for one in reading.statements
    ]


def pledge_pairs(read: Iterable[tuple[GoldText, Reading]]) -> list[Pair]:
    """For each proposed pledge its confidence, and whether there is one (its act is gold's)."""
    out: list[Pair] = []
    for gold, reading in read:
        if gold.layers.get("pledges"):
            right = {other.id for _, other in paired(gold.pledges, reading.pledges)}
            out.extend((one.confidence, one.id in right) for one in reading.pledges)
    return out


def reliability_lines(name: str, read: Sequence[tuple[GoldText, Reading]]) -> Iterator[str]:
    """The table: how sure, how many, how often right; and the mean gap between the two.

    Of the documents that the curves were not fitted on.
    """
    read = [(gold, reading) for gold, reading in read if not fitted_on(gold)]
    for what, pairs in (("statements", statement_pairs(read)), ("pledges", pledge_pairs(read))):
        yield f"\nhow sure the reader is of {what}, and how often it is right ({name})"
        yield f"  {'said':>10} {'n':>6} {'mean said':>10} {'right':>7}"
        gap = 0.0
        for low, high in pairwise(LEVELS):
            here = [pair for pair in pairs if low <= pair[0] < high]
            if here:
                said = sum(sure for sure, _ in here) / len(here)
                right = sum(good for _, good in here) / len(here)
                gap += abs(said - right) * len(here) / len(pairs)
                yield f"  {low:4.1f}-{min(high, 1):4.1f} {len(here):6} {said:10.2f} {right:7.2f}"
        yield f"  mean gap {gap:.3f}"
