"""A case enters what happens once, answers the same tomorrow, and names what has changed."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from wordkept.case import Case
from wordkept.errors import CaseError, PledgeError
from wordkept.ledger.entries import Entry, EntryKind
from wordkept.ledger.journal import Ledger

NOW = "wordkept.case.case.now"


def entries(case: Case, kind: EntryKind | None = None) -> tuple[Entry, ...]:
    with Ledger.open(case.folder / "ledger.sqlite") as ledger:
        return ledger.entries(kind)


def change(case: Case, old: str, new: str) -> None:
    path = case.folder / "pledges" / "truce.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_new_case_is_not_made_over_anything(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CaseError, match="the folder is not empty"):
        Case.create(tmp_path / "full")
    with pytest.raises(CaseError, match="a file stands there"):
        Case.create(tmp_path / "file")
    assert [one.name for one in (tmp_path / "full").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    made = Case.create(tmp_path / "empty", name='The "valley"\n\\ case', time_zone="Asia/Damascus")
    assert made.settings.name == 'The "valley"\n\\ case'
    assert made.settings.time_zone == "Asia/Damascus"
    assert [entry.kind for entry in entries(made)] == ["case"]
    assert made.verify().sound


def test_a_case_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r'is no time zone\n.*\n.*did you mean "Asia/Damascus"'):
        Case.create(tmp_path / "valley", time_zone="Asia/Damascuss")
    assert not (tmp_path / "valley").exists()


def test_what_is_no_case_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="there is no such folder"):
        Case.open(tmp_path / "nowhere")
    with pytest.raises(CaseError, match="this folder is not a case"):
        Case.open(tmp_path)


def test_the_same_bytes_are_one_release_and_one_entry(built: Case, written: Path) -> None:
    before = entries(built)
    told: list[bool] = []
    again = built.load(written / "counts.csv", told=told.append)
    shutil.copy(written / "counts.csv", built.folder.parent / "other name.csv")
    renamed = built.load(built.folder.parent / "other name.csv", told=told.append)
    assert told == [False, False]
    assert (again,) == (renamed,) == built.releases()
    assert entries(built) == before
    assert len(list((built.folder / "events").iterdir())) == 1


def test_the_same_document_is_captured_once(built: Case, written: Path) -> None:
    before = entries(built)
    assert built.read(written / "statement.txt") == built.documents()[0]
    assert entries(built) == before
    built.read(written / "statement.txt", title="With a title now")
    assert len(entries(built, "capture")) == 2


def test_as_of_picks_the_release_that_was_known_then(
    unloaded: Case, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NOW, lambda: "2025-08-01T12:00:00Z")
    stated = unloaded.load(written / "counts.csv", stated=date(2025, 5, 1))
    revised = unloaded.load(written / "revised.csv")
    found = {
        day: unloaded.assess(as_of=day)[0]
        for day in (date(2025, 5, 1), date(2025, 7, 31), date(2025, 8, 1))
    }
    used = {day: [release.id for release in one.releases] for day, one in found.items()}
    assert list(used.values()) == [[stated.id], [stated.id], [revised.id]]
    said = [one.verdict.sentence for one in found.values()]
    assert said[0] == said[1] != said[2]
    assert unloaded.assess()[0].releases[0].id == revised.id
    with pytest.raises(CaseError, match="no release was known by 2025-04-30"):
        unloaded.assess(as_of=date(2025, 4, 30))


def test_a_plan_is_entered_once(unloaded: Case) -> None:
    (first,) = unloaded.register()
    (again,) = unloaded.register()
    assert (first.new, again.new) == (True, False)
    assert (first.plan, first.at) == (again.plan, again.at)
    assert len(entries(unloaded, "plan")) == 1
    change(unloaded, "threshold = 0.5", "threshold = 0.6")
    (changed,) = unloaded.register()
    assert changed.new
    assert changed.plan != first.plan
    change(unloaded, "threshold = 0.6", "threshold = 0.5")
    assert unloaded.register() == (again,)
    assert len(entries(unloaded, "plan")) == 2


def test_a_plan_fixed_before_the_data_is_told_from_one_after(
    built: Case, unloaded_once: Path, written: Path, tmp_path: Path
) -> None:
    (before,) = built.assess()
    assert before.fixing.before_data
    assert before.fixing.registered_at is not None

    late = Case.open(shutil.copytree(unloaded_once, tmp_path / "late"))
    late.load(written / "counts.csv")
    (unfixed,) = late.assess()
    assert unfixed.fixing.registered_at is None
    assert not unfixed.fixing.before_data
    late.register()
    (after,) = late.assess()
    assert after.fixing.plan == before.fixing.plan == unfixed.fixing.plan
    assert after.fixing.registered_at is not None
    assert not after.fixing.before_data


def test_a_plan_changed_after_the_data_no_longer_counts_as_fixed_before(built: Case) -> None:
    (old,) = built.assess()
    change(built, "threshold = 0.5", "threshold = 0.4")
    built.register()
    (new,) = built.assess()
    assert new.fixing.plan != old.fixing.plan
    assert not new.fixing.before_data


def test_nothing_reads_the_clock(built: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Assessed and built again years later: the same bytes, and no entry more."""
    before = entries(built)
    made = {path.name: path.read_bytes() for path in (built.folder / "dossier").iterdir()}
    assert set(made) == {"index.html", "dossier.json"}
    found = built.assess()
    monkeypatch.setattr(NOW, lambda: "2041-01-02T03:04:05Z")
    assert built.assess() == found
    built.dossier()
    again = {path.name: path.read_bytes() for path in (built.folder / "dossier").iterdir()}
    assert again == made
    assert entries(built) == before
    assert len(entries(built, "assessment")) == len(entries(built, "dossier")) == 1


def test_a_case_without_pledges_reads_no_clock_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NOW, lambda: "2025-01-01T00:00:00Z")
    case = Case.create(tmp_path / "bare")
    monkeypatch.setattr(NOW, lambda: "2041-01-02T03:04:05Z")
    assert case.report().as_of == date(2025, 1, 1)


def test_what_was_changed_is_named(built: Case) -> None:
    assert built.verify().sound
    (document,) = (built.folder / "documents").iterdir()
    (parquet,) = (built.folder / "events").iterdir()
    for path in (document, parquet, built.folder / "dossier" / "index.html"):
        whole = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
        found = built.verify()
        assert not found.sound
        (fault,) = found.faults
        assert path.name in fault.where
        path.write_bytes(whole)
        assert built.verify().sound


def test_an_unknown_actor_is_named_with_the_nearest(built: Case) -> None:
    change(built, 'actors = ["North"]', 'actors = ["Nroth"]')
    with pytest.raises(PledgeError) as caught:
        built.assess()
    (problem,) = caught.value.problems
    text = (built.folder / "pledges" / "truce.toml").read_text().splitlines()
    line = text.index('actors = ["Nroth"]') + 1
    assert "truce.toml" in problem.where
    assert f"line {line}" in problem.where
    assert "North" in problem.remedy


def test_an_unknown_pledge_is_named_with_the_nearest(built: Case) -> None:
    with pytest.raises(CaseError, match='did you mean "truce"'):
        built.pledge("truse")


def test_documents_and_releases_are_found_wherever_the_folder_goes(built: Case) -> None:
    moved = built.folder.rename(built.folder.parent / "moved")
    assert Case.open(moved).verify().sound
    assert Case.open(moved).assess()[0].releases


SCRIPT = """
import sys
from pathlib import Path
import wordkept.events.releases
from wordkept.case import Case
case = Case.open(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
case.load(Path(sys.argv[2]))
"""


def test_processes_load_at_once(unloaded: Case, written: Path) -> None:
    names = ("counts.csv", "counts.csv", "revised.csv")
    loading = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, unloaded.folder, written / name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in names
    ]  # fmt: skip
    for process in loading:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in loading:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[1] for process in loading]
    assert [process.returncode for process in loading] == [0, 0, 0], said
    releases = {release.id for release in unloaded.releases()}
    assert len(releases) == len(entries(unloaded, "release")) == len(set(names))
    assert {path.stem for path in (unloaded.folder / "events").iterdir()} == releases
    assert unloaded.verify().sound


def test_a_day_before_anything_was_known_is_refused_in_three_lines(built: Case) -> None:
    with pytest.raises(CaseError, match="no release was known by 2016-04-01") as refused:
        built.assess(as_of=date(2016, 4, 1))
    (problem,) = refused.value.problems
    assert problem.where == "--as-of"
    assert "or later" in problem.remedy
