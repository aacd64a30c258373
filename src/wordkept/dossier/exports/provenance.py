"""PROV-JSON of the whole chain, from the document and the release to the verdict and beyond."""

from collections.abc import Iterator
from typing import Any

from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.linked_data import CODES, written
from wordkept.dossier.exports.provenance_chain import (
    Line,
    agent,
    associated,
    derived,
    entity,
    generated,
    named,
    used,
)
from wordkept.dossier.exports.provenance_evidence import evidence
from wordkept.dossier.exports.provenance_words import captures, words
from wordkept.dossier.shown import Record, Shown

PREFIXES = {"wk": "urn:wordkept:prov:", "xsd": "http://www.w3.org/2001/XMLSchema#"}
"""Names, not places that anything is fetched from."""


def write(material: Material) -> bytes:
    """The chain as PROV-JSON (W3C, 2013): entities, activities, agents, and the edges between."""
    document: dict[str, dict[str, Any]] = {"prefix": dict(PREFIXES)}
    for section, key, said in _lines(material):
        rows = document.setdefault(section, {})
        rows.setdefault(key or f"_:{section}{len(rows) + 1}", said)
    return (written(document) + "\n").encode()


def _lines(material: Material) -> Iterator[Line]:
    report = material.report
    maker = named("software", "wordkept", report.version)
    yield agent(maker, label=f"wordkept {report.version}")
    yield from captures(material)
    records = {one.id: one for pledge in material.shown for one in pledge.records}
    for record in records.values():
        yield from _release(record)
    registered = {one.pledge.id: one.fixing.registered_at for one in report.assessments}
    dossier = named("dossier", report.ledger_head, report.as_of)
    building = named("dossier-activity", report.ledger_head, report.as_of)
    yield entity(
        dossier, "Dossier", label=report.case, asOf=report.as_of.isoformat(),
        ledgerHead=report.ledger_head, command=report.command,
    )  # fmt: skip
    yield "activity", building, {"prov:type": "dossier"}
    yield associated(building, maker)
    yield generated(dossier, building)
    for pledge in material.shown:
        yield from words(pledge)
        yield from _plan(pledge, registered.get(pledge.id))
        yield from evidence(pledge, maker)
        verdict = named("verdict", pledge.id, pledge.plan_hash, pledge.as_of)
        yield derived(dossier, verdict)
        yield used(building, verdict)


def _release(record: Record) -> Iterator[Line]:
    """A file as received, the table it was loaded into, and the load between, with its time."""
    release, table = named("release", record.id), named("table", record.parquet)
    load = named("load", record.id, record.parquet)
    yield entity(
        release, "Release", label=record.title, dataset=record.dataset, sha256=record.id,
        citation=record.citation, licence=record.licence,
        stated=record.stated.isoformat() if record.stated else None,
    )  # fmt: skip
    yield entity(table, "Table", label=f"{record.title}, as loaded", sha256=record.parquet)
    yield "activity", load, {"prov:type": "load", "prov:endTime": record.accessed}
    yield used(load, release)
    yield generated(table, load, at=record.accessed)
    yield derived(table, release)


def _plan(pledge: Shown, registered_at: str | None) -> Iterator[Line]:
    """The plan and its registration; nothing of a pledge that has none."""
    if not pledge.reading.plan:
        return
    plan, source = named("plan", pledge.id, pledge.plan_hash), named("pledge", pledge.id)
    yield entity(plan, "Plan", label=f"Plan of: {pledge.title}", sha256=pledge.plan_hash,
                 fixed=pledge.fixed)  # fmt: skip
    yield derived(plan, source)
    if registered_at is not None:
        register = named("register", pledge.id, pledge.plan_hash)
        yield "activity", register, {"prov:type": "register", "prov:endTime": registered_at}
        yield used(register, source)
        yield generated(plan, register, at=registered_at)


EXPORT = Export(
    name="provenance",
    file_name="provenance.prov.json",
    media_type="application/prov+json",
    holds="PROV-JSON of the chain: what was made of what, by which step, when, from which bytes.",
    leaves_out=(
        "Who took captures, registered plans or loaded files: the ledger says it, this does not.",
        "The time of an assessment and of the dossier: they carry the day they are as of.",
        "Which version of wordkept registered a plan or loaded a file; captures name their tool.",
        "Single rows, weekly counts and the audit; the chain goes from a series to its table.",
        "A hash proves that bytes have not changed since a time, not that they are true.",
        CODES,
    ),
    write=write,
)
