"""The one event schema that every dataset is brought to, and what a dataset is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import ibis
import ibis.expr.types as ir

from wordkept.model import PublicationRule

EVENT_TYPES = (
    "air strike",
    "shelling",
    "explosive",
    "chemical weapon",
    "armed clash",
    "armed violence",
    "attack on civilians",
    "abduction",
    "sexual violence",
    "civilian harm",
    "transfer of territory",
    "protest",
    "riot",
    "agreement",
    "presence",
    "strategic development",
    "attention",
)
"""`armed violence` is what UCDP says of a state-based or non-state event: force, means not coded.
`civilian harm` is what Airwars says: harm alleged, strike inferred. `attention` is machine-coded
media, and never enters a verdict."""

VIOLENT = EVENT_TYPES[: EVENT_TYPES.index("transfer of territory")]
"""Types of force against people. Riots are left out, as ACLED's codebook parts demonstrations from
political violence."""

EVENT = ibis.schema(
    {
        "row": "int64",  # the row of the file it came from, the first after the header being 1
        "native_id": "string",
        "dataset": "string",
        "period_from": "date",
        "period_to": "date",
        "place": "string",
        "admin1": "string",
        "admin2": "string",
        "country": "string",
        "lat": "float64",
        "lon": "float64",
        "radius_km": "float64",  # how far from lat, lon it may have been; null where only an area
        "event_type": "string",  # one of EVENT_TYPES
        "native_type": "string",
        "target": "string",
        "side_a": "string",
        "side_b": "string",
        "directed": "boolean",  # whether side a acted upon side b; false where not coded
        "actors_certain": "array<string>",
        "actors_probable": "array<string>",
        "actors_possible": "array<string>",
        "deaths_low": "int64",
        "deaths_best": "int64",
        "deaths_high": "int64",
        "civilian_deaths_low": "int64",
        "civilian_deaths_best": "int64",
        "civilian_deaths_high": "int64",
        "events_low": "int64",  # how many events the row stands for: 1, but in aggregated rows
        "events_best": "int64",
        "events_high": "int64",
        "stamped_on": "date",  # the day on which the publisher entered or last changed the row
        "reference": "string",  # the row's own source, or the address of its page
    }
)

Fields = Mapping[str, ir.Value]
"""Expressions for fields of EVENT; a field left out is null (`events_*`: 1, `actors_*`: nobody)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One layout of one dataset, as a value: what it is, what may be published, how it is read."""

    name: str
    """Shared by all layouts of the dataset: `ucdp-ged`."""
    layout: str
    """What tells this layout from the others, in words."""
    title: str
    citation: str
    licence: str
    publication: PublicationRule
    caveats: tuple[str, ...] = ()
    kind: Literal["events", "counts", "attention"] = "events"
    required: tuple[str, ...]
    """Columns without which a file is not this layout; names as the codebook spells them."""
    optional: tuple[str, ...] = ()
    """Columns that are used where present."""
    headerless: tuple[str, ...] = ()
    """All columns in the order of files that come without a header row; empty: none do."""
    fields: Callable[[ir.Table], Fields]
    """From the raw table (all text; `row`) to the fields of EVENT."""
    refusals: Callable[[ir.Table], Mapping[str, ir.BooleanValue]] | None = None
    """Reasons, in words, why a row of this dataset is set aside; beside those of every dataset."""

    @property
    def columns(self) -> ibis.Schema:
        """The raw table that `fields` reads: `row`, and every column used, as text."""
        names = (*self.required, *self.optional)
        return ibis.schema({"row": "int64", **dict.fromkeys(names, "string")})
