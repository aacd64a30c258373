"""The command that holds two releases against each other, and the view by stamps."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from wordkept.cli.commands import CASE, JSON, command
from wordkept.cli.talk import INDENT, wrapped
from wordkept.ids import short
from wordkept.prose import count, day, listed

FIELDS_NAMED = 8
LONGEST_VALUE = 60
"""Characters of a value that are shown; `--json` has all of it."""


@command("diff")
@CASE
@click.argument("dataset")
@click.argument("releases", nargs=-1, metavar="[A [B]]")
@JSON
def diff(case: Path, dataset: str, releases: tuple[str, ...], as_json: bool) -> None:
    """Print what changed between two releases of a dataset, and in the verdicts.

    A and B are releases: 1 for the first, 2 for the second; or the day from which it was known; or
    how its hash begins. Left out, they are the last two.
    """
    from wordkept.case import Case
    from wordkept.case.comparing import PAIR, compare
    from wordkept.ledger.canonical import as_json as plain

    if len(releases) > PAIR:
        raise click.UsageError("name two releases at most")
    found = compare(Case.open(case), dataset, releases)
    if as_json:
        click.echo(json.dumps(plain(found), sort_keys=True, ensure_ascii=False))
    else:
        click.echo("\n".join(diff_lines(found)))
    if found.new_flips:
        click.echo(f"{count(found.new_flips, 'flip')} entered in the ledger", err=True)


def diff_lines(found: Any) -> Iterable[str]:
    """What changed between two releases, in words, no line wider than a terminal."""
    yield from (
        f"{found.after.dataset}: release {found.numbers[1]} of {found.of}, {_called(found.after)}",
        f"{INDENT}against release {found.numbers[0]}, {_called(found.before)}",
    )
    if found.rule.allows == "nothing":
        yield wrapped("what differs is withheld by the publisher's terms")
    else:
        yield from _rows(found)
    if found.effects:
        yield "VERDICTS"
    for one in found.effects:
        mark = "FLIPPED: " if one.flipped else ""
        yield wrapped(f"{mark}{one.pledge}: {one.title}")
        yield wrapped(one.sentence, indent=INDENT * 2)


def _called(release: Any) -> str:
    return f"known from {day(release.known_on)} ({short(release.id)})"


def _rows(found: Any) -> Iterable[str]:
    told, changes = found.difference, found.difference.changes
    yield wrapped(
        f"{count(told.rows_before, 'row')}, now {told.rows_after:,}: {changes.added:,} added, "
        f"{changes.changed:,} changed, {changes.deleted:,} deleted"
    )
    if not told.by_id:
        yield wrapped("its rows have no ids: each is known by what it says, and none can change")
    if told.fields:
        named = tuple(f"{name} in {number:,}" for name, number in told.fields[:FIELDS_NAMED])
        more = len(told.fields) - FIELDS_NAMED
        others = f", and {count(more, 'other field')}" if more > 0 else ""
        yield wrapped(f"what changed: {listed(named) if not others else ', '.join(named)}{others}")
    if found.rule.allows != "rows" and not changes.none:
        yield wrapped("examples are withheld by the publisher's terms")
        return
    for heading, number, rows in (("ADDED", changes.added, told.added),
                                  ("DELETED", changes.deleted, told.deleted)):  # fmt: skip
        if rows:
            yield f"{heading}{_of(len(rows), number)}"
            yield from (wrapped(_row(row)) for row in rows)
    if told.changed:
        yield f"CHANGED{_of(len(told.changed), changes.changed)}"
    for one in told.changed:
        yield wrapped(one.native_id)
        for field in one.fields:
            change = f"{field.field}: {_shown(field.was)}, now {_shown(field.now)}"
            yield wrapped(change, indent=INDENT * 2)


def _of(shown: int, number: int) -> str:
    return f" (the first {shown} of {number:,})" if number > shown else ""


def _shown(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]} ..."


def _row(row: Mapping[str, Any]) -> str:
    """A row as a line: its id, days, place, parties."""
    days = f"{row['period_from']}"
    if row["period_to"] != row["period_from"]:
        days += f"..{row['period_to']}"
    place = row["place"] or row["admin1"] or row["country"] or "no place"
    parties = " and ".join(filter(None, (row["side_a"], row["side_b"]))) or "nobody named"
    return f"{row['native_id']}  {days}  {place}  {parties}"


def print_by_stamps(case: Any, as_of: date | None, *, as_json: bool) -> None:
    """Prints every verdict on what was stamped by a day, and what such a view is."""
    from wordkept.case.masking import veiled_assessments
    from wordkept.case.stamps import assess_by_stamps

    found = assess_by_stamps(case, as_of)
    held = veiled_assessments(case, found.found)
    rows = [{"pledge": one.pledge.id, "title": one.pledge.title, "word": one.verdict.word,
             "sentence": one.verdict.sentence} for one in held]  # fmt: skip
    if as_json:
        said = {"as_of": found.as_of.isoformat(), "notes": list(found.notes),
                "meaning": found.meaning, "pledges": rows}  # fmt: skip
        click.echo(json.dumps(said, sort_keys=True, ensure_ascii=False))
        return
    click.echo(f"What was stamped by {day(found.as_of)}, entered nowhere")
    for note in (*found.notes, found.meaning):
        click.echo(wrapped(note))
    for row in rows:
        click.echo(wrapped(f"{row['pledge']}: {row['word']}", indent=""))
        click.echo(wrapped(row["sentence"]))
