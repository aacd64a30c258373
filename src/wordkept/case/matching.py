"""The same event in several datasets: pairs found, kept, and what is counted with them merged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from wordkept.case.case import LEDGER, Case
from wordkept.case.matching_dealing import dealing, engine_of
from wordkept.case.matching_groups import Merging, all_clusters, judged_clusters
from wordkept.case.matching_judging import of_entries, pair_judgements, standing_judgements
from wordkept.case.matching_rows import Compared, compared_rows, labels_of, matchable
from wordkept.case.matching_store import store_match, stored_matches
from wordkept.case.record import Record
from wordkept.errors import CaseError, InputError, Problem, did_you_mean
from wordkept.ledger.journal import Ledger
from wordkept.model import (
    EventKey,
    EventRange,
    FoundPair,
    Matched,
    Pair,
    Pairing,
    PairJudgement,
    Sureness,
)

LIKELY_FROM = 0.8
"""A pair that was chosen and is at least so probable is called likely: four of five are right."""
UNSURE_FROM = 0.2
"""A pair under it, if it was not chosen, is left out: four of five are two events."""
DECIMALS = 6
"""Of what is kept: so many that no two machines would round otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be matched, and how."""

    datasets: tuple[str, ...] = ()
    """Empty: every dataset of the case that holds events."""
    inside: bool = False
    """Whether to look inside each of them as well."""
    pairing: Pairing = "one-to-one"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRun:
    """What a run found, what people said of it, and what that does to the count."""

    found: tuple[tuple[Matched, tuple[FoundPair, ...]], ...]
    judged: tuple[PairJudgement, ...]
    """The judgements that hold, of pairs between the datasets of the run."""
    events: Mapping[str, EventRange]
    """By dataset."""
    together: EventRange
    """Of all of them together."""
    left_out: tuple[tuple[str, str], ...]
    """Datasets that were not looked at, and why."""
    new: bool
    """Whether it found other pairs than the run before."""
    aliases: Mapping[str, str]
    """Other names of the case's actors, each to the name that it stands for."""
    rows: Mapping[str, Compared] = field(repr=False)

    @property
    def pairs(self) -> tuple[FoundPair, ...]:
        """All pairs, the surest first."""
        every = [one for _, pairs in self.found for one in pairs]
        return tuple(sorted(every, key=lambda one: (-one.probability, one.pair)))

    @property
    def open_pairs(self) -> tuple[FoundPair, ...]:
        """The unsure pairs that nobody judged, the most doubtful first."""
        known = {one.pair for one in self.judged}
        left = [one for one in self.pairs if one.sureness == "unsure" and one.pair not in known]
        return tuple(sorted(left, key=lambda one: (abs(one.probability - 0.5), one.pair)))


def run_match(
    case: Case, asked: Asked, *, progress: Callable[[str, int, int], None] | None = None
) -> MatchRun:
    """The pairs between every two datasets, in their newest releases; kept where they are new.

    What people judged is what the fit learns from. Raises InputError where a dataset is named that
    the case does not hold, CaseError where there are not two to be matched.
    """
    record = case.record(date.max, row_by_row=True, here=True)
    names, left_out = _named(record, asked)
    rows = {name: compared_rows(record.table(name)) for name in names}
    judged = standing_judgements(pair_judgements(case))
    aliases = {alias: one.name for one in case.settings.actors for alias in one.aliases}
    between = [*combinations(names, 2), *((name, name) for name in names if asked.inside)]
    found = []
    with engine_of(case) as working:
        for place, (left, right) in enumerate(between):
            if progress is not None:
                progress(f"{left} with {right}", place, len(between))
            brought = _brought((left, right), rows, judged, aliases)
            with dealing(working, record.folder) as dealer:
                found.append(_matched(brought, asked.pairing, dealer))
    releases = {name: record.releases[name].id for name in names}
    own = tuple(
        one for one in judged if {one.pair.one.dataset, one.pair.other.dataset} <= set(names)
    )
    pairs = [one for _, pairs in found for one in pairs]
    return MatchRun(
        found=tuple(found),
        judged=own,
        events={name: _events([name], rows, pairs, own) for name in names},
        together=_events(names, rows, pairs, own),
        left_out=left_out,
        new=store_match(case, found, releases),
        aliases=aliases,
        rows=rows,
    )


def merging_of(case: Case) -> Merging:
    """What is merged in the counts of the case: of every judgement and every run that stands."""
    with Ledger.open(case.folder / LEDGER) as ledger:
        entries = ledger.entries()
    judged = standing_judgements(of_entries(entries))
    stored = stored_matches(case, entries)
    pairs = [one for each in stored for one in each.pairs]
    inside = [each for each in stored if each.matched.inside]
    return Merging(
        judged=judged_clusters(judged).groups(),
        possible=all_clusters(pairs, judged).groups(),
        looked_inside={each.matched.left: each.releases[each.matched.left] for each in inside},
    )


def _named(record: Record, asked: Asked) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The datasets to be matched in order of their names, and those left out with the reason."""
    unknown = [name for name in asked.datasets if name not in record.releases]
    if unknown:
        known = ", ".join(sorted(record.releases)) or "none yet: wordkept load CASE FILE"
        raise InputError(*(
            Problem(
                what=f'the case holds no dataset "{name}"', where="DATASET",
                remedy=did_you_mean(name, record.releases, otherwise=f"datasets here: {known}"),
            )
            for name in unknown
        ))  # fmt: skip
    wanted = sorted(set(asked.datasets) or record.releases)
    why = {name: matchable(record.releases[name].layout, record.table(name)) for name in wanted}
    names = tuple(name for name in wanted if not why[name])
    left_out = tuple((name, why[name]) for name in wanted if why[name])
    if len(names) < (1 if asked.inside else 2):
        held = f"only {names[0]} holds" if names else "none holds"
        told = "".join(f"; {name}: {reason}" for name, reason in left_out)
        raise CaseError(
            Problem(
                what=f"there are not two datasets to be matched: {held} events row by row{told}",
                where=str(record.folder.parent),
                remedy="load another record, or look inside one dataset: wordkept match --inside",
            )
        )
    return names, left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class _Brought:
    """The rows of two datasets, as they are matched."""

    between: tuple[str, str]
    rows: tuple[Compared, Compared]
    records: Sequence[Any]
    labels: Any


def _brought(
    between: tuple[str, str],
    rows: Mapping[str, Compared],
    judged: Sequence[PairJudgement],
    aliases: Mapping[str, str],
) -> _Brought:
    from wordkept.matching import records

    left, right = (rows[name] for name in between)
    return _Brought(
        between=between,
        rows=(left, right),
        records=records(left.table, right.table, aliases),
        labels=labels_of(judged, between, left, right),
    )


def _matched(
    brought: _Brought, pairing: Pairing, dealer: Any
) -> tuple[Matched, tuple[FoundPair, ...]]:
    from wordkept.matching import match

    between, (left, right) = brought.between, brought.rows
    found = match(*brought.records, labels=brought.labels, assignment=pairing, dealer=dealer)
    pairs = tuple(_pairs(found, between, left, right, pairing))
    sure = [one.sureness for one in pairs]
    return Matched(
        left=between[0],
        right=between[1],
        rows_left=len(left.native_ids),
        rows_right=len(right.native_ids),
        set_aside=_set_aside(brought),
        compared=int(found.fitted.candidates),
        likely=sure.count("likely"),
        unsure=sure.count("unsure"),
        labelled=int(found.fitted.labelled),
    ), pairs


def _set_aside(brought: _Brought) -> tuple[tuple[str, int], ...]:
    """Rows that were not compared, each dataset's by reason."""
    told: dict[str, int] = {}
    for name, rows, records in zip(brought.between, brought.rows, brought.records, strict=True):
        for reason, number in (*rows.set_aside, *records.set_aside.items()):
            told[f"{name}: {reason}"] = number
    return tuple(told.items())


def _pairs(
    found: Any, between: tuple[str, str], left: Compared, right: Compared, pairing: Pairing
) -> Iterator[FoundPair]:
    """The likely and unsure pairs; with one-to-one only what its better partner leaves free."""
    import numpy as np

    left_taken = np.zeros(len(left.native_ids), dtype=bool)
    right_taken = left_taken if left is right else np.zeros(len(right.native_ids), dtype=bool)
    if pairing == "one-to-one":
        left_taken[found.left[found.chosen]] = True
        right_taken[found.right[found.chosen]] = True
    free = ~(left_taken[found.left] | right_taken[found.right])
    kept = found.chosen | (free & (found.probability >= UNSURE_FROM))
    for place in np.flatnonzero(kept):
        probability = round(float(found.probability[place]), DECIMALS)
        sure = bool(found.chosen[place]) and probability >= LIKELY_FROM
        sureness: Sureness = "likely" if sure else "unsure"
        yield FoundPair(
            pair=Pair.of(
                EventKey(dataset=between[0], native_id=left.native_ids[found.left[place]]),
                EventKey(dataset=between[1], native_id=right.native_ids[found.right[place]]),
            ),
            probability=probability,
            score=round(float(found.score[place]), DECIMALS),
            sureness=sureness,
            pairing=pairing,
        )


def _events(
    names: Sequence[str],
    rows: Mapping[str, Compared],
    pairs: Sequence[FoundPair],
    judged: Sequence[PairJudgement],
) -> EventRange:
    """How many events the rows of some datasets stand for, from all merged to none."""
    held = {
        EventKey(dataset=name, native_id=native_id): number
        for name in names
        for native_id, number in rows[name].events.items()
    }
    total = sum(rows[name].all_events for name in names)
    return EventRange(
        counted=total - judged_clusters(judged).spared(held),
        merged=total - all_clusters(pairs, judged).spared(held),
    )
