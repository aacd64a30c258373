"""How well pledges are found: that there is one, what it is about, and each of its slots."""

from collections.abc import Sequence

from bench.corpus.gold import GoldPledge, GoldText
from bench.read.scores import Score
from wordkept.model import SLOTS, ProposedPledge, Span

Reads = dict[str, tuple[ProposedPledge, ...]]


def pledge_scores(golds: Sequence[GoldText], read: Reads) -> dict[str, Score]:
    """`detection`, `deed`, `status` and each slot, over all texts that carry pledges.

    A pledge is found where a proposed act shares a word with a gold act, each taken once. Deed and
    status count as right only of found pledges; a slot is right where its words overlap with those
    of the same slot of the pledge it was found as. Nothing is counted twice.
    """
    total: dict[str, Score] = {}
    for gold in golds:
        if gold.layers.get("pledges"):
            for name, score in _scores(gold.pledges, read[gold.id]).items():
                total[name] = total.get(name, Score()) + score
    return total


def _scores(gold: Sequence[GoldPledge], found: Sequence[ProposedPledge]) -> dict[str, Score]:
    pairs = paired(gold, found)
    count = (len(found), len(gold))
    deeds = sum(one.deed == other.deed for one, other in pairs)
    statuses = sum(one.status == other.status for one, other in pairs)
    out = {
        "detection": Score(len(pairs), len(pairs), *count),
        "deed": Score(deeds, deeds, *count),
        "status": Score(statuses, statuses, *count),
    }
    for slot in SLOTS:
        out[f"slot {slot}"] = _slot(slot, gold, found, pairs)
    return out


def paired(
    gold: Sequence[GoldPledge], found: Sequence[ProposedPledge]
) -> list[tuple[GoldPledge, ProposedPledge]]:
    """Each gold pledge with the proposed one that it was found as, each taken once."""
    taken: set[str] = set()
    pairs = []
    for one in gold:
        acts = [span for slot, span in one.terms if slot == "act"]
        for other in found:
            if other.id not in taken and _meet(acts, other.named("act")):
                taken.add(other.id)
                pairs.append((one, other))
                break
    return pairs


def _slot(
    slot: str,
    gold: Sequence[GoldPledge],
    found: Sequence[ProposedPledge],
    pairs: Sequence[tuple[GoldPledge, ProposedPledge]],
) -> Score:
    right_proposed = right_gold = 0
    for one, other in pairs:
        wanted = [span for name, span in one.terms if name == slot]
        given = [term.span for term in other.terms if term.slot == slot]
        right_proposed += sum(_meet([span], wanted) for span in given)
        right_gold += sum(_meet([span], given) for span in wanted)
    return Score(
        right_proposed,
        right_gold,
        sum(term.slot == slot for other in found for term in other.terms),
        sum(name == slot for one in gold for name, _ in one.terms),
    )


def _meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.meets(other) for one in some for other in others)
