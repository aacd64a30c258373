"""Series that every test looks at beside the planned one: near it, elsewhere, and by others."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import degrees
from typing import Any, Literal

import ibis.expr.types as ir

from wordkept.events.distance import EARTH_KM, distance_km, inside
from wordkept.events.duplicates import placed
from wordkept.events.footprint import Footprint, footprint, most
from wordkept.events.marks import laid_on_days
from wordkept.events.parties import Parties, laid_by_day, less
from wordkept.events.series import Role, counted, dense, middle_day
from wordkept.model import ATTRIBUTIONS, Companion, DailySeries, Selection
from wordkept.period import Period

RING_KM = 50
"""How far around the area displaced violence is looked for: the widest area of the curve."""
RING_DEGREES = 1.01 * degrees(RING_KM / EARTH_KM)
"""No farther apart than this in latitude are two places within the ring's width."""
SUBSTITUTES = 3
DONORS = 12
FEWEST_EVENTS = 20
"""Fewer events than a baseline must hold to be tested are too few to be compared with."""
NOBODY_NAMED = ("unknown", "unidentified", "civilians")
"""How names begin that stand for no party (UCDP's "Civilians", ACLED's "Unidentified ...")."""

Kind = Literal["ring", "substitute", "elsewhere", "donor"]
Days = dict[date, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A selection, its events, and what is known of where they lie."""

    events: ir.Table
    selection: Selection
    found: Footprint
    role: Role
    every: Parties | None

    @property
    def has_area(self) -> bool:
        return bool(self.selection.areas) or self.selection.around is not None

    def companion(self, kind: Kind, label: str, days: Days) -> Companion:
        chosen = self.selection
        cut = DailySeries(
            dataset=chosen.dataset,
            attribution=chosen.attributions[-1],
            role=self.role,
            label=label,
            start=self.found.days.start,
            counts=dense(days, self.found.days),
        )
        return Companion(kind=kind, label=label, series=cut)


def companions(
    events: ir.Table,
    selection: Selection,
    *,
    covered: Period,
    role: Role = "control",
    every: Parties | None = None,
    found: Footprint | None = None,
) -> tuple[Companion, ...]:
    """The ring, the same parties elsewhere, others in their place, and donors, as the record has.

    All are counted at the selection's widest attribution, on the days of its own series; a series
    without an event on them is left out. What the record cannot tell apart is not made up: without
    coordinates there is no ring, without areas no elsewhere.

    Where `events` are those alone that name the selection's parties (`series.reached`), `every` is
    what is laid to each party of the whole record; `found` is the footprint, where it is known.
    """
    found = found or footprint(events, selection, covered=covered)
    if found is None:
        return ()
    asked = _Asked(events=events, selection=selection, found=found, role=role,
                   every=every)  # fmt: skip
    rivals = _rivals(asked)
    by_unit = _by_unit(asked) if asked.has_area else {}
    units = {unit: days for unit, days in by_unit.items() if unit}
    return (
        *_one(asked, "ring", f"the same events within {RING_KM} km of the area, outside it",
              _ring(asked) if asked.has_area else {}),
        *_one(asked, "elsewhere", "the same events outside the area", _sum(by_unit.values())),
        *_several(asked, "substitute", _laid_to_others(asked, rivals), SUBSTITUTES),
        *_several(asked, "donor", _donors(asked, units) or _laid_to_others(asked, rivals), DONORS),
    )  # fmt: skip


def _one(asked: _Asked, kind: Kind, label: str, days: Days) -> tuple[Companion, ...]:
    return (asked.companion(kind, label, days),) if any(days.values()) else ()


def _several(
    asked: _Asked, kind: Kind, found: dict[str, Days], most_many: int
) -> tuple[Companion, ...]:
    """Those with enough events, the most active first."""
    ranked = most((label, sum(days.values())) for label, days in found.items())
    return tuple(
        asked.companion(kind, label, found[label])
        for label, number in ranked[:most_many]
        if number >= FEWEST_EVENTS
    )


def _sum(several: Iterable[Days]) -> Days:
    total: Days = {}
    for days in several:
        for day, number in days.items():
            total[day] = total.get(day, 0) + number
    return total


def _donors(asked: _Asked, units: dict[str, Days]) -> dict[str, Days]:
    own = {unit for unit, _ in asked.found.admin1}
    return {f"the same events in {unit}": days for unit, days in units.items() if unit not in own}


def _laid_to_others(asked: _Asked, rivals: dict[str, Days]) -> dict[str, Days]:
    who = " or ".join(asked.selection.actors)
    kind = "the same kinds of event" if asked.selection.event_types else "events"
    where = ", in the same area" if asked.has_area else ""
    return {f"{kind} laid to {name}, not to {who}{where}": days for name, days in rivals.items()}


def _rivals(asked: _Asked) -> dict[str, Days]:
    """By party: what is laid to it alike, where none of the planned parties is named at all."""
    events, chosen = asked.events, asked.selection
    if not chosen.actors:
        return {}
    others = replace(chosen, actors=())
    conditions = [counted(events, others, chosen.attributions[-1]),
                  laid_on_days(events, asked.found.days)]  # fmt: skip
    named = Selection(dataset=chosen.dataset, actors=chosen.actors)
    names_them = counted(events, named, ATTRIBUTIONS[-1])
    if asked.every is not None:
        beside = _by_name(laid_by_day(events.filter(*conditions, names_them), others))
        return less(asked.every, beside, asked.found.days.start, DONORS,
                    lambda name: _is_rival(name, chosen))  # fmt: skip
    found = _by_name(laid_by_day(events.filter(*conditions, ~names_them), others))
    return {name: days for name, days in found.items() if _is_rival(name, chosen)}


def _is_rival(name: str, chosen: Selection) -> bool:
    return name not in chosen.against and not name.lower().startswith(NOBODY_NAMED)


def _outside(asked: _Asked) -> ir.Table:
    """The same events of which the record says that they lie outside the area."""
    events, chosen = asked.events, asked.selection
    here = Selection(dataset=chosen.dataset, areas=chosen.areas, around=chosen.around)
    known = [placed(events)] if chosen.around else []
    if asked.found.area_field:
        known.append(events[asked.found.area_field].notnull())
    return events.filter(
        counted(events, replace(chosen, areas=(), around=None), chosen.attributions[-1]),
        ~counted(events, here, ATTRIBUTIONS[-1]),
        laid_on_days(events, asked.found.days),
        *known,
    )


def _by_unit(asked: _Asked) -> dict[str, Days]:
    """What lies outside the area, by first administrative unit; under "" where none is given."""
    rows = _outside(asked)
    unit = rows.admin1.fill_null("")
    return _by_name(
        rows.group_by(name=unit, day=middle_day(rows)).aggregate(number=rows.events_best.sum())
    )


def _ring(asked: _Asked) -> Days:
    """What lies outside the area, no farther than the ring from it.

    The area is a circle, or else the places of all events, whoever's, that the record lays in it.
    """
    around, rows = asked.selection.around, _outside(asked)
    if around is not None:
        wide = replace(around, radius_km=around.radius_km + RING_KM)
        near = rows.filter(inside(rows, wide))
    elif asked.found.centre is not None:
        near = rows.semi_join(_near(asked, rows), ["lat", "lon"])
    else:
        return {}
    summed = near.group_by(day=middle_day(near)).aggregate(number=near.events_best.sum())
    return {row["day"]: int(row["number"]) for row in _rows(summed)}


def _near(asked: _Asked, rows: ir.Table) -> ir.Table:
    """The places of the rows that lie no farther than the ring from a place in the area."""
    events, chosen = asked.events, asked.selection
    area = Selection(dataset=chosen.dataset, areas=chosen.areas)
    laid = events.filter(counted(events, area, ATTRIBUTIONS[-1]), placed(events))
    there = laid.select(lat_there="lat", lon_there="lon").distinct()
    here = rows.filter(placed(rows)).select("lat", "lon").distinct()
    pairs = here.join(
        there,
        [here.lat > there.lat_there - RING_DEGREES, here.lat < there.lat_there + RING_DEGREES],
    )
    away = distance_km((pairs.lat, pairs.lon), (pairs.lat_there, pairs.lon_there))
    return pairs.filter(away < RING_KM).select("lat", "lon").distinct()


def _by_name(summed: ir.Table) -> dict[str, Days]:
    found: dict[str, Days] = {}
    for row in _rows(summed):
        found.setdefault(row["name"], {})[row["day"]] = int(row["number"])
    return found


def _rows(summed: ir.Table) -> list[dict[str, Any]]:
    return [row for row in summed.to_pyarrow().to_pylist() if row["number"]]
