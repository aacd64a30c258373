"""The rows behind the counts of an assessment, as far as a page lists them."""

from collections.abc import Sequence
from typing import Literal

from wordkept.case.behind_counts import behind_count
from wordkept.case.record import Record
from wordkept.dossier.gate import rule_of
from wordkept.dossier.rows_shown import SafeRows, safe_rows
from wordkept.events.rows import first_of_each
from wordkept.model import (
    COUNTED,
    Assessment,
    Attribution,
    Behind,
    Estimate,
    Event,
    PublicationRule,
    Safety,
)
from wordkept.period import Period

LISTED = 200
"""Rows behind one count that a page lists; the exports and the review bundle hold all."""

EVERY_ROW = 1 << 40
"""More rows than any count has."""


def strictest(record: Record, dataset: str) -> PublicationRule:
    """The strictest rule of any release that was known, and of the case itself."""
    return rule_of(dataset, (record.releases[dataset], *record.earlier.get(dataset, ())))


Count = tuple[str, Attribution, Literal["before", "after"], Period]


def behind(record: Record, found: Assessment, *, listed: int = LISTED) -> tuple[Behind, ...]:
    """The first rows behind each count that was estimated, and how many there are in all."""
    plan = found.pledge.plan
    if plan is None:
        return ()
    if plan.question in COUNTED:
        allowed = plan.tally is None and strictest(record, plan.primary.dataset).allows == "rows"
        return behind_count(record, found, allowed=allowed, listed=listed)
    selections = {one.dataset: one for one in (plan.primary, *plan.others)}
    by_dataset: dict[str, list[Count]] = {}
    for count in _counts(found):
        by_dataset.setdefault(count[0], []).append(count)
    rows = []
    for dataset, counts in by_dataset.items():
        held: Sequence[tuple[tuple[Event, ...] | None, int | None]] = [(None, None)] * len(counts)
        if strictest(record, dataset).allows == "rows":
            selection = selections[dataset]
            asked = [(attribution, days) for _, attribution, _, days in counts]
            held = first_of_each(record.reached(selection), selection, asked, listed)
        rows += [
            Behind(pledge=found.pledge.id, dataset=dataset, attribution=attribution, part=part,
                   days=days, events=events, rows=total)
            for (_, attribution, part, days), (events, total) in zip(counts, held, strict=True)
        ]  # fmt: skip
    return tuple(rows)


def rows_of_count(
    record: Record, found: Assessment, safety: Safety
) -> tuple[tuple[Behind, SafeRows | None], ...]:
    """Every row behind each part of a count that asks about no rate, as `listed_rows` of rates."""
    plan = found.pledge.plan
    if plan is None or plan.question not in COUNTED:
        return ()
    return tuple(
        (one, None if one.events is None else safe_rows(one.events, safety, as_of=found.as_of))
        for one in behind(record, found, listed=EVERY_ROW)
    )


def listed_rows(
    record: Record, found: Assessment, safety: Safety
) -> tuple[tuple[Estimate, SafeRows | None], ...]:
    """Every row behind each estimate that may be listed; None where some release's terms forbid."""
    plan = found.pledge.plan
    if plan is None:
        return ()
    listed: list[tuple[Estimate, SafeRows | None]] = []
    for one in found.estimates:
        allowed = strictest(record, one.dataset).allows == "rows"
        rows = record.rows(one, plan) if allowed else None
        safe = None if rows is None else safe_rows(rows, safety, as_of=found.as_of)
        listed.append((one, safe))
    return tuple(listed)


def _counts(found: Assessment) -> tuple[Count, ...]:
    """Each count that an estimate holds, once; those raised for late reports have no rows."""
    counts: dict[Count, None] = {}
    for one in found.estimates:
        if not one.inflated:
            counts[one.dataset, one.attribution, "before", one.baseline_period] = None
            counts[one.dataset, one.attribution, "after", one.window] = None
    return tuple(counts)
