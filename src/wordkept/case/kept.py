"""The files that releases are kept in: put back where one is gone, and checked row for row."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from wordkept.errors import CaseError, Problem
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


def put_back(
    known: Release,
    source: Path,
    folder: Path,
    loaded: tuple[Release, ...],
    options: Mapping[str, Any],
) -> None:
    """Writes the file of a release again where it is gone.

    Raises CaseError where a damaged one stands in its place, or where the file that came in is
    read otherwise now than it was.
    """
    from wordkept.events.keeping import changes_path, stored_path, whole_path
    from wordkept.events.releases import LoadOptions, damaged, load_release

    paths = [changes_path(folder, known.id), whole_path(folder, known.id)]
    if any(path.exists() for path in paths):
        try:
            stored_path(folder, known.id, known.parquet)
        except CaseError as error:
            raise damaged(known, error) from error
        return
    said = {name: value for name, value in options.items() if name not in ("stated", "confirmed")}
    earlier = loaded[: loaded.index(known)]
    chosen = LoadOptions(
        loaded_at=known.loaded_at, stated=known.stated, earlier=earlier, confirmed=True,
        replace=True, **said,
    )  # fmt: skip
    written = load_release(source, folder, chosen)
    if written.parquet == known.parquet:
        return
    for path in paths:
        path.unlink(missing_ok=True)
    raise _read_otherwise(known, source)


def _read_otherwise(known: Release, source: Path) -> CaseError:
    return CaseError(
        Problem(
            what="this file was loaded before, and is read otherwise now: what the ledger names "
            "cannot be written again",
            where=f"{source.name}, release {known.id[:12]} of {known.dataset}",
            remedy="restore the folder events/ from a copy; or use the mapping, and the version of "
            "wordkept and of DuckDB, of the first time",
        )
    )
