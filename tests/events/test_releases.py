"""A release is written whole or not at all, is the same bytes every time, and counts every row."""

import csv
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept import ids
from wordkept.errors import CaseError, InputError
from wordkept.events import engine
from wordkept.events.harmonise import judge
from wordkept.events.releases import LoadOptions, load_release, open_release, parquet_path
from wordkept.events.schema import EVENT
from wordkept.model import Release

OPTIONS = LoadOptions(loaded_at="2026-01-01T00:00:00Z")
OWN = "native_id,period_from,period_to,event_type,actors_certain,deaths_best\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(
        OWN
        + "a,2016-03-01,2016-03-02,air strike,Russia; Syria,4\n"
        + "b,soon,2016-03-02,air strike,Russia,1\n"
        + "c,2016-03-05,2016-03-05,shelling,,2\n"
    )
    return path


def test_a_release_says_what_was_loaded_and_keeps_it(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "events"
    stages: list[tuple[str, int, int]] = []
    options = replace(
        OPTIONS,
        stated=date(2025, 12, 31),
        progress=lambda stage, done, total: stages.append((stage, done, total)),
    )
    release = load_release(source, folder, options)
    path = parquet_path(folder, release.id)
    assert release.id == ids.file_id(source)
    assert release.parquet == ids.file_id(path)
    assert [each.name for each in folder.iterdir()] == [f"{release.id}.parquet"]
    assert (release.file_name, release.stated) == ("own.csv", date(2025, 12, 31))
    assert (release.receipt.read, release.receipt.loaded) == (3, 2)
    assert release.receipt.set_aside[0].examples == ("row 2: soon",)
    assert [stage for stage, done, total in stages if done == total] == [
        "read", "judge", "fingerprint", "write",
    ]  # fmt: skip

    events = open_release(release, folder, engine.connect())
    assert events.schema() == EVENT
    rows = events.to_pyarrow().to_pylist()
    assert [(row["row"], row["native_id"]) for row in rows] == [(1, "a"), (3, "c")]
    assert [row["actors_certain"] for row in rows] == [["Russia", "Syria"], []]


def test_the_same_bytes_twice_are_one_release(source: Path, tmp_path: Path) -> None:
    first = load_release(source, tmp_path / "events", OPTIONS)
    before = parquet_path(tmp_path / "events", first.id).stat().st_mtime_ns
    again = load_release(source, tmp_path / "events", OPTIONS)
    assert again == first
    assert parquet_path(tmp_path / "events", first.id).stat().st_mtime_ns == before


def test_a_release_is_not_rewritten_under_another_reading(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "events"
    first = load_release(source, folder, OPTIONS)
    (tmp_path / "own.csv.toml").write_text('[dataset]\nname = "renamed"\n')
    with pytest.raises(CaseError, match="a release is never rewritten"):
        load_release(source, folder, OPTIONS)
    assert ids.file_id(parquet_path(folder, first.id)) == first.parquet
    assert len(list(folder.iterdir())) == 1
    second = load_release(source, folder, replace(OPTIONS, replace=True))
    assert ids.file_id(parquet_path(folder, first.id)) == second.parquet != first.parquet


def test_the_bytes_do_not_depend_on_the_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "own.csv"
    with source.open("w") as stream:
        stream.write(OWN)
        for number in range(130_000):
            stream.write(f"{number},2016-03-{number % 28 + 1:02},2016-03-31,riot,A {number},1\n")
    connect = engine.connect
    written = []
    for threads in (1, 3):

        def limited(threads: int = threads) -> object:
            connection = connect()
            connection.raw_sql(f"SET threads = {threads}")
            return connection

        monkeypatch.setattr(engine, "connect", limited)
        written.append(load_release(source, tmp_path / str(threads), OPTIONS).parquet)
    assert len(set(written)) == 1


def test_the_bytes_do_not_depend_on_the_order_of_judging(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = load_release(source, tmp_path / "plain", OPTIONS)
    monkeypatch.setattr(
        "wordkept.events.releases.judge", lambda *given: judge(*given).order_by(ibis.desc("row"))
    )
    assert load_release(source, tmp_path / "turned", OPTIONS).parquet == plain.parquet


def opened(release: Release, folder: Path) -> CaseError:
    with pytest.raises(CaseError) as caught:
        open_release(release, folder, engine.connect())
    return caught.value


def test_a_release_that_is_gone_or_changed_is_named(source: Path, tmp_path: Path) -> None:
    release = load_release(source, tmp_path / "events", OPTIONS)
    path = parquet_path(tmp_path / "events", release.id)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    (problem,) = opened(release, tmp_path / "events").problems
    assert "has changed since it was written" in problem.what
    assert release.id in problem.where
    assert "load own.csv again" in problem.remedy
    path.unlink()
    (problem,) = opened(release, tmp_path / "events").problems
    assert "its file is gone" in problem.what


CELL = st.sampled_from(
    ["", "2016-03-01", "0025-03-01", "31-12-2016", "riot", "party", "-3", "7", "1e9", "x", "99999"]
)


@settings(max_examples=5)
@given(st.lists(st.tuples(*[CELL] * 6), min_size=1, max_size=40))
def test_read_is_loaded_and_set_aside(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    source = folder / "own.csv"
    with source.open("w", newline="") as stream:
        stream.write(OWN)
        csv.writer(stream).writerows([*cells, ("a", "2016-03-01", "2016-03-01", "riot", "", "")])
    release = load_release(source, folder / "events", OPTIONS)
    aside = sum(each.rows for each in release.receipt.set_aside)
    events = open_release(release, folder / "events", engine.connect())
    assert release.receipt.read == len(cells) + 1
    assert release.receipt.loaded == release.receipt.read - aside
    assert release.receipt.loaded == events.count().to_pyarrow().as_py()


SCRIPT = """
import sys, time
from pathlib import Path
from wordkept.events import releases
from wordkept.events.releases import LoadOptions, load_release
{before}
load_release(Path(sys.argv[1]), Path(sys.argv[2]), LoadOptions(loaded_at="2026-01-01"))
"""
STOP_BEFORE_RENAME = """
def wait(part, final, options):
    assert part.stat().st_size > 0
    print("ready", flush=True)
    time.sleep(60)
releases._put = wait
"""


def test_a_load_that_is_killed_leaves_nothing_under_its_name(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "events"
    script = SCRIPT.format(before=STOP_BEFORE_RENAME)
    with subprocess.Popen(
        [sys.executable, "-c", script, source, folder], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGKILL)
        process.wait()
    (left,) = folder.iterdir()
    assert left.name.endswith(".part")
    release = load_release(source, folder, OPTIONS)
    assert [each.name for each in folder.iterdir()] == [f"{release.id}.parquet"]


def test_what_other_killed_loads_left_is_swept_up_once_it_is_old(
    source: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "events"
    folder.mkdir()
    old, new = folder / ".0.parquet.part", folder / ".1.parquet.part"
    old.touch()
    new.touch()
    os.utime(old, (time.time() - 7200,) * 2)
    release = load_release(source, folder, OPTIONS)
    assert {each.name for each in folder.iterdir()} == {f"{release.id}.parquet", new.name}


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    """A limit on the size of files stands in for the disk: the system refuses both alike."""
    source, folder = tmp_path / "own.csv", tmp_path / "events"
    with source.open("w") as stream:
        stream.write(OWN)
        stream.writelines(
            f"{number},2016-03-01,2016-03-31,riot,{ids.bytes_id(str(number).encode())},1\n"
            for number in range(20_000)
        )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    script = SCRIPT.format(before="")
    done = subprocess.run(
        [sys.executable, "-c", script, source, folder],
        preexec_fn=limit, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "CaseError: the release cannot be written" in done.stderr
    assert "free some space and load the file again" in done.stderr
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CaseError, match="the release cannot be written") as caught:
        load_release(source, source / "events", OPTIONS)
    assert "own.csv" in caught.value.problems[0].where

    def refuse(_connection: object, _table: object, path: Path, *_rest: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(engine, "write_parquet", refuse)
    with pytest.raises(CaseError) as caught:
        load_release(source, tmp_path / "events", OPTIONS)
    (problem,) = caught.value.problems
    assert problem.what == "the release cannot be written: Permission denied"
    assert "make the folder writable" in problem.remedy


NOT_AS_ROOT = ("setpriv", "--securebits=+noroot") if os.name == "posix" and not os.geteuid() else ()
"""Takes root's power to write anywhere: what root owns is then under its mode, as for anyone."""


@pytest.mark.skipif(os.name != "posix", reason="needs users")
@pytest.mark.skipif(
    bool(NOT_AS_ROOT) and not shutil.which("setpriv"), reason="root, and no setpriv to be less"
)
def test_a_read_only_folder_is_said(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "events"
    folder.mkdir(mode=0o500)
    done = subprocess.run(
        [*NOT_AS_ROOT, sys.executable, "-c", SCRIPT.format(before=""), source, folder],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "CaseError: the release cannot be written" in done.stderr
    assert "make the folder writable" in done.stderr
    assert list(folder.iterdir()) == []


def test_a_dataset_can_be_asked_for_by_name(source: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match='did you mean "airwars"'):
        load_release(source, tmp_path, replace(OPTIONS, dataset="airwar"))
    with pytest.raises(InputError, match=r"airwars .* needs are missing"):
        load_release(source, tmp_path, replace(OPTIONS, dataset="airwars"))


REAL = {
    "airwars_syria_incidents_to_2016-08.csv": ("airwars", 1485),
    "centcom_oir_strikes_2014_2016.csv": ("centcom-strikes", 5605),
    "ucdp_ged_syria_2016_2019.csv.gz": ("ucdp-ged", 16566),
    "gdelt1_sample50.csv": ("gdelt", 50),
    "gdelt2_sample50.csv": ("gdelt", 50),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_the_real_records_load(name: str, shared: Path, tmp_path: Path) -> None:
    release = load_release(shared / "data" / name, tmp_path / "events", OPTIONS)
    assert (release.dataset, release.receipt.read) == REAL[name]
    assert release.receipt.loaded > 0.99 * release.receipt.read
