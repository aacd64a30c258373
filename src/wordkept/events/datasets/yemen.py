"""Yemen Data Project: air raids of the Saudi-led coalition.

The project counts air raids, and one row is one air raid: how many air strikes the raid was made of
stands in `Airstrikes` (one where `Air Raids` says "unkn" or nothing) and is not what it counts by.
The categories of targets come in several spellings (case, a trailing space), brought to one here.
Coordinates have no precision code, so that the radius is left out.
"""

import ibis
import ibis.expr.types as ir

from wordkept.events.datasets import crosswalk, parties
from wordkept.events.dates import day, decimal, text
from wordkept.events.schema import Dataset, Fields
from wordkept.model import PublicationRule

NAME = "yemen-data-project"
COALITION = "Saudi-led coalition"
AT_LEAST = 3  # an aggregate of one or two is as good as a row

TARGETS = {
    "military_security_target": "military or security",
    "civilian": "civilian",
    "infrastructure": "infrastructure",
    "economic_infrastructure": "economic infrastructure",
    "political_tribal": "political or tribal",
    "educational_facility": "educational facility",
    "cultural_heritage": "cultural heritage",
    "medical_facility": "medical facility",
    "media": "media",
    "international_community": "international community",
}
"""Each main category, in lower case, and its one name; "Unknown" is no target known."""


def _fields(raw: ir.Table) -> Fields:
    date = day(raw.date, "iso")
    category = text(raw["Main category"])
    kind = category.lower()
    other = ibis.ifelse(kind == "unknown", ibis.null("string"), category)
    return {
        "native_id": text(raw["Incident ID"]),
        "period_from": date,
        "period_to": date,
        "place": _named(raw["Area"]),
        "admin1": _named(raw["Adminstrat"]),
        "admin2": _named(raw["District"]),
        "country": ibis.literal("Yemen"),
        "lat": decimal(raw.lat),
        "lon": decimal(raw.lon),
        "event_type": crosswalk.every_event(NAME),
        "native_type": ibis.coalesce(category + ": " + text(raw["Sub-category"]), category),
        "target": kind.cases(*TARGETS.items(), else_=other),
        "side_a": ibis.literal(COALITION),
        "directed": ibis.literal(True),
        "actors_certain": ibis.array([ibis.literal(COALITION)]),
        "actors_probable": parties.NOBODY,
        "actors_possible": parties.NOBODY,
    }


def _named(cell: ir.StringValue) -> ir.StringValue:
    return text(cell).nullif("-")


YEMEN = Dataset(
    name=NAME,
    layout="air raids",
    title="Yemen Data Project air raids",
    citation="Yemen Data Project, air raids database, yemendataproject.org.",
    licence="none stated: credit the Yemen Data Project",
    publication=PublicationRule(
        allows="aggregates",
        at_least=AT_LEAST,
        terms="The project states no licence: its rows are not passed on, aggregates are credited.",
    ),
    caveats=(
        "One event is one recorded air raid, which may have been of one strike or of many.",
        "Every raid is laid to the coalition as a whole: no member is named.",
    ),
    required=("Incident ID", "Main category", "Sub-category", "date", "lat", "lon"),
    optional=("Adminstrat", "District", "Area"),
    fields=_fields,
)
