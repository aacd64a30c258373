"""What an audit of a whole record finds, before anybody asks the record a question."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

GRAVITIES = ("grave", "serious", "worth knowing")
"""How much a finding weighs: a verdict may be wrong by it; a count may be; a reader should know."""

Gravity = Literal["grave", "serious", "worth knowing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """The numbers of a small chart: one bar each, from left to right."""

    of: str
    """What the bars count, in a few words."""
    values: tuple[float, ...]
    first: str
    """What the first bar stands for."""
    last: str
    marked: tuple[int, ...] = ()
    """Places of the bars that the finding is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Irregularity:
    """One thing that is odd about a record: what, where, since when, how sure, what it would do."""

    check: str
    """Which question found it: `silence`, `field`, `vocabulary`, ..."""
    dataset: str
    field: str | None
    """The field of the event schema that it is about; None where it is about whole rows."""
    gravity: Gravity
    sentence: str
    """All of it, in one plain sentence."""
    rows: int
    """How many rows it concerns (of a silence: days)."""
    examples: tuple[str, ...] = ()
    """Native ids of the first of them, or rows of the file where ids may not be passed on."""
    since: date | None = None
    until: date | None = None
    p: float | None = None
    """How often chance alone shows as much in a sound record, over all that the detector looked at;
    None where it is no matter of chance."""
    values: tuple[str, ...] = ()
    """The values of the field that it is about."""
    recoded: bool = False
    """Whether other values take the place of these on the same days."""
    bars: Bars | None = None
