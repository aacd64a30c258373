"""What a record's terms withhold is in none of the formats that other people's tools read."""

from dataclasses import replace

import pytest

from wordkept.dossier.exports import (
    claimreview,
    followthemoney,
    json_schema,
    markdown,
    provenance,
)
from wordkept.dossier.exports.export import Export, Material
from wordkept.dossier.publish import shown_case
from wordkept.dossier.report import CaseReport
from wordkept.model import Assessment, PublicationRule

SECRET = 7919
"""A number that stands nowhere but in what must be withheld."""
CLOSED = PublicationRule(allows="nothing", terms="Nothing may be published.")
FORMATS = (markdown, json_schema, claimreview, followthemoney, provenance)


def counted(report: CaseReport, withdrawn: Assessment, rule: PublicationRule) -> Material:
    """A case of one pledge whose every count is the secret, under one rule for all records."""
    made = replace(
        withdrawn,
        releases=tuple(replace(one, publication=rule) for one in withdrawn.releases),
        estimates=tuple(replace(one, window_events=SECRET) for one in withdrawn.estimates),
        series=tuple(replace(one, counts=(SECRET,) * 70) for one in withdrawn.series),
        verdict=replace(withdrawn.verdict, sentence=f"Partly kept: it fell to {SECRET}."),
        findings=tuple(
            replace(one, sentence=f"One day holds {SECRET}.") for one in withdrawn.findings
        ),
        curve=None, comparisons=(), completeness=None, effort=None,
    )  # fmt: skip
    short = replace(report, assessments=(made,))
    return Material(report=short, shown=shown_case(short), rows={})


@pytest.mark.parametrize("export", [one.EXPORT for one in FORMATS], ids=lambda one: one.name)
def test_a_withheld_number_is_nowhere(
    report: CaseReport, withdrawn: Assessment, export: Export
) -> None:
    text = export.write(counted(report, withdrawn, CLOSED)).decode()
    assert str(SECRET) not in text
    assert f"{SECRET:,}" not in text


def test_the_number_is_there_where_it_may_be(report: CaseReport, withdrawn: Assessment) -> None:
    material = counted(report, withdrawn, PublicationRule(allows="rows"))
    for export in (markdown.EXPORT, claimreview.EXPORT, followthemoney.EXPORT, provenance.EXPORT):
        text = export.write(material).decode()
        assert str(SECRET) in text or f"{SECRET:,}" in text


@pytest.mark.parametrize("export", [one.EXPORT for one in FORMATS], ids=lambda one: one.name)
def test_a_format_says_what_it_holds_and_what_it_cannot_carry(export: Export) -> None:
    assert export.holds.endswith(".")
    assert export.leaves_out
    assert all(one.endswith(".") for one in export.leaves_out)
