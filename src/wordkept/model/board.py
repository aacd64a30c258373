"""Many pledges together: what so many tests would find by luck, and who was asked the same."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wordkept.model.assessment import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """One pledge of a board with its p and its p adjusted for the number of pledges."""

    pledge: str
    word: Word
    p: float | None
    q: float | None
    """Benjamini-Hochberg; None where there is no p."""
    stands: bool | None
    """Whether the verdict still stands at the plan's alpha; None where it rests on no p."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symmetry:
    """Whether the other party was asked the same."""

    pledge: str
    counterpart: str | None
    same_plan: bool | None
    differs: tuple[str, ...]
    """The parts of the two plans that differ, by their keys."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What one actor pledged, by verdict: counts and links, never a score."""

    actor: str
    verdicts: tuple[tuple[Word, tuple[str, ...]], ...]
    """For each word that occurs, the ids of the pledges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All pledges of a case together."""

    adjusted: tuple[Adjusted, ...]
    symmetries: tuple[Symmetry, ...]
    histories: tuple[History, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at a watched pledge: the evidence so far, on one release."""

    pledge: str
    release: str
    """SHA-256 of the release."""
    known_on: date
    until: date
    """The last day that was counted."""
    blocks: int
    e_value: float | None
    """The negative-binomial mixture e-process after its last whole block; None before one."""
    e_conformal: float | None
    word: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that changed between two looks, and whether it changed in the world."""

    id: str
    """A hash of its content: the same alarm has the same id in every feed."""
    pledge: str
    title: str
    raised_on: date
    kind: Literal["evidence", "verdict"]
    cause: Literal["the world", "the publisher", "both"]
    before: str
    after: str
    sentence: str
