"""What a check of a case adds for releases that are kept as changes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from wordkept.errors import CaseError
from wordkept.ledger.verify import Verification
from wordkept.model import Release
from wordkept.prose import count


def with_kept(
    found: Verification, folder: Path, releases: Callable[[], tuple[Release, ...]]
) -> Verification:
    """The verification, with whether the changes that are kept still make what was loaded."""
    from wordkept.events.keeping import check_kept

    if not any(folder.glob("*.changes.parquet")):
        return found
    try:
        kept = [(one.id, one.parquet) for one in releases()]
    except CaseError:
        return found
    checked, faults = check_kept(kept, folder)
    number = count(checked, "release")
    stand = f"{number} kept as changes made anew, and held row for row against what was loaded"
    sound = checked - len(faults)
    proven = (
        f"{sound} of {number} kept as changes {'gives' if sound == 1 else 'give'}, row for row, "
        "what was loaded."
    )
    return replace(
        found,
        faults=(*found.faults, *faults),
        checks=(*found.checks, stand),
        proven=(*found.proven, proven),
    )
