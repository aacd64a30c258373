"""What was declared, and the plan that was fixed to test it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wordkept.model.sources import Statement

Attribution = Literal["certain", "probable", "possible"]
ATTRIBUTIONS: tuple[Attribution, ...] = ("certain", "probable", "possible")

Kind = Literal[
    "withdraw", "ceasefire", "reduce", "release", "access", "disarm", "resign", "allow", "uphold"
]
"""PLOVER's modes of RETREAT and CONCEDE, with `reduce` (do less of it) and `uphold` (keep a state
of things as it is), which PLOVER lacks."""
KINDS: tuple[Kind, ...] = (
    "withdraw", "ceasefire", "reduce", "release", "access", "disarm", "resign", "allow", "uphold",
)  # fmt: skip

Question = Literal["rate", "presence"]
"""What a plan asks of the record: did a rate change, or was something there throughout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which events of one dataset are counted. Empty means: all."""

    dataset: str
    label: str = ""
    """What is counted, in words for people: "incidents naming Russia"."""
    actors: tuple[str, ...] = ()
    """Events attributed to any of these, at the attribution asked for."""
    against: tuple[str, ...] = ()
    """Of those, events in which any of these is also named."""
    event_types: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    """Names of places, districts, provinces or countries as the record spells them."""
    attributions: tuple[Attribution, ...] = ATTRIBUTIONS
    """The bounds at which the series is built; a verdict must hold at each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A series that the pledge does not bind, to hold the pledged one against."""

    selection: Selection
    reason: str
    """Why it should have moved alike had the pledge not been made."""
    tells_apart: tuple[str, ...] = ()
    """Other pledges of the case that bind this series too, and so are cancelled by it."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Baseline:
    """The days before the pledge that it is held against."""

    days: int
    donut_days: int = 0
    """Days just before the pledge that are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a pledge is tested, fixed before the outcome is looked at."""

    question: Question
    primary: Selection
    others: tuple[Selection, ...] = ()
    """The same question asked of other records."""
    controls: tuple[Control, ...] = ()
    direction: Literal["falls", "rises"] = "falls"
    threshold: float = 0.5
    """The ratio of rates, window to baseline, that counts as kept."""
    threshold_reason: str = ""
    window_days: int = 28
    grace_days: int = 0
    baselines: tuple[Baseline, ...] = (Baseline(days=28), Baseline(days=90, donut_days=30))
    horizon_days: int = 90
    """For how long it must hold where no end was declared."""
    reporting_allowance: float = 1.25
    """The factor by which reporting may have changed, either way."""
    alpha: float = 0.05
    minimum_expected: int = 20
    record_known: bool = True
    """Whether whoever wrote the plan had seen the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """What a party declared that it would do, or not do, and what it left open."""

    id: str
    """The name of its file, without the ending."""
    title: str
    actor: str
    """The party that is bound."""
    kind: Kind
    act: str | None
    object: str | None
    announced: date
    starts: date | None
    ends: date | None
    magnitude: str | None
    area: str | None
    comparator: str | None
    """Compared with what: "the level before", a number, another party."""
    exceptions: tuple[str, ...] = ()
    leaves_open: tuple[str, ...] = ()
    """What the words leave open beyond the slots above, as the pledge's author noted it."""
    statements: tuple[Statement, ...] = ()
    plan: Plan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing that a pledge names or leaves open, and what leaving it open rules out."""

    name: str
    said: str | None
    rules_out: str
    """In one sentence; empty where the term is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Testability:
    """What a pledge names, what it leaves open, and whether a record can test it."""

    terms: tuple[Term, ...]
    leaves_open: tuple[str, ...]
    obstacles: tuple[str, ...]
    """Why no record can test it; none where it is testable."""

    @property
    def testable(self) -> bool:
        """Whether nothing stands in the way of a test."""
        return not self.obstacles
