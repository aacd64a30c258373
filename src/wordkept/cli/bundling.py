"""The command that puts together all that a reader needs to check a dossier."""

from pathlib import Path
from typing import Any

import click

from wordkept.cli.commands import AS_OF, CASE, command
from wordkept.cli.talk import INDENT, wrapped
from wordkept.prose import count


@command("bundle")
@CASE
@click.option("--to", type=click.Path(path_type=Path), metavar="FILE",
              help="Left out: dossier/review-bundle.zip in the case.")  # fmt: skip
@AS_OF
def bundle(case: Path, to: Path | None, as_of: Any) -> None:
    """Write the review bundle: one zip with all that a reader may check the dossier by.

    In it are captures, the rows that may leave, plans, the ledger, the dossier, and a verifier that
    needs Python alone.
    """
    from wordkept.case import Case
    from wordkept.case.bundling import write_bundle

    done = write_bundle(Case.open(case), to=to, as_of=as_of.date() if as_of else None)
    size = f"{len(done.bundle.content):,} bytes"
    click.echo(f"{done.path}: {count(done.bundle.files + 1, 'file')}, {size}")
    click.echo(f"{INDENT}manifest  {done.bundle.manifest}")
    click.echo(f"{INDENT}verifier  {done.bundle.verifier}")
    for sentence in done.withheld:
        click.echo(wrapped(f"withheld: {sentence}"), err=True)
    click.echo(
        wrapped("publish the manifest's hash beside the dossier, not in the bundle: a reader "
                "unzips the bundle and runs: python verify.py --manifest-hash HASH", indent=""),
        err=True,
    )  # fmt: skip
