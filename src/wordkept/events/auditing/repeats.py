"""Rows that stand twice: under one id, word for word, or too often alike to be chance."""

import ibis
import ibis.expr.types as ir

from wordkept.events.auditing.audited import ALPHA, Audited
from wordkept.events.duplicates import placed
from wordkept.events.schema import EVENT
from wordkept.model import Gravity, Irregularity
from wordkept.prose import chances, count, percent

MUCH = 0.02
TELLING = tuple(name for name in EVENT.names if name not in {"row", "native_id", "stamped_on"})
SETTING = ("period_from", "period_to", "lat", "lon", "event_type", "side_a", "side_b")
LEAST_PAIRS = 5
TIMES = 2.0


def repeats(record: Audited) -> tuple[Irregularity, ...]:
    """Every kind of row that stands more than once in one dataset."""
    exact = _word_for_word(record)
    return (*_one_id(record), *exact, *_too_alike(record, sum(one.rows for one in exact)))


def _one_id(record: Audited) -> tuple[Irregularity, ...]:
    events = record.events
    ids = events.group_by("native_id").aggregate(rows=events.count())
    several = ids.filter(ids.rows > 1)
    found = record.one(several, ids=several.count(), rows=several.rows.sum())
    if not found["ids"]:
        return ()
    number = int(found["rows"]) - int(found["ids"])
    again = events.semi_join(several, "native_id")
    sentence = (
        f"{count(int(found['ids']), 'native id')} {'stands' if found['ids'] == 1 else 'stand'} on "
        f"more than one row ({count(number, 'row')} beyond the first): an id that is reused names "
        "no event, and a correction to one row cannot be told from the other."
    )
    return (_found(record, "native_id", sentence, number, again),)


def _word_for_word(record: Audited) -> tuple[Irregularity, ...]:
    """Rows alike in every field but row, id and stamp, and that say something beyond the day."""
    events = record.events.filter(_telling(record.events))
    keyed = events.select("row", key=_key(events, TELLING))
    alike = keyed.group_by("key").aggregate(rows=keyed.count(), first=keyed.row.min())
    several = alike.filter(alike.rows > 1)
    found = record.one(several, groups=several.count(), rows=several.rows.sum())
    if not found["groups"]:
        return ()
    number = int(found["rows"]) - int(found["groups"])
    firsts = several.order_by("first").limit(3).to_pyarrow()["first"].to_pylist()
    total = int(record.events.count().to_pyarrow().as_py())
    agrees = "agrees" if number == 1 else "agree"
    sentence = (
        f"{count(number, 'row')} ({percent(number / total)} of all) {agrees} with another in every "
        "field that is kept but the id: if each pair tells of one event, a count of them is too "
        f"high by {percent(number / total)}, and by more on the days where they stand."
    )
    again = record.events.filter(record.events.row.isin(firsts))
    return (_found(record, None, sentence, number, again, number / total),)


def _key(events: ir.Table, names: tuple[str, ...]) -> ir.IntegerValue:
    """One number for what some fields of a row say: rows that say the same have the same."""
    cells = [_plain(events, name).cast("string").fill_null("\x00") for name in names]
    return ibis.literal("\x1f").join(cells).hash()


def _telling(events: ir.Table) -> ir.BooleanValue:
    """Whether a row tells enough to be known again: a place, and a source or deaths."""
    somewhere = placed(events) | events.place.notnull()
    more = events.reference.notnull() | (events.deaths_best > 0) | (events.deaths_low > 0)
    return (somewhere & more).fill_null(False)


def _plain(events: ir.Table, name: str) -> ir.Value:
    column = events[name]
    return column.sort().join("|") if isinstance(column, ir.ArrayValue) else column


def _too_alike(record: Audited, told: int) -> tuple[Irregularity, ...]:
    """Rows of one day, place, type and parties, whose deaths agree more often than by chance.

    Many raids on one town in a day are many rows; those that chance makes alike in deaths are
    reckoned from how common each number of deaths is among rows that have such fellows. Nothing is
    said where those `told` of already make up the excess.
    """
    from scipy.stats import binom

    events = record.events
    deaths = ibis.coalesce(events.deaths_best, events.deaths_low, events.civilian_deaths_high)
    known = events.filter(deaths.notnull(), placed(events))
    rows = known.select("row", key=_key(known, SETTING), deaths=deaths)
    cells = rows.group_by("key", "deaths").aggregate(rows=rows.count(), first=rows.row.min())
    groups = cells.group_by("key").aggregate(
        rows=cells.rows.sum(), same=(cells.rows * (cells.rows - 1)).sum()
    )
    shared = groups.filter(groups.rows > 1)
    sums = record.one(shared, pairs=(shared.rows * (shared.rows - 1)).sum() / 2,
                      same=shared.same.sum() / 2, groups=shared.count())  # fmt: skip
    pairs, same = int(sums["pairs"] or 0), int(sums["same"] or 0)
    if same < LEAST_PAIRS:
        return ()
    with_fellows = cells.semi_join(shared, "key")
    tally = with_fellows.group_by("deaths").aggregate(rows=with_fellows.rows.sum())
    numbers = [int(one) for one in tally.to_pyarrow()["rows"].to_pylist()]
    agree = sum(one * one for one in numbers) / sum(numbers) ** 2
    independent = min(pairs, sum(numbers))
    p = float(binom.sf(round(same / pairs * independent) - 1, independent, agree))
    if p > ALPHA or same - told < TIMES * agree * pairs:
        return ()
    again = cells.filter(cells.rows > 1).order_by("first").limit(3).to_pyarrow()["first"]
    sentence = (
        f"Of {count(pairs, 'pair')} of rows with one day, place, type and parties {same:,} have "
        f"the same deaths as well, where chance gives {agree * pairs:.0f} (so many come up in "
        f"{chances(p)} such records): some events were entered twice, and all are counted."
    )
    rows_named = record.events.filter(record.events.row.isin(again.to_pylist()))
    return (_found(record, "deaths_best", sentence, same, rows_named, p=p),)


def _found(
    record: Audited,
    field: str | None,
    sentence: str,
    number: int,
    rows: ir.Table,
    share: float = 0.0,
    *,
    p: float | None = None,
) -> Irregularity:
    gravity: Gravity = "serious" if share >= MUCH or p is not None else "worth knowing"
    return Irregularity(
        check="duplicates", dataset=record.dataset, field=field, gravity=gravity,
        sentence=sentence, rows=number, examples=record.examples(rows), p=p,
    )  # fmt: skip
