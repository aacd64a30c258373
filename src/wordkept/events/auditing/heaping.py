"""Heaps: on a day of the month, and on round numbers of deaths.

A day of the month is held against the days of the same month around it, months being shifted at
random to see what chance does: a front that moves on the first of one month heaps nothing. A round
number is held against the numbers on both sides of it, of which it can be no more than its share
wherever large numbers are rarer than small ones.
"""

import calendar

import numpy as np

from wordkept.events.auditing.audited import ALPHA, Audited, Floats
from wordkept.events.auditing.levels import SEED, chance
from wordkept.model import Bars, Gravity, Irregularity
from wordkept.prose import chances, count, percent

MONTH_DAYS = 28
"""Days that every month has; the last ones are held as days before its end."""
LEAST_MONTHS = 6
LEAST_EVENTS = 100
SHUFFLES = 400
HEAPED = 1.5
"""A day or a number with less than this times its due is not reported."""
HEAPED_MUCH = 2.5
AROUND = 3
COUNTS = {
    "deaths_best": "the best count of deaths",
    "deaths_low": "the low count of deaths",
    "deaths_high": "the high count of deaths",
    "civilian_deaths_low": "the low count of civilian deaths",
    "civilian_deaths_best": "the best count of civilian deaths",
    "civilian_deaths_high": "the high count of civilian deaths",
}
TENS = (10, 4)
FIVES = (5, 2)
LEAST_NUMBERS = 30
MOST_NUMBER = 105


def month_days(record: Audited) -> tuple[Irregularity, ...]:
    """A day of the month, from its first or from its last, with too many events to be chance."""
    grid = _months(record)
    if len(grid) < LEAST_MONTHS or grid.sum() < LEAST_EVENTS:
        return ()
    scores = _scores(grid[None])[0]
    best = int(scores.argmax())
    random = np.random.default_rng(SEED)
    shifts = random.integers(0, grid.shape[1], size=(SHUFFLES, len(grid)))
    places = (np.arange(grid.shape[1])[None, None, :] + shifts[:, :, None]) % grid.shape[1]
    shuffled = grid[np.arange(len(grid))[None, :, None], places]
    p = chance(float(scores[best]), _scores(shuffled).max(axis=1))
    others = np.delete(grid, best, axis=1)
    times = float(grid[:, best].mean() / max(others.mean(), 1e-9))
    if p > ALPHA or times < HEAPED:
        return ()
    number = int(grid[:, best].sum())
    which = _ordinal(best)
    sentence = (
        f"On the {which} of the month stand {count(number, 'event')}, {times:.1f} times as many as "
        f"on another day of it (so high a heap comes up in {chances(p)} such records): they were "
        "dated to the month and not to the day, and a window that begins or ends by that day "
        "counts too many or too few."
    )
    gravity: Gravity = "serious" if times >= HEAPED_MUCH else "worth knowing"
    values = tuple(round(float(one), 4) for one in grid.mean(axis=0))
    return (
        Irregularity(
            check="heaping", dataset=record.dataset, field="period_from", gravity=gravity,
            sentence=sentence, rows=number, p=p,
            bars=Bars(of="events a day, by day of the month", values=values, first="1st",
                      last="last", marked=(best,)),
        ),
    )  # fmt: skip


def _ordinal(place: int) -> str:
    if place == MONTH_DAYS:
        return "last day"
    number = place + 1
    ends = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}
    return f"{number}{ends.get(number, 'th')}"


def _months(record: Audited) -> Floats:
    """Events on the first 28 days of each whole month, and on its last."""
    events, rows = record.events_by_day, []
    at = record.days.start.replace(day=1)
    while at <= record.days.end:
        length = calendar.monthrange(at.year, at.month)[1]
        first = (at - record.days.start).days
        if first >= 0 and first + length <= len(events):
            month = events[first : first + length]
            rows.append(np.append(month[:MONTH_DAYS], month[-1]))
        at = at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
    return np.array(rows) if rows else np.zeros((0, MONTH_DAYS + 1))


def _scores(grids: Floats) -> Floats:
    """For each grid and day, how surely it stands above the days around it, over the months.

    Logarithms keep one full day from making a heap.
    """
    logs = np.log1p(grids)
    near = sum(np.roll(logs, by, axis=2) for by in range(-AROUND, AROUND + 1) if by) / (2 * AROUND)
    above = logs - near
    months = grids.shape[1]
    spread = above.std(axis=1, ddof=1) + 0.1
    return np.asarray(above.mean(axis=1) / spread * months**0.5)


def round_numbers(record: Audited) -> tuple[Irregularity, ...]:
    """Counts of deaths that stand on tens or fives too often to have been counted."""
    from scipy.stats import binom

    found = []
    tallies = {field: _tally(record, field) for field in COUNTS}
    asked = {field: tally for field, tally in tallies.items() if tally.sum() >= LEAST_NUMBERS}
    for field, tally in asked.items():
        for step, reach in (TENS, FIVES):
            heaped, near = _round(tally, step, reach)
            if near < LEAST_NUMBERS:
                continue
            due = 1 / (2 * reach + 1)
            p = min(1.0, float(binom.sf(heaped - 1, near, due)) * 2 * len(asked))
            if p <= ALPHA and heaped / near >= HEAPED * due:
                found.append(_heaped(record, field, (step, heaped, near, due), p))
                break
    seen: list[Irregularity] = []
    for one in found:
        if not any(one.bars == other.bars for other in seen):
            seen.append(one)
    return tuple(seen)


def _tally(record: Audited, field: str) -> Floats:
    events = record.events
    held = events.filter(events[field].between(1, MOST_NUMBER))
    table = held.group_by(field).aggregate(rows=held.count()).to_pyarrow()
    tally = np.zeros(MOST_NUMBER + 1)
    tally[table[field].to_pylist()] = table["rows"].to_pylist()
    return tally


def _round(tally: Floats, step: int, reach: int) -> tuple[int, int]:
    """How many stand on multiples of a step (fives: no tens), and how many on or by them.

    >>> _round(np.array([0.0] * 8 + [2, 1, 9, 1, 2] + [0.0] * 93), 10, 4)
    (9, 15)
    """
    start = step if step == TENS[0] else FIVES[0]
    hops = step if step == TENS[0] else TENS[0]
    places = range(start, MOST_NUMBER - reach + 1, hops)
    heaped = sum(tally[at] for at in places)
    return int(heaped), int(sum(tally[at - reach : at + reach + 1].sum() for at in places))


def _heaped(
    record: Audited, field: str, seen: tuple[int, int, int, float], p: float
) -> Irregularity:
    step, heaped, near, due = seen
    name = "tens" if step == TENS[0] else "fives"
    sentence = (
        f"Of the {near:,} rows with {COUNTS[field]} on or near the {name}, {heaped:,} "
        f"({percent(heaped / near)}) stand right on them, where {percent(due)} or fewer should "
        f"(chance: {chances(p)} such records): some were estimated and not "
        "counted, and a change of deaths is known no better than that."
    )
    rows = record.events.filter(
        (record.events[field] % step == 0) & record.events[field].between(step, MOST_NUMBER)
    )
    tally = _tally(record, field)[1:41]
    marked = tuple(range(step - 1, 40, step))
    return Irregularity(
        check="heaping", dataset=record.dataset, field=field, gravity="worth knowing",
        sentence=sentence, rows=heaped, examples=record.examples(rows), p=p,
        bars=Bars(of="rows by number of deaths", values=tuple(float(one) for one in tally),
                  first="1", last="40", marked=marked),
    )  # fmt: skip
