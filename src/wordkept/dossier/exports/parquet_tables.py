"""The tables as Parquet, for analysts: typed columns, licence and citation in the schema."""

import json
from io import BytesIO
from typing import Any

from wordkept.dossier.exports.about import about
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.record_tables import cited
from wordkept.dossier.exports.table import Table
from wordkept.dossier.exports.tables import tables
from wordkept.dossier.zipping import zipped


def write(material: Material) -> bytes:
    """A zip with a Parquet file for each table, and a text that says what they are."""
    made = tables(material)
    said = [*about(material), *(f"{one.name}.parquet: {one.holds}" for one in made)]
    facts = _facts(material)
    files = {f"{one.name}.parquet": _written(one, facts) for one in made}
    return zipped({"about.txt": ("\n".join(said) + "\n").encode(), **files})


def _written(table: Table, facts: dict[str, str]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"text": pa.string(), "whole": pa.int64(), "decimal": pa.float64(), "day": pa.date32()}
    schema = pa.schema(
        [
            pa.field(column.name, kinds[column.kind], metadata={"hxl": column.tag})
            for column in table.columns
        ],
        metadata={**facts, "holds": table.holds},
    )
    columns: list[Any] = [
        pa.array((row[place] for row in table.rows), type=field.type)
        for place, field in enumerate(schema)
    ]
    held = BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), held, compression="zstd")
    return held.getvalue()


def _facts(material: Material) -> dict[str, str]:
    """What is kept in the schema: of which case and day, and each dataset's terms."""
    report, records = material.report, cited(material)
    return {
        "case": report.case,
        "as_of": report.as_of.isoformat(),
        "wordkept": report.version,
        "command": report.command,
        "ledger_head": report.ledger_head,
        "licence": _by_dataset({one.dataset: one.licence for one in records}),
        "citation": _by_dataset({one.dataset: one.citation for one in records}),
        "terms": _by_dataset({one.dataset: one.terms for one in records}),
    }


def _by_dataset(values: dict[str, str]) -> str:
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


EXPORT = Export(
    name="parquet",
    file_name="tables-parquet.zip",
    media_type="application/zip",
    holds="The same tables as Parquet, with each record's licence and citation in the schema.",
    leaves_out=(
        "Charts, the specification curve, audit findings, controls and reasons.",
        "Which rows stand behind which number: the page lists them.",
    ),
    write=write,
)
