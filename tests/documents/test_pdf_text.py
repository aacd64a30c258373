# ruff: noqa: RUF001 - these are the scripts that the texts are in
"""A PDF gives the text of its pages, and says which could not be read."""

import io
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from wordkept.documents.extract import Extracted, extract
from wordkept.documents.flow import paragraphs
from wordkept.documents.pdf import BACKWARDS, MAYBE_WRONG, NO_TEXT
from wordkept.errors import InputError
from wordkept.model import Document

Captured = Callable[..., Document]
Make = Callable[..., bytes]


@pytest.fixture
def of_pdf(captured: Captured, folder: Path) -> Callable[[bytes], Extracted]:
    return lambda content: extract(captured(content, "a.pdf"), folder)


def refused(of_pdf: Callable[[bytes], Extracted], content: bytes) -> str:
    with pytest.raises(InputError) as caught:
        of_pdf(content)
    (problem,) = caught.value.problems
    assert len(str(problem).splitlines()) == 3
    return problem.what


def read_or_said(of_pdf: Callable[[bytes], Extracted], content: bytes) -> str | None:
    try:
        return of_pdf(content).text
    except InputError as failure:
        if len(str(failure).splitlines()) != 3:
            raise
        return None


def test_each_page_begins_where_the_record_says(
    of_pdf: Callable[[bytes], Extracted], make_pdf: Make
) -> None:
    found = of_pdf(make_pdf([["We will leave."], ["Войска уйдут к маю."], ["So they said."]]))
    assert found.text == "We will leave.\n\nВойска уйдут к маю.\n\nSo they said."
    starts = found.record.pages
    assert [found.text[start : start + 2] for start in starts] == ["We", "Во", "So"]
    assert found.record.remarks == ()
    assert found.record.extractor.startswith("wordkept 1, pypdf ")


def test_lines_are_drawn_together_and_no_letter_changes() -> None:
    page = (
        "A HEADING\n"
        "Our forces will leave the northern valley before the end of the\n"
        "month, the command said, and they will not come back to it for a\n"
        "year. A cease-\n"
        "fire holds.\n"
        "- first, the guns that stand on the hills above the river, and so\n"
        "- second"
    )
    lines = page.splitlines()
    assert paragraphs(page).splitlines() == [
        "A HEADING",
        lines[1] + " " + lines[2] + " " + lines[3],
        "fire holds.",
        "- first, the guns that stand on the hills above the river, and so",
        "- second",
    ]
    assert "".join(paragraphs(page).split()) == "".join(page.split())


@pytest.mark.parametrize(
    "said", ["غادرت القوات الوادي بعد الهدنة الطويلة", "הכוחות עזבו את הכפרים ואת העמק לכולם"]
)
def test_right_to_left_text_set_as_most_programs_set_it_is_read_in_order(
    of_pdf: Callable[[bytes], Extracted], make_pdf: Make, said: str
) -> None:
    found = of_pdf(make_pdf([[said[::-1]]]))
    assert found.text == said
    assert found.record.remarks == (MAYBE_WRONG,)
    backwards = of_pdf(make_pdf([[said]]))
    assert backwards.text == said[::-1]
    assert backwards.record.remarks == (BACKWARDS,)


def set_from_the_left(words: list[str]) -> bytes:
    """As browsers print a right-to-left line: word by word from the left, each letter too."""
    pieces, left = [], 72
    for word in reversed(words):
        shown = word if word.isascii() else word[::-1]
        codes = "".join(f"{ord(letter):04X}" for letter in shown)
        pieces.append(f"BT /F1 12 Tf 1 0 0 1 {left} 700 Tm <{codes}> Tj ET\n")
        left += 6 * len(word)
    return "".join(pieces).encode()


@pytest.mark.parametrize(
    "words",
    [
        ["غادرت", " ", "القوات", " ", "الوادي", " ", "بعد", " ", "الهدنة"],
        ["غادرت", " ", "القوات", " ", "في", " ", "14", " ", "March", " ", "2016", " ", "ليلا"],
        ["הכוחות", " ", "עזבו", " ", "את", " ", "העמק"],
    ],
)
def test_a_right_to_left_line_set_from_the_left_is_read_from_the_right(
    of_pdf: Callable[[bytes], Extracted], make_pdf: Make, words: list[str]
) -> None:
    ordered = list(words)
    if "March" in words:  # a stretch of the other direction is set in its own order
        ordered[6:11] = words[10:5:-1]
    found = of_pdf(make_pdf([["".join(words)]], stream=set_from_the_left(ordered)))
    assert found.text == "".join(words)
    assert MAYBE_WRONG in found.record.remarks


def test_a_scanned_pdf_gives_an_empty_text_and_says_why(
    of_pdf: Callable[[bytes], Extracted], make_pdf: Make
) -> None:
    found = of_pdf(make_pdf([[], []]))
    assert (found.text, found.record.pages) == ("", ())
    assert found.record.remarks == (NO_TEXT,)


def test_pages_without_text_are_named(of_pdf: Callable[[bytes], Extracted], make_pdf: Make) -> None:
    found = of_pdf(make_pdf([["One."], [], ["Three."], [], [], []]))
    assert found.record.remarks == ("pages 2 and 4 to 6 hold no text; scanned pages do not",)
    assert len(found.record.pages) == 6
    (remark,) = of_pdf(make_pdf([["One."], []])).record.remarks
    assert remark.startswith("page 2 holds no text")


def encrypted(content: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_is_asked_for_in_three_lines(
    of_pdf: Callable[[bytes], Extracted], make_pdf: Make
) -> None:
    assert "needs a password" in refused(of_pdf, encrypted(make_pdf([["x"]]), "secret"))
    assert of_pdf(encrypted(make_pdf([["We will leave."]]), "")).text == "We will leave."


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\nnothing\n%%EOF", b"%PDF-" * 99])
def test_a_damaged_pdf_is_said_to_be(of_pdf: Callable[[bytes], Extracted], content: bytes) -> None:
    assert "the PDF is damaged, or none" in refused(of_pdf, content)


def test_a_pdf_cut_short_anywhere_is_read_or_refused(
    of_pdf: Callable[[bytes], Extracted], make_pdf: Make
) -> None:
    whole = make_pdf([["We will leave."], ["So they said."]])
    texts = {read_or_said(of_pdf, whole[:end]) for end in range(9, len(whole), 97)}
    assert texts <= {"", "We will leave.", "We will leave.\n\nSo they said.", None}


def test_a_stream_that_unpacks_without_end_is_given_up(
    of_pdf: Callable[[bytes], Extracted], make_pdf: Make
) -> None:
    bomb = zlib.compress(b"BT (x) Tj ET " * 8_000_000, 9)
    found = of_pdf(make_pdf([[]], stream=bomb, filters="/Filter /FlateDecode"))
    assert found.text == ""
    found = of_pdf(make_pdf([["One."]]))
    assert found.text == "One."


def test_what_the_fields_state_is_taken_and_the_day_it_was_made_is_a_remark(
    of_pdf: Callable[[bytes], Extracted], make_pdf: Make
) -> None:
    info = "/Title (A plan) /Author (The command) /CreationDate (D:20160314120000Z)"
    found = of_pdf(make_pdf([["Published on 15 March 2016."]], info))
    assert (found.title, found.author, found.publisher) == ("A plan", "The command", None)
    assert found.published is None
    assert found.record.remarks == ("the file says that it was made on 2016-03-14",)


XMP = """<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
<dc:publisher><rdf:Bag><rdf:li>A ministry</rdf:li></rdf:Bag></dc:publisher>
<prism:publicationDate>2016-03-14</prism:publicationDate>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def test_a_publisher_and_a_day_of_publication_are_taken_where_they_are_stated(
    of_pdf: Callable[[bytes], Extracted], make_pdf: Make
) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([["x"]]))))
    writer.xmp_metadata = XMP.encode()
    out = io.BytesIO()
    writer.write(out)
    found = of_pdf(out.getvalue())
    assert (found.publisher, found.published) == ("A ministry", date(2016, 3, 14))
