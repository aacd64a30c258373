"""What stands before every export: its case and day, on whose terms it is, what is withheld."""

from collections.abc import Iterator

from wordkept.dossier.exports.export import Material
from wordkept.dossier.exports.record_tables import cited
from wordkept.dossier.unseen import reveal
from wordkept.model import Safety
from wordkept.prose import count, day

APOSTROPHE = (
    "A text that begins with =, +, - or @ has an apostrophe before it, so that no spreadsheet runs "
    "it as a formula; true numbers are left as they are."
)
CODES = "Characters that one cannot see and that reorder a text are shown by their codes: [U+202E]."


def about(material: Material) -> tuple[str, ...]:
    """The sentences that go with the tables, a line each."""
    return tuple(reveal(line) for line in _lines(material))


def _lines(material: Material) -> Iterator[str]:
    report = material.report
    yield f"{report.case}, as of {day(report.as_of)}."
    yield f"Made by wordkept {report.version}; {report.command}; ledger {report.ledger_head}."
    yield "A verdict says what the record shows, never what was meant."
    yield CODES
    for record in cited(material):
        licence = record.licence.rstrip(".")
        yield f"{record.title}: {record.citation} Licence: {licence}. {record.terms}".strip()
    yield from withheld(material)
    yield safety(report.safety)


def withheld(material: Material) -> tuple[str, ...]:
    """What is withheld of each record, a sentence each, once."""
    return tuple(dict.fromkeys(text for one in material.shown for text in one.withheld))


def safety(rule: Safety) -> str:
    """What is done to rows of recent days, in a sentence.

    >>> safety(Safety(recent_days=0, delay_days=0))
    'Rows of recent days are listed as they are: this case has switched their protection off.'
    """
    if rule.recent_days <= 0 and rule.delay_days <= 0:
        return (
            "Rows of recent days are listed as they are: this case has switched their protection "
            "off."
        )
    said = f"Rows of the {count(rule.recent_days, 'day')} before the dossier's day stand "
    said += f"on a grid of {rule.coarsen_km:g} km, without the name of their place"
    return f"{said}; those of the last {count(rule.delay_days, 'day')} are counted, and not listed."
