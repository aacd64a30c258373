"""The command that masks the names of private persons in captures."""

from pathlib import Path
from typing import Any

import click

from wordkept.cli.commands import CASE, command
from wordkept.cli.review import WHO, named_judge
from wordkept.cli.talk import wrapped
from wordkept.prose import count


@command("mask")
@CASE
@click.argument("document")
@click.argument("words", required=False)
@click.option("--start", type=click.IntRange(min=0), help="The first character, in place of words.")
@click.option("--end", type=click.IntRange(min=1), help="The character after the last one.")
@click.option("--reason", help="Why, without the name: it stands in the ledger.")
@click.option("--undo", is_flag=True, help="Take the mask of these words, or the last one, back.")
@WHO
def mask(case: Path, document: str, words: str | None, **how: Any) -> None:
    """Print blocks for a private person's name in all that is built from now on.

    WORDS are the exact characters of the document's text. The capture is not changed, and the
    ledger holds the places and the reason, not the name.
    """
    from wordkept.case import Case
    from wordkept.case.masking import mask_words, unmask

    asked = _asked(words, how["start"], how["end"])
    opened, who = Case.open(case), named_judge(how["who"])
    if how["undo"]:
        gone = unmask(opened, document, asked, who=who)
        places = count(len(gone.spans), "place")
        click.echo(f"taken back: the mask of {gone.at[:10]} on {places} of {document}")
        return
    if asked is None or how["reason"] is None:
        raise click.UsageError('give the words to mask (or --start and --end), and --reason "..."')
    done = mask_words(opened, document, asked, reason=how["reason"], who=who)
    places = count(len(done.mask.spans), "place")
    click.echo(f"{document}: {places} {'masked' if done.new else 'masked before'}")
    for note in _notes(done):
        click.echo(wrapped(f"note: {note}", indent=""), err=True)


def _asked(words: str | None, start: int | None, end: int | None) -> Any:
    from wordkept.model import Span

    if start is None and end is None:
        return words
    if words is not None or start is None or end is None:
        raise click.UsageError("give words, or both --start and --end")
    return Span(start=start, end=end)


def _notes(done: Any) -> list[str]:
    notes = []
    if done.inside_words:
        notes.append(f"{count(done.inside_words, 'place')} inside a longer word")
    if done.other_case:
        notes.append(f"in other capitals it stands there {done.other_case} more times, not masked")
    if done.also_in:
        notes.append(f"the same words stand in {', '.join(done.also_in)}, not masked there")
    if done.new:
        notes.append("what was built before still shows it: build the dossier again")
    return notes
