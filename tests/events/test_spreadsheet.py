"""A sheet of a workbook arrives as its reader sees it, and by the same door as any other table."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from wordkept.errors import InputError
from wordkept.events import engine
from wordkept.events.releases import LoadOptions, load_release, open_release

OPTIONS = LoadOptions(loaded_at="2026-01-01T00:00:00Z")
SHEET: list[list[Any]] = [
    ["day", "series", "n"],
    ["2016-03-15", "Homs", 12.0],
    ["", "", ""],
    ["2016-03-16", True, 13],
]


def zipped(members: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


def ods(sheets: dict[str, list[list[Any]]]) -> bytes:
    """A small OpenDocument workbook, its dates typed as dates."""

    def cell(value: Any) -> str:
        if isinstance(value, bool):
            said = str(value).lower()
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{said}"/>'
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        if value[:2] == "20":
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        text = f"<text:p>{value}</text:p>" if value else ""
        kind = ' office:value-type="string"' if value else ""
        return f"<table:table-cell{kind}>{text}</table:table-cell>"

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


XLSX_PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": '<Relationships><Relationship Id="r1" Target="xl/workbook.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>",
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" '
    'Target="worksheets/sheet1.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/worksheet"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships"><sheets><sheet name="Log" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/styles.xml": '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
    "</cellXfs></styleSheet>",
    "xl/worksheets/sheet1.xml": "<worksheet><sheetData>"
    '<row r="1"><c r="A1" t="inlineStr"><is><t>The monitors</t></is></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>day</t></is></c>'
    '<c r="B3" t="inlineStr"><is><t>series</t></is></c>'
    '<c r="C3" t="inlineStr"><is><t>n</t></is></c></row>'
    '<row r="4"><c r="A4" s="1"><v>42444</v></c>'
    '<c r="B4" t="inlineStr"><is><t>Homs</t></is></c><c r="C4"><v>3</v></c></row>'
    "</sheetData></worksheet>",
}


def loaded(source: Path, folder: Path, options: LoadOptions = OPTIONS) -> list[dict[str, str]]:
    folder.mkdir(exist_ok=True)
    release = load_release(source, folder / "events", options)
    rows: list[dict[str, Any]] = (
        open_release(release, folder / "events", engine.connect()).to_pyarrow().to_pylist()
    )
    shown = ("period_from", "place", "events_best")
    return [{name: str(row[name]) for name in shown} for row in rows]


def test_a_typed_date_of_xlsx_is_that_day(tmp_path: Path) -> None:
    source = tmp_path / "log.xlsx"
    source.write_bytes(zipped(XLSX_PARTS))
    assert loaded(source, tmp_path) == [
        {"period_from": "2016-03-15", "place": "Homs", "events_best": "3"}
    ]


def test_the_first_sheet_with_a_header_is_read_or_the_one_asked_for(tmp_path: Path) -> None:
    source = tmp_path / "log.ods"
    source.write_bytes(ods({"Notes": [["A title"]], "Data": SHEET, "Other": SHEET[:2]}))
    said: list[str] = []
    rows = loaded(source, tmp_path, LoadOptions(loaded_at="2026-01-01", tell=said.append))
    assert rows == [
        {"period_from": "2016-03-15", "place": "Homs", "events_best": "12"},
        {"period_from": "2016-03-16", "place": "true", "events_best": "13"},
    ]
    assert said == ['read from the sheet "Data"']
    other = LoadOptions(loaded_at="2026-01-01", sheet="Other")
    assert len(loaded(source, tmp_path / "other", other)) == 1


def test_a_sheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "log.ods"
    source.write_bytes(ods({"Data": SHEET}))
    with pytest.raises(InputError, match='did you mean "Data"'):
        load_release(source, tmp_path, LoadOptions(loaded_at="", sheet="Date"))


def test_a_workbook_without_header_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "log.ods"
    source.write_bytes(ods({"Notes": [["A title"]]}))
    with pytest.raises(InputError, match="no sheet holds a header row"):
        load_release(source, tmp_path, OPTIONS)
