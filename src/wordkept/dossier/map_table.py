"""The table behind a map: every cell and area with its counts and rates, as they may be printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from wordkept.dossier.drawing import Chart
from wordkept.dossier.gate import Count
from wordkept.dossier.languages.language import IN_ENGLISH, Language
from wordkept.dossier.map_chart import ground_of, map_chart
from wordkept.dossier.map_places import cities
from wordkept.dossier.map_shown import NOWHERE, RECENT, ShownCell, ShownMap, rate, shown_maps
from wordkept.dossier.report import CaseReport
from wordkept.period import Period

NEAR_CELLS = 1.5
"""A cell is called by a city that lies no further from its middle than so many cells."""
ROWS = 300
"""Cells that the table lists, those with most events first; how many more there are is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """A cell by its middle and the city it lies near, or an area by its name."""

    name: str
    named: bool
    """Whether that is somebody's name, and not our words for what has none."""
    where: str
    before: str
    after: str
    rates: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFigure:
    """A map on the page, with the table behind it and what stands under it."""

    shown: ShownMap
    chart: Chart | None
    cells: tuple[MapRow, ...]
    areas: tuple[MapRow, ...]
    unlisted: int
    """Cells that the table leaves out for its length."""


def map_figures(report: CaseReport, spoken: Language = IN_ENGLISH) -> Mapping[str, MapFigure]:
    """The maps of a case as its page shows them, by pledge; plans without a rate have none."""
    return {pledge: _figure(shown, spoken) for pledge, shown in shown_maps(report).items()}


def _figure(shown: ShownMap, spoken: Language) -> MapFigure:
    cells = _cells(shown)
    return MapFigure(
        shown=shown,
        chart=map_chart(shown, spoken),
        cells=cells,
        areas=tuple(
            MapRow(name=area.name, named=area.name not in (RECENT, NOWHERE), where="",
                   before=area.before.text, after=area.after.text,
                   rates=(_rate(area.before, shown.before), _rate(area.after, shown.after)))
            for area in shown.areas
        ),
        unlisted=len(shown.cells) - len(cells),
    )  # fmt: skip


def _cells(shown: ShownMap) -> tuple[MapRow, ...]:
    """The cells that the table lists, those with most events first."""
    if not shown.cells:
        return ()
    known = cities(shown.grid, ground_of(shown))
    rows = []
    for one in sorted(shown.cells, key=_order)[:ROWS]:
        east, north = shown.grid.centre(one.cell)
        lat, lon = shown.grid.point(east, north)
        rows.append(
            MapRow(
                name=known.near(east, north, within_km=NEAR_CELLS * shown.grid.size_km),
                named=True,
                where=f"{_degrees(lat, 'NS')} {_degrees(lon, 'EW')}",
                before=one.before.text, after=one.after.text,
                rates=(_rate(one.before, shown.before), _rate(one.after, shown.after)),
            )
        )  # fmt: skip
    return tuple(rows)


def _order(one: ShownCell) -> tuple[int, tuple[int, int]]:
    """Most printed events first."""
    return -(one.before.n or 0) - (one.after.n or 0), one.cell


def _degrees(value: float, ends: str) -> str:
    return f"{abs(value):.1f}° {ends[value < 0]}"


def _rate(events: Count, days: Period) -> str:
    return "withheld" if events.n is None else f"{rate(events.n, days):.1f}"
