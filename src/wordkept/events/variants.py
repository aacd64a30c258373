"""Every defensible way to count what a plan counts, and the daily series that each gives."""

from dataclasses import dataclass, replace
from itertools import product

import ibis.expr.types as ir

from wordkept.events.footprint import Footprint, footprint
from wordkept.events.marks import Mark, Marked, marked
from wordkept.events.schema import VIOLENT
from wordkept.events.series import Role, counted, dense
from wordkept.model import (
    ATTRIBUTIONS,
    Attribution,
    Circle,
    DailySeries,
    Duplicates,
    Selection,
    Variant,
)
from wordkept.period import Period

RADII_KM = (10, 25, 50)
"""How near to the centre of the planned area's events an event is still taken for the same area:
a town, a town with its surroundings, a district; the distances that the protocol names."""
LEAST_SHARED = 0.5
"""An area that holds less than half of the planned events asks about another place: 10 km about the
middle of a country are no way to count the country."""
PLANNED = "as planned"
DUPLICATES: tuple[Duplicates, ...] = ("counted", "merged")

Conditions = dict[str, ir.BooleanValue]
"""What a row must meet, under the words that the way is printed in; the planned way first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """One way to count, as yet without its series."""

    area: str
    event_class: str
    duplicates: Duplicates
    bound: Attribution

    @property
    def planned(self) -> bool:
        return (self.area, self.event_class, self.duplicates) == (PLANNED, PLANNED, DUPLICATES[0])

    @property
    def marks(self) -> tuple[Mark, ...]:
        return ("area", self.area), ("class", self.event_class), ("bound", self.bound)


def variants(
    events: ir.Table,
    selection: Selection,
    *,
    covered: Period,
    role: Role = "primary",
    found: Footprint | None = None,
) -> tuple[Variant, ...]:
    """Every way to count, the plan's own first; none where the plan counts no event.

    All lie on the days of the plan's own series. A way that gives a series that an earlier one
    gave, or no event at all, is left out: no choice is counted twice. `found` is the selection's
    footprint, where it is known already.
    """
    found = found or footprint(events, selection, covered=covered)
    if found is None:
        return ()
    areas, classes = _areas(events, selection, found), _classes(events, selection, found)
    bounds: Conditions = {
        bound: _laid_to(events, selection, bound) for bound in selection.attributions
    }
    groups: dict[str, Conditions] = {"area": areas, "class": classes, "bound": bounds}
    counts = marked(events, groups, covered=covered)
    kept: dict[tuple[int, ...], Variant] = {}
    alike = [area for area in areas if _holds_most(counts, area, selection.attributions[-1])]
    for area, kind, duplicates, bound in product(
        alike, classes, DUPLICATES, selection.attributions
    ):
        way = _Way(area=area, event_class=kind, duplicates=duplicates, bound=bound)
        by_day = dense(counts.daily(way.marks, merged=duplicates == "merged"), found.days)
        if way.planned or any(by_day):
            kept.setdefault(by_day, _variant(way, by_day, selection, role, found.days))
    return tuple(kept.values())


def _holds_most(counts: Marked, area: str, widest: Attribution) -> bool:
    """Whether at least half of the planned events lie in an area too."""
    planned = (("area", PLANNED), ("class", PLANNED), ("bound", widest))
    shared = sum(counts.daily((*planned, ("area", area)), merged=False).values())
    return shared >= LEAST_SHARED * sum(counts.daily(planned, merged=False).values())


def _variant(
    way: _Way, counts: tuple[int, ...], selection: Selection, role: Role, days: Period
) -> Variant:
    return Variant(
        area=way.area,
        event_class=way.event_class,
        duplicates=way.duplicates,
        planned=way.planned,
        series=DailySeries(
            dataset=selection.dataset,
            attribution=way.bound,
            role=role,
            label=selection.label or selection.dataset,
            start=days.start,
            counts=counts,
        ),
    )


def _laid_to(events: ir.Table, selection: Selection, bound: Attribution) -> ir.BooleanValue:
    """Whether a row is laid to the parties, and meets what does not vary, at an attribution."""
    return counted(events, replace(selection, areas=(), around=None, event_types=()), bound)


def _areas(events: ir.Table, selection: Selection, found: Footprint) -> Conditions:
    """The planned area, circles about the centre of its events, and the unit that they lie in."""
    nothing = Selection(dataset=selection.dataset)

    def lies(place: Selection) -> ir.BooleanValue:
        return counted(events, place, ATTRIBUTIONS[-1])

    ways = {PLANNED: lies(replace(nothing, areas=selection.areas, around=selection.around))}
    if not selection.areas:
        return ways
    if found.centre is not None:
        lat, lon = found.centre
        for radius in RADII_KM:
            circle = Circle(lat=lat, lon=lon, radius_km=radius)
            ways[f"within {radius} km"] = lies(replace(nothing, around=circle))
    if found.admin1 and found.admin1[0][0] not in selection.areas:
        unit = found.admin1[0][0]
        ways[f"the whole of {unit}"] = (events.admin1 == unit).fill_null(False)
    return ways


def _classes(events: ir.Table, selection: Selection, found: Footprint) -> Conditions:
    """The planned types; any violent one; the commonest alone where the plan counts several."""
    planned = selection.event_types
    asked = counted(
        events, Selection(dataset=selection.dataset, event_types=planned), ATTRIBUTIONS[-1]
    )
    ways = {PLANNED: asked}
    if not planned or set(planned) & set(VIOLENT):
        ways["any violence"] = events.event_type.isin(tuple(dict.fromkeys((*planned, *VIOLENT))))
    for field, names in (("event_type", found.event_types), ("native_type", found.native_types)):
        if len(names) > 1:
            commonest = names[0][0]
            ways[f"narrow: {commonest}"] = asked & (events[field] == commonest)
            break
    return {name: met.fill_null(False) for name, met in ways.items()}
