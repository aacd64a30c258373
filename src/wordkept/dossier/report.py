"""All that a dossier is built from, and nothing else: no clock, no network, no case folder."""

from dataclasses import dataclass
from datetime import date

from wordkept.model import (
    DEFAULT_SAFETY,
    Assessment,
    Behind,
    Board,
    Document,
    Edition,
    MappedCounts,
    Safety,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """A case as it was assessed on one day, ready to be shown."""

    case: str
    """The name of the case."""
    as_of: date
    assessments: tuple[Assessment, ...]
    board: Board
    """All of them together: adjusted for their number, and who was asked the same."""
    documents: tuple[tuple[Document, str], ...]
    """The captures that pledges quote, each with its text."""
    ledger_head: str
    """Hash of the last assessment entry in the ledger."""
    command: str
    """What rebuilds this dossier, as typed in a shell."""
    version: str
    """Of wordkept."""
    behind: tuple[Behind, ...] = ()
    """The rows behind the counts, not yet made safe: see `dossier.rows_shown`."""
    mapped: tuple[MappedCounts, ...] = ()
    """Where the counted events lie, not yet made fit to print: see `dossier.map_shown`."""
    safety: Safety = DEFAULT_SAFETY
    """How rows of recent days are shown."""
    identity: str = ""
    """The dossier's own, of its case and for good; empty where there is no case."""
    editions: tuple[Edition, ...] = ()
    """Every edition up to this one, which stands last; none where there is no case."""
