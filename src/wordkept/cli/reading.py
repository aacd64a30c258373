"""The commands that take documents in, read them, and print what was proposed."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import click

from wordkept.cli.commands import CASE, DAY, JSON, command
from wordkept.cli.failing import INTERRUPTED, OUR_FAULT, YOUR_INPUT
from wordkept.cli.progress import progress_bar
from wordkept.cli.proposals import as_plain, proposal_lines, taken_lines
from wordkept.cli.talk import wrapped
from wordkept.errors import Problem
from wordkept.prose import count


def _two_letters(_context: click.Context, _option: click.Parameter, code: str | None) -> str | None:
    if code is not None and not re.fullmatch("[A-Za-z]{2}", code):
        raise click.BadParameter("a country is given as two letters, such as SY")
    return code and code.upper()


@command("read")
@CASE
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--title")
@click.option("--publisher")
@click.option("--author")
@click.option("--published", type=DAY, metavar="DATE", help="Where the document does not say it.")
@click.option("--url", help="Where it was taken from.")
@click.option("--page", metavar="URL", help="Of a web archive, the page that is meant.")
@click.option("--charset", help="What it is written in, where nothing says so: cp1256.")
@click.option(
    "--country", metavar="XX", callback=_two_letters, help="The country it is about: SY, GB."
)
@click.option(
    "--reader",
    type=click.Choice(["tagger", "rules", "model", "none"]),
    default="tagger",
    show_default=True,
    help="What looks for statements; model: a language model; none: capture it only.",
)
@click.option("--model-address", metavar="URL", help="A language model's; it is sent the texts.")
@click.option("--model", metavar="NAME", help="The language model to ask there.")
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
    from wordkept.case.intake import How, Said, take

    said["published"] = said["published"].date() if said["published"] else None
    opened = Case.open(case)
    reader = _reader(opened, reader, said.pop("model_address"), said.pop("model"))
    listed, failed = _listed(sources)
    done, ours = 0, False
    with progress_bar(f"reading {count(len(listed), 'document')}") as progress:
        how = How(reader=reader, jobs=jobs, told=progress, note=_note)
        try:
            for one in take(opened, listed, Said(**said), how):
                _tell(one, as_json=as_json)
                done, failed, ours = done + 1, failed + bool(one.problems), ours or one.ours
        except KeyboardInterrupt:
            click.echo(f"wordkept: stopped; {done:,} of {len(listed):,} are done and stand: run "
                       "the same command again for the rest", err=True)  # fmt: skip
            sys.exit(INTERRUPTED)
    if failed:
        if len(listed) > 1:
            click.echo(f"{failed:,} of {len(listed):,} could not be read", err=True)
        sys.exit(OUR_FAULT if ours else YOUR_INPUT)


def _tell(taken: Any, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_plain(taken), sort_keys=True, ensure_ascii=False))
    else:
        for line in taken_lines(taken):
            click.echo(line)
    for problem in taken.problems:
        click.echo(f"wordkept: {problem}", err=True)


def _note(sentence: str) -> None:
    click.echo(wrapped(f"note: {sentence}", indent=""), err=True)


def _reader(case: Any, reader: str, address: str | None, model: str | None) -> Any:
    """What is to read; where it is a language model, says first who is sent the texts."""
    if reader != "model":
        if address or model:
            raise click.UsageError("--model-address and --model go with --reader model")
        return reader
    from wordkept.case.model_service import model_service

    service = model_service(case, address, model)
    click.echo(wrapped(f"the texts are sent to {service.host}", indent=""), err=True)
    return service


def _listed(sources: tuple[str, ...]) -> tuple[list[str], int]:
    """The sources, folders as the files in them; and how many folders hold none."""
    listed, empty = [], 0
    for source in sources:
        path = Path(source)
        if "://" in source or not path.is_dir():
            listed.append(source)
            continue
        inside = sorted(path.iterdir())
        files = [str(one) for one in inside if one.is_file() and not one.name.startswith(".")]
        listed += files
        if not files:
            empty += 1
            problem = Problem(what="the folder holds no file", where=source,
                              remedy="name the files, or the folder that they are in")  # fmt: skip
            click.echo(f"wordkept: {problem}", err=True)
        elif left := len(inside) - len(files):
            _note(f"{source}: {count(left, 'folder or hidden file')} in it not looked into")
    return listed, empty


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

    opened = Case.open(case)
    found = chosen_readings(opened, documents)
    if not found:
        _note(f"no document of this case was read yet: wordkept read {case} FILE")
    elif not as_json:
        _note("proposals of a machine, each for a person to accept or reject")
    for number, one in enumerate(found):
        text = reading_text(opened, one)
        if as_json:
            click.echo(json.dumps(as_plain(one, text), sort_keys=True, ensure_ascii=False))
            continue
        if number:
            click.echo()
        for line in proposal_lines(one, text):
            click.echo(line)


@command("gazetteer")
@CASE
@click.argument("file", type=click.Path(path_type=Path))
@JSON
def gazetteer(case: Path, file: Path, as_json: bool) -> None:
    """Add the places of a GeoNames country file (XX.zip) to those that this case's readers know."""
    from wordkept.case import Case
    from wordkept.case.places import add_places

    made = add_places(Case.open(case), file)
    if as_json:
        said = {"file": made.file.name, "read": made.read, "kept": made.kept,
                "of_no_use": made.of_no_use, "unreadable": made.unreadable}  # fmt: skip
        click.echo(json.dumps(said, sort_keys=True))
        return
    click.echo(
        wrapped(f"{file.name}: {count(made.read, 'line')} read = {made.kept:,} kept "
                f"+ {made.of_no_use:,} of no use + {made.unreadable:,} unreadable", indent="")
    )  # fmt: skip
    _note("documents that were read before are read anew with these places by wordkept read")
