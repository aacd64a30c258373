"""What a text's annotators found in it: the shape that every corpus is read into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wordkept.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement:
    number: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPledge:
    number: str
    deed: str
    status: str
    statement: str | None
    terms: tuple[tuple[str, Span], ...]
    """Slot and where its words stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFigure:
    span: Span
    low: float | None
    high: float | None
    unit: str
    statement: str | None = None
    about: bool = False
    share: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldText:
    id: str
    text: str
    published: date | None
    style: str
    statements: tuple[GoldStatement, ...] = ()
    pledges: tuple[GoldPledge, ...] = ()
    figures: tuple[GoldFigure, ...] = ()
    times: tuple[tuple[Span, str], ...] = ()
    layers: Mapping[str, bool] = field(default_factory=dict)
    """Which layers were annotated: statements, pledges, figures, times."""
