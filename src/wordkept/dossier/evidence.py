"""What stands behind a verdict and beside it, as it may be printed: numbers and words."""

from dataclasses import dataclass
from datetime import date

from wordkept.model import Attribution, Part, Question
from wordkept.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One choice: its values in words, and for each set-up the place of its own among them."""

    name: str
    values: tuple[str, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceShare:
    """What the set-ups show that share one value of one choice."""

    name: str
    value: str
    set_ups: int
    median: str
    agreeing: str
    reaching: str
    seen: str
    """How many of them find the change larger than chance alone would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCurve:
    """Every set-up in columns, the smallest ratio first, and what they show together."""

    total: int
    """All set-ups that were tried, printed or not."""
    ratios: tuple[float, ...]
    p: tuple[float, ...]
    planned: tuple[int, ...]
    """The places of the plan's own set-ups."""
    columns: tuple[Column, ...]
    alpha: float
    median_ratio: float | None
    joint_p: float | None
    placebo_dates: int
    share_agreeing: float | None
    share_reaching: float | None
    sentence: str
    planned_text: str
    span: str
    """From the smallest to the largest ratio."""
    fixed: str
    """The choices that are the same in all, in a sentence."""
    shares: tuple[ChoiceShare, ...]
    left_out: tuple[str, ...]
    withheld: str
    """What of it is not printed, and why; empty where all is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTally:
    """A published count as it is cited."""

    counted_by: str
    citation: str
    url: str | None
    published: date
    unit: str
    total: int
    within: int
    outside: int
    unplaced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A part that the numbers of a count are made of: how many events, and rows, stand behind."""

    part: Part
    attribution: Attribution
    days: Period
    events: int
    rows: int
    word: str
    """What the page calls the part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCount:
    """A number at its lowest and highest, against the one asked for; None where withheld."""

    question: Question
    dataset: str | None
    unit: str
    low: int | None
    high: int | None
    of: int | None
    share_low: float | None
    share_high: float | None
    needed: float | None
    by_misclassification: float | None
    p: float | None
    needed_text: str
    mistakes_text: str
    parts: tuple[tuple[str, int], ...]
    """The parts that make up the whole, in the order in which they are drawn."""
    sentence: str
    tipping: str
    chance: str
    tally: ShownTally | None
    behind: tuple[ShownPart, ...] = ()
    """What its numbers are made of, where the rows may be listed."""
    made_of: str = ""
    """How its numbers are the sums of its parts, in a sentence."""
    no_rows: str = ""
    """Why no row stands behind it; empty where rows do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What moved beside the pledged series, or what another method says of it."""

    kind: str
    name: str
    label: str
    text: str
    """Its level after, with its own range where it has one."""
    chance: str
    ratio: float | None
    low: float | None
    high: float | None
    p: float | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """How much of the window is on record by now."""

    dataset: str
    window: Period
    cut_to: Period | None
    releases: int
    reported: int | None
    low: float | None
    best: float | None
    high: float | None
    share: float | None
    median_lag_days: float | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What leaving the observation effort out would have said."""

    dataset: str
    label: str
    effort_baseline: float | None
    effort_window: float | None
    ratio_with: float | None
    ratio_without: float | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The row of the calibration table that a case belongs to, in words and in hundredths."""

    name: str
    series: int
    pledges: int
    false_positives: float
    coverage: float
    power: float
    words: tuple[tuple[float, tuple[float, float, float, float]], ...]
    sentence: str
    rows: tuple[tuple[str, tuple[str, str, str, str]], ...]
    """By true ratio in words: of 100 pledges, how many got each word."""
