"""The command that audits whole records, before any pledge is held against them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from wordkept.cli.commands import AS_OF, CASE, JSON, command
from wordkept.cli.progress import progress_bar
from wordkept.cli.talk import INDENT, WIDTH, wrapped
from wordkept.ids import short
from wordkept.prose import count, day

BLOCKS = "▁▂▃▄▅▆▇█"
NOUGHT = "·"
LOOKED_AT = (
    "Looked at: the days of collection, fields filled in, values in use, sources, rows that span "
    "weeks, heaps on dates, numbers and points, coordinates, shared attribution, spellings, delay "
    "and rows that stand twice."
)
CAUTION = (
    "Chances are over all that a detector looked at in one record; of ten sound records one at "
    "most shows a finding by chance. Nothing found is no proof that nothing is wrong."
)


@command("audit")
@CASE
@click.argument("dataset", required=False)
@AS_OF
@JSON
def audit(case: Path, dataset: str | None, as_of: Any, as_json: bool) -> None:
    """Print what is odd about each record itself, most grave first."""
    from wordkept.case import Case
    from wordkept.case.auditing import audit_case
    from wordkept.ledger.canonical import as_json as plain

    with progress_bar("auditing") as progress:
        found = audit_case(
            Case.open(case), dataset, as_of=as_of.date() if as_of else None, told=progress
        )
    if as_json:
        said = [
            {"dataset": one.release.dataset, "release": one.release.id, "found": plain(one.found)}
            for one in found
        ]
        click.echo(json.dumps(said, sort_keys=True, ensure_ascii=False))
        return
    for one in found:
        for line in audit_lines(one):
            click.echo(line)
    click.echo(wrapped(LOOKED_AT, indent=""))
    click.echo(wrapped(CAUTION, indent=""))


def audit_lines(audited: Any) -> Iterable[str]:
    """One record's findings: its head, then each sentence with its chart and its rows."""
    release, receipt = audited.release, audited.release.receipt
    yield wrapped(release.title, indent="")
    span = f", {day(receipt.span.start)} to {day(receipt.span.end)}" if receipt.span else ""
    found = count(len(audited.found), "finding")
    yield wrapped(f"release {short(release.id)}: {count(receipt.loaded, 'row')}{span}; {found}")
    yield ""
    for one in audited.found:
        about = f" · {one.field}" if one.field else ""
        yield f"{one.gravity.upper()}  {one.check}{about}"
        yield wrapped(one.sentence)
        if one.bars is not None:
            yield from chart_lines(one.bars)
        if one.examples:
            shown = "; ".join(one.examples)
            yield wrapped(f"such as {shown}" if one.rows > len(one.examples) else shown)
        yield ""


def chart_lines(bars: Any) -> Iterable[str]:
    """A small chart: what it counts, its bars, what the ends are, and which bars are meant.

    >>> from wordkept.model import Bars
    >>> for line in chart_lines(Bars(of="rows", values=(0.0, 2.0, 4.0), first="a", last="c",
    ...                              marked=(1,))):
    ...     print(line)
      ·▅█  rows, a to c
       ^
    """
    top = max(bars.values, default=0.0)
    marks = "".join(_block(one, top) for one in bars.values)
    label = f"{bars.of}, {bars.first} to {bars.last}"
    if len(INDENT) + len(marks) + 2 + len(label) <= WIDTH:
        yield f"{INDENT}{marks}  {label}"
    else:
        yield wrapped(label)
        yield f"{INDENT}{marks}"
    if bars.marked:
        under = "".join("^" if at in bars.marked else " " for at in range(len(bars.values)))
        yield f"{INDENT}{under}".rstrip()


def _block(value: float, top: float) -> str:
    if value <= 0 or top <= 0:
        return NOUGHT
    return BLOCKS[min(int(value / top * len(BLOCKS)), len(BLOCKS) - 1)]
