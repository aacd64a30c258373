"""Each chart of a dossier with its name, the table behind it, and what it was drawn from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from wordkept.dossier.bar_chart import BarTable
from wordkept.dossier.board_chart import board_chart
from wordkept.dossier.drawing import Chart, party_classes
from wordkept.dossier.exports.export import Material
from wordkept.dossier.exports.table import Cell, Column, Table, table
from wordkept.dossier.map_table import MapFigure, map_figures
from wordkept.dossier.page import Entry, entries
from wordkept.dossier.shown import Shown
from wordkept.ids import short


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One chart: what its files are called, and what stands beside the drawing."""

    name: str
    chart: Chart
    table: Table
    source: tuple[str, ...]
    """Whose records it was drawn from, and of which case, day and ledger, a sentence each."""


def charts(material: Material) -> Iterator[Drawn]:
    """Every chart of the dossier, in the page's order."""
    report, shown = material.report, material.shown
    board = board_chart(shown, party_classes(one.actor for one in shown))
    if board is not None:
        yield Drawn(name="board", chart=board, table=_board(shown), source=_source(material, shown))
    maps = map_figures(report)
    for entry in entries(report):
        source = _source(material, (entry.shown,))
        for kind, chart, made in (*_of(entry), *_map(maps.get(entry.shown.id))):
            yield Drawn(name=f"{entry.anchor}-{kind}", chart=chart, table=made, source=source)


def _of(entry: Entry) -> Iterator[tuple[str, Chart, Table]]:
    shown = entry.shown
    if entry.series is not None and entry.weeks is not None:
        rows = [(week, *cells) for week, cells in entry.weeks.rows]
        yield "series", entry.series, _table(("week of", *entry.weeks.columns), rows)
    if entry.levels is not None:
        yield "levels", entry.levels, _levels(shown)
    if entry.count is not None and shown.count is not None:
        yield "count", entry.count, _table(("part", "number"), shown.count.parts)
    if entry.curve is not None and shown.curve is not None:
        yield "curve", entry.curve, _choices(shown)
    for place, (_, chart, bars) in enumerate(entry.found, start=1):
        yield f"found-{place}", chart, _bars(bars)


def _map(figure: MapFigure | None) -> Iterator[tuple[str, Chart, Table]]:
    if figure is None or figure.chart is None:
        return
    names = ("cell or area", "near", "before", "after", "rate before", "rate after")
    rows = [(one.name, one.where, one.before, one.after, *one.rates)
            for one in (*figure.cells, *figure.areas)]  # fmt: skip
    yield "map", figure.chart, _table(names, rows)


def _table(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Table:
    columns = tuple(
        Column(name=name, kind="text", tag="", of=itemgetter(place))
        for place, name in enumerate(names)
    )
    return table("chart", "The numbers of a chart.", columns, rows)


def _board(shown: Sequence[Shown]) -> Table:
    return _table(
        ("pledge", "actor", "declared", "starts", "ends", "verdict"),
        [(one.title, one.actor, one.announced, one.starts, one.ends, one.reading.word)
         for one in shown],
    )  # fmt: skip


def _levels(shown: Shown) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.dataset, one.bound, one.baseline_days, one.donut_days, one.before.text, one.after.text,
         one.text, one.ordinary, one.chance)
        for one in shown.levels
    ]  # fmt: skip
    rows += [(one.dataset, f"control: {one.label}", *[None] * 4, one.text, None, None)
             for one in shown.controls]  # fmt: skip
    names = ("record", "attribution", "baseline days", "days left out", "before", "after")
    return _table((*names, "level after", "ordinary range", "by itself"), rows)


def _choices(shown: Shown) -> Table:
    rows = [
        (one.name, one.value, one.set_ups, one.median, one.agreeing, one.reaching, one.seen)
        for one in (shown.curve.shares if shown.curve else ())
    ]
    moved = "rose" if shown.direction == "rises" else "fell"
    names = ("choice", "value", "set-ups", "middle one", moved, "reached what counts as kept")
    return _table((*names, "rare by itself"), rows)


def _bars(bars: BarTable) -> Table:
    rows = [(name, number, "yes" if meant else "no") for name, number, meant in bars.rows]
    return _table(("bar", bars.counts, "what the finding is about"), rows)


def _source(material: Material, shown: Sequence[Shown]) -> tuple[str, ...]:
    report = material.report
    cited = dict.fromkeys(
        f"{one.citation} Licence: {one.licence.rstrip('.')}."
        for pledge in shown
        for one in pledge.records
    )
    made = (
        f"Drawn by wordkept {report.version}; case {report.case}, as of {report.as_of}; ledger "
        f"{short(report.ledger_head)}."
    )
    return (*(f"Source: {one}" for one in cited), made)
