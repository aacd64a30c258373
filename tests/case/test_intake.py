"""Sources taken in: each entered once, read again only for a reason, found again by name or id."""

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wordkept.case import Case
from wordkept.case import intake as room
from wordkept.case.case import now
from wordkept.case.entering import Journal
from wordkept.case.intake import How, Said, Taken, take
from wordkept.case.naming import document_called, handle
from wordkept.case.readings import chosen_readings, reading_text, stored_readings
from wordkept.case.worker import Work, do
from wordkept.documents.capture import Provenance
from wordkept.errors import CaseError, InputError, WordkeptError
from wordkept.ids import file_id
from wordkept.ledger.journal import Ledger

RULES = How(reader="rules")
NOTHING = Said()
ARTICLE = (
    "The northern command said on Friday that its guns would be silent for at least 14 days. "
    '"We shall keep our word," General Ivo Marn told reporters.\n'
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "valley")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def taken(case: Case, *sources: Path | str, said: Said = NOTHING, how: How = RULES) -> list[Taken]:
    return list(take(case, list(map(str, sources)), said, how))


def kinds(case: Case) -> list[str]:
    with Ledger.open(case.folder / "ledger.sqlite") as ledger:
        return [entry.kind for entry in ledger.entries()]


def with_actor(case: Case) -> Case:
    settings = case.folder / "wordkept.toml"
    settings.write_text(settings.read_text() + '\n[[actors]]\nname = "North"\n')
    return Case.open(case.folder)


def test_a_document_is_captured_and_read_once(case: Case, article: Path) -> None:
    (first,) = taken(case, article)
    assert first.new
    assert first.reading is not None
    assert first.reading.reading.reader.startswith("rules")
    assert reading_text(case, first.reading) == ARTICLE
    before = kinds(case)
    assert before == ["case", "capture", "reading"]
    (again,) = taken(case, article)
    assert not again.new
    assert (again.document, again.reading) == (first.document, first.reading)
    assert kinds(case) == before


@pytest.mark.parametrize("change", ["published", "country", "actors"])
def test_it_is_read_anew_where_the_reader_is_told_something_else(
    case: Case, article: Path, change: str
) -> None:
    taken(case, article)
    said = {"published": Said(published=date(2021, 3, 5)), "country": Said(country="SY")}
    opened = with_actor(case) if change == "actors" else case
    (again,) = taken(opened, article, said=said.get(change, Said()))
    entered = kinds(case)[3:]
    assert "reading" in entered
    assert ("capture" in entered) == (change == "published")
    (newest,) = chosen_readings(opened, ["article.txt"])
    assert newest == again.reading
    before = kinds(case)
    taken(opened, article, said=said.get(change, Said()))
    assert kinds(case) == before


def test_what_was_said_before_still_stands(case: Case, article: Path) -> None:
    taken(case, article, said=Said(title="A word", published=date(2021, 3, 5)))
    (again,) = taken(case, article, said=Said(publisher="A paper"))
    assert again.document is not None
    assert (again.document.title, again.document.publisher) == ("A word", "A paper")
    assert again.document.published == date(2021, 3, 5)
    assert case.documents() == (again.document,)


def test_an_older_extractor_is_followed_by_a_new_entry(
    case: Case, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr("wordkept.documents.extract.EXTRACTION", 0)
        taken(case, article)
    taken(case, article)
    with Ledger.open(case.folder / "ledger.sqlite") as ledger:
        made = [one.payload["extracted"]["extractor"] for one in ledger.entries("capture")]
    assert [one.split(",")[0] for one in made] == ["wordkept 0", "wordkept 1"]
    before = kinds(case)
    taken(case, article)
    assert kinds(case) == before


def test_a_page_keeps_its_text_and_its_record(case: Case, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><head><title>Guns</title></head><body><article><p>{ARTICLE * 3}</p></article>"
        "</body></html>"
    )
    (one,) = taken(case, page)
    assert one.document is not None
    assert one.document.title == "Guns"
    assert one.document.text not in {None, one.document.id}
    assert case.verify().sound
    kept = case.folder / "documents" / "texts" / f"{one.document.text}.txt"
    kept.chmod(0o644)
    kept.write_text(kept.read_text().replace("14 days", "40 days"))
    (fault,) = case.verify().faults
    assert f"{one.document.text}.txt" in fault.where


def test_a_reading_that_was_changed_is_found_out_and_made_again(case: Case, article: Path) -> None:
    (one,) = taken(case, article)
    assert one.reading is not None
    kept = case.folder / "readings" / f"{one.reading.id}.json"
    original = kept.read_bytes()
    kept.write_bytes(original.replace(b"14", b"41", 1))
    (fault,) = case.verify().faults
    assert kept.name in fault.where
    with pytest.raises(CaseError, match="is not what it was"):
        stored_readings(case)
    taken(case, article)
    assert kept.read_bytes() == original
    assert case.verify().sound
    kept.unlink()
    assert "missing" in case.verify().faults[0].what


def test_a_stray_reading_is_noted(case: Case, article: Path) -> None:
    taken(case, article)
    (case.folder / "readings" / "other.json").write_text("{}")
    assert [note.where for note in case.verify().notes] == ["readings/other.json"]


def test_two_documents_of_one_text_have_a_reading_each(
    case: Case, article: Path, tmp_path: Path
) -> None:
    marked = tmp_path / "marked.txt"
    marked.write_bytes(b"\xff\xfe" + ARTICLE.encode("utf-16-le"))
    taken(case, article, marked)
    assert {one.document.name for one in chosen_readings(case, [])} == {article.name, marked.name}


def test_the_same_bytes_under_another_name_keep_their_first(
    case: Case, article: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(ARTICLE)
    results = taken(case, article, copy, article)
    assert [one.document and one.document.name for one in results] == ["article.txt"] * 3
    assert [one.new for one in results] == [True, False, False]
    assert kinds(case) == ["case", "capture", "reading"]


def test_two_documents_of_one_name_are_told_apart_by_id(
    case: Case, article: Path, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / "article.txt"
    other.parent.mkdir()
    other.write_text("The South denied it.\n")
    taken(case, article, other)
    first, second = case.documents()
    with pytest.raises(InputError) as caught:
        chosen_readings(case, ["article.txt"])
    (problem,) = caught.value.problems
    assert '2 documents of this case are called "article.txt"' in problem.what
    assert first.id[:12] in problem.what
    assert second.id[:12] in problem.what
    for document in (first, second):
        name = handle(document, case.documents())
        assert name == document.id[:12]
        assert chosen_readings(case, [name])[0].document == document
        assert document_called(document.id, case.documents(), otherwise="") == document
    assert handle(first, [first]) == "article.txt"
    with pytest.raises(InputError, match="no document of this case"):
        document_called(first.id[:11], case.documents(), otherwise="")


def test_a_name_that_is_none_is_said_with_the_nearest(case: Case, article: Path) -> None:
    taken(case, article)
    with pytest.raises(InputError) as caught:
        chosen_readings(case, ["artcle.txt", "zebra"])
    near, far = caught.value.problems
    assert near.remedy == 'did you mean "article.txt"?'
    assert "wordkept read" in far.remedy


def test_what_was_captured_alone_was_never_read(case: Case, article: Path) -> None:
    case.read(article)
    assert kinds(case) == ["case", "capture"]
    assert chosen_readings(case, []) == ()
    with pytest.raises(InputError, match="was never read"):
        chosen_readings(case, ["article.txt"])
    taken(case, article)
    assert kinds(case) == ["case", "capture", "reading"]


def test_without_a_tagger_the_rules_read_and_it_is_said_once(
    case: Case, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The South said 30 people had left.\n")
    monkeypatch.setattr(room, "tagger_lacks", lambda: "its weights are not here")
    notes: list[str] = []
    results = taken(case, article, other, how=How(note=notes.append))
    (note,) = notes
    assert note == (
        "the learned tagger cannot be loaded (its weights are not here); the rules read instead, "
        "which find statements and figures but no pledges"
    )
    assert all(one.reading and one.reading.reading.reader == "rules 1" for one in results)
    assert all(one.reading and not one.reading.reading.pledges for one in results)
    before = kinds(case)
    taken(case, article, how=How(note=notes.append))
    assert kinds(case) == before


def test_a_gazetteer_that_must_be_built_is_said(
    case: Case, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wordkept.reading.gazetteer.Gazetteer.built", staticmethod(lambda: False))
    notes: list[str] = []
    taken(case, article, how=replace(RULES, note=notes.append))
    assert notes == ["building the gazetteer, about 20 s, once"]


def test_a_country_that_is_none_is_said_before_anything_is_read(case: Case, article: Path) -> None:
    with pytest.raises(WordkeptError, match='"UK" is the code of no country'):
        taken(case, article, said=Said(country="UK"))
    assert kinds(case) == ["case"]


def test_a_reader_that_fails_on_one_document_leaves_the_others(
    case: Case, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wordkept.reading import reader

    whole = reader.read_text

    def fails(text: str, *given: object, **said: object) -> object:
        if "trip" in text:
            raise ZeroDivisionError("nought")
        return whole(text, *given, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "read_text", fails)
    bad = tmp_path / "bad.txt"
    bad.write_text("This will trip it.")
    tripped, sound = taken(case, bad, article)
    assert tripped.ours
    assert "this is our fault: ZeroDivisionError: nought" in tripped.problems[0].what
    assert tripped.document is not None
    assert tripped.reading is None
    assert sound.reading is not None


def test_a_text_that_is_too_long_to_read_is_captured_and_said(
    case: Case, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wordkept.case.worker.MOST_READ_CHARACTERS", 20)
    (one,) = taken(case, article)
    assert one.document is not None
    assert one.reading is None
    assert "too long to be read" in one.problems[0].what


def test_a_reading_that_takes_too_long_is_given_up(
    case: Case, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forever(*_given: object, **_said: object) -> None:
        while True:
            pass

    monkeypatch.setattr("wordkept.reading.reader.read_text", forever)
    monkeypatch.setattr("wordkept.case.worker.MOST_READ_SECONDS", 0.2)
    (one,) = taken(case, article)
    assert "was given up" in one.problems[0].what
    assert not one.ours


def test_each_document_is_told_and_entered_in_order_by_several_processes(
    case: Case, tmp_path: Path
) -> None:
    sources = []
    for number in range(10):
        sources.append(tmp_path / f"{number}.txt")
        sources[-1].write_text(f"The North said {number + 3} guns would leave.\n")
    sources.insert(4, tmp_path / "nowhere.txt")
    heard: list[tuple[str, int, int]] = []

    def told(*said: object) -> None:
        heard.append(said)  # type: ignore[arg-type]

    results = taken(case, *sources, how=How(reader="rules", jobs=2, told=told))
    assert [Path(one.source) for one in results] == sources
    assert [bool(one.problems) for one in results] == [n == 4 for n in range(11)]
    assert heard == [(f"{n} of 11", n, 11) for n in range(1, 12)]
    assert [one.name for one in case.documents()] == [f"{n}.txt" for n in range(10)]
    alone = Case.create(tmp_path / "alone")
    taken(alone, *sources, how=How(reader="rules", jobs=1))
    assert {one.id for one in stored_readings(alone)} == {one.id for one in stored_readings(case)}


def test_a_process_that_dies_is_said_and_what_was_entered_stands(
    case: Case, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> Iterator[object]:
        raise BrokenProcessPool

    monkeypatch.setattr(room, "_results", broken)
    with pytest.raises(CaseError, match="memory may have run out"):
        taken(case, *[article] * 8, how=How(reader="rules", jobs=2))


def test_another_process_that_enters_meanwhile_is_seen(case: Case, article: Path) -> None:
    """Two runs at once: what the other has entered is not entered again."""
    run = take(case, [str(article)], NOTHING, RULES)
    desk = Journal(case)
    assert desk.standing(file_id(article)) is None
    assert len(list(run)) == 1
    done = do(
        Work(
            source="x", path=article, folder=case.folder, page=None, country=None, actors=(),
            provenance=Provenance(captured_at=now(), tool="a test"), reader="none",
        )
    )  # fmt: skip
    (entered,) = desk.enter([done], {}, {})
    assert not entered.new
    assert kinds(case) == ["case", "capture", "reading"]


def test_an_address_is_not_fetched_where_the_case_is_offline(case: Case, article: Path) -> None:
    settings = case.folder / "wordkept.toml"
    settings.write_text(settings.read_text().replace("# offline = true", "offline = true"))
    refused, sound = taken(Case.open(case.folder), "https://example.org/a.html", article)
    assert "offline" in refused.problems[0].what
    assert sound.document is not None
    for address in ("http://127.0.0.1/", "ftp://example.org/a", "http://[::1]:80/"):
        (one,) = taken(case, address)
        assert one.document is None
        assert len(one.problems) == 1
    assert kinds(case) == ["case", "capture", "reading"]
