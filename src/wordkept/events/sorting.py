"""Events sorted by whether a pledge allows them, and those of which the record does not say."""

from dataclasses import replace
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from wordkept.events.rows import rows_chosen
from wordkept.events.series import counted
from wordkept.model import Attribution, Parts, Selection
from wordkept.period import Period

PLACES = ("place", "admin2", "admin1", "country")


def sorted_parts(
    events: ir.Table, primary: Selection, allowed: Selection, days: Period
) -> tuple[Parts, ...]:
    """The events of the days within, outside and unplaced, at each attribution of the primary.

    An event that is not allowed is unplaced, and not outside, where the record leaves empty what
    the sorting asks of it: its target, its place, its coordinates, its other party. Whom it is laid
    to, if that is what allows it, is asked at the other end of the attributions (`_fits`).
    """
    rows = rows_chosen(events, primary, primary.attributions[-1], days)
    unsaid = _unsaid(rows, _apart(allowed, primary), _levels(events, allowed))
    sums: dict[str, ir.IntegerScalar] = {}
    for bound in primary.attributions:
        asked, fits = counted(rows, primary, bound), _fits(rows, primary, allowed, bound)
        sums[f"{bound}_within"] = rows.events_best.sum(where=asked & fits)
        sums[f"{bound}_unplaced"] = rows.events_best.sum(where=asked & ~fits & unsaid)
        sums[f"{bound}_outside"] = rows.events_best.sum(where=asked & ~fits & ~unsaid)
    (row,) = rows.aggregate(**sums).to_pyarrow().to_pylist()
    return tuple(
        Parts(
            attribution=bound,
            within=int(row[f"{bound}_within"] or 0),
            outside=int(row[f"{bound}_outside"] or 0),
            unplaced=int(row[f"{bound}_unplaced"] or 0),
        )
        for bound in primary.attributions
    )


def side_by_side(
    events: ir.Table, primary: Selection, allowed: Selection, days: Period, bound: Attribution
) -> ir.Table:
    """The rows that `sorted_parts` sorts at one attribution, each with its `side`."""
    rows = rows_chosen(events, primary, bound, days)
    unsaid = _unsaid(rows, _apart(allowed, primary), _levels(events, allowed))
    fits = _fits(rows, primary, allowed, bound)
    return rows.mutate(side=ibis.cases((fits, "within"), (unsaid, "unplaced"), else_="outside"))


def _fits(
    rows: ir.Table, primary: Selection, allowed: Selection, bound: Attribution
) -> ir.BooleanValue:
    """Whether a row that is counted at an attribution is allowed, read against that end.

    The fewest outside are those that no attribution allows, the most those that the surest one
    does not: so what is counted at the surest is allowed at the widest, and the other way about.
    """
    levels = primary.attributions
    return counted(rows, _apart(allowed, primary), levels[len(levels) - 1 - levels.index(bound)])


def _apart(allowed: Selection, primary: Selection) -> Selection:
    """What is allowed, less what every event that is counted meets already."""
    return replace(
        allowed,
        actors=() if allowed.actors == primary.actors else allowed.actors,
        against=() if allowed.against == primary.against else allowed.against,
    )


def _levels(events: ir.Table, allowed: Selection) -> tuple[str, ...]:
    """The columns in which the allowed areas stand somewhere in the record."""
    if not allowed.areas:
        return ()
    found = events.aggregate(**{name: events[name].isin(allowed.areas).any() for name in PLACES})
    (row,) = found.to_pyarrow().to_pylist()
    return tuple(name for name in PLACES if row[name])


def _unsaid(rows: ir.Table, allowed: Selection, levels: tuple[str, ...]) -> ir.BooleanValue:
    """Whether the record leaves empty what would tell an allowed event from another."""
    empty = [rows[name].isnull() for name in levels]
    if allowed.targets:
        empty.append(rows.target.isnull())
    if allowed.around:
        empty.append(rows.lat.isnull() | rows.lon.isnull())
    if allowed.actors or allowed.against:
        empty.append(rows.side_a.isnull() | rows.side_b.isnull())
    return reduce(or_, empty, ibis.literal(False))
