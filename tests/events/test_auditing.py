"""The audit of a whole record: sound ones give nothing, and each planted fault is told of."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from wordkept.dossier.languages.language import language
from wordkept.events.audit import Question
from wordkept.events.auditing import audit_record
from wordkept.events.auditing.asked import asked_fields, concerning
from wordkept.events.auditing.audited import Audited
from wordkept.events.auditing.recording import DETECTORS
from wordkept.events.engine import connect
from wordkept.events.releases import LoadOptions, load_release, open_release
from wordkept.events.schema import EVENT
from wordkept.model import ATTRIBUTIONS, Irregularity, PublicationRule, Receipt, Release, Selection
from wordkept.period import Period

Row = dict[str, Any]
FIRST = dt.date(2015, 1, 1)
DAYS = 420
TURN = FIRST + dt.timedelta(days=210)
TOWNS = [(f"Town {at}", 10 + at % 7 * 0.513, 40 + at % 11 * 0.317) for at in range(40)]
LAST = FIRST + dt.timedelta(days=DAYS - 1)
IN_A_DOSSIER = ("silences", "dumps", "vocabulary")
"""What they say has a pattern in every language (tests/dossier/test_audit_in_languages.py)."""


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    connection = connect()
    yield connection
    connection.disconnect()


def row(at: int, on: dt.date, chance: np.random.Generator) -> Row:
    town, lat, lon = TOWNS[chance.integers(len(TOWNS))]
    deaths = int(chance.exponential(3.3))
    return {
        **dict.fromkeys(EVENT.names),
        **dict.fromkeys(("events_low", "events_best", "events_high"), 1),
        **{f"actors_{bound}": [] for bound in ATTRIBUTIONS},
        **dict.fromkeys(("deaths_low", "deaths_best", "deaths_high"), deaths),
        "row": at, "native_id": f"e{at}", "dataset": "made-up", "period_from": on, "period_to": on,
        "place": town, "admin1": f"Province {int(town[5:]) % 5}", "country": "Elsewhere",
        "lat": lat, "lon": lon, "event_type": "air strike",
        "native_type": ("raid", "mine", "clash")[chance.integers(3)],
        "target": ("school", "market", None)[chance.integers(3)], "side_a": "North",
        "side_b": "Civilians", "actors_certain": [("North", "South")[chance.integers(2)]],
        "stamped_on": on + dt.timedelta(days=int(chance.exponential(10.0))),
        "reference": f"https://{'abc'[chance.integers(3)]}.example/{at}",
    }  # fmt: skip


def sound(seed: int = 1) -> list[Row]:
    """Some five rows a day for fourteen months, that remember nothing and change in nothing."""
    chance = np.random.default_rng(seed)
    days = [FIRST + dt.timedelta(days=day) for day in range(DAYS) for _ in range(5)]
    kept = [on for on in days if chance.random() < 0.9]
    return [row(at, on, chance) for at, on in enumerate(kept, start=1)]


def release(*, allows: str = "rows", known: dt.date = dt.date(2016, 3, 1)) -> Release:
    receipt = Receipt(
        read=1, loaded=1, set_aside=(), span=None, deaths_best=None, half_the_deaths_rows=None
    )
    return Release(
        id="0" * 64, dataset="made-up", layout="made up", title="A made-up record", citation="none",
        licence="none", publication=PublicationRule(allows=allows), caveats=(),  # type: ignore[arg-type]
        file_name="made-up.csv", loaded_at="2016-12-01T00:00:00Z", stated=known,
        parquet="1" * 64, receipt=receipt,
    )  # fmt: skip


def audited(engine: Any, rows: list[Row], of: Release | None = None) -> Audited:
    arrow = pa.Table.from_pylist(rows, schema=EVENT.to_pyarrow())
    events = engine.create_table("events", arrow, overwrite=True)
    return Audited(events=events, release=of or release())


def told(engine: Any, rows: list[Row], detector: str) -> tuple[Irregularity, ...]:
    found = DETECTORS[detector](audited(engine, rows))
    if detector in IN_A_DOSSIER:
        said = [one.sentence for one in found]
        assert [one for one in said if not language("ru").sentence(one).matched] == []
    return found


def the_one(found: tuple[Irregularity, ...]) -> Irregularity:
    assert len(found) == 1, [one.sentence for one in found]
    return found[0]


def test_a_sound_record_gives_nothing(engine: Any) -> None:
    record = audited(engine, sound())
    assert audit_record(record.events, record.release) == ()


def test_the_same_record_gives_the_same_findings(engine: Any) -> None:
    rows = [one for one in sound() if not 100 <= (one["period_from"] - FIRST).days < 130]
    record = audited(engine, rows)
    assert audit_record(record.events, record.release) == audit_record(
        record.events, record.release
    )


def test_a_stop_is_told_from_a_quiet_spell(engine: Any) -> None:
    gap = range(100, 130)
    stopped = [one for one in sound() if (one["period_from"] - FIRST).days not in gap]
    found = the_one(told(engine, stopped, "silences"))
    assert found.gravity == "grave"
    assert (found.since, found.until) == (
        FIRST + dt.timedelta(days=100),
        FIRST + dt.timedelta(days=129),
    )
    assert found.p is not None
    assert found.p < 0.01
    chance = np.random.default_rng(2)
    quiet = [one for one in sound()
             if (one["period_from"] - FIRST).days not in gap or chance.random() < 0.1]  # fmt: skip
    assert all(one.gravity != "grave" for one in told(engine, quiet, "silences"))


def test_a_record_that_stops_long_before_its_release(engine: Any) -> None:
    late = release(known=LAST + dt.timedelta(days=120))
    found = the_one(DETECTORS["silences"](audited(engine, sound(), late)))
    assert found.since == LAST + dt.timedelta(days=1)
    soon = release(known=LAST + dt.timedelta(days=20))
    assert DETECTORS["silences"](audited(engine, sound(), soon)) == ()


def test_a_ragged_beginning_and_a_ragged_end(engine: Any) -> None:
    chance = np.random.default_rng(3)
    late = [one for one in sound() if one["period_from"] >= TURN or chance.random() < 0.03]
    begins = the_one(told(engine, late, "edges"))
    assert begins.until is not None
    assert abs((begins.until - TURN).days) <= 3
    early = [one for one in sound() if one["period_from"] < TURN or chance.random() < 0.03]
    ends = the_one(told(engine, early, "edges"))
    assert ends.since is not None
    assert abs((ends.since - TURN).days) <= 3


def test_rows_entered_under_one_day(engine: Any) -> None:
    near = {one["row"] for one in sound() if abs((one["period_from"] - TURN).days) < 30}
    rows = [
        one | {"period_from": TURN, "period_to": TURN} if one["row"] in near and one["row"] % 4 == 0
        else one for one in sound()
    ]  # fmt: skip
    found = the_one(told(engine, rows, "dumps"))
    assert found.since == TURN
    assert found.rows > 60


def test_a_field_that_is_filled_in_from_a_day_on(engine: Any) -> None:
    rows = [one | {"target": None} if one["period_from"] < TURN else one for one in sound()]
    found = the_one(told(engine, rows, "fields"))
    assert found.field == "target"
    assert found.gravity == "grave"
    day = found.since or (found.until and found.until + dt.timedelta(days=1))
    assert day is not None
    assert abs((day - TURN).days) <= 3


def test_fields_that_fail_together_are_told_of_once(engine: Any) -> None:
    lost = {"lat": None, "lon": None, "place": None}
    rows = [one | lost if 200 <= (one["period_from"] - FIRST).days < 260 else one
            for one in sound()]  # fmt: skip
    found = the_one(told(engine, rows, "fields"))
    assert found.field == "place, coordinates"
    assert found.since == FIRST + dt.timedelta(days=200)
    assert found.until == FIRST + dt.timedelta(days=259)


def renamed(rows: list[Row], field: str, old: str, new: str) -> list[Row]:
    return [one | {field: new} if one[field] == old and one["period_from"] >= TURN else one
            for one in rows]  # fmt: skip


def test_a_value_that_another_replaces_is_coded_otherwise(engine: Any) -> None:
    found = the_one(told(engine, renamed(sound(), "native_type", "mine", "IED"), "vocabulary"))
    assert found.recoded
    assert set(found.values) == {"mine", "IED"}
    assert found.since is not None
    assert abs((found.since - TURN).days) <= 3


def test_a_source_that_falls_away(engine: Any) -> None:
    rows = [
        one for one in sound()
        if not (one["reference"].startswith("https://a.") and one["period_from"] >= TURN)
    ]  # fmt: skip
    found = the_one(told(engine, rows, "vocabulary"))
    assert (found.check, found.values) == ("source", ("a.example",))


def test_rows_that_span_a_month_and_a_row_that_carries_the_deaths(engine: Any) -> None:
    rows = sound()
    rows[7] |= {"period_to": rows[7]["period_from"] + dt.timedelta(days=29)}
    rows[9] |= {"deaths_best": 2000}
    assert the_one(told(engine, rows, "summary rows")).examples == (rows[7]["native_id"],)
    assert the_one(told(engine, rows, "heavy rows")).examples == (rows[9]["native_id"],)


def test_dates_that_cannot_be_meant(engine: Any) -> None:
    rows = sound()
    for at, year in ((3, 1999), (4, 2031)):
        on = dt.date(year, 5, 5)
        rows[at] |= {"period_from": on, "period_to": on}
    assert {one.examples for one in told(engine, rows, "dates")} == {("e4",), ("e5",)}


def test_rows_dated_to_the_first_of_the_month(engine: Any) -> None:
    rows = [
        one | dict.fromkeys(("period_from", "period_to"), one["period_from"].replace(day=1))
        if one["row"] % 6 == 0 else one for one in sound()
    ]  # fmt: skip
    assert "On the 1st of the month" in the_one(told(engine, rows, "days of the month")).sentence


def test_estimates_that_stand_on_tens(engine: Any) -> None:
    rows = [one | {"deaths_best": 10 * (1 + one["row"] % 2)} if one["deaths_best"] > 5 else one
            for one in sound()]  # fmt: skip
    assert the_one(told(engine, rows, "round numbers")).field == "deaths_best"


def test_a_point_that_stands_for_many_places(engine: Any) -> None:
    damascus = {"lat": 33.5102, "lon": 36.29128}
    rows = [one | damascus if one["row"] % 20 == 0 else one for one in sound()]
    found = the_one(told(engine, rows, "points"))
    assert "Damascus" in found.sentence
    assert found.rows == sum(one["row"] % 20 == 0 for one in rows)


def test_coordinates_that_stand_still_from_a_day_on(engine: Any) -> None:
    rows = [one | {"lat": 12.5, "lon": 41.5} if one["period_from"] >= TURN else one
            for one in sound()]  # fmt: skip
    still = [one for one in told(engine, rows, "points") if one.gravity == "grave"]
    found = the_one(tuple(still))
    assert found.since is not None
    assert abs((found.since - TURN).days) <= 3


def test_swapped_pairs_and_lost_signs_and_nought(engine: Any) -> None:
    rows = sound()
    rows[3] |= {"lat": rows[3]["lon"], "lon": rows[3]["lat"]}
    rows[5] |= {"lon": -rows[5]["lon"]}
    rows[8] |= {"lat": 0.0, "lon": 0.0}
    found = told(engine, rows, "turned coordinates")
    assert {one.examples for one in found} == {("e4",), ("e6",), ("e9",)}


def test_a_town_with_most_rows_does_not_make_its_country_small(engine: Any) -> None:
    town = {"place": "Capital", "lat": 12.0, "lon": 42.0}
    rows = [one | town if one["row"] % 3 else one for one in sound()]
    rows = [one | {"lon": one["lon"] - 30.0} for one in rows]
    rows[0] |= {"place": "Far", "lat": 9.3, "lon": 7.5}
    assert told(engine, rows, "turned coordinates") == ()


def test_a_country_on_its_own_mirror_image_is_told_by_its_places(engine: Any) -> None:
    rows = [one | {"lon": one["lon"] - 30.0} for one in sound()]
    assert told(engine, rows, "turned coordinates") == ()
    rows[3] |= {"lat": rows[3]["lon"], "lon": rows[3]["lat"]}
    assert the_one(told(engine, rows, "turned coordinates")).examples == ("e4",)


def test_a_party_that_shares_its_acts(engine: Any) -> None:
    rows = [
        one | {"actors_certain": [], "actors_possible": ["North", "South"]}
        if one["actors_certain"] == ["North"] and one["row"] % 3 else one for one in sound()
    ]  # fmt: skip
    found = the_one(told(engine, rows, "attribution"))
    assert set(found.values) == {"North", "South"}


def test_a_side_of_several_names_in_one_cell(engine: Any) -> None:
    rows = [one | {"side_a": "North; South"} if one["row"] % 3 else one for one in sound()]
    assert the_one(told(engine, rows, "composite sides")).values == ("North",)


def test_one_name_in_several_spellings(engine: Any) -> None:
    rows = [one | {"admin1": "PROVINCE-1"} if one["row"] == 44 else one for one in sound()]
    rows[0] |= {"admin1": "Province 1"}
    assert set(the_one(told(engine, rows, "spellings")).values) == {"Province 1", "PROVINCE-1"}


def test_rows_stamped_late_and_before_the_event(engine: Any) -> None:
    rows = [
        one | {"stamped_on": one["period_to"] + dt.timedelta(days=200)}
        if one["row"] % 4 == 0 else one for one in sound()
    ]  # fmt: skip
    rows[0] |= {"stamped_on": FIRST - dt.timedelta(days=9)}
    early, late = sorted(told(engine, rows, "delay"), key=lambda one: one.rows)
    assert early.examples == ("e1",)
    assert late.rows == sum(one["row"] % 4 == 0 for one in rows)


def test_rows_that_stand_twice(engine: Any) -> None:
    rows = sound()
    again = [one | {"row": 5000 + one["row"], "native_id": f"x{one['row']}"} for one in rows[:60]]
    found = the_one(told(engine, rows + again, "duplicates"))
    assert found.rows == 60
    from_elsewhere = [one | {"reference": "https://d.example"} for one in again]
    assert the_one(told(engine, rows + from_elsewhere, "duplicates")).field == "deaths_best"


def test_ids_that_may_not_be_passed_on_are_rows_of_the_file(engine: Any) -> None:
    rows = sound()
    rows[7] |= {"period_to": rows[7]["period_from"] + dt.timedelta(days=29)}
    found = DETECTORS["summary rows"](audited(engine, rows, release(allows="aggregates")))
    assert the_one(found).examples == ("row 8",)


def test_few_rows_say_nothing_of_days(engine: Any) -> None:
    record = audited(engine, sound()[:60:3])
    assert audit_record(record.events, record.release) == ()


def question(**chosen: Any) -> Question:
    return Question(
        selection=Selection(dataset="made-up", **chosen), days=Period(FIRST, LAST),
        window=Period(TURN, LAST), release=release(),
    )  # fmt: skip


def test_only_a_change_of_code_closes_a_gate(engine: Any) -> None:
    record = audited(engine, renamed(sound(), "target", "school", "place of learning"))
    found = audit_record(record.events, record.release)
    (closing,) = concerning(found, question(targets=("school",)))
    assert closing.closes_gate
    assert concerning(found, question(targets=("market",))) == ()
    early = replace(question(targets=("school",)), days=Period(FIRST, FIRST))
    assert concerning(found, early) == ()


def test_a_silence_may_be_the_peace_that_was_declared(engine: Any) -> None:
    rows = [one for one in sound() if not 220 <= (one["period_from"] - FIRST).days < 232]
    record = audited(engine, rows)
    (found,) = concerning(audit_record(record.events, record.release), question())
    assert (found.check, found.outcome, found.closes_gate) == ("silence", "informational", False)


@pytest.mark.parametrize(
    ("chosen", "fields"),
    [
        ({}, ()),
        ({"actors": ("North",)}, ("actors",)),
        ({"areas": ("X",), "targets": ("school",)}, ("target", "country", "admin1")),
    ],
)
def test_the_fields_a_plan_counts_by(chosen: Row, fields: tuple[str, ...]) -> None:
    assert asked_fields(Selection(dataset="made-up", **chosen)) == fields


@pytest.fixture(scope="module")
def real(
    shared: Path, engine: Any, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Audited]:
    folder = tmp_path_factory.mktemp("real")

    def load(name: str) -> Audited:
        options = LoadOptions(loaded_at="2026-01-01T00:00:00Z")
        loaded = load_release(shared / "data" / name, folder, options)
        return Audited(events=open_release(loaded, folder, engine), release=loaded)

    return load


@pytest.mark.shared
def test_what_is_known_of_airwars(real: Callable[[str], Audited]) -> None:
    record = real("airwars_syria_incidents_to_2016-08.csv")
    begins = the_one(DETECTORS["edges"](record))
    assert begins.until == dt.date(2015, 9, 30)
    shared_with = the_one(DETECTORS["attribution"](record))
    assert shared_with.values[0] == "Russia"
    assert shared_with.gravity == "serious"


@pytest.mark.shared
def test_what_is_known_of_ucdp(real: Callable[[str], Audited]) -> None:
    record = real("ucdp_ged_syria_2016_2019.csv.gz")
    assert the_one(DETECTORS["summary rows"](record)).rows == 236
    sources = {one.values for one in DETECTORS["vocabulary"](record) if one.check == "source"}
    assert ("Waha Report",) in sources


@pytest.mark.shared
def test_what_is_known_of_centcom(real: Callable[[str], Audited]) -> None:
    record = real("centcom_oir_strikes_2014_2016.csv")
    place = the_one(DETECTORS["fields"](record))
    assert (place.field, place.gravity) == ("place", "grave")
