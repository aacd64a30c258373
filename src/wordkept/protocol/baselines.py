"""What a plan's baselines look like on the record: how long they are, and what weighs in them."""

from datetime import date

from wordkept.model import DailySeries, Estimate, Finding, Plan, Pledge
from wordkept.period import Period
from wordkept.prose import count, day, percent
from wordkept.protocol.estimates import counts_in
from wordkept.protocol.windows import Frame, covered_by, frames, window_of

HEAVY_DAY = 0.1
"""A day with over this share of a baseline is named (METHOD: one dump day can be 40 %)."""


def record_findings(
    pledge: Pledge,
    plan: Plan,
    series: tuple[DailySeries, ...],
    estimates: tuple[Estimate, ...],
) -> tuple[Finding, ...]:
    """What the series show of their own fitness: short baselines, and days that weigh much."""
    if not series:
        return ()
    covered = covered_by(series[0])
    return (*_shortened(pledge, plan, series[0].dataset, covered), *_heavy_days(series, estimates))


def _heavy_days(
    series: tuple[DailySeries, ...], estimates: tuple[Estimate, ...]
) -> tuple[Finding, ...]:
    """Any day that holds over a tenth of a baseline, at the widest attribution."""
    widest = series[-1]
    found: dict[date, Finding] = {}
    for one in estimates:
        if one.attribution != widest.attribution or not one.baseline_events:
            continue
        for on, events in zip(
            one.baseline_period, counts_in(widest, one.baseline_period).tolist(), strict=True
        ):
            if events > HEAVY_DAY * one.baseline_events and on not in found:
                found[on] = _heavy_day(widest.dataset, on, events, one)
    return tuple(found[on] for on in sorted(found))


def _heavy_day(dataset: str, on: date, events: int, one: Estimate) -> Finding:
    without = one.window_events / max(one.expected * (1 - events / one.baseline_events), 1e-9)
    sentence = (
        f"{day(on)} alone holds {events:,} of the {count(one.baseline_events, 'event')} of the "
        f"baseline of {one.baseline.days} days, over a tenth: without it the window would stand "
        f"at {percent(without)} of the level before, with it at {percent(one.ratio or 0.0)}."
    )
    return Finding(check="heavy day", outcome="failed", dataset=dataset, sentence=sentence)


def _shortened(pledge: Pledge, plan: Plan, dataset: str, covered: Period) -> tuple[Finding, ...]:
    """Each planned baseline that the record shortens or does not allow."""
    if not frames(pledge, plan, covered) and window_of(pledge, plan).end not in covered:
        return ()
    laid = {frame.baseline: frame for frame in frames(pledge, plan, covered)}
    since = f"what the plan counts is on record only from {day(covered.start)}"
    found: list[Finding] = []
    for baseline in plan.baselines:
        frame = laid.get(baseline)
        sentence = _baseline_sentence(baseline.days, baseline.donut_days, frame, since)
        if sentence:
            found.append(Finding(check="baseline", outcome="failed", dataset=dataset,
                                 sentence=sentence))  # fmt: skip
    return tuple(found)


def _baseline_sentence(days: int, donut_days: int, frame: Frame | None, since: str) -> str | None:
    named = f"The baseline of {days} days"
    if donut_days:
        named += f" that leaves out the last {donut_days}"
    if frame is None:
        return f"{named} could not be used: {since}."
    if frame.shortened:
        return f"{named} has only {count(len(frame.baseline_period), 'day')}: {since}."
    return None
