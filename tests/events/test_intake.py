"""Whatever way a table is packed, quoted or encoded, every row arrives, numbered, as text."""

import codecs
import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wordkept.events import delimited, engine
from wordkept.events.delimited import Dialect
from wordkept.events.intake import Intake, take_in
from wordkept.events.schema import Dataset, Fields
from wordkept.model import PublicationRule

Read = Callable[..., list[tuple[Any, ...]]]


def _no_fields(_raw: ir.Table) -> Fields:
    return {}


PLAIN = Dataset(
    name="plain",
    layout="three columns",
    title="Plain",
    citation="made up",
    licence="made up",
    publication=PublicationRule(allows="nothing"),
    required=("Id", "Day", "Place"),
    optional=("Deaths",),
    headerless=("Id", "Day", "Place", "Lat", "Lon"),
    fields=_no_fields,
)
HEADER = "id,DAY, place \n"
ROWS = '1,2016-03-01,Homs\n2,2016-03-02,"Deir, ez-Zor"\n3,,"two\nlines"\n'
EXPECTED = [
    (1, "1", "2016-03-01", "Homs", None),
    (2, "2", "2016-03-02", "Deir, ez-Zor", None),
    (3, "3", None, "two\nlines", None),
]


@pytest.fixture(scope="module")
def connection() -> Any:
    return engine.connect()


@pytest.fixture
def intake(connection: Any, tmp_path: Path) -> Callable[[Path], Intake]:
    def read(path: Path, **kwargs: Any) -> Intake:
        space = tmp_path / "space"
        space.mkdir(exist_ok=True)
        return take_in(path, connection, datasets=(PLAIN,), workspace=space, **kwargs)

    return read


def rows(taken: Intake) -> list[tuple[Any, ...]]:
    table = taken.table.order_by("row").to_pyarrow()
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def zipped(members: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


TEXT = HEADER + ROWS
PACKED = {
    "plain.csv": TEXT.encode(),
    "bom.csv": codecs.BOM_UTF8 + TEXT.encode(),
    "utf16.csv": TEXT.encode("utf-16"),
    "utf16be.csv": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "windows.csv": TEXT.replace("\n", "\r\n").replace("two\r\n", "two\n").encode(),
    "no-last-line-end.csv": TEXT.rstrip("\n").encode(),
    "packed.csv.gz": gzip.compress(TEXT.encode()),
    "two-members.csv.gz": gzip.compress(HEADER.encode()) + gzip.compress(ROWS.encode()),
    "ged261-csv.zip": zipped({"__MACOSX/._a.csv": "x", "readme.md": "x", "a.csv": TEXT}),
    "gzip-in-disguise.csv": gzip.compress(TEXT.encode()),
    "it's [odd] *.csv": TEXT.encode(),
    "حمص.csv": TEXT.encode(),
    "blank-lines.csv": ("\n\n" + HEADER + "\n" + ROWS.replace("\n2,", "\n\n2,") + "\n\n").encode(),
    "mixed-line-ends.csv": TEXT.replace("Homs\n", "Homs\r\n").encode(),
    "old-mac.csv": TEXT.replace("two\n", "two@").replace("\n", "\r").replace("@", "\n").encode(),
    "return-in-header-cell.csv": (
        'id,day,place,"o\r\nther"\n'
        + ROWS.replace("\n2", ",\n2").replace("\n3", ",\n3").replace('lines"', 'lines",')
    ).encode(),
    "trailing-comma.csv": TEXT.replace("Homs\n", "Homs,\n").encode(),
    "extra-column.csv": b'other,place,day,id\nx,Homs,2016-03-01,1\n,"Deir, ez-Zor",2016-03-02,2\n'
    b',"two\nlines",,3\n',
}


@pytest.mark.parametrize("name", PACKED)
def test_every_packing_gives_the_same_rows(
    name: str, intake: Callable[[Path], Intake], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(PACKED[name])
    assert rows(intake(path)) == EXPECTED


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_header(
    delimiter: str, intake: Callable[[Path], Intake], tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerows([["Id", "Day", "Place", "a,b;c|d"], ["1", "2016-03-01", "x,y;z|w", ""]])
    assert rows(intake(path)) == [(1, "1", "2016-03-01", "x,y;z|w", None)]


def test_a_row_of_hxl_tags_is_no_row(intake: Callable[[Path], Intake], tmp_path: Path) -> None:
    path = tmp_path / "hxl.csv"
    path.write_text("Id,Day,Place\n#event+code,#date+occurred,\n" + ROWS, encoding="utf-8")
    taken = intake(path)
    assert rows(taken) == EXPECTED
    assert taken.notes == ("skipped the row of HXL tags under the header",)


def test_hxl_and_mixed_line_ends_together(intake: Callable[[Path], Intake], tmp_path: Path) -> None:
    path = tmp_path / "hxl.csv"
    path.write_bytes(b"\nId,Day,Place\r\n#a,#b,#c\n" + ROWS.encode())
    assert rows(intake(path)) == EXPECTED


def test_a_hash_in_the_first_row_is_not_hxl(
    intake: Callable[[Path], Intake], tmp_path: Path
) -> None:
    path = tmp_path / "hash.csv"
    path.write_text("Id,Day,Place\n#1,2016-03-01,Homs\n", encoding="utf-8")
    assert rows(intake(path)) == [(1, "#1", "2016-03-01", "Homs", None)]


def test_a_file_without_header_is_told_by_its_width(
    intake: Callable[[Path], Intake], tmp_path: Path
) -> None:
    path = tmp_path / "20160315.export.CSV"
    path.write_text('1\t20160315\t"quoted\t35.5\t36.1\n2\t20160316\tb\t35.5\t36.1\n')
    taken = intake(path)
    assert rows(taken) == [(1, "1", "20160315", '"quoted', None), (2, "2", "20160316", "b", None)]
    assert "no header row" in taken.notes[0]


def test_windows_1252_is_read_and_said(intake: Callable[[Path], Intake], tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("Id,Day,Place\n1,2016-03-01,Café “x”\n".encode("cp1252"))
    taken = intake(path)
    assert rows(taken)[0][3] == "Café “x”"
    assert "line 2, byte 29" in taken.notes[0]
    assert "Windows-1252" in taken.notes[0]


def test_cells_keep_what_stands_in_them(intake: Callable[[Path], Intake], tmp_path: Path) -> None:
    path = tmp_path / "cells.csv"
    path.write_text('Id,Day,Place\n001,NULL," a ""b"" "\n1e5,NA,حمص\n', encoding="utf-8")
    assert rows(intake(path)) == [
        (1, "001", "NULL", ' a "b" ', None),
        (2, "1e5", "NA", "حمص", None),
    ]


def test_rows_keep_their_number_when_read_in_parallel(
    intake: Callable[[Path], Intake], tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    filler = "x" * 60
    lines = (f"{number},2016-03-01,{filler}\n" for number in range(1, 400_001))
    path.write_text("Id,Day,Place\n" + "".join(lines))
    table = intake(path).table
    assert table.filter(table.row.cast("string") != table.Id).count().to_pyarrow().as_py() == 0
    assert table.count().to_pyarrow().as_py() == 400_000


CELL = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x85\u2028\u2029"),
    max_size=8,
) | st.sampled_from(['"', '""', ",", ";", "a\nb", "a\r\nb", "x,y", "'"])


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8))
def test_what_was_written_is_what_is_read(
    connection: Any, tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    path = folder / "law.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerows([("Id", "Day", "Place"), *(("1", *pair) for pair in cells)])
    taken = take_in(path, connection, datasets=(PLAIN,), workspace=folder)
    expected = [
        (at, "1", day or None, place or None, None) for at, (day, place) in enumerate(cells, 1)
    ]
    assert rows(taken) == expected


def test_the_slow_way_reads_what_the_engine_reads(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_bytes(b'\xef\xbb\xbfa,b\r\n"x,1","q""q"\n\n1,2,\n')
    delimited.rewritten(path, copy, Dialect(delimiter=","), cells=2)
    assert copy.read_text() == 'a,b\n"x,1","q""q"\n1,2\n'
    assert delimited.faults(path, Dialect(delimiter=","), cells=2, name="a.csv") == ()
