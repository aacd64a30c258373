"""Events by day and by the conditions they meet: one query that many series are read from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add, or_

import ibis
import ibis.expr.types as ir

from wordkept.events.duplicates import ALIKE, placed
from wordkept.events.series import LONGEST_DAYS, days_spanned, middle_day
from wordkept.period import Period

Mark = tuple[str, str]
"""A group of conditions, and one of it: ("area", "within 25 km")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Events by day, and by the marks that they and the rows alike to them bear."""

    bits: Mapping[Mark, int]
    """The bit that each mark sets."""
    counts: Mapping[tuple[int, ...], Mapping[date, int]]
    """For the marks of every row among rows alike, in order: events by day, rows alike as one."""

    def daily(self, marks: Iterable[Mark], *, merged: bool) -> dict[date, int]:
        """Events by day that bear all the marks; with `merged`, rows alike count once."""
        wanted = reduce(or_, (self.bits[mark] for mark in marks))
        found: dict[date, int] = {}
        for rows, days in self.counts.items():
            bearing = sum(row & wanted == wanted for row in rows)
            times = min(bearing, 1) if merged else bearing
            if times:
                for day, number in days.items():
                    found[day] = found.get(day, 0) + times * number
        return found


def laid_on_days(events: ir.Table, covered: Period) -> ir.BooleanValue:
    """Whether a row can be laid on one of the covered days."""
    within = middle_day(events).between(covered.start, covered.end)
    return (days_spanned(events) < LONGEST_DAYS) & within


def marked(
    events: ir.Table, groups: Mapping[str, Mapping[str, ir.BooleanValue]], *, covered: Period
) -> Marked:
    """The events that bear a mark of each group, on the covered days, counted in one query."""
    names = [(group, name) for group, marks in groups.items() for name in marks]
    bits = {mark: 1 << place for place, mark in enumerate(names)}
    borne = {
        f"borne {group}": reduce(
            add, (ibis.ifelse(met, bits[group, name], 0) for name, met in marks.items())
        ).cast("int64")
        for group, marks in groups.items()
    }
    # A view keeps Ibis from writing every condition out again wherever it is used.
    rows = events.select(
        *ALIKE,
        "events_best",
        day=middle_day(events),
        laid=laid_on_days(events, covered),
        alone=ibis.ifelse(placed(events), 0, events.row),
        **borne,
    ).view()
    among = rows.filter(rows.laid, *(rows[group] > 0 for group in borne))
    marks = reduce(add, (among[group] for group in borne))
    alike = among.group_by(*ALIKE, "events_best", "day", "alone").aggregate(
        marks=marks.collect().sort()
    )
    summed = alike.group_by("day", "marks").aggregate(number=alike.events_best.sum())
    counts: dict[tuple[int, ...], dict[date, int]] = {}
    for row in summed.to_pyarrow().to_pylist():
        if row["number"]:
            counts.setdefault(tuple(row["marks"]), {})[row["day"]] = int(row["number"])
    return Marked(bits=bits, counts=counts)
