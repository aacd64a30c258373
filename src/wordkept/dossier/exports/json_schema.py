"""The JSON Schema that `dossier.json` follows: every key of it, and no other."""

import json

from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.json_text import dossier_schema


def write(material: Material) -> bytes:  # noqa: ARG001 - the same for every case
    """The schema (JSON Schema, draft 2020-12); the same bytes for every case of one version."""
    return (json.dumps(dossier_schema(), ensure_ascii=False, indent=1) + "\n").encode()


EXPORT = Export(
    name="schema",
    file_name="dossier.schema.json",
    media_type="application/schema+json",
    holds="The JSON Schema (draft 2020-12) of dossier.json: every key, its type, and what it says.",
    leaves_out=("It describes dossier.json and holds nothing of the case itself.",),
    write=write,
)
