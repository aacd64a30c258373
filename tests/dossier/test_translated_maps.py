"""Maps in the reader's languages: every word of them said, names and the drawing as they were."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from itertools import product

import pytest

from tests.dossier.test_maps import BEFORE, GRID, mapped, with_maps
from wordkept.dossier import map_outline
from wordkept.dossier.languages.language import LANGUAGES, language
from wordkept.dossier.languages.said import ISOLATE, RELEASE
from wordkept.dossier.map_shown import MONTH
from wordkept.dossier.map_table import ROWS, map_figures
from wordkept.dossier.page import render_html
from wordkept.dossier.report import CaseReport
from wordkept.model import AreaCount, CellCount, Grid, PublicationRule
from wordkept.period import Period

OTHERS = tuple(code for code in LANGUAGES if code != "en")
PROPER = {"GSHHG", "LGPL", "GeoNames", "CC", "BY"}
"""Words of a map that are the same in every language."""
ENGLISH = re.compile(
    r"\b(?:where|before|after|none|hidden|withheld|under|near|drawn|days|cells?|events?|record|"
    r"map|country|coasts|cities|equator|placed|the|and|of|to|in no)\b",
    re.IGNORECASE,
)
TERMS = "Harm Watch lets nobody publish."
MAP = re.compile(r'<figure class="chart map">.*?</figure>', re.DOTALL)


def variants(report: CaseReport) -> dict[str, CaseReport]:
    """Every way in which a map can come out, so that each of its sentences is said."""
    longer = Period(BEFORE.start - timedelta(days=3), BEFORE.end)
    nowhere = (AreaCount(area="", before=7, after=4),)
    many = tuple(
        CellCount(cell=(i, j), before=1 + i, after=j) for i, j in product(range(20), repeat=2)
    )
    west = tuple(CellCount(cell=(-300 + i, 40), before=9, after=i) for i in range(4))
    rule = PublicationRule(allows="nothing", terms=TERMS)
    sealed = tuple(
        replace(one, releases=tuple(replace(each, publication=rule) for each in one.releases))
        for one in report.assessments
    )
    harm = mapped(dataset="harm-watch", delayed=(30, 40), coarsened=5)
    return {
        "rows": with_maps(report, mapped()),
        "aggregates": with_maps(report, harm),
        "no cells": with_maps(report, mapped(cells=(), areas=nowhere)),
        "nowhere": with_maps(report, mapped(areas=nowhere, delayed=(3, 9), coarsened=1)),
        "south": with_maps(report, mapped(grid=Grid(size_km=25, parallel=-10))),
        "equator": with_maps(report, mapped(grid=Grid(size_km=25, parallel=0), cells=many)),
        "west": with_maps(report, mapped(cells=west, grid=replace(GRID, parallel=-35))),
        "subtractable": with_maps(
            report,
            mapped("ceasefire", dataset="harm-watch"),
            mapped("withdrawal", dataset="harm-watch", before=longer),
        ),
        "sealed": replace(report, assessments=sealed, mapped=(harm,)),
    }


def of_maps(page: str, code: str) -> list[str]:
    """The parts of a page that are maps, or stand in the place of one."""
    heading = f"<h4>{language(code).text('Where')}</h4>"
    return [
        found[0] if (found := MAP.match(part.lstrip())) else part[: part.index("</p>")]
        for part in page.split(heading)[1:]
    ]


def our_words(part: str) -> str:
    """What a reader sees or hears of it, less names: in the page isolated, on the map by class."""
    part = re.sub(r'<text [^>]*class="city".*?</text>|<bdi>[^<]*</bdi>', " ", part)
    heard = re.findall(r'aria-label="([^"]*)"', part)
    text = unescape(" ".join([re.sub("<[^>]*>", " ", part), *heard]))
    return re.sub(f"{ISOLATE}[^{RELEASE}]*{RELEASE}", " ", text)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("outlined", [True, False])
def test_no_word_of_a_map_stays_english(
    report: CaseReport, code: str, outlined: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not outlined:
        monkeypatch.setattr(map_outline, "PACKAGE", "mpl_toolkits.no_such_package")
    for name, each in variants(report).items():
        parts = of_maps(render_html(each, language(code)), code)
        assert parts, name
        for part in parts:
            assert '<span lang="en"' not in part, name
            said = our_words(part)
            left = set(re.findall("[A-Za-z]{2,}", said)) - PROPER
            if code == "fr":
                assert ENGLISH.findall(said) == [], name
            else:
                assert left == set(), name


def test_the_sieve_finds_english(report: CaseReport) -> None:
    page = render_html(variants(report)["rows"])
    (part,) = of_maps(page, "en")
    assert len(ENGLISH.findall(our_words(part))) > 30
    assert set(re.findall("[A-Za-z]{2,}", our_words(part))) > {"hexagon", "drawn", "Before"}


@pytest.mark.parametrize("code", OTHERS)
def test_a_map_loses_no_cell_and_no_number(report: CaseReport, code: str) -> None:
    each = variants(report)["equator"]
    english, said = (map_figures(each, language(one))["withdrawal"] for one in ("en", code))
    assert english.chart is not None
    assert said.chart is not None
    cells = re.compile(r'<path d="([^"]*)" class="cell')
    assert cells.findall(english.chart.wide) == cells.findall(said.chart.wide)
    names = re.compile(r'class="city">([^<]*)<')
    assert names.findall(english.chart.wide) == names.findall(said.chart.wide)
    assert english.unlisted == 400 - ROWS
    assert f"{english.unlisted}" in our_words(of_maps(render_html(each, language(code)), code)[0])
    assert str(MONTH) in language(code).text(f"in {MONTH} days")


def test_an_area_that_has_no_name_is_said_and_a_name_is_kept(report: CaseReport) -> None:
    page = render_html(variants(report)["nowhere"], language("fr"))
    assert "<bdi>sans lieu indiqué</bdi>" in page
    assert "<bdi>trop récents pour être situés</bdi>" in page
    page = render_html(variants(report)["rows"], language("fr"))
    assert re.search(r"(?:<bdi>)+Vale, Karst(?:</bdi>)+", page)


def test_days_and_numbers_are_written_as_the_language_writes_them(report: CaseReport) -> None:
    chart = map_figures(variants(report)["rows"], language("ru"))["withdrawal"].chart
    assert chart is not None
    for words in ("17 февр. 2032 по 15 мар. 2032", " км</text>", "за 30 дней", ">\u0421</text>"):
        assert words in chart.wide
    page = render_html(variants(report)["west"], language("fr"))
    assert re.search(r'<th scope="row">\d+,\d° [NS] \d+,\d° O<', page)


def test_a_cell_is_called_by_its_degrees_in_full(report: CaseReport) -> None:
    page = render_html(variants(report)["rows"], language("ru"))
    assert re.search(r"\d+,\d° сев. широты, \d+,\d° вост. долготы<", page)
    page = render_html(variants(report)["rows"], language("ar"))
    assert "°" not in our_words(of_maps(page, "ar")[0]), "beside Arabic it changes sides"
