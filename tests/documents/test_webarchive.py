"""A web archive gives one page, the one that is wanted, and names the others."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from wordkept.documents.extract import Extracted, described, extract
from wordkept.documents.media import WACZ, WARC
from wordkept.errors import InputError
from wordkept.model import Document

Captured = Callable[..., Document]
Make = Callable[..., bytes]
FIRST, SECOND, PAPER = (f"https://example.org/{name}" for name in ("first", "second", "paper"))


def page(said: str) -> bytes:
    more = f"<p>{said} It was said on the day, by the one who leads them, and by nobody else.</p>"
    return f"<!doctype html><html><body><article>{more * 4}</article></body></html>".encode()


ANSWERS = [
    ("https://example.org/", "301 Moved", "text/html", page("Nothing.")),
    ("https://example.org/gone", "404 Not Found", "text/html", page("Nothing.")),
    ("https://example.org/style", "200 OK", "text/css", b"p { color: red }"),
    (PAPER, "200 OK", "text/plain; charset=koi8-r", "Войска уйдут.".encode("koi8-r")),
    (FIRST, "200 OK", "text/html; charset=utf-8", page("We will leave.")),
    (SECOND, "200 OK", "text/html", page("We will stay.")),
    (SECOND, "200 OK", "text/html", page("We said so later.")),
]


@pytest.fixture
def of_archive(captured: Captured, folder: Path) -> Callable[..., Extracted]:
    def read(content: bytes, page: str | None = None, **said: str) -> Extracted:
        document = captured(content, "a.wacz", **said)
        assert document.media_type in {WARC, WACZ}
        return extract(document, folder, page=page)

    return read


def refused(of_archive: Callable[..., Extracted], content: bytes, page: str | None = None) -> str:
    with pytest.raises(InputError) as caught:
        of_archive(content, page)
    (problem,) = caught.value.problems
    assert len(str(problem).splitlines()) == 3
    return f"{problem.what} | {problem.remedy}"


@pytest.mark.parametrize("packed", [False, True])
def test_the_first_page_that_answered_is_read_and_the_others_are_named(
    of_archive: Callable[..., Extracted], make_warc: Make, packed: bool
) -> None:
    found = of_archive(make_warc(ANSWERS, packed=packed))
    assert found.text.startswith("We will leave. It was said")
    assert found.url == FIRST
    assert found.captured_at == "2016-03-14T20:00:00Z"
    assert found.record.remarks == (f"read from the archive: {FIRST}; not read: {PAPER}, {SECOND}",)
    assert found.record.extractor.startswith("wordkept 1, warcio ")


def test_one_packing_of_many_records_is_read_too(
    of_archive: Callable[..., Extracted], make_warc: Make
) -> None:
    assert of_archive(gzip.compress(make_warc(ANSWERS))).url == FIRST


def test_the_page_that_is_named_is_read(
    of_archive: Callable[..., Extracted], make_warc: Make
) -> None:
    content = make_warc(ANSWERS)
    found = of_archive(content, SECOND + "#top")
    assert found.text.startswith("We will stay.")
    assert f"the archive holds {SECOND} more than once; the first was read" in found.record.remarks
    assert of_archive(content, url=SECOND).url == SECOND
    assert of_archive(content, url="https://example.org/elsewhere.warc").url == FIRST
    paper = of_archive(content, PAPER)
    assert paper.text == "Войска уйдут."
    said = refused(of_archive, content, "https://example.org/secnd")
    assert "does not hold that page" in said
    assert f'did you mean "{SECOND}"?' in said


def test_a_wacz_begins_where_its_maker_began(
    of_archive: Callable[..., Extracted], make_warc: Make, make_wacz: Make
) -> None:
    parts = {"b.warc.gz": make_warc(ANSWERS[:5], packed=True), "c.warc": make_warc(ANSWERS[5:])}
    assert of_archive(make_wacz(parts)).url == FIRST
    assert of_archive(make_wacz(parts, first=SECOND)).url == SECOND
    assert of_archive(make_wacz(parts, first=SECOND), FIRST).url == FIRST


def test_a_pdf_in_an_archive_is_read_where_there_is_no_page(
    of_archive: Callable[..., Extracted], make_warc: Make, make_pdf: Make
) -> None:
    content = make_warc([(PAPER, "200 OK", "application/pdf", make_pdf([["We will leave."]]))])
    found = of_archive(content)
    assert (found.text, found.record.pages) == ("We will leave.", (0,))


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress),
        (
            "Transfer-Encoding: chunked\r\n",
            lambda body: b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body),
        ),
    ],
)
def test_a_packed_answer_is_unpacked(
    of_archive: Callable[..., Extracted],
    make_warc: Make,
    headers: str,
    pack: Callable[[bytes], bytes],
) -> None:
    answer = (FIRST, "200 OK", "text/html", pack(page("We will leave.")))
    assert of_archive(make_warc([answer], headers=headers)).text.startswith("We will leave.")


def test_a_packing_that_is_not_read_is_named(
    of_archive: Callable[..., Extracted], make_warc: Make
) -> None:
    content = make_warc(ANSWERS[4:5], headers="Content-Encoding: br\r\n")
    assert f"unpack it first: {FIRST} (br)" in refused(of_archive, content)


def test_a_page_without_its_digest_is_said_to_be(
    of_archive: Callable[..., Extracted], make_warc: Make
) -> None:
    content = make_warc(ANSWERS[4:5]).replace(b"We will leave.", b"We will leeve.")
    remarks = of_archive(content).record.remarks
    assert "the page's bytes do not have the digest that the archive gives for them" in remarks
    assert of_archive(make_warc(ANSWERS[4:5])).record.remarks == ()


def test_an_archive_without_a_page_is_said_to_be(
    of_archive: Callable[..., Extracted], make_warc: Make
) -> None:
    assert "no page that answered 200" in refused(of_archive, make_warc(ANSWERS[:3]))


def test_an_archive_that_breaks_off_gives_what_came_before(
    of_archive: Callable[..., Extracted], make_warc: Make
) -> None:
    content = make_warc(ANSWERS, packed=True)
    found = of_archive(content[:-40])
    assert found.url == FIRST
    assert any("breaks off" in remark for remark in found.record.remarks)
    assert "no page" in refused(of_archive, content[:300])


def test_a_bomb_is_not_unpacked(
    of_archive: Callable[..., Extracted], make_warc: Make, capfd: pytest.CaptureFixture[str]
) -> None:
    zeros = ("https://example.org/z", "200 OK", "application/octet-stream", bytes(40_000_000))
    bomb = make_warc([zeros, *ANSWERS], packed=True)
    assert "made to fill a disk" in refused(of_archive, bomb)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("datapackage.json", "{}")
        packed.writestr("archive/a.warc", make_warc([zeros]))
    assert "made to fill a disk" in refused(of_archive, out.getvalue())
    small = gzip.compress(page("x") + bytes(60_000_000))
    answer = (FIRST, "200 OK", "text/html", small)
    said = refused(of_archive, make_warc([answer], headers="Content-Encoding: gzip\r\n"))
    assert "are read at most" in said
    assert capfd.readouterr() == ("", "")


def test_an_archive_inside_an_archive_is_not_opened(
    of_archive: Callable[..., Extracted], make_warc: Make
) -> None:
    inner = make_warc(ANSWERS)
    content = make_warc([(FIRST, "200 OK", "application/warc", inner)])
    assert "no page that answered 200" in refused(of_archive, content)


def test_the_address_of_the_page_becomes_that_of_the_document(
    captured: Captured, folder: Path, make_warc: Make
) -> None:
    document = captured(make_warc(ANSWERS), "a.warc")
    assert described(document, extract(document, folder)).url == FIRST
