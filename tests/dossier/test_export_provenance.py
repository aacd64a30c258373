"""PROV-JSON: it parses, it round-trips, and edges alone lead from a verdict to its sources."""

import json
from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest
from prov.model import ProvDocument

from wordkept.dossier.exports.export import Material
from wordkept.dossier.exports.provenance import write
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.model import Assessment

EDGES = {
    "wasDerivedFrom": ("prov:generatedEntity", "prov:usedEntity"),
    "wasGeneratedBy": ("prov:entity", "prov:activity"),
    "used": ("prov:activity", "prov:entity"),
}


def kind(node: str) -> str:
    return node.removeprefix("wk:").rpartition("-")[0]


def reached(document: dict[str, Any], start: str, *sections: str) -> set[str]:
    """Everything that edges of these sections lead back to."""
    ahead = defaultdict(set)
    for section in sections:
        source, target = EDGES[section]
        for edge in document[section].values():
            ahead[edge[source]].add(edge[target])
    found, waiting = {start}, [start]
    while waiting:
        for node in ahead[waiting.pop()] - found:
            found.add(node)
            waiting.append(node)
    return found


@pytest.fixture(scope="module")
def content(report: CaseReport) -> bytes:
    return write(Material(report=report, shown=shown_case(report), rows={}))


@pytest.fixture(scope="module")
def document(content: bytes) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(content)
    return made


def test_the_prov_library_reads_it_and_writes_it_back(content: bytes) -> None:
    read = ProvDocument.deserialize(content=content.decode(), format="json")
    again = ProvDocument.deserialize(content=read.serialize(format="json"), format="json")
    assert read == again
    written = json.loads(content)
    listed = sum(len(rows) for section, rows in written.items() if section != "prefix")
    assert len(list(read.get_records())) == listed


def test_every_edge_joins_what_stands_in_it(document: dict[str, Any]) -> None:
    nodes = {*document["entity"], *document["activity"], *document["agent"]}
    for section in (*EDGES, "wasAssociatedWith"):
        for edge in document[section].values():
            ends = {value for key, value in edge.items() if key not in {"prov:type", "prov:time"}}
            assert ends <= nodes


@pytest.mark.parametrize("sections", [("wasDerivedFrom",), ("wasGeneratedBy", "used",
                                                            "wasDerivedFrom")])  # fmt: skip
def test_every_verdict_leads_back_to_its_documents_and_releases(
    document: dict[str, Any], report: CaseReport, sections: tuple[str, ...]
) -> None:
    verdicts = {
        said["prov:label"]: key
        for key, said in document["entity"].items()
        if kind(key) == "verdict"
    }
    assert len(verdicts) == len(report.assessments)
    for pledge in shown_case(report):
        back = reached(document, verdicts[f"{pledge.title}: {pledge.reading.word}"], *sections)
        hashes = {said.get("wk:sha256") for key, said in document["entity"].items() if key in back}
        assert {quote.capture for quote in pledge.quotes} <= hashes
        assert {record.id for record in pledge.records} <= hashes
        kinds = {kind(one) for one in back}
        assert ("passage" in kinds) is bool(pledge.quotes)
        assert ("plan" in kinds) is bool(pledge.reading.plan)
        assert ("estimate" in kinds) is bool(pledge.levels)
        assert ("tally" in kinds) is bool(pledge.count and pledge.count.tally)


def test_the_dossier_leads_back_to_every_verdict_and_nothing_leads_to_itself(
    document: dict[str, Any],
) -> None:
    (dossier,) = [key for key in document["entity"] if kind(key) == "dossier"]
    back = reached(document, dossier, "wasDerivedFrom")
    assert {key for key in document["entity"] if kind(key) == "verdict"} <= back
    for edge in document["wasDerivedFrom"].values():
        source, target = edge["prov:generatedEntity"], edge["prov:usedEntity"]
        assert source not in reached(document, target, "wasDerivedFrom")


def test_steps_carry_the_times_that_are_known_and_no_others(document: dict[str, Any]) -> None:
    times = {(kind(key), said.get("prov:endTime")) for key, said in document["activity"].items()}
    assert ("capture", "2034-03-01T08:15:00Z") in times
    assert ("load", "2034-03-14T10:20:00Z") in times
    assert ("register", "2034-03-12T09:30:05Z") in times
    assert {at for name, at in times if name in {"assess", "dossier-activity"}} == {None}


def test_agents_are_programs(document: dict[str, Any]) -> None:
    for said in document["agent"].values():
        assert said["prov:type"]["$"] == "prov:SoftwareAgent"
    names = {said["prov:label"] for said in document["agent"].values()}
    assert names == {"wordkept 0.1.0", "wordkept capture"}


def test_a_capture_that_is_not_in_the_case_is_known_by_its_hash(report: CaseReport) -> None:
    bare = replace(report, documents=())
    document = json.loads(write(Material(report=bare, shown=shown_case(bare), rows={})))
    (capture,) = [said for key, said in document["entity"].items() if kind(key) == "document"]
    assert len(capture["wk:sha256"]) == 64
    assert "main part of our air group" not in json.dumps(document)


def test_hostile_ids_and_texts_stay_texts(report: CaseReport, withdrawn: Assessment) -> None:
    evil = '"><script>\u202e wk:x {"$": "prov:Agent"}'
    pledge = replace(withdrawn.pledge, id=evil, title=evil, actor=evil)
    made = replace(report, assessments=(replace(withdrawn, pledge=pledge),), case=evil)
    content = write(Material(report=made, shown=shown_case(made), rows={})).decode()
    assert not set("<>&\u202e") & set(content)
    ProvDocument.deserialize(content=content, format="json")
    keys = [key for section in json.loads(content).values() for key in section]
    assert not [key for key in keys if "script" in key]


def test_the_same_report_gives_the_same_bytes(report: CaseReport, content: bytes) -> None:
    assert write(Material(report=report, shown=shown_case(report), rows={})) == content
