"""The days on which collection starts, stops, or takes in many rows at once.

A quiet spell thins a record out; where nobody collects it falls to nothing at once. So a stretch
without a row is held against what the record would show at a tenth of its level around it: where
even that would have left a row, the war has stopped to the last shot, or the collection has.
"""

from datetime import timedelta

import numpy as np

from wordkept.events.auditing import sentences
from wordkept.events.auditing.audited import ALPHA, Audited, Floats, bars
from wordkept.events.auditing.levels import (
    Level,
    chance,
    level_of,
    longest_runs,
    simulated,
    wandering,
)
from wordkept.model import Gravity, Irregularity
from wordkept.period import Period
from wordkept.prose import chances, count, day

QUIET = 0.1
"""The deepest fall that is taken for a quiet spell: the ceasefires of Syria and Yemen left more."""
AROUND_DAYS = 28
MOST_DAYS = 3_650
"""Chances are simulated over so many days at most; a longer record is the rarer for it."""
LEAST_MISSED = 5.0
"""A stretch in which fewer rows than this were to be expected is no silence."""
MOST_STRETCHES = 4
LEAST_DAYS = 60
REPORTING_DAYS = 30
"""As `audit.REPORTING_LAG_DAYS`: rows of the last month may still come in."""
EDGE_DAYS = 14
DUMP_SHARE = 0.1
DUMP_AROUND = 45
DUMP_ROWS = 20


def silences(record: Audited) -> tuple[Irregularity, ...]:
    """Stretches without any row that ordinary ups and downs do not make."""
    rows = record.rows_by_day
    if len(rows) < LEAST_DAYS:
        return ()
    found = []
    stretches = sorted(_empty(rows), key=lambda one: -_missed(rows, one))[:MOST_STRETCHES]
    for start, end in stretches:
        around = _around(rows, start, end)
        missed = around * (end - start)
        if missed < LEAST_MISSED:
            continue
        level = level_of(np.delete(rows, slice(start, end)))
        plain, quiet = (
            min(1.0, _silent_chance(level, around * depth, end - start, len(rows)))
            for depth in (1.0, QUIET)
        )
        if plain <= ALPHA:
            found.append(_silence(record, (start, end), around, (plain, quiet)))
    inside = sorted(found, key=lambda one: one.since or record.days.start)
    return (*inside, *_ended(record))


def _ended(record: Audited) -> tuple[Irregularity, ...]:
    """A record that stops long before its publisher released it, and at a level of many rows."""
    rows, stated = record.rows_by_day, record.release.stated
    silent = (stated - record.days.end).days if stated else 0
    around = float(rows[-AROUND_DAYS:].mean())
    if stated is None or silent <= REPORTING_DAYS or around * silent < LEAST_MISSED:
        return ()
    p = min(1.0, _silent_chance(level_of(rows), around * QUIET, silent, len(rows)))
    if p > ALPHA:
        return ()
    last = record.days.end
    near = Period(max(record.days.start, last - timedelta(days=3 * AROUND_DAYS)), last)
    return (
        Irregularity(
            check="silence", dataset=record.dataset, field=None, gravity="serious",
            sentence=sentences.ended(last, stated, around, p), rows=silent,
            since=last + timedelta(days=1), until=stated, p=p,
            bars=bars("rows a day", _cut(record, rows, near), near),
        ),
    )  # fmt: skip


def _empty(rows: Floats) -> list[tuple[int, int]]:
    """Every stretch of days without a row, as places [start, end)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows == 0, [0]))))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _around(rows: Floats, start: int, end: int) -> float:
    """The lower of the levels before and after a stretch, over as many days as it has itself."""
    reach = max(AROUND_DAYS, end - start)
    before, after = rows[max(0, start - reach) : start], rows[end : end + reach]
    return float(min(before.mean() if len(before) else 0.0, after.mean() if len(after) else 0.0))


def _missed(rows: Floats, stretch: tuple[int, int]) -> float:
    return _around(rows, *stretch) * (stretch[1] - stretch[0])


def _silent_chance(level: Level, mean: float, length: int, days: int) -> float:
    """How often a record of this level is empty for so many days, anywhere in it."""
    about = wandering(level, min(days, MOST_DAYS)) * mean
    empty = (1 + about / level.size) ** -level.size
    random = np.random.default_rng(length)
    longest = longest_runs(random.random(about.shape) < empty).astype(np.float64)
    return chance(float(length), longest)


def _silence(
    record: Audited, stretch: tuple[int, int], around: float, chance_of: tuple[float, float]
) -> Irregularity:
    start, end = stretch
    since, until = record.on(start), record.on(end - 1)
    plain, quiet = chance_of
    stopped = quiet <= ALPHA
    p = quiet if stopped else plain
    gravity: Gravity = "grave" if stopped else "serious"
    near = Period(
        max(record.days.start, since - timedelta(days=3 * AROUND_DAYS)),
        min(record.days.end, until + timedelta(days=3 * AROUND_DAYS)),
    )
    return Irregularity(
        check="silence", dataset=record.dataset, field=None, gravity=gravity,
        sentence=sentences.silent(Period(since, until), around, p, stopped=stopped),
        rows=end - start, since=since, until=until, p=p,
        bars=bars("rows a day", _cut(record, record.rows_by_day, near), near, Period(since, until)),
    )  # fmt: skip


def _cut(record: Audited, rows: Floats, days: Period) -> list[float]:
    first = (days.start - record.days.start).days
    return [float(one) for one in rows[first : first + len(days)]]


def edges(record: Audited) -> tuple[Irregularity, ...]:
    """Where a record begins or ends in a few scattered rows, long before or after its bulk."""
    rows = record.rows_by_day
    if len(rows) < 2 * LEAST_DAYS:
        return ()
    found = (_edge(record, rows, late=False), _edge(record, rows[::-1], late=True))
    return tuple(one for one in found if one is not None)


def _edge(record: Audited, rows: Floats, *, late: bool) -> Irregularity | None:
    """The scattered rows at the beginning of a series, as it runs or backwards."""
    gain = _gains(rows[None, :])[0]
    place = int(gain.argmax())
    if gain[place] <= 0:
        return None
    bulk = rows[place:]
    chance_of = chance(float(gain[place]), _edge_maxima(bulk, len(rows)))
    if min(1.0, 2 * chance_of) > ALPHA:
        return None
    turn = record.on(len(rows) - 1 - place if late else place)
    few = int(rows[:place].sum())
    lines = record.dated.filter(record.dated.day > turn if late else record.dated.day < turn)
    side, word = ("after", "ends") if late else ("before", "begins")
    last = day(record.days.end if late else record.days.start)
    what = (
        f"The bulk of the rows {word} on {day(turn)}: on the {count(place, 'day')} {side} it, to "
        f"{last}, stand {count(few, 'row')}, under a tenth of the level"
        if late
        else f"The bulk of the rows {word} on {day(turn)}: on the {count(place, 'day')} {side} it, "
        f"from {last}, stand {count(few, 'row')}, under a tenth of the level"
    )
    then = (
        "collection, or what it collects, tails off there, and a fall found there may be no more "
        "than that"
        if late
        else "collection, or what it collects, begins there, and a baseline before it is no peace"
    )
    sure = f"so ragged an edge comes up in {chances(min(1.0, 2 * chance_of))} such records"
    return Irregularity(
        check="edge", dataset=record.dataset, field=None, gravity="serious",
        sentence=f"{what} ({sure}), so that {then}.",
        rows=few, examples=record.examples(lines), since=None if not late else turn,
        until=turn if not late else None, p=min(1.0, 2 * chance_of),
        bars=bars("rows a day", [float(one) for one in record.rows_by_day], record.days,
                  Period(turn, record.days.end) if late else Period(record.days.start, turn)),
    )  # fmt: skip


def _gains(rows: Floats) -> Floats:
    """What is gained, in log likelihood, by a lower level up to each day; 0 where it is no tenth.

    The days up to an edge, and those after it, are at least a fortnight.
    """
    days = rows.shape[1]
    sums = np.cumsum(rows, axis=1)
    length = np.arange(1, days + 1, dtype=np.float64)
    before, after = sums, sums[:, -1:] - sums
    rest = np.maximum(days - length, 1)
    low, high, all_ = before / length, after / rest, sums[:, -1:] / days
    gain = (
        before * np.log(np.maximum(low, 1e-9) / np.maximum(all_, 1e-9))
        + after * np.log(np.maximum(high, 1e-9) / np.maximum(all_, 1e-9))
    )  # fmt: skip
    sound = (low <= QUIET * high) & (length >= EDGE_DAYS) & (rest >= 2 * EDGE_DAYS)
    gains = np.zeros_like(rows)
    gains[:, 1:] = np.where(sound, gain, 0.0)[:, :-1]
    return gains


def _edge_maxima(bulk: Floats, days: int) -> Floats:
    means = np.full(min(days, MOST_DAYS), bulk.mean())
    return np.asarray(_gains(simulated(level_of(bulk), means, salt=2)).max(axis=1))


def dumps(record: Audited) -> tuple[Irregularity, ...]:
    """Single days that hold a tenth of the events of the three months around them, and too many."""
    events = record.events_by_day
    if len(events) < LEAST_DAYS:
        return ()
    found = []
    for place in np.argsort(-events, kind="stable")[:MOST_STRETCHES]:
        around = events[max(0, place - DUMP_AROUND) : place + DUMP_AROUND + 1]
        share = events[place] / around.sum()
        if share < DUMP_SHARE or events[place] < DUMP_ROWS:
            continue
        rest = np.delete(events, place)
        usual = (around.sum() - events[place]) / max(len(around) - 1, 1)
        means = np.full(min(len(events), MOST_DAYS), usual)
        p = chance(float(events[place]), simulated(level_of(rest), means, salt=3).max(axis=1))
        if p <= ALPHA:
            found.append(_dump(record, int(place), float(share), float(usual), p))
    return tuple(found)


def _dump(record: Audited, place: int, share: float, usual: float, p: float) -> Irregularity:
    on, number = record.on(place), int(record.events_by_day[place])
    lines = record.dated.filter(record.dated.day == on)
    near = Period(
        max(record.days.start, on - timedelta(days=DUMP_AROUND)),
        min(record.days.end, on + timedelta(days=DUMP_AROUND)),
    )
    return Irregularity(
        check="dump", dataset=record.dataset, field=None, gravity="serious",
        sentence=sentences.dumped(on, number, share, usual, p),
        rows=number, examples=record.examples(lines), since=on, until=on, p=p,
        bars=bars("events a day", _cut(record, record.events_by_day, near), near, Period(on, on)),
    )  # fmt: skip
