"""A web archive (WARC, or WACZ, which is a zip of them): one page of it, and what else it holds."""

import contextlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any
from urllib.parse import urldefrag

from warcio.archiveiterator import WARCIterator

from wordkept.documents.encodings import encoding_named
from wordkept.documents.found import ArchivedPage, Found
from wordkept.documents.limits import (
    MOST_ARCHIVE_BYTES,
    MOST_PAGE_BYTES,
    MOST_RATIO,
    MOST_RECORDS,
    MOST_SOURCE_BYTES,
    MOST_UNPACKED_ARCHIVE_BYTES,
    SMALL_BYTES,
    check_size,
    too_much,
)
from wordkept.documents.zipped import damaged, opened_zip
from wordkept.errors import InputError, Problem, did_you_mean

ANSWERED = "200"
_BROKEN = (OSError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile)
"""What Python's zip reader raises at a damaged or locked file."""
_GZIP = b"\x1f\x8b"
_BLOCK = 1 << 16
_PAGES = ("text/html", "application/xhtml+xml")
_PAPERS = ("application/pdf", "text/plain")
_PACKINGS = ("", "identity", "gzip", "deflate")
"""Of an answer's Content-Encoding, those that the standard library unpacks; not "br"."""
_NAMED_MOST = 5
_LIST_BYTES = 1 << 20
"""Of a WACZ's list of pages that is looked at: its first line is enough."""

Inner = Callable[[ArchivedPage], Found]
"""What gives the text of a page that was found in an archive."""


@dataclass(slots=True)
class _Search:
    """What was seen of an archive so far, and the page that is wanted most of it."""

    wanted: tuple[str, ...]
    urls: list[str] = field(default_factory=list)
    best: ArchivedPage | None = None
    rank: int = 99
    records: int = 0
    packed: list[str] = field(default_factory=list)
    """Pages in a packing that is not read, each with it."""


def archive_text(
    path: Path, name: str, inner: Inner, *, wanted: str | None = None, likely: str | None = None
) -> Found:
    """The text of one page of a web archive, and in the remarks what other pages it holds.

    The page that is wanted; else the likely one; else the first that a WACZ lists; else the
    first HTML page that answered 200; else the first PDF or plain text that did. Raises
    InputError where the wanted page is not there, and where the archive is damaged or over a
    bound.
    """
    check_size(path.stat().st_size, MOST_ARCHIVE_BYTES, name)
    search = _Search(wanted=tuple(url for url in (wanted, likely) if url))
    cut = _searched(path, name, search)
    page = search.best
    if page is None:
        packed = ", ".join(search.packed[:_NAMED_MOST])
        what = f"no page that answered {ANSWERED}, and can be read, is in the archive"
        raise _no_page(name, what, f"unpack it first: {packed}" if packed else cut)
    if wanted and not _same(page.url, wanted):
        otherwise = f"it holds {', '.join(search.urls[:_NAMED_MOST])}"
        raise _no_page(f"{name}: {wanted}", "the archive does not hold that page",
                       did_you_mean(wanted, search.urls, otherwise=otherwise))  # fmt: skip
    found = inner(page)
    stated = replace(found.stated, url=page.url, captured_at=page.captured_at)
    remarks = (*_remarks(search, page), *([cut] if cut else []), *found.remarks)
    libraries = ("warcio", *found.libraries)
    return replace(found, libraries=libraries, remarks=remarks, stated=stated)


def _searched(path: Path, name: str, search: _Search) -> str | None:
    """Looks through every WARC; gives a remark where one breaks off."""
    try:
        if zipfile.is_zipfile(path):
            with opened_zip(path, MOST_UNPACKED_ARCHIVE_BYTES, name) as packed:
                return _searched_wacz(packed, name, search)
        with path.open("rb") as stream:
            return _searched_warc(stream, name, search)
    except _BROKEN as failure:
        raise damaged(name, f"the archive is damaged ({type(failure).__name__})") from None


def _searched_wacz(packed: zipfile.ZipFile, name: str, search: _Search) -> str | None:
    search.wanted += _listed_first(packed)
    cuts = []
    for member in sorted(packed.namelist()):
        if member.startswith("archive/") and member.endswith((".warc", ".warc.gz")):
            with packed.open(member) as stream:
                cuts.append(_searched_warc(stream, name, search))
    return next((cut for cut in cuts if cut), None)


def _listed_first(packed: zipfile.ZipFile) -> tuple[str, ...]:
    """The first page of a WACZ's own list, which is where its maker began."""
    try:
        with packed.open("pages/pages.jsonl") as stream:
            lines = stream.read(_LIST_BYTES).splitlines()
        items = [json.loads(line) for line in lines[:3]]
    except (KeyError, ValueError, RecursionError, *_BROKEN):
        return ()
    urls = (item.get("url") for item in items if isinstance(item, dict))
    return tuple(url for url in urls if isinstance(url, str))[:1]


def _searched_warc(stream: IO[bytes], name: str, search: _Search) -> str | None:
    mute = io.StringIO()
    unpacked = _Unpacked(stream, name)
    try:
        with contextlib.redirect_stderr(mute):  # warcio prints there what it stumbles on
            for record in WARCIterator(unpacked, check_digests=True):
                search.records += 1
                if search.records > MOST_RECORDS:
                    return f"only the first {MOST_RECORDS:,} records were looked at"
                _weigh(record, search)
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - a hostile archive may raise anything in warcio
        unpacked.cut = True
    return f"the archive breaks off after {search.records} records" if unpacked.cut else None


def _weigh(record: Any, search: _Search) -> None:
    """Keeps a record's page where it is wanted more than the one kept so far."""
    headers = record.rec_headers
    url = "".join(filter(str.isprintable, headers.get_header("WARC-Target-URI") or "")).strip("<> ")
    if record.rec_type not in {"response", "resource"} or not url:
        return
    answer = record.http_headers
    if answer is not None and answer.get_statuscode() != ANSWERED:
        return
    said = (answer or headers).get_header("Content-Type") or ""
    kind, _, rest = said.partition(";")
    kind = kind.strip().lower()
    if kind not in (*_PAGES, *_PAPERS):
        return
    search.urls.append(url)
    packing = (answer.get_header("Content-Encoding") or "") if answer is not None else ""
    if packing.strip().lower() not in _PACKINGS:
        search.packed.append(f"{url} ({packing})")
        return
    rank = _rank(url, kind, search)
    if rank >= search.rank:
        return
    content = _content(record, MOST_PAGE_BYTES if kind in _PAGES else MOST_SOURCE_BYTES)
    if content.strip():
        search.rank = rank
        search.best = ArchivedPage(
            url=url,
            captured_at=headers.get_header("WARC-Date") or "",
            kind=kind,
            charset=encoding_named(rest.partition("charset=")[2].strip(" \"'")),
            content=content,
            sound=getattr(record.digest_checker, "passed", None) is not False,
        )


def _rank(url: str, kind: str, search: _Search) -> int:
    for place, wanted in enumerate(search.wanted):
        if _same(url, wanted):
            return place
    return 10 if kind in _PAGES else 11


def _same(url: str, other: str) -> bool:
    return urldefrag(url).url.rstrip("/") == urldefrag(other).url.rstrip("/")


def _content(record: Any, most: int) -> bytes:
    content: bytes = record.content_stream().read(most + 1)
    while record.raw_stream.read(1 << 16):
        continue  # to its end, so that its digest is known
    return content


def _remarks(search: _Search, page: ArchivedPage) -> Iterator[str]:
    others = list(dict.fromkeys(url for url in search.urls if not _same(url, page.url)))
    if others:
        more = f" and {len(others) - _NAMED_MOST} more" if len(others) > _NAMED_MOST else ""
        yield (
            f"read from the archive: {page.url}; not read: {', '.join(others[:_NAMED_MOST])}{more}"
        )
    if search.packed:
        yield f"packed in a way that is not read: {', '.join(search.packed[:_NAMED_MOST])}"
    if search.urls.count(page.url) > 1:
        yield f"the archive holds {page.url} more than once; the first was read"
    if not page.sound:
        yield "the page's bytes do not have the digest that the archive gives for them"


def _no_page(where: str, what: str, remedy: str | None) -> InputError:
    otherwise = "capture the page again, and look at the archive before you read it"
    return InputError(Problem(what=what, where=where, remedy=remedy or otherwise))


class _Unpacked:
    """The bytes of a WARC, out of gzip where it is in it, until a bound is passed."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._waiting = stream.read(2)
        self._unpacker = _unpacker() if self._waiting == _GZIP else None
        self._taken = len(self._waiting)
        self._given = 0
        self._name = name
        self.cut = False
        """Whether it ended inside a packing."""

    def read(self, size: int) -> bytes:
        """At most so many bytes, and none at the end; raises InputError past a bound."""
        piece = b""
        while not piece:
            packed = self._next()
            if self._unpacker is None or self._unpacker.eof:
                piece = packed
            else:
                piece = self._unpacker.decompress(packed, size)
                self._waiting = self._unpacker.unconsumed_tail or self._unpacker.unused_data
                self.cut = not (packed or piece or self._unpacker.eof)
            if not packed:
                break
        self._given += len(piece)
        self._check()
        return piece

    def tell(self) -> int:
        """How many bytes were given."""
        return self._given

    def _next(self) -> bytes:
        """More of the packed bytes; a packing may follow another."""
        packed, self._waiting = self._waiting, b""
        if not packed:
            packed = self._stream.read(_BLOCK)
            self._taken += len(packed)
        if self._unpacker is not None and self._unpacker.eof:
            packed = packed.lstrip(b"\0")
            self._unpacker = _unpacker() if packed else self._unpacker
        return packed

    def _check(self) -> None:
        if self._given > MOST_UNPACKED_ARCHIVE_BYTES:
            most = f"{MOST_UNPACKED_ARCHIVE_BYTES:,}"
            raise too_much(f"it unpacks to more than {most} bytes", self._name)
        if self._given > max(SMALL_BYTES, self._taken * MOST_RATIO):
            what = f"it unpacks to over {MOST_RATIO} times its size: it is made to fill a disk"
            raise too_much(what, self._name, "capture the page again")


def _unpacker() -> Any:
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
