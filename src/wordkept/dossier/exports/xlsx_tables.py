"""The tables as one Excel workbook: a sheet each, and one that says what they are."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from wordkept.dossier.exports.about import APOSTROPHE, about
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.table import Cell, Table, neutral
from wordkept.dossier.exports.tables import tables
from wordkept.errors import InputError, Problem

MOST_ROWS = 1_048_576
"""Of a sheet, by Excel's own limits; what lies beyond is counted on the first sheet."""
MOST_CHARACTERS = 32_767
"""Of a cell."""
CUT = "… [cut here: a cell holds no more]"
FIRST_YEAR = 1900
"""Excel has no day before it."""
MADE = datetime(1980, 1, 1, tzinfo=UTC)
"""Stands in the file as the day of its making: the same case gives the same bytes."""
WIDE, NARROW = 60, 14


def write(material: Material) -> bytes:
    """The workbook; raises InputError where the library that writes it is not installed."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise InputError(
            Problem(
                what="the library that writes workbooks is not installed",
                where="wordkept export, xlsx",
                remedy="pip install xlsxwriter; or take csv, which needs nothing",
            )
        ) from error
    held = BytesIO()
    made = tables(material)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"title": material.report.case, "created": MADE.replace(tzinfo=None)})
        styles = _styles(book)
        _first(book.add_worksheet("read me"), material, made, styles)
        for one in made:
            _sheet(book.add_worksheet(one.name), one, styles)
    return held.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        "number": book.add_format({"valign": "top"}),
    }


def _first(sheet: Any, material: Material, made: tuple[Table, ...], styles: dict[str, Any]) -> None:
    """What the sheets hold, on whose terms, and what is withheld or cut."""
    sheet.set_column(0, 0, 2 * WIDE)
    too_long = [
        f"{one.name}: {len(one.rows) - MOST_ROWS + 1:,} of {len(one.rows):,} rows do not fit on a "
        "sheet; the CSV and Parquet tables hold them all."
        for one in made
        if len(one.rows) >= MOST_ROWS
    ]
    sheets = [f"{one.name}: {one.holds}" for one in made]
    for place, line in enumerate((*about(material), APOSTROPHE, *sheets, *too_long)):
        _put(sheet, (place, 0), line, styles)


def _sheet(sheet: Any, table: Table, styles: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, styles["head"])
        long = any(len(str(row[place])) > WIDE for row in table.rows[:200])
        sheet.set_column(place, place, WIDE if long else NARROW)
    for place, row in enumerate(table.rows[: MOST_ROWS - 1], start=1):
        for across, cell in enumerate(row):
            _put(sheet, (place, across), cell, styles)


def _put(sheet: Any, where: tuple[int, int], cell: Cell, styles: dict[str, Any]) -> None:
    """A cell as what it is: a number, a day or a text, and never a formula."""
    if cell is None:
        return
    if isinstance(cell, date) and cell.year >= FIRST_YEAR:
        moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a plain local day
        sheet.write_datetime(*where, moment, styles["day"])
    elif isinstance(cell, int | float):
        sheet.write_number(*where, cell, styles["number"])
    else:
        sheet.write_string(*where, _fitting(neutral(str(cell))), styles["text"])


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(CUT)] + CUT


EXPORT = Export(
    name="xlsx",
    file_name="tables.xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    holds="The same tables as one Excel workbook, a sheet each, with one to read first.",
    leaves_out=(
        "All that the CSV tables leave out.",
        "More than 1,048,575 rows on a sheet or 32,767 characters in a cell: a cut is said.",
    ),
    write=write,
)
