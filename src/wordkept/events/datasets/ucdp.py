"""UCDP GED and the UCDP Candidate Events Dataset.

Facts are those of the UCDP GED codebook (Högbladh 2019, version 19.1), in its table of variables:

- `where_prec`: 1, the coordinates are exactly those of the place; 2, a limited area around a
  place, about 25 km; 3 and 4, the centroid of a second- or first-order administrative division;
  5, a part of a country or the way between two places; 6, the country; 7, international waters or
  air. From 3 on only the area is known: the coordinates are left out, the area's names stay. That
  an exact place is good to about 1 km is wordkept's own reading.
- `date_start` and `date_end` already span what `date_prec` leaves open.
- `type_of_violence`: 1 state-based, 2 non-state, 3 one-sided. Only the third has a direction.
- A composite side is written with its members joined by a comma and a space. The composite stands
  as a certain actor; that a given member took part in the event is possible.
- In published files a few rows have their bounds out of order (of 16,566 for Syria 2016-19, 58 have
  low over high, 43 more a best estimate outside the two). The 58 are set aside.
"""

import ibis
import ibis.expr.types as ir

from wordkept.events.datasets import crosswalk, parties
from wordkept.events.dates import day, decimal, text, whole
from wordkept.events.schema import Dataset, Fields
from wordkept.model import PublicationRule

NAME = "ucdp-ged"
EXACT, NEAR = 1, 2
EXACT_KM, NEAR_KM = 1.0, 25.0
ONE_SIDED = 3
MEMBERS = ", "

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""The 49 columns from version 17 on; some Candidate files have no header row above them."""

REQUIRED = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "latitude", "longitude", "country",
    "date_start", "date_end",
)  # fmt: skip
OPTIONAL = (
    "code_status", "source_article", "where_coordinates", "adm_1", "adm_2", "deaths_civilians",
)  # fmt: skip


def _fields(raw: ir.Table, low: str, best: str, high: str) -> Fields:
    precision = whole(raw.where_prec)
    only_area = (precision > NEAR).fill_null(False)
    radius = precision.cases((EXACT, EXACT_KM), (NEAR, NEAR_KM), else_=ibis.null("float64"))
    lat, lon = decimal(raw.latitude), decimal(raw.longitude)
    side_a, side_b = text(raw.side_a), text(raw.side_b)
    violence = whole(raw.type_of_violence)
    return {
        "native_id": text(raw.id),
        "period_from": day(raw.date_start, "iso"),
        "period_to": day(raw.date_end, "iso"),
        "place": text(raw.where_coordinates),
        "admin1": text(raw.adm_1),
        "admin2": text(raw.adm_2),
        "country": text(raw.country),
        "lat": ibis.ifelse(only_area, ibis.null("float64"), lat),
        "lon": ibis.ifelse(only_area, ibis.null("float64"), lon),
        "radius_km": radius,
        "event_type": crosswalk.event_type(NAME, violence.cast("string")),
        "native_type": violence.cases(
            (1, "state-based"), (2, "non-state"), (ONE_SIDED, "one-sided"), else_=None
        ),
        "side_a": side_a,
        "side_b": side_b,
        "directed": violence == ONE_SIDED,
        "actors_certain": parties.given(side_a, side_b),
        "actors_probable": parties.NOBODY,
        "actors_possible": _members(side_a, side_b),
        "deaths_low": whole(raw[low]),
        "deaths_best": whole(raw[best]),
        "deaths_high": whole(raw[high]),
        "civilian_deaths_best": whole(raw.deaths_civilians),
        "reference": text(raw.source_article),
    }


def _members(side_a: ir.StringValue, side_b: ir.StringValue) -> ir.ArrayValue:
    """The members of composite sides."""
    both = ibis.literal(MEMBERS).join([side_a.fill_null(""), side_b.fill_null("")])
    composite = side_a.contains(MEMBERS) | side_b.contains(MEMBERS)
    return ibis.ifelse(composite, parties.listed(both, MEMBERS), parties.NOBODY)


def _refusals(raw: ir.Table) -> dict[str, ir.BooleanValue]:
    status = text(raw.code_status)
    return {"UCDP has not cleared the event (code_status)": status.lower() != "clear"}


def _layout(layout: str, deaths: tuple[str, str, str], headerless: tuple[str, ...]) -> Dataset:
    low, best, high = deaths
    return Dataset(
        name=NAME,
        layout=layout,
        title="UCDP Georeferenced Event Dataset",
        citation=(
            "Sundberg, Ralph, and Erik Melander (2013) Introducing the UCDP Georeferenced Event "
            "Dataset. Journal of Peace Research 50(4). Högbladh, Stina (2019) UCDP GED Codebook. "
            "Department of Peace and Conflict Research, Uppsala University."
        ),
        licence="CC BY 4.0",
        publication=PublicationRule(
            allows="rows", terms="UCDP licenses its data under CC BY 4.0: cite it."
        ),
        caveats=(
            "UCDP lists only lethal events: violence that killed nobody is not in it.",
            "UCDP does not code the means: an air strike and a gun battle look alike.",
            "Events of a Candidate release are provisional: many are revised in the yearly one.",
        ),
        required=(*REQUIRED, *deaths),
        optional=OPTIONAL,
        headerless=headerless,
        fields=lambda raw: _fields(raw, low, best, high),
        refusals=_refusals,
    )


UCDP = (
    _layout("best, high, low: from version 17 on", ("low", "best", "high"), COLUMNS),
    _layout("best_est, high_est, low_est: before 17", ("low_est", "best_est", "high_est"), ()),
)
