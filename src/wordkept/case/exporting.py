"""A case put together for the exports: what may leave, what is held back, and the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wordkept.case.behind import strictest
from wordkept.case.case import Case, now, whoever, writing
from wordkept.case.record import Record, selections_of
from wordkept.case.reporting import report
from wordkept.case.translating import languages_of, spoken
from wordkept.dossier.exports import EXPORTS
from wordkept.dossier.exports import redactions as redacting
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.readme import readme
from wordkept.dossier.exports.redactions import Held, Redaction
from wordkept.dossier.gate import count
from wordkept.dossier.publish import shown_case
from wordkept.dossier.rows_shown import safe_rows
from wordkept.errors import InputError, Problem, WordkeptError, did_you_mean
from wordkept.events.rows import first_rows, rows_chosen
from wordkept.ids import bytes_id
from wordkept.model import Assessment, Event, Safety, Selection

FOLDER = Path("dossier", "exports")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What the exports are written from, and what was kept back on the way."""

    material: Material
    redactions: tuple[Redaction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The files that were written, what could not be, and what was kept back."""

    paths: tuple[Path, ...]
    missing: tuple[tuple[Export, str], ...]
    """Formats that this machine cannot write, each with the reason."""
    redacted: tuple[str, ...]


def prepare(case: Case, *, as_of: date | None = None) -> Prepared:
    """All that the exports are written from, through the gate and made safe."""
    made = report(case, as_of=as_of)
    shown = shown_case(made)
    held: tuple[Held, ...] = ()
    if made.assessments:
        held = held_back(case.record(made.as_of), made.assessments, made.safety)
    rows = {one.dataset: one.rows.events for one in held if one.rows is not None}
    languages = tuple(spoken(case.folder, code) for code in languages_of(case))
    material = Material(report=made, shown=shown, rows=rows, languages=languages)
    return Prepared(material=material, redactions=redacting.redactions(held, shown))


def held_back(record: Record, found: Sequence[Assessment], safety: Safety) -> tuple[Held, ...]:
    """Each record that some plan asks for, with its rows only where the strictest rule allows."""
    asked = _asked(found, record)
    return tuple(
        Held(
            dataset=dataset,
            title=record.releases[dataset].title,
            rule=(rule := strictest(record, dataset)),
            loaded=count(record.releases[dataset].receipt.loaded, rule),
            rows=safe_rows(_rows(record, selections), safety, as_of=record.as_of)
            if rule.allows == "rows"
            else None,
        )
        for dataset, selections in asked.items()
    )


def _asked(found: Sequence[Assessment], record: Record) -> Mapping[str, tuple[Selection, ...]]:
    """What the plans count, by dataset; a published count stands in none."""
    asked: dict[str, dict[Selection, None]] = {}
    for one in found:
        plan = one.pledge.plan
        if plan is None or plan.tally is not None or not one.testability.testable:
            continue
        for selection in selections_of(plan):
            if selection.dataset in record.releases:
                asked.setdefault(selection.dataset, {})[selection] = None
    return {dataset: tuple(asked[dataset]) for dataset in sorted(asked)}


def _rows(record: Record, selections: Sequence[Selection]) -> tuple[Event, ...]:
    """Every row that any of the selections counts at its widest, once, by day and row."""
    found: dict[int, Event] = {}
    for selection in selections:
        covered = record.coverage(selection.dataset)
        if covered is None:
            continue
        widest = selection.attributions[-1]
        chosen = rows_chosen(record.events(selection), selection, widest, covered.days)
        found |= {event.row: event for event in first_rows(chosen)}
    return tuple(sorted(found.values(), key=lambda event: (event.period.start, event.row)))


def chosen(formats: Sequence[str]) -> tuple[Export, ...]:
    """The exports of these names, all without any; raises InputError that names the nearest."""
    known = {one.name: one for one in EXPORTS}
    problems = [
        Problem(
            what=f'no format is called "{name}"',
            where="wordkept export",
            remedy=did_you_mean(name, known, otherwise=f"formats: {', '.join(known)}"),
        )
        for name in formats
        if name not in known
    ]
    if problems:
        raise InputError(*problems)
    return tuple(known[name] for name in dict.fromkeys(formats)) or EXPORTS


def export(
    case: Case,
    formats: Sequence[str] = (),
    *,
    to: Path | None = None,
    as_of: date | None = None,
) -> Exported:
    """The files of these formats, or of all, with a README and a redaction report beside them.

    A format that this machine cannot write is left out and said where all are asked for; where it
    is named, that is an error. What was written is entered in the ledger, with its hashes.
    """
    wanted = chosen(formats)
    prepared = prepare(case, as_of=as_of)
    material = prepared.material
    contents, missing = _written(wanted, material, named=bool(formats))
    redacted = redacting.sentences(prepared.redactions, material.report)
    ready = [one for one in wanted if one.file_name in contents]
    words = readme(material, written=ready, missing=missing, redacted=redacted)
    contents["README.txt"] = words.encode()
    contents["redactions.json"] = redacting.as_json(prepared.redactions, material.report).encode()
    folder = to if to is not None else case.folder / FOLDER
    paths = _put(folder, contents)
    _enter(case, folder, contents, material)
    return Exported(paths=paths, missing=missing, redacted=redacted)


def _written(
    wanted: Sequence[Export], material: Material, *, named: bool
) -> tuple[dict[str, bytes], tuple[tuple[Export, str], ...]]:
    contents, missing = dict[str, bytes](), []
    for one in wanted:
        try:
            contents |= one.files(material)
        except WordkeptError as error:
            if named:
                raise
            problem = error.problems[0]
            missing.append((one, f"{problem.what}; {problem.remedy}"))
    return contents, tuple(missing)


def _put(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            part = folder / f".{name}.part"
            part.write_bytes(content)
            part.replace(folder / name)
    return tuple(folder / name for name in contents)


def _enter(case: Case, folder: Path, contents: Mapping[str, bytes], material: Material) -> None:
    """Enters what was written; files inside the case are vouched for, others are only named."""
    hashes = {name: bytes_id(content) for name, content in contents.items()}
    payload: dict[str, object] = {
        "as_of": material.report.as_of.isoformat(), "head": material.report.ledger_head,
    }  # fmt: skip
    home, inside = case.folder.resolve(), folder.resolve()
    if inside.is_relative_to(home):
        where = inside.relative_to(home).as_posix()
        payload["files"] = {f"{where}/{name}": one for name, one in hashes.items()}
    else:
        payload["sent"] = hashes
    with case.ledger() as ledger:
        earlier = ledger.entries("export")
        if not earlier or earlier[-1].payload != payload:
            ledger.append("export", payload, who=whoever(), at=now())
