"""Every table of a dossier, in the order in which the exports hold them."""

from wordkept.dossier.exports.export import Material
from wordkept.dossier.exports.pledge_tables import levels, quoted, verdicts, weeks
from wordkept.dossier.exports.record_tables import listed, released
from wordkept.dossier.exports.table import Table


def tables(material: Material) -> tuple[Table, ...]:
    """Verdicts, quotes, levels, weeks, records and rows."""
    shown = material.shown
    return (
        verdicts(shown),
        quoted(shown),
        levels(shown),
        weeks(shown),
        released(material),
        listed(material),
    )
