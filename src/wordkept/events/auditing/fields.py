"""Fields that start, stop or fail for a while: on the other side of that day nothing is known."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import ibis.expr.types as ir

from wordkept.events.auditing.audited import ALPHA, Audited, Floats, bars
from wordkept.events.auditing.stretches import Stretch, found_stretch
from wordkept.events.duplicates import placed
from wordkept.model import Gravity, Irregularity
from wordkept.period import Period
from wordkept.prose import chances, day, listed, percent

CHANGE = 0.25
"""A smaller change of how often a field is filled in is not reported."""
GRAVE_CHANGE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A field as it is named to people, and what its absence does."""

    words: str
    asked: bool
    """Whether plans choose their events by it."""


FIELDS: Mapping[str, Filling] = {
    "place": Filling(words="the place", asked=True),
    "admin1": Filling(words="the first administrative area", asked=True),
    "admin2": Filling(words="the second administrative area", asked=True),
    "country": Filling(words="the country", asked=True),
    "coordinates": Filling(words="the coordinates", asked=True),
    "radius_km": Filling(words="the precision of the place", asked=False),
    "event_type": Filling(words="the type of event", asked=True),
    "native_type": Filling(words="the publisher's own type", asked=False),
    "target": Filling(words="the target", asked=True),
    "side_a": Filling(words="side a", asked=True),
    "side_b": Filling(words="side b", asked=True),
    "actors": Filling(words="any party", asked=True),
    "actors_certain": Filling(words="a party at certain attribution", asked=True),
    "deaths_low": Filling(words="the low count of deaths", asked=False),
    "deaths_best": Filling(words="the best count of deaths", asked=False),
    "deaths_high": Filling(words="the high count of deaths", asked=False),
    "civilian_deaths_low": Filling(words="the low count of civilian deaths", asked=False),
    "civilian_deaths_best": Filling(words="the best count of civilian deaths", asked=False),
    "civilian_deaths_high": Filling(words="the high count of civilian deaths", asked=False),
    "stamped_on": Filling(words="the day of entry", asked=False),
    "reference": Filling(words="the source", asked=False),
}


def filled(events: ir.Table) -> dict[str, ir.BooleanValue]:
    """Whether each field is filled in, by its name."""
    certain = events.actors_certain.length() > 0
    anyone = certain | (events.actors_probable.length() > 0) | (events.actors_possible.length() > 0)
    given = {
        "coordinates": placed(events),
        "actors": anyone.fill_null(False),
        "actors_certain": certain.fill_null(False),
    }
    return {name: given.get(name, events[name].notnull() if name in events.columns else None)
            for name in FIELDS}  # fmt: skip


def changed_fields(record: Audited) -> tuple[Irregularity, ...]:
    """Fields whose filling in starts, stops or fails for some weeks; those alike in it once."""
    by_field = _by_day(record)
    rows = record.rows_by_day
    tried = {
        name: stretch
        for name, hits in by_field.items()
        if (stretch := found_stretch(hits, rows, _large)) is not None
    }
    together: dict[tuple[int, int, bool], list[str]] = defaultdict(list)
    for name, one in tried.items():
        sure = one.p * len(tried) <= ALPHA
        if sure and _large(one):
            together[one.start, one.end, one.inside > one.outside].append(name)
    return tuple(
        _changed(record, names, tried[names[0]], by_field[names[0]], len(tried))
        for names in together.values()
    )


def _large(one: Stretch) -> bool:
    return abs(one.inside - one.outside) >= CHANGE


def _by_day(record: Audited) -> dict[str, Floats]:
    """Filled rows by day, of each field that is filled in here and there."""
    import numpy as np

    table = record.dated.group_by("day").aggregate(
        **{name: expression.sum() for name, expression in filled(record.dated).items()}
    )
    found = table.to_pyarrow()
    places = [(on - record.days.start).days for on in found["day"].to_pylist()]
    dense = {}
    for name in FIELDS:
        numbers = np.zeros(len(record.days))
        numbers[places] = [number or 0 for number in found[name].to_pylist()]
        if 0 < numbers.sum() < record.rows_by_day.sum():
            dense[name] = numbers
    return dense


def _changed(
    record: Audited, names: list[str], one: Stretch, hits: Floats, tried: int
) -> Irregularity:
    p = min(1.0, one.p * tried)
    which = listed(tuple(FIELDS[name].words for name in names))
    share_in, share_out = percent(one.inside), percent(one.outside)
    when, lacking = span(record, one)
    sentence = (
        f"{which[0].upper()}{which[1:]} {'is' if len(names) == 1 else 'are'} filled in in "
        f"{share_in} of the rows {when}, and in {share_out} of the others (so large a change comes "
        f"up in {chances(p)} such records): a count by {'it' if len(names) == 1 else 'them'} "
        f"{lacking} counts who filled the field in."
    )
    change = abs(one.inside - one.outside)
    asked = any(FIELDS[name].asked for name in names)
    gravity: Gravity = (
        "grave" if change >= GRAVE_CHANGE and asked else "serious" if asked else "worth knowing"
    )
    days = Period(record.on(one.start), record.on(one.end - 1))
    fewer = one.inside < one.outside
    rows = record.rows_by_day
    shares = [hit / row if row else 0.0 for hit, row in zip(hits, rows, strict=True)]
    return Irregularity(
        check="field", dataset=record.dataset, field=", ".join(names), gravity=gravity,
        sentence=sentence, rows=one.rows_inside if fewer else one.rows_outside,
        since=days.start if one.start else None,
        until=days.end if one.end < len(rows) else None,
        p=p, bars=bars("share of rows filled in", shares, record.days, days),
    )  # fmt: skip


def span(record: Audited, one: Stretch) -> tuple[str, str]:
    """A stretch in words, and the days that a count must not cross."""
    first, last = day(record.on(one.start)), day(record.on(one.end - 1))
    if one.start == 0:
        return f"up to {last}", "across that day"
    if one.end >= len(record.rows_by_day):
        return f"from {first} on", "across that day"
    return f"from {first} to {last}", "across these days"
