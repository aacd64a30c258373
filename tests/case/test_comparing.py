"""Two releases held against each other: what changed, and which verdict flips, entered once."""

import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from wordkept.case import Case
from wordkept.case.comparing import compare
from wordkept.case.stamps import assess_by_stamps
from wordkept.errors import CaseError
from wordkept.events import keeping
from wordkept.ledger.entries import Entry
from wordkept.ledger.journal import Ledger

STATED = date(2025, 6, 1)


def flips(case: Case) -> tuple[Entry, ...]:
    with Ledger.open(case.folder / "ledger.sqlite") as ledger:
        return ledger.entries("flip")


@pytest.fixture(scope="module")
def revised_once(
    unloaded_once: Path, written: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A case with two releases: the second says that the guns fired on."""
    folder = tmp_path_factory.mktemp("revised") / "valley"
    shutil.copytree(unloaded_once, folder)
    case = Case.open(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "SMALL_BYTES", 0)
        patch.setattr(keeping, "MOST_OF_WHOLE", 10.0)
        patch.setattr(keeping, "MOST_TOGETHER", 10.0)
        case.load(written / "counts.csv", stated=STATED)
        case.load(written / "revised.csv", stated=STATED + timedelta(days=30))
    return folder


@pytest.fixture
def revised(revised_once: Path, tmp_path: Path) -> Case:
    return Case.open(shutil.copytree(revised_once, tmp_path / "valley"))


def test_a_flip_is_entered_once_with_its_cause(revised: Case) -> None:
    found = compare(revised, "daily-counts")
    assert found.numbers == (1, 2)
    changes = found.difference.changes
    assert (changes.added, changes.changed, changes.deleted) == (0, 14, 0)
    assert dict(found.difference.fields).keys() == {"events_low", "events_best", "events_high"}
    (one,) = found.effects
    assert one.flipped
    assert one.changes == changes
    assert one.sentence == (
        f"The verdict went from {one.was} to {one.now} between the release of 1 June 2025 and that "
        "of 1 July 2025; of the rows that the plan counts, 0 added, 14 changed and 0 deleted."
    )
    (entry,) = flips(revised)
    assert entry.payload["pledge"] == "truce"
    assert (entry.payload["was"], entry.payload["now"]) == (one.was, one.now)
    assert (entry.payload["before"], entry.payload["after"]) == (found.before.id, found.after.id)
    assert found.new_flips == 1
    assert compare(revised, "daily-counts").new_flips == 0
    assert len(flips(revised)) == 1
    assert revised.verify().sound


def test_the_words_are_those_of_each_release_by_itself(revised: Case) -> None:
    (one,) = compare(revised, "daily-counts").effects
    words = [revised.assess(as_of=STATED + timedelta(days=days))[0].verdict.word
             for days in (0, 30)]  # fmt: skip
    assert words == [one.was, one.now]


def test_a_release_is_named_by_order_day_or_hash(revised: Case) -> None:
    first, second = revised.releases()
    for names in (("2", "1"), ("2025-07-01", "2025-06-01"), (second.id[:9], first.id)):
        found = compare(revised, "daily-counts", names)
        assert (found.before, found.after) == (second, first)
    assert compare(revised, "daily-counts", ("1",)).after == second
    same = compare(revised, "daily-counts", ("1", "1"))
    assert same.difference.changes.none
    assert not same.effects[0].flipped
    for name in ("3", "2025-06-02", "beef0", "latest"):
        with pytest.raises(CaseError, match=f'no release of daily-counts is called "{name}"') as no:
            compare(revised, "daily-counts", (name,))
        assert f"1 (2025-06-01, {first.id[:12]})" in no.value.problems[0].remedy


def test_what_cannot_be_compared_is_said(built: Case) -> None:
    with pytest.raises(CaseError, match="there is one release of daily-counts"):
        compare(built, "daily-counts")
    with pytest.raises(CaseError, match='no release of "daily-count"') as refused:
        compare(built, "daily-count")
    assert refused.value.problems[0].remedy == 'did you mean "daily-counts"?'


def test_examples_are_withheld_where_rows_are(revised: Case) -> None:
    settings = revised.folder / "wordkept.toml"
    settings.write_text(
        settings.read_text()
        + '\n[publication.daily-counts]\nallows = "aggregates"\nat_least = 20\n'
    )
    found = compare(Case.open(revised.folder), "daily-counts")
    assert found.difference.changed == ()
    assert found.difference.changes.changed == 14
    assert "0 added, under 20 changed and 0 deleted" in found.effects[0].sentence


def test_a_case_with_changes_is_verified_row_for_row(revised: Case) -> None:
    found = revised.verify()
    assert found.sound
    assert any("1 release kept as changes made anew" in one for one in found.checks)
    (kept,) = (revised.folder / "events").glob("*.changes.parquet")
    kept.write_bytes(kept.read_bytes()[:-1])
    (fault,) = revised.verify().faults
    assert kept.name in fault.where


def test_a_file_that_is_gone_is_written_again(revised: Case, written: Path) -> None:
    """As the error of a damaged one says: it is moved away, and the file loaded again."""
    (whole,) = (revised.folder / "events").glob("*[0-9a-f].parquet")
    content = whole.read_bytes()
    whole.write_bytes(content[:-1])
    with pytest.raises(CaseError, match="has changed since it was written") as refused:
        revised.load(written / "counts.csv")
    assert "move it away and load counts.csv again" in refused.value.problems[0].remedy
    whole.unlink()
    revised.load(written / "counts.csv")
    assert whole.read_bytes() == content
    assert revised.verify().sound


SCRIPT = """
import sys
from pathlib import Path
from wordkept.case import Case
from wordkept.events import keeping
keeping.SMALL_BYTES, keeping.MOST_OF_WHOLE, keeping.MOST_TOGETHER = 0, 10.0, 10.0
case = Case.open(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
case.load(Path(sys.argv[2]))
"""


def test_two_processes_load_releases_of_one_dataset_at_once(unloaded: Case, written: Path) -> None:
    """Each in turn: the later is kept as what changed since the earlier, whichever it is."""
    names = ("counts.csv", "revised.csv")
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
    said = [process.communicate("\n", timeout=120)[1] for process in loading]
    assert [process.returncode for process in loading] == [0, 0], said
    first, second = unloaded.releases()
    names_kept = {path.name for path in (unloaded.folder / "events").iterdir()}
    assert names_kept == {f"{first.id}.parquet", f"{second.id}.changes.parquet"}
    assert unloaded.verify().sound
    assert compare(unloaded, "daily-counts").difference.changes.changed == 14


ACLED = (
    "event_id_cnty,event_date,event_type,sub_event_type,actor1,assoc_actor_1,actor2,assoc_actor_2,"
    "country,admin1,location,latitude,longitude,fatalities,timestamp\n"
)


def stamped(number: int, day: date, stamp: date | None) -> str:
    seconds = "" if stamp is None else str((stamp - date(1970, 1, 1)).days * 86_400 + 3600)
    return (
        f"XXX{number},{day},Explosions/Remote violence,Shelling/artillery/missile attack,North,,"
        f"Civilians,,Nowhere,Valley,Town,10.0,20.0,0,{seconds}\n"
    )


def test_the_view_by_stamps_says_what_it_is(unloaded: Case, tmp_path: Path) -> None:
    """Rows that are made up, under the real header."""
    first = date(2025, 3, 1)
    lines = [
        stamped(n, first + timedelta(days=n), first + timedelta(days=n + 9)) for n in range(30)
    ]
    source = tmp_path / "acled.csv"
    source.write_text(ACLED + "".join(lines) + stamped(99, first, None))
    unloaded.load(source)
    pledge = unloaded.folder / "pledges" / "truce.toml"
    pledge.write_text(pledge.read_text().replace('"daily-counts"', '"acled"'))
    (note,) = assess_by_stamps(unloaded, first + timedelta(days=18)).notes
    assert note.startswith("acled: 10 of 31 rows of the release of ")
    assert "bear a stamp of 19 March 2025 or older. 1 row has no stamp" in note
    found = assess_by_stamps(unloaded, first + timedelta(days=18))
    assert "missing here" in found.meaning
    assert len(found.found) == 1
    assert found.found[0].as_of == first + timedelta(days=18)
    with Ledger.open(unloaded.folder / "ledger.sqlite") as ledger:
        assert ledger.entries("assessment") == ()


def test_rows_without_stamps_are_taken_by_release(revised: Case) -> None:
    found = assess_by_stamps(revised, STATED)
    assert found.notes == (
        "daily-counts: its rows bear no stamps; the release of 1 June 2025 is taken whole.",
    )
    assert [one.verdict.word for one in found.found] == [
        one.verdict.word for one in revised.assess(as_of=STATED)
    ]
    with pytest.raises(CaseError, match="no release was known by"):
        assess_by_stamps(revised, STATED - timedelta(days=1))
