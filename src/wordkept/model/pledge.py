"""What was declared, and the plan that was fixed to test it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wordkept.model.sources import Statement

Attribution = Literal["certain", "probable", "possible"]
ATTRIBUTIONS: tuple[Attribution, ...] = ("certain", "probable", "possible")

Kind = Literal[
    "withdraw", "ceasefire", "reduce", "limit", "release", "access", "disarm", "resign", "allow",
    "uphold",
]  # fmt: skip
"""PLOVER's modes of RETREAT and CONCEDE, with `reduce` (do less of it), `limit` (do it to none but
those named) and `uphold` (keep a state of things as it is), which PLOVER lacks."""
KINDS: tuple[Kind, ...] = (
    "withdraw", "ceasefire", "reduce", "limit", "release", "access", "disarm", "resign", "allow",
    "uphold",
)  # fmt: skip

Question = Literal["falls", "rises", "ceases", "only", "delivers", "holds"]
"""What a plan asks of the record: did a rate fall, or rise; did the act cease; were only such
targets chosen; was a number reached by a date; was something there throughout a term."""
RATES: tuple[Question, ...] = ("falls", "rises", "ceases")
"""The questions about a rate of events, which compare the days after with the days before."""
COUNTED: tuple[Question, ...] = ("only", "delivers", "holds")
"""The questions about a count, which is held against a number."""
QUESTIONS: tuple[Question, ...] = (*RATES, *COUNTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """The places within a distance of a point; a hole makes a ring of it."""

    lat: float
    lon: float
    radius_km: float
    hole_km: float = 0.0
    """Places nearer than this are left out."""


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
    around: Circle | None = None
    """Events with coordinates inside; those without coordinates are not counted."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A count that somebody published and that stands in no dataset, sorted in three parts."""

    counted_by: str
    citation: str
    """Where it was published, so that a reader can find it."""
    url: str | None
    published: date
    unit: str
    """What was counted, in the plural: "videos published by the ministry"."""
    total: int
    within: int
    """Those that the pledge allows (of `only`), or that were delivered (of `delivers`)."""
    outside: int
    """Those that break it; the rest of the total could not be placed."""

    @property
    def unplaced(self) -> int:
        """Those that could not be sorted: they may lie on either side."""
        return self.total - self.within - self.outside


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
    """Its dataset is "" where a published count (`tally`) is tested in its place."""
    others: tuple[Selection, ...] = ()
    """The same question asked of other records."""
    controls: tuple[Control, ...] = ()
    threshold: float = 0.5
    """What counts as kept. Of a rate: the ratio of rates, window to baseline. Of `only`: the
    largest share outside. Of `delivers`: the share of the amount. Of `holds`: the share of the
    stretches of the term that must show it. A pledge file that leaves it out gets its question's
    own (`pledges.questions.THRESHOLDS`)."""
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
    effort: Selection | None = None
    """A record of observation effort (patrol hours, posts open) that rates are divided by."""
    allowed: Selection | None = None
    """Of `only`: the events of the primary record that the pledge allows."""
    tally: Tally | None = None
    """Of `only` and `delivers`: a published count that is tested in place of the primary record."""
    misclassified: float = 0.05
    """Share of events that the record lays at the wrong door or sorts wrongly, as an audit found
    it or the plan assumes."""
    misclassified_reason: str = ""
    amount: int | None = None
    """Of `delivers`: the number that was promised by the end of the term."""
    stretch_days: int = 28
    """Of `holds`: the term is cut into stretches this long, and each must show it."""

    @property
    def direction(self) -> Literal["falls", "rises"]:
        """Which way the rate is to move."""
        return "rises" if self.question == "rises" else "falls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """All of a pledge that the assessment of another one is told of."""

    pledge: str
    title: str
    kind: Kind
    announced: date
    starts: date | None
    question: Question | None
    """Of its plan; None where it has none."""


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
    counterpart: str | None = None
    """The id of another party's comparable pledge, to be tested under the same plan."""
    plan: Plan | None = None

    @property
    def declaration(self) -> Declaration:
        """What the assessments of other pledges are told of it."""
        return Declaration(
            pledge=self.id,
            title=self.title,
            kind=self.kind,
            announced=self.announced,
            starts=self.starts,
            question=self.plan.question if self.plan else None,
        )


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
