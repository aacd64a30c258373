"""The tables as CSV, one file each, such as a spreadsheet opens them."""

import csv
from datetime import date
from io import StringIO

from wordkept.dossier.exports.about import APOSTROPHE, about
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.table import Cell, Table, neutral
from wordkept.dossier.exports.tables import tables
from wordkept.dossier.zipping import zipped

ENCODING = "utf-8-sig"
"""With a byte order mark: without it Excel takes UTF-8 for the machine's old code page."""


def written(table: Table, *, hashtags: bool = False) -> bytes:
    """One table as CSV; with hashtags, those of HXL stand in the row under the header."""
    held = StringIO(newline="")
    rows = csv.writer(held)
    rows.writerow([column.name for column in table.columns])
    if hashtags:
        rows.writerow([column.tag for column in table.columns])
    rows.writerows([_text(cell) for cell in row] for row in table.rows)
    return held.getvalue().encode(ENCODING)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return neutral(cell) if isinstance(cell, str) else repr(cell)


def write(material: Material) -> bytes:
    """A zip with a CSV file for each table, and a text that says what they are."""
    made = tables(material)
    files = {f"{one.name}.csv": written(one) for one in made}
    said = [*about(material), APOSTROPHE, *(f"{one.name}.csv: {one.holds}" for one in made)]
    return zipped({"about.txt": ("\n".join(said) + "\n").encode(), **files})


EXPORT = Export(
    name="csv",
    file_name="tables-csv.zip",
    media_type="application/zip",
    holds="Verdicts, quotes, levels, weekly series, records and rows, a CSV file each.",
    leaves_out=(
        "Charts, the specification curve, audit findings, controls and reasons.",
        "Which rows stand behind which number: the page lists them.",
        "A text that begins like a formula exactly: it has an apostrophe before it.",
    ),
    write=write,
)
