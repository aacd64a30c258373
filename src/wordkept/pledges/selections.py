"""Which events a table of a pledge file selects, and the circle that they may have to lie in."""

from collections.abc import Sequence
from dataclasses import replace

from wordkept.model import ATTRIBUTIONS, Circle, Selection
from wordkept.pledges.tables import Limits, Table

LATITUDE = Limits(at_least=-90, at_most=90)
LONGITUDE = Limits(at_least=-180, at_most=180)
RADIUS = Limits(above=0, at_most=5000)
HOLE = Limits(at_least=0, at_most=5000)
EXAMPLE_CIRCLE = "{lat = 35.5, lon = 36.2, radius_km = 25}"


def read_selection(table: Table) -> Selection:
    """The events that a table selects; keys beyond a selection's are left for the caller."""
    return Selection(
        dataset=table.text("dataset"),
        label=table.text_or_none("label") or "",
        actors=table.texts("actors"),
        against=table.texts("against"),
        event_types=table.texts("event_types"),
        targets=table.texts("targets"),
        areas=table.texts("areas"),
        around=_circle(table),
        attributions=table.choices("attributions", ATTRIBUTIONS),
    )


def _circle(table: Table) -> Circle | None:
    inner = table.table("around")
    if inner is None:
        return None
    for key in ("lat", "lon", "radius_km"):
        if not inner.has(key):
            what = f'{inner.name} has no "{key}"'
            inner.note(None, what, f"write around = {EXAMPLE_CIRCLE}")
    circle = Circle(
        lat=inner.number("lat", 0.0, LATITUDE),
        lon=inner.number("lon", 0.0, LONGITUDE),
        radius_km=inner.number("radius_km", RADIUS.at_most or 1.0, RADIUS),
        hole_km=inner.number("hole_km", 0.0, HOLE),
    )
    if circle.hole_km >= circle.radius_km:
        what = f"the hole ({circle.hole_km:g} km) is as wide as the circle"
        inner.note("hole_km", what, f"choose less than {circle.radius_km:g}")
    inner.close()
    return circle


def note_repeat(table: Table, selection: Selection, before: Sequence[Selection]) -> None:
    """Note a table that counts the same events as one before it."""
    counted = replace(selection, label="")
    same = [index for index, one in enumerate(before) if replace(one, label="") == counted]
    if same and counted.dataset:
        which = "one above it" if same[0] else "[plan.primary]"
        what = f"{table.name} counts the same events as {which}"
        table.note(None, what, "select other events, or leave it out")
