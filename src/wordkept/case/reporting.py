"""A case as it was assessed, put together for the dossier, and the dossier's files."""

from datetime import date
from pathlib import Path

from wordkept import __version__
from wordkept.case.behind import behind
from wordkept.case.case import Case, now, whoever, writing
from wordkept.case.chronicle import last_day
from wordkept.case.mapped import mapped
from wordkept.case.record import Record
from wordkept.documents.capture import text_of
from wordkept.dossier.report import CaseReport
from wordkept.ids import bytes_id
from wordkept.model import Assessment, Behind, Document, MappedCounts, Safety
from wordkept.protocol.board import board_of


def report(case: Case, *, as_of: date | None = None) -> CaseReport:
    """Everything a dossier is made from."""
    found = case.assess(as_of=as_of)
    record = case.record(found[0].as_of) if found else None
    with case.ledger() as ledger:
        entries = ledger.entries()
    heads = [entry.hash for entry in entries if entry.kind == "assessment"]
    on = f" --as-of {as_of}" if as_of else ""
    return CaseReport(
        case=case.settings.name,
        as_of=found[0].as_of if found else as_of or last_day(entries),
        assessments=found,
        board=board_of(found),
        documents=_quoted(case, found),
        behind=_behind(record, found),
        mapped=_mapped(record, found, case.settings.safety),
        safety=case.settings.safety,
        ledger_head=heads[-1] if heads else "",
        command=f"wordkept dossier {case.folder.resolve().name}{on}",
        version=__version__,
    )


def _quoted(case: Case, found: tuple[Assessment, ...]) -> tuple[tuple[Document, str], ...]:
    """The captures that pledges quote, each with its text."""
    quoted = {
        passage.document
        for one in found
        for statement in one.pledge.statements
        for passage in statement.passages
    }
    return tuple(
        (one, text_of(one, case.folder / "documents"))
        for one in {one.id: one for one in case.documents() if one.id in quoted}.values()
    )


def _behind(record: Record | None, found: tuple[Assessment, ...]) -> tuple[Behind, ...]:
    if record is None:
        return ()
    return tuple(rows for one in found for rows in behind(record, one))


def _mapped(
    record: Record | None, found: tuple[Assessment, ...], safety: Safety
) -> tuple[MappedCounts, ...]:
    if record is None:
        return ()
    made = (mapped(record, one, safety) for one in found)
    return tuple(one for one in made if one is not None)


def build(case: Case, *, as_of: date | None = None) -> Path:
    """The page that was built, `dossier/index.html`, with `dossier.json` beside it."""
    from wordkept.dossier.json_text import as_json as report_json
    from wordkept.dossier.page import render_html

    made = report(case, as_of=as_of)
    texts = {"index.html": render_html(made), "dossier.json": report_json(made)}
    files = {}
    with writing(case.folder):
        (case.folder / "dossier").mkdir(exist_ok=True)
        for name, text in texts.items():
            content = text.encode("utf-8")
            part = case.folder / "dossier" / f".{name}.part"
            part.write_bytes(content)
            part.replace(case.folder / "dossier" / name)
            files[f"dossier/{name}"] = bytes_id(content)
    payload = {"files": files, "as_of": made.as_of.isoformat(), "head": made.ledger_head}
    with case.ledger() as ledger:
        earlier = ledger.entries("dossier")
        if not earlier or earlier[-1].payload != payload:
            ledger.append("dossier", payload, who=whoever(), at=now())
    return case.folder / "dossier" / "index.html"
