"""The command that watches a case: run once a release, by hand or by a timer."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from wordkept.cli.commands import CASE, JSON, command
from wordkept.cli.talk import wrapped
from wordkept.prose import count, day


@command("watch")
@CASE
@JSON
def watch(case: Path, as_json: bool) -> None:
    """Look at every pledge again on each new release, and say what has changed."""
    from wordkept.case import Case
    from wordkept.case.watching import watch as watch_case
    from wordkept.ledger.canonical import as_json as plain

    opened = Case.open(case)
    found = watch_case(opened)
    if as_json:
        said = {
            "looks": plain(found.looks),
            "alarms": plain(found.alarms),
            "reasons": plain(found.reasons),
            "among": plain(found.among),
            "new_alarms": sorted(found.new_alarms),
        }
        click.echo(json.dumps(said, sort_keys=True, ensure_ascii=False))
    else:
        for line in watch_lines(found):
            click.echo(line)
    looks = count(found.new_looks, "new look")
    alarms = count(len(found.new_alarms), "new alarm")
    click.echo(f"{looks}, {alarms}; feed: {opened.folder / 'dossier' / 'alarms.atom'}", err=True)


def watch_lines(found: Any) -> Iterable[str]:
    """The last look at each pledge, then every alarm, the newest first, new ones marked."""
    last = {look.pledge: look for look in found.looks}
    if not last:
        yield "nothing to watch: no release of a record that a plan asks for is known"
    for name, look in last.items():
        yield wrapped(f"{name}: {look.word}, {day(look.known_on)}", indent="")
        seen = found.reasons.get(name) or evidence(look, found.among)
        yield wrapped(f"counted to {day(look.until)}. {seen}")
    for alarm in found.alarms:
        new = "NEW ALARM" if alarm.id in found.new_alarms else "ALARM"
        yield wrapped(f"{new} {day(alarm.raised_on)}, {alarm.pledge}: {alarm.before}, now "
                      f"{alarm.after} ({alarm.cause})", indent="")  # fmt: skip
        yield wrapped(alarm.sentence)


def evidence(look: Any, among: Mapping[str, bool]) -> str:
    """How strong the evidence of a change is, alone and among all that are watched."""
    alone = (
        f"Evidence of a change, after {count(look.blocks, 'block')} of 28 days: "
        f"{look.e_value:g} (an alarm at 20"
    )
    if len(among) < 2:  # noqa: PLR2004  one pledge stands among no others
        return f"{alone})."
    stands = "enough" if among[look.pledge] else "not enough"
    return f"{alone}; {stands} among the {len(among)} watched)."
