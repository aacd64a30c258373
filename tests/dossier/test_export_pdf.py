"""The PDF: the page's words on A4, dated on the dossier's day, the same bytes twice."""

import shutil
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from tests.dossier.printed import between_pixels, same_print
from wordkept.dossier.exports import pdf
from wordkept.dossier.exports.export import Material
from wordkept.dossier.languages.language import IN_ENGLISH, language
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.errors import InputError

SHORT = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}
"""Letters that a font joins into one."""


@pytest.fixture(scope="module")
def material(report: CaseReport) -> Material:
    some = tuple(one for one in report.assessments if one.pledge.id == "withdrawal")
    short = replace(report, assessments=some)
    return Material(report=short, shown=shown_case(short), rows={})


def flat(text: str) -> str:
    for joined, letters in SHORT.items():
        text = text.replace(joined, letters)
    return "".join(text.split())


@pytest.mark.browser
@pytest.mark.skipif(not any(map(shutil.which, pdf.BROWSERS)), reason="no Chromium is on the PATH")
def test_it_holds_the_verdict_and_the_quote_and_is_the_same_twice(material: Material) -> None:
    spoken = (IN_ENGLISH, IN_ENGLISH, language("ar"))
    with ThreadPoolExecutor(2) as at_once:
        printed, again, arabic = at_once.map(pdf.write_in, [material] * 3, spoken)
    assert same_print(printed, again)
    assert not same_print(printed, arabic)
    assert between_pixels(printed) == between_pixels(arabic) == []
    named = sorted({int(one) for one in pdf.ELEMENT.findall(printed)})
    assert named == list(range(1, len(named) + 1)) != []
    the_other_way(arabic)
    read = PdfReader(BytesIO(printed))
    assert tuple(map(round, read.pages[0].mediabox[2:])) == (595, 842)
    text = flat("\n".join(page.extract_text() for page in read.pages))
    (pledge,) = material.shown
    assert flat(pledge.reading.sentence.removeprefix("Partly kept: ")[1:]) in text
    assert flat(pledge.quotes[0].words or "") in text
    assert read.metadata is not None
    assert read.metadata.creation_date is not None
    assert read.metadata.creation_date.date() == material.report.as_of
    root = read.root_object
    assert not {"/OpenAction", "/AA"} & set(root)
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]) == "en"


@settings(max_examples=50)
@given(st.lists(st.integers(0, 40), max_size=30), st.integers(0, 99_999_900))
def test_elements_that_were_numbered_later_are_the_same(numbers: list[int], later: int) -> None:
    def told(by: int) -> bytes:
        return (
            b" ".join(b"/ID (node%08d)" % (one + by) for one in numbers) + b" (node1) node00000007"
        )

    assert pdf.ranked(told(0)) == pdf.ranked(told(later))
    assert pdf.ranked(pdf.ranked(told(later))) == pdf.ranked(told(later))
    assert len(pdf.ranked(told(later))) == len(told(later)), "places in the file stay as they were"


def the_other_way(printed: bytes) -> None:
    read = PdfReader(BytesIO(printed))
    assert str(read.root_object["/Lang"]) == "ar"
    assert read.viewer_preferences is not None
    assert str(read.viewer_preferences["/Direction"]) == "/R2L"
    assert "/DisplayDocTitle" in read.viewer_preferences, "what Chromium set stays"
    text = unicodedata.normalize("NFKC", "".join(page.extract_text() for page in read.pages))
    assert all(word in text for word in ("السجل", "التعهّد", "الخطة"))


def blank(moment: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    writer.add_metadata({"/CreationDate": moment, "/ModDate": moment, "/Title": "A case"})
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def test_the_moment_of_printing_is_taken_out() -> None:
    first, second = blank("D:20340101101010Z"), blank("D:20340202111111Z")
    day = date(2034, 11, 23)
    assert first != second
    assert pdf.dated(first, day) == pdf.dated(second, day)
    read = PdfReader(BytesIO(pdf.dated(first, day)))
    assert read.metadata is not None
    assert str(read.metadata["/CreationDate"]) == "D:20341123000000Z"
    assert str(read.metadata["/Title"]) == "A case"


def test_the_paper_is_let_through_the_page_s_own_policy(page: str) -> None:
    made = pdf.on_paper(page)
    assert made.count(pdf.PAPER) == 1
    assert made.count("style-src 'sha256-") == 1
    assert len(made) - len(page) < 150


def test_without_a_browser_it_says_what_to_install(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(InputError) as raised:
        pdf.write(material)
    assert len(str(raised.value).splitlines()) == 3
    assert "apt install chromium" in raised.value.problems[0].remedy


@pytest.mark.parametrize("body", ["echo no display >&2; exit 1", "exit 0", "exec sleep 60"])
def test_a_browser_that_fails_or_hangs_is_an_error_in_three_lines(
    material: Material, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory,
    body: str,
) -> None:  # fmt: skip
    script = tmp_path_factory.mktemp("bin") / "chromium"
    script.write_text(f"#!/bin/sh\n{body}\n")
    script.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(script))
    monkeypatch.setattr(pdf, "PATIENCE_S", 1)
    with pytest.raises(InputError) as raised:
        pdf.write(material)
    assert len(str(raised.value).splitlines()) == 3
    assert raised.value.problems[0].what.startswith("Chromium printed no PDF: ")
