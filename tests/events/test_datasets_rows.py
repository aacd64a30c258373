"""Made-up rows under the publishers' real headers: what each layout makes of its cells."""

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa
import pytest

from wordkept.events import dates
from wordkept.events.datasets import DATASETS, crosswalk, gdelt, ucdp
from wordkept.events.datasets.acled import ACLED
from wordkept.events.datasets.airwars import AIRWARS
from wordkept.events.datasets.counts import DAILY_COUNTS
from wordkept.events.datasets.own import OWN
from wordkept.events.datasets.ucdp import UCDP
from wordkept.events.engine import connect
from wordkept.events.harmonise import judge
from wordkept.events.schema import EVENT_TYPES, Dataset

CURRENT, EARLY = ACLED
CLASH = {
    "event_id_cnty": "XXX1", "event_date": "2023-02-16", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Military Forces of X", "assoc_actor_1": "",
    "actor2": "Y Front", "assoc_actor_2": "", "country": "X", "admin1": "North",
    "location": "Town", "latitude": "10.5", "longitude": "20.5", "fatalities": "3",
    "time_precision": "1", "geo_precision": "1", "timestamp": "1676937600",
}  # fmt: skip
RAID = {
    "airwars_id": "1", "code": "T1", "date": "2016-03-20", "region": "Aleppo", "country": "Syria",
    "latitude": "36.2", "longitude": "37.1", "grading": "Fair", "civ_killed_min": "2.0",
    "civ_killed_max": "5.0",
}  # fmt: skip
GED = {
    "id": "7", "type_of_violence": "1", "side_a": "Government of X", "side_b": "Y, Z",
    "where_prec": "1", "latitude": "1", "longitude": "2", "country": "X",
    "date_start": "2016-01-01", "date_end": "2016-01-03", "low": "1", "best": "2", "high": "3",
    "deaths_civilians": "1",
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Any:
    return connect()


QUERIES: dict[str, str] = {}


def judged(
    engine: Any, dataset: Dataset, rows: Sequence[Mapping[str, str]]
) -> list[dict[str, Any]]:
    layout = f"{dataset.name}: {dataset.layout}"
    if layout not in QUERIES:
        QUERIES[layout] = engine.compile(judge(ibis.table(dataset.columns, name="raw"), dataset))
    names = [name for name in dataset.columns.names if name != "row"]
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    table = pa.table({"row": pa.array(range(1, len(rows) + 1), pa.int64()), **columns})
    engine.con.register("raw", table)
    found = engine.con.sql(QUERIES[layout]).to_arrow_table().to_pylist()
    return sorted(found, key=lambda row: int(row["row"]))


def test_acled_dates_in_every_spelling_and_year_25_set_aside(engine: Any) -> None:
    spellings = ["2023-02-16", "16 February 2023", "16-Feb-2023", "16-02-2023", "16/02/2023"]
    strange = ["0025-05-16", "16 May 0025", "soon", "31 February 2023", "02/16/2023"]
    rows = [
        CLASH | {"event_date": date, "event_id_cnty": f"XXX{at}"}
        for at, date in enumerate([*spellings, *strange])
    ]
    result = judged(engine, CURRENT, rows)
    assert {row["period_from"] for row in result[: len(spellings)]} == {dt.date(2023, 2, 16)}
    unreadable = "event_date cannot be read as a date"
    assert [row["set_aside"] for row in result] == [
        *[None] * 5, "date before 1900", "date before 1900", *[unreadable] * 3,
    ]  # fmt: skip
    assert "0025-05-16" in result[5]["fault"]


def test_acled_date_precision_widens_the_period(engine: Any) -> None:
    rows = [
        CLASH | {"event_id_cnty": f"XXX{at}", "event_date": date, "time_precision": precision}
        for at, (date, precision) in enumerate(
            [("2024-02-15", "1"), ("2024-02-18", "2"), ("2024-02-15", "3"), ("2023-12-31", "3")]
        )
    ]
    periods = [(row["period_from"], row["period_to"]) for row in judged(engine, CURRENT, rows)]
    assert periods == [
        (dt.date(2024, 2, 15), dt.date(2024, 2, 15)),
        (dt.date(2024, 2, 12), dt.date(2024, 2, 18)),
        (dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        (dt.date(2023, 12, 1), dt.date(2023, 12, 31)),
    ]


def test_acled_actors_have_no_direction_and_fatalities_are_a_low_bound(engine: Any) -> None:
    (row,) = judged(engine, CURRENT, [CLASH | {"assoc_actor_1": "Ally; Y Front; Other"}])
    assert row["directed"] is False
    assert row["actors_certain"] == ["Military Forces of X", "Y Front"]
    assert row["actors_possible"] == ["Ally", "Other"]
    assert (row["deaths_low"], row["deaths_best"], row["deaths_high"]) == (3, None, None)
    assert row["stamped_on"] == dt.date(2023, 2, 21)
    assert (row["event_type"], row["native_type"]) == ("armed clash", "Battles: Armed clash")
    assert (row["lat"], row["radius_km"]) == (10.5, 5.0)


def test_acled_region_keeps_its_names_and_loses_its_coordinates(engine: Any) -> None:
    (row,) = judged(engine, CURRENT, [CLASH | {"geo_precision": "3"}])
    assert (row["lat"], row["lon"], row["radius_km"], row["admin1"]) == (None, None, None, "North")


def test_acled_monadic_export_is_counted_once(engine: Any) -> None:
    rows = judged(engine, CURRENT, [CLASH, CLASH | {"actor1": "Y Front", "actor2": "X"}])
    assert [row["set_aside"] for row in rows] == [
        None, "the same event stands on an earlier row (a monadic export)",
    ]  # fmt: skip
    assert rows[1]["fault"] == "XXX1"


def test_acled_taxonomy_is_whole_and_spelling_variants_are_known(engine: Any) -> None:
    pairs = [
        (line.native_type, line.native_subtype)
        for line in crosswalk.crossings("acled")
        if line.native_subtype
    ]
    assert len(pairs) == 26  # the 25 sub-events, one of them in two spellings
    variants = [
        ("Protests", "Excessive force against protestors", "attack on civilians"),
        ("Strategic Developments", "Agreement", "agreement"),
        ("strategic developments", "Non-violent transfer of territory", "transfer of territory"),
        ("Riots", "A sub-event of the future", "riot"),
        ("Weather", "Rain", None),
    ]
    rows = [
        CLASH | {"event_id_cnty": f"XXX{at}", "event_type": kind, "sub_event_type": sub}
        for at, (kind, sub) in enumerate([*pairs, *[(kind, sub) for kind, sub, _ in variants]])
    ]
    result = judged(engine, CURRENT, rows)
    assert all(row["event_type"] in EVENT_TYPES for row in result[:-1])
    assert [row["event_type"] for row in result[26:]] == [kind for *_, kind in variants]
    assert result[-1]["set_aside"] == "a type of event that wordkept does not know"
    assert result[-1]["fault"] == "event_type Weather, sub_event_type Rain"


def test_acled_early_layout(engine: Any) -> None:
    renamed = {name.upper().replace("ASSOC_", "ALLY_"): cell for name, cell in CLASH.items()}
    early = {
        "EVENT_TYPE": "Battle-No change of territory",
        "EVENT_DATE": "18/04/2016",
        "ALLY_ACTOR_2": "Z",
    }
    (row,) = judged(engine, EARLY, [renamed | early])
    assert row["set_aside"] is None
    assert row["period_from"] == dt.date(2016, 4, 18)
    assert (row["event_type"], row["actors_possible"]) == ("armed clash", ["Z"])


Names = list[str]
SUSPECTED: tuple[tuple[str, str, Names, Names, Names], ...] = (
    ("Russia", "Russian Military", ["Russia"], [], []),
    ("Russia", "Russian Military, U.S.-led Coalition", ["Russia"], [], ["US-led Coalition"]),
    ("turkey", "Turkish Military", ["Turkey"], [], []),
    ("", "Russian Military", [], ["Russia"], []),
    ("", "Russian Military, Turkish Military", [], [], ["Russia", "Turkey"]),
    ("Russia; Syrian regime", "Russian Military", [], [], ["Government of Syria", "Russia"]),
    ("Russia; unknown", "Russian Military", [], [], ["Russia"]),
    ("unknown", "Russian Military", [], [], ["Russia"]),
    ("unknown; Syrian regime", "", [], [], ["Government of Syria"]),
    ("US-led Coalition; jordan", "U.S.-led Coalition", [], [], ["Jordan", "US-led Coalition"]),
    ("Russia; unknown; Russian Military", "Russian Military", [], [], ["Russia"]),
    ("Some New Party", "", ["Some New Party"], [], []),
    ("unknown", "", [], [], []),
)
"""Who is suspected, in whose catalogue; then who is certain, probable and possible."""


def test_airwars_attribution_is_decided_by_who_is_suspected(engine: Any) -> None:
    rows = [
        RAID | {"suspected_parties": suspected, "belligerents": catalogued}
        for suspected, catalogued, *_ in SUSPECTED
    ]
    result = judged(engine, AIRWARS, rows)
    found = [
        tuple(row[f"actors_{bound}"] for bound in ("certain", "probable", "possible"))
        for row in result
    ]
    assert found == [tuple(bounds) for _, _, *bounds in SUSPECTED]
    for row in result:
        assert (row["civilian_deaths_low"], row["civilian_deaths_high"]) == (2, 5)
        assert row["civilian_deaths_best"] is row["deaths_low"] is None


def test_ucdp_sides_and_members_and_direction(engine: Any) -> None:
    state, one_sided, odd = judged(
        engine, UCDP[0], [GED, GED | {"type_of_violence": "3"}, GED | {"side_a": "Y"}]
    )
    assert state["actors_certain"] == ["Government of X", "Y, Z"]
    assert state["actors_possible"] == ["Y", "Z"]
    assert (state["directed"], one_sided["directed"]) == (False, True)
    assert (state["event_type"], one_sided["event_type"]) == (
        "armed violence", "attack on civilians",
    )  # fmt: skip
    assert (odd["actors_certain"], odd["actors_possible"]) == (["Y", "Y, Z"], ["Z"])


def test_ucdp_place_precision(engine: Any) -> None:
    rows = [GED | {"where_prec": str(code)} for code in range(1, 8)]
    found = [(row["lat"], row["radius_km"]) for row in judged(engine, UCDP[0], rows)]
    assert found == [(1.0, 1.0), (1.0, 25.0), *[(None, None)] * 5]


def test_ucdp_early_layout_and_uncleared_events(engine: Any) -> None:
    early = {
        f"{name}_est" if name in {"low", "best", "high"} else name: cell
        for name, cell in GED.items()
    }
    (row,) = judged(engine, UCDP[1], [early])
    assert (row["deaths_low"], row["deaths_best"], row["deaths_high"]) == (1, 2, 3)
    cleared, pending = judged(
        engine, UCDP[0], [GED | {"code_status": "Clear"}, GED | {"code_status": "Check dyad"}]
    )
    assert cleared["set_aside"] is None
    assert pending["set_aside"] == "UCDP has not cleared the event (code_status)"


def test_headerless_widths_are_those_of_the_codebooks() -> None:
    widths = [len(names) for names in (gdelt.VERSION_2, gdelt.VERSION_1, gdelt.VERSION_1_EARLY)]
    assert widths == [61, 58, 57]
    assert len(ucdp.COLUMNS) == 49
    for dataset in DATASETS:
        if dataset.headerless:
            assert {*dataset.required, *dataset.optional} <= {*dataset.headerless}


def test_gdelt_is_attention_and_keeps_leading_zeros(engine: Any) -> None:
    row = {
        "GLOBALEVENTID": "1", "SQLDATE": "20160315", "Actor1Name": "RUSSIA", "EventCode": "043",
        "ActionGeo_Type": "4", "ActionGeo_FullName": "Aleppo, Halab, Syria", "ActionGeo_Lat": "36",
        "ActionGeo_Long": "37", "DATEADDED": "20160316001500",
    }  # fmt: skip
    for dataset in gdelt.GDELT:
        city, country = judged(
            engine, dataset, [row, row | {"ActionGeo_Type": "1", "ActionGeo_FullName": "Syria"}]
        )
        assert dataset.kind == city["event_type"] == "attention"
        assert city["native_type"] == "043"
        assert (city["country"], country["country"]) == ("Syria", "Syria")
        assert (city["lat"], country["lat"]) == (36.0, None)
        assert city["stamped_on"] == dt.date(2016, 3, 16)
        assert (city["actors_certain"], city["actors_possible"]) == ([], ["RUSSIA"])


def test_daily_counts_stand_at_their_bound(engine: Any) -> None:
    rows = [
        {"day": "2016-03-15", "n": "3"},
        {"day": "2016-03-15", "n": "4", "series": "Aleppo"},
        {"day": "2016-03-16", "n": "0", "actor": "R", "area": "A", "attribution": "Possible"},
        {"day": "2016-03-16", "n": "2", "actor": "R", "low": "1", "high": "5"},
        {"day": "2016-03-15", "n": "9"},
        {"day": "2016-03-17", "n": ""},
        {"day": "2016-03-18", "n": "-2"},
        {"day": "2016-03-19", "n": "1", "attribution": "rumoured"},
    ]
    result = judged(engine, DAILY_COUNTS, rows)
    assert [row["set_aside"] for row in result] == [
        "the same day and series stand on another row with another count", None, None, None,
        "the same day and series stand on another row with another count",
        "no count for the day", "a negative number of events",
        "attribution is none of certain, probable, possible",
    ]  # fmt: skip
    assert result[1]["native_id"] == "2016-03-15 Aleppo"
    assert (result[2]["actors_possible"], result[2]["events_best"]) == (["R"], 0)
    assert result[3]["actors_certain"] == ["R"]
    assert [result[3][f"events_{end}"] for end in ("low", "best", "high")] == [1, 2, 5]


def test_own_schema_reads_arrays_and_keeps_them_apart(engine: Any) -> None:
    cells = {
        "native_id": "a", "period_from": "2016-01-01", "period_to": "2016-01-02",
        "actors_certain": "A; B", "actors_probable": "B; C", "actors_possible": "A; D",
        "directed": "Yes", "event_type": "Air strike", "deaths_best": "4",
    }  # fmt: skip
    (row,) = judged(engine, OWN, [cells])
    assert (row["actors_certain"], row["actors_probable"]) == (["A", "B"], ["C"])
    assert (row["actors_possible"], row["directed"]) == (["D"], True)
    assert (row["event_type"], row["deaths_best"]) == ("air strike", 4)


def test_month_first_dates_are_read_only_where_asked(engine: Any) -> None:
    cell = ibis.literal("03/15/2016")
    readings = [
        dates.day(cell, "month first"),
        dates.day(cell, "day first"),
        dates.day(cell, "iso", "worded", "compact"),
    ]
    found = [engine.con.sql(engine.compile(reading)).fetchall()[0][0] for reading in readings]
    assert found == [dt.date(2016, 3, 15), None, None]


def test_the_crosswalk_names_only_known_types_and_datasets() -> None:
    with crosswalk.TABLE.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert {line["event_type"] for line in lines} <= {*EVENT_TYPES}
    assert {line["dataset"] for line in lines} <= {dataset.name for dataset in DATASETS}
    keys = [
        (line["dataset"], line["native_type"].lower(), line["native_subtype"].lower())
        for line in lines
    ]
    assert len(keys) == len(set(keys))
    assert all(None not in line for line in lines)


def test_no_layout_needs_only_what_another_layout_of_other_data_needs() -> None:
    for one in DATASETS:
        for other in DATASETS:
            if one.name != other.name:
                needed = {name.casefold() for name in one.required}
                assert not needed <= {name.casefold() for name in other.required}
