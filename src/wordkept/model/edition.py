"""Editions of a dossier: what each changed over the one before it, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

ChangeKind = Literal[
    "pledge", "wording", "plan", "record", "verdict", "sentence", "mask", "rows", "rules",
    "version",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing in which an edition differs from the one before it."""

    kind: ChangeKind
    sentence: str
    """What changed. No count stands in it, so that no later rule of publication can be broken."""
    why: tuple[str, ...] = ()
    """What the ledger says it came from, of a verdict and of its sentence."""
    pledge: str | None = None
    """The id of the pledge that it concerns, where it concerns one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A dossier as it was built once: its number, its day, and what it changed."""

    number: int
    as_of: date
    built_at: str | None
    """UTC, by the clock of whoever built it; None of the edition that is being read."""
    page: str | None
    """SHA-256 of its page, so that a copy can be told for what it is; None of the one read."""
    changes: tuple[Change, ...] = ()
    """Over the edition before it; none of the first."""

    @property
    def flips(self) -> tuple[Change, ...]:
        """The verdicts that are another word than in the edition before."""
        return tuple(one for one in self.changes if one.kind == "verdict")
