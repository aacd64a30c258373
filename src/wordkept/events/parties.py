"""What is laid to each party by day, and what is left of it without the rows that name some."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from wordkept.events.marks import laid_on_days
from wordkept.events.series import counted, middle_day
from wordkept.model import ATTRIBUTIONS, Selection
from wordkept.period import Period

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Events by party and day, of a whole record: one entry for each party on each day."""

    names: tuple[str, ...]
    party: Numbers
    """The place of each entry's party among the names."""
    day: Numbers
    """Days since 1 January 1970."""
    events: Numbers


def parties_by_day(events: ir.Table, selection: Selection, covered: Period) -> Parties:
    """By party, what a selection counts at its widest attribution, on the covered days."""
    widest = selection.attributions[-1]
    rows = events.filter(counted(events, selection, widest), laid_on_days(events, covered))
    found = laid_by_day(rows, selection).to_pyarrow()
    coded = found["name"].combine_chunks().dictionary_encode()
    known = coded.is_valid().to_numpy(zero_copy_only=False)
    return Parties(
        names=tuple(coded.dictionary.to_pylist()),
        party=np.asarray(coded.indices.fill_null(0)).astype(np.int64)[known],
        day=np.asarray(found["day"]).astype("datetime64[D]").astype(np.int64)[known],
        events=np.asarray(found["number"].fill_null(0)).astype(np.int64)[known],
    )


def laid_by_day(rows: ir.Table, selection: Selection) -> ir.Table:
    """Events by the `name` of each party that they are laid to, and `day`; a row names several."""
    levels = ATTRIBUTIONS[: ATTRIBUTIONS.index(selection.attributions[-1]) + 1]
    first, *rest = (rows[f"actors_{level}"] for level in levels)
    names = (first.concat(*rest) if rest else first).unique()
    each = rows.select("events_best", day=middle_day(rows), name=names.unnest())
    found: ir.Table = each.group_by("name", "day").aggregate(number=each.events_best.sum())
    return found


def less(
    every: Parties, without: dict[str, dict[date, int]], since: date, at_most: int, passed: Any
) -> dict[str, dict[date, int]]:
    """The parties with the most events left from a day on, once some events are taken away.

    As many as `at_most`, and those with as many events as the last of them; `passed` says of a
    name whether it is looked at.
    """
    late = every.day >= _number(since)
    totals = np.bincount(every.party[late], every.events[late], len(every.names)).astype(np.int64)
    for place, name in enumerate(every.names):
        totals[place] -= sum(without.get(name, {}).values())
        if not passed(name):
            totals[place] = 0
    least = max(1, int(np.sort(totals)[-at_most:].min(initial=0)) if len(totals) else 0)
    return {
        every.names[place]: _left(every, place, late, without.get(every.names[place], {}))
        for place in np.flatnonzero(totals >= least).tolist()
    }


def _left(
    every: Parties, place: int, late: NDArray[np.bool_], without: dict[date, int]
) -> dict[date, int]:
    chosen = late & (every.party == place)
    days = every.day[chosen].astype("datetime64[D]").tolist()
    left = {
        day: number - without.get(day, 0)
        for day, number in zip(days, every.events[chosen].tolist(), strict=True)
    }
    return {day: number for day, number in left.items() if number}


def _number(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))
