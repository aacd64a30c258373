"""Whether a case is as it was entered: what that proves, and what it does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wordkept.errors import Problem
from wordkept.ledger.checks import CheckedFiles, CheckedLedger, check_files, check_ledger
from wordkept.ledger.entries import Entry

KEPT_FOLDERS = ("documents", "events", "readings", "matches", "editions")
"""Where nothing should stand that no entry names."""

NOT_TRUTH = (
    "That what the documents and records say is true: a hash proves that bytes have not changed, "
    "and nothing else."
)
NOT_CLOCKS = (
    "That the times and names are right: each entry has the clock, and the name, of the machine "
    "that made it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was checked, what is at fault, and in sentences what that proves and what not."""

    entries: int
    files: int
    """How many files the entries vouch for."""
    head: str | None
    """The hash of the last entry; None where there is none."""
    checks: tuple[str, ...]
    faults: tuple[Problem, ...]
    """Each names the file or the entry."""
    notes: tuple[Problem, ...]
    """Worth knowing, and no fault."""
    proven: tuple[str, ...]
    not_proven: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is at fault."""
        return not self.faults


def verify(
    ledger: Path,
    *,
    folder: Path,
    watched: Sequence[str] = KEPT_FOLDERS,
    noted_head: str | None = None,
) -> Verification:
    """Whether the ledger, and every file that its entries vouch for, are as they were entered.

    `folder` is what the paths of files start from. `noted_head` is the hash of the last entry as
    someone noted it earlier, elsewhere: with it, a chain rewritten as a whole is found out.
    """
    chain = check_ledger(ledger)
    files = check_files(chain.entries, folder, watched=watched)
    noted = _entry_of(noted_head, chain.entries)
    faults = (*chain.faults, *files.faults)
    if noted_head is not None and noted is None:
        faults = (
            Problem(
                what=f"the head that was noted ({noted_head}) is not in this chain: it was cut "
                "off, or rewritten, since",
                where=ledger.name,
                remedy="compare with a copy made when the head was noted",
            ),
            *faults,
        )
    return Verification(
        entries=len(chain.entries),
        files=files.named,
        head=chain.entries[-1].hash if chain.entries else None,
        checks=_checks(chain, files),
        faults=faults,
        notes=(*chain.notes, *files.notes),
        proven=tuple(_proven(chain, files, noted)),
        not_proven=tuple(_not_proven(chain, files, noted)),
    )


def _entry_of(head: str | None, entries: Sequence[Entry]) -> Entry | None:
    return next((entry for entry in entries if head and entry.hash == head.strip().lower()), None)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _checks(chain: CheckedLedger, files: CheckedFiles) -> tuple[str, ...]:
    entries = _count(len(chain.entries), "entry", "entries")
    return (
        f"{entries} of the ledger re-hashed, and each held against the one before it",
        f"{_count(files.named, 'file', 'files')} that entries vouch for re-hashed",
        "the ledger's file checked by SQLite, and held byte for byte against one written afresh",
    )


def _proven(chain: CheckedLedger, files: CheckedFiles, noted: Entry | None) -> list[str]:
    sentences = []
    whole = len(chain.entries) - chain.broken
    if chain.entries and not chain.faults:
        sentences.append(
            f"{_count(whole, 'entry stands', 'entries stand')} as entered, each tied by its hash "
            f"to all before it; the head is {chain.entries[-1].hash}."
        )
    elif chain.entries:
        sentences.append(
            f"{whole} of {_count(len(chain.entries), 'entry', 'entries')} that could be read "
            "still have the content that their hash was made from."
        )
    if files.named and not chain.faults:
        sentences.append(
            f"{files.sound} of {_count(files.named, 'file', 'files')} that entries vouch for "
            "(documents, readings, releases, pairs, dossiers) hold the same bytes as when they "
            "were entered."
        )
    if chain.accounted:
        sentences.append(
            "The ledger's file holds nothing besides: every byte is what these entries make, but "
            "for 12 in which SQLite counts its writes and names its version."
        )
    if noted:
        sentences.append(
            f"The noted head is entry {noted.number}: nothing up to it was rewritten since it was "
            "noted."
        )
    return sentences


def _not_proven(chain: CheckedLedger, files: CheckedFiles, noted: Entry | None) -> list[str]:
    sentences = [NOT_TRUTH, NOT_CLOCKS]
    if noted is None:
        sentences.append(
            "That the chain was not rewritten as a whole, or cut off at its end, by whoever holds "
            "the folder. Note the head where they cannot change it, and give it to the next check."
        )
    elif chain.entries and noted.number < chain.entries[-1].number:
        sentences.append(
            f"That the entries after {noted.number} were not rewritten, or cut off, by whoever "
            "holds the folder: the noted head is older than they are."
        )
    else:
        sentences.append(
            "That nothing was entered after the noted head and cut off again by whoever holds the "
            "folder."
        )
    if files.replaced:
        sentences.append(
            f"What {_count(files.replaced, 'earlier file', 'earlier files')} held that "
            "later ones have replaced: only their hashes are left."
        )
    return sentences
