"""From whatever a user was sent (CSV, gzip, zip, workbook) to one plain UTF-8 text table."""

import codecs
import gzip
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from wordkept.errors import InputError, Problem
from wordkept.events import spreadsheet

CHUNK_BYTES = 1 << 20
HEAD_BYTES = 4096
DEEPEST = 3  # a zip in a gzip in a zip is a mistake, or an attack

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"%PDF", "a PDF document"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a Windows program"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"ARROW1", "an Arrow file"),
    (b"\xff\xfe\x00\x00", "UTF-32 text"),
    (b"\x00\x00\xfe\xff", "UTF-32 text"),
)
WEB_PAGE = re.compile(rb"\s*<(!doctype html|html|\?xml|head|body)", re.IGNORECASE)
JSON_TEXT = re.compile(rb"\s*[\[{]\s*[\[{\"]")
HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".tab", ".gz", ".xlsx", ".xls", ".ods")
REMEDIES = {
    "a web page": "download it again: a site often sends a page where it wants a log-in",
    "JSON text": "ask the publisher for CSV; wordkept does not read JSON",
    "UTF-32 text": "save it again as UTF-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTable:
    """A text table on disk in UTF-8, without NULs, and what had to be done to get it."""

    path: Path
    line_end: str | None = "\n"
    """What ends every line; None where it is not the same throughout, cells included."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scan:
    """What one look at every byte of a file without NULs has shown."""

    bad: int | None
    """The offset of the first byte that is not UTF-8."""
    line_end: str | None


def plain_table(source: Path, workspace: Path, *, sheet: str | None = None) -> PlainTable:
    """The one table inside a file, as plain UTF-8 text: the file itself, or a copy in `workspace`.

    Raises InputError where the file is missing, empty, damaged, or no table.
    """
    _check_openable(source)
    path, notes = source, ()
    for depth in range(DEEPEST + 1):
        kind = looks_like(path)
        if kind == "text":
            return _as_utf8(path, source, workspace, notes)
        if kind == "workbook" or (kind == "zip" and spreadsheet.is_workbook(path)):
            target = workspace / f"{depth}.csv"
            used = spreadsheet.write_csv(path, target, sheet=sheet, name=source.name)
            note = f'read from the sheet "{used}"'
            return PlainTable(path=target, notes=(*notes, note))
        if kind not in {"gzip", "zip"}:
            raise InputError(_not_a_table(source, kind))
        unpack = _gunzip if kind == "gzip" else _unzip
        path = unpack(path, workspace / f"{depth}.unpacked", source)
    raise InputError(_not_a_table(source, f"an archive packed more than {DEEPEST} times"))


def looks_like(path: Path) -> str:
    """What the first bytes say a file is: `text`, `gzip`, `zip`, `workbook`, or a phrase."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[257:262] == b"ustar":
        return "a tar archive"
    if WEB_PAGE.match(head.removeprefix(codecs.BOM_UTF8)):
        return "a web page"
    return "JSON text" if JSON_TEXT.match(head.removeprefix(codecs.BOM_UTF8)) else "text"


def _not_a_table(source: Path, kind: str) -> Problem:
    otherwise = "give a CSV, TSV, XLSX or ODS file, or one of these in .gz or .zip"
    return Problem(
        what=f"this is not a table but {kind}",
        where=source.name,
        remedy=REMEDIES.get(kind, otherwise),
    )


def _check_openable(source: Path) -> None:
    what, remedy = "", "give the path of one file"
    try:
        if source.is_dir():
            what = "this is a folder, not a file"
        elif not source.exists():
            what, remedy = "there is no such file", "check the path and the spelling"
        elif not source.is_file():
            what = "this is not an ordinary file"
        else:
            with source.open("rb") as stream:
                if not stream.read(1):
                    what, remedy = "the file is empty", "download or export it again"
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        remedy = "check its permissions, and that its disk is there"
    if what:
        raise InputError(Problem(what=what, where=str(source), remedy=remedy))


def _gunzip(path: Path, target: Path, source: Path) -> Path:
    with gzip.open(path, "rb") as packed:
        _copy(packed, target, source)
    return target


def _unzip(path: Path, target: Path, source: Path) -> Path:
    try:
        with zipfile.ZipFile(path) as archive:
            member = _only_table(archive, source)
            with archive.open(member) as packed:
                _copy(packed, target, source)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        # RuntimeError is what zipfile raises for a member under a password.
        raise InputError(_damaged(source, str(error))) from error
    return target


def _only_table(archive: zipfile.ZipFile, source: Path) -> zipfile.ZipInfo:
    files = [
        member
        for member in archive.infolist()
        if not member.is_dir() and not member.filename.startswith("__MACOSX/")
    ]
    tables = [member for member in files if member.filename.lower().endswith(TABLE_ENDINGS)]
    if len(tables) == 1:
        return tables[0]
    names = ", ".join(member.filename for member in (tables or files)[:5]) or "nothing"
    raise InputError(
        Problem(
            what=f"the zip holds {len(tables)} tables, and one was expected",
            where=f"{source.name}: {names}",
            remedy="unpack it and load the files one by one",
        )
    )


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, source: Path) -> None:
    try:
        with target.open("wb") as stream:
            shutil.copyfileobj(packed, stream, CHUNK_BYTES)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise InputError(_damaged(source, str(error))) from error
    if target.stat().st_size == 0:
        raise InputError(
            Problem(what="the packed file is empty", where=source.name, remedy="download it again")
        )


def _damaged(source: Path, why: str) -> Problem:
    return Problem(
        what=f"the packed file is cut short or damaged ({why.rstrip('.')})",
        where=source.name,
        remedy="download it again, and compare its size or checksum with the publisher's",
    )


def _as_utf8(path: Path, source: Path, workspace: Path, notes: tuple[str, ...]) -> PlainTable:
    with path.open("rb") as stream:
        head = stream.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _transcoded(path, "utf-16", source, workspace, (*notes, "read as UTF-16"))
    scan = _scan(path, source)
    if scan.bad is None:
        return PlainTable(path=path, line_end=scan.line_end, notes=notes)
    line = _line_of(path, scan.bad)
    if head.startswith(codecs.BOM_UTF8) or _holds_utf8(path):
        raise InputError(
            Problem(
                what="the file mixes two encodings: most of it is UTF-8, but not this byte",
                where=f"{source.name}, line {line}, byte {scan.bad}",
                remedy="open that line in an editor, mend it, and save the file as UTF-8",
            )
        )
    said = (
        f"not UTF-8 (line {line}, byte {scan.bad}): read as Windows-1252; "
        "if names look wrong, save the file as UTF-8 and load it again"
    )
    return _transcoded(path, "cp1252", source, workspace, (*notes, said))


def _chunks(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    offset = 0
    while chunk := stream.read(CHUNK_BYTES):
        yield offset, chunk
        offset += len(chunk)


def _scan(path: Path, source: Path) -> _Scan:
    """Raises InputError at a NUL."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    bad: int | None = None
    feeds = returns = pairs = 0
    last = b""
    with path.open("rb") as stream:
        for offset, chunk in _chunks(stream):
            if (nul := chunk.find(0)) >= 0:
                raise InputError(_nul(path, source, offset + nul))
            feeds += chunk.count(b"\n")
            returns += chunk.count(b"\r")
            pairs += chunk.count(b"\r\n") + (last + chunk[:1] == b"\r\n")
            last = chunk[-1:]
            pending = len(decoder.getstate()[0])
            if bad is not None or (not pending and chunk.isascii()):
                continue
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                bad = offset - pending + error.start
    if bad is None and (pending := len(decoder.getstate()[0])):
        bad = path.stat().st_size - pending
    return _Scan(bad=bad, line_end=_line_end(feeds, returns, pairs))


def _line_end(feeds: int, returns: int, pairs: int) -> str | None:
    r"""What ends the lines of a file with so many line feeds, carriage returns and pairs of them.

    >>> _line_end(10, 0, 0), _line_end(10, 10, 10), _line_end(10, 1, 1)
    ('\n', '\r\n', None)
    """
    if returns == 0:
        return "\n"
    if feeds == 0:
        return "\r"
    return "\r\n" if feeds == returns == pairs else None


def _nul(path: Path, source: Path, offset: int) -> Problem:
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if max(head[::2].count(0), head[1::2].count(0)) > len(head) / 4:
        return Problem(
            what="the file looks like UTF-16 text without the mark that says so",
            where=source.name,
            remedy="save it again as UTF-8",
        )
    return Problem(
        what="the file holds a NUL byte, which no text table does: it is damaged or binary",
        where=f"{source.name}, line {_line_of(path, offset)}, byte {offset}",
        remedy="download or export it again",
    )


def _line_of(path: Path, offset: int) -> int:
    line = 1
    with path.open("rb") as stream:
        for start, chunk in _chunks(stream):
            line += chunk.count(b"\n", 0, max(0, offset - start))
            if start + len(chunk) > offset:
                break
    return line


def _holds_utf8(path: Path) -> bool:
    """Whether any run of high bytes is well-formed UTF-8, which Windows-1252 hardly ever is."""
    with path.open("rb") as stream:
        return any(_well_formed(run) for line in stream for run in HIGH_BYTES.findall(line))


def _well_formed(run: bytes) -> bool:
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _transcoded(
    path: Path, encoding: str, source: Path, workspace: Path, notes: tuple[str, ...]
) -> PlainTable:
    target = workspace / "utf8.csv"
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream, target.open("wb") as out:
        for offset, chunk in _chunks(stream):
            pending = len(decoder.getstate()[0])
            try:
                out.write(decoder.decode(chunk).encode("utf-8"))
            except UnicodeError as error:
                at = offset - pending + getattr(error, "start", 0)
                raise InputError(_no_encoding(path, source, at)) from error
        try:
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            raise InputError(_no_encoding(path, source, path.stat().st_size)) from error
    return PlainTable(path=target, line_end=_scan(target, source).line_end, notes=notes)


def _no_encoding(path: Path, source: Path, offset: int) -> Problem:
    return Problem(
        what="the text is in no encoding that wordkept reads (UTF-8, UTF-16, Windows-1252)",
        where=f"{source.name}, line {_line_of(path, offset)}, byte {offset}",
        remedy="save it again as UTF-8",
    )
