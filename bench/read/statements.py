"""How well statements are found: spans by role, exact and by overlap, and linked triples."""

from collections.abc import Callable, Iterable, Sequence

from bench.corpus.gold import GoldStatement, GoldText
from bench.read.scores import Score, exact, overlapping
from wordkept.model import ProposedStatement, Span
from wordkept.reading.attributed import Attributed

ROLES = ("source", "cue", "content")
Found = Attributed | GoldStatement | ProposedStatement
Finder = Callable[[str], Iterable[Attributed]]


def statement_scores(golds: Sequence[GoldText], find: Finder) -> dict[str, Score]:
    """By name (`source exact`, `linked overlap`, ...), over all texts that carry statements.

    A span is one unbroken piece. A triple is right exactly where all its pieces are; by overlap
    where each of its roles meets the same role of one gold statement (or is empty in both).
    """
    total: dict[str, Score] = {}
    for gold in golds:
        if not gold.layers.get("statements"):
            continue
        found = list(find(gold.text))
        for name, score in _scores(found, gold.statements).items():
            total[name] = total.get(name, Score()) + score
    return total


def _scores(found: Sequence[Attributed], gold: Sequence[GoldStatement]) -> dict[str, Score]:
    out = {}
    for role in ROLES:
        one = [span for statement in found for span in getattr(statement, role)]
        other = [span for statement in gold for span in getattr(statement, role)]
        out[f"{role} exact"] = exact(one, other)
        out[f"{role} overlap"] = overlapping(one, other)
    out["linked exact"] = exact(map(_triple, found), map(_triple, gold))
    out["linked overlap"] = _linked_overlap(found, gold)
    return out


def _triple(one: Attributed | GoldStatement | ProposedStatement) -> tuple[tuple[Span, ...], ...]:
    return tuple(tuple(sorted(getattr(one, role))) for role in ROLES)


def _linked_overlap(found: Sequence[Attributed], gold: Sequence[GoldStatement]) -> Score:
    return Score(
        sum(any(meets(one, other) for other in gold) for one in found),
        sum(any(meets(other, one) for other in found) for one in gold),
        len(found),
        len(gold),
    )


def meets(one: Found, other: Found) -> bool:
    """Whether each role of one meets that of the other, or is empty in both."""
    for role in ROLES:
        spans, marks = getattr(one, role), getattr(other, role)
        if bool(spans) != bool(marks):
            return False
        if spans and not any(span.meets(mark) for span in spans for mark in marks):
            return False
    return True
