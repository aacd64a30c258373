"""The review bundle, checked on another folder by bare Python: what is changed in it is found."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wordkept.case import Case
from wordkept.case.building import build
from wordkept.case.bundling import make_bundle, write_bundle
from wordkept.cli import main
from wordkept.dossier.bundle import verify
from wordkept.dossier.zipping import zipped
from wordkept.errors import CaseError, InputError
from wordkept.ids import bytes_id

Files = dict[str, bytes]
LISTED = (
    "README.txt", "documents.json", "dossier/dossier.json", "dossier/index.ar.html",
    "dossier/index.html", "ledger.jsonl", "manifest.json", "pledges/truce.toml",
    "rows/counts.json", "rows/daily-counts.csv", "rows/datasets.json", "verify.py",
)  # fmt: skip
ROW_DAY = "2025-03-03"
"""A day of which the made-up record has a row."""


MAY_LEAVE = """\
[dataset]
name = "daily-counts"
title = "Shells by day, made up"
citation = "Made up for the tests"
licence = "CC0"
publication = { allows = "rows", terms = "Nobody owns what is made up." }
"""


@pytest.fixture(scope="module")
def open_once(unloaded_once: Path, written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up case with a record whose rows may leave."""
    folder = tmp_path_factory.mktemp("bundling")
    case = Case.open(shutil.copytree(unloaded_once, folder / "valley"))
    shutil.copy(written / "counts.csv", folder)
    (folder / "counts.csv.toml").write_text(MAY_LEAVE)
    case.register()
    case.load(folder / "counts.csv")
    build(case, languages=["ar"])
    return case.folder


@pytest.fixture
def built(open_once: Path, tmp_path: Path) -> Case:
    return Case.open(shutil.copytree(open_once, tmp_path / "valley"))


@pytest.fixture(scope="module")
def bundle_once(open_once: Path) -> Path:
    """The unzipped bundle of it."""
    written = write_bundle(
        Case.open(shutil.copytree(open_once, open_once.parent / "copy" / "valley"))
    )
    unzipped = open_once.parent / "unzipped"
    zipfile.ZipFile(written.path).extractall(unzipped)
    return unzipped


@pytest.fixture
def unzipped(bundle_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(bundle_once, tmp_path / "elsewhere")


def checked(target: Path, *options: str) -> tuple[int, str]:
    """What the verifier says in a Python without site, environment or wordkept."""
    ours = Path(verify.__file__)
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(ours), str(target), *options],
        capture_output=True, text=True, check=False, cwd="/", env={}, timeout=60,
    )  # fmt: skip
    assert run.stderr == ""
    assert max(map(len, run.stdout.splitlines())) <= 80
    return run.returncode, run.stdout


def held(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def opened(content: bytes) -> Files:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_what_it_should_and_is_sound(bundle_once: Path) -> None:
    files = held(bundle_once)
    assert set(LISTED) <= set(files)
    assert {name.split("/")[0] for name in set(files) - set(LISTED)} == {
        "documents", "plans", "texts",
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"],
        capture_output=True, text=True, check=False, cwd=bundle_once, env={},
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "quotes: 1 stand word for word" in run.stdout
    assert re.search(r"counts: [1-9]\d* printed counts are the sums", run.stdout)
    assert held(bundle_once) == files


def test_the_published_hash_pins_it(unzipped: Path) -> None:
    pinned = hashlib.sha256((unzipped / "manifest.json").read_bytes()).hexdigest()
    assert checked(unzipped, "--manifest-hash", pinned)[0] == 0
    code, said = checked(unzipped, "--manifest-hash", "0" * 64)
    assert code == 1
    assert "not the one given" in " ".join(said.split())


def test_the_same_case_gives_the_same_bytes(built: Case, tmp_path: Path) -> None:
    first = write_bundle(built)
    target = tmp_path / "out" / "bundle.zip"
    run = CliRunner().invoke(main, ["bundle", str(built.folder), "--to", str(target)])
    assert run.exit_code == 0, run.output
    assert first.path.read_bytes() == target.read_bytes()
    assert f"manifest  {first.bundle.manifest}" in run.output
    assert checked(target, "--manifest-hash", first.bundle.manifest)[0] == 0
    with built.ledger() as ledger:
        entries = ledger.entries("bundle")
    assert {one.payload["manifest"] for one in entries} == {first.bundle.manifest}
    assert built.verify().sound


def test_a_flipped_byte_in_any_file_is_found(bundle_once: Path, tmp_path: Path) -> None:
    draw = Random(20261123)  # noqa: S311 - places, the same each time
    for name, content in held(bundle_once).items():
        copy = shutil.copytree(bundle_once, tmp_path / bytes_id(name.encode()))
        place, bit = draw.randrange(len(content)), 1 << draw.randrange(8)
        changed = bytearray(content)
        changed[place] ^= bit
        (copy / name).chmod(0o644)
        (copy / name).write_bytes(bytes(changed))
        code, said = checked(copy)
        assert code == 1, f"{name}, byte {place}, bit {bit}"
        assert "FAULT" in said


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(draw=st.data())
def test_a_flipped_byte_anywhere_is_found(bundle_once: Path, draw: st.DataObject) -> None:
    files = held(bundle_once)
    name = draw.draw(st.sampled_from(sorted(files)))
    place = draw.draw(st.integers(0, len(files[name]) - 1))
    changed = bytearray(files[name])
    changed[place] ^= 1 << draw.draw(st.integers(0, 7))
    assert faults({**files, name: bytes(changed)}) > 0


def faults(files: Files) -> int:
    """How many faults the verifier finds in files that are zipped as they are."""
    source = verify.Archive.__new__(verify.Archive)
    content = zipped(files)
    source.archive, source.size = zipfile.ZipFile(BytesIO(content)), len(content)
    return verify.checked(source, "in memory", None)


def removed(files: Files) -> None:
    del files["rows/counts.json"]


def added(files: Files) -> None:
    files["rows/more.csv"] = b"row\n"


def truncated(files: Files) -> None:
    files["ledger.jsonl"] = files["ledger.jsonl"][:-40]


def swapped(files: Files) -> None:
    files["rows/counts.json"], files["rows/datasets.json"] = (
        files["rows/datasets.json"], files["rows/counts.json"],
    )  # fmt: skip


def emptied(files: Files) -> None:
    files["documents.json"] = b""


def nested(files: Files) -> None:
    files["documents.json"] = b"[" * 100_000


@pytest.mark.parametrize("change", [removed, added, truncated, swapped, emptied, nested])
def test_files_taken_out_put_in_or_swapped_are_found(
    bundle_once: Path, change: Callable[[Files], None]
) -> None:
    files = held(bundle_once)
    change(files)
    assert faults(files) > 0


def edited(name: str, old: str, new: str) -> Callable[[Files], None]:
    def edit(files: Files) -> None:
        text = files[name].decode()
        assert old in text
        files[name] = text.replace(old, new, 1).encode()

    return edit


def one_row_less(files: Files) -> None:
    lines = files["rows/daily-counts.csv"].splitlines(keepends=True)
    counted = json.loads(files["rows/counts.json"])
    row = counted[0]["rows"].pop()
    files["rows/counts.json"] = json.dumps(counted).encode()
    assert any(line.startswith(f"{row},".encode()) for line in lines)


def entry_dropped(files: Files) -> None:
    lines = files["ledger.jsonl"].splitlines(keepends=True)
    files["ledger.jsonl"] = b"".join(lines[:1] + lines[2:])


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (edited("dossier/dossier.json", '"words": "our guns', '"words": "our  gun'), "a quote is"),
        (edited("ledger.jsonl", '"kind":"capture"', '"kind":"capturE"'), "its hash was made from"),
        (entry_dropped, "does not follow"),
        (one_row_less, "its rows make"),
        (edited("documents.json", '"masked": []', '"masked": [[0, 5]]'), "is not masked"),
    ],
)
def test_whoever_makes_the_manifest_anew_is_found_by_what_the_files_say(
    bundle_once: Path, change: Callable[[Files], None], what: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    files = held(bundle_once)
    change(files)
    manifest = json.loads(files.pop("manifest.json"))
    for name, content in files.items():
        manifest["files"][name] = {"sha256": bytes_id(content), "size": len(content)}
    text = json.dumps(manifest, sort_keys=True, indent=1) + "\n"
    found = faults({**files, "manifest.json": text.encode()})
    said = " ".join(capsys.readouterr().out.split())
    assert found
    assert what in said


def zip_of(path: Path, *members: tuple[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_names_that_leave_the_folder_are_refused(bundle_once: Path) -> None:
    for name in ("../outside.txt", "/etc/outside", "rows/../../x", "a\\b", "rows//x", "c:x"):
        files = held(bundle_once)
        manifest = json.loads(files["manifest.json"])
        manifest["files"][name] = {"sha256": bytes_id(b"x"), "size": 1}
        text = json.dumps(manifest, sort_keys=True, indent=1) + "\n"
        assert faults({**files, name: b"x", "manifest.json": text.encode()}) > 0


def test_a_zip_that_is_a_bomb_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "SMALL", 1 << 12)
    bomb = verify.Archive(zip_of(tmp_path / "bomb.zip", ("manifest.json", b"0" * (1 << 20))))
    with pytest.raises(ValueError, match="far more than it is"):
        bomb.sizes()


def test_a_zip_with_a_name_twice_is_not_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = zip_of(tmp_path / "twice.zip", ("manifest.json", b"1"), ("manifest.json", b"2"))
    assert verify.verify(twice) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"a text"])
def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "none.zip").write_bytes(content)
    assert checked(tmp_path / "none.zip")[0] == 1
    assert checked(tmp_path / "absent.zip")[0] == 1
    (tmp_path / "empty").mkdir()
    assert checked(tmp_path / "empty")[0] == 1


def test_links_in_a_folder_are_refused(unzipped: Path) -> None:
    (unzipped / "linked.txt").symlink_to(unzipped / "README.txt")
    assert checked(unzipped)[0] == 1


def test_a_zip_that_was_packed_again_is_as_good(bundle_once: Path, tmp_path: Path) -> None:
    again = zip_of(tmp_path / "again.zip", *held(bundle_once).items())
    assert checked(again)[0] == 0


def test_the_verifier_speaks_an_older_python() -> None:
    import ast

    source = Path(verify.__file__).read_text()
    tree = ast.parse(source, feature_version=(3, 9))
    imported = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    } | {
        str(node.module).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert imported <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("rule", ['allows = "nothing"', 'allows = "aggregates"\nat_least = 5'])
def test_withheld_rows_stand_nowhere_in_it(built: Case, rule: str) -> None:
    settings_file = built.folder / "wordkept.toml"
    settings_file.write_text(f"{settings_file.read_text()}\n[publication.daily-counts]\n{rule}\n")
    bundle, withheld = make_bundle(Case.open(built.folder))
    files = opened(bundle.content)
    assert [name for name in files if name.endswith(".csv")] == []
    assert json.loads(files["rows/counts.json"]) == []
    assert ROW_DAY not in (files["ledger.jsonl"] + files["rows/datasets.json"]).decode()
    held_back = [json.loads(line) for line in files["ledger.jsonl"].splitlines()]
    kinds = {one["withheld"]["kind"] for one in held_back if "withheld" in one}
    assert "release" in kinds or "aggregates" in rule
    assert any("withheld" in one for one in withheld)
    assert faults(files) == 0


def test_a_case_withholds_a_document(built: Case) -> None:
    settings_file = built.folder / "wordkept.toml"
    text = settings_file.read_text()
    settings_file.write_text(f'{text}\n[bundle]\nwithhold = ["statement.txt"]\n')
    bundle, withheld = make_bundle(Case.open(built.folder))
    files = opened(bundle.content)
    assert [name for name in files if name.startswith(("documents/", "texts/"))] == []
    assert any("the case withholds this document" in one for one in withheld)
    assert "the case withholds" in " ".join(files["README.txt"].decode().split())
    assert faults(files) == 0
    settings_file.write_text(f'{text}\n[bundle]\nwithhold = ["nobody.txt"]\n')
    with pytest.raises(InputError, match=r"nobody\.txt"):
        make_bundle(Case.open(built.folder))
    settings_file.write_text(f"{text}\n[bundle]\nwithhold = 3\n")
    with pytest.raises(CaseError, match="no list of documents"):
        Case.open(built.folder)
