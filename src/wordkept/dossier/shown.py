"""What is printed of an assessment, in values that have passed the gate and hold words as well."""

from dataclasses import dataclass
from datetime import date

from wordkept.dossier.evidence import Beside, Effort, Likeness, Reported, ShownCount, ShownCurve
from wordkept.dossier.gate import Count, ShownSeries
from wordkept.model import Attribution, Bars, Term, Word
from wordkept.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A pledge's words in their passage; words only where they stand so in the capture."""

    speaker: str
    made_on: date
    words: str | None
    lead: str
    """What stands just before the words in the capture."""
    trail: str
    note: str
    """Why the words are not printed, or what unseen characters they hold; else empty."""
    capture: str
    start: int
    end: int
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    captured_at: str | None = None
    tool: str | None = None
    url: str | None = None
    wider_lead: str = ""
    """A paragraph or so of the capture's text before the words."""
    wider_trail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The rate in the window as a share of the rate in one baseline; no number where withheld."""

    dataset: str
    attribution: Attribution
    baseline_days: int
    donut_days: int
    baseline: Period
    window: Period
    before: Count
    after: Count
    inflated: bool
    """Whether what is still to be reported is counted with what is on record."""
    bound: str
    """The attribution, and what is added to the record, in words."""
    expected: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    ordinary_low: float | None
    ordinary_high: float | None
    p_shift: float | None
    p_level: float | None
    p: float | None
    text: str
    """The ratio and its range over the reporting allowance."""
    ordinary: str
    """Its range over the record's ordinary ups and downs."""
    chance: str
    """Both shares in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One answer of the audit as it may be printed."""

    check: str
    outcome: str
    dataset: str
    sentence: str
    closes_gate: bool
    bars: Bars | None = None
    """The numbers of its small chart, where the terms of the record let them be printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The change held against a control series, as it may be printed."""

    dataset: str
    label: str
    reason: str
    sentence: str
    ratio: float | None
    adjusted_ratio: float | None
    p: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another declaration near this one."""

    pledge: str
    title: str
    starts: date
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A release as it is cited, with its terms, caveats, filters, receipt and hashes."""

    id: str
    parquet: str
    dataset: str
    layout: str
    title: str
    citation: str
    licence: str
    accessed: str
    stated: date | None
    file_name: str
    terms: str
    withheld: str
    """What of it is not printed here, in a sentence."""
    caveats: tuple[str, ...]
    filters: tuple[str, ...]
    transformations: tuple[str, ...]
    receipt: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The verdict and what stands around it, sentence by sentence."""

    word: Word
    sentence: str
    why_not_higher: tuple[str, ...]
    why_not_lower: tuple[str, ...]
    gates: tuple[str, ...]
    steps_down: tuple[str, ...]
    how_wrong: tuple[str, ...]
    counted: tuple[str, ...]
    """The change and its odds, of the primary dataset."""
    durability: tuple[str, ...]
    plan: tuple[str, ...]
    """What the plan counts, over which days, and what it calls kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One pledge, as the page, the JSON and the terminal show it."""

    id: str
    title: str
    actor: str
    kind: str
    announced: date
    starts: date | None
    ends: date | None
    as_of: date
    fixed: str
    plan_hash: str
    threshold: float | None
    direction: str
    quotes: tuple[Quote, ...]
    named: tuple[Term, ...]
    open: tuple[Term, ...]
    leaves_open: tuple[str, ...]
    obstacles: tuple[str, ...]
    reading: Reading
    series: tuple[ShownSeries, ...]
    levels: tuple[Level, ...]
    horizon: Period | None
    checks: tuple[Check, ...]
    controls: tuple[Held, ...]
    others: tuple[Other, ...]
    count: ShownCount | None
    curve: ShownCurve | None
    beside: tuple[Beside, ...]
    reported: Reported | None
    effort: Effort | None
    likeness: Likeness | None
    records: tuple[Record, ...]
    withheld: tuple[str, ...]
    citation: str
    """What stands behind the sentence when it is copied."""
