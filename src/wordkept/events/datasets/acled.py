"""ACLED: the layout of today (from 2018 in substance), and the upper-case one of 2015 to 2017.

Facts are those of the ACLED codebook (2023) and its answers on coding:

- `time_precision`: 1, the day; 2, the week is known; 3, the month. The period is widened to the
  week from Monday to Sunday, or to the month.
- `geo_precision`: 1, the town; 2, a part of a region, coded to a town near by; 3, a larger region,
  coded to a natural feature or its capital, and then only the area is known. The codebook gives no
  distances; 5 and 25 km are wordkept's own reading.
- `actor1` and `actor2` do not say who acted upon whom.
- `fatalities` is the most conservative of the estimates reported, so it stands in low alone.
- Monadic exports hold an event once for each of its actors: all rows after the first are set aside.
"""

import datetime as dt
from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from wordkept.events.datasets import crosswalk, parties
from wordkept.events.dates import day, decimal, month_of, shifted, text, week_of, whole
from wordkept.events.schema import Dataset, Fields
from wordkept.model import PublicationRule

NAME = "acled"
TOWN_KM, NEAR_KM = 5.0, 25.0
WEEK, MONTH = 2, 3
REGION = 3
EPOCH = dt.date(1970, 1, 1)
SECONDS_A_DAY = 86_400
LAST_SECOND = 4_102_444_800  # 2100-01-01
AT_LEAST = 3  # an aggregate of one or two is as good as a row

CURRENT_REQUIRED = (
    "event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "assoc_actor_1",
    "actor2", "assoc_actor_2", "country", "admin1", "location", "latitude", "longitude",
    "fatalities",
)  # fmt: skip
CURRENT_OPTIONAL = (
    "time_precision", "geo_precision", "admin2", "civilian_targeting", "source", "timestamp",
)  # fmt: skip
EARLY_REQUIRED = (
    "EVENT_ID_CNTY", "EVENT_DATE", "EVENT_TYPE", "ACTOR1", "ALLY_ACTOR_1", "ACTOR2",
    "ALLY_ACTOR_2", "COUNTRY", "ADMIN1", "LOCATION", "LATITUDE", "LONGITUDE", "FATALITIES",
)  # fmt: skip
EARLY_OPTIONAL = ("TIME_PRECISION", "GEO_PRECISION", "ADMIN2", "SOURCE")


Cells = Mapping[str, ir.StringValue]
"""The columns of either layout, under the names of today."""


def _cells(raw: ir.Table, names: tuple[str, ...]) -> Cells:
    return {name.lower().replace("ally_", "assoc_"): raw[name] for name in names}


def _current(raw: ir.Table) -> Fields:
    stamp = whole(raw.timestamp)
    days = ibis.ifelse(stamp.between(0, LAST_SECOND), stamp // SECONDS_A_DAY, ibis.null("int64"))
    kind, subkind = text(raw.event_type), text(raw.sub_event_type)
    attacked = text(raw.civilian_targeting).notnull()
    return {
        **_shared(_cells(raw, (*CURRENT_REQUIRED, *CURRENT_OPTIONAL))),
        "event_type": crosswalk.event_type(NAME, raw.event_type, raw.sub_event_type),
        "native_type": ibis.coalesce(kind + ": " + subkind, kind, subkind),
        "target": ibis.ifelse(attacked, "civilians", ibis.null("string")),
        "stamped_on": shifted(ibis.literal(EPOCH), days.cast("int64")),
    }


def _early(raw: ir.Table) -> Fields:
    return {
        **_shared(_cells(raw, (*EARLY_REQUIRED, *EARLY_OPTIONAL))),
        "event_type": crosswalk.event_type(NAME, raw.EVENT_TYPE),
        "native_type": text(raw.EVENT_TYPE),
    }


def _shared(cells: Cells) -> Fields:
    side_a, side_b = text(cells["actor1"]), text(cells["actor2"])
    allies, others = (parties.listed(cells[f"assoc_actor_{at}"], ";") for at in (1, 2))
    return {
        "native_id": text(cells["event_id_cnty"]),
        **_when(cells),
        **_where(cells),
        "side_a": side_a,
        "side_b": side_b,
        "directed": ibis.literal(False),
        "actors_certain": parties.given(side_a, side_b),
        "actors_probable": parties.NOBODY,
        "actors_possible": allies.concat(others),
        "deaths_low": whole(cells["fatalities"]),
        "reference": text(cells["source"]),
    }


def _when(cells: Cells) -> Fields:
    date = day(cells["event_date"], "iso", "worded", "day first")
    precision = whole(cells["time_precision"])
    monday, sunday = week_of(date)
    first, last = month_of(date)
    return {
        "period_from": precision.cases((WEEK, monday), (MONTH, first), else_=date),
        "period_to": precision.cases((WEEK, sunday), (MONTH, last), else_=date),
    }


def _where(cells: Cells) -> Fields:
    precision = whole(cells["geo_precision"])
    only_area = (precision == REGION).fill_null(False)
    nowhere = ibis.null("float64")
    return {
        "place": text(cells["location"]),
        "admin1": text(cells["admin1"]),
        "admin2": text(cells["admin2"]),
        "country": text(cells["country"]),
        "lat": ibis.ifelse(only_area, nowhere, decimal(cells["latitude"])),
        "lon": ibis.ifelse(only_area, nowhere, decimal(cells["longitude"])),
        "radius_km": precision.cases((1, TOWN_KM), (2, NEAR_KM), else_=nowhere),
    }


def _seen_before(raw: ir.Table, native_id: ir.StringValue) -> Mapping[str, ir.BooleanValue]:
    first = raw.row.min().over(group_by=native_id)
    return {"the same event stands on an earlier row (a monadic export)": raw.row > first}


def _layout(
    layout: str, required: tuple[str, ...], optional: tuple[str, ...], *, early: bool
) -> Dataset:
    return Dataset(
        name=NAME,
        layout=layout,
        title="Armed Conflict Location & Event Data",
        citation=(
            "Raleigh, Clionadh, Roudabeh Kishi, and Andrew Linke (2023) Political instability "
            "patterns are obscured by conflict dataset scope conditions, sources, and coding "
            "choices. Humanities and Social Sciences Communications 10. ACLED, acleddata.com."
        ),
        licence="ACLED terms of use: no raw rows may be passed on",
        publication=PublicationRule(
            allows="aggregates",
            at_least=AT_LEAST,
            terms="ACLED's terms of use forbid passing on its rows; aggregates, credited, may be "
            "shown.",
        ),
        caveats=(
            "ACLED's two actors do not say who acted upon whom.",
            "ACLED's fatalities are the most conservative estimate reported: a low bound.",
            "Strategic developments are not coded systematically: their number is no rate.",
        ),
        required=required,
        optional=optional,
        fields=_early if early else _current,
        refusals=lambda raw: _seen_before(raw, raw[required[0]]),
    )


ACLED = (
    _layout("of today: 31 columns", CURRENT_REQUIRED, CURRENT_OPTIONAL, early=False),
    _layout("upper case, 2015 to 2017", EARLY_REQUIRED, EARLY_OPTIONAL, early=True),
)
