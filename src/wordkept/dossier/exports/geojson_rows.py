"""The rows as GeoJSON (RFC 7946): a point only where the place is known well enough for one."""

import json
from datetime import date
from typing import Any

from wordkept.dossier.exports.about import about
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.record_tables import listed
from wordkept.dossier.exports.table import Cell, Table
from wordkept.dossier.exports.tables import tables

WELL_KNOWN_KM = 25.0
"""A point that may lie farther off than this says less than the name of its area."""
DIGITS = 6
"""Of a degree: about 10 cm, as RFC 7946 (11.2) advises."""
BESIDE = ("verdicts", "records")
"""The tables that stand beside the rows, as members of the collection."""
COORDINATES = ("lon", "lat")


def write(material: Material) -> bytes:
    """A collection of features, one a row that may be listed, with verdicts and records beside."""
    rows = listed(material)
    content = {
        "type": "FeatureCollection",
        "wordkept": {
            "about": about(material),
            **{one.name: _members(one) for one in tables(material) if one.name in BESIDE},
        },
        "features": [_feature(row) for row in _members(rows)],
    }
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=0)
    return f"{text}\n".encode()


def _members(table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, (_json(cell) for cell in row), strict=True)) for row in table.rows]


def _json(cell: Cell) -> str | int | float | None:
    return cell.isoformat() if isinstance(cell, date) else cell


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    """One row; its coordinates stand in the geometry, or nowhere."""
    reason = _unknown(row)
    facts = {name: value for name, value in row.items() if name not in COORDINATES}
    if reason:
        return {"type": "Feature", "geometry": None, "properties": {**facts, "no_point": reason}}
    point = [round(row[name], DIGITS) for name in COORDINATES]
    geometry = {"type": "Point", "coordinates": point}
    return {"type": "Feature", "geometry": geometry, "properties": {**facts, "no_point": None}}


def _unknown(row: dict[str, Any]) -> str | None:
    """Why there is no point; None where there is one."""
    lat, lon, radius = row["lat"], row["lon"], row["radius_km"]
    if lat is None or lon is None:
        return "the record gives no coordinates good enough for a point"
    if radius is None:
        return "the record does not say how far from its coordinates it may have been"
    if radius > WELL_KNOWN_KM:
        return f"it may have been up to {radius:g} km from its coordinates"
    return None


EXPORT = Export(
    name="geojson",
    file_name="rows.geojson",
    media_type="application/geo+json",
    holds="The rows on a map, longitude first, WGS 84, with how far off each point may be.",
    leaves_out=(
        "A point where the place is known no better than to 25 km: no geometry, and why.",
        "Quotes, levels and weekly series; and all that the CSV tables leave out.",
        "The area in which a point may lie as a shape: it is a number of kilometres.",
    ),
    write=write,
)
