"""The tables of the records: releases with citations and terms, and the rows that may leave."""

from collections.abc import Callable
from operator import attrgetter

from wordkept.dossier.exports.export import Material
from wordkept.dossier.exports.table import Column, Table, table
from wordkept.dossier.shown import Record
from wordkept.model import Event

BETWEEN = " | "
"""Stands between several sentences in one cell."""


def _listed(name: str) -> Callable[[Record], str]:
    return lambda record: BETWEEN.join(getattr(record, name))


RECORDS = (
    Column(name="dataset", kind="text", tag="#meta+source+code", of=attrgetter("dataset")),
    Column(name="title", kind="text", tag="#meta+source+name", of=attrgetter("title")),
    Column(name="citation", kind="text", tag="#meta+citation", of=attrgetter("citation")),
    Column(name="licence", kind="text", tag="#meta+licence", of=attrgetter("licence")),
    Column(name="terms", kind="text", tag="#meta+terms", of=attrgetter("terms")),
    Column(name="withheld", kind="text", tag="#meta+withheld", of=attrgetter("withheld")),
    Column(name="accessed", kind="text", tag="#meta+accessed+time", of=attrgetter("accessed")),
    Column(name="stated", kind="day", tag="#date+released", of=attrgetter("stated")),
    Column(name="release", kind="text", tag="#meta+release+hash", of=attrgetter("id")),
    Column(name="file_name", kind="text", tag="#meta+file+name", of=attrgetter("file_name")),
    Column(name="counted", kind="text", tag="#meta+filter", of=_listed("filters")),
    Column(name="made_of_it", kind="text", tag="#meta+method", of=_listed("transformations")),
    Column(name="caveats", kind="text", tag="#meta+caveat", of=_listed("caveats")),
    Column(name="receipt", kind="text", tag="#meta+receipt", of=_listed("receipt")),
)  # fmt: skip
ROWS = (
    Column(name="dataset", kind="text", tag="#meta+source+code", of=attrgetter("dataset")),
    Column(name="native_id", kind="text", tag="#event+code", of=attrgetter("native_id")),
    Column(name="row", kind="whole", tag="#meta+row", of=attrgetter("row")),
    Column(name="from", kind="day", tag="#date+start", of=attrgetter("period.start")),
    Column(name="to", kind="day", tag="#date+end", of=attrgetter("period.end")),
    Column(name="event_type", kind="text", tag="#event+type", of=attrgetter("event_type")),
    Column(name="native_type", kind="text", tag="#event+type+sub", of=attrgetter("native_type")),
    Column(name="side_a", kind="text", tag="#group+name+first", of=attrgetter("side_a")),
    Column(name="side_b", kind="text", tag="#group+name+second", of=attrgetter("side_b")),
    Column(name="country", kind="text", tag="#country+name", of=attrgetter("country")),
    Column(name="admin1", kind="text", tag="#adm1+name", of=attrgetter("admin1")),
    Column(name="admin2", kind="text", tag="#adm2+name", of=attrgetter("admin2")),
    Column(name="place", kind="text", tag="#loc+name", of=attrgetter("place")),
    Column(name="lat", kind="decimal", tag="#geo+lat", of=attrgetter("lat")),
    Column(name="lon", kind="decimal", tag="#geo+lon", of=attrgetter("lon")),
    Column(name="radius_km", kind="decimal", tag="#x_geo_precision+km", of=attrgetter("radius_km")),
    Column(
        name="deaths_low", kind="whole", tag="#affected+killed+min", of=attrgetter("deaths_low")
    ),
    Column(name="deaths_best", kind="whole", tag="#affected+killed", of=attrgetter("deaths_best")),
    Column(
        name="deaths_high", kind="whole", tag="#affected+killed+max", of=attrgetter("deaths_high")
    ),
    Column(name="events", kind="whole", tag="#indicator+events+num", of=attrgetter("events_best")),
    Column(name="reference", kind="text", tag="#meta+source+reference", of=attrgetter("reference")),
)


def cited(material: Material) -> tuple[Record, ...]:
    """Each release that some pledge was held against, once, in the order of the pledges."""
    found = {one.id: one for shown in material.shown for one in shown.records}
    return tuple(found.values())


def released(material: Material) -> Table:
    """A row a release: its citation, licence, terms, what is withheld, and its receipt.

    The same release may be counted in several ways; every one stands in `counted`.
    """
    holds = "The records, each with its citation, licence, terms, caveats and receipt."
    filters: dict[str, dict[str, None]] = {}
    for shown in material.shown:
        for one in shown.records:
            filters.setdefault(one.id, {}).update(dict.fromkeys(one.filters))
    columns = tuple(
        Column(name=one.name, kind=one.kind, tag=one.tag,
               of=lambda record: BETWEEN.join(filters[record.id]))
        if one.name == "counted" else one
        for one in RECORDS
    )  # fmt: skip
    return table("records", holds, columns, cited(material))


def listed(material: Material) -> Table:
    """A row an event: what some plan counts and its publisher, and the case, let be listed."""
    holds = "The rows that a plan counts, of records whose terms allow it; recent ones coarsened."
    events: tuple[Event, ...] = tuple(
        event for dataset in sorted(material.rows) for event in material.rows[dataset]
    )
    return table("rows", holds, ROWS, events)
