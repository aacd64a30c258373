"""A release kept as changes is, row for row, what was loaded; damage to its files is named."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept import ids
from wordkept.errors import CaseError
from wordkept.events import engine, keeping
from wordkept.events.fingerprint import batches_id, rows_id
from wordkept.events.releases import LoadOptions, load_release, open_release
from wordkept.events.schema import EVENT
from wordkept.model import Release

Recorded = Callable[..., ir.Table]
OPTIONS = LoadOptions(loaded_at="2026-01-01T00:00:00Z")
OWN = "native_id,period_from,period_to,event_type,actors_certain,deaths_best,place\n"
MONTHS = 4


EVER = {"SMALL_BYTES": 0, "MOST_OF_WHOLE": 1e9, "MOST_TOGETHER": 1e9}
"""Files of a test are small: under these limits they are kept as changes all the same."""


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, limit in EVER.items():
            patch.setattr(keeping, name, limit)
        yield


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    connection = engine.connect()
    yield connection
    connection.disconnect()


ROW = st.fixed_dictionaries(
    {
        "native_id": st.sampled_from(["a", "b", "c", "d"]),
        "deaths_best": st.one_of(st.none(), st.integers(0, 3)),
        "place": st.sampled_from([None, "", "Homs", "حمص"]),
        "actors_certain": st.lists(st.sampled_from(["X", "Y, Z"]), max_size=2),
        "lat": st.sampled_from([None, 0.0, 1.5]),
        "gap": st.integers(1, 3),
    }
)
SEQUENCE = st.lists(st.lists(ROW, min_size=1, max_size=9), min_size=2, max_size=4)


def laid(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Rows as a file has them: some of its rows were set aside, so their numbers have gaps."""
    number, cells = 0, []
    for row in rows:
        number += row["gap"]
        kept = {key: value for key, value in row.items() if key != "gap"}
        cells.append({**dict.fromkeys(EVENT.names), **kept, "row": number})
    return pa.Table.from_pylist(cells, schema=EVENT.to_pyarrow())


@settings(max_examples=5)
@given(sequence=SEQUENCE)
def test_any_sequence_of_releases_is_kept_row_for_row(
    sequence: list[list[dict[str, Any]]],
    connection: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("law")
    links: tuple[keeping.Link, ...] = ()
    for number, rows in enumerate(map(laid, sequence)):
        whole = keeping.whole_path(folder, f"{number}")
        table = connection.create_table("made_up", rows, overwrite=True)
        engine.write_parquet(connection, table.order_by("row"), whole)
        identity: str | None = ids.file_id(whole)
        if links:
            to = keeping.changes_path(folder, f"{number}")
            before = keeping.made_of(links, connection)
            identity = keeping.keep_changes(whole, links, before, to, connection)
            whole.unlink()
        assert identity is not None
        links = keeping.chain(folder, f"{number}", identity)
        assert len(links) == number + 1
        made = keeping.made_of(links, connection).to_pyarrow()
        assert made.cast(rows.schema).equals(rows)


@settings(max_examples=25)
@given(rows=st.lists(ROW, min_size=1, max_size=9), cuts=st.integers(1, 4), place=st.data())
def test_a_fingerprint_is_of_what_rows_say(
    rows: list[dict[str, Any]], cuts: int, place: st.DataObject
) -> None:
    table = laid(rows)
    whole = batches_id(table.to_batches())
    assert batches_id(table.to_batches(max_chunksize=cuts)) == whole
    at = place.draw(st.integers(0, len(rows) - 1))
    other = [*rows[:at], {**rows[at], "deaths_best": 9}, *rows[at + 1 :]]
    assert batches_id(laid(other).to_batches()) != whole


def test_nothing_is_not_nought_nor_the_empty_text(recorded: Recorded) -> None:
    told = [{"deaths_best": None}, {"deaths_best": 0}, {"place": ""}, {"place": None},
            {"actors_certain": ["a", "b"]}, {"actors_certain": ["ab"]}]  # fmt: skip
    tables = [recorded([row], named=f"r{number}").to_pyarrow() for number, row in enumerate(told)]
    assert len({batches_id(table.to_batches()) for table in tables}) == len(told) - 1
    assert tables[0].equals(tables[3])


def month(number: int) -> str:
    """One more day of rows each month; one row revised, one withdrawn."""
    days = [date(2016, 1, 1) + timedelta(days=day) for day in range(400 + number)]
    lines = [
        f"e{place},{day},{day},air strike,Party {place % 7},{place % 11},Town {place * 91 % 97}\n"
        for place, day in enumerate(days)
        if place % 100 != number
    ]
    lines[40 + number] = lines[40 + number].replace("air strike", "shelling")
    return OWN + "".join(lines)


@pytest.fixture(scope="module")
def series_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Release, ...]]:
    folder = tmp_path_factory.mktemp("series")
    loaded: tuple[Release, ...] = ()
    for number in range(MONTHS):
        source = folder / f"month{number}.csv"
        source.write_text(month(number))
        options = replace(OPTIONS, earlier=loaded)
        loaded = (*loaded, load_release(source, folder / "events", options))
    return folder, loaded


@pytest.fixture
def series(
    series_once: tuple[Path, tuple[Release, ...]], tmp_path: Path
) -> tuple[Path, tuple[Release, ...]]:
    """A folder with a series of months, each loaded after the one before."""
    folder, loaded = series_once
    shutil.copytree(folder, tmp_path / "series")
    return tmp_path / "series" / "events", loaded


def test_a_series_is_kept_as_its_changes(series: tuple[Path, tuple[Release, ...]]) -> None:
    folder, loaded = series
    kept = {path.name for path in folder.iterdir()}
    assert kept == {
        f"{loaded[0].id}.parquet",
        *(f"{one.id}.changes.parquet" for one in loaded[1:]),
    }
    opened = {path.stem for path in (folder.parent / "opened").iterdir()}
    assert opened == {one.id for one in loaded[-2:]}
    last, source = MONTHS - 1, folder.parent / f"month{MONTHS - 1}.csv"
    alone = folder.parent / "alone"
    plain = load_release(source, alone, OPTIONS)
    connection = engine.connect()
    rows = open_release(loaded[last], folder, connection)
    assert rows.schema() == EVENT
    assert rows.to_pyarrow().equals(open_release(plain, alone, connection).to_pyarrow())
    again = load_release(source, folder, replace(OPTIONS, earlier=loaded[:last]))
    assert again == loaded[last]
    assert keeping.check_kept([(one.id, one.parquet) for one in loaded], folder) == (3, ())


def test_the_plain_file_may_go_or_be_damaged(series: tuple[Path, tuple[Release, ...]]) -> None:
    folder, loaded = series
    connection = engine.connect()
    whole = rows_id(open_release(loaded[-1], folder, connection), connection)
    plain = keeping.opened_path(folder, loaded[-1].id)
    plain.write_bytes(b"PAR1 of something else")
    assert rows_id(open_release(loaded[-1], folder, connection), connection) == whole
    plain.unlink()
    assert rows_id(open_release(loaded[-1], folder, connection), connection) == whole
    assert keeping.chain(folder, loaded[-1].id, loaded[-1].parquet)[-1].rows == whole


@pytest.mark.parametrize("number", [0, 1, MONTHS - 1])
def test_damage_to_any_file_that_a_release_is_made_from_is_named(
    series: tuple[Path, tuple[Release, ...]], number: int
) -> None:
    folder, loaded = series
    hurt = keeping.stored_path(folder, loaded[number].id, loaded[number].parquet)
    content = bytearray(hurt.read_bytes())
    content[len(content) // 2] ^= 1
    hurt.write_bytes(content)
    with pytest.raises(CaseError, match="has changed since it was written") as caught:
        open_release(loaded[-1], folder, engine.connect())
    (problem,) = caught.value.problems
    assert loaded[number].id in problem.where
    assert problem.remedy


def test_a_release_after_a_damaged_one_is_kept_whole_and_says_so(
    series: tuple[Path, tuple[Release, ...]],
) -> None:
    folder, loaded = series
    keeping.stored_path(folder, loaded[-1].id, loaded[-1].parquet).write_bytes(b"not Parquet")
    source = folder.parent / "later.csv"
    source.write_text(month(MONTHS))
    told: list[str] = []
    options = replace(OPTIONS, earlier=loaded, tell=told.append)
    later = load_release(source, folder, options)
    assert keeping.whole_path(folder, later.id).exists()
    assert "cannot be read, so this one is kept whole" in told[0]
    assert open_release(later, folder, engine.connect()).count().to_pyarrow().as_py() > 390


def test_changes_that_make_other_rows_are_found_out(
    series: tuple[Path, tuple[Release, ...]],
) -> None:
    """As after a change of our own that read old files otherwise: every hash of a file holds."""
    folder, loaded = series
    last = keeping.chain(folder, loaded[-1].id, loaded[-1].parquet)[-1]
    connection = engine.connect()
    told = {f"{keeping.MARK}{name}": getattr(last, name)
            for name in ("parent", "parent_file", "rows", "whole")}  # fmt: skip
    recipe = engine.read_parquet(connection, last.path)
    engine.write_parquet(
        connection,
        engine.held(connection, recipe.filter(recipe.row.isnull())),
        last.path,
        said=told,
    )
    checked, faults = keeping.check_kept([(last.release, ids.file_id(last.path))], folder)
    assert checked == 1
    assert "do not make the rows that were loaded" in faults[0].what


def test_a_release_with_little_in_common_is_kept_whole(
    series: tuple[Path, tuple[Release, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_OF_WHOLE", 0.5)
    folder, loaded = series
    source = folder.parent / "other.csv"
    source.write_text(month(0).replace("Party", "Other").replace("\ne", "\nf"))
    other = load_release(source, folder, replace(OPTIONS, earlier=loaded))
    assert keeping.whole_path(folder, other.id).exists()
    assert not keeping.changes_path(folder, other.id).exists()
