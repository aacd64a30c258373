"""Rows that stand for weeks or for many deaths, and rows whose date cannot be meant."""

import ibis

from wordkept.events.auditing.audited import Audited, bars
from wordkept.events.series import LONGEST_DAYS, days_spanned
from wordkept.model import Bars, Gravity, Irregularity
from wordkept.period import Period
from wordkept.prose import count, day, percent

YEAR_DAYS = 360
LONG_SHARE = 0.05
"""Of rows, or of their deaths: from here on summary rows weigh more than one should like."""
HEAVY_SHARE = 0.1
"""A row that carries so much of all deaths is told of by name."""
HEAVY_ROWS = 100


def summary_rows(record: Audited) -> tuple[Irregularity, ...]:
    """Rows that span more than a week: no series of days can hold them."""
    events = record.events
    long = days_spanned(events) >= LONGEST_DAYS
    deaths = ibis.coalesce(events.deaths_best, events.deaths_low)
    found = record.one(
        events, rows=events.count(), deaths=deaths.sum(), long=long.sum(),
        carried=deaths.sum(where=long), year=(days_spanned(events) >= YEAR_DAYS).sum(),
        first=events.period_from.min(where=long), last=events.period_to.max(where=long),
    )  # fmt: skip
    number = int(found["long"] or 0)
    if not number:
        return ()
    share, killed = number / found["rows"], int(found["carried"] or 0)
    weight = max(share, killed / found["deaths"] if found["deaths"] else 0.0)
    gravity: Gravity = "serious" if weight >= LONG_SHARE else "worth knowing"
    yearly = f", {found['year']:,} of them a year" if found["year"] else ""
    lethal = f" and {percent(killed / found['deaths'])} of the deaths" if found["deaths"] else ""
    sentence = (
        f"{count(number, 'row')} ({percent(share)} of all{lethal}) "
        f"{'spans' if number == 1 else 'span'} more than a week{yearly}: such a row stands on no "
        "day, "
        "is left out of every count by days, and a naive one lays it on the first day of its span."
    )
    return (
        Irregularity(
            check="summary rows", dataset=record.dataset, field="period_to", gravity=gravity,
            sentence=sentence, rows=number, examples=record.examples(events.filter(long)),
            since=found["first"], until=found["last"], bars=_long_bars(record),
        ),
    )  # fmt: skip


def _long_bars(record: Audited) -> Bars:
    import numpy as np

    long = record.events.filter(days_spanned(record.events) >= LONGEST_DAYS)
    table = long.group_by("period_from").aggregate(rows=long.count()).to_pyarrow().to_pylist()
    dense = np.zeros(len(record.days))
    for one in table:
        if one["period_from"] in record.days:
            dense[(one["period_from"] - record.days.start).days] = one["rows"]
    return bars("rows of over a week, by first day", [float(one) for one in dense], record.days)


def heavy_rows(record: Audited) -> tuple[Irregularity, ...]:
    """Single rows that carry a tenth of all deaths: summaries, whatever their dates say."""
    events = record.events
    deaths = ibis.coalesce(events.deaths_best, events.deaths_low)
    total = record.one(events, rows=deaths.count(), deaths=deaths.sum())
    if total["rows"] < HEAVY_ROWS or not total["deaths"]:
        return ()
    heavy = events.filter(deaths >= HEAVY_SHARE * int(total["deaths"]))
    found = record.one(
        heavy, rows=heavy.count(), first=heavy.period_from.min(), last=heavy.period_to.max(),
        deaths=ibis.coalesce(heavy.deaths_best, heavy.deaths_low).sum(),
    )  # fmt: skip
    if not found["rows"]:
        return ()
    number = int(found["rows"])
    sentence = (
        f"{count(number, 'row')} of {total['rows']:,} {'carries' if number == 1 else 'carry'} "
        f"{percent(found['deaths'] / total['deaths'])} of all deaths, dated "
        f"{_dated(Period(found['first'], found['last']))}: a count of deaths says what "
        f"{'this row says' if number == 1 else 'these rows say'}, and a count of events does not."
    )
    return (
        Irregularity(
            check="heavy rows", dataset=record.dataset, field="deaths_best", gravity="serious",
            sentence=sentence, rows=number, examples=record.examples(heavy),
            since=found["first"], until=found["last"],
        ),
    )  # fmt: skip


def _dated(days: Period) -> str:
    start, end = day(days.start), day(days.end)
    return start if start == end else f"{start} to {end}"


def stray_dates(record: Audited) -> tuple[Irregularity, ...]:
    """Rows dated more than a year from all others, and rows dated after the release was known."""
    events, known = record.events, record.release.known_on
    after = events.period_from > ibis.literal(known)
    inside = (events.period_to >= ibis.literal(record.days.start)) & (
        events.period_from <= ibis.literal(record.days.end)
    )
    short = days_spanned(events) < LONGEST_DAYS
    kinds = (
        ("dated after the day on which the release was known, " + day(known), after,
         "they tell of what had not happened yet, and no count of theirs can be believed"),
        ("more than a year away from all others", ~after & ~inside & short,
         "such dates stretch a record over years that it does not cover"),
    )  # fmt: skip
    found = []
    for where, condition, then in kinds:
        rows = events.filter(condition)
        sums = record.one(rows, rows=rows.count(), first=rows.period_from.min(),
                          last=rows.period_to.max())  # fmt: skip
        number = int(sums["rows"])
        if not number:
            continue
        span = _dated(Period(sums["first"], sums["last"]))
        found.append(
            Irregularity(
                check="dates", dataset=record.dataset, field="period_from", gravity="serious",
                sentence=f"{count(number, 'row')}, of {span}, {'is' if number == 1 else 'are'} "
                f"{where}: {then}.",
                rows=number, examples=record.examples(rows), since=sums["first"],
                until=sums["last"],
            )
        )  # fmt: skip
    return tuple(found)
