"""GDELT 1.0 and 2.0 events: what machines read in the news, typed `attention`.

Facts are those of the GDELT event codebook (version 2.0, 2015; version 1.03, 2013):

- Files are of TAB-separated columns without a header: 61 in 2.0, 58 in the daily files of 1.0 since
  April 2013, 57 (no SOURCEURL) in those before.
- `SQLDATE` is YYYYMMDD, and may lie a year or ten before the article; `DATEADDED` begins with the
  day of the article.
- `ActionGeo_Type`: 1 country, 2 state of the USA, 3 city of the USA, 4 city elsewhere, 5 state
  elsewhere. The coordinates of 1, 2 and 5 are centroids, and are left out. That of a city is taken
  to be good to 10 km, which is wordkept's own reading.
- `ActionGeo_FullName` ends in the country, after a comma where there is more than the country.
- Actors are directed: the first acts upon the second. That a machine read it so makes the
  attribution possible, and no more.
"""

import ibis
import ibis.expr.types as ir

from wordkept.events.datasets import crosswalk, parties
from wordkept.events.dates import day, decimal, text, whole
from wordkept.events.schema import Dataset, Fields
from wordkept.model import PublicationRule

NAME = "gdelt"
CITY_KM = 10.0
CITIES = (3, 4)

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
    "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_HEAD = ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate")
_EVENT = (
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
)  # fmt: skip


def _columns(place: tuple[str, ...], tail: tuple[str, ...]) -> tuple[str, ...]:
    actors = [f"Actor{at}{name}" for at in (1, 2) for name in _ACTOR]
    places = [f"{of}Geo_{name}" for of in ("Actor1", "Actor2", "Action") for name in place]
    return (*_HEAD, *actors, *_EVENT, *places, *tail)


VERSION_1 = _columns(_PLACE, ("DATEADDED", "SOURCEURL"))
VERSION_1_EARLY = _columns(_PLACE, ("DATEADDED",))
VERSION_2 = _columns((*_PLACE[:4], "ADM2Code", *_PLACE[4:]), ("DATEADDED", "SOURCEURL"))

REQUIRED = (
    "GLOBALEVENTID", "SQLDATE", "Actor1Name", "Actor2Name", "EventCode", "ActionGeo_Type",
    "ActionGeo_FullName", "ActionGeo_ADM1Code", "ActionGeo_Lat", "ActionGeo_Long", "DATEADDED",
)  # fmt: skip


def _fields(raw: ir.Table) -> Fields:
    date = day(raw.SQLDATE, "compact", "iso")
    first, second = text(raw.Actor1Name), text(raw.Actor2Name)
    return {
        "native_id": text(raw.GLOBALEVENTID),
        "period_from": date,
        "period_to": date,
        **_where(raw),
        "event_type": crosswalk.every_event(NAME),
        "native_type": text(raw.EventCode),
        "side_a": first,
        "side_b": second,
        "directed": ibis.literal(True),
        "actors_certain": parties.NOBODY,
        "actors_probable": parties.NOBODY,
        "actors_possible": parties.given(first),
        "stamped_on": day(raw.DATEADDED, "compact", "iso"),
        "reference": text(raw.SOURCEURL) if "SOURCEURL" in raw.columns else ibis.null("string"),
    }


def _where(raw: ir.Table) -> Fields:
    city = whole(raw.ActionGeo_Type).isin(CITIES).fill_null(False)
    nowhere = ibis.null("float64")
    name = text(raw.ActionGeo_FullName)
    return {
        "place": name,
        "admin1": text(raw.ActionGeo_ADM1Code),
        "admin2": text(raw.ActionGeo_ADM2Code)
        if "ActionGeo_ADM2Code" in raw.columns
        else ibis.null("string"),
        "country": text(name.re_extract(r"([^, ][^,]*)$", 1)),
        "lat": ibis.ifelse(city, decimal(raw.ActionGeo_Lat), nowhere),
        "lon": ibis.ifelse(city, decimal(raw.ActionGeo_Long), nowhere),
        "radius_km": ibis.ifelse(city, CITY_KM, nowhere),
    }


def _layout(layout: str, headerless: tuple[str, ...], *more: str) -> Dataset:
    return Dataset(
        name=NAME,
        layout=layout,
        title="GDELT events",
        citation=(
            "Leetaru, Kalev, and Philip Schrodt (2013) GDELT: Global Data on Events, Location and "
            "Tone, 1979-2012. The GDELT Project, gdeltproject.org."
        ),
        licence="GDELT terms of use: free for any use, cite and link",
        publication=PublicationRule(
            allows="rows", terms="The GDELT Project's terms allow any use, cited and linked."
        ),
        caveats=(
            "GDELT holds what machines read in the news: it shows attention, not events.",
            "No verdict rests on it.",
        ),
        kind="attention",
        required=(*REQUIRED, *more),
        headerless=headerless,
        fields=_fields,
    )


GDELT = (
    _layout("2.0: 61 columns", VERSION_2, "ActionGeo_ADM2Code", "SOURCEURL"),
    _layout("1.0: 58 columns", VERSION_1, "SOURCEURL"),
    _layout("1.0 before April 2013: 57 columns", VERSION_1_EARLY),
)
