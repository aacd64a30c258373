"""The tables as CSV with HXL's hashtags under the header, as humanitarian tools read them."""

from wordkept.dossier.exports import csv_tables
from wordkept.dossier.exports.about import APOSTROPHE, about
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.tables import tables
from wordkept.dossier.zipping import zipped


def write(material: Material) -> bytes:
    """A zip with a tagged CSV file for each table, and a text that says what they are."""
    made = tables(material)
    files = {f"{one.name}.hxl.csv": csv_tables.written(one, hashtags=True) for one in made}
    said = [*about(material), APOSTROPHE, *(f"{one.name}.hxl.csv: {one.holds}" for one in made)]
    return zipped({"about.txt": ("\n".join(said) + "\n").encode(), **files})


EXPORT = Export(
    name="hxl",
    file_name="tables-hxl.zip",
    media_type="application/zip",
    holds="The same tables as CSV, tagged by the Humanitarian Exchange Language (1.1).",
    leaves_out=(
        "All that the CSV tables leave out.",
        "Place codes (P-codes): the records name places by name only.",
        "Standard attributes for verdicts, levels and plans: HXL has none, so they are our own.",
    ),
    write=write,
)
