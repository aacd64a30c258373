"""The review bundle of a case: captures, allowed rows, plans, ledger and dossier, in one zip."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wordkept.case.behind import EVERY_ROW, behind
from wordkept.case.bundling_ledger import Leaving, leaving
from wordkept.case.case import LEDGER, Case, now, whoever, writing
from wordkept.case.masking import masked_spans, words_masked
from wordkept.case.naming import document_called
from wordkept.case.reporting import report as report_of
from wordkept.case.translating import languages_of, render_pages
from wordkept.documents.capture import captured_bytes, text_of
from wordkept.dossier.bundle.archive import README, Bundle, bundled, json_bytes
from wordkept.dossier.bundle.readme import readme
from wordkept.dossier.bundle.rows import BundledRows, bundled_rows, plain_name
from wordkept.dossier.gate import rule_of
from wordkept.dossier.masking import Masks, masked_pledge, words_blocked
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.ids import bytes_id
from wordkept.ledger.canonical import as_json, canonical
from wordkept.ledger.entries import Entry
from wordkept.ledger.journal import Ledger
from wordkept.model import Behind, Pledge, PublicationRule, Release
from wordkept.pledges.payload import plan_payload
from wordkept.prose import count

FILE = "dossier/review-bundle.zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A bundle, once it stands on the disk and in the ledger."""

    path: Path
    bundle: Bundle
    withheld: tuple[str, ...]
    """What it does not hold, and by whose terms, a sentence each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What a bundle is made of, looked up once."""

    case: Case
    report: CaseReport
    entries: tuple[Entry, ...]
    masks: Masks
    gate: Leaving
    kept_back: frozenset[str]
    """Documents that the case's settings withhold."""


def write_bundle(case: Case, *, to: Path | None = None, as_of: date | None = None) -> Written:
    """The review bundle of a case; the same case gives the same bytes.

    Its manifest's hash is entered in the ledger.
    """
    bundle, withheld = make_bundle(case, as_of=as_of)
    path = to or case.folder / FILE
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(bundle.content)
        part.replace(path)
    payload: dict[str, Any] = {"manifest": bundle.manifest, "sha256": bytes_id(bundle.content)}
    if to is None:
        payload["files"] = {FILE: payload["sha256"]}
    with Ledger.open(case.folder / LEDGER) as ledger:
        earlier = ledger.entries("bundle")
        if not earlier or earlier[-1].payload != payload:
            ledger.append("bundle", payload, who=whoever(), at=now())
    return Written(path=path, bundle=bundle, withheld=withheld)


def make_bundle(case: Case, *, as_of: date | None = None) -> tuple[Bundle, tuple[str, ...]]:
    """The review bundle of a case, and what it withholds; nothing is written but assessments."""
    from wordkept.dossier.json_text import as_json as report_json

    source = _source(case, as_of)
    report = source.report
    rows = _rows(case, report)
    journal, kept_back = leaving(source.entries, source.gate)
    documents, files = _documents(source)
    pledges, hidden = _pledges(source)
    said = (
        *_records(source, rows),
        *_kept_documents(documents),
        *_kept_entries(kept_back),
        *hidden,
    )
    pages = render_pages(case.folder, report, languages_of(case))
    inside = {
        **{f"dossier/{name}": page for name, page in pages.items()},
        "dossier/dossier.json": report_json(report).encode("utf-8"),
        "documents.json": json_bytes(documents),
        "ledger.jsonl": journal,
        README: readme(report, said),
        **files,
        **pledges,
        **rows.files,
    }
    return bundled(report, inside), said


def _source(case: Case, as_of: date | None) -> _Source:
    documents = {one.id: one for one in case.documents()}
    otherwise = "see wordkept.toml, [bundle]"
    kept_back = frozenset(
        document_called(name, documents.values(), otherwise=otherwise).id
        for name in case.settings.withheld_documents
    )
    report = report_of(case, as_of=as_of)
    with Ledger.open(case.folder / LEDGER) as ledger:
        entries = ledger.entries()
    masks = masked_spans(case)
    folder = case.folder / "documents"
    gate = Leaving(
        rules=_rules(case),
        datasets={one.id: one.dataset for one in case.releases()},
        printed=frozenset(one.reading.sentence for one in shown_case(report)),
        blot=words_blocked(words_masked(case)),
        masks=masks,
        texts={name: text_of(documents[name], folder) for name in masks},
    )
    return _Source(case=case, report=report, entries=entries, masks=masks, gate=gate,
                   kept_back=kept_back)  # fmt: skip


def _rules(case: Case) -> dict[str, PublicationRule]:
    """By dataset: the strictest rule of any of its releases, and of the case."""
    releases = case.releases()
    return {
        one.dataset: case.settings.rule(one.dataset, rule_of(one.dataset, releases))
        for one in releases
    }


def _rows(case: Case, report: CaseReport) -> BundledRows:
    """Every row that may be listed behind every count that is printed."""
    rules = _rules(case)
    found: list[Behind] = []
    releases: dict[str, Release] = {}
    if report.assessments:
        record = case.record(report.as_of)
        releases = record.releases
        for one in report.assessments:
            found += [
                rows
                for rows in behind(record, one, listed=EVERY_ROW)
                if rules[rows.dataset].allows == "rows"
            ]
    return bundled_rows(found, releases, report.safety, as_of=report.as_of)


def _documents(source: _Source) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """What each quoted document is, and the files of it that may leave."""
    folder = source.case.folder / "documents"
    withheld = {
        one.payload["document"]["id"]
        for one in source.entries
        if one.kind == "capture" and source.gate.why_not(one)
    }
    listed, files = [], dict[str, bytes]()
    for document, text in source.report.documents:
        spans = source.masks.get(document.id, ())
        whole = document.id not in source.kept_back
        told: dict[str, Any] = as_json(document)
        told |= {
            "capture": None, "text": None, "withheld": "" if whole else "by the case",
            "text_sha256": document.text or document.id,
            "masked": [[one.start, one.end] for one in spans],
            "entry_withheld": document.id in withheld,
        }  # fmt: skip
        if whole and not spans:
            told["capture"] = f"documents/{document.id}"
            files[told["capture"]] = captured_bytes(document, folder)
        if whole:
            told["text"] = f"texts/{document.id}{'.masked' if spans else ''}.txt"
            files[told["text"]] = text.encode("utf-8")
        listed.append(told)
    return listed, files


def _pledges(source: _Source) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The pledge files and their plans, and what of them a mask keeps back."""
    files, said = dict[str, bytes](), []
    for file in source.case.pledges():
        pledge = file.pledge
        payload = plan_payload(pledge)
        content = canonical(payload)
        raw = (source.case.folder / file.name).read_bytes()
        if not source.gate.masked(payload):
            files[f"plans/{bytes_id(content)}.json"] = content
        else:
            said.append(
                f"The plan of {pledge.id} quotes words that are masked: its one line of JSON is "
                "withheld, and its hash cannot be recomputed from here."
            )
        masked = _masked_file(raw.decode("utf-8"), pledge, source)
        if masked is None:
            said.append(f"The pledge file of {pledge.id} holds words that are masked: withheld.")
        else:
            files[f"pledges/{plain_name(pledge.id)}.toml"] = masked.encode("utf-8")
    return files, tuple(said)


def _masked_file(text: str, pledge: Pledge, source: _Source) -> str | None:
    """A pledge file with its masked words blocked; None where they are still told by it."""
    blot = source.gate.blot
    masked = masked_pledge(pledge, source.masks, blot)
    for own, other in zip(pledge.statements, masked.statements, strict=True):
        for before, after in zip(own.passages, other.passages, strict=True):
            text = text.replace(before.quote, after.quote)
    text = blot(text)
    return None if source.gate.masked(tomllib.loads(text)) else text


def _records(source: _Source, rows: BundledRows) -> Iterator[str]:
    """What is withheld of each record, and what was done to the rows that are given."""
    yield from dict.fromkeys(
        sentence
        for one in shown_case(source.report)
        for sentence in one.withheld
        if "nothing is withheld" not in sentence
    )
    safety, by = source.report.safety, "by this case's rule of safety"
    for name, safe in rows.safe.items():
        late, coarse = count(safe.delayed, "row"), count(safe.coarsened, "row")
        if safe.delayed:
            yield f"{name}: {late} of the last {safety.delay_days} days counted, not listed, {by}."
        if safe.coarsened:
            grid = f"a grid of {safety.coarsen_km:g} km, without the name of the place, {by}"
            yield f"{name}: {coarse} of the last {safety.recent_days} days on {grid}."


def _kept_documents(documents: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for one in documents:
        called, capture = one["title"] or one["name"], one["id"]
        if one["withheld"]:
            yield (
                f"{called}: the case withholds this document. Its quotes stand in the dossier; "
                f"they cannot be checked from here. The SHA-256 of the capture is {capture}."
            )
        elif one["masked"]:
            places = count(len(one["masked"]), "stretch", "stretches")
            yield (
                f"{called}: {places} of its text masked, to protect somebody who is named there. "
                "The capture is withheld, and its text given with a block (█) for each character. "
                f"The SHA-256 of the capture is {capture}, that of its text {one['text_sha256']}."
            )


def _kept_entries(reasons: Mapping[str, int]) -> Iterator[str]:
    for why, number in reasons.items():
        have = "is" if number == 1 else "are"
        yield f"Ledger: {count(number, 'entry', 'entries')} {have} withheld: {why}."
