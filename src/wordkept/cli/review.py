"""The commands for people who judge: review proposals one by one, and how far two coders agree."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from wordkept.cli.commands import CASE, JSON, command
from wordkept.cli.review_asking import Session
from wordkept.cli.review_shown import draft_lines, wrapped
from wordkept.prose import count

LARGEST_BYTES = 1 << 26
WHO = click.option("--who", help="Your name; else WORDKEPT_WHO, else that of the account.")


@command("review")
@CASE
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@WHO
@click.option("--blind", is_flag=True, help="Hide what others decided: decide all by yourself.")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="JSON Lines of decisions, for scripts; - for what is piped in.",
)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(["statement", "pledge", "figure"]),
    multiple=True,
    help="Only these; may be given several times.",
)
def review(
    case: Path, documents: tuple[str, ...], decisions: Path | None, kinds: Any, **how: Any
) -> None:
    """Accept, mend or reject what was proposed of documents, one proposal at a time.

    What was decided is not asked again, so a review can be left at any time.
    """
    from wordkept.case import Case
    from wordkept.case.reviewing import SORTS, review_items

    opened = Case.open(case)
    who = named_judge(how["who"])
    items = review_items(opened, documents, kinds or SORTS)
    if decisions is not None:
        _enter(opened, items, decisions, who=who, blind=how["blind"])
        return
    if not at_a_terminal():
        raise click.UsageError(
            "a review asks key by key, and this is no terminal; run it in one, or give "
            "your decisions as a file: --decisions FILE (- for what is piped in), one line each: "
            '{"document": "NAME", "proposal": "s3", "decision": "accept"}'
        )
    if not items:
        click.echo("nothing to review: read a document first, wordkept read", err=True)
        return
    Session(opened=opened, items=items, who=who, blind=how["blind"]).walk()


def at_a_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def named_judge(who: str | None) -> str:
    """Who decides; raises a usage error for a name that cannot be told from none."""
    from wordkept.case.case import whoever

    name = " ".join((whoever() if who is None else who).split())
    if not name or not name.isprintable():
        raise click.BadParameter("a name of letters is needed", param_hint="--who")
    return name


def _enter(opened: Any, items: Sequence[Any], path: Path, *, who: str, blind: bool) -> None:
    """Enters the decisions of a file, all or none; those that stand already are left."""
    from wordkept.case.decisions import read_decisions
    from wordkept.case.proposed_pledges import write_drafts
    from wordkept.case.reviewing import by_key, decide, judgements, own

    name = "standard input" if os.fspath(path) == "-" else path.name
    found = read_decisions(opened, given_content(path, "decisions"), items, name=name)
    before = by_key(judgements(opened))
    new = []
    for item, decision, value in found:
        last = own(before.get(item.key, []), who)
        same = last and last.decision == decision and last.value == value and last.blind == blind
        if not same:
            new.append((item, decision, value))
    decided = decide(opened, new, who=who, blind=blind)
    stood = f"; {len(found) - len(new)} stood already" if len(found) > len(new) else ""
    click.echo(f"{count(len(new), 'decision')} entered{stood}")
    if not blind:
        asked = {(one.reading, one.value.id) for one in decided}
        drafted = [one for one in write_drafts(opened)
                   if one.new or (one.reading, one.pledge) in asked]  # fmt: skip
        for line in draft_lines(opened, drafted):
            click.echo(line)


def given_content(path: Path, what: str) -> bytes:
    """The bytes of a file of decisions or the like, or of what is piped in."""
    from wordkept.errors import InputError, Problem

    try:
        if os.fspath(path) == "-":
            content = sys.stdin.buffer.read(LARGEST_BYTES + 1)
        else:
            with path.open("rb") as stream:
                content = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        why = f"the {what} cannot be read: {(error.strerror or 'unknown').lower()}"
        raise InputError(
            Problem(what=why, where=str(path), remedy="check its name and who may read it")
        ) from error
    if len(content) > LARGEST_BYTES:
        large = f"the {what} are more than {LARGEST_BYTES:,} bytes"
        raise InputError(Problem(what=large, where=str(path), remedy="give them in several files"))
    return content


@command("agreement")
@CASE
@click.argument("one")
@click.argument("other")
@JSON
def agreement(case: Path, one: str, other: str, as_json: bool) -> None:
    """Print how far two coders agree, beyond chance, on the proposals that both decided."""
    from wordkept.case import Case
    from wordkept.case.agreement import coder_agreement
    from wordkept.ledger.canonical import as_json as plain

    found = coder_agreement(Case.open(case), one, other)
    if as_json:
        said = plain(found)
        for part, value in ((said["overall"], found.overall),
                            *zip((part for _, part in said["by_sort"]),
                                 (value for _, value in found.by_sort), strict=True)):  # fmt: skip
            part["observed"] = value.observed
        said["by_sort"] = dict(said["by_sort"])
        click.echo(json.dumps(said, sort_keys=True, ensure_ascii=False))
        return
    for line in agreement_lines(found):
        click.echo(line)


def agreement_lines(found: Any) -> Sequence[str]:
    """How far two coders agree: in all, by sort, and what each decided where they differ."""
    lines = list(wrapped(
        f"{found.one} and {found.other} both decided {count(found.overall.decided, 'proposal')}; "
        f"{found.only_one} more were decided by {found.one} alone, {found.only_other} by "
        f"{found.other} alone", indent="",
    ))  # fmt: skip
    for name, part in (("all", found.overall), *found.by_sort):
        if not part.decided:
            continue
        kappa = f"kappa {part.kappa:.2f}" if part.kappa is not None else "kappa is not defined"
        why = f" ({part.undefined})" if part.undefined else ""
        share = f"{part.same} of {part.decided} alike ({part.observed:.0%})"
        lines.extend(wrapped(f"{name}: {share}, {kappa}{why}"))
    for one, other, times in found.overall.pairs:
        if one != other:
            lines.extend(wrapped(f"{times} x {found.one}: {one}, {found.other}: {other}"))
    if not found.overall.decided:
        lines.extend(wrapped(f"no kappa: {found.overall.undefined}"))
    if found.in_sight:
        lines.extend(wrapped(
            f"beware: {found.in_sight} of them were decided with the other's decision in sight, "
            "not --blind; agreement on those proves little",
        ))  # fmt: skip
    return lines
