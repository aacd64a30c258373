"""The dossier's files: a new edition of it, an old one once more, or a look back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wordkept.case.case import Case, now, whoever, writing
from wordkept.case.editions import (
    Entered,
    chosen,
    edition_on,
    editions_of,
    read_back,
    read_edition,
    written,
)
from wordkept.case.masking import veiled
from wordkept.case.reporting import Fresh, among_editions, fresh_report
from wordkept.case.translating import both, render_pages, translated
from wordkept.case.turns import in_turn
from wordkept.dossier.languages.language import page_name, translations
from wordkept.dossier.report import CaseReport
from wordkept.errors import CaseError, Problem
from wordkept.ids import bytes_id
from wordkept.ledger.canonical import as_json

FOLDER = "dossier"
NONE: Mapping[str, bytes] = MappingProxyType({})
ATTEMPTS = 5
"""How often a dossier is begun anew because another process entered an edition meanwhile; each time
somebody's was entered, so that two processes never need more than two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A dossier as its files were written."""

    page: Path
    report: CaseReport
    edition: int | None
    """Its number; None of a look back, which is no edition."""
    new: bool = False
    """Whether it is an edition that was not there before."""
    rebuilt: bool = False
    """Whether it was asked for as it once was, and not as the case stands."""
    languages: tuple[str, ...] = ()
    """In which it was written beside English, by their codes."""
    differs: tuple[str, ...] = ()
    """Files that are not byte for byte what they were when the edition was built."""

    @property
    def translations(self) -> tuple[Path, ...]:
        """The pages in other languages that were written beside it."""
        return tuple(self.page.parent / page_name(code) for code in self.languages)


def build(
    case: Case,
    *,
    as_of: date | None = None,
    edition: int | None = None,
    anew: bool = False,
    languages: Sequence[str] = (),
) -> Built:
    """The dossier as the case stands, or the edition of a number or a day as it was built.

    A day of which no edition was built, or `anew`, is assessed with the record as it was known
    then. The same edition again is the same bytes, and enters nothing in the ledger. A language
    that was asked for once is built with every later edition.
    """
    asked = translations(languages)
    for _ in range(ATTEMPTS):
        built = _built(case, as_of, edition, anew, asked)
        if built is not None:
            return built
    raise _crowded(case)


def _built(
    case: Case, as_of: date | None, edition: int | None, anew: bool, asked: tuple[str, ...]
) -> Built | None:
    """The dossier as `build` gives it; None where another process built an edition meanwhile."""
    with case.ledger() as ledger:
        editions = editions_of(ledger.entries())
    wanted = chosen(editions, edition) if edition is not None else None
    if wanted is None and as_of is not None and not anew:
        wanted = edition_on(editions, as_of)
        wanted = wanted if wanted is not None and wanted.stored is not None else None
    if wanted is not None:
        return _rebuilt(case, wanted, asked, editions)
    fresh = fresh_report(case, as_of)
    made, same = among_editions(case, fresh)
    if same is not None:
        return _again(case, made, same, fresh, both(translated(same.last), asked))
    if not made.editions or made.editions[-1].built_at is not None:
        folder = case.folder / FOLDER / f"as-of-{made.as_of}"
        _write(folder, _rendered(case, made, asked))
        return Built(page=folder / "index.html", report=made, edition=None, languages=asked)
    before = translated(editions[-1].last) if editions else ()
    return _entered(case, made, fresh, both(before, asked))


def _rebuilt(
    case: Case, wanted: Entered, asked: Sequence[str], editions: Sequence[Entered]
) -> Built | None:
    """An edition from what was kept of it; the newest in its own place, an older one beside it.

    A language that it was not built in is added to the newest; to an older one it is added without
    a word on the pages that it was built with, which stay what they were.
    """
    made = read_edition(case.folder, wanted).report
    newest, known = wanted is editions[-1], len(editions)
    folder = case.folder / FOLDER
    folder = folder if newest else folder / f"edition-{wanted.number}"
    built_in = translated(wanted.last)
    codes = both(built_in, asked)
    texts = _rendered(case, made, built_in)
    differs = _differing(wanted, texts)
    if newest and (differs or codes != built_in):
        texts = _rendered(case, made, codes)
        built = _reentered(case, made, wanted, texts, (codes, known))
        return replace(built, rebuilt=True, differs=differs) if built else None
    texts = _rendered(case, made, codes) | texts
    if not newest:
        _write(folder, texts)
    elif not _put_in_turn(case, known, texts):
        return None
    return Built(page=folder / "index.html", report=made, edition=wanted.number, rebuilt=True,
                 differs=differs, languages=codes)  # fmt: skip


def _again(
    case: Case, made: CaseReport, same: Entered, fresh: Fresh, codes: tuple[str, ...]
) -> Built | None:
    """The newest edition once more: its files, where they are gone, and no entry.

    Where it was worked out from other things to the same end (by other code, say), what it was
    kept in is entered anew: else all would be worked out at every look from then on.
    """
    known = len(editions_of(fresh.entries))
    name, packed = written(made, fresh.keys, fresh.audited)
    kept = {name: packed} if same.stored != name or not (case.folder / name).exists() else NONE
    texts = _rendered(case, made, codes)
    if same.stored == name and not _differing(same, texts):
        if not _put_in_turn(case, known, texts, kept=kept):
            return None
        return Built(page=case.folder / FOLDER / "index.html", report=made, edition=same.number,
                     languages=codes)  # fmt: skip
    return _reentered(case, made, same, texts, (codes, known), (fresh.inputs, kept))


def _reentered(
    case: Case,
    made: CaseReport,
    same: Entered,
    texts: Mapping[str, bytes],
    stood: tuple[tuple[str, ...], int],
    anew: tuple[str, Mapping[str, bytes]] | None = None,
) -> Built | None:
    """The newest edition, printed or worked out otherwise, or in more languages: it is entered.

    `stood` are its languages now, and how many editions there were when it was looked up; `anew`
    the hash of what it was worked out from, and what it is kept in, where that was done.
    """
    codes, known = stood
    inputs, kept = anew or (same.last.payload.get("inputs"), NONE)
    files = dict(same.last.files) | _files(texts)
    if kept:
        files = {name: held for name, held in files.items() if name != same.stored}
        files |= {name: bytes_id(packed) for name, packed in kept.items()}
    payload = {**same.first.payload, "files": files, "inputs": inputs}
    payload = {name: held for name, held in payload.items() if name not in ("state", "changes")}
    if not _put_in_turn(case, known, texts, entry=payload, kept=kept):
        return None
    return Built(page=case.folder / FOLDER / "index.html", report=made, edition=same.number,
                 differs=_differing(same, texts), languages=codes)  # fmt: skip


def _differing(same: Entered, texts: Mapping[str, bytes]) -> tuple[str, ...]:
    """The files that are not byte for byte what was last entered of an edition."""
    entered = same.last.files
    return tuple(
        name for name, content in texts.items()
        if entered.get(f"{FOLDER}/{name}") != bytes_id(content)
    )  # fmt: skip


def _entered(case: Case, made: CaseReport, fresh: Fresh, codes: tuple[str, ...]) -> Built | None:
    """A new edition: what it is printed from is kept, and printed as it can be read back.

    None, and nothing written, where another process entered an edition since this was numbered.
    """
    name, packed = written(made, fresh.keys, fresh.audited)
    made = read_back(packed).report
    texts = _rendered(case, made, codes)
    this = made.editions[-1]
    payload = {
        "dossier": made.identity,
        "edition": this.number,
        "as_of": made.as_of.isoformat(),
        "head": made.ledger_head,
        "content": fresh.content,
        "inputs": fresh.inputs,
        "files": _files(texts) | {name: bytes_id(packed)},
        "state": fresh.state,
        "changes": as_json(this.changes),
    }
    known = len(editions_of(fresh.entries))
    if not _put_in_turn(case, known, texts, entry=payload, kept={name: packed}):
        return None
    return Built(page=case.folder / FOLDER / "index.html", report=made, edition=this.number,
                 new=True, languages=codes)  # fmt: skip


def _put_in_turn(
    case: Case,
    known: int,
    texts: Mapping[str, bytes],
    *,
    entry: Mapping[str, Any] | None = None,
    kept: Mapping[str, bytes] = NONE,
) -> bool:
    """Whether the newest edition's files were written, and entered, by one process at a time.

    Nothing is where the ledger holds other editions by now than the `known` ones: then another
    process was quicker, and the number or the place of these files is its own.
    """
    with writing(case.folder), in_turn(case.folder / FOLDER), case.ledger() as ledger:
        if len(editions_of(ledger.entries())) != known:
            return False
        for name, content in kept.items():
            _put(case.folder / name, content)
        _write(case.folder / FOLDER, texts)
        if entry is not None:
            ledger.append("dossier", entry, who=whoever(), at=now())
    return True


def _crowded(case: Case) -> CaseError:
    return CaseError(
        Problem(
            what=f"other processes entered editions of this dossier {ATTEMPTS} times meanwhile",
            where=str(case.folder),
            remedy="let them finish, then run the same command again; nothing was half-written",
        )
    )


def _rendered(case: Case, made: CaseReport, codes: Sequence[str]) -> dict[str, bytes]:
    """The files of a report with the masks of today on it, whatever day it is of."""
    from wordkept.dossier.json_text import as_json as report_json

    shown = veiled(case, made)
    pages = render_pages(case.folder, shown, codes)
    return pages | {"dossier.json": report_json(shown).encode("utf-8")}


def _files(texts: Mapping[str, bytes]) -> dict[str, str]:
    return {f"{FOLDER}/{name}": bytes_id(content) for name, content in texts.items()}


def _write(folder: Path, texts: Mapping[str, bytes]) -> None:
    with writing(folder):
        for name, content in texts.items():
            _put(folder / name, content)


def _put(path: Path, content: bytes) -> None:
    """The file put in its place whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
