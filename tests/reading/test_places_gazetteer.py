import sqlite3
import zipfile
from multiprocessing import get_context
from pathlib import Path

import pytest

from wordkept.errors import InputError
from wordkept.reading import gazetteer as under_test
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.gazetteer_extending import COLUMNS, extend
from wordkept.reading.gazetteer_index import (
    Candidate,
    Entry,
    cache_folder,
    name_key,
    write_index,
)
from wordkept.reading.places import read_places


def line(number: int, name: str, kind: str, feature: str, **more: str) -> str:
    cells = [""] * COLUMNS
    cells[0], cells[1], cells[2], cells[3] = str(number), name, name, more.get("aliases", "")
    cells[4], cells[5] = more.get("lat", "35.5"), more.get("lon", "38.5")
    cells[6], cells[7], cells[8], cells[14] = kind, feature, "SY", more.get("population", "0")
    return "\t".join(cells) + "\n"


FILE = (
    line(1, "Tell Zubayra", "P", "PPL", aliases="Tal Zubeira,تل", population="700")
    + line(2, "Zubayra Air Base", "S", "AIRB")
    + line(3, "Bir Zubayra", "H", "WLL")
    + line(4, "Far Zubayra", "P", "PPL", lat="135.0")
    + "one\ttwo\n"
)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of our own, and a gazetteer of one town."""
    town = Candidate(
        source="geonames:9", name="Lornstad", country="NO", admin1="", sort="settlement", lat=60.0,
        lon=10.0, population=500_000,
    )  # fmt: skip
    monkeypatch.setenv("WORDKEPT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(under_test, "entries", lambda: iter([Entry(town, ("Lørnstad",))]))
    return tmp_path


def test_the_cache_stands_where_the_variable_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORDKEPT_CACHE", "there")
    assert cache_folder() == Path("there")
    monkeypatch.delenv("WORDKEPT_CACHE")
    assert cache_folder().name in {"wordkept", "Cache"}


def test_it_is_built_once(small: Path) -> None:
    assert not Gazetteer.built()
    assert [one.name for one in Gazetteer.load().candidates("LORNSTAD")] == ["Lornstad"]
    assert Gazetteer.built()
    (file,) = (small / "cache").iterdir()
    written = file.stat().st_mtime_ns
    assert Gazetteer.load().candidates("Nowhere") == ()
    assert file.stat().st_mtime_ns == written


def test_a_damaged_cache_is_built_anew(small: Path) -> None:
    Gazetteer.load()
    (file,) = (small / "cache").iterdir()
    file.write_bytes(b"no index")
    assert Gazetteer.load().candidates("Lornstad")


def test_where_nothing_can_be_written_it_is_held_in_memory(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small / "cache").write_text("a file stands here")
    assert Gazetteer.load().candidates("Lornstad")
    assert not Gazetteer.built()
    monkeypatch.setenv("WORDKEPT_CACHE", "/proc/nowhere")
    assert Gazetteer.load().candidates("Lornstad")


def _write(file: Path) -> int:
    place = Candidate(
        source="x", name="Lornstad", country=None, admin1="", sort="region", lat=None, lon=None,
        population=0,
    )  # fmt: skip
    return write_index(file, (Entry(place, (f"Lorn {number}",)) for number in range(2_000)))


def test_two_that_build_at_once_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "index"
    with get_context("spawn").Pool(2) as pool:
        assert pool.map(_write, [file, file]) == [2_000, 2_000]
    assert [one.name for one in tmp_path.iterdir()] == ["index"]
    assert sqlite3.connect(file).execute("SELECT count(*) FROM place").fetchone() == (2_000,)


@pytest.mark.parametrize("packed", [False, True])
def test_a_user_adds_a_country(small: Path, packed: bool) -> None:
    file = small / "SY.txt"
    file.write_text(FILE, encoding="utf-8")
    if packed:
        with zipfile.ZipFile(small / "SY.zip", "w") as out:
            out.write(file, "SY.txt")
            out.writestr("readme.txt", "of no use")
        file = small / "SY.zip"
    made = extend(small / "added", file)
    assert (made.read, made.kept, made.of_no_use, made.unreadable) == (5, 2, 1, 2)
    assert made.read == made.kept + made.of_no_use + made.unreadable
    text = "The column stopped at Tal Zubeira, Syria."
    before = [place.span.of(text) for place in read_places(text, Gazetteer.load(), country="SY")]
    gazetteer = Gazetteer.load(small / "added")
    (found,) = read_places(text, gazetteer, country="SY")
    assert before == []
    assert (found.name, found.source) == ("Tell Zubayra", "geonames:1")
    assert (found.span.of(text), found.country, found.sort) == ("Tal Zubeira", "SY", "settlement")
    assert [one.sort for one in gazetteer.candidates("Zubayra Air Base")] == ["base"]
    assert extend(small / "added", file).file == made.file


@pytest.mark.parametrize(
    ("name", "content"),
    [("gone.txt", None), ("odd.txt", b"\xff\xfe\x00"), ("empty.txt", b""), ("prose.txt", b"No.")],
)
def test_what_is_no_country_file_is_told(small: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (small / name).write_bytes(content)
    with pytest.raises(InputError) as told:
        extend(small / "added", small / name)
    assert name in str(told.value)
    assert not [one for one in small.glob("added/*") if one.is_file()]


def test_a_damaged_addition_is_told(small: Path) -> None:
    (small / "XX.places").write_bytes(b"no index")
    with pytest.raises(InputError, match="cannot be read"):
        Gazetteer.load(small)


@pytest.mark.parametrize("name", ["Deir ez-Zor", "Dayr az Zawr", "Tartūs", "U.A.E.", "Kyïv"])
def test_a_folded_name_is_folded_once(name: str) -> None:
    key = name_key(name)
    assert key == key.strip()
    assert key.startswith("=") or name_key(key) == key


def test_our_tables_hold_what_cities_lack() -> None:
    gazetteer = Gazetteer.load()
    for name, sort in (("Hmeimim", "base"), ("Donbas", "region"), ("Helmand", "province")):
        assert sort in {one.sort for one in gazetteer.candidates(name)}
    assert gazetteer.people("Syrians") == ("SY",)
    assert gazetteer.people("Kurdish") == ()
    assert gazetteer.people("Syria") is None
    turkey = gazetteer.country("TR")
    assert turkey is not None
    assert turkey.name == "Turkey"
