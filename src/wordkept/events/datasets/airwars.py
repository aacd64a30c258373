"""Airwars: alleged civilian-harm incidents, as its public archive lists them.

- `suspected_parties` says who is held to have done it, `belligerents` in whose catalogue the
  incident stands. One party suspected and nobody beside it (not even "unknown"): that one is
  certain. Nobody suspected, and one belligerent catalogued: that one is probable. Suspected beside
  others, or catalogued while others or "unknown" are suspected: possible.
- `governorate` spells one governorate in several ways; `region` does not, so it stands as the first
  administrative area.
- Airwars gives the least and the most civilians killed and no best estimate. Its counts of killed
  belligerents are all but empty, so total deaths are left out.
- It codes no type of event; the one class that each incident has is its grading (Confirmed, Fair,
  Weak, Contested, Discounted), which stands as the native type.
- The radii of its accuracy labels are wordkept's own reading; "within_100m" is Airwars's.
- The first of January 1970 is a computer's zero, not a date that Airwars means.
"""

import datetime as dt
from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from wordkept.events.datasets import crosswalk, parties
from wordkept.events.dates import day, decimal, text, whole
from wordkept.events.schema import Dataset, Fields
from wordkept.model import PublicationRule

NAME = "airwars"
ZERO = dt.date(1970, 1, 1)
UNKNOWN = "unknown"
AT_LEAST = 3  # an aggregate of one or two is as good as a row

PARTIES = {
    "russia": "Russia",
    "russian military": "Russia",
    "u.s.-led coalition": "US-led Coalition",
    "us-led coalition": "US-led Coalition",
    "turkey": "Turkey",
    "turkish military": "Turkey",
    "jordan": "Jordan",
    "syrian regime": "Government of Syria",
    "unknown": UNKNOWN,
}
"""Each spelling, in lower case, and the one name of the party."""

RADIUS_KM = {
    "exact_location": 0.1,
    "within_100m": 0.1,
    "street": 0.5,
    "nearby_landmark": 0.5,
    "neighbourhood_area": 2.0,
    "village": 2.0,
    "town": 5.0,
    "city": 10.0,
}
AREAS = ("subdistrict", "district", "province_governorate")
"""Labels under which only the area is known."""

REQUIRED = (
    "airwars_id", "code", "date", "region", "country", "latitude", "longitude", "belligerents",
    "suspected_parties", "grading", "civ_killed_min", "civ_killed_max",
)  # fmt: skip
OPTIONAL = ("url", "date_end", "location_name", "geo_precision", "infrastructure", "modified")


def _fields(raw: ir.Table) -> Fields:
    date, end = day(raw.date, "iso"), day(raw.date_end, "iso")
    return {
        "native_id": text(raw.code),
        "period_from": date,
        "period_to": ibis.coalesce(end, date),
        **_where(raw),
        "event_type": crosswalk.every_event(NAME),
        "native_type": text(raw.grading),
        "target": text(raw.infrastructure),
        **_attribution(raw),
        "side_b": ibis.literal("Civilians"),
        "directed": ibis.literal(True),
        "civilian_deaths_low": whole(raw.civ_killed_min),
        "civilian_deaths_high": whole(raw.civ_killed_max),
        "stamped_on": day(raw.modified, "iso"),
        "reference": text(raw.url),
    }


def _where(raw: ir.Table) -> Fields:
    label = text(raw.geo_precision).lower()
    only_area = label.isin(AREAS).fill_null(False)
    nowhere = ibis.null("float64")
    return {
        "place": text(raw.location_name),
        "admin1": text(raw.region),
        "country": text(raw.country),
        "lat": ibis.ifelse(only_area, nowhere, decimal(raw.latitude)),
        "lon": ibis.ifelse(only_area, nowhere, decimal(raw.longitude)),
        "radius_km": label.cases(*RADIUS_KM.items(), else_=nowhere),
    }


def _attribution(raw: ir.Table) -> Fields:
    suspected = parties.listed(raw.suspected_parties, ";", spellings=PARTIES)
    catalogued = parties.listed(raw.belligerents, ",", spellings=PARTIES)
    named = suspected.filter(lambda name: name != UNKNOWN)
    sole = suspected.length() == 1
    no_suspect = suspected.length() == 0
    sole_catalogued = no_suspect & (catalogued.length() == 1)
    return {
        "side_a": ibis.ifelse(no_suspect, catalogued, suspected.sort()).join("; ").nullif(""),
        "actors_certain": ibis.ifelse(sole, named, parties.NOBODY),
        "actors_probable": ibis.ifelse(sole_catalogued, catalogued, parties.NOBODY),
        "actors_possible": named.concat(catalogued),
    }


def _refusals(raw: ir.Table) -> Mapping[str, ir.BooleanValue]:
    return {"the date is 1 January 1970, which stands for none": day(raw.date, "iso") == ZERO}


AIRWARS = Dataset(
    name=NAME,
    layout="incidents of the public archive",
    title="Airwars civilian-harm incidents",
    citation="Airwars, civilian casualty archive, airwars.org.",
    licence="none stated: credit Airwars",
    publication=PublicationRule(
        allows="aggregates",
        at_least=AT_LEAST,
        terms="Airwars states no licence: its rows are not passed on, and aggregates are credited.",
    ),
    caveats=(
        "Airwars lists alleged civilian-harm incidents, not strikes or sorties.",
        "A strike that is said to have harmed no civilian is not in it.",
        "Many incidents that name one party name another beside it.",
        "The archive goes on being researched: incidents are added and regraded years later.",
    ),
    required=REQUIRED,
    optional=OPTIONAL,
    fields=_fields,
    refusals=_refusals,
)
