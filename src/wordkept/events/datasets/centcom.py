"""CENTCOM: strikes of the US-led coalition against IS, as its press releases told them.

One row is what one release says of one place: `number` strikes near it. The `date` is that of the
release, mostly the day after the strikes. Until December 2014 releases were told by country alone:
then `country` says "Unknown" and `location` holds the country. No row has an identity of its own:
its native id is its date and a digest of its words, and where a release says the same twice, both
rows have the same one.
"""

import ibis
import ibis.expr.types as ir

from wordkept.events.datasets import crosswalk, parties
from wordkept.events.dates import day, text, whole
from wordkept.events.schema import Dataset, Fields
from wordkept.model import PublicationRule

NAME = "centcom-strikes"
COALITION = "US-led Coalition"
ENEMY = "IS"
UNKNOWN = "unknown"
COUNTRIES = ("Iraq", "Syria")
DIGITS = 12


def _fields(raw: ir.Table) -> Fields:
    date = day(raw.date, "iso")
    country, location = text(raw.country), text(raw.location)
    by_country = (country.lower() == UNKNOWN) & location.isin(COUNTRIES)
    words = [cell.fill_null("") for cell in (raw.country, raw.location, raw.number, raw.line)]
    digest = ibis.literal("|").join(words).hexdigest("md5").left(DIGITS)
    strikes = whole(raw.number)
    return {
        "native_id": date.cast("string") + "-" + digest,
        "period_from": date,
        "period_to": date,
        "place": ibis.ifelse(by_country, ibis.null("string"), location),
        "country": ibis.ifelse(by_country, location, country.re_extract(r"([^, ][^,]*)$", 1)),
        "event_type": crosswalk.every_event(NAME),
        "side_a": ibis.literal(COALITION),
        "side_b": ibis.literal(ENEMY),
        "directed": ibis.literal(True),
        "actors_certain": ibis.array([ibis.literal(COALITION)]),
        "actors_probable": parties.NOBODY,
        "actors_possible": parties.NOBODY,
        "events_low": strikes,
        "events_best": strikes,
        "events_high": strikes,
    }


def _refusals(raw: ir.Table) -> dict[str, ir.BooleanValue]:
    return {"no number of strikes": whole(raw.number).isnull()}


CENTCOM = Dataset(
    name=NAME,
    layout="press releases by day and place",
    title="Strikes of the US-led coalition in Iraq and Syria, as announced",
    citation="US Central Command, Operation Inherent Resolve press releases, 2014-2016.",
    licence="US government text: public domain",
    publication=PublicationRule(
        allows="rows", terms="Text of the US government is in the public domain."
    ),
    caveats=(
        "The date is that of the press release, mostly the day after the strikes.",
        "These are strikes that the coalition announced, not strikes that others recorded.",
        "A strike, as announced, may be of several weapons or aircraft.",
    ),
    required=("date", "country", "location", "number", "line"),
    fields=_fields,
    refusals=_refusals,
)
