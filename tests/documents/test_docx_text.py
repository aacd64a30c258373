"""A DOCX gives what its reader sees: every paragraph, table, box and note, once."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from wordkept.documents.docx import NO_TEXT
from wordkept.documents.extract import Extracted, extract
from wordkept.errors import InputError
from wordkept.model import Document

Captured = Callable[..., Document]
Make = Callable[..., bytes]
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
BODY = f"""<w:document {SPACES}><w:body>
<w:p><w:r><w:t xml:space="preserve">We will </w:t></w:r><w:ins><w:r><w:t>all </w:t></w:r></w:ins>
<w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:hyperlink><w:r><w:t>leave</w:t></w:r>
</w:hyperlink><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:tab/><w:t>by May</w:t>
<w:br/><w:t>or cease</w:t><w:noBreakHyphen/><w:t>fire.</w:t></w:r></w:p>
<w:sdt><w:sdtContent><w:p><w:r><w:t>In a form.</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><mc:AlternateContent>
<mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Choice>
<mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>
</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Beside it.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p>
</w:tc></w:tr></w:tbl></w:body></w:document>"""


@pytest.fixture
def of_docx(captured: Captured, folder: Path) -> Callable[[bytes], Extracted]:
    return lambda content: extract(captured(content, "a.docx"), folder)


def replaced(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, part if member == name else old.read(member))
        if name not in old.namelist():
            new.writestr(name, part)
    return out.getvalue()


def refused(of_docx: Callable[[bytes], Extracted], content: bytes) -> str:
    with pytest.raises(InputError) as caught:
        of_docx(content)
    (problem,) = caught.value.problems
    assert len(str(problem).splitlines()) == 3
    return problem.what


def test_what_a_reader_sees_is_the_text(
    of_docx: Callable[[bytes], Extracted], make_docx: Make
) -> None:
    found = of_docx(replaced(make_docx([]), "word/document.xml", BODY.encode()))
    assert found.text.split("\n") == [
        "We will all leave\tby May", "or cease\u2011fire.", "In a form.", "Beside it.",
        "In a box.", "a", "b",
    ]  # fmt: skip


def test_notes_stand_after_the_text_and_headers_are_named(
    of_docx: Callable[[bytes], Extracted],
) -> None:
    made = docx.Document()
    made.add_paragraph("The text.")
    made.sections[0].header.paragraphs[0].text = "A header"
    out = io.BytesIO()
    made.save(out)
    related = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    notes = (
        f'<w:footnotes {SPACES}><w:footnote w:type="separator"><w:p><w:r><w:t>--</w:t></w:r></w:p>'
        "</w:footnote><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>"
        "</w:footnotes>"
    )
    with zipfile.ZipFile(out) as packed:
        links = packed.read("word/_rels/document.xml.rels")
    content = replaced(out.getvalue(), "word/footnotes.xml", notes.encode())
    content = replaced(
        content, "word/_rels/document.xml.rels", links.replace(b"</Relationships>", related)
    )
    found = of_docx(content)
    assert found.text == "The text.\nA note."
    assert "not in the text: headers" in found.record.remarks


def test_fields_are_taken_and_the_day_it_was_made_is_a_remark(
    of_docx: Callable[[bytes], Extracted], make_docx: Make
) -> None:
    found = of_docx(make_docx(["x"], title="A plan", author="The command"))
    assert (found.title, found.author, found.published) == ("A plan", "The command", None)
    assert found.record.remarks == ("the file says that it was made on 2013-12-23",)


def test_a_docx_without_text_says_so(
    of_docx: Callable[[bytes], Extracted], make_docx: Make
) -> None:
    found = of_docx(make_docx([]))
    assert found.text == ""
    assert NO_TEXT in found.record.remarks


def test_a_zip_bomb_is_not_unpacked(of_docx: Callable[[bytes], Extracted], make_docx: Make) -> None:
    bomb = replaced(make_docx(["x"]), "word/document.xml", b"<" + b" " * 30_000_000)
    assert "times its size: it is made to fill a disk" in refused(of_docx, bomb)
    parts = make_docx(["x"])
    for number in range(3):
        parts = replaced(parts, f"word/media/{number}", bytes(9_000_000))
    assert of_docx(parts).text == "x"


def test_a_docx_that_unpacks_to_too_much_is_refused(
    of_docx: Callable[[bytes], Extracted], make_docx: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wordkept.documents.docx.MOST_UNPACKED_BYTES", 10_000)
    assert "are read at most" in refused(of_docx, make_docx(["x"]))


def test_entities_that_multiply_are_not_followed(
    of_docx: Callable[[bytes], Extracted], make_docx: Make
) -> None:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    part = f'<!DOCTYPE x [<!ENTITY e0 "lol">{names}]>' + BODY.replace("In a form.", "&e11;")
    content = replaced(make_docx([]), "word/document.xml", part.encode())
    assert "damaged" in refused(of_docx, content)


def test_mark_up_too_deep_and_damage_are_said(
    of_docx: Callable[[bytes], Extracted], make_docx: Make
) -> None:
    deep = f"<w:document {SPACES}>" + "<w:p>" * 5000 + "</w:p>" * 5000 + "</w:document>"
    whole = make_docx(["We will leave."])
    assert "damaged" in refused(of_docx, replaced(whole, "word/document.xml", deep.encode()))
    assert "damaged" in refused(of_docx, replaced(whole, "word/document.xml", b"not XML"))
    assert "it is no zip" in refused(of_docx, b"\xd0\xcf\x11\xe0 under a password")
