"""The editions of a dossier as they are told: what each changed over the one before it, and why.

Nothing here counts events: words of verdicts, titles and days may be printed whatever the terms of
a record are.
"""

from dataclasses import dataclass
from datetime import date

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.report import CaseReport
from wordkept.model import Change, Edition

FIRST = "The first edition: there was none before it."
SAME = "No pledge, plan, record or verdict changed: only its day, or how it is shown."


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """One thing that an edition changed."""

    kind: str
    pledge: str | None
    sentence: str
    why: str
    """A sentence; empty where the ledger says nothing of it."""
    flipped: bool
    """Whether a verdict is another word since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEdition:
    """One edition, with what it changed over the one before it."""

    number: int
    as_of: date
    built_at: str | None
    page: str | None
    """SHA-256 of its page; None of the one that is read."""
    heading: str
    changes: tuple[ShownChange, ...]
    nothing: str
    """What to say where it changed nothing."""
    flipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHistory:
    """A dossier among its editions, the newest first."""

    id: str
    edition: int | None
    """None of a look back, which is no edition."""
    heading: str
    identity: str
    """Which dossier this is, in a sentence."""
    flipped: str
    """Which verdicts this edition turned, in a sentence; empty where it turned none."""
    editions: tuple[ShownEdition, ...]


def shown_history(report: CaseReport) -> ShownHistory | None:
    """The history of a dossier; None where it is of no case, and so has none."""
    if not report.identity:
        return None
    told = tuple(_edition(one) for one in reversed(report.editions))
    current = report.editions[-1] if report.editions else None
    if current is not None and current.built_at is not None:
        current = None
    number = current.number if current else None
    heading = f"edition {number}" if number else "a look back, no edition"
    said = f"Dossier {report.identity}, {heading}."
    if number is None:
        said += (
            f" It was assessed anew, with the record as it was known on {prose.day(report.as_of)}; "
            "the editions listed are those that there were by then."
        )
    return ShownHistory(id=report.identity, edition=number, heading=heading, identity=said,
                        flipped=_flipped(current), editions=told)  # fmt: skip


def _flipped(current: Edition | None) -> str:
    if current is None or not current.flips:
        return ""
    told = " ".join(one.sentence for one in current.flips)
    return f"Corrected since edition {current.number - 1}. {told}"


def _edition(one: Edition) -> ShownEdition:
    when = f", built {claims.moment(one.built_at)}" if one.built_at else ", this one"
    return ShownEdition(
        number=one.number,
        as_of=one.as_of,
        built_at=one.built_at,
        page=one.page,
        heading=f"Edition {one.number}, as of {prose.day(one.as_of)}{when}",
        changes=tuple(_change(change) for change in one.changes),
        nothing=FIRST if one.number == 1 else SAME,
        flipped=bool(one.flips),
    )


def _change(one: Change) -> ShownChange:
    why = f"Why: {'; '.join(one.why)}." if one.why else ""
    return ShownChange(kind=one.kind, pledge=one.pledge, sentence=one.sentence, why=why,
                       flipped=one.kind == "verdict")  # fmt: skip
