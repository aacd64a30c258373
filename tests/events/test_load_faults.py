"""Each broken file is refused in three lines, exit by InputError, and nothing is left behind."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from wordkept.errors import InputError, Problem
from wordkept.events.releases import LoadOptions, load_release

OPTIONS = LoadOptions(loaded_at="2026-01-01T00:00:00Z")
HEADER = b"day,series,n\n"
GOOD = b"2016-03-01,Homs,3\n2016-03-02,Homs,4\n"
MANY = b"".join(b"2016-03-01,place %d,3\n" % number for number in range(2000))
PACKED = gzip.compress(HEADER + MANY)


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


FAULTS: dict[str, tuple[bytes, str, str, str]] = {
    "empty": (b"", "the file is empty", "file.csv", "download"),
    "header only": (HEADER, "column names but no rows", "file.csv", "empty selection"),
    "header and tags only": (HEADER + b"#date,#x,#y\n", "no rows", "file.csv", "export"),
    "wrong delimiter": (
        (HEADER + GOOD).replace(b",", b"^"),
        "the first line is a single column",
        'line 1: "day^series^n"',
        "comma, semicolon, tab, pipe were tried",
    ),
    "open quote at the end": (
        HEADER + GOOD + b'2016-03-03,"Ho',
        "opened and never closed",
        "line 4",
        "download the file again",
    ),
    "open quote in the middle": (
        HEADER + b'2016-03-03,"Homs,3\n' + MANY,
        "opened and never closed",
        "line 2",
        "close the quote",
    ),
    "open quote that swallows much": (
        HEADER + b'2016-03-03,"Homs,3\n' + MANY * 30,
        "opened and never closed",
        "line 2",
        "close the quote",
    ),
    "last line cut short": (
        HEADER + GOOD + b"2016-03-03,Ho",
        "breaks off in its last line: 2 of 3 cells",
        "line 4",
        "download it again",
    ),
    "quote in a quoted cell": (
        HEADER + b'2016-03-03,"Ho"ms",3\n',
        "text follows the closing quote",
        "line 2",
        "twice",
    ),
    "truncated gzip": (PACKED[:-300], "cut short or damaged", "file.csv", "checksum"),
    "gzip with a flipped byte": (
        PACKED[:-6] + bytes([PACKED[-6] ^ 1]) + PACKED[-5:],
        "cut short or damaged",
        "file.csv",
        "download it again",
    ),
    "truncated zip": (zipped(a_csv=HEADER + MANY)[:-30], "cut short", "file.csv", "download"),
    "zip of two tables": (
        zipped(a_csv=HEADER, b_csv=HEADER),
        "the zip holds 2 tables",
        "a.csv, b.csv",
        "one by one",
    ),
    "zip of no table": (zipped(a_doc=b"x"), "the zip holds 0 tables", "a.doc", "unpack"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "not a table but a PDF document", "file.csv", "XLSX"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture", "file.csv", "CSV"),
    "a Parquet file": (b"PAR1\x15\x04", "a Parquet file", "file.csv", "CSV"),
    "a web page": (b"\n<!DOCTYPE html><html>", "a web page", "file.csv", "log-in"),
    "JSON": (b'[{"day": 1}]', "JSON text", "file.csv", "CSV"),
    "a broken workbook": (
        zipped(xl_workbook_xml=b"x").replace(b"xl.workbook.xml", b"xl/workbook.xml"),
        "the workbook cannot be read",
        "file.csv",
        "save it again",
    ),
    "a NUL": (
        HEADER + GOOD + b"2016-03-03,Ho\0ms,3\n",
        "a NUL byte",
        "line 4, byte 62",
        "export it again",
    ),
    "UTF-16 without a mark": (
        (HEADER + GOOD).decode().encode("utf-16-le"),
        "looks like UTF-16",
        "file.csv",
        "UTF-8",
    ),
    "a cell of 10 MB": (
        HEADER + GOOD + b"2016-03-03," + b"x" * 10_000_000 + b",3\n",
        "more than 1,000,000 characters",
        "line 4",
        "look at that line",
    ),
    "a row of 2 MB": (
        b"day,series,n,notes\n2016-03-03," + b"x" * 700_000 + b",3," + b"y" * 800_000 + b"\n",
        "longer than 1,000,000 bytes: its cell 4 alone holds 800,000",
        "line 2",
        "look at that line",
    ),
    "mixed encodings": (
        HEADER + "2016-03-01,Dér,1\n".encode() + "2016-03-02,Dér,1\n".encode("cp1252"),
        "mixes two encodings",
        "line 3, byte 43",
        "save the file as UTF-8",
    ),
    "no encoding at all": (HEADER + b"2016-03-01,H\x81ms,1\n", "no encoding", "line 2", "UTF-8"),
    "too few cells": (
        HEADER + b"2016-03-01,3\n" + GOOD + b"2016-03-01,Homs,3,x\n" * 9,
        "10 rows have more or fewer cells than the header, which has 3",
        "line 2 has 2, line 5 has 4, line 6 has 4, line 7 has 4, line 8 has 4, and 5 more",
        "export or download",
    ),
    "the same name twice": (
        b"day,series,n,Day\n2016-03-01,Homs,3,x\n",
        'the same name: "day"',
        "header",
        "a name of its own",
    ),
    "a column renamed": (
        b"days,series,n\n" + GOOD,
        "no dataset that wordkept knows",
        '"days", "series", "n"',
        '"day" (is it "days" here?)',
    ),
    "columns of nobody": (b"a,b,c\n1,2,3\n", "no dataset that wordkept", '"a"', "load --map"),
    "no row to load": (
        HEADER + b"soon,Homs,3\nlater,Homs,3\n2016-03-01,Homs,many\n",
        "none of the 3 rows can be loaded: 2 because day cannot be read as a date (row 1: soon)",
        "file.csv",
        "mend these cells",
    ),
}


def refusal(source: Path, folder: Path) -> Problem:
    with pytest.raises(InputError) as caught:
        load_release(source, folder, OPTIONS)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_file_is_refused_in_three_lines(fault: str, tmp_path: Path) -> None:
    content, what, where, remedy = FAULTS[fault]
    source, folder = tmp_path / "file.csv", tmp_path / "events"
    folder.mkdir()
    source.write_bytes(content)
    problem = refusal(source, folder)
    assert what in problem.what
    assert where in problem.where
    assert remedy in problem.remedy
    assert "\n" not in problem.what + problem.where + problem.remedy
    assert len(str(problem)) < 900
    assert list(folder.iterdir()) == []
    assert source.read_bytes() == content


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "events"
    assert refusal(tmp_path / "no.csv", folder).what == "there is no such file"
    assert refusal(tmp_path, folder).what == "this is a folder, not a file"
    assert not folder.exists()


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "file.csv"
    source.write_bytes(HEADER + GOOD)
    opened = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self == source:
            raise PermissionError(13, "Permission denied", str(self))
        plain: Callable[..., object] = opened
        return plain(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    problem = refusal(source, tmp_path / "events")
    assert problem.what == "the file cannot be read: Permission denied"
    assert "permissions" in problem.remedy
