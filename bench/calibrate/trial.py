"""One placebo pledge through the real pipeline, at a known true ratio."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Literal

from bench.calibrate.pledges import Placebo, generator_of
from bench.calibrate.records import Counts, RealSeries
from bench.calibrate.thinning import TRUTHS, thinned
from wordkept.model import (
    Assessment,
    Control,
    DailySeries,
    Fixing,
    Plan,
    Pledge,
    Selection,
    Testability,
    Variant,
    Word,
)
from wordkept.protocol.assessing import assess_pledge
from wordkept.protocol.calibration import Traits, traits_of
from wordkept.protocol.estimates import widened_range
from wordkept.protocol.evidence import Evidence, Setting
from wordkept.protocol.reading import reading_of

Assess = Callable[[Pledge, Evidence, Setting], Assessment]
Version = Literal["alone", "control", "open"]
VARIANTS: tuple[Version, ...] = ("alone", "control", "open")
"""The series alone, with a term of 28 days; the same with the sum of its siblings as a control;
alone, with no end declared, so that it must hold for the plan's horizon."""
SEED = 20160315
ALPHA = 0.05
SETTING = Setting(
    fixing=Fixing(plan="0" * 64, registered_at=None, before_data=False, record_known=True),
    testability=Testability(terms=(), leaves_open=(), obstacles=()),
    declared=(),
    as_of=date(2020, 1, 1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the protocol said of one pledge at one true ratio, and what the series is like."""

    series: str
    cluster: str
    kind: str
    """Of date: random, peak, jump, turning point; or the simulator's settings."""
    day: int
    variant: Version
    truth: float
    word: Word
    read: Word
    """The word before any step down; "cannot tell" behind a gate."""
    p: float | None
    caution: float
    """What p was multiplied by."""
    void: bool
    low: float | None
    high: float | None
    """The widened range."""
    ordinary: tuple[tuple[float, float], ...]
    """The ordinary range at each baseline that has one."""
    traits: dict[str, float]

    @property
    def positive(self) -> bool:
        """Whether a change beyond the ordinary was seen at nominal 5 %."""
        return self.p is not None and not self.void and self.p <= ALPHA

    def plain(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return asdict(self)


def run(
    series: RealSeries,
    dates: Sequence[Placebo],
    *,
    assess: Assess = assess_pledge,
    truths: Sequence[float] = TRUTHS,
    variants: Sequence[Version] = VARIANTS,
    seed: int = SEED,
) -> list[Trial]:
    """Every date of a series at every true ratio, in every variant that it has the days for.

    A thinning depends on the seed, the series, the date and the ratio alone: variants of the
    protocol are compared on the very same counts.
    """
    return [
        _tried(case, series, assess)
        for placebo in dates
        for truth in truths
        for case in _cases(series, placebo, truth, variants, seed)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    placebo: Placebo
    truth: float
    variant: Version
    pledge: Pledge
    evidence: Evidence
    traits: Traits | None


def _cases(
    series: RealSeries, placebo: Placebo, truth: float, variants: Sequence[Version], seed: int
) -> Iterator[_Case]:
    drawn = generator_of(seed, series.id, placebo.day, truth)
    counts = thinned(series.counts, placebo.day, truth, drawn)
    starts = series.start + timedelta(days=placebo.day)
    before = daily(series.counts[: placebo.day], series.start)
    traits = traits_of(before, pledge_of(plan_of(control=False), starts, None))
    for variant in variants:
        plan = plan_of(control=variant == "control")
        last = placebo.day + (plan.horizon_days if variant == "open" else plan.window_days)
        if last > len(counts) or (variant == "control" and series.siblings is None):
            continue
        ends = None if variant == "open" else starts + timedelta(days=plan.window_days - 1)
        controls = {}
        if variant == "control" and series.siblings is not None:
            controls = {0: daily(series.siblings[:last], series.start, role="control")}
        primary = daily(counts[:last], series.start)
        yield _Case(
            placebo=placebo,
            truth=truth,
            variant=variant,
            pledge=pledge_of(plan, starts, ends),
            evidence=Evidence(releases=(), findings=(), controls=controls, primary=(primary,),
                              variants=(planned(primary),)),
            traits=traits,
        )  # fmt: skip


def plan_of(*, control: bool) -> Plan:
    """The default plan of a fall, at certain attribution alone."""
    selection = Selection(dataset="calibration", label="events", attributions=("certain",))
    sibling = Control(
        selection=Selection(dataset="calibration", label="the same elsewhere"),
        reason="a placebo pledge binds one place alone",
    )
    return Plan(question="falls", primary=selection, controls=(sibling,) if control else ())


def pledge_of(plan: Plan, starts: date, ends: date | None) -> Pledge:
    """A pledge to do less, from a day on, to an end or to none."""
    return Pledge(
        id="placebo", title="A placebo pledge", actor="A", kind="reduce", act="reduce",
        object="events", announced=starts, starts=starts, ends=ends, magnitude=None, area=None,
        comparator=None, plan=plan,
    )  # fmt: skip


def planned(series: DailySeries) -> Variant:
    """The one way to count that a bare series has: its curve varies days alone."""
    return Variant(area="as planned", event_class="as planned", duplicates="counted",
                   planned=True, series=series)  # fmt: skip


def daily(
    counts: Counts, start: date, role: Literal["primary", "control"] = "primary"
) -> DailySeries:
    """Counts as the protocol takes them."""
    return DailySeries(dataset="calibration", attribution="certain", role=role, label="events",
                       start=start, counts=tuple(counts.tolist()))  # fmt: skip


def _tried(case: _Case, series: RealSeries, assess: Assess) -> Trial:
    found = assess(case.pledge, case.evidence, SETTING)
    return trial_of(
        found, case.traits, series=series.id, cluster=series.cluster, kind=case.placebo.kind,
        day=case.placebo.day, variant=case.variant, truth=case.truth,
    )  # fmt: skip


def trial_of(found: Assessment, traits: Traits | None, **of: Any) -> Trial:
    """What is kept of an assessment; `of` says what was tried."""
    return Trial(
        **of,
        word=found.verdict.word,
        read=_read(found),
        p=found.p,
        caution=found.caution,
        void=found.p_void,
        low=found.range_low,
        high=found.range_high,
        ordinary=tuple(
            (one.ordinary_low, one.ordinary_high)
            for one in found.estimates
            if one.ordinary_low is not None and one.ordinary_high is not None
        ),
        traits=asdict(traits) if traits else {},
    )


def _read(found: Assessment) -> Word:
    plan, span = found.pledge.plan, widened_range(found.estimates)
    if plan is None or span is None or found.verdict.gates:
        return "cannot tell"
    return reading_of(span, found.p, plan, void=found.p_void).word
