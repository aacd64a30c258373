"""The bundled case, built whole: what the method must reach on the real record of Syria."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from wordkept.case import Case
from wordkept.case.reporting import report
from wordkept.demo import building
from wordkept.dossier.board_shown import shown_board
from wordkept.dossier.json_text import dossier_schema
from wordkept.dossier.languages.catalogue import own_words
from wordkept.dossier.languages.language import LANGUAGES, language_of_case
from wordkept.dossier.publish import shown_case
from wordkept.model import Assessment

ROOT = Path(__file__).resolve().parents[2]
DEMO = Path(building.__file__).parent
LIMIT_BYTES = 2_000_000


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    built, page = building.build_demo(tmp_path_factory.mktemp("demo") / "syria", lambda *_: None)
    assert page.is_file()
    return built


@pytest.fixture(scope="module")
def board(case: Case) -> Mapping[str, Assessment]:
    return {found.pledge.id: found for found in case.assess()}


def counts(found: Assessment, attribution: str, days: int = 28) -> tuple[int, int]:
    return next(
        (one.baseline_events, one.window_events)
        for one in found.estimates
        if (one.dataset, one.attribution, one.baseline.days) == ("airwars", attribution, days)
    )


def test_its_json_follows_the_published_schema(case: Case) -> None:
    dossier = json.loads((case.folder / "dossier" / "dossier.json").read_text(encoding="utf-8"))
    Draft202012Validator(dossier_schema()).validate(dossier)
    assert dossier["schema"] == dossier_schema()["$id"]


def test_october_is_not_kept_and_its_baseline_is_two_weeks(
    board: Mapping[str, Assessment],
) -> None:
    found = board["october-2015-reduction"]
    assert found.verdict.word == "cannot tell"
    assert counts(found, "possible") == (41, 100)
    assert "15 days before" in found.verdict.sentence
    assert any("has only 15 days" in one.sentence for one in found.findings)


def test_the_fall_of_the_ceasefire_is_seen_and_not_enough_to_tell(
    board: Mapping[str, Assessment],
) -> None:
    found = board["cessation-february-2016"]
    assert counts(found, "certain") == (119, 31)
    assert counts(found, "possible") == (179, 57)
    assert "fell to 26 to 48 %" in found.verdict.sentence
    assert found.verdict.word == "cannot tell"


def test_the_letter_of_the_ceasefire_is_held_against_what_mistakes_would_give(
    board: Mapping[str, Assessment],
) -> None:
    found = board["cessation-february-2016"]
    assert found.count is not None
    assert (found.count.low, found.count.high, found.count.needed) == (31, 57, 0.0)
    assert found.count.p is not None
    assert found.count.p < 0.01
    assert "31 events at certain attribution" in found.verdict.why_not_higher[-1]


def test_the_aim_is_held_against_a_published_count_with_its_bounds(
    board: Mapping[str, Assessment],
) -> None:
    found = board["islamic-state-september-2015"]
    assert found.count is not None
    assert (found.count.low, found.count.high, found.count.of) == (14, 59, 60)
    assert found.count.p is not None
    assert found.count.p < 0.01
    assert found.verdict.word == "not kept"
    assert "Bellingcat's count puts at least 14 (23 %)" in found.verdict.sentence
    assert "45 could not be sorted" in found.verdict.sentence
    assert found.releases == ()


def test_the_page_prints_the_sentence_of_the_published_count(case: Case) -> None:
    page = (case.folder / "dossier" / "index.html").read_text(encoding="utf-8")
    assert "puts at least 14 (23 %) outside what was declared" in unescape(page)
    assert "Counted by Bellingcat" in unescape(page)


def test_the_withdrawal_is_seen_lapsed_and_not_told_apart(
    board: Mapping[str, Assessment],
) -> None:
    found = board["withdrawal-march-2016"]
    assert counts(found, "certain") == (67, 6)
    assert counts(found, "possible") == (113, 18)
    assert found.p is not None
    assert found.p <= 0.05
    assert found.verdict.word == "partly kept"
    assert found.durability is not None
    assert found.durability.first_lapse == date(2016, 6, 5)
    (near,) = found.concurrent
    assert (near.pledge, near.days_before) == ("cessation-february-2016", 17)
    assert near.told_apart_by is None


def test_every_count_of_an_open_record_can_be_followed_to_its_rows(
    case: Case, board: Mapping[str, Assessment]
) -> None:
    for one, rows in case.rows(board["cessation-february-2016"]):
        if one.dataset == "airwars":
            assert rows is None, "its terms allow no rows"
            continue
        assert rows is not None
        inside = [row for row in rows if row.period.start in one.window]
        assert sum(row.events_best for row in rows) == one.baseline_events + one.window_events
        assert 0 < len(inside) <= one.window_events
        assert len({row.native_id for row in rows}) == len(rows)


def test_the_bases_are_not_testable_from_a_record_of_events(
    board: Mapping[str, Assessment],
) -> None:
    found = board["bases-march-2016"]
    assert found.verdict.word == "not testable"
    assert "none of the loaded records observes presence" in found.verdict.sentence


def test_plans_were_fixed_before_the_data_by_authors_who_knew_the_record(
    board: Mapping[str, Assessment],
) -> None:
    for found in board.values():
        published = found.pledge.plan is not None and found.pledge.plan.tally is not None
        assert found.fixing.before_data is not published, "such a plan holds its count itself"
        assert found.fixing.record_known


def test_the_dossier_is_the_same_bytes_when_built_again(case: Case) -> None:
    page = case.folder / "dossier" / "index.html"
    first, entries = page.read_bytes(), case.verify().entries
    assert case.dossier().read_bytes() == first
    assert case.verify().entries == entries
    assert case.verify().sound


def test_a_second_demo_in_the_same_folder_adds_nothing(case: Case) -> None:
    entries = case.verify().entries
    again, _ = building.build_demo(case.folder, lambda *_: None)
    assert again.verify().entries == entries


def test_no_verdict_is_written_down_anywhere_in_the_bundle() -> None:
    for path in DEMO.rglob("*"):
        if path.suffix in {".toml", ".txt", ".csv", ".py"}:
            text = path.read_text(encoding="utf-8").lower()
            for word in ("partly kept", "not kept", "cannot tell", "not testable"):
                assert word not in text, path.name


def test_the_records_are_small_facts() -> None:
    files = list((DEMO / "events").iterdir())
    assert sum(path.stat().st_size for path in files) < LIMIT_BYTES
    header = (DEMO / "events" / "airwars-daily.csv").read_text().splitlines()[0]
    assert header == '"day","area","attribution","n","actor","event_type","country"'


def test_the_records_are_what_the_script_compiles(shared: Path, tmp_path: Path) -> None:
    """Byte for byte, from the publishers' files."""
    script = ROOT / "scripts" / "compile_demo.py"
    subprocess.run(
        [sys.executable, str(script), str(shared / "data"), str(tmp_path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for name in building.RECORDS:
        assert (tmp_path / name).read_bytes() == (DEMO / "events" / name).read_bytes(), name


FROM_OUTSIDE = re.compile(
    r"\.quotes\.|\.(citation|id|parquet|plan_hash|title|file_name|licence|counted_by|url|dataset"
    r"|said|kind|question|direction|accessed|pledge|counterpart|histories|verdicts)$"
)
"""Fields of shown values that hold names, codes and quotes; what remains is sentences."""


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in shown values, with the fields that lead to it."""
    if isinstance(value, str):
        yield path, value
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name), f"{path}.{one.name}")
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one, path)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_sentence_of_the_case_is_said_in_every_language(case: Case, code: str) -> None:
    whole = report(case)
    own = own_words((DEMO / "languages" / f"{code}.po").read_bytes(), code)
    spoken = language_of_case(code, own)
    pledges = shown_case(whole)
    shown = tuple(texts((*pledges, shown_board(whole.board, whole.assessments))))
    outside = {text for path, text in shown if FROM_OUTSIDE.search(path)}
    found = {text for path, text in shown if text and not FROM_OUTSIDE.search(path)} - outside
    assert len(found) > 250
    assert [text for text in sorted(found) if not spoken.sentence(text).matched] == []
    kept = {
        piece.text
        for text in found
        for piece in spoken.sentence(text).pieces
        if piece.whose == "kept"
    }
    assert kept - outside == set()
    for pledge in pledges:
        word = spoken.text(pledge.reading.word)
        verdict = spoken.sentence(pledge.reading.sentence).text
        assert verdict[:1].lower() + verdict[1 : len(word)] == word
