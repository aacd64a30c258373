"""When rows were entered: long after the event, before it, or all on one day."""

import ibis
import ibis.expr.types as ir

from wordkept.events.auditing.audited import ALPHA, Audited, bars
from wordkept.events.auditing.fields import span
from wordkept.events.auditing.stretches import found_stretch
from wordkept.model import Bars, Irregularity
from wordkept.period import Period
from wordkept.prose import chances, count, day, percent

LEAST_ROWS = 20
LONG_DAYS = 90
LONG_SHARE = 0.1
BATCH_SHARE = 0.2
MOST_BATCHED = 0.5
CHANGE = 0.3
STEPS = (0, 7, 30, 90, 180, 365, 730)


def entries(record: Audited) -> tuple[Irregularity, ...]:
    """What the stamps of a record say of when its rows came in; nothing where it has none."""
    events = record.events.filter(record.events.stamped_on.notnull())
    lag = events.stamped_on.delta(events.period_to, unit="day")
    rows = events.mutate(lag=lag)
    if int(rows.count().to_pyarrow().as_py()) < LEAST_ROWS:
        return ()
    batch, early = _batch(record, rows), _early(record, rows)
    if batch and batch[0].rows > MOST_BATCHED * rows.count().to_pyarrow().as_py():
        return (*early, *batch)  # such stamps do not say how late anything came
    return (*early, *batch, *_late(record, rows), *_turn(record))


def _early(record: Audited, rows: ir.Table) -> tuple[Irregularity, ...]:
    before = rows.filter(rows.lag < 0)
    found = record.one(before, rows=before.count(), first=before.period_to.min(),
                       last=before.period_to.max())  # fmt: skip
    number = int(found["rows"])
    if not number:
        return ()
    sentence = (
        f"{count(number, 'row')} {'is' if number == 1 else 'are'} stamped before the event "
        f"{'it tells' if number == 1 else 'they tell'} of: the event's date or the stamp is wrong, "
        "and a view of the record as of a day before cannot be trusted for "
        f"{'it' if number == 1 else 'them'}."
    )
    return (
        Irregularity(
            check="delay", dataset=record.dataset, field="stamped_on", gravity="serious",
            sentence=sentence, rows=number, examples=record.examples(before),
            since=found["first"], until=found["last"],
        ),
    )  # fmt: skip


def _late(record: Audited, rows: ir.Table) -> tuple[Irregularity, ...]:
    late = rows.lag > LONG_DAYS
    found = record.one(rows, rows=rows.count(), late=late.sum(), middle=rows.lag.median(),
                       most=rows.lag.max())  # fmt: skip
    number = int(found["late"] or 0)
    share = number / found["rows"]
    if share < LONG_SHARE:
        return ()
    edges = list(zip(STEPS, (*STEPS[1:], None), strict=True))
    within = {
        str(low): (rows.lag >= low) if high is None else (rows.lag >= low) & (rows.lag < high)
        for low, high in edges
    }
    tally = record.one(rows, **{name: lagged.sum() for name, lagged in within.items()})
    sentence = (
        f"{count(number, 'row')} ({percent(share)} of those stamped) were entered or last changed "
        f"more than {LONG_DAYS} days after the event (the middle one after "
        f"{count(int(found['middle']), 'day')}, the last after {int(found['most']):,}): the last "
        "months of any release are thinner than they will be, and a fall there may be no more "
        "than that."
    )
    return (
        Irregularity(
            check="delay", dataset=record.dataset, field="stamped_on", gravity="serious",
            sentence=sentence, rows=number, examples=record.examples(rows.filter(late)),
            bars=Bars(of="rows by days from event to stamp",
                      values=tuple(float(tally[str(low)] or 0) for low in STEPS),
                      first="0", last=f"{STEPS[-1]} or more"),
        ),
    )  # fmt: skip


def _batch(record: Audited, rows: ir.Table) -> tuple[Irregularity, ...]:
    """A day on which a fifth of all rows were stamped: changed together, whatever they tell of."""
    tally = rows.group_by("stamped_on").aggregate(
        rows=rows.count(), first=rows.period_from.min(), last=rows.period_to.max()
    )
    top = tally.order_by(ibis.desc("rows"), "stamped_on").limit(1).to_pyarrow().to_pylist()[0]
    total = record.one(rows, rows=rows.count(), days=rows.stamped_on.nunique())
    share = top["rows"] / total["rows"]
    if share < BATCH_SHARE or (top["last"] - top["first"]).days < LONG_DAYS:
        return ()
    on = top["stamped_on"]
    sentence = (
        f"{count(top['rows'], 'row')} ({percent(share)} of those stamped), of events from "
        f"{day(top['first'])} to {day(top['last'])}, bear one stamp, {day(on)}: they were changed "
        "or entered together, and the stamps do not say when the events came to be known."
    )
    return (
        Irregularity(
            check="delay", dataset=record.dataset, field="stamped_on", gravity="worth knowing",
            sentence=sentence, rows=top["rows"], since=top["first"], until=top["last"],
            examples=record.examples(rows.filter(rows.stamped_on == ibis.literal(on))),
        ),
    )  # fmt: skip


def _turn(record: Audited) -> tuple[Irregularity, ...]:
    """A stretch of events whose rows came in late where others did not: filled in afterwards."""
    dated = record.dated
    stamped = dated.stamped_on.notnull()
    late = stamped & (dated.stamped_on.delta(dated.period_to, unit="day") > LONG_DAYS)
    hits, rows = record.by_day(late.fill_null(False).sum()), record.by_day(stamped.sum())
    one = found_stretch(hits, rows) if record.days_told else None
    if one is None or one.p > ALPHA or abs(one.inside - one.outside) < CHANGE:
        return ()
    when, _ = span(record, one)
    days = Period(record.on(one.start), record.on(one.end - 1))
    sentence = (
        f"{percent(one.inside)} of the rows {when} were stamped more than {LONG_DAYS} days after "
        f"the event, and {percent(one.outside)} of the others (chance: {chances(one.p)} such "
        "records): one side was filled in afterwards, and the two were not collected alike."
    )
    shares = [hit / row if row else 0.0 for hit, row in zip(hits, rows, strict=True)]
    return (
        Irregularity(
            check="delay", dataset=record.dataset, field="stamped_on", gravity="serious",
            sentence=sentence, rows=int(hits.sum()), p=one.p,
            since=days.start if one.start else None,
            until=days.end if one.end < len(rows) else None,
            bars=bars("share stamped late", shares, record.days, days),
        ),
    )  # fmt: skip
