"""The schema of dossier.json: taken by a whole dossier, refused by a spoiled one."""

import json
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from wordkept.dossier import evidence, gate, shown
from wordkept.dossier.exports.export import Material
from wordkept.dossier.exports.json_schema import EXPORT
from wordkept.dossier.json_text import Dossier, as_json, dossier_schema, schema_name
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.dossier.shapes import schema_of
from wordkept.model import PublicationRule

CLOSED = PublicationRule(allows="nothing", terms="Nothing may be published.")


@pytest.fixture(scope="module")
def schema(report: CaseReport) -> dict[str, Any]:
    material = Material(report=report, shown=shown_case(report), rows={})
    made: dict[str, Any] = json.loads(EXPORT.write(material))
    Draft202012Validator.check_schema(made)
    return made


@pytest.fixture(scope="module")
def dossier(report: CaseReport) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(as_json(report))
    return made


@pytest.fixture(scope="module")
def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=FormatChecker())


def objects(schema: Any) -> list[dict[str, Any]]:
    """Every part of a schema that describes an object."""
    if isinstance(schema, list):
        return [found for one in schema for found in objects(one)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if schema.get("type") == "object" else []
    return own + [found for one in schema.values() for found in objects(one)]


def test_a_dossier_follows_its_schema_and_names_it(
    validator: Draft202012Validator, dossier: dict[str, Any], schema: dict[str, Any]
) -> None:
    validator.validate(dossier)
    assert dossier["schema"] == schema["$id"] == schema_name()


def test_one_that_withholds_all_follows_it_too(
    validator: Draft202012Validator, report: CaseReport
) -> None:
    shut = tuple(
        replace(one, releases=tuple(replace(held, publication=CLOSED) for held in one.releases))
        for one in report.assessments
    )
    validator.validate(json.loads(as_json(replace(report, assessments=shut))))
    validator.validate(json.loads(as_json(replace(report, assessments=()))))


def spoiled(dossier: dict[str, Any], how: str) -> dict[str, Any]:
    made = deepcopy(dossier)
    pledge = made["pledges"][2]
    if how == "a key too many":
        pledge["levels"][0]["secret"] = 3
    elif how == "a key too few":
        del pledge["reading"]["word"]
    elif how == "an unheard-of verdict":
        pledge["reading"]["word"] = "broken"
    elif how == "a date that is none":
        pledge["announced"] = "2032-13-40"
    elif how == "a number as text":
        pledge["series"][0]["weeks"][0]["events"]["n"] = "4"
    elif how == "a period without its end":
        del pledge["levels"][0]["window"]["end"]
    else:
        made["pledges"] = {}
    return made


@pytest.mark.parametrize(
    "how",
    ["a key too many", "a key too few", "an unheard-of verdict", "a date that is none",
     "a number as text", "a period without its end", "an object for a list"],
)  # fmt: skip
def test_a_spoiled_dossier_does_not(
    validator: Draft202012Validator, dossier: dict[str, Any], how: str
) -> None:
    assert not validator.is_valid(spoiled(dossier, how))


def test_every_object_asks_for_all_its_keys_and_for_no_other(schema: dict[str, Any]) -> None:
    found = objects(schema)
    assert len(found) > 20
    for one in found:
        assert one["additionalProperties"] is False
        assert sorted(one["required"]) == sorted(one["properties"])


def test_it_covers_every_field_of_what_is_shown(schema: dict[str, Any]) -> None:
    rooms = (shown, evidence, gate)
    shapes = {name: one for room in rooms for name, one in vars(room).items() if is_dataclass(one)}
    reached = {name: shapes[name] for name in schema["$defs"] if name in shapes}
    assert {"Shown", "Quote", "Level", "Reading", "Record", "ShownCurve", "Count"} <= set(reached)
    for name, shape in reached.items():
        assert set(schema["$defs"][name]["properties"]) == {one.name for one in fields(shape)}
    assert set(schema["properties"]) == {one.name for one in fields(Dossier)}


def test_it_says_what_the_source_says(schema: dict[str, Any]) -> None:
    level = schema["$defs"]["Level"]["properties"]["text"]
    assert level["description"].startswith("The ratio and its range")


def test_its_name_changes_with_what_it_asks_and_not_with_what_it_says() -> None:
    assert "description" not in json.dumps(schema_of(Dossier, described=False))
    assert schema_name() == dossier_schema()["$id"]


def test_a_type_that_json_lacks_is_refused() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Odd:
        days: set[date]

    with pytest.raises(TypeError, match="no place in a schema"):
        schema_of(Odd)
