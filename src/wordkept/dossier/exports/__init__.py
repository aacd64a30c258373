"""The dossier in formats that other tools read, each a value in one registry."""

from wordkept.dossier.exports import (
    charts,
    claimreview,
    csv_tables,
    followthemoney,
    geojson_rows,
    hxl_tables,
    json_schema,
    markdown,
    parquet_tables,
    pdf,
    provenance,
    xlsx_tables,
)
from wordkept.dossier.exports.export import Export

EXPORTS: tuple[Export, ...] = (
    markdown.EXPORT,
    pdf.EXPORT,
    csv_tables.EXPORT,
    xlsx_tables.EXPORT,
    hxl_tables.EXPORT,
    parquet_tables.EXPORT,
    geojson_rows.EXPORT,
    charts.EXPORT,
    json_schema.EXPORT,
    claimreview.EXPORT,
    followthemoney.EXPORT,
    provenance.EXPORT,
)
