"""The dossier's charts as pictures: SVG, and PNG where vl-convert is there, with their tables."""

import textwrap
from collections.abc import Iterator, Sequence
from importlib.util import find_spec

from wordkept.dossier.exports.about import APOSTROPHE, about
from wordkept.dossier.exports.chart_tables import Drawn, charts
from wordkept.dossier.exports.csv_tables import written
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.exports.painting import spelled
from wordkept.dossier.exports.png import pressed
from wordkept.dossier.standalone import standalone
from wordkept.dossier.unseen import reveal
from wordkept.dossier.zipping import zipped

SCALE = 2.0
"""Dots for each unit of a drawing: sharp on a phone, and in print at half a column."""
WIDTH = 80
NO_PNG = (
    'The PNG files are not there: they need vl-convert (pip install "wordkept[export]"). The SVG '
    "files hold the same."
)


def write(material: Material) -> bytes:
    """A zip with each chart at both its widths, the table behind it, and a text that says all."""
    drawn = tuple(charts(material))
    files: dict[str, bytes] = {}
    for one in drawn:
        for name, svg in _drawings(one):
            files[f"{name}.svg"] = svg.encode()
            png = _png(svg)
            if png is not None:
                files[f"{name}.png"] = png
        files[f"{one.name}.csv"] = written(one.table)
    files["charts.txt"] = _told(material, drawn).encode()
    return zipped(files)


def _drawings(one: Drawn) -> Iterator[tuple[str, str]]:
    yield one.name, standalone(one.chart, one.source)
    if one.chart.narrow:
        yield f"{one.name}-narrow", standalone(one.chart, one.source, narrow=True)


def _png(svg: str) -> bytes | None:
    """The drawing as PNG; None where nothing on this machine can paint it."""
    if not _painted():
        return None
    import vl_convert

    return pressed(vl_convert.svg_to_png(spelled(svg), scale=SCALE))


def _painted() -> bool:
    return find_spec("vl_convert") is not None


def _told(material: Material, drawn: Sequence[Drawn]) -> str:
    """Each chart in words, for whoever cannot see it or writes its alternative text."""
    lines = [*about(material), APOSTROPHE, *(() if _painted() else (NO_PNG,))]
    for one in drawn:
        lines += ["", one.name.upper(), one.chart.title, one.chart.description]
        lines += [one.chart.caption.text, *one.source, f"The numbers: {one.name}.csv"]
    return "\n".join(textwrap.fill(reveal(line), WIDTH) for line in lines) + "\n"


EXPORT = Export(
    name="charts",
    file_name="charts.zip",
    media_type="application/zip",
    holds="Each chart as SVG and PNG at two widths, its table as CSV, and all of them in words.",
    leaves_out=(
        "Letters: each reader's own fonts draw those of the SVG files, the same bytes everywhere.",
        "PNG files are the same bytes only with the same vl-convert and the same fonts.",
        "Without vl-convert it holds no PNG, and charts.txt says so.",
        "Single set-ups of the specification curve: dossier.json lists them.",
    ),
    write=write,
)
