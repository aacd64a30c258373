"""`wordkept show --rows`: the rows behind a pledge's counts, or those of days that are named."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import click

from wordkept.case.behind import listed_rows, rows_of_count
from wordkept.case.behind_days import RowsOfDays, rows_of_days
from wordkept.case.case import Case
from wordkept.cli.talk import listed_lines, part_lines, row_lines, wrapped
from wordkept.errors import InputError, Problem
from wordkept.ledger.canonical import as_json as plain
from wordkept.model import Assessment
from wordkept.period import Period


def print_rows(case: Case, found: Assessment, days: str | None, *, as_json: bool) -> None:
    """Prints the rows behind each count of an assessment, or of some days; or why there are none.

    Raises InputError where the days are no two dates, or no series covers any of them.
    """
    record, safety = case.record(found.as_of), case.settings.safety
    if days is not None:
        named = rows_of_days(record, found, period_of(days), safety)
        click.echo(json.dumps(_values(named)) if as_json else "\n".join(_lines(named)))
        return
    rates = listed_rows(record, found, safety)
    counts = rows_of_count(record, found, safety)
    if not as_json:
        click.echo("\n".join([*row_lines(rates), *part_lines(found, counts)]))
        return
    pairs = [[plain(one), plain(safe.events) if safe else None] for one, safe in rates]
    for one, safe in counts:
        about = {name: held for name, held in plain(one).items() if name != "events"}
        pairs.append([about, plain(safe.events) if safe else None])
    click.echo(json.dumps(pairs))


def period_of(said: str) -> Period:
    """The days from the first to the last, as FIRST..LAST, or one day.

    >>> str(period_of("2016-03-14..2016-03-20")), len(period_of("2016-03-14"))
    ('2016-03-14..2016-03-20', 1)
    """
    first, _, last = said.partition("..")
    try:
        return Period(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError:
        raise InputError(
            Problem(
                what=f'"{said}" is no stretch of days',
                where="--days",
                remedy="write the first day and the last: 2016-03-14..2016-03-20",
            )
        ) from None


def _lines(named: Iterable[RowsOfDays]) -> Iterable[str]:
    for one in named:
        series = one.series
        lead = "" if series.role == "primary" else f"{series.role}: "
        name = f"{lead}{series.label}, {series.dataset}, {series.attribution}, {one.days}"
        if one.rows is None:
            said = "rows withheld by the publisher's terms; what may be shown is in the dossier"
            yield wrapped(f"{name}: {said}", indent="")
            continue
        yield wrapped(f"{name}: {one.counted:,}", indent="")
        yield from listed_lines(one.rows)


def _values(named: Iterable[RowsOfDays]) -> list[dict[str, Any]]:
    return [
        {
            "dataset": one.series.dataset,
            "label": one.series.label,
            "role": one.series.role,
            "attribution": one.series.attribution,
            "days": plain(one.days),
            "counted": one.counted,
            "rows": None if one.rows is None else plain(one.rows.events),
        }
        for one in named
    ]
