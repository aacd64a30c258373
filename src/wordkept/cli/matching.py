"""The command for the same event in several datasets: pairs, judgements, and taking them back."""

import json
import os
from pathlib import Path
from typing import Any

import click

from wordkept.cli.commands import CASE, JSON, command
from wordkept.cli.progress import progress_bar
from wordkept.cli.review import WHO, at_a_terminal, given_content, named_judge
from wordkept.cli.talk import wrapped
from wordkept.prose import count


@command("match")
@CASE
@click.argument("datasets", nargs=-1, metavar="[DATASET]...")
@click.option("--inside", is_flag=True, help="Look inside each dataset as well.")
@click.option("--clusters", is_flag=True, help="Let a row have several partners in one dataset.")
@click.option("--judge", is_flag=True, help="Judge the unsure pairs, one after another.")
@click.option(
    "--judgements",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Enter judgements: the table of --csv filled in, or JSON Lines; - for what is piped in.",
)
@click.option("--undo", is_flag=True, help="Take back your last judgement.")
@WHO
@click.option("--csv", "as_csv", is_flag=True, help="Print every pair as a table to be filled in.")
@JSON
def match(case: Path, datasets: tuple[str, ...], judgements: Path | None, **how: Any) -> None:
    """Find rows that may stand for one event; nothing is merged away.

    Between every two datasets of the case, or of those named, in their newest releases. What you
    judge stands in the ledger, and is what the next run learns from.
    """
    from wordkept.case import Case

    asked = [name for name, given in (("--judge", how["judge"]), ("--judgements", judgements),
                                      ("--undo", how["undo"])) if given]  # fmt: skip
    shown = [name for name in ("as_csv", "as_json") if how[name]]
    if len(asked) > 1 or len(shown) > 1 or (asked and shown):
        told = ", ".join([*asked, *(f"--{name.removeprefix('as_')}" for name in shown)])
        raise click.UsageError(f"one at a time: {told}")
    opened, who = Case.open(case), named_judge(how["who"])
    if judgements is not None:
        _enter(opened, judgements, who)
    elif how["undo"]:
        _undo(opened, who)
    elif how["judge"]:
        _judge(opened, datasets, who, how)
    else:
        _print(opened, _run(opened, datasets, how), how)


def _run(opened: Any, datasets: tuple[str, ...], how: dict[str, Any]) -> Any:
    from wordkept.case.matching import Asked, run_match

    asked = Asked(datasets=datasets, inside=how["inside"],
                  pairing="clusters" if how["clusters"] else "one-to-one")  # fmt: skip
    with progress_bar("matching") as progress:
        return run_match(opened, asked, progress=progress)


def _print(opened: Any, run: Any, how: dict[str, Any]) -> None:
    from wordkept.cli.matching_shown import csv_text, run_lines, run_plain

    if how["as_csv"]:
        click.echo(csv_text(run), nl=False)
    elif how["as_json"]:
        click.echo(json.dumps(run_plain(run), sort_keys=True, ensure_ascii=False))
    else:
        for line in run_lines(run, _releases(opened)):
            click.echo(line)
        left = len(run.open_pairs)
        if left:
            said = f"{count(left, 'unsure pair')} left: wordkept match {opened.folder} --judge"
            click.echo(wrapped(said, indent=""), err=True)


def _releases(opened: Any) -> Any:
    from datetime import date

    return opened.record(date.max, row_by_row=True, here=True).releases


def _judge(opened: Any, datasets: tuple[str, ...], who: str, how: dict[str, Any]) -> None:
    from wordkept.cli.matching_asking import PairSession

    if not at_a_terminal():
        raise click.UsageError(
            "judging asks key by key, and this is no terminal; run it in one, or print the pairs "
            "(--csv), fill in the judgements, and give the table back: --judgements FILE"
        )
    run = _run(opened, datasets, how)
    if not run.open_pairs:
        click.echo("no unsure pair is left to be judged", err=True)
        return
    PairSession(opened=opened, run=run, who=who).walk()


def _enter(opened: Any, path: Path, who: str) -> None:
    """Enters the judgements of a file, all or none; those that stand already are left."""
    from wordkept.case.matching_entering import enter_judgements
    from wordkept.cli.matching_shown import said_of

    name = "standard input" if os.fspath(path) == "-" else path.name
    content = given_content(path, "judgements")
    entered = enter_judgements(opened, content, name=name, who=who)
    stood = f"; {entered.stood} stood already" if entered.stood else ""
    back = f"; {entered.taken_back} taken back" if entered.taken_back else ""
    click.echo(f"{said_of(entered.new)} entered{stood}{back}")


def _undo(opened: Any, who: str) -> None:
    from wordkept.case.matching_entering import undo_last
    from wordkept.case.matching_judging import named

    gone = undo_last(opened, who=who)
    click.echo(wrapped(f"taken back: {named(gone.pair)}, judged {gone.relation} on "
                       f"{gone.at[:10]}", indent=""))  # fmt: skip
