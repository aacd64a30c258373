"""What the datasets hold: events, releases, receipts, and who may publish what."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wordkept.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationRule:
    """What of a dataset may leave the house: rows, aggregates of at least k, or nothing."""

    allows: Literal["rows", "aggregates", "nothing"]
    at_least: int = 1
    """The smallest number of events an aggregate may stand for, where aggregates are allowed."""
    terms: str = ""
    """Whose terms these are, and what they say, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of the record in the one schema (the fields of `events.schema.EVENT`)."""

    row: int
    native_id: str
    dataset: str
    period: Period
    place: str | None
    admin1: str | None
    admin2: str | None
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    """How far from lat, lon it may have been; None where only an area is known."""
    event_type: str | None
    native_type: str | None
    side_a: str | None
    side_b: str | None
    deaths_low: int | None
    deaths_best: int | None
    deaths_high: int | None
    events_best: int
    reference: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Rows that were read and not loaded, for one reason."""

    reason: str
    rows: int
    examples: tuple[str, ...]
    """The first three, each as `row 12: the value at fault`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of every row of a file: read = loaded + set aside, always."""

    read: int
    loaded: int
    set_aside: tuple[SetAside, ...]
    span: Period | None
    deaths_best: int | None
    half_the_deaths_rows: int | None
    """How many rows, the largest first, carry half of the deaths."""

    def __post_init__(self) -> None:
        aside = sum(reason.rows for reason in self.set_aside)
        if self.read != self.loaded + aside:
            raise ValueError(f"{self.read} read, but {self.loaded} loaded + {aside} set aside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One version of a dataset as its publisher gave it, kept under its SHA-256."""

    id: str
    """SHA-256 of the file as received."""
    dataset: str
    layout: str
    title: str
    citation: str
    licence: str
    publication: PublicationRule
    caveats: tuple[str, ...]
    """What the record does not hold, in sentences that stand beside every number from it."""
    file_name: str
    loaded_at: str
    """UTC, ISO 8601."""
    stated: date | None
    """The date the publisher gives the release, where the user said so."""
    parquet: str
    """SHA-256 of the Parquet file it was written to."""
    receipt: Receipt

    @property
    def known_on(self) -> date:
        """The day from which the release can have been known: stated, or else loaded."""
        return self.stated or date.fromisoformat(self.loaded_at[:10])
