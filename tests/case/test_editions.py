"""Editions of a dossier: built over several days, and each built again byte for byte."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wordkept.case import Case
from wordkept.case.building import Built, build
from wordkept.case.editions import editions_of, read_edition
from wordkept.case.inputs import audit_key
from wordkept.case.unchanged import unchanged
from wordkept.dossier.terminal import board_text
from wordkept.errors import CaseError
from wordkept.events.auditing.asked import asked_fields
from wordkept.ids import bytes_id

DAYS = (date(2041, 1, 5), date(2041, 2, 5), date(2041, 3, 5))


@pytest.fixture(scope="module")
def clock() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def at(clock: pytest.MonkeyPatch, day: date) -> None:
    for module in ("wordkept.case.case", "wordkept.case.building"):
        clock.setattr(f"{module}.now", lambda: f"{day}T08:00:00Z")


def files(built: Built) -> dict[str, bytes]:
    return {
        name: built.page.with_name(name).read_bytes() for name in ("index.html", "dossier.json")
    }


def number(case: Case) -> int:
    with case.ledger() as ledger:
        return len(ledger.entries())


@pytest.fixture(scope="module")
def corrected(
    unloaded_once: Path,
    written: Path,
    tmp_path_factory: pytest.TempPathFactory,
    clock: pytest.MonkeyPatch,
) -> tuple[Case, dict[date, dict[str, bytes]]]:
    """A case fed on three days, and the dossier of each: a record, another one, another title."""
    folder = tmp_path_factory.mktemp("corrected") / "valley"
    case = Case.open(Path(shutil.copytree(unloaded_once, folder)))
    kept = {}
    at(clock, DAYS[0])
    case.register()
    case.load(written / "counts.csv")
    kept[DAYS[0]] = files(build(case))
    at(clock, DAYS[1])
    case.load(written / "revised.csv", confirmed=True)
    kept[DAYS[1]] = files(build(case))
    at(clock, DAYS[2])
    pledge = folder / "pledges" / "truce.toml"
    pledge.write_text(pledge.read_text().replace('title = "', 'title = "Corrected: ', 1))
    case.register()
    kept[DAYS[2]] = files(build(case))
    return case, kept


def test_each_edition_is_built_again_byte_for_byte(
    corrected: tuple[Case, dict[date, dict[str, bytes]]],
) -> None:
    case, kept = corrected
    entered = number(case)
    for day, content in kept.items():
        again = build(case, as_of=day)
        assert files(again) == content
        assert not again.differs
    assert files(build(case, edition=1)) == kept[DAYS[0]]
    assert files(build(case)) == kept[DAYS[2]]
    assert number(case) == entered
    assert case.verify().sound
    assert (case.folder / "dossier" / "index.html").read_bytes() == kept[DAYS[2]]["index.html"]


def test_the_history_says_what_changed_and_why(
    corrected: tuple[Case, dict[date, dict[str, bytes]]],
) -> None:
    case, kept = corrected
    told = {day: json.loads(made["dossier.json"])["history"] for day, made in kept.items()}
    assert [one["edition"] for one in told.values()] == [1, 2, 3]
    assert len({one["id"] for one in told.values()}) == 1
    newest = told[DAYS[2]]["editions"]
    assert [one["number"] for one in newest] == [3, 2, 1]
    assert newest[2]["changes"] == []
    assert newest[1]["flipped"]
    verdict = next(one for one in newest[1]["changes"] if one["kind"] == "verdict")
    assert "the verdict went from kept to " in verdict["sentence"]
    assert "a new release of " in verdict["why"]
    assert {one["kind"] for one in newest[1]["changes"]} == {"verdict", "record"}
    assert "wording" in {one["kind"] for one in newest[0]["changes"]}
    assert told[DAYS[1]]["flipped"].startswith("Corrected since edition 1. ")
    page = kept[DAYS[1]]["index.html"].decode()
    assert page.index(told[DAYS[1]]["flipped"]) < page.index('id="board"')
    assert board_text(case.report()).count("Edition ") == 3
    assert newest[0]["page"] is None
    assert newest[1]["page"] == bytes_id(kept[DAYS[1]]["index.html"])


def test_nothing_changed_is_seen_without_assessing(
    corrected: tuple[Case, dict[date, dict[str, bytes]]],
) -> None:
    case, _ = corrected
    assert unchanged(case.folder) == case.folder / "dossier" / "index.html"
    settings = case.folder / "wordkept.toml"
    before = settings.read_text()
    settings.write_text(before + "\n# a note\n")
    assert unchanged(case.folder) is None
    settings.write_text(before)
    page = case.folder / "dossier" / "index.html"
    content = page.read_bytes()
    page.write_bytes(content + b" ")
    assert unchanged(case.folder) is None
    assert build(case).page.read_bytes() == content


def test_a_day_before_the_newest_edition_is_a_look_back(
    corrected: tuple[Case, dict[date, dict[str, bytes]]],
) -> None:
    case, _ = corrected
    built = build(case, as_of=date(2041, 1, 20))
    assert built.edition is None
    assert built.page.parent.name == "as-of-2041-01-20"
    assert "a look back" in built.page.read_text()
    assert files(build(case, as_of=date(2041, 1, 20))) == files(built)


def test_a_kept_edition_that_was_tampered_with_is_not_believed(
    corrected: tuple[Case, dict[date, dict[str, bytes]]],
) -> None:
    case, kept = corrected
    with case.ledger() as ledger:
        first = editions_of(ledger.entries())[0]
    assert first.stored is not None
    path = case.folder / first.stored
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(CaseError, match="is not what it was"):
        build(case, edition=1)
    path.unlink()
    with pytest.raises(CaseError, match="is missing"):
        read_edition(case.folder, first)
    path.write_bytes(content)
    assert files(build(case, edition=1)) == kept[DAYS[0]]
    with pytest.raises(CaseError, match="no edition 9"):
        build(case, edition=9)


def test_an_audit_is_taken_over_only_for_the_same_release_under_the_same_rules(
    corrected: tuple[Case, dict[date, dict[str, bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = corrected
    with case.ledger() as ledger:
        newest = editions_of(ledger.entries())[-1]
    held = read_edition(case.folder, newest)
    assert held.audited
    (release,) = case.standing(DAYS[2]).values()
    fields = next(
        asked_fields(one.pledge.plan.primary)
        for one in held.report.assessments
        if one.pledge.plan is not None
    )
    assert audit_key(release, fields) in held.audited
    others = (
        replace(release, parquet="0" * 64),
        replace(release, stated=date(1999, 1, 1)),
        replace(release, publication=replace(release.publication, at_least=9)),
    )
    assert all(audit_key(one, fields) not in held.audited for one in others)
    assert audit_key(release, (*fields, "source")) not in held.audited
    monkeypatch.setattr("wordkept.case.inputs.code_id", lambda: "other code")
    assert audit_key(release, fields) not in held.audited
