"""Which releases of a case stand on a day."""

from collections.abc import Sequence
from datetime import date

from wordkept.errors import CaseError, Problem
from wordkept.model import Release


def standing(loaded: Sequence[Release], as_of: date) -> dict[str, Release]:
    """The newest release of each dataset that was known on a day, by dataset.

    Of two known from the same day the one loaded later stands.
    """
    return {dataset: known[-1] for dataset, known in all_known(loaded, as_of).items()}


def all_known(loaded: Sequence[Release], as_of: date) -> dict[str, tuple[Release, ...]]:
    """Every release of each dataset that was known on a day, the one that stands last."""
    found: dict[str, tuple[Release, ...]] = {}
    for release in sorted(loaded, key=lambda one: (one.known_on, one.loaded_at)):
        if release.known_on <= as_of:
            found[release.dataset] = (*found.get(release.dataset, ()), release)
    return found


def nothing_known(loaded: Sequence[Release], as_of: date) -> CaseError:
    """What to say where no release was known by the day that was asked for."""
    first = min((release.known_on for release in loaded), default=None)
    remedy = (
        f"ask for {first} or later; or load the release with --stated, the day its publisher gives"
        if first
        else "load a record first: wordkept load CASE FILE"
    )
    return CaseError(
        Problem(what=f"no release was known by {as_of}", where="--as-of", remedy=remedy)
    )
