"""FollowTheMoney: entities that its own library takes, and no claim about who did what."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from followthemoney import model
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wordkept.dossier.exports import extras
from wordkept.dossier.exports.export import Material
from wordkept.dossier.exports.followthemoney import write
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.errors import InputError
from wordkept.model import Event
from wordkept.period import Period

ROW = Event(
    row=7, native_id="L-7", dataset="lethal", period=Period(date(2032, 3, 1), date(2032, 3, 2)),
    place="Karst", admin1="The Vale", admin2=None, country="Syria", lat=35.25, lon=36.5,
    radius_km=5.0, event_type="battle", native_type="Armed clash", side_a="Northland",
    side_b=None, deaths_low=1, deaths_best=2, deaths_high=4, events_best=1,
    reference="javascript:alert(1)",
)  # fmt: skip


def entities(material: Material) -> list[dict[str, Any]]:
    return [json.loads(line) for line in write(material).decode().splitlines()]


@pytest.fixture(scope="module")
def material(report: CaseReport) -> Material:
    return Material(report=report, shown=shown_case(report), rows={"lethal": (ROW,)})


def test_its_own_library_takes_each_and_every_edge_has_both_ends(material: Material) -> None:
    found = entities(material)
    by_id = {one["id"]: one for one in found}
    assert len(by_id) == len(found)
    for one in found:
        proxy = model.get_proxy(one)
        proxy.schema.validate({"properties": one["properties"]})
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == one["properties"]
        for name in ("document", "entity", "proof"):
            assert set(one["properties"].get(name, [])) <= set(by_id)


def test_it_invents_no_kind_of_actor(material: Material) -> None:
    found = entities(material)
    assert {one["schema"] for one in found} == {
        "Document", "LegalEntity", "Note", "Documentation", "Event",
    }  # fmt: skip
    names = [one["properties"]["name"] for one in found if one["schema"] == "LegalEntity"]
    assert sorted(names) == [["Northland"], ["Vale government"]]


def test_a_row_is_tied_to_nobody_and_carries_no_address_that_could_run(material: Material) -> None:
    (row,) = [one["properties"] for one in entities(material) if one["schema"] == "Event"]
    assert not {"involved", "organizer", "proof", "sourceUrl"} & set(row)
    assert row["startDate"] == ["2032-03-01"]
    assert row["country"] == ["sy"]
    assert row["publisher"] == ["Lethal Events Dataset"]
    (said,) = row["summary"]
    assert "Northland" in said
    assert "low 1, best 2, high 4" in said


def test_only_the_rows_it_was_given_are_listed(material: Material) -> None:
    bare = entities(replace(material, rows={}))
    assert not [one for one in bare if one["schema"] == "Event"]


def test_words_that_are_not_printed_have_no_note(material: Material) -> None:
    shut = tuple(
        replace(one, quotes=tuple(replace(quote, words=None) for quote in one.quotes))
        for one in material.shown
    )
    text = write(replace(material, shown=shut)).decode()
    assert "withdrawal of the main part of our air group" not in text


def test_the_same_material_gives_the_same_bytes(material: Material) -> None:
    assert write(material) == write(material)


@given(text=st.text(max_size=12))
@example(text="\u202e<script>\x00\ud800")
@example(text=" ")
@settings(max_examples=25)
def test_any_text_is_taken_and_stays_a_text(material: Material, text: str) -> None:
    evil = replace(
        ROW, place=text, country=text, side_a=text, native_type=text, reference=text, admin1=text
    )
    lines = write(replace(material, shown=(), rows={"lethal": (evil,)})).decode().split("\n")
    (row,) = [one for one in map(json.loads, filter(None, lines)) if one["schema"] == "Event"]
    assert not set("<>&\u202e\u2028") & set("".join(lines))
    assert row["properties"]["recordId"] == ["L-7"]


def test_without_the_library_it_says_what_to_install(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    with pytest.raises(InputError) as raised:
        write(material)
    assert len(str(raised.value).splitlines()) == 3
    assert "pip install" in raised.value.problems[0].remedy
