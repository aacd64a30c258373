"""One look at one pledge: what a release, as it stood on a day, says of it."""

from dataclasses import dataclass, replace

from wordkept.case.record import Record
from wordkept.events import series as days
from wordkept.model import RATES, Assessment, DailySeries, Look, Plan, Release
from wordkept.protocol.completeness import ripe
from wordkept.protocol.monitor import BLOCK_DAYS, Watched, watch_series
from wordkept.protocol.windows import window_of

NO_RATE = "The plan asks about no rate of events, so there is no evidence by block."


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A look, with the counts that the next one is held against."""

    look: Look
    state: str
    """Of the rate: as before, fallen, risen, or back."""
    block_days: int
    baseline_blocks: int
    baseline_events: int
    later_events: int
    window_events: int | None
    """Of the first estimate; None where no window was compared."""
    compared_events: int | None
    """The same estimate's baseline."""
    reason: str | None = None
    """Why there is no evidence by block, where there is none."""


def seen(found: Assessment, plan: Plan, release: Release, record: Record) -> Seen:
    """What an assessment and the blocks of its series say, at the end of one release."""
    primary = tuple(one for one in found.series if one.role == "primary")
    settled = tuple(
        ripe(one, None, release_known_on=record.releases[one.dataset].known_on) for one in primary
    )
    watched = tuple(_watched(one, found, plan) for one in settled)
    weakest = min(watched, key=_strength, default=None)
    first = found.estimates[0] if found.estimates else None
    covered = record.coverage(plan.primary.dataset)
    bare = any(not one.e_values for one in watched) or not watched
    look = Look(
        pledge=found.pledge.id,
        release=release.id,
        known_on=release.known_on,
        until=covered.days.end if covered else record.as_of,
        blocks=len(watched[0].later) if watched else 0,
        e_value=None if bare else min(one.e_values[-1] for one in watched),
        e_conformal=None if bare else min(one.e_conformal[-1] for one in watched),
        word=found.verdict.word,
    )
    return Seen(
        look=look,
        state="as before" if bare or weakest is None else _state(weakest),
        block_days=BLOCK_DAYS,
        baseline_blocks=len(watched[0].baseline) if watched else 0,
        baseline_events=sum(watched[0].baseline) if watched else 0,
        later_events=sum(watched[0].later) if watched else 0,
        window_events=first.window_events if first else None,
        compared_events=first.baseline_events if first else None,
        reason=_reason(watched) if bare else None,
    )


def _watched(series: DailySeries, found: Assessment, plan: Plan) -> Watched:
    """The blocks before the start, and those from the first day that is tested to the term's end.

    Blocks after a declared end are not looked at: what happens then breaks no pledge.
    """
    pledge = found.pledge
    if plan.question not in RATES or pledge.starts is None:
        return Watched(direction=plan.direction, baseline=(), later=(), reason=NO_RATE)
    before = (pledge.starts - series.start).days
    first = (window_of(pledge, plan).start - series.start).days
    last = (pledge.ends - series.start).days + 1 if pledge.ends else len(series.counts)
    return watch_series(
        series.counts[: max(before, 0)],
        series.counts[max(first, 0) : max(last, 0)],
        direction=plan.direction,
    )


def _reason(watched: tuple[Watched, ...]) -> str:
    """Why there is no evidence: the first bound that has none says it."""
    told = [one.reason for one in watched if one.reason]
    return told[0] if told else f"No block of {BLOCK_DAYS} days is whole yet since the start."


def _strength(one: Watched) -> tuple[int, float]:
    """What must hold at every attribution: the one that says least speaks for all."""
    return (("as before", "moved", "back").index(one.state), max(one.e_values, default=0.0))


def _state(one: Watched) -> str:
    moved = "fallen" if one.direction == "falls" else "risen"
    return moved if one.state == "moved" else one.state


def cut_back(record: Record, older: Record) -> Record:
    """The newer releases, each cut to the last day of the older, as if known when that one was.

    What differs between the two is then what the publisher changed in days that it had published;
    a dataset of which nothing was known before is left as it is.
    """
    releases = {
        name: replace(release, stated=older.releases[name].known_on)
        for name, release in record.releases.items()
        if name in older.releases
    }
    cut = Record(folder=record.folder, releases=record.releases | releases, as_of=older.as_of,
                 earlier=older.earlier, merging=older.merging,
                 connection=record.connection)  # fmt: skip
    for name in releases:
        end = older.coverage(name)
        if end is not None:
            cut.coverages[name] = days.coverage(cut.table(name), until=end.days.end)
    return cut
