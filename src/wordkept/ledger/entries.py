"""What one entry of the journal holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

EntryKind = Literal[
    "case", "capture", "release", "plan", "judgement", "assessment", "dossier",
    "look", "alarm", "feed", "reading", "flip", "match", "pair",
    "mask", "bundle", "export",
]  # fmt: skip
ENTRY_KINDS: tuple[EntryKind, ...] = get_args(EntryKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be entered: a kind and a payload of plain JSON values.

    `payload["files"]`, where there is one, maps paths from the case folder (`documents/9f3c...`)
    to the SHA-256 that each file must have from then on: `verify` re-hashes them.
    """

    kind: EntryKind
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happened, when, by whom, tied by hash to all that was entered before."""

    number: int
    """1, 2, 3, ... with no gap."""
    kind: EntryKind
    payload: Mapping[str, Any]
    at: str
    """UTC by the clock of whoever entered it: `2026-11-23T04:05:06Z`."""
    who: str
    previous: str
    """The hash of the entry before; 64 zeros before the first."""
    hash: str
    """SHA-256 of the canonical JSON of all the fields above."""

    @property
    def files(self) -> Mapping[str, str]:
        """The files that the entry vouches for: path from the case folder to SHA-256."""
        files: Mapping[str, str] = self.payload.get("files", {})
        return files
