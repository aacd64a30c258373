"""The commands that take documents in, read them, and print what was proposed."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from wordkept.cli.commands import CASE, DAY, JSON, command
from wordkept.cli.progress import progress_bar
from wordkept.cli.proposals import proposal_lines, taken_lines
from wordkept.cli.talk import wrapped


@command("read")
@CASE
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--title")
@click.option("--publisher")
@click.option("--author")
@click.option("--published", type=DAY, metavar="DATE", help="Where the document does not say it.")
@click.option("--url", help="Where it was taken from.")
@click.option("--country", metavar="XX", help="The country that it is about, as two letters.")
@click.option(
    "--reader",
    type=click.Choice(["tagger", "rules", "none"]),
    default="tagger",
    show_default=True,
    help="What looks for statements; none: capture it only.",
)
@click.option("--jobs", type=click.IntRange(0), default=0, help="How many at once; 0: all cores.")
@JSON
def read(
    case: Path, sources: tuple[str, ...], reader: Any, jobs: int, as_json: bool, **said: Any
) -> None:
    """Capture files or addresses byte for byte, and read them for statements and pledges.

    A folder stands for the files in it. What stands in the case already is not read again, so a
    run that was stopped can be run anew.
    """
    from wordkept.case import Case
    from wordkept.case.intake import Said, take

    said["published"] = said["published"].date() if said["published"] else None
    opened = Case.open(case)
    listed = [one for source in sources for one in _listed(source)]
    failed = 0
    with progress_bar(f"reading {len(listed):,} documents") as progress:
        taken = take(opened, listed, Said(**said), reader=reader, jobs=jobs, told=progress)
        for one in taken:
            failed += one.document is None
            if as_json:
                click.echo(json.dumps(_plain(one), sort_keys=True, ensure_ascii=False))
                continue
            for line in taken_lines(one):
                click.echo(line)
            for problem in one.problems:
                click.echo(f"wordkept: {problem}", err=True)
    if failed:
        if len(listed) > 1:
            click.echo(wrapped(f"{failed} of {len(listed)} could not be taken in", indent=""),
                       err=True)  # fmt: skip
        sys.exit(1)


def _listed(source: str) -> list[str]:
    path = Path(source)
    if "://" in source or not path.is_dir():
        return [source]
    return [str(one) for one in sorted(path.iterdir()) if one.is_file()]


def _plain(one: Any) -> dict[str, Any]:
    from wordkept.ledger.canonical import as_json

    return {
        "source": one.source,
        "document": as_json(one.document),
        "reading": one.reading.id if one.reading else None,
        "problems": as_json(one.problems),
        "remarks": list(one.remarks),
        "new": one.new,
    }


@command("proposals")
@CASE
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@JSON
def proposals(case: Path, documents: tuple[str, ...], as_json: bool) -> None:
    """Print what was proposed of documents: statements, pledges, figures, each word for word."""
    from wordkept.case import Case
    from wordkept.case.readings import chosen_readings, reading_text
    from wordkept.ledger.canonical import as_json as plain

    opened = Case.open(case)
    found = chosen_readings(opened, documents)
    if not found:
        click.echo("no document of this case has been read yet: wordkept read", err=True)
    for one in found:
        if as_json:
            click.echo(json.dumps({"document": one.document.name, "id": one.id,
                                   "reading": plain(one.reading)}, sort_keys=True))  # fmt: skip
            continue
        for line in proposal_lines(one, reading_text(opened, one)):
            click.echo(line)
