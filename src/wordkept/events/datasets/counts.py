"""A daily series of counts, as it stands in anyone's hands: one row is one day of one series.

`n` events happened on `day`; `low` and `high` are bounds of n, and n itself where they are not
given. A row of 0 says that the day was watched and nothing was seen; a day without a row, or with
two that disagree, is unknown, and `events/unwatched.py` says so. `series` tells several series in
one file apart: it stands as the place, so that a plan can choose it among its areas. With `actor`
the events are laid to that party, at the bound that `attribution` names: certain, probable or
possible, and certain where it names none.
"""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from wordkept.events.datasets import parties
from wordkept.events.dates import day, text, whole
from wordkept.events.schema import EVENT_TYPES, Dataset, Fields
from wordkept.model import ATTRIBUTIONS, PublicationRule

NAME = "daily-counts"
KEY = ("series", "area", "country", "actor", "against", "attribution", "event_type", "target")
"""What tells two rows of one day apart."""


def _fields(raw: ir.Table) -> Fields:
    date, count = day(raw.day, "iso"), whole(raw.n)
    actor, bound = text(raw.actor), _bound(raw)
    laid = {
        f"actors_{name}": ibis.ifelse(bound == name, parties.given(actor), parties.NOBODY)
        for name in ATTRIBUTIONS
    }
    kind = text(raw.event_type).lower()
    return {
        "native_id": _native_id(raw, date),
        "period_from": date,
        "period_to": date,
        "place": text(raw.series),
        "admin1": text(raw.area),
        "country": text(raw.country),
        "event_type": ibis.ifelse(kind.isin(EVENT_TYPES), kind, ibis.null("string")),
        "target": text(raw.target),
        "side_a": actor,
        "side_b": text(raw.against),
        "directed": actor.notnull() & text(raw.against).notnull(),
        **laid,
        "events_low": ibis.coalesce(whole(raw.low), count),
        "events_best": count,
        "events_high": ibis.coalesce(whole(raw.high), count),
    }


def _bound(raw: ir.Table) -> ir.StringValue:
    return text(raw.attribution).lower().fill_null(ATTRIBUTIONS[0])


def _native_id(raw: ir.Table, date: ir.DateValue) -> ir.StringValue:
    """The day, and whichever parts of the key are given: `2016-03-15 Aleppo Russia certain`."""
    parts = [date.cast("string"), *(text(raw[name]) for name in KEY)]
    return ibis.array(parts).filter(lambda part: part.notnull()).join(" ")


def _refusals(raw: ir.Table) -> Mapping[str, ir.BooleanValue]:
    key = [day(raw.day, "iso"), *(text(raw[name]) for name in KEY)]
    first = raw.row.min().over(group_by=key)
    number = whole(raw.n)
    apart = number.min().over(group_by=key) != number.max().over(group_by=key)
    return {
        "no count for the day": number.isnull(),
        "attribution is none of certain, probable, possible": _bound(raw).notin(ATTRIBUTIONS),
        "the same day and series stand on another row with another count": apart,
        "the same day and series stand on an earlier row": raw.row > first,
    }


DAILY_COUNTS = Dataset(
    name=NAME,
    layout="day and n",
    title="Daily counts",
    citation="Daily counts given by the user; no source named.",
    licence="not stated",
    publication=PublicationRule(
        allows="aggregates", terms="The file names no terms: only sums are shown."
    ),
    caveats=("The file says neither who counted nor how.",),
    kind="counts",
    required=("day", "n"),
    optional=("low", "high", *KEY),
    fields=_fields,
    refusals=_refusals,
)
