"""The command `dossier`: what was built, and whether it is what it was."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from wordkept.case.building import Built, build
from wordkept.case.case import Case
from wordkept.cli.talk import wrapped


def print_built(
    folder: Path,
    *,
    as_of: date | None,
    edition: int | None,
    anew: bool,
    languages: Sequence[str] = (),
) -> None:
    """The page, and those in other languages, on stdout; what edition it is on stderr."""
    case = Case.open(folder)
    built = build(case, as_of=as_of, edition=edition, anew=anew, languages=languages)
    for page in (built.page, *built.translations):
        click.echo(page)
    click.echo(wrapped(_said(built), indent=""), err=True)


def _said(built: Built) -> str:
    if built.edition is None:
        return (
            "a look back: the record as it was known then, assessed anew. It is older than the "
            "newest edition, so it has no number and corrects nothing."
        )
    name = f"edition {built.edition} of {built.report.identity}"
    if built.new:
        flips = built.report.editions[-1].flips
        turned = f"; {len(flips)} verdict(s) turned" if flips else ""
        return f"{name}, new{turned}."
    if built.differs and built.rebuilt:
        return (
            f"{name}, from what it was printed from; {' and '.join(built.differs)} differ from "
            f"what was built then: it was printed by another wordkept "
            f"({built.report.version}), or the case's masks or translations are others."
        )
    if built.rebuilt:
        return (
            f"{name}, byte for byte as it was built; what was entered or edited in the case since "
            "is not in it (--anew assesses the day anew)."
        )
    return f"{name}, as it stands."
