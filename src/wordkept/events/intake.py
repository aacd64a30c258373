"""From a user's file to the raw table: every cell text, every row numbered, none dropped."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from wordkept.errors import InputError, Problem
from wordkept.events import delimited, recognise, unwrap
from wordkept.events.delimited import ROW_LIMIT_BYTES, Dialect
from wordkept.events.schema import Dataset
from wordkept.events.unwrap import PlainTable

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
OPENING_ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A file as it was read: the raw table, the dataset it is, and what was odd about it."""

    table: ir.Table
    """`row` (int64, the first after the header being 1), and every column that the dataset uses,
    as text; an empty cell is null, and so is a column that the dataset can do without."""
    dataset: Dataset
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a text table begins."""

    dialect: Dialect
    rows: tuple[tuple[str, ...], ...]
    """The first rows; a blank one is empty."""

    @property
    def first(self) -> int:
        """Where the first row stands that is not blank."""
        return next((at for at, row in enumerate(self.rows) if row), 0)

    @property
    def header(self) -> tuple[str, ...]:
        """The first row that is not blank, outer space off; empty where there is none."""
        return tuple(cell.strip() for cell in self.rows[self.first]) if self.rows else ()

    @property
    def tagged(self) -> int | None:
        """Where the row of HXL tags stands, if one follows the header."""
        after = range(self.first + 1, len(self.rows))
        following = next((at for at in after if self.rows[at]), None)
        return following if following is not None and _is_hxl(self.rows[following]) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    dialect: Dialect
    dataset: Dataset
    columns: tuple[str, ...]
    skip: int
    """Rows above the data, blank ones included."""
    heads: int
    """Rows above the data, blank ones not counted."""
    notes: tuple[str, ...] = ()


def take_in(
    source: Path,
    connection: Any,
    *,
    datasets: Sequence[Dataset],
    workspace: Path,
    sheet: str | None = None,
) -> Intake:
    """A CSV, TSV, XLSX or ODS file (or one in .gz or .zip), read as the dataset that it is.

    `datasets` are those it may be; `workspace` is an empty folder for what must be unpacked. The
    table lives as long as the connection. Raises InputError where the file is not sound.
    """
    plain = unwrap.plain_table(source, workspace, sheet=sheet)
    layout = _headerless(plain.path, datasets) or _headed(plain.path, datasets, source.name)
    raw = _read(connection, plain, layout, workspace, source.name)
    if raw.limit(1).count().to_pyarrow().as_py() == 0:
        raise InputError(
            Problem(
                what="the file has column names but no rows",
                where=source.name,
                remedy="download or export it again; an empty selection has nothing to load",
            )
        )
    notes = (*plain.notes, *layout.notes)
    return Intake(table=raw, dataset=layout.dataset, notes=notes)


def opening(path: Path, known: Sequence[str] = ()) -> Opening:
    """The first rows of a UTF-8 table, told apart by the delimiter that suits its header best.

    That is the one that yields most of the `known` column names, and then most cells.
    """
    names = {recognise.folded(name) for name in known}

    def likeness(candidate: Opening) -> tuple[int, int]:
        found = names.intersection(map(recognise.folded, candidate.header))
        return len(found), len(candidate.header)

    return max((_opening(path, Dialect(delimiter=each)) for each in DELIMITERS), key=likeness)


def _opening(path: Path, dialect: Dialect) -> Opening:
    rows = delimited.first_rows(path, dialect, OPENING_ROWS)
    return Opening(dialect=dialect, rows=tuple(map(tuple, rows)))


def _is_hxl(row: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    return all(cell.startswith("#") for cell in filled)


def _headed(path: Path, datasets: Sequence[Dataset], name: str) -> _Layout:
    used = [name for each in datasets for name in (*each.required, *each.optional)]
    begins = opening(path, used)
    header = begins.header
    if len(header) < 2:  # noqa: PLR2004 - one column is no table
        raise InputError(_one_column(header, name))
    if twice := recognise.duplicates(header):
        raise InputError(
            Problem(
                what="columns with the same name: " + ", ".join(f'"{each}"' for each in twice),
                where=f"{name}, header",
                remedy="give each column a name of its own",
            )
        )
    layout = _Layout(
        dialect=begins.dialect,
        dataset=recognise.recognise(header, datasets, where=name),
        columns=header,
        skip=begins.first + 1,
        heads=1,
    )
    if begins.tagged is None:
        return layout
    note = "skipped the row of HXL tags under the header"
    return replace(layout, skip=begins.tagged + 1, heads=2, notes=(note,))


def _headerless(path: Path, datasets: Sequence[Dataset]) -> _Layout | None:
    for delimiter in DELIMITERS:
        # What comes by tab without a header (GDELT) does not quote: a quote mark is a letter there.
        begins = _opening(path, Dialect(delimiter=delimiter, quoted=delimiter != "\t"))
        dataset = recognise.headerless(begins.header, datasets)
        if dataset is not None:
            said = f"no header row: read as {dataset.title} by its {len(begins.header)} columns"
            return _Layout(
                dialect=begins.dialect,
                dataset=dataset,
                columns=dataset.headerless,
                skip=begins.first,
                heads=0,
                notes=(said,),
            )
    return None


def _one_column(header: Sequence[str], name: str) -> Problem:
    start = header[0][:60] if header else ""
    tried = ", ".join(DELIMITERS.values())
    return Problem(
        what="the first line is a single column: this is no table, or its delimiter is another",
        where=f'{name}, line 1: "{start}"',
        remedy=f"save it with commas between the cells ({tried} were tried)",
    )


def _read(
    connection: Any, plain: PlainTable, layout: _Layout, workspace: Path, name: str
) -> ir.Table:
    import duckdb

    path, cells = plain.path, len(layout.columns)
    # Where lines end in several ways the engine loses rows without a word: not to be tried.
    if plain.line_end is not None:
        with suppress(duckdb.Error):
            return _scanned(connection, path, layout, plain.line_end)
    if problems := delimited.faults(path, layout.dialect, cells=cells, name=name):
        raise InputError(*problems)
    again = delimited.rewritten(path, workspace / "again.csv", layout.dialect, cells=cells)
    try:
        return _scanned(connection, again, replace(layout, skip=layout.heads), "\n")
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        raise InputError(
            Problem(
                what=f"the table cannot be read: {said}",
                where=name,
                remedy="open it in a spreadsheet program and save it again as CSV",
            )
        ) from error


def _scanned(connection: Any, path: Path, layout: _Layout, line_end: str) -> ir.Table:
    quote = '"' if layout.dialect.quoted else ""
    cells = connection.read_csv(
        path,
        header=False,
        skip=layout.skip,
        delim=layout.dialect.delimiter,
        quote=quote,
        escape=quote,
        new_line=line_end.replace("\r", r"\r").replace("\n", r"\n"),
        columns={f"c{at}": "VARCHAR" for at in range(len(layout.columns))},
        auto_detect=False,
        max_line_size=ROW_LIMIT_BYTES,
    )
    used = _used(cells, layout)
    # The engine reads in parallel and keeps the order: a stored row's id is its place in the file.
    stored = connection.create_table(ibis.util.gen_name("raw"), cells.select(**used), temp=True)
    return stored.select((stored.rowid() + 1).name("row"), *used)


def _used(cells: ir.Table, layout: _Layout) -> Mapping[str, ir.Value]:
    places = recognise.spelled(layout.columns, layout.dataset)
    return {
        name: cells[f"c{places[name]}"] if name in places else ibis.null("string")
        for name in (*layout.dataset.required, *layout.dataset.optional)
    }
