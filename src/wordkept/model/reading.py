"""What a reader proposes to have found in a text: spans, and what they are read as."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wordkept.model.pledge import KINDS, Kind
from wordkept.period import Period

Manner = Literal["direct", "indirect", "mixed"]
"""In the speaker's words, in the writer's, or both."""

Status = Literal["announced", "agreed", "threatened", "denied", "reported"]
"""One's own word; agreed between parties; a threat; a denial; told as done already."""
STATUSES: tuple[Status, ...] = ("announced", "agreed", "threatened", "denied", "reported")

Deed = Kind | Literal["attack", "assist", "talk", "other"]
"""What a proposed pledge is about: the kinds of a pledge file, and four that it does not know (use
force; give aid, arms or money; negotiate or sign; anything else)."""
DEEDS: tuple[Deed, ...] = (*KINDS, "attack", "assist", "talk", "other")

Slot = Literal[
    "actor", "act", "object", "area", "start", "end", "magnitude", "exception", "condition",
    "addressee", "open",
]  # fmt: skip
"""What a term of a pledge says: who is bound, to do what, and so on; `open` are words that say
themselves what is not settled."""
SLOTS: tuple[Slot, ...] = (
    "actor", "act", "object", "area", "start", "end", "magnitude", "exception", "condition",
    "addressee", "open",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of a text: `text[start:end]`, in characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A party, office or person of the case's list, with the other names it goes by."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that is claimed: what its words bound, of what, and according to whom.

    A bound that the words do not give is None: "at least 27" has no high.
    """

    id: str
    span: Span
    low: float | None
    high: float | None
    unit: str
    """What is counted, as the text has it: "medical facilities"; "" where it does not say."""
    about: bool = False
    """Whether the words call it rough: "some 300"."""
    share: bool = False
    """Whether it is a percentage of the unit: "about half of the country"."""
    period: Span | None = None
    """The words that say over what time it was counted."""
    statement: str | None = None
    """The id of the statement that gives it; None where the writer does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that name a day, a longer time or a duration, and what they come to.

    `value` is as in TimeML: `2016-03-14`, `2015-10`, `2015`, `2016-SP`, `2016-W11`, `P6M`,
    `PRESENT_REF`, ...; "" where nothing tells.
    """

    id: str
    span: Span
    value: str
    period: Period | None
    """The days that it covers; None for a duration with no anchor, and where nothing tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Words that name a place, and the gazetteer's place that they are read as."""

    id: str
    span: Span
    name: str
    country: str | None
    """ISO 3166-1 alpha-2."""
    lat: float | None
    lon: float | None
    sort: Literal["country", "province", "settlement", "base", "region"]
    source: str
    """The gazetteer's own id of it: "geonames:170063", "wordkept:SY-HL"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedStatement:
    """Words that somebody is said to have said or meant: source, cue, content; each in pieces."""

    id: str
    source: tuple[Span, ...]
    """Empty where the text does not say who."""
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    manner: Manner
    speaker: str | None
    """The name that the source comes to inside the document; None where that cannot be told."""
    actor: str | None
    """The name in the case's list that the speaker is; None where it is a new one."""
    made_on: date | None
    within: str | None = None
    """The id of the statement whose content holds this one."""
    confidence: float = 0.0
    """How often proposals like it are right, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedTerm:
    """One thing that a proposed pledge names, in the text's own words."""

    slot: Slot
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPledge:
    """A course of conduct that a text says somebody committed to, denied, threatened or took."""

    id: str
    statement: str | None
    """The id of the innermost statement that carries it; None where the writer tells it."""
    deed: Deed
    status: Status
    terms: tuple[ProposedTerm, ...]
    announced: date | None
    starts: date | None
    ends: date | None
    leaves_open: tuple[str, ...]
    """What it does not say, in plain words."""
    confidence: float = 0.0

    def named(self, slot: Slot) -> tuple[Span, ...]:
        """Where its words for a slot stand; none where it does not name it."""
        return tuple(term.span for term in self.terms if term.slot == slot)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What a reader set aside, why, and how often."""

    reason: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one reader proposes of one text; a person accepts, mends or rejects it."""

    text: str
    """The SHA-256 of the text that was read, in UTF-8."""
    reader: str
    """What made it, with its version: "tagger 1", "rules 1", "language model ..."."""
    statements: tuple[ProposedStatement, ...] = ()
    pledges: tuple[ProposedPledge, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    places: tuple[Place, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
