"""What was kept back of each record on its way out, on whose terms, and what was done to rows."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from wordkept import prose
from wordkept.dossier.exports.about import safety
from wordkept.dossier.gate import Count
from wordkept.dossier.report import CaseReport
from wordkept.dossier.rows_shown import SafeRows
from wordkept.dossier.shown import Shown
from wordkept.dossier.unseen import reveal
from wordkept.model import PublicationRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A record of the case, its rule, and its rows as they may be listed; None where none may."""

    dataset: str
    title: str
    rule: PublicationRule
    loaded: Count
    """How many rows its standing release holds, as the rule lets it be printed."""
    rows: SafeRows | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What of one record leaves the house, and what does not."""

    dataset: str
    title: str
    allows: Literal["rows", "aggregates", "nothing"]
    at_least: int
    terms: str
    """Whose terms these are."""
    rows_withheld: int | None
    """Of the whole release; None where even their number is withheld."""
    rows_withheld_text: str
    rows_listed: int
    rows_coarsened: int
    """Of those listed: recent ones, on a grid and without the name of their place."""
    rows_delayed: int
    """Too recent to be listed."""
    weeks: int
    """Of all series of the dossier, each once."""
    weeks_withheld: int


def redactions(held: Iterable[Held], shown: Sequence[Shown]) -> tuple[Redaction, ...]:
    """A redaction report, a value a record, in the order given."""
    weeks = _weeks(shown)
    return tuple(_redaction(one, weeks) for one in held)


def _weeks(shown: Sequence[Shown]) -> dict[str, tuple[int, int]]:
    """By dataset: the weeks of its series, each series once, and how many of them are withheld."""
    series = {
        (one.dataset, one.attribution, one.label): one for pledge in shown for one in pledge.series
    }
    found: dict[str, tuple[int, int]] = {}
    for one in series.values():
        weeks, hidden = found.get(one.dataset, (0, 0))
        found[one.dataset] = (weeks + (len(one.weeks) or one.withheld), hidden + one.withheld)
    return found


def _redaction(held: Held, found: dict[str, tuple[int, int]]) -> Redaction:
    weeks, hidden = found.get(held.dataset, (0, 0))
    rows = held.rows or SafeRows(events=(), coarsened=0, delayed=0)
    kept = held.loaded if held.rows is None else Count(n=0, text="0")
    return Redaction(
        dataset=held.dataset,
        title=held.title,
        allows=held.rule.allows,
        at_least=held.rule.at_least,
        terms=held.rule.terms,
        rows_withheld=kept.n,
        rows_withheld_text=kept.text,
        rows_listed=len(rows.events),
        rows_coarsened=rows.coarsened,
        rows_delayed=rows.delayed,
        weeks=weeks,
        weeks_withheld=hidden,
    )


def as_json(found: Sequence[Redaction], report: CaseReport) -> str:
    """The redaction report for machines, with a line feed at its end."""
    content = {
        "case": report.case,
        "as_of": report.as_of,
        "safety": asdict(report.safety),
        "datasets": [asdict(one) for one in found],
    }
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False, default=_plain)
    return f"{reveal(text)}\n"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a redaction report")


def sentences(found: Sequence[Redaction], report: CaseReport) -> tuple[str, ...]:
    """The redaction report in words, a sentence or two a record."""
    said = [reveal(_sentence(one)) for one in found]
    return (*said, safety(report.safety))


def _sentence(one: Redaction) -> str:
    if one.allows == "nothing":
        what = "every row, count and series is withheld."
    elif one.allows == "aggregates":
        weeks = f"{one.weeks_withheld:,} of {prose.count(one.weeks, 'weekly number')}"
        least = f"; totals of at least {one.at_least} are printed" if one.at_least > 1 else ""
        what = f"its {one.rows_withheld_text} rows are withheld, and {weeks}{least}."
    else:
        what = f"{prose.count(one.rows_listed, 'row')} listed, {one.rows_coarsened:,} of them "
        what += f"coarsened because they are recent; {one.rows_delayed:,} delayed."
    return f"{one.title}: {what} {one.terms}".strip()
