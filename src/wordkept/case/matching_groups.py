"""Which rows stand for one event: pairs joined, but never against what was judged distinct."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wordkept.model import EventKey, Finding, FoundPair, Pair, PairJudgement, Release

Groups = dict[str, dict[str, int]]
"""By dataset and native id: the number of the event that a row stands for with others of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """What is merged in the counts of a case, and in which releases pairs were looked for."""

    judged: Groups = field(default_factory=dict)
    """Rows that are counted as one event, for people judged them so."""
    possible: Groups = field(default_factory=dict)
    """Rows that may be one event, those judged so among them."""
    looked_inside: Mapping[str, str] = field(default_factory=dict)
    """By dataset inside which pairs were looked for: in which release."""

    def not_looked_at(self, release: Release) -> tuple[Finding, ...]:
        """That pairs were looked for in another release of the record than this one, if so."""
        if self.looked_inside.get(release.dataset) in (None, release.id):
            return ()
        sentence = (
            "Pairs of rows that may be one event were looked for in another release of this "
            "record: a row that only this one holds counts for itself."
        )
        return (Finding(check="both ends", outcome="informational", dataset=release.dataset,
                        sentence=sentence),)  # fmt: skip


@dataclass(slots=True)
class Clusters:
    """Rows joined into events; two rows that were judged distinct never come to stand in one."""

    apart: Mapping[EventKey, frozenset[EventKey]] = field(default_factory=dict)
    """By row: those that it was judged distinct from."""
    members: dict[EventKey, list[EventKey]] = field(default_factory=dict)
    """By the row that stands for a cluster: all its rows."""
    of: dict[EventKey, EventKey] = field(default_factory=dict)
    """By row: the row that stands for its cluster."""

    def join(self, pair: Pair, *, one_to_one: bool = False) -> bool:
        """Whether the two rows stand in one cluster now.

        With `one_to_one` not where that would lay together rows of one dataset, but for these two.
        """
        one, other = self.of.get(pair.one, pair.one), self.of.get(pair.other, pair.other)
        if one == other:
            return True
        here, there = self.members.get(one, [one]), self.members.get(other, [other])
        if any(not self.apart.get(row, frozenset()).isdisjoint(there) for row in here):
            return False
        if one_to_one and not _alone(pair, here, there):
            return False
        if len(here) < len(there):
            one, other, here, there = other, one, there, here
        self.members[one] = [*here, *there] if len(here) == 1 else here
        if len(here) > 1:
            here.extend(there)
        self.members.pop(other, None)
        for row in (one, *there):
            self.of[row] = one
        return True

    def spared(self, events: Mapping[EventKey, int]) -> int:
        """How many events fewer there are with each cluster counted once, at its largest row.

        `events` says how many a row stands for; a row that is not in it is none of those counted.
        """
        held = ([events[row] for row in rows if row in events] for rows in self.members.values())
        return sum(sum(numbers) - max(numbers) for numbers in held if numbers)

    def groups(self) -> Groups:
        """The rows of one dataset that stand in one cluster, numbered by cluster."""
        found: Groups = {}
        clusters = sorted(sorted(rows) for rows in self.members.values())
        for number, rows in enumerate(clusters):
            by_dataset: dict[str, list[str]] = {}
            for row in rows:
                by_dataset.setdefault(row.dataset, []).append(row.native_id)
            for dataset, names in by_dataset.items():
                if len(names) > 1:
                    found.setdefault(dataset, {}).update(dict.fromkeys(names, number))
        return found


def judged_clusters(judged: Iterable[PairJudgement]) -> Clusters:
    """The rows that were judged one event: what is merged at both ends."""
    standing = sorted(judged, key=lambda one: one.pair)
    clusters = Clusters(apart=_apart(standing))
    for one in standing:
        if one.relation == "duplicate":
            clusters.join(one.pair)
    return clusters


def all_clusters(found: Iterable[FoundPair], judged: Sequence[PairJudgement]) -> Clusters:
    """The rows that may be one event: judged so, found and not judged otherwise, or judged unsure.

    The surest pairs are joined first.
    """
    clusters = judged_clusters(judged)
    settled = {one.pair for one in judged}
    for one in sorted(found, key=lambda one: (-one.probability, one.pair)):
        if one.pair not in settled:
            clusters.join(one.pair, one_to_one=one.pairing == "one-to-one")
    for judgement in sorted(judged, key=lambda one: one.pair):
        if judgement.relation == "unsure":
            clusters.join(judgement.pair)
    return clusters


def contradictions(judged: Sequence[PairJudgement]) -> tuple[Pair, ...]:
    """Pairs judged one event that cannot be, with others judged distinct."""
    clusters = judged_clusters(judged)
    return tuple(
        one.pair
        for one in sorted(judged, key=lambda one: one.pair)
        if one.relation == "duplicate" and not clusters.join(one.pair)
    )


def _apart(judged: Iterable[PairJudgement]) -> dict[EventKey, frozenset[EventKey]]:
    apart: dict[EventKey, frozenset[EventKey]] = {}
    for one in judged:
        if one.relation == "distinct":
            for row, other in ((one.pair.one, one.pair.other), (one.pair.other, one.pair.one)):
                apart[row] = apart.get(row, frozenset()) | {other}
    return apart


def _alone(pair: Pair, here: Sequence[EventKey], there: Sequence[EventKey]) -> bool:
    """Whether rows of one dataset would come together only as this pair itself."""
    if pair.one.dataset == pair.other.dataset:
        own = pair.one.dataset
        both = [row for row in (*here, *there) if row.dataset == own]
        return len(both) == len((pair.one, pair.other))
    return {row.dataset for row in here}.isdisjoint(row.dataset for row in there)
