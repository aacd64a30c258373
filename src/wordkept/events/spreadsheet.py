"""From a sheet of a workbook (XLSX, XLS, ODS) to a CSV file, values as a reader would see them."""

import csv
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from wordkept.errors import InputError, Problem, did_you_mean

ODS_MEMBER = "content.xml"
XLSX_MEMBERS = ("xl/workbook.xml", "xl/workbook.bin")
HEADER_CELLS = 2  # a row with one filled cell is a title, not a header


def is_workbook(path: Path) -> bool:
    """Whether a zip is a workbook (XLSX, XLSB or ODS) and not an archive of files."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    return ODS_MEMBER in names or bool(names.intersection(XLSX_MEMBERS))


def write_csv(path: Path, target: Path, *, sheet: str | None, name: str) -> str:
    """The name of the sheet that was written to `target` as CSV, blank rows left out.

    The sheet is the one asked for, or else the first visible one with a header. `name` is the
    file's name as the user knows it, for errors.
    """
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        for candidate in _candidates(workbook, sheet, name):
            if _write(workbook.get_sheet_by_name(candidate), target):
                return candidate
    except python_calamine.CalamineError as error:
        raise InputError(
            Problem(
                what=f"the workbook cannot be read: {error}",
                where=name,
                remedy="open it in a spreadsheet program and save it again as XLSX or CSV",
            )
        ) from error
    raise InputError(
        Problem(
            what="no sheet holds a header row of two or more names",
            where=name if sheet is None else f'{name}, sheet "{sheet}"',
            remedy="put the column names into one row above the data",
        )
    )


def _candidates(workbook: Any, sheet: str | None, name: str) -> Sequence[str]:
    import python_calamine

    if sheet is None:
        visible = python_calamine.SheetVisibleEnum.Visible
        worksheet = python_calamine.SheetTypeEnum.WorkSheet
        return [
            meta.name
            for meta in workbook.sheets_metadata
            if meta.visible == visible and meta.typ == worksheet
        ]
    if sheet in workbook.sheet_names:
        return [sheet]
    listed = "the sheets are: " + ", ".join(workbook.sheet_names)
    raise InputError(
        Problem(
            what=f'there is no sheet "{sheet}"',
            where=name,
            remedy=did_you_mean(sheet, workbook.sheet_names, otherwise=listed),
        )
    )


def _write(sheet: Any, target: Path) -> bool:
    """Whether the sheet has a header row; its filled rows from there on are in `target` then."""
    rows = _filled_rows(sheet)
    header = next((cells for cells in rows if _names(cells) >= HEADER_CELLS), None)
    if header is None:
        return False
    with target.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
    return True


def _names(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def _filled_rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        cells = [as_text(cell) for cell in row]
        if any(cells):
            yield cells


def as_text(cell: Any) -> str:
    """A cell as text: dates as ISO, whole numbers without a fraction, booleans as true or false.

    >>> as_text(date(2016, 3, 15)), as_text(12.0), as_text(33.25), as_text(True)
    ('2016-03-15', '12', '33.25', 'true')
    >>> as_text(datetime(2016, 3, 15, 0, 0)), as_text(datetime(2016, 3, 15, 4, 30))
    ('2016-03-15', '2016-03-15 04:30:00')
    """
    match cell:
        case bool():
            return "true" if cell else "false"
        case datetime():
            return str(cell.date()) if cell.time() == time() else cell.isoformat(sep=" ")
        case date() | time() | timedelta():
            return str(cell)
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)
