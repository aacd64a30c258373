"""Documents made for these tests, byte by byte, and a folder to capture them in."""

import gzip
import io
import zipfile
from base64 import b32encode
from collections.abc import Callable, Iterable
from hashlib import sha1
from pathlib import Path

import pytest

from wordkept.documents.capture import Provenance, capture
from wordkept.model import Document

Captured = Callable[..., Document]
MakePdf = Callable[..., bytes]
MakeDocx = Callable[..., bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where captures stand."""
    return tmp_path / "documents"


@pytest.fixture
def captured(folder: Path) -> Captured:
    """Captures some bytes under a name; `said` is of Provenance."""

    def make(content: bytes, name: str, **said: str) -> Document:
        source = folder.parent / name
        source.write_bytes(content)
        how = Provenance(captured_at="2026-11-23T04:05:06Z", tool="by hand", **said)  # type: ignore[arg-type]
        return capture(source, folder, how)

    return make


def pdf(
    pages: Iterable[Iterable[str]], info: str = "", stream: bytes | None = None, filters: str = ""
) -> bytes:
    """A PDF whose every character is its own code, each page some lines of text."""
    texts = [list(lines) for lines in pages]
    seen = sorted({character for lines in texts for line in lines for character in line})
    table = "\n".join(f"<{ord(one):04X}> <{one.encode('utf-16-be').hex().upper()}>" for one in seen)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(seen)} beginbfchar\n{table}\nendbfchar\nendcmap end end"
    ).encode()
    parts: list[bytes] = [b""] * 5
    kids = []
    for lines in texts:
        shown = "".join(
            f"1 0 0 1 72 {720 - 14 * row} Tm <{''.join(f'{ord(c):04X}' for c in line)}> Tj\n"
            for row, line in enumerate(lines)
        )
        content = stream if stream is not None else f"BT /F1 12 Tf\n{shown}ET".encode()
        parts.append(b"<< /Length %d %s >>\nstream\n%s\nendstream"
                     % (len(content), filters.encode(), content))  # fmt: skip
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(parts)
        )
        kids.append(b"%d 0 R" % len(parts))
    parts[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    parts[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    parts[2] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] "
        b"/ToUnicode 4 0 R >>"
    )
    parts[3] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap)
    parts[4] = b"<< %s >>" % info.encode()
    return _numbered(parts)


def _numbered(parts: list[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = len(out)
    size = len(parts) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, rows, size, end)
    )


def docx(paragraphs: Iterable[str], **facts: str) -> bytes:
    """A DOCX with some paragraphs, by python-docx."""
    import docx as library

    document = library.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for name, fact in facts.items():
        setattr(document.core_properties, name, fact)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def warc(
    answers: Iterable[tuple[str, str, str, bytes]], *, packed: bool = False, headers: str = ""
) -> bytes:
    """A WARC of answers, each an address, a status, a media type and its bytes."""
    out = b""
    for url, status, kind, body in answers:
        digest = b32encode(sha1(body, usedforsecurity=False).digest()).decode()
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body
        record = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2016-03-14T20:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
            f"WARC-Payload-Digest: sha1:{digest}\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        ).encode() + answer + b"\r\n\r\n"  # fmt: skip
        out += gzip.compress(record, mtime=0) if packed else record
    return out


def wacz(archives: dict[str, bytes], first: str | None = None) -> bytes:
    """A WACZ of WARCs, with its list of pages where a first one is given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("datapackage.json", "{}")
        for name, content in archives.items():
            packed.writestr(f"archive/{name}", content)
        if first:
            listed = f'{{"format": "json-pages-1.0"}}\n{{"url": "{first}"}}\n'
            packed.writestr("pages/pages.jsonl", listed)
    return out.getvalue()


@pytest.fixture
def make_pdf() -> MakePdf:
    """Makes a PDF."""
    return pdf


@pytest.fixture
def make_docx() -> MakeDocx:
    """Makes a DOCX."""
    return docx


@pytest.fixture
def make_warc() -> Callable[..., bytes]:
    """Makes a WARC."""
    return warc


@pytest.fixture
def make_wacz() -> Callable[..., bytes]:
    """Makes a WACZ."""
    return wacz
