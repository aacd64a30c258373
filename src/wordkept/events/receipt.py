"""What became of every row of a file: read = loaded + set aside, always."""

from datetime import date

import ibis
import ibis.expr.types as ir

from wordkept.model import Receipt, SetAside
from wordkept.period import Period

EXAMPLES = 3


def receipt(loaded: ir.Table, judged: ir.Table, *, read: int) -> Receipt:
    """The receipt of a file: the events that were loaded, and the judged rows they came from.

    `loaded` has the columns of EVENT; `judged` has `row`, `set_aside` (the reason; null where the
    row was loaded) and `fault` (the value at fault, as text). `read` is the number of rows in the
    file, counted before any of them was judged.
    """
    span, rows = _span(loaded)
    deaths, half = _deaths(loaded)
    return Receipt(
        read=read,
        loaded=rows,
        set_aside=_set_aside(judged),
        span=span,
        deaths_best=deaths,
        half_the_deaths_rows=half,
    )


def _span(loaded: ir.Table) -> tuple[Period | None, int]:
    found = loaded.aggregate(
        start=loaded.period_from.min(), end=loaded.period_to.max(), rows=loaded.count()
    ).to_pyarrow()
    start, end, rows = (found[name][0].as_py() for name in ("start", "end", "rows"))
    known = isinstance(start, date) and isinstance(end, date)
    return (Period(start, end) if known else None), rows


def _deaths(loaded: ir.Table) -> tuple[int | None, int | None]:
    """All deaths, and how many rows, the largest first, carry half of them."""
    counted = loaded.filter(loaded.deaths_best.notnull()).group_by("deaths_best")
    table = counted.aggregate(rows=ibis._.count()).order_by(ibis.desc("deaths_best")).to_pyarrow()
    tally = list(zip(*(table[name].to_pylist() for name in ("deaths_best", "rows")), strict=True))
    if not tally:
        return None, None
    total = sum(deaths * rows for deaths, rows in tally)
    return total, carriers(tally) if total else None


def carriers(tally: list[tuple[int, int]]) -> int:
    """How many rows carry half of all deaths; `tally` has (deaths, rows), most deaths first.

    >>> carriers([(100, 1), (10, 5), (1, 50)])
    1
    >>> carriers([(10, 5), (1, 50)])
    5
    """
    total = sum(deaths * rows for deaths, rows in tally)
    carried = taken = 0
    for deaths, rows in tally:
        short = total / 2 - carried
        if deaths * rows >= short:
            return taken + -int(-short // deaths)
        carried += deaths * rows
        taken += rows
    return taken


def _set_aside(judged: ir.Table) -> tuple[SetAside, ...]:
    aside = judged.filter(judged.set_aside.notnull()).select("row", "set_aside", "fault")
    by_reason = ibis.window(group_by="set_aside", order_by="row")
    ranked = aside.mutate(
        rank=ibis.row_number().over(by_reason), rows=ibis._.count().over(group_by="set_aside")
    )
    found = ranked.filter(ranked["rank"] < EXAMPLES).order_by("set_aside", "row").to_pyarrow()
    examples: dict[str, list[str]] = {}
    rows: dict[str, int] = {}
    for each in found.to_pylist():
        reason = each["set_aside"]
        value = each["fault"] if each["fault"] is not None else "(empty)"
        examples.setdefault(reason, []).append(f"row {each['row']}: {value}")
        rows[reason] = each["rows"]
    aside_most_first = sorted(rows, key=lambda reason: (-rows[reason], reason))
    return tuple(
        SetAside(reason=reason, rows=rows[reason], examples=tuple(examples[reason]))
        for reason in aside_most_first
    )
