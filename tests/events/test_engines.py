"""Spark gives the same answers as DuckDB, to the byte, on a real cluster of two workers."""

import datetime as dt
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from wordkept.events import (
    audit,
    contents,
    coordinates,
    duplicates,
    engine,
    footprint,
    keeping,
    releases,
    rows,
    series,
    sorting,
    surroundings,
    triangle,
    unwatched,
    variants,
)
from wordkept.events.auditing.recording import audit_record
from wordkept.events.releases import LoadOptions, load_release, open_release
from wordkept.model import Circle, Release, Selection
from wordkept.period import Period

pytestmark = [
    pytest.mark.spark,
    # What pyspark leaves to the garbage is told of whenever that is collected.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

DEMO = Path(releases.__file__).parent.parent / "demo" / "events"
LATEST = dt.date(2030, 1, 1)
SHARED = {
    "airwars": "airwars_syria_incidents_to_2016-08.csv",
    "centcom": "centcom_oir_strikes_2014_2016.csv",
    "ucdp": "ucdp_ged_syria_2016_2019.csv.gz",
    "yemen": "yemen_data_project_air_raids_2015_2016.csv",
    "gdelt 1": "gdelt1_sample50.csv",
    "gdelt 2": "gdelt2_sample50.csv",
    "ucdp nigeria": "matching/nigeria2011_ged.csv",
}
QUICK = ("airwars", "gdelt 2", "ucdp nigeria", "airwars-daily.csv")
"""One record of each kind: incidents, attention, GED, daily counts; ACLED stands below."""
ACLED = (
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "actor2", "assoc_actor_2", "civilian_targeting", "country", "admin1",
    "location", "latitude", "longitude", "geo_precision", "source", "fatalities", "timestamp",
)  # fmt: skip
ODD = {
    "event_id_cnty": ("A1", "A2", "A3", "ß9", "Tanf", " padded ", "\x0bvf\x0c"),
    "event_date": (
        "2016-03-15",
        "2016-3-5",
        "16 May 2016",
        "15-03-2016",
        "0025-05-16",
        "0000-01-01",
        "31 February 2016",
        "2016-02-30",
        "2016-03-15T10:00:00Z",
        "1899-12-31",
        "2101-01-01",
        "soon",
        "",
    ),
    "time_precision": ("1", "2", "3", "", "9", "1.0"),
    "event_type": ("Battles", "BATTLES", "battles ", "İstanbul", "", "Protests", "STRAẞE"),
    "sub_event_type": ("Armed clash", "ARMED CLASH", "Peaceful protest", "", "Attack"),
    "actor1": ("Blue", "Blue, of the Vale", "الشمال", "Отряд «Ф»", '"quoted"', "", "v", "f"),
    "assoc_actor_1": ("Red; Blue", " ; ;", "Tanf; Red ; Red", "", "café; Café", "NA"),
    "actor2": ("Red", "", "Blue", "K", "ﬀ"),
    "assoc_actor_2": ("", "Green;Red", "\x0b; v"),
    "civilian_targeting": ("", "Civilian targeting"),
    "country": ("X", "Y", ""),
    "admin1": ("North", "South\\West", "O'Dell", "%_", ""),
    "location": ("Town", "At Tanf", "Vav", "a\\nb", "\\", "🏚 ruin", ""),
    "latitude": ("10.5", "91", "-90", "+4.25", "1e1", "1_0", "nan", "", ".5", "12,5"),
    "longitude": ("20.5", "181", "-180", "infinity", "", "5."),
    "geo_precision": ("1", "2", "3", ""),
    "source": ("A; B", "", "x" * 200),
    "fatalities": ("0", "3", "3.0", "-1", "many", "", "999999999999999999", "NA", "1d"),
    "timestamp": ("1676937600", "", "0", "-5", "99999999999", "soon"),
}
"""Cells on which engines are known to differ, or might."""


def load(
    source: Path, folder: Path, address: str | None, *, earlier: tuple[Release, ...] = ()
) -> Release:
    folder.mkdir(exist_ok=True)
    options = LoadOptions(loaded_at="2026-01-01T00:00:00Z", engine=address, earlier=earlier)
    return load_release(source, folder, options)


@pytest.fixture(scope="module")
def both(spark: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """A file loaded by either engine, with its events on each: the release, and two tables."""
    folder = tmp_path_factory.mktemp("both")
    here, there = engine.connect(), engine.connect(spark)

    def loaded(source: Path) -> tuple[Release, ir.Table, ir.Table]:
        one = load(source, folder / "duckdb", None)
        other = load(source, folder / "spark", spark)
        # The receipt, the SHA-256 of the Parquet, and all that a release says.
        assert other == one
        assert [each.name for each in (folder / "spark").glob(".*")] == []
        return (
            one,
            open_release(one, folder / "duckdb", here),
            open_release(one, folder / "spark", there),
        )

    yield loaded
    here.disconnect()


def asked(events: ir.Table, dataset: str) -> tuple[Selection, ...]:
    """All that a record holds; and what its commonest party did at its commonest places."""
    every = Selection(dataset=dataset)
    covered = series.coverage(events, until=LATEST)
    assert covered is not None
    found = footprint.footprint(events, every, covered=covered.days)
    if found is None:  # of media attention: nothing of it is ever counted
        return every, every
    laid = events.actors_certain.concat(events.actors_probable, events.actors_possible)
    named = events.select(name=laid.unnest()).group_by("name").aggregate(rows=ibis._.count())
    ranked = named.order_by(ibis.desc("rows"), "name").limit(1).to_pyarrow()["name"].to_pylist()
    narrow = Selection(
        dataset=dataset,
        actors=tuple(ranked),
        areas=tuple(name for name, _ in found.admin1[:2]),
        around=None
        if found.admin1 or found.centre is None
        else Circle(lat=found.centre[0], lon=found.centre[1], radius_km=60, hole_km=1),
    )
    return every, narrow


def answers(
    events: ir.Table, release: Release, selections: tuple[Selection, ...]
) -> dict[str, Any]:
    """What every stage says of a record."""
    every, narrow = selections
    covered = series.coverage(events, until=LATEST)
    assert covered is not None
    days = covered.days
    window = Period(days.start + (days.end - days.start) / 2, days.end)
    question = audit.Question(selection=narrow, days=days, window=window, release=release)
    return {
        "contents": contents.contents(events),
        "coverage": covered,
        "coordinates": coordinates.coordinate_findings(events, release.dataset),
        "series": series.cut(events, narrow, role="primary", covered=days),
        "whole series": series.cut(events, every, role="primary", covered=days),
        "footprint": footprint.footprint(events, narrow, covered=days),
        "variants": variants.variants(events, narrow, covered=days),
        "companions": surroundings.companions(events, narrow, covered=days),
        "audit": audit.audit(events, question, covered),
        "rows": rows.rows_counted(events, narrow, "possible", window),
        "parts": sorting.sorted_parts(events, every, narrow, window),
        "unwatched": unwatched.unwatched(events, narrow, days),
    }


def agree(found: tuple[Release, ir.Table, ir.Table]) -> None:
    release, here, there = found
    assert there.to_pyarrow().schema == here.to_pyarrow().schema
    selections = asked(here, release.dataset)
    assert asked(there, release.dataset) == selections
    expected, got = answers(here, release, selections), answers(there, release, selections)
    for stage, answer in expected.items():
        assert got[stage] == answer, stage


def one_of_each(names: Iterable[str]) -> list[Any]:
    """Records as parameters; those of a kind that another stands for run where asked for."""
    more = pytest.mark.thorough
    return [pytest.param(one, marks=() if one in QUICK else more) for one in names]


@pytest.mark.shared
@pytest.mark.parametrize("record", one_of_each(SHARED))
def test_every_stage_agrees_on_real_records(
    record: str, shared: Path, both: Callable[..., Any]
) -> None:
    agree(both(shared / "data" / SHARED[record]))


@pytest.mark.parametrize("record", one_of_each(sorted(path.name for path in DEMO.glob("*.csv"))))
def test_every_stage_agrees_on_the_demonstration(record: str, both: Callable[..., Any]) -> None:
    agree(both(DEMO / record))


def test_odd_cells_are_judged_alike(tmp_path: Path, both: Callable[..., Any]) -> None:
    chance = random.Random(20160315)  # noqa: S311 - not for secrets
    lines = [dict.fromkeys(ACLED, "") | {"event_id_cnty": f"N{at}"} for at in range(600)]
    for line in lines:
        line |= {
            name: chance.choice(ODD[name]) if chance.random() < 0.35 else ODD[name][0]
            for name in ACLED
            if name != "event_id_cnty" or chance.random() < 0.05
        }
    source = tmp_path / "odd.csv"
    with source.open("w", encoding="utf-8", newline="") as out:
        import csv

        writer = csv.DictWriter(out, ACLED)
        writer.writeheader()
        writer.writerows(lines)
    release, here, there = both(source)
    assert release.receipt.loaded > 100
    assert len(release.receipt.set_aside) > 8
    agree((release, here, there))


def test_a_triangle_of_two_releases_agrees(tmp_path: Path, both: Callable[..., Any]) -> None:
    lines = (DEMO / "airwars-daily.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    earlier = tmp_path / "earlier.csv"
    earlier.write_text("".join(line for at, line in enumerate(lines) if at % 9 != 5))
    (tmp_path / "earlier.csv.toml").write_bytes((DEMO / "airwars-daily.csv.toml").read_bytes())
    first, second = both(earlier), both(DEMO / "airwars-daily.csv")
    chosen = asked(second[1], second[0].dataset)[1]
    covered = series.coverage(second[1], until=LATEST)
    assert covered is not None
    known = (dt.date(2016, 10, 1), dt.date(2017, 10, 1))
    here, there = (
        triangle.reporting_triangle(
            list(zip(known, (first[place], second[place]), strict=True)), chosen, covered.days
        )
        for place in (1, 2)
    )
    assert here is not None
    assert there == here


def test_a_release_kept_as_changes_is_the_same_on_either_engine(
    spark: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, limit in (("SMALL_BYTES", 0), ("MOST_OF_WHOLE", 1e9), ("MOST_TOGETHER", 1e9)):
        monkeypatch.setattr(keeping, name, limit)
    lines = (DEMO / "airwars-daily.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("".join(line for at, line in enumerate(lines) if at % 9 != 5))
    second.write_text("".join(lines))
    for source in (first, second):
        named = (DEMO / "airwars-daily.csv.toml").read_bytes()
        source.with_name(source.name + ".toml").write_bytes(named)
    kept = []
    for place, address in (("duckdb", None), ("spark", spark)):
        folder = tmp_path / place / "events"
        folder.parent.mkdir()
        before = load(first, folder, address)
        kept.append((folder, load(second, folder, address, earlier=(before,))))
    (here, one), (there, other) = kept
    assert other == one
    assert keeping.changes_path(there, one.id).exists()
    names = [path.name for path in sorted(here.iterdir())]
    assert [path.name for path in sorted(there.iterdir())] == names
    plain = keeping.opened_path(there, one.id)
    whole = plain.read_bytes()
    expected = open_release(one, here, engine.connect()).to_pyarrow()
    on_spark = engine.connect(spark)
    for state in ("there", "damaged", "gone"):
        if state == "damaged":
            plain.write_bytes(b"PAR1")
        elif state == "gone":
            plain.unlink()
        found = open_release(other, there, on_spark).order_by("row").to_pyarrow()
        assert found.equals(expected), state
        assert plain.read_bytes() == whole, state
        assert [path.name for path in plain.parent.iterdir()] == [plain.name]


def test_rows_that_are_one_event_stand_once_on_either_engine(both: Callable[..., Any]) -> None:
    release, here, there = both(DEMO / "ucdp-ged-syria-2016.csv")
    every = Selection(dataset=release.dataset)
    ids = here.order_by("row").limit(40).to_pyarrow()["native_id"].to_pylist()
    groups = {name: at // 4 for at, name in enumerate(ids)}
    merged = [
        duplicates.merged(events, every, groups).order_by("row").to_pyarrow()["row"].to_pylist()
        for events in (here, there)
    ]
    assert merged[0] == merged[1]
    assert len(merged[0]) == release.receipt.loaded - 30


@pytest.mark.shared
@pytest.mark.thorough
@pytest.mark.parametrize("name", SHARED)
def test_what_is_odd_about_a_record_is_the_same_on_either_engine(
    name: str, shared: Path, both: Callable[..., Any]
) -> None:
    release, here, there = both(shared / "data" / SHARED[name])
    assert audit_record(there, release) == audit_record(here, release)


def busiest(part: pa.Table) -> pa.Table:
    """A kernel that needs all rows of a key at once: how many each day has."""
    return part.group_by("period_from").aggregate([("row", "count")]).rename_columns(["day", "n"])


def test_a_kernel_sees_all_rows_of_a_key_on_either_engine(spark: str, tmp_path: Path) -> None:
    source = DEMO / "ucdp-ged-syria-2016.csv"
    release = load(source, tmp_path, None)
    made = ibis.schema({"day": "date", "n": "int64"})
    found = []
    for address in (None, spark):
        working = engine.started(address)
        events = working.stored(releases.parquet_path(tmp_path, release.id))
        mapped = working.map_partitions(
            events.select("period_from", "row"), ["period_from"], busiest, made
        )
        assert mapped.schema() == made
        found.append(mapped.order_by("day").to_pyarrow().to_pylist())
        working.close()
    assert found[0] == found[1]
    assert len({row["day"] for row in found[0]}) == len(found[0]) > 300
