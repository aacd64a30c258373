"""The map of one plan: hexagons shaded by rate, before and after, over coasts, borders, cities."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import floor, log10, sqrt
from typing import Any

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.drawing import Chart, box, dot, line, path, reach, svg, words
from wordkept.dossier.languages.language import IN_ENGLISH, Language
from wordkept.dossier.map_outline import CREDIT, MISSING, Extent, Lines, Outline, outline
from wordkept.dossier.map_places import Cities, cities
from wordkept.dossier.map_shown import MONTH, NONE, SHADES, ShownMap
from wordkept.dossier.scales import ROUND_STEPS
from wordkept.period import Period

WIDE, NARROW, BETWEEN = 720, 360, 16
HEAD, LEGEND = 22, 46
"""Pixels over each panel for its days, and under the last one for the scale and the shades."""
MARGIN = 1.6
"""Cells left free around the outermost ones."""
LEAST_KM = 150.0
FLATTEST, TALLEST = 0.62, 1.25
"""A panel's height over its width, at least and at most."""
OFF_PX = 0.7
"""How far a thinned outline may lie from the full one."""
NAMES_WIDE, NAMES_NARROW = 6, 6
NAME_PX = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What both panels share: the stretch of country, and how many pixels a kilometre takes."""

    shown: ShownMap
    extent: Extent
    width: float
    ground: Outline | None
    known: Cities
    spoken: Language

    @property
    def scale(self) -> float:
        """Pixels per kilometre."""
        return self.width / self.extent.width

    @property
    def height(self) -> float:
        """Of a panel, in pixels."""
        return self.extent.height * self.scale

    def at(self, east: float, north: float) -> tuple[float, float]:
        """Where on a panel a place of the projection lies."""
        return (east - self.extent.west) * self.scale, (self.extent.north - north) * self.scale


def map_chart(shown: ShownMap, spoken: Language = IN_ENGLISH) -> Chart | None:
    """The two maps side by side, and one over the other where the page is narrow; None if empty."""
    if not shown.cells:
        return None
    extent = ground_of(shown)
    half = (WIDE - BETWEEN) / 2
    ground = outline(shown.grid, extent, tolerance_km=extent.width / half * OFF_PX)
    known = cities(shown.grid, extent)
    wide = Sheet(shown=shown, extent=extent, width=half, ground=ground, known=known, spoken=spoken)
    narrow = replace(wide, width=NARROW)
    return Chart(
        title=spoken.text(f"Where: {shown.label}, before and after"),
        description=spoken.text(" ".join(_told(shown))),
        caption=spoken.sentence(_caption(shown, outlined=ground is not None)),
        wide=_side_by_side(wide),
        narrow=_stacked(narrow),
    )


def ground_of(shown: ShownMap) -> Extent:
    """The stretch of country that a map shows: its cells and a margin, in a shape for a panel."""
    size = shown.grid.size_km
    places = [shown.grid.centre(one.cell) for one in shown.cells]
    (west, east), (south, north) = (
        (min(axis) - MARGIN * size, max(axis) + MARGIN * size) for axis in zip(*places, strict=True)
    )
    width, height = max(east - west, LEAST_KM), max(north - south, LEAST_KM * FLATTEST)
    width, height = max(width, height / TALLEST), max(height, width * FLATTEST)
    across, up = (west + east) / 2, (south + north) / 2
    return Extent(west=across - width / 2, east=across + width / 2,
                  south=up - height / 2, north=up + height / 2)  # fmt: skip


def _side_by_side(sheet: Sheet) -> str:
    right = sheet.width + BETWEEN
    marks = _panels(sheet, (0.0, HEAD), (right, HEAD))
    marks += _key(sheet, HEAD + sheet.height + 16, WIDE)
    return svg(WIDE, HEAD + sheet.height + LEGEND, marks)


def _stacked(sheet: Sheet) -> str:
    below = HEAD + sheet.height + HEAD + 6
    marks = _panels(sheet, (0.0, HEAD), (0.0, below))
    marks += _key(sheet, below + sheet.height + 16, NARROW)
    return svg(NARROW, below + sheet.height + LEGEND + 34, marks)


def _panels(sheet: Sheet, *corners: tuple[float, float]) -> list[str]:
    """Both maps; what lies over their cells is the same, and drawn once."""
    over = "".join(_over(sheet))
    return [mark for side, at in enumerate(corners) for mark in _panel(sheet, side, at, over)]


def _over(sheet: Sheet) -> Iterator[str]:
    """Coasts, borders and the names of cities."""
    if sheet.ground is not None:
        yield _lines(sheet, sheet.ground.coasts, "coast")
        yield _lines(sheet, sheet.ground.borders, "border")
    yield from _names(sheet)


def _panel(sheet: Sheet, side: int, corner: tuple[float, float], over: str) -> Iterator[str]:
    """One map under its days; what reaches over its edge is cut by the drawing inside it."""
    x, y = corner
    days = (sheet.shown.before, sheet.shown.after)[side]
    heading = f"{('Before', 'After')[side]}: {_stretch(days)}"
    yield words((x, y - 8), sheet.spoken.text(heading), "label own")
    width, height = f"{sheet.width:.1f}", f"{sheet.height:.1f}"
    yield f'<svg class="panel" x="{x:.1f}" y="{y:.1f}" width="{width}" height="{height}">'
    yield from _cells(sheet, side)
    yield over
    yield "</svg>"
    yield box(corner, (sheet.width, sheet.height), "frame")


def _stretch(days: Period) -> str:
    return f"{claims.short_day(days.start)} to {claims.short_day(days.end)}"


def _cells(sheet: Sheet, side: int) -> Iterator[str]:
    """The hexagons of each shade as one shape; hidden ones hatched, those with none outlined."""
    for step in (NONE, *range(len(sheet.shown.breaks) + 1)):
        found = [one.cell for one in sheet.shown.cells if one.shades[side] == step]
        yield _hexagons(sheet, found, "none" if step == NONE else _shade(sheet.shown, step))
    hidden = [one.cell for one in sheet.shown.cells if one.shades[side] is None]
    yield _hexagons(sheet, hidden, "none")
    yield _hatched(sheet, hidden)


def _shade(shown: ShownMap, step: int) -> str:
    """The class of a step: few steps take the darker end, which grey print keeps."""
    return f"shade-{SHADES - len(shown.breaks) + step}"


def _hexagons(sheet: Sheet, found: Sequence[tuple[int, int]], kind: str) -> str:
    if not found:
        return ""
    wide = sheet.shown.grid.size_km * sheet.scale
    steps = "".join(
        f"M{x:.1f} {y - wide / sqrt(3):.1f}{_ring(wide)}"
        for x, y in (sheet.at(*sheet.shown.grid.centre(cell)) for cell in found)
    )
    return f'<path d="{steps}" class="cell {kind}"/>'


def _ring(wide: float) -> str:
    half, side = wide / 2, wide / sqrt(3)
    return (
        f"l{half:.1f} {side / 2:.1f}v{side:.1f}l{-half:.1f} {side / 2:.1f}"
        f"l{-half:.1f} {-side / 2:.1f}v{-side:.1f}z"
    )


def _hatched(sheet: Sheet, found: Sequence[tuple[int, int]]) -> str:
    """Three strokes across each hexagon, along one of its diagonals."""
    if not found:
        return ""
    wide = sheet.shown.grid.size_km * sheet.scale
    side = wide / sqrt(3)
    strokes = ((-0.5, 0.5, 1, -1), (-0.5, 0, 0.75, -0.75), (-0.25, 0.75, 0.75, -0.75))
    steps = "".join(
        f"M{x + a * wide:.1f} {y + b * side:.1f}l{c * wide:.1f} {d * side:.1f}"
        for x, y in (sheet.at(*sheet.shown.grid.centre(cell)) for cell in found)
        for a, b, c, d in strokes
    )
    return f'<path d="{steps}" class="hatch"/>'


def _lines(sheet: Sheet, found: Lines, kind: str) -> str:
    if not found.ends:
        return ""
    drawn: tuple[Any, Any] = sheet.at(found.east, found.north)
    axes = [axis.tolist() for axis in drawn]
    places = list(map("%.1f %.1f".__mod__, zip(*axes, strict=True)))
    runs = ("L".join(places[first:last]) for first, last in pairwise((0, *found.ends)))
    return f'<path d="M{"M".join(runs)}" class="{kind}"/>'


def _names(sheet: Sheet) -> Iterator[str]:
    """The largest cities whose names fit beside each other."""
    most = NAMES_NARROW if sheet.width == NARROW else NAMES_WIDE
    taken: list[tuple[float, float, float]] = []
    for city in sheet.known:
        if len(taken) == most:
            return
        x, y = sheet.at(city.east, city.north)
        room = reach(city.name) + 8
        left = x + room > sheet.width
        start = x - room if left else x
        free = all(
            abs(y - other) > NAME_PX or start > end + 6 or start + room < begin - 6
            for begin, end, other in taken
        )
        if not free or start < 0 or not NAME_PX < y < sheet.height - 8:
            continue
        taken.append((start, start + room, y))
        yield dot((x, y), 1.8, "city")
        yield words((x + (-5 if left else 5), y + 4), city.name, "city", "end" if left else "start")


def _key(sheet: Sheet, top: float, width: float) -> Iterator[str]:
    """The scale bar with north, and the shades with the rates where they change."""
    km = _round_km(sheet.extent.width / 4)
    long = km * sheet.scale
    yield path([(0, top), (0, top + 5), (long, top + 5), (long, top)], "bar")
    length = sheet.spoken.text(f"{km:,.0f} km")
    yield words((long + 7, top + 6), length, "figure")
    north = long + 22 + reach(length)
    yield path([(north, top + 8), (north + 4, top - 5), (north + 8, top + 8)], "north", closed=True)
    yield words((north + 13, top + 6), sheet.spoken.text("N"), "figure")
    start, row = (width / 2 + BETWEEN / 2, top - 4) if width == WIDE else (0.0, top + 28)
    yield from _shades(sheet.shown, (start, row), sheet.spoken)


def _shades(shown: ShownMap, corner: tuple[float, float], spoken: Language) -> Iterator[str]:
    x, y = corner
    size = 34.0
    yield words((x, y + 26), spoken.text("none"), "figure")
    yield box((x, y), (size - 6, 12), "cell none")
    x += size + 6
    for step in range(len(shown.breaks) + 1):
        yield box((x, y), (size, 12), f"cell {_shade(shown, step)}")
        x += size
        if step < len(shown.breaks):
            yield line((x, y), (x, y + 15), "tick")
            edge = spoken.text(f"{shown.breaks[step]:g}")
            yield words((x, y + 26), edge, "figure", "middle")
    yield words((x + 6, y + 10), spoken.text(f"in {MONTH} days"), "figure")
    if any(None in one.shades for one in shown.cells):
        x += 84
        yield box((x, y), (28, 12), "cell none")
        strokes = "".join(f"M{x + left:.1f} {y + 12:.1f}l10 -12" for left in (0, 9, 18))
        yield f'<path d="{strokes}" class="hatch"/>'
        yield words((x, y + 26), spoken.text("hidden"), "figure")


def _round_km(rough: float) -> float:
    power = 10.0 ** floor(log10(max(rough, 1)))
    return max(step * power for step in ROUND_STEPS if step * power <= max(rough, 1))


def _told(shown: ShownMap) -> Iterator[str]:
    """The map in sentences, for whoever does not see it."""
    size = f"{shown.grid.size_km:g} km"
    yield f"Two maps of the same country in hexagons of {size}, north up."
    for side, name, days in ((0, "before", shown.before), (1, "after", shown.after)):
        shades = [one.shades[side] for one in shown.cells]
        held = sum(shade is not None and shade > NONE for shade in shades)
        hidden = shades.count(None)
        text = f"In the {prose.count(len(days), 'day')} {name}, "
        text += f"{prose.count(held, 'cell')} with a printed number"
        yield text + (f", {hidden} hidden." if hidden else ".")
    both = [(one.before.n, one.after.n) for one in shown.cells]
    printed = [(b / len(shown.before), a / len(shown.after)) for b, a in both
               if b is not None and a is not None]  # fmt: skip
    fell = sum(after < before for before, after in printed)
    rose = sum(after > before for before, after in printed)
    yield f"The rate fell in {prose.count(fell, 'cell')} and rose in {rose}."


def _caption(shown: ShownMap, *, outlined: bool) -> str:
    parallel = f"{abs(shown.grid.parallel):g}° {'S' if shown.grid.parallel < 0 else 'N'}"
    scale = "the equator" if not shown.grid.parallel else parallel
    return (
        f"{shown.label[:1].upper()}{shown.label[1:]} ({shown.title}): events in {MONTH} days in "
        f"each hexagon, {shown.grid.size_km:g} km from one to the next, so that stretches of "
        "different length compare; the shades change at the same rates in both. A place is drawn "
        "as its cell, never as a point. Cylindrical equal-area projection, true to scale along "
        f"{scale}. {CREDIT if outlined else MISSING} Cities: GeoNames (CC BY 4.0)."
    )
