"""The record by its publisher's own stamps: what bore a stamp of a day or older."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import ibis

from wordkept.case.case import LEDGER, Case
from wordkept.case.chronicle import last_day
from wordkept.case.record import Record
from wordkept.case.standing import nothing_known, standing
from wordkept.events.releases import open_release
from wordkept.ledger.journal import Ledger
from wordkept.model import Assessment, Release
from wordkept.pledges.holdings import check_record
from wordkept.prose import count, day

MEANING = (
    "A stamp is of the last change: a row that its publisher touched later bears the later stamp "
    "and is missing here, and a row that was withdrawn is in no release any more. Where the "
    "publisher keeps the first stamp, a row changed later shows its later text. What was known "
    "then is told only by a release of then (--as-of alone)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """Every pledge held against what was stamped by a day; nothing of it enters the ledger."""

    as_of: date
    found: tuple[Assessment, ...]
    notes: tuple[str, ...]
    """A sentence on each dataset: what of it was taken, and why."""
    meaning: str = MEANING


def assess_by_stamps(case: Case, as_of: date | None) -> Stamped:
    """Every pledge held against the rows that bear a stamp of a day or older.

    They are taken from the newest release of a dataset that stamps its rows; of any other dataset
    the release that was known on the day is taken whole. Raises CaseError where neither is there.
    """
    with Ledger.open(case.folder / LEDGER) as ledger:
        entries = ledger.entries()
    until = as_of or last_day(entries)
    record = case.record(until)
    newest = case.record(date.max, here=True).releases
    notes = []
    for name, release in newest.items():
        rows = open_release(release, record.folder, record.connection)
        held = _held(rows, until)
        if not held["stamped"]:
            notes.append(_unstamped(name, standing(case.releases(), until).get(name)))
            continue
        record.releases[name] = replace(release, stated=until)
        record.tables[name] = rows.filter(rows.stamped_on <= ibis.literal(until))
        record.earlier[name] = (release,)
        notes.append(_taken(name, release, held, until))
    if not record.releases:
        raise nothing_known(case.releases(), until)
    return Stamped(as_of=until, found=_assessed(case, record, entries), notes=tuple(notes))


def _assessed(case: Case, record: Record, entries: Any) -> tuple[Assessment, ...]:
    files = case.pledges()
    check_record(files, record.known())
    declared = tuple(file.pledge for file in files)
    return tuple(
        case.hold(pledge, record, entries, declared=declared)
        for pledge in sorted(declared, key=lambda one: (one.announced, one.id))
    )


def _held(rows: Any, until: date) -> dict[str, int]:
    """How many rows there are, bear a stamp, and bear one of the day or older."""
    found = rows.aggregate(
        rows=rows.count(),
        stamped=rows.stamped_on.notnull().sum(),
        older=(rows.stamped_on <= ibis.literal(until)).sum(),
    )
    return {name: int(value or 0) for name, value in found.to_pyarrow().to_pylist()[0].items()}


def _taken(name: str, release: Release, held: dict[str, int], until: date) -> str:
    bare = held["rows"] - held["stamped"]
    without = f" {count(bare, 'row has', 'rows have')} no stamp and are left out." if bare else ""
    return (
        f"{name}: {held['older']:,} of {count(held['rows'], 'row')} of the release of "
        f"{day(release.known_on)} bear a stamp of {day(until)} or older.{without}"
    )


def _unstamped(name: str, stood: Release | None) -> str:
    if stood is None:
        return f"{name}: its rows bear no stamps and no release was known by then: left out."
    return f"{name}: its rows bear no stamps; the release of {day(stood.known_on)} is taken whole."
