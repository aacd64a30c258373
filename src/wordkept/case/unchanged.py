"""Whether anything changed since the newest dossier, without assessing anything."""

from pathlib import Path

from wordkept.case.editions import PAGE, editions_of
from wordkept.case.inputs import whole_key
from wordkept.errors import WordkeptError
from wordkept.ids import file_id
from wordkept.ledger.journal import Ledger

LEDGER = "ledger.sqlite"


def unchanged(folder: Path) -> Path | None:
    """The page of the newest edition where all that it was made from, and its files, still stand.

    None where they do not, or where it cannot be told: then the dossier is to be built.
    """
    try:
        with Ledger.open(folder / LEDGER) as ledger:
            entries = ledger.entries()
        editions = editions_of(entries)
        if not editions or editions[-1].last.payload.get("inputs") != whole_key(
            folder, entries, None
        ):
            return None
        files = editions[-1].last.files
        stands = all(file_id(folder / name) == identity for name, identity in files.items())
    except (OSError, WordkeptError):
        return None
    return folder / PAGE if stands else None
