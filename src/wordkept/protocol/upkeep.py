"""Whether something was there throughout a term: stretch by stretch, at least once in each.

An empty stretch says little where the record is thin: it must have been dense enough before, and
more stretches must be empty than its ordinary gaps would leave.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from wordkept.model import Count, DailySeries, Finding, Plan, Pledge, Verdict, Word
from wordkept.period import Period
from wordkept.prose import chances, count, day
from wordkept.protocol.counting import at_least, spread, whole
from wordkept.protocol.delivery import word_of
from wordkept.protocol.estimates import counts_in
from wordkept.protocol.reckoning import Reckoning, audited, said, shut
from wordkept.protocol.windows import HISTORY_DAYS, covered_by, horizon_of

DENSE_ENOUGH = 5.0
"""Events expected in a stretch by the rate before: of a Poisson count, fewer than 1 stretch in 100
would be empty by luck (exp(-5) = .007)."""
MOST_EMPTY_BY_LUCK = 1
"""One empty stretch is never enough to say that something was gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """The stretches of a term, and in which of them the thing stands in the record."""

    stretches: tuple[Period, ...]
    surest: tuple[bool, ...]
    widest: tuple[bool, ...]
    p: float | None
    """How often the record's ordinary gaps alone would leave as many stretches empty."""

    @property
    def empty(self) -> tuple[Period, ...]:
        """The stretches without it at any attribution."""
        pairs = zip(self.stretches, self.widest, strict=True)
        return tuple(one for one, there in pairs if not there)


def upkeep_term(pledge: Pledge, plan: Plan) -> Period:
    """The days from the start, after the grace, to the declared end or the plan's horizon."""
    horizon = horizon_of(pledge, plan)
    return Period(min(horizon.start + timedelta(days=plan.grace_days), horizon.end), horizon.end)


def stretches_of(term: Period, days: int) -> tuple[Period, ...]:
    """The whole stretches of a term, from its start on; what is left at its end is not asked.

    >>> from datetime import date
    >>> [str(one) for one in stretches_of(Period(date(2016, 1, 1), date(2016, 1, 8)), 3)]
    ['2016-01-01..2016-01-03', '2016-01-04..2016-01-06']
    """
    first = Period.of(term.start, days=days)
    return tuple(first.shifted(days=days * place) for place in range(len(term) // days))


def reckon_upkeep(
    pledge: Pledge, plan: Plan, series: tuple[DailySeries, ...], findings: tuple[Finding, ...]
) -> Reckoning:
    """In how many stretches of the term it stands in the record, and what that comes to."""
    term = upkeep_term(pledge, plan)
    stretches = stretches_of(term, plan.stretch_days)
    gates = (*audited(findings), *_gates(plan, series, term, len(stretches)))
    if not series or not stretches or term.end not in covered_by(series[0]):
        return Reckoning(count=None, verdict=shut(gates))
    seen = _upkeep(series, term, stretches)
    counted = _count(plan, seen, term)
    if gates:
        return Reckoning(count=counted, verdict=shut(gates, _head(plan, counted, term)))
    return Reckoning(count=counted, verdict=_verdict(plan, seen, counted, term))


def _before(series: DailySeries, term: Period) -> Period | None:
    """The days of the record before the term that tell how dense it is."""
    return covered_by(series).meet(Period.before(term.start, days=HISTORY_DAYS))


def _gates(
    plan: Plan, series: tuple[DailySeries, ...], term: Period, stretches: int
) -> tuple[str, ...]:
    if not series:
        return ("The record holds no event that the plan would count.",)
    found = []
    if stretches <= MOST_EMPTY_BY_LUCK:
        found.append(
            f"The term holds {count(stretches, 'whole stretch', 'whole stretches')} of "
            f"{count(plan.stretch_days, 'day')}: one alone cannot show that it was kept up."
        )
    if series[0].end < term.end:
        found.append(
            f"What is counted is on record only to {day(series[0].end)}: the term runs to "
            f"{day(term.end)}."
        )
    before = _before(series[0], term)
    events = int(counts_in(series[0], before).sum()) if before else 0
    expected = events / len(before) * plan.stretch_days if before else 0.0
    if expected < DENSE_ENOUGH or before is None or len(before) < plan.stretch_days:
        found.append(
            f"The record holds {count(events, 'such event')} at the surest attribution in the "
            f"{count(len(before) if before else 0, 'day')} before: {expected:.1f} would be "
            f"expected in a stretch, where {DENSE_ENOUGH:.0f} are asked for, so that an empty one "
            "says little."
        )
    return tuple(found)


def _upkeep(series: tuple[DailySeries, ...], term: Period, stretches: tuple[Period, ...]) -> Upkeep:
    surest, widest = (_shown(one, stretches) for one in (series[0], series[-1]))
    gap = _ordinary_gap(series[-1], term, len(stretches[0]))
    empty = widest.count(False)
    return Upkeep(
        stretches=stretches,
        surest=surest,
        widest=widest,
        p=None if gap is None else at_least(empty, len(stretches), gap),
    )


def _shown(series: DailySeries, stretches: tuple[Period, ...]) -> tuple[bool, ...]:
    covered = covered_by(series)
    met = (covered.meet(one) for one in stretches)
    return tuple(bool(days and counts_in(series, days).any()) for days in met)


def _ordinary_gap(series: DailySeries, term: Period, days: int) -> float | None:
    """The share of stretches that were empty before, one more counted as empty.

    Over every stretch of the days before, wherever it begins; as these overlap, the one more
    weighs as one of those that do not.
    """
    before = _before(series, term)
    if before is None or len(before) < days:
        return None
    total = np.concatenate(([0], np.cumsum(counts_in(series, before))))
    empty = float(np.mean(total[days:] == total[:-days]))
    apart = len(before) // days
    return (empty * apart + 1) / (apart + 1)


def _count(plan: Plan, seen: Upkeep, term: Period) -> Count:
    low, high, of = seen.surest.count(True), seen.widest.count(True), len(seen.stretches)
    needed = plan.threshold * of
    unit = f"stretches of {count(plan.stretch_days, 'day')}"
    left = (term.end - seen.stretches[-1].end).days
    rest = f" The last {count(left, 'day')} make no whole stretch." if left else ""
    empty = seen.empty
    gap = f" The first without: {day(empty[0].start)} to {day(empty[0].end)}." if empty else ""
    return Count(
        question="holds",
        dataset=plan.primary.dataset,
        unit=unit,
        low=low,
        high=high,
        of=of,
        needed=needed,
        by_misclassification=None,
        p=seen.p,
        tipping=_tipping(low, high, whole(needed), of),
        sentence=f"Of {of:,} {unit} from {day(term.start)} to {day(term.end)}, "
        f"{spread(low, high)} show it.{gap}{rest}",
    )


def _head(plan: Plan, counted: Count, term: Period) -> str:
    label = plan.primary.label or "signs of presence"
    return (
        f"{label} stand in the record in {spread(counted.low, counted.high)} of {counted.of:,} "
        f"{counted.unit} from {day(term.start)} to {day(term.end)}"
    )


def _verdict(plan: Plan, seen: Upkeep, counted: Count, term: Period) -> Verdict:
    word: Word = word_of(counted.low, counted.high, counted.needed)
    empty = len(seen.empty)
    gaps = (
        f"The record's ordinary gaps alone would leave {count(empty, 'stretch', 'stretches')} or "
        f"more empty in {chances(seen.p)} such terms."
        if seen.p is not None
        else "How many stretches the record's ordinary gaps would leave empty is unknown."
    )
    ordinary = seen.p is None or seen.p > plan.alpha or empty <= MOST_EMPTY_BY_LUCK
    if word in ("partly kept", "not kept") and ordinary:
        word = "cannot tell"
    enough = f"where {whole(counted.needed):,} count as kept"
    head = f"{_head(plan, counted, term)}, {enough}"
    if word == "kept":
        there = f"At the surest attribution {counted.low:,} of {counted.of:,} stretches show it."
        return said(word, head, (), (there,))
    if word == "cannot tell":
        clause = "the rest may be the record's ordinary gaps" if ordinary else "the bounds differ"
        return said(word, f"{head}, but {clause}", (gaps,), (gaps,))
    short = f"At no attribution do {whole(counted.needed):,} stretches show it."
    return said(word, head, (short, gaps), (f"{counted.low:,} stretches show it.",))


def _tipping(low: int, high: int, enough: int, of: int) -> str:
    if low >= enough:
        lost = low - enough + 1
        return f"It would no longer be kept if it was gone in {lost:,} of the stretches that show."
    if high >= enough:
        return f"It would be kept if {enough - low:,} of {high - low:,} doubtful stretches count."
    missing = enough - high
    return f"It would be kept if it was there, unrecorded, in {missing:,} of {of - high:,} others."
