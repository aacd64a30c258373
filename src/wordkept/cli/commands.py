"""The commands. Nothing heavy is imported before a command runs: --help must answer at once."""

import gc
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from wordkept import __version__
from wordkept.cli.failing import guarded
from wordkept.cli.progress import progress_bar
from wordkept.cli.talk import receipt_lines, verification_lines, wrapped

CASE = click.argument("case", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
DAY = click.DateTime(formats=["%Y-%m-%d"])
AS_OF = click.option(
    "--as-of", type=DAY, metavar="DATE", help="Take the record as it was known on this day."
)
COLLECTED_AFTER = (1_000_000, 50, 1_000)
"""How many new objects before Python looks for garbage: left to itself it looks every 700, a tenth
of the time of a command, and finds next to none."""
Command = Callable[..., Any]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="wordkept")
def main() -> None:
    """Hold what a party to a conflict declared against what the event records show."""
    gc.set_threshold(*COLLECTED_AFTER)


def command(name: str) -> Callable[[Command], click.Command]:
    """A command of this name, guarded."""

    def register(function: Command) -> click.Command:
        return main.command(name)(guarded(function))

    return register


@command("init")
@CASE
@click.option("--name", help="The case's name; left out, the folder's.")
@click.option("--time-zone", default="UTC", show_default=True, help="Such as Asia/Damascus.")
def init(case: Path, name: str | None, time_zone: str) -> None:
    """Make a new case folder."""
    from wordkept.case import Case

    made = Case.create(case, name=name, time_zone=time_zone)
    click.echo(f"{made.folder}: a new case, {made.settings.name}")
    click.echo(f"next: wordkept load {case} FILE, and write {case}/pledges/NAME.toml", err=True)


@command("load")
@CASE
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "mapping",
    type=click.Path(path_type=Path),
    metavar="TOML",
    help="What your own columns mean; where it does not exist, a draft is written.",
)
@click.option("--dataset", help="The dataset's name, where the columns would fit several.")
@click.option("--stated", type=DAY, metavar="DATE", help="The date its publisher gives it.")
@click.option("--sheet", help="Of a spreadsheet; left out, the first with a header.")
@click.option(
    "--confirm",
    "confirmed",
    is_flag=True,
    help="Load it though it lost half of its rows, or claims the date of another release.",
)
@JSON
def load(case: Path, source: Path, mapping: Path | None, as_json: bool, **said: Any) -> None:
    """Load a file of events as an immutable release, with a receipt for every row."""
    from wordkept.case import Case

    opened = Case.open(case)
    if mapping is not None and not mapping.exists():
        _draft(source, mapping, sheet=said["sheet"])
        return
    said["stated"] = _day(said["stated"])
    new: list[bool] = []
    with progress_bar(f"loading {source.name}") as progress:
        release = opened.load(source, told=new.append, mapping=mapping, progress=progress,
                              tell=_note, **said)  # fmt: skip
    if as_json:
        from wordkept.ledger.canonical import as_json as plain

        click.echo(json.dumps(plain(release), sort_keys=True))
        return
    for line in receipt_lines(release, new=new[0]):
        click.echo(line)


def _draft(source: Path, mapping: Path, *, sheet: str | None) -> None:
    from wordkept.case.drafting import draft_with_preview

    for line in draft_with_preview(source, mapping, sheet=sheet):
        click.echo(line)
    click.echo(f"check {mapping}, then run the same command again", err=True)


@command("register")
@CASE
@JSON
def register(case: Path, as_json: bool) -> None:
    """Fix every pledge's plan in the ledger, by its hash, before the data are looked at."""
    from wordkept.case import Case

    found = Case.open(case).register()
    if as_json:
        rows = [{"pledge": one.pledge, "plan": one.plan, "at": one.at, "new": one.new}
                for one in found]  # fmt: skip
        click.echo(json.dumps(rows))
        return
    for one in found:
        state = "fixed now" if one.new else f"stands since {one.at}"
        click.echo(f"{one.pledge}: {state}\n  plan {one.plan}")
    if not found:
        click.echo("no pledge is written yet: see pledges/example.toml.txt", err=True)


@command("show")
@CASE
@click.argument("pledge")
@click.option("--full", is_flag=True, help="Assess it, and print all that the page says of it.")
@click.option("--rows", is_flag=True, help="Assess it, and print the rows behind each count.")
@click.option("--days", metavar="FIRST..LAST", help="Assess it, and print the rows of these days.")
@JSON
def show(case: Path, pledge: str, full: bool, rows: bool, days: str | None, as_json: bool) -> None:
    """Print what a pledge names and leaves open; with --full, all of the page about it."""
    from wordkept.case import Case
    from wordkept.case.masking import veiled_assessments, veiled_pledge
    from wordkept.dossier.terminal import testability_text
    from wordkept.ledger.canonical import as_json as plain

    opened = Case.open(case)
    file = opened.pledge(pledge)
    if rows or days:
        from wordkept.cli.listing import print_rows

        assessed = veiled_assessments(opened, opened.assess())
        found = next(one for one in assessed if one.pledge.id == pledge)
        print_rows(opened, found, days, as_json=as_json)
        return
    if full:
        click.echo(_story(opened.report(), pledge, as_json=as_json), nl=False)
        return
    declared = veiled_pledge(opened, file.pledge)
    card = opened.card(declared)
    if as_json:
        click.echo(json.dumps({"pledge": plain(declared), "testability": plain(card)},
                              sort_keys=True))  # fmt: skip
        return
    click.echo(testability_text(declared, card))


def _story(report: Any, pledge: str, *, as_json: bool) -> str:
    """All that the page tells of a pledge, as text, or as the JSON of the dossier holds it."""
    if not as_json:
        from wordkept.dossier.terminal import pledge_text

        return pledge_text(report, pledge)
    from wordkept.dossier.json_text import pledge_json
    from wordkept.dossier.publish import shown_case

    return pledge_json(next(one for one in shown_case(report) if one.id == pledge))


@command("assess")
@CASE
@AS_OF
@click.option(
    "--by-stamps",
    is_flag=True,
    help="With --as-of: the rows that bear a stamp of that day or older.",
)
@JSON
def assess(case: Path, as_of: Any, by_stamps: bool, as_json: bool) -> None:
    """Hold every pledge against the record, and print the board of verdicts."""
    from wordkept.case import Case

    if by_stamps:
        from wordkept.cli.comparing import print_by_stamps

        print_by_stamps(Case.open(case), _day(as_of), as_json=as_json)
        return
    from wordkept.dossier.json_text import as_json as report_json
    from wordkept.dossier.terminal import board_text

    report = Case.open(case).report(as_of=_day(as_of), anew=True)
    click.echo(report_json(report) if as_json else board_text(report))


@command("dossier")
@CASE
@click.option(
    "--as-of",
    type=DAY,
    metavar="DATE",
    help="The edition of this day as it was built; of another day, the record as it was known.",
)
@click.option("--edition", type=click.IntRange(min=1), metavar="N", help="The edition of a number.")
@click.option("--anew", is_flag=True, help="With --as-of: assess that day anew all the same.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="A page in ar, ru or fr beside the English one, now and in later editions; or all.",
)
def dossier(
    case: Path, as_of: Any, edition: int | None, anew: bool, languages: tuple[str, ...]
) -> None:
    """Build the dossier: one HTML file that opens without a network, and the same as JSON."""
    from wordkept.case.unchanged import unchanged

    day = _day(as_of)
    page = unchanged(case) if day is None and edition is None and not languages else None
    if page is not None:
        click.echo(page)
        return
    from wordkept.cli.building import print_built

    print_built(case, as_of=day, edition=edition, anew=anew, languages=languages)


@command("verify")
@CASE
@click.option("--head", help="The hash of the last entry as it was noted elsewhere.")
@JSON
def verify(case: Path, head: str | None, as_json: bool) -> None:
    """Check that nothing in the case has changed since it was entered, and say what that proves."""
    from wordkept.case import Case
    from wordkept.ledger.canonical import as_json as plain

    found = Case.open(case).verify(noted_head=head)
    if as_json:
        click.echo(json.dumps(plain(found), sort_keys=True))
    else:
        click.echo("\n".join(verification_lines(found)))
    sys.exit(0 if found.sound else 1)


@command("demo")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("wordkept-demo"))
def demo(folder: Path) -> None:
    """Build the bundled case, Syria 2015-16, print its board and where its dossier stands."""
    from wordkept.demo import build_demo
    from wordkept.dossier.terminal import board_text

    with progress_bar("building the bundled case") as progress:
        case, page = build_demo(folder, progress)
    click.echo(board_text(case.report()))
    click.echo(f"dossier: {page}")


def _day(moment: Any) -> date | None:
    return moment.date() if moment else None


def _note(sentence: str) -> None:
    click.echo(wrapped(f"note: {sentence}", indent=""), err=True)
