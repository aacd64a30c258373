"""The command that writes the dossier in formats that other tools read."""

from pathlib import Path
from typing import Any

import click

from wordkept.cli.commands import AS_OF, CASE, command
from wordkept.cli.talk import INDENT, wrapped


def _listed(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    """Prints each format with what it holds and cannot carry, and ends."""
    if not asked or context.resilient_parsing:
        return
    from wordkept.dossier.exports import EXPORTS

    for one in EXPORTS:
        click.echo(wrapped(f"{one.name} ({one.file_name}): {one.holds}", indent=""))
        for sentence in one.leaves_out:
            click.echo(wrapped(f"not in it: {sentence}", indent=INDENT))
    context.exit()


@command("export")
@CASE
@click.argument("formats", metavar="[FORMAT]...", nargs=-1)
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the files go; left out, the case's dossier/exports.",
)
@AS_OF
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_listed,
    help="Print the formats, what each holds and what it cannot carry.",
)
def export(case: Path, formats: tuple[str, ...], to: Path | None, as_of: Any) -> None:
    """Write the dossier for other tools: all formats, or those that are named."""
    from wordkept.case import Case
    from wordkept.case.exporting import export as export_case

    day = as_of.date() if as_of else None
    done = export_case(Case.open(case), formats, to=to, as_of=day)
    for path in done.paths:
        click.echo(path)
    for one, why in done.missing:
        click.echo(wrapped(f"{one.name}: not written: {why}", indent=""), err=True)
    for sentence in done.redacted:
        click.echo(wrapped(sentence, indent=""), err=True)
