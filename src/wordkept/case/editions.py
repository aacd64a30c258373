"""The editions of a case's dossier: numbered in the ledger, each kept so that it can be rebuilt.

What a page is printed from (its report) is kept whole under `editions/`, under its SHA-256, which
the ledger's entry of the dossier vouches for. Pledge files are edited by hand and releases are
added, so that an old page could not be had again from what stands in the case today.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from wordkept.case.inputs import hashed
from wordkept.dossier.report import CaseReport
from wordkept.errors import CaseError, Problem
from wordkept.ids import bytes_id
from wordkept.ledger.canonical import as_json, from_json
from wordkept.ledger.entries import Entry
from wordkept.model import Change, Edition, Irregularity

FOLDER = "editions"
FORMAT = "wordkept-edition/1"
PAGE = "dossier/index.html"
ABOUT_ITSELF = ("editions", "command", "ledger_head")
"""Fields of a report that say where it stands among others, and so do not make it another."""
UNALIKE = frozenset({dict, list, float})
"""Types of which two values may be alike that are not written alike."""
Audited = Mapping[str, tuple[Irregularity, ...]]
"""What is odd about each release, by `case.inputs.audit_key`."""
IDENTITY_LENGTH = 20
"""Characters of a hash in a dossier's id: 80 bits, and short enough to be read out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """An edition as the ledger holds it."""

    number: int
    first: Entry
    """What was entered when it was first built."""
    last: Entry
    """What was entered when its files were last written."""

    @property
    def as_of(self) -> date:
        """The day of which it is."""
        return date.fromisoformat(self.first.payload["as_of"])

    @property
    def edition(self) -> Edition:
        """The edition as a later one tells of it."""
        return Edition(
            number=self.number,
            as_of=self.as_of,
            built_at=self.first.at,
            page=self.last.files.get(PAGE),
            changes=tuple(from_json(Change, one) for one in self.first.payload.get("changes", ())),
        )

    @property
    def stored(self) -> str | None:
        """The file that its report is kept in; None of one from before reports were kept."""
        return next((name for name in self.last.files if name.startswith(f"{FOLDER}/")), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An edition's report as it was kept, and what each of its assessments was made from."""

    report: CaseReport
    keys: Mapping[str, str]
    """By pledge: the hash of all that its assessment depends on (`case.inputs`)."""
    audited: Audited = field(default_factory=dict)


def dossier_id(entries: Sequence[Entry]) -> str:
    """The id of a case's dossier for good, from the first entry of its ledger; empty of none.

    It needs no entry of its own, so that cases from before there were ids have had theirs always.
    """
    return f"wk-{entries[0].hash[:IDENTITY_LENGTH]}" if entries else ""


def editions_of(entries: Sequence[Entry]) -> tuple[Entered, ...]:
    """Every edition that was built, in order; entries from before numbers count each as one."""
    found: dict[int, Entered] = {}
    for entry in entries:
        if entry.kind == "dossier":
            number = entry.payload.get("edition", len(found) + 1)
            first = found[number].first if number in found else entry
            found[number] = Entered(number=number, first=first, last=entry)
    return tuple(found.values())


def edition_on(editions: Sequence[Entered], day: date) -> Entered | None:
    """The last edition of a day; None where none is of it."""
    return next((one for one in reversed(editions) if one.as_of == day), None)


def written(
    report: CaseReport, keys: Mapping[str, str], audited: Audited | None = None
) -> tuple[str, bytes]:
    """An edition's report as it is kept: the name of its file in the case, and its bytes."""
    content = {"format": FORMAT, "keys": dict(keys), "report": as_json(report),
               "audited": as_json(dict(audited or {}))}  # fmt: skip
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    packed = gzip.compress(text.encode("ascii"), compresslevel=6, mtime=0)
    return f"{FOLDER}/{bytes_id(packed)}.json.gz", packed


def read_edition(folder: Path, edition: Entered) -> Stored:
    """What an edition was printed from.

    Raises CaseError where it was built before reports were kept, or its file is missing or is not
    what the ledger vouches for.
    """
    name = edition.stored
    if name is None:
        raise _unkept(edition)
    try:
        content = (folder / name).read_bytes()
    except OSError:
        raise _lost(edition, name, "is missing") from None
    if bytes_id(content) != edition.last.files[name]:
        raise _lost(edition, name, "is not what it was")
    return read_back(content)


def read_back(packed: bytes) -> Stored:
    """What `written` made these bytes from."""
    held: Mapping[str, Any] = json.loads(gzip.decompress(packed))
    audited = {
        key: tuple(from_json(Irregularity, one) for one in found)
        for key, found in held.get("audited", {}).items()
    }
    return Stored(report=from_json(CaseReport, held["report"]), keys=held["keys"], audited=audited)


def content_id(report: CaseReport) -> str:
    """The hash of all that a report holds but where it stands among others.

    Whole numbers are hashed alike however they were held: a report that was kept, and read again,
    is the same.
    """
    held = {name: value for name, value in as_json(report).items() if name not in ABOUT_ITSELF}
    return hashed(_alike(held))


def _alike(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _alike(held) if type(held) in UNALIKE else held for name, held in value.items()
        }
    if isinstance(value, list):
        return value if UNALIKE.isdisjoint(map(type, value)) else [_alike(held) for held in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def chosen(editions: Sequence[Entered], number: int) -> Entered:
    """The edition of a number; raises CaseError that says which there are."""
    for one in editions:
        if one.number == number:
            return one
    known = ", ".join(f"{one.number} (as of {one.as_of})" for one in editions)
    remedy = f"there are: {known}" if known else "build the first: wordkept dossier CASE"
    raise CaseError(
        Problem(what=f"the dossier has no edition {number}", where="--edition", remedy=remedy)
    )


def _unkept(edition: Entered) -> CaseError:
    return CaseError(
        Problem(
            what=f"edition {edition.number} was built before wordkept kept what it was printed "
            "from",
            where=f"the ledger, entry {edition.last.number}",
            remedy="its page stands only where somebody has a copy, whose SHA-256 is "
            f"{edition.last.files.get(PAGE, 'not known')}; --anew assesses that day anew",
        )
    )


def _lost(edition: Entered, name: str, what: str) -> CaseError:
    return CaseError(
        Problem(
            what=f"the file that edition {edition.number} of the dossier is kept in {what}",
            where=name,
            remedy="restore it from a copy; or assess that day anew: --as-of DATE --anew",
        )
    )
