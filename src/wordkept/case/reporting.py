"""A case as it was assessed, put together for the dossier, among the editions before it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wordkept import __version__
from wordkept.case.behind import behind
from wordkept.case.case import Case
from wordkept.case.chronicle import last_day, standing_head
from wordkept.case.corrections import corrections, rules_id, state_entered, state_of
from wordkept.case.editions import (
    Audited,
    Entered,
    Stored,
    content_id,
    dossier_id,
    edition_on,
    editions_of,
    read_edition,
)
from wordkept.case.inputs import assessment_keys, audit_key, whole_key
from wordkept.case.mapped import mapped
from wordkept.case.masking import veiled
from wordkept.case.record import Record
from wordkept.documents.capture import text_of
from wordkept.dossier.report import CaseReport
from wordkept.errors import CaseError
from wordkept.ledger.canonical import as_json
from wordkept.ledger.entries import Entry
from wordkept.model import Assessment, Behind, Change, Document, Edition, MappedCounts, Safety
from wordkept.protocol.board import board_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A report of the case as it stands, and what its assessments were made from."""

    report: CaseReport
    keys: Mapping[str, str]
    entries: tuple[Entry, ...]
    name: str
    """Of the case's folder."""
    state: Mapping[str, Any]
    """What the edition after this one will be held against."""
    audited: Audited
    """What is odd about the releases that its plans count, for the edition after this one."""
    inputs: str
    """The hash of all that it was worked out from."""
    content: str
    """The hash of what was found, wherever it comes to stand among editions."""


def report(case: Case, *, as_of: date | None = None, anew: bool = False) -> CaseReport:
    """Everything a dossier is made from, with its editions; what is masked stands in it as blocks.

    With a day of which an edition was built, that edition as it was built, unless `anew`.
    """
    if as_of is not None and not anew:
        with case.ledger() as ledger:
            standing = edition_on(editions_of(ledger.entries()), as_of)
        if standing is not None and standing.stored is not None:
            return veiled(case, read_edition(case.folder, standing).report)
    return veiled(case, among_editions(case, fresh_report(case, as_of))[0])


def fresh_report(case: Case, as_of: date | None) -> Fresh:
    """The case assessed; what the newest edition holds of the very same inputs is taken over."""
    with case.ledger() as ledger:
        entries = ledger.entries()
    kept = _kept(case, editions_of(entries))
    case.audited.update(kept.audited if kept else {})
    day = as_of or last_day(entries)
    keys, record = _keys(case, entries, day), case.record(day)
    earlier = {one.pledge.id: one for one in kept.report.assessments} if kept else {}
    same = {name for name, key in keys.items() if kept and kept.keys.get(name) == key}
    taken = {name: earlier[name] for name in same & earlier.keys()}
    found = case.assess(as_of=as_of, kept=taken, record=record)
    with case.ledger() as ledger:
        entries = ledger.entries()
    name = case.folder.resolve().name
    over = kept.report if kept and kept.report.safety == case.settings.safety else None
    rows, maps = _evidence(record, found, over, same, case.settings.safety)
    made = CaseReport(
        case=case.settings.name,
        as_of=found[0].as_of if found else day,
        assessments=found,
        board=board_of(found),
        documents=_quoted(case, found),
        behind=rows,
        mapped=maps,
        safety=case.settings.safety,
        ledger_head=standing_head(found, entries),
        command=f"wordkept dossier {name}" + (f" --as-of {as_of}" if as_of else ""),
        version=__version__,
        identity=dossier_id(entries),
    )
    rules = rules_id([dict(case.settings.publication), case.settings.safety])
    return Fresh(report=made, keys=keys, entries=entries, name=name,
                 state=state_of(found, rules), audited=_audited(case, made),
                 inputs=whole_key(case.folder, entries, as_of),
                 content=content_id(made))  # fmt: skip


def _keys(case: Case, entries: tuple[Entry, ...], day: date) -> dict[str, str]:
    surroundings = {
        "as_of": day.isoformat(),
        "rules": as_json(dict(case.settings.publication)),
        "engine": case.settings.engine,
    }
    declared = [file.pledge for file in case.pledges()]
    return assessment_keys(declared, entries, surroundings)


def _audited(case: Case, made: CaseReport) -> Audited:
    """What is odd about the standing releases, as far as the plans of a report ask."""
    from wordkept.events.auditing.asked import asked_fields

    releases = case.standing(made.as_of)
    plans = [one.pledge.plan for one in made.assessments if one.pledge.plan]
    asked = {
        audit_key(releases[one.dataset], asked_fields(one))
        for plan in plans
        for one in (plan.primary, *plan.others)
        if one.dataset in releases
    }
    return {key: case.audited[key] for key in sorted(asked & case.audited.keys())}


def _kept(case: Case, editions: Sequence[Entered]) -> Stored | None:
    """The newest edition's report, where it can still be read; else all is worked out anew."""
    if not editions or editions[-1].stored is None:
        return None
    try:
        return read_edition(case.folder, editions[-1])
    except CaseError:
        return None


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


def _evidence(
    record: Record,
    found: tuple[Assessment, ...],
    kept: CaseReport | None,
    same: Set[str],
    safety: Safety,
) -> tuple[tuple[Behind, ...], tuple[MappedCounts, ...]]:
    """The rows behind each count, and where they lie; those of what was taken over come with it."""
    rows: list[Behind] = []
    maps: list[MappedCounts] = []
    record.expect(one.pledge for one in found if kept is None or one.pledge.id not in same)
    for one in found:
        name = one.pledge.id
        if kept is not None and name in same:
            rows += [each for each in kept.behind if each.pledge == name]
            maps += [each for each in kept.mapped if each.pledge == name]
        else:
            rows += behind(record, one)
            laid = mapped(record, one, safety)
            maps += [laid] if laid is not None else []
    return tuple(rows), tuple(maps)


def among_editions(case: Case, fresh: Fresh) -> tuple[CaseReport, Entered | None]:
    """The report with its editions up to itself, and the newest edition where it is that one.

    A day before that of the newest edition is a look back: it corrects nothing, and has no number.
    """
    editions = editions_of(fresh.entries)
    made = fresh.report
    newest = editions[-1] if editions else None
    if newest is not None and newest.first.payload.get("content") == fresh.content:
        try:
            return read_edition(case.folder, newest).report, newest
        except CaseError:
            told = newest.edition.changes
            return _numbered(fresh, editions[:-1], newest.number, told), newest
    if newest is not None and made.as_of < newest.as_of:
        past = tuple(one.edition for one in editions if one.as_of <= made.as_of)
        return replace(made, editions=past), None
    changes: tuple[Change, ...] = ()
    if newest is not None:
        was = state_entered(newest, fresh.entries)
        changes = corrections(was, fresh.state, fresh.entries, newest.first.number)
    return _numbered(fresh, editions, len(editions) + 1, changes), None


def _numbered(
    fresh: Fresh, before: Sequence[Entered], number: int, changes: tuple[Change, ...]
) -> CaseReport:
    """The report as the edition of a number, after those before it."""
    this = Edition(number=number, as_of=fresh.report.as_of, built_at=None, page=None,
                   changes=changes)  # fmt: skip
    return replace(
        fresh.report,
        editions=(*(one.edition for one in before), this),
        command=f"wordkept dossier {fresh.name} --edition {number}",
    )
