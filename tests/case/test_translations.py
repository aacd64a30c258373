"""Pages in other languages beside the English one: entered, carried on, and built again."""

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfWriter

from wordkept.case import Case
from wordkept.case.building import build
from wordkept.case.bundling import write_bundle
from wordkept.case.exporting import export
from wordkept.case.unchanged import unchanged
from wordkept.dossier.exports import pdf
from wordkept.errors import CaseError, InputError

WORDS = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "{0}"\nmsgstr "{1}"\n'
)


@pytest.fixture
def case(unloaded_once: Path, written: Path, tmp_path: Path) -> Case:
    opened = Case.open(Path(shutil.copytree(unloaded_once, tmp_path / "valley")))
    opened.register()
    opened.load(written / "counts.csv")
    return opened


def test_a_language_is_entered_and_carried_on(case: Case, written: Path) -> None:
    folder = case.folder / "dossier"
    built = build(case, languages=["ar"])
    assert built.translations == (folder / "index.ar.html",)
    arabic, english = (folder / "index.ar.html").read_bytes(), built.page.read_bytes()
    assert b'<html lang="ar" dir="rtl">' in arabic
    assert b'href="index.ar.html"' in english
    assert unchanged(case.folder) == built.page
    entries = case.verify().entries
    again = build(case)
    assert again.translations == built.translations
    assert (arabic, english) == ((folder / "index.ar.html").read_bytes(), again.page.read_bytes())
    assert case.verify().entries == entries, "the same again enters nothing"
    case.load(written / "revised.csv", confirmed=True)
    later = build(case)
    assert later.new
    assert later.translations == built.translations
    assert (folder / "index.ar.html").read_bytes() != arabic
    first = build(case, edition=1, languages=["fr"])
    assert first.differs == ()
    assert first.page.read_bytes() == english
    assert (first.page.parent / "index.ar.html").read_bytes() == arabic
    assert (first.page.parent / "index.fr.html").is_file()
    assert case.verify().sound
    (folder / "index.ar.html").write_bytes(arabic)
    assert not case.verify().sound, "verify hashes translated pages like any other file"


def test_a_case_brings_its_own_words(case: Case) -> None:
    build(case, languages=["fr"])
    title = case.pledges()[0].pledge.title
    (case.folder / "languages").mkdir(exist_ok=True)
    own = case.folder / "languages" / "fr.po"
    own.write_text(WORDS.format(title, "Un titre à nous"), encoding="utf-8")
    assert unchanged(case.folder) is None
    built = build(case)
    assert not built.new
    assert "Un titre à nous" in built.translations[0].read_text(encoding="utf-8")
    assert "Un titre à nous" not in built.page.read_text(encoding="utf-8")
    own.write_bytes(b'msgid "\xff"\nmsgstr "x"\n')
    with pytest.raises(CaseError, match="cannot be read"):
        build(case)


def test_what_is_printed_and_bundled_speaks_the_dossier_s_languages(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: dict[str, bytes] = {}

    def print_nothing(_browser: str, folder: Path) -> None:
        page = (folder / "dossier.html").read_bytes()
        pages[page[page.index(b"<html") :].split(b'"')[1].decode()] = page
        writer = PdfWriter()
        writer.add_blank_page(width=100, height=100)
        writer.write(folder / "dossier.pdf")

    monkeypatch.setattr(pdf, "_browser", lambda: "none")
    monkeypatch.setattr(pdf, "_print", print_nothing)
    assert [path.name for path in export(case, ["pdf"]).paths][:1] == ["dossier.pdf"]
    assert set(pages) == {"en"}
    built = build(case, languages=["fr", "ar"])
    done = export(case, ["pdf", "csv"])
    names = [path.name for path in done.paths]
    assert names[:4] == ["dossier.pdf", "dossier.ar.pdf", "dossier.fr.pdf", "tables-csv.zip"]
    assert set(pages) == {"en", "ar", "fr"}
    assert b'dir="rtl"' in pages["ar"]
    said = (done.paths[0].parent / "README.txt").read_text(encoding="utf-8")
    assert "dossier.ar.pdf: the same in العربية." in said
    assert "dossier.ru.pdf" not in said
    assert case.verify().sound
    with ZipFile(write_bundle(case).path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for path in (built.page, *built.translations):
        assert held[f"dossier/{path.name}"] == path.read_bytes()
    assert "dossier/index.ru.html" not in held


def test_a_language_that_is_not_spoken_builds_nothing(case: Case) -> None:
    with pytest.raises(InputError, match="does not speak"):
        build(case, languages=["ar", "tlh"])
    assert not list((case.folder / "dossier").glob("*.html"))
