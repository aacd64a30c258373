"""Whether a record is fit to be believed on one question, before it is (METHOD step 3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import ibis
import ibis.expr.types as ir

from wordkept.events.datasets.counts import DAILY_COUNTS
from wordkept.events.duplicates import ALIKE, placed
from wordkept.events.series import LONGEST_DAYS, Coverage, counted, days_spanned
from wordkept.events.unwatched import unwatched
from wordkept.model import Finding, Release, Selection
from wordkept.period import Period
from wordkept.prose import count, day, percent

REPORTING_LAG_DAYS = 30
"""A release made sooner than this after the window may still lack rows of it: where reports come in
20 days late on average, four fifths of a day's are in after 32. Which days are then compared, and
whether too few are left, is the protocol's to say (`protocol/completeness.py`)."""
FILL_BREAK = 0.4
FILL_ROWS = 20
FEW_ROWS_SHARE = 0.01
TOO_MANY_LEFT_OUT = 0.2
WORDS = {"actors": "the parties", "areas": "the places", "coordinates": "the coordinates",
         "targets": "the targets"}  # fmt: skip
Filled = Mapping[date, tuple[int, ...]]
"""By day: the rows, and of how many each field is filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a record is asked: which events, on which days, of which release, seen on which day."""

    selection: Selection
    days: Period
    """From the first baseline day to the last of the window."""
    window: Period
    release: Release


def audit(
    events: ir.Table, question: Question, covered: Coverage, filled: Filled | None = None
) -> tuple[Finding, ...]:
    """Every finding on one record and one question; those that close a gate say so.

    Of the events, those are looked at that the question can turn on (`series.reached`); and of all,
    which fields are filled by day: `filled`, or else that of the events.
    """
    return (
        _collection(question, covered),
        *_silence(question, covered),
        *_unwatched(events, question, covered),
        _complete(question),
        *_fields(filled or filled_by_day(events, fields_read(question.selection)), question),
        *_rows(events, question, covered),
    )


def effort_findings(events: ir.Table, question: Question, covered: Coverage) -> tuple[Finding, ...]:
    """Why a record of observation effort cannot be divided by: what is unknown is not nought.

    A table of `day` and `n` must have a row for each day compared; a log of patrols need not.
    """
    return (*_effort_set_aside(question), *_effort_unknown(events, question, covered))


def _effort_set_aside(question: Question) -> tuple[Finding, ...]:
    receipt = question.release.receipt
    if not receipt.set_aside:
        return ()
    lost = sum(one.rows for one in receipt.set_aside)
    sentence = (
        f"Of the {count(receipt.read, 'row')} of effort, {lost:,} could not be read "
        f"({receipt.set_aside[0].reason}): how much was observed on those days cannot be said. "
        "Units of effort are whole numbers: write minutes where hours are broken."
    )
    return (_finding(question, "effort", "failed", sentence, closes_gate=True),)


def _effort_unknown(events: ir.Table, question: Question, covered: Coverage) -> tuple[Finding, ...]:
    days = question.days.meet(covered.days)
    if question.release.layout != DAILY_COUNTS.layout or days is None:
        return ()
    found = unwatched(events, question.selection, days)
    if found is None:
        return ()
    sentence = (
        f"The record of effort has no row on {count(found.number, 'day')} of the {len(days):,} "
        f"compared, the first of them {day(found.first)}: how much was observed then cannot be "
        "said. Where nobody was there to look, write a 0."
    )
    return (_finding(question, "effort", "failed", sentence, closes_gate=True),)


def _asked(events: ir.Table, question: Question) -> tuple[ir.BooleanValue, ...]:
    """What holds of the rows that the selection counts and that touch the days compared."""
    widest = question.selection.attributions[-1]
    return (
        counted(events, question.selection, widest),
        events.period_to >= ibis.literal(question.days.start),
        events.period_from <= ibis.literal(question.days.end),
    )


def _collection(question: Question, covered: Coverage) -> Finding:
    runs = f"The record runs from {day(covered.days.start)} to {day(covered.days.end)}"
    if covered.days.end < question.window.end:
        ends = f"{runs}: it ends before the window does ({day(question.window.end)})."
        return _finding(question, "collection", "failed", ends, closes_gate=True)
    if covered.days.start > question.days.start:
        begins = (
            f"{runs}: it begins after the first day of a baseline ({day(question.days.start)})."
        )
        return _finding(question, "collection", "failed", begins)
    whole = f"{runs} and covers every day that is compared."
    return _finding(question, "collection", "passed", whole)


def _silence(question: Question, covered: Coverage) -> tuple[Finding, ...]:
    """Two weeks without a row of any kind: collection may have stopped."""
    return tuple(
        _finding(
            question, "silence", "failed",
            f"Nothing at all is on record from {day(gap.start)} to {day(gap.end)}, of any party: "
            "whether nothing happened or nothing was collected cannot be said.",
            closes_gate=True,
        )
        for gap in covered.silences
        if gap.meet(question.days)
    )  # fmt: skip


def _unwatched(events: ir.Table, question: Question, covered: Coverage) -> tuple[Finding, ...]:
    """Days compared that a file of daily counts has no row for: it writes 0 where it saw none."""
    days = question.days.meet(covered.days)
    if question.selection.dataset != DAILY_COUNTS.name or days is None:
        return ()
    found = unwatched(events, question.selection, days)
    if found is None:
        return ()
    sentence = (
        f"What the plan counts has no row on {count(found.number, 'day')} of the {len(days):,} "
        f"compared, the first of them {day(found.first)}: whether nothing happened or nobody "
        "counted cannot be said. Where such days were watched, write them with a 0."
    )
    return (_finding(question, "days without a count", "failed", sentence, closes_gate=True),)


def _complete(question: Question) -> Finding:
    """Whether reports may still come in; the protocol says what is compared all the same."""
    known, end = question.release.known_on, question.window.end
    ripe = end + timedelta(days=REPORTING_LAG_DAYS)
    if known < ripe:
        early = (
            f"The release is of {day(known)} and the window ends on {day(end)}: reports of its "
            f"last days may still be coming in. A release of {day(ripe)} or later would hold them."
        )
        return _finding(question, "completeness", "failed", early)
    late = f"The release is of {day(known)}, {count((known - end).days, 'day')} after the window."
    return _finding(question, "completeness", "passed", late)


def fields_read(chosen: Selection) -> tuple[str, ...]:
    """The fields that a selection's filter reads, of those that may be empty."""
    asked = {
        "actors": chosen.actors or chosen.against,
        "areas": chosen.areas,
        "coordinates": chosen.around,
        "targets": chosen.targets,
    }
    return tuple(name for name, wanted in asked.items() if wanted)


def filled_by_day(events: ir.Table, fields: tuple[str, ...]) -> Filled:
    """By the first day of rows: how many there are, and in how many each field is filled."""
    if not fields:
        return {}
    parties = (
        events.actors_certain.length() + events.actors_probable.length()
        + events.actors_possible.length()
    )  # fmt: skip
    somewhere = ibis.coalesce(events.place, events.admin2, events.admin1, events.country)
    held = {
        "actors": parties > 0,
        "areas": somewhere.notnull(),
        "coordinates": placed(events),
        "targets": events.target.notnull(),
    }
    days = events.group_by(day=events.period_from).aggregate(
        rows=events.count(), **{name: held[name].sum() for name in fields}
    )
    return {
        row["day"]: (row["rows"], *(row[name] or 0 for name in fields))
        for row in days.to_pyarrow().to_pylist()
    }


def _fields(filled: Filled, question: Question) -> tuple[Finding, ...]:
    """Fields that the plan's filter reads and that start or stop being filled on the days asked."""
    months: dict[date, list[int]] = {}
    for on in sorted(one for one in filled if one is not None and one in question.days):
        sums = months.setdefault(on.replace(day=1), [0] * len(filled[on]))
        for place, number in enumerate(filled[on]):
            sums[place] += number
    return tuple(
        _field_finding(question, WORDS[name], [(on, sums[0], sums[place])
                                               for on, sums in months.items()])
        for place, name in enumerate(fields_read(question.selection), 1)
    )  # fmt: skip


def _field_finding(question: Question, words: str, months: list[tuple[date, int, int]]) -> Finding:
    """The largest change of a field's fill rate between the months before and after any month."""
    worst, since = 0.0, None
    for place in range(1, len(months)):
        before, after = _filled(months[:place]), _filled(months[place:])
        if before is not None and after is not None and abs(after - before) > abs(worst):
            worst, since = after - before, months[place][0]
    if since is not None and abs(worst) >= FILL_BREAK:
        change = "filled in only from" if worst > 0 else "no longer filled in from"
        broken = f"In this record {words} are {change} {day(since)}: on the other side of that day "
        sentence = broken + "nothing can be said of them."
        return _finding(question, "field", "failed", sentence, closes_gate=True)
    steady = f"In this record {words} are filled in alike throughout the days compared."
    return _finding(question, "field", "passed", steady)


def _filled(months: list[tuple[date, int, int]]) -> float | None:
    rows = sum(row for _, row, _ in months)
    return sum(filled for _, _, filled in months) / rows if rows >= FILL_ROWS else None


def _rows(events: ir.Table, question: Question, covered: Coverage) -> tuple[Finding, ...]:
    """Rows that stand for weeks, carry most deaths, name no party, lie far off, or are twins.

    Twins are alike in day, place, parties and deaths: perhaps one event entered twice.
    """
    chosen = question.selection
    asked = events.filter(*_asked(events, question))
    alike = asked.group_by(*ALIKE, placed=placed(asked)).aggregate(
        rows=asked.count(),
        named=asked.events_best.sum(),
        long=asked.events_best.sum(where=days_spanned(asked) >= LONGEST_DAYS),
        surest=asked.events_best.sum(where=counted(asked, chosen, chosen.attributions[0])),
    )
    sums = {name: alike[name].sum() for name in ("named", "long", "surest")}
    extra = (alike.rows - 1).sum(where=alike.placed)
    (row,) = alike.aggregate(**sums, extra=extra).to_pyarrow().to_pylist()
    named, long, surest = (int(row[name] or 0) for name in ("named", "long", "surest"))
    return (
        *_summary_rows(question, named, long),
        *_heavy_rows(question),
        *_attribution(question, named, surest),
        *_apart(question, covered),
        *_twins(question, int(row["extra"] or 0)),
    )


def _summary_rows(question: Question, named: int, long: int) -> tuple[Finding, ...]:
    if not named:
        return ()
    if not long:
        whole = "No event that the plan counts spans more than a week on the days compared."
        return (_finding(question, "summary rows", "passed", whole),)
    share = long / named
    sentence = (
        f"Of the {count(named, 'event')} on the days compared, {long:,} ({percent(share)}) cannot "
        "be laid on a day, as they span more than a week, and are left out of the series."
    )
    closes = share > TOO_MANY_LEFT_OUT
    return (_finding(question, "summary rows", "failed", sentence, closes_gate=closes),)


def _heavy_rows(question: Question) -> tuple[Finding, ...]:
    receipt = question.release.receipt
    few = receipt.half_the_deaths_rows
    if few is None or few > max(1, FEW_ROWS_SHARE * receipt.loaded):
        return ()
    carried = f"Half of the deaths stand in {count(few, 'row')} of {receipt.loaded:,}"
    sentence = f"{carried}: deaths are not counted here, events are."
    return (_finding(question, "heavy rows", "informational", sentence),)


def _attribution(question: Question, named: int, surest: int) -> tuple[Finding, ...]:
    """Whether the actor can be separated from others at all, on the days asked."""
    chosen = question.selection
    if not chosen.actors or len(chosen.attributions) == 1 or not named:
        return ()
    who = " or ".join(chosen.actors)
    if not surest:
        sentence = (
            f"None of the {named:,} events that may be laid to {who} on the days compared is at "
            f"{chosen.attributions[0]} attribution: the record cannot separate the party."
        )
        return (_finding(question, "attribution", "failed", sentence, closes_gate=True),)
    alone = f"{surest:,} are at {chosen.attributions[0]} attribution"
    sentence = f"Of the {named:,} events on the days compared that may be laid to {who}, {alone}."
    return (_finding(question, "attribution", "informational", sentence),)


def _apart(question: Question, covered: Coverage) -> tuple[Finding, ...]:
    if not covered.apart:
        return ()
    sentence = (
        f"More than a year away from all others: {count(covered.apart, 'row')}. Dates so far off "
        "are implausible, and stretch no series."
    )
    return (_finding(question, "dates", "failed", sentence),)


def _twins(question: Question, surplus: int) -> tuple[Finding, ...]:
    if not surplus:
        return ()
    sentence = (
        f"On the days compared, {count(surplus, 'row')} in all with the day, place, parties "
        "and deaths of another: perhaps one event entered twice. All are counted."
    )
    return (_finding(question, "duplicates", "informational", sentence),)


def _finding(
    question: Question,
    check: str,
    outcome: Literal["passed", "failed", "informational"],
    sentence: str,
    *,
    closes_gate: bool = False,
) -> Finding:
    return Finding(
        check=check,
        outcome=outcome,
        dataset=question.selection.dataset,
        sentence=sentence,
        closes_gate=closes_gate,
    )
