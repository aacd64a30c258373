"""A synthetic control: the mix of other places that moved most like the area before the pledge.

Weights, none under nought and summing to one (Abadie & Gardeazabal 2003; Abadie, Diamond &
Hainmueller 2010), are found by least squares on the logs of counts of seven days, each less its
own mean (Ferman & Pinto 2021), so that a small place may follow a large one. The gap is then
measured on the plan's own comparison: the log ratio of the area less the weighted log ratios of
the donors.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from wordkept.model import Companion, Comparison, DailySeries, Plan, Pledge
from wordkept.prose import chances, count, percent
from wordkept.protocol.estimates import geometric_mean
from wordkept.protocol.placebo import HALF, Counts, Floats, log_ratios, shift_p
from wordkept.protocol.simplex import simplex_weights
from wordkept.protocol.windows import Frame, covered_by, frames

BLOCK_DAYS = 7
"""Weights are found on counts of a week: days alone are mostly chance, weeks have no weekday."""
FEWEST_DONORS = 5
"""With fewer, a mix is hardly more than another control, and trying each in the area's place says
nothing."""
FEWEST_EVENTS = 20
"""A donor holds at least so many in the longest baseline; thinner ones bring little but chance."""
FEWEST_BLOCKS = 17
"""Weeks before the pledge: those that the longer of the default baselines reaches back over."""
MOST_DONORS = 20
"""The largest so many are used; each is also tried in the area's place, at a fit each."""
LABEL = "a weighted mix of other places"
OPENING = "Synthetic control (other places weighted so that together they follow the area before)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """The area and its donors over the same days, the area first."""

    counts: Counts
    """Shape (places, days); the last day is the window's."""
    laid: tuple[Frame, ...]
    seen: int
    """Days before the pledge's start and its grace."""

    def weeks(self) -> Floats:
        """Logs of counts of a week before the pledge, less their mean; shape (weeks, places)."""
        blocks = self.seen // BLOCK_DAYS
        kept = self.counts[:, self.seen - blocks * BLOCK_DAYS : self.seen]
        logs = np.log(kept.reshape(len(self.counts), blocks, BLOCK_DAYS).sum(axis=2).T + HALF)
        centred: Floats = logs - logs.mean(axis=0)
        return centred

    def changes(self, frame: Frame) -> Floats:
        """The log ratio of every place at every circular shift; shape (places, days)."""
        return np.stack([log_ratios(place, frame.layout) for place in self.counts])


def synthetic_comparison(
    series: DailySeries, donors: tuple[Companion, ...], pledge: Pledge, plan: Plan
) -> Comparison:
    """The gap in the window between the area and its synthetic control, as a ratio of rates.

    p is the share of circular shifts of the whole panel with as large a gap, over the baselines;
    how many donors show as large a gap for their size of error, each tried in the area's place,
    stands in the sentence. No ratio, but a sentence, where donors, weeks or fit do not allow one.
    """
    laid = frames(pledge, plan, covered_by(series))
    if not laid:
        return _unsaid("the record does not cover the window and a baseline before it")
    usable = _usable((one.series for one in donors), laid)
    if len(usable) < FEWEST_DONORS:
        found = "no other place has" if not usable else f"only {len(usable)} other places have"
        found = "only one other place has" if len(usable) == 1 else found
        return _unsaid(
            f"{found} at least {FEWEST_EVENTS} events in the longest baseline on the same days, "
            f"and it needs {FEWEST_DONORS}"
        )
    counts = np.stack([_history(one, laid[0]) for one in (series, *usable)])
    layout = laid[0].layout
    panel = _Panel(counts=counts, laid=laid,
                   seen=counts.shape[1] - layout.window_days - layout.grace_days)  # fmt: skip
    if panel.seen < FEWEST_BLOCKS * BLOCK_DAYS:
        return _unsaid(
            f"only {count(panel.seen, 'day')} of the record lie before the pledge, under the "
            f"{FEWEST_BLOCKS * BLOCK_DAYS} that it needs"
        )
    if max(frame.layout.needed_days for frame in laid) > counts.shape[1]:
        return _unsaid("the record before the pledge is too short to say how often gaps come")
    return _fitted(panel, plan)


def _fitted(panel: _Panel, plan: Plan) -> Comparison:
    falls = plan.direction == "falls"
    weeks = panel.weeks()
    pool = np.arange(1, weeks.shape[1])
    weights = simplex_weights(weeks[:, 0], weeks[:, pool])
    apart, flat = _checked(weeks)
    if not apart < flat:
        return _unsaid(
            "the mix that fitted the older half of the days before followed the newer half no "
            "better than the area's own mean does"
        )
    every = [panel.changes(frame) for frame in panel.laid]
    gaps = [_gap(changes, 0, pool, weights) for changes in every]
    ratio = float(np.exp(np.mean([gap[0] for gap in gaps])))
    p = geometric_mean(*(shift_p(gap, falls=falls) for gap in gaps))
    first = np.stack([changes[:, 0] for changes in every]).mean(axis=0)[:, None]
    error = _error(weeks, 0, pool, weights)
    alike = _alike(weeks, first, float(np.log(ratio)) / max(error, 1e-9), falls=falls)
    places = len(pool)
    way = "fall" if falls else "rise"
    sentence = (
        f"{OPENING}: in the window the area stood at {percent(ratio)} of what {places} places "
        f"suggest; such gaps come in {chances(p or 0.0)} shifts of these records, and "
        f"{alike} of the {places}, each tried in its place, show as large a {way} for how well "
        f"they are followed. On days before that it was not fitted to, the weekly counts strayed "
        f"from it by a factor of {np.exp(apart):.2f}, from their own mean by {np.exp(flat):.2f}. "
        "It holds if nothing "
        "else set the area apart in those days, and decides nothing here."
    )
    return Comparison(kind="synthetic control", label=LABEL, ratio=ratio, low=None, high=None, p=p,
                      sentence=sentence)  # fmt: skip


def _checked(weeks: Floats) -> tuple[float, float]:
    """How far the newer half strays from a mix fitted to the older, and from its own mean."""
    half = len(weeks) // 2
    older, newer = weeks[:half], weeks[half:]
    older, newer = older - older.mean(axis=0), newer - newer.mean(axis=0)
    weights = simplex_weights(older[:, 0], older[:, 1:])
    pool = np.arange(1, weeks.shape[1])
    return _error(newer, 0, pool, weights), float(np.sqrt(np.mean(newer[:, 0] ** 2)))


def _error(weeks: Floats, place: int, pool: Counts, weights: Floats) -> float:
    """The root mean square of the weekly gaps before the pledge."""
    return float(np.sqrt(np.mean((weeks[:, place] - weeks[:, pool] @ weights) ** 2)))


def _gap(changes: Floats, place: int, pool: Counts, weights: Floats) -> Floats:
    """The log ratio of a place less the weighted ones of its pool, at every shift."""
    gap: Floats = changes[place] - weights @ changes[pool]
    return gap


def _alike(weeks: Floats, changes: Floats, observed: float, *, falls: bool) -> int:
    """How many donors, each tried in the area's place, show as large a gap over its error.

    The area stays out of their pools: what happened to it must not move them.
    """
    alike = 0
    for place in range(1, weeks.shape[1]):
        pool = np.array([one for one in range(1, weeks.shape[1]) if one != place])
        weights = simplex_weights(weeks[:, place], weeks[:, pool])
        error = max(_error(weeks, place, pool, weights), 1e-9)
        gap = float(_gap(changes, place, pool, weights)[0]) / error
        alike += gap <= observed if falls else gap >= observed
    return alike


def _usable(donors: Iterable[DailySeries], laid: tuple[Frame, ...]) -> tuple[DailySeries, ...]:
    """The donors that cover the history and are not too thin, the largest first."""
    found: list[tuple[int, str, DailySeries]] = []
    for one in donors:
        if one.start > laid[0].history.start or one.end < laid[0].history.end:
            continue
        history = _history(one, laid[0])
        longest = max(laid, key=lambda frame: frame.layout.baseline_days)
        events = _baseline_events(history, longest)
        if events >= FEWEST_EVENTS:
            found.append((-events, one.label, one))
    found.sort(key=lambda each: (each[0], each[1], each[2].counts))
    return tuple(one for _, _, one in found[:MOST_DONORS])


def _baseline_events(history: Counts, frame: Frame) -> int:
    last = len(history) - frame.layout.gap_days
    return int(history[last - frame.layout.baseline_days : last].sum())


def _history(series: DailySeries, frame: Frame) -> Counts:
    first = (frame.history.start - series.start).days
    return np.asarray(series.counts[first : first + len(frame.history)], dtype=np.int64)


def _unsaid(why: str) -> Comparison:
    return Comparison(kind="synthetic control", label=LABEL, ratio=None, low=None, high=None,
                      p=None, sentence=f"{OPENING} cannot be made: {why}.")  # fmt: skip
