"""The specification curve: every set-up that can be defended, and what they show together.

After Simonsohn, Simmons & Nelson (2020), with placebo dates in place of the bootstrap: every record
is cut at the end of its window, all cuts the same number of days long, and turned round day by day,
so that each shift is the same placebo date in every set-up. At each, the middle of all ratios is
held against the real one.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wordkept.model import Curve, Plan, Pledge, Specification, Variant
from wordkept.period import Period
from wordkept.prose import count
from wordkept.protocol.curve_counts import Shares, Turned, shares
from wordkept.protocol.placebo import Counts
from wordkept.protocol.setups import Choice, Laid, Setup, lay, planned_left_out

FEWEST_EXPECTED = 5
"""A set-up whose window would hold fewer events, were all days alike, is left out: under it the
half event that is added to both counts alone moves a ratio by more than a tenth. What is asked is
the sum over the whole circle, which no shift changes, so that the joint test keeps its size."""

_TOO_THIN = (
    "{} {} left out because the record is too thin for them: at its mean rate fewer than {} would "
    "fall in the window."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A record cut at the end of a window, and the set-ups that end there."""

    counts: Counts
    setups: list[Setup]


def specification_curve(
    variants: tuple[Variant, ...], pledge: Pledge, plan: Plan, *, changes: date | None = None
) -> Curve | None:
    """Every set-up with its ratio and p, and the joint test.

    None where none of the plan's own is possible. `changes` is the day of the next declared change,
    which longer windows must not take in. The same whatever the order of the variants. Of an even
    number of set-ups the median is the one of the two in the middle that is nearer to no change,
    here and at every placebo date.
    """
    laid = lay(variants, pledge, plan, changes=changes)
    if laid is None:
        return None
    cuts = [thick for cut in _cuts(laid, pledge) if (thick := _thick(cut)).setups]
    if not cuts:
        return None
    setups = [setup for cut in cuts for setup in cut.setups]
    falls = plan.direction == "falls"
    found = shares(_turned(cuts, falls=falls))
    ratios = (found.ratios if falls else found.inverses).tolist()
    reached = [one <= plan.threshold if falls else one >= plan.threshold for one in ratios]
    return Curve(
        specifications=_specifications(setups, ratios, found),
        median_ratio=ratios[found.middle],
        joint_p=found.joint_p,
        placebo_dates=laid.circle_days,
        share_agreeing=float(np.mean(found.ratios < 1.0)),
        share_reaching=sum(reached) / len(reached),
        left_out=_left_out(laid, setups),
    )


def _cuts(laid: Laid, pledge: Pledge) -> list[_Cut]:
    """The records as they are turned round: one for every way to count and end of a window."""
    grouped: dict[tuple[int, int], list[Setup]] = {}
    for variant, choice in laid.setups:
        grouped.setdefault((id(variant), choice.reach_days), []).append((variant, choice))
    return [
        _Cut(counts=_circle(setups[0], laid.circle_days, pledge), setups=setups)
        for setups in grouped.values()
    ]


def _circle(setup: Setup, days: int, pledge: Pledge) -> Counts:
    """The counts of so many days up to the end of a set-up's window."""
    variant, choice = setup
    if pledge.starts is None:
        raise ValueError(f"{pledge.id} names no start")
    after = pledge.starts + timedelta(days=choice.reach_days)
    first = (Period.before(after, days=days).start - variant.series.start).days
    return np.asarray(variant.series.counts[first : first + days], dtype=np.int64)


def _thick(cut: _Cut) -> _Cut:
    """The same cut without the set-ups that its events are too few for."""
    rate = cut.counts.sum() / len(cut.counts)
    return _Cut(
        counts=cut.counts,
        setups=[one for one in cut.setups if rate * one[1].window_days >= FEWEST_EXPECTED],
    )


def _turned(cuts: list[_Cut], *, falls: bool) -> Turned:
    """The set-ups as arrays; a rise is read as the fall of its inverse."""
    choices = [choice for cut in cuts for _, choice in cut.setups]
    window = np.array([(0, one.window_days) for one in choices]).T
    baseline = np.array([_baseline(one) for one in choices]).T
    sizes = [len(cut.setups) for cut in cuts]
    return Turned(
        circles=np.stack([cut.counts for cut in cuts]),
        circle=np.repeat(np.arange(len(cuts)), sizes),
        upper=window if falls else baseline,
        lower=baseline if falls else window,
    )


def _baseline(choice: Choice) -> tuple[int, int]:
    """How many days before the window's end the baseline ends, and how long it is."""
    return choice.reach_days + choice.baseline.donut_days, choice.baseline.days


def _specifications(
    setups: list[Setup], ratios: list[float], found: Shares
) -> tuple[Specification, ...]:
    """The set-ups with their ratios and p, the smallest ratio first."""
    laid = [
        Specification(
            dataset=variant.series.dataset,
            attribution=variant.series.attribution,
            area=variant.area,
            event_class=variant.event_class,
            duplicates=variant.duplicates,
            baseline=choice.baseline,
            window_days=choice.window_days,
            grace_days=choice.grace_days,
            planned=variant.planned and choice.planned,
            ratio=ratio,
            p=p,
        )
        for (variant, choice), ratio, p in zip(setups, ratios, found.p.tolist(), strict=True)
    ]
    order = sorted(range(len(ratios)), key=ratios.__getitem__)
    return tuple(laid[place] for place in order)


def _left_out(laid: Laid, setups: list[Setup]) -> tuple[str, ...]:
    """What the days do not allow, and what the events are too few for."""
    thin = len(laid.setups) - len(setups)
    if not thin:
        return laid.left_out
    were = "was" if thin == 1 else "were"
    planned = (one for one in laid.setups if one[0].planned and one[1].planned)
    return (
        *laid.left_out,
        _TOO_THIN.format(count(thin, "set-up"), were, count(FEWEST_EXPECTED, "event")),
        *planned_left_out(planned, setups),
    )
