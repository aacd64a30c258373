"""A small TOML file makes a dataset of a user's own table, or names one that is known."""

import tomllib
from datetime import date
from pathlib import Path

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.errors import InputError
from wordkept.events import engine
from wordkept.events.contents import contents
from wordkept.events.draft import draft, draft_mapping, guesses, preview
from wordkept.events.harmonise import harmonise
from wordkept.events.mapping import UNSTATED, beside, read_mapping
from wordkept.events.releases import LoadOptions, load_release, open_release
from wordkept.events.schema import EVENT
from wordkept.model import PublicationRule

TABLE = """\
Nr;When;Town;Lat;Lon;Kind;By;Dead;Checked
a1;15/03/2016;Homs;34,7;36.7;Air raid;Syria; 3;yes
a2;16/03/2016;Aleppo;36.2;37.1;shelling;"Russia / Syria ;";;no
a3;17/03/2016;Idlib;35.9;36.6;festival;;1;no
"""
MAPPING = """\
[dataset]
name = "monitors"
title = "The monitors' log"
caveats = ["Only what the monitors saw."]
publication = { allows = "aggregates", at_least = 10 }

[dates]
written = "dmy"

[columns]
native_id = "nr"
date = "When"
place = "Town"
lat = "Lat"
lon = "Lon"
event_type = "Kind"
actors_certain = "By"
deaths_best = "Dead"
directed = "Checked"

[constants]
country = "Syria"
target = "houses"

[event_types]
"Air Raid" = "air strike"

[actors]
separator = "/"
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(TABLE.replace(' ;"', '"'), encoding="utf-8")
    return path


def mapping(folder: Path, text: str) -> Path:
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusals(folder: Path, text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(InputError) as caught:
        read_mapping(mapping(folder, text))
    return [(each.what, each.where, each.remedy) for each in caught.value.problems]


def test_an_own_table_is_loaded_by_its_mapping(table: Path, tmp_path: Path) -> None:
    options = LoadOptions(loaded_at="2026-01-01T00:00:00Z", mapping=mapping(tmp_path, MAPPING))
    release = load_release(table, tmp_path / "events", options)
    assert (release.dataset, release.layout) == ("monitors", "own mapping")
    assert release.publication == PublicationRule(allows="aggregates", at_least=10)
    assert release.caveats == ("Only what the monitors saw.",)
    assert [(each.rows, each.examples) for each in release.receipt.set_aside] == [
        (1, ("row 1: 34,7",)),
        (1, ("row 3: festival",)),
    ]
    (row,) = open_release(release, tmp_path / "events", engine.connect()).to_pyarrow().to_pylist()
    held = {name: value for name, value in row.items() if value not in (None, [])}
    assert held == {
        "row": 2,
        "native_id": "a2",
        "dataset": "monitors",
        "period_from": date(2016, 3, 16),
        "period_to": date(2016, 3, 16),
        "place": "Aleppo",
        "country": "Syria",
        "lat": 36.2,
        "lon": 37.1,
        "event_type": "shelling",
        "native_type": "shelling",
        "target": "houses",
        "directed": False,
        "actors_certain": ["Russia", "Syria"],
        "events_low": 1,
        "events_best": 1,
        "events_high": 1,
    }


def test_a_mapping_yields_the_schema_without_data(tmp_path: Path) -> None:
    dataset = read_mapping(mapping(tmp_path, MAPPING)).dataset
    assert dataset is not None
    assert harmonise(ibis.table(dataset.columns), dataset).schema() == EVENT


def test_what_the_owner_does_not_say_may_not_be_published(tmp_path: Path) -> None:
    text = '[dataset]\nname = "x"\n[columns]\ndate = "d"\n[constants]\nevent_type = "riot"\n'
    dataset = read_mapping(mapping(tmp_path, text)).dataset
    assert dataset is not None
    assert dataset.publication == UNSTATED
    assert dataset.publication.allows == "nothing"


def test_rows_without_id_are_named_by_their_number(tmp_path: Path) -> None:
    text = '[dataset]\nname = "x"\n[columns]\ndate = "d"\n[constants]\nevent_type = "riot"\n'
    source = tmp_path / "x.csv"
    source.write_text("d,e\n2016-03-01,1\n2016-03-02,2\n")
    shown = preview(source, LoadOptions(loaded_at="", mapping=mapping(tmp_path, text)))
    assert [row[shown.fields.index("native_id")] for row in shown.rows] == ["1", "2"]


def test_a_mapping_without_columns_only_names_a_known_layout(tmp_path: Path) -> None:
    source = tmp_path / "daily.csv"
    source.write_text("day,series,n\n2016-03-01,Homs,3\n")
    sidecar = tmp_path / "daily.csv.toml"
    sidecar.write_text('[dataset]\nname = "airwars"\ntitle = "Airwars"\npublication = "rows"\n')
    assert beside(source) == sidecar
    assert beside(sidecar) is None
    release = load_release(source, tmp_path / "events", LoadOptions(loaded_at="2026-01-01"))
    assert (release.dataset, release.title) == ("airwars", "Airwars")
    assert release.publication.allows == "rows"
    events = open_release(release, tmp_path / "events", engine.connect()).to_pyarrow()
    assert events["dataset"].to_pylist() == ["airwars"]


def test_every_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    text = """\
[dataset]
nane = "x"
kind = "event"
publication = { allow = "rows" }
[colums]
date = "d"
[columns]
plase = "p"
lat = 3
[constants]
event_type = "airstrike"
deaths_best = "many"
lat = 1.0
[dates]
written = "usa"
"""
    found = refusals(tmp_path, text)
    assert ('unknown table "colums"', "map.toml, line 5", 'did you mean "columns"?') in found
    assert ('unknown key "nane"', "map.toml, line 2", 'did you mean "name"?') in found
    assert ('unknown key "plase"', "map.toml, line 8", 'did you mean "place"?') in found
    assert ('unknown key "allow"', "map.toml, line 4", 'did you mean "allows"?') in found
    whats = {(what, where) for what, where, _ in found}
    assert whats >= {
        ("the dataset has no name", "map.toml, line 1"),
        ('"kind" cannot be "event"', "map.toml, line 3"),
        ('"lat" has a value of the wrong kind', "map.toml, line 9"),
        ('"event_type" cannot be "airstrike"', "map.toml, line 11"),
        ('"deaths_best" has a value of the wrong kind', "map.toml, line 12"),
        ('"lat" is a column and a constant at once', "map.toml, line 13"),
        ('"written" cannot be "usa"', "map.toml, line 15"),
        ("no column holds the date", "map.toml, line 7"),
    }
    assert len(found) == 13


def test_a_mapping_that_is_no_toml_or_not_there_is_refused(tmp_path: Path) -> None:
    ((what, where, _),) = refusals(tmp_path, '[dataset]\nname = "x\n')
    assert "the mapping is not TOML" in what
    assert "line 2" in what
    assert where.endswith("map.toml")
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_mapping(tmp_path / "none.toml")
    ((what, _, remedy),) = refusals(tmp_path, "")
    assert what == "the mapping has no [dataset]"
    assert remedy.startswith("begin the file with [dataset]")


def test_a_column_that_is_not_there_is_named(table: Path, tmp_path: Path) -> None:
    text = MAPPING.replace('place = "Town"', 'place = "Twon"')
    with pytest.raises(InputError, match=r'lacks "Twon" \(is it "Town" here\?\)'):
        load_release(table, tmp_path, LoadOptions(loaded_at="", mapping=mapping(tmp_path, text)))


def test_a_draft_guesses_from_the_header_and_shows_values(table: Path) -> None:
    text = draft_mapping(table)
    content = tomllib.loads(text)
    assert content["dataset"]["name"] == "log"
    assert content["columns"] == {
        "date": "When",
        "native_id": "Nr",
        "place": "Town",
        "lat": "Lat",
        "lon": "Lon",
        "event_type": "Kind",
        "actors_certain": "By",
        "deaths_best": "Dead",
    }
    assert 'place = "Town"  # Homs, Aleppo, Idlib' in text
    assert '# not used: "Checked": yes, no' in text
    assert '# "festival" = "air strike"' in text


def test_a_draft_can_be_loaded_as_it_stands(tmp_path: Path) -> None:
    source = tmp_path / "x.csv"
    source.write_text("date,town,killed\n2016-03-01,Homs,3\n2016-03-02,Idlib,\n")
    options = LoadOptions(loaded_at="2026-01-01", mapping=mapping(tmp_path, draft_mapping(source)))
    shown = preview(source, options)
    at = {name: place for place, name in enumerate(shown.fields)}
    assert [row[at["place"]] for row in shown.rows] == ["Homs", "Idlib"]
    assert [row[at["deaths_best"]] for row in shown.rows] == [3, None]
    assert load_release(source, tmp_path / "events", options).receipt.loaded == 2


def test_a_preview_shows_why_a_row_would_not_load(table: Path, tmp_path: Path) -> None:
    options = LoadOptions(loaded_at="", mapping=mapping(tmp_path, MAPPING))
    shown = preview(table, options, rows=2)
    assert len(shown.rows) == 2
    assert shown.fields[-1] == "set_aside"
    assert "is not a number" in str(shown.rows[0][-1])
    assert shown.rows[1][-1] is None


@settings(max_examples=60)
@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=6))
def test_a_draft_is_toml_whatever_the_header(columns: list[tuple[str, str]]) -> None:
    header = [f"{name}{at}" for at, (name, _) in enumerate(columns)]
    content = tomllib.loads(draft(header, [[value for _, value in columns]]))
    assert set(content["columns"].values()) <= set(header)


def test_each_column_is_guessed_for_one_field() -> None:
    found = guesses(["Date", "date_start", "Place", "location", "LATITUDE", "fatalities"])
    assert found == {
        "date": "Date",
        "place": "Place",
        "lat": "LATITUDE",
        "deaths_best": "fatalities",
    }


def test_parties_of_one_bound_alone_are_known_by_name(tmp_path: Path) -> None:
    """A column of sure parties and none of doubted ones: nobody is doubted, not "unknown"."""
    (tmp_path / "log.csv").write_text("day,by\n2025-03-01,North\n2025-03-02,\n")
    mapping = tmp_path / "log.toml"
    mapping.write_text(
        '[dataset]\nname = "log"\n[columns]\ndate = "day"\nactors_certain = "by"\n'
        '[constants]\nevent_type = "shelling"\n'
    )
    options = LoadOptions(loaded_at="2025-04-01T00:00:00Z", mapping=mapping)
    release = load_release(tmp_path / "log.csv", tmp_path / "events", options)
    connection = engine.connect()
    events = open_release(release, tmp_path / "events", connection)
    assert contents(events).actors == {"North"}
    assert events.actors_possible.length().sum().to_pyarrow().as_py() == 0
    connection.disconnect()
