"""What of each record may leave the house, decided once for the page, the JSON and the terminal.

Each release carries a publication rule; where releases of a dataset differ, the strictest holds,
and a dataset without a release may publish nothing. What the three rules mean here:

- *rows*: counts are printed as they are.
- *aggregates, at least k*: a number of events from 1 to k-1 is printed as "under k" wherever it
  stands: in a week of a series, in a window, in a baseline. (With k = 2 nought is "under 2" too,
  or it would say that the rest are ones.) A ratio with such a number in it is not printed either,
  nor its ranges; where the window is the small one, the ratio that k would give is printed as a
  ceiling. Sentences about the dataset that hold any number but a date or a length in days are
  then kept back, since a percentage of a printed baseline is a count. Examples of rows set
  aside are rows, and are kept back.
- *nothing*: the dataset's name, citation, terms and caveats are printed; its counts, ratios,
  series, findings and receipts are not. Where it is a plan's primary dataset, the verdict is
  printed as its word alone.

A chart is drawn from the same gated weeks as the table behind it, never from the series: a
hidden week is drawn at half of k for every value it could have, with an open circle that says so,
so that no coordinate in the drawing holds what the table withholds. Weeks begin on Mondays in
every chart of a case; two ways of cutting the same days into weeks would give single days away.

Weeks that add up to a printed total could be had by subtraction. So a further week is kept back
while a printed total, or the sum of two that adjoin, or the difference of two nested ones, would
leave a small or a certain number (`weeks.hidden_weeks`). This does not stop a reader who combines
three or more printed sums, or who has the record too; series at different attribution are
different aggregates, and the difference of two of them is not guarded.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wordkept.dossier.weeks import Hiding, Total, hidden_weeks, small, weekly
from wordkept.model import Attribution, DailySeries, PublicationRule, Release
from wordkept.period import Period
from wordkept.prose import MONTHS

STRICTNESS = {"nothing": 0, "aggregates": 1, "rows": 2}
UNKNOWN = PublicationRule(
    allows="nothing", terms="No release of it stands in this case, so nothing may be published."
)
NO_COUNT = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\b\d{{1,2}} (?:{'|'.join(MONTHS)})(?: \d{{4}})?|\b\d+ days?\b"
)
"""Numbers in a sentence that stand for no events: dates and lengths in days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of events as it may be printed: the number or None, and the words for it."""

    n: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWeek:
    """One week of a series as it may be printed."""

    days: Period
    events: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSeries:
    """A series by week, with what may be printed of it."""

    dataset: str
    attribution: Attribution
    role: str
    label: str
    weeks: tuple[ShownWeek, ...]
    """None where the dataset's rule lets nothing be published."""
    withheld: int
    """How many weeks are not printed as their number."""
    at_least: int


def rule_of(dataset: str, releases: Sequence[Release]) -> PublicationRule:
    """The strictest rule of any release of a dataset.

    >>> rule_of("unheard-of", ()).allows
    'nothing'
    """
    rules = [release.publication for release in releases if release.dataset == dataset]
    if not rules:
        return UNKNOWN
    return min(rules, key=lambda rule: (STRICTNESS[rule.allows], -rule.at_least))


def count(events: int, rule: PublicationRule) -> Count:
    """A number of events as the rule lets it be printed.

    >>> aggregates = PublicationRule(allows="aggregates", at_least=3)
    >>> [count(n, aggregates).text for n in (0, 2, 1117)]
    ['0', 'under 3', '1,117']
    """
    if rule.allows == "nothing":
        return Count(n=None, text="withheld")
    if rule.allows == "aggregates" and small(events, rule.at_least):
        return Count(n=None, text=f"under {rule.at_least}")
    return Count(n=events, text=f"{events:,}")


def shown_series(
    series: DailySeries, rule: PublicationRule, totals: Sequence[Total]
) -> ShownSeries:
    """The series by week as the rule lets it be printed beside the totals given."""
    weeks = weekly(series)
    cells: tuple[ShownWeek, ...] = ()
    hidden: Mapping[int, Hiding] = {}
    if rule.allows == "aggregates":
        hidden = hidden_weeks(weeks, totals, rule.at_least)
    if rule.allows != "nothing":
        cells = tuple(
            ShownWeek(
                days=week.days,
                events=Count(n=None, text="withheld")
                if hidden.get(place) == "by subtraction"
                else count(week.events, rule),
            )
            for place, week in enumerate(weeks)
        )
    return ShownSeries(
        dataset=series.dataset,
        attribution=series.attribution,
        role=series.role,
        label=series.label,
        weeks=cells,
        withheld=len(hidden) if cells else len(weeks),
        at_least=rule.at_least if rule.allows == "aggregates" else 1,
    )


def sentence(text: str, rule: PublicationRule, *, small_inside: bool) -> str:
    """A sentence about a dataset as the rule lets it be printed.

    >>> rule = PublicationRule(allows="aggregates", at_least=3)
    >>> sentence("It fell to 2 %.", rule, small_inside=True)
    'Withheld: a number in this sentence could stand for fewer than 3 events.'
    >>> sentence("It lapsed by 5 June 2016, after 82 days.", rule, small_inside=True)
    'It lapsed by 5 June 2016, after 82 days.'
    """
    if rule.allows == "nothing":
        return "Withheld: nothing drawn from this record may be published."
    if small_inside and rule.allows == "aggregates" and re.search(r"\d", NO_COUNT.sub("", text)):
        return (
            "Withheld: a number in this sentence could stand for fewer than "
            f"{rule.at_least} events."
        )
    return text
