"""The dossier in formats that other tools read, each a value in one registry."""

from wordkept.dossier.exports import (
    csv_tables,
    geojson_rows,
    hxl_tables,
    parquet_tables,
    xlsx_tables,
)
from wordkept.dossier.exports.export import Export

EXPORTS: tuple[Export, ...] = (
    csv_tables.EXPORT,
    xlsx_tables.EXPORT,
    hxl_tables.EXPORT,
    parquet_tables.EXPORT,
    geojson_rows.EXPORT,
)
