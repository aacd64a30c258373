"""Weekly counts, and which of them must be kept back so that none can be had by subtraction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import Literal

from wordkept.model import DailySeries
from wordkept.period import Period

Hiding = Literal["small", "by subtraction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The days of one calendar week, Monday first, that a series covers, and their count."""

    days: Period
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum over some days that is printed elsewhere."""

    days: Period
    events: int


def weekly(series: DailySeries) -> tuple[Week, ...]:
    """The series by calendar week; the first and last week may be short.

    >>> from datetime import date
    >>> daily = DailySeries(dataset="d", attribution="certain", role="primary", label="x",
    ...                     start=date(2016, 3, 12), counts=(1, 2, 3, 4))
    >>> [(str(week.days), week.events) for week in weekly(daily)]
    [('2016-03-12..2016-03-13', 3), ('2016-03-14..2016-03-15', 7)]
    """
    weeks = []
    taken = 0
    while taken < len(series.counts):
        first = series.start + timedelta(days=taken)
        length = min(7 - first.weekday(), len(series.counts) - taken)
        events = sum(series.counts[taken : taken + length])
        weeks.append(Week(days=Period.of(first, days=length), events=events))
        taken += length
    return tuple(weeks)


def summed(series: DailySeries, days: Period) -> int | None:
    """The events of the series on those days; None where it does not cover them all."""
    if not series.counts or days.start < series.start or days.end > series.end:
        return None
    first = (days.start - series.start).days
    return sum(series.counts[first : first + len(days)])


def small(events: int, at_least: int) -> bool:
    """Whether a count stands for too few events to be printed.

    Nought is printed, but not where it would leave one as the only other meaning.

    >>> [small(n, 3) for n in (0, 1, 2, 3)], [small(n, 2) for n in (0, 1, 2)]
    ([False, True, True, False], [True, True, False])
    """
    return events < at_least and (events > 0 or at_least == 2)  # noqa: PLR2004


def hidden_weeks(
    weeks: Sequence[Week], totals: Sequence[Total], at_least: int
) -> Mapping[int, Hiding]:
    """Which weeks are kept back, by their place, and why.

    Those that are small; then, while a printed total less the printed weeks inside it would give
    a small number, or pin the hidden ones, the smallest printed week inside that total as well.
    """
    hidden: dict[int, Hiding] = {
        place: "small" for place, week in enumerate(weeks) if small(week.events, at_least)
    }
    if not hidden:
        return hidden
    derived = _derived(totals)
    while (found := _leak(weeks, derived, hidden, at_least)) is not None:
        hidden[found] = "by subtraction"
    return hidden


def _derived(totals: Sequence[Total]) -> tuple[Total, ...]:
    """The totals, the sums of two that adjoin, and the differences of two that share an end."""
    known = {(total.days, total.events) for total in totals}
    for one, other in combinations(sorted(known, key=lambda pair: pair[0]), 2):
        known |= _pair(*one, *other)
    return tuple(Total(days=days, events=events) for days, events in sorted(known))


def _pair(one: Period, events: int, other: Period, others: int) -> set[tuple[Period, int]]:
    day = timedelta(days=1)
    if one.end + day == other.start:
        return {(Period(one.start, other.end), events + others)}
    if one.start == other.start and one.end < other.end:
        return {(Period(one.end + day, other.end), others - events)}
    if one.end == other.end and one.start < other.start:
        return {(Period(one.start, other.start - day), events - others)}
    return set()


def _leak(
    weeks: Sequence[Week], totals: Sequence[Total], hidden: Mapping[int, Hiding], at_least: int
) -> int | None:
    """A printed week to hide because some total gives a small number away; None where none does."""
    for total in totals:
        inside = [place for place, week in enumerate(weeks) if _within(week.days, total.days)]
        unseen = [place for place in inside if place in hidden]
        seen = [place for place in inside if place not in hidden]
        if not unseen or not seen:
            continue
        rest = total.events - sum(weeks[place].events for place in seen)
        loose_days = len(total.days) - sum(len(weeks[place].days) for place in inside)
        kinds = [hidden[place] for place in unseen]
        if small(rest, at_least) or (not loose_days and pinned(rest, kinds, at_least)):
            return min(seen, key=lambda place: (weeks[place].events == 0, weeks[place].events))
    return None


def pinned(rest: int, kinds: Sequence[Hiding], at_least: int) -> bool:
    """Whether hidden weeks of these kinds can add up to the rest in one way only."""
    others = kinds.count("by subtraction")
    if others:
        return rest <= kinds.count("small") + others * at_least
    return rest in {len(kinds), len(kinds) * (at_least - 1)}


def _within(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
