"""The audit of a case's records: each dataset's standing release, whole, before any question."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wordkept.case.case import Case
from wordkept.case.standing import nothing_known, standing
from wordkept.errors import CaseError, Problem, did_you_mean
from wordkept.model import Irregularity, Release


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedRelease:
    """A release, and all that was found odd about it, the gravest first."""

    release: Release
    found: tuple[Irregularity, ...]


def audit_case(
    case: Case,
    dataset: str | None = None,
    *,
    as_of: date | None = None,
    told: Callable[[str, int, int], None] | None = None,
) -> tuple[AuditedRelease, ...]:
    """What is odd about each dataset's newest release, or that of one dataset.

    `as_of` takes the releases that were known on a day. Raises CaseError where there is none, or
    none of that name.
    """
    from wordkept.events.auditing import audit_record

    loaded = case.releases()
    day = as_of or date.max
    known = standing(loaded, day)
    if not known:
        raise nothing_known(loaded, day)
    if dataset is not None and dataset not in known:
        raise _no_such(dataset, tuple(known))
    chosen = [dataset] if dataset else sorted(known)
    record = case.record(day, row_by_row=True)
    audited = []
    for place, name in enumerate(chosen):
        if told is not None:
            told(f"auditing {name}", place, len(chosen))
        found = audit_record(record.table(name), record.releases[name])
        audited.append(AuditedRelease(release=record.releases[name], found=found))
    return tuple(audited)


def _no_such(dataset: str, known: tuple[str, ...]) -> CaseError:
    remedy = did_you_mean(dataset, known, otherwise=f"loaded are: {', '.join(sorted(known))}")
    what = f'no dataset of this case is called "{dataset}"'
    return CaseError(Problem(what=what, where="DATASET", remedy=remedy))
