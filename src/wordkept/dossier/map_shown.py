"""Where events lie as it may be printed: cells and areas through the gate, shaded alike.

The counts of the cells, of the areas and of what is too recent make up a total that stands in the
table of levels. So where one of them is hidden for being small, another is hidden with it, until
the total less what is printed gives no small number (`hidden_parts`). Two maps of one record could
be subtracted from each other where one's days lie within the other's: of a record that allows
aggregates only, the later one is then not drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wordkept import prose
from wordkept.dossier.gate import Count, count, rule_of
from wordkept.dossier.report import CaseReport
from wordkept.dossier.weeks import Hiding, pinned, small
from wordkept.model import Assessment, Cell, Grid, MappedCounts, PublicationRule
from wordkept.period import Period

MONTH = 30
"""Days that a rate on a map is given for, so that stretches of different length compare."""
ROUND = tuple(step * 10.0**power for power in range(-3, 6) for step in (1, 2, 5))
SHADES = 5
"""How many steps of one hue the eye tells apart with certainty, in grey print too."""
NONE = -1
"""The shade of a cell in which the record holds no event on those days."""
RECENT, NOWHERE = "too recent to be placed", "no place given"
"""What stands in the place of an area's name where there is none: our words, nobody's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """One hexagon: its counts as they may be printed, and its shades; None where hidden."""

    cell: Cell
    before: Count
    after: Count
    shades: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownArea:
    """One province or country, or what is too recent to be placed, with its counts."""

    name: str
    before: Count
    after: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMap:
    """A map of one plan before and after, as it may be printed, or why it may not."""

    pledge: str
    title: str
    """Of the dataset."""
    label: str
    """What is counted, in the plan's words."""
    before: Period
    after: Period
    grid: Grid
    cells: tuple[ShownCell, ...]
    areas: tuple[ShownArea, ...]
    breaks: tuple[float, ...]
    """Rates a month at which one shade ends and the next begins."""
    at_least: int
    lines: tuple[str, ...]
    """What stands under the map in words."""
    withheld: str = ""
    """Why there is no map; empty where there is one."""


def shown_maps(report: CaseReport) -> Mapping[str, ShownMap]:
    """The maps of a case by pledge, each through the gate and held against those before it."""
    by_pledge = {one.pledge.id: one for one in report.assessments}
    drawn: list[MappedCounts] = []
    found = {}
    for mapped in report.mapped:
        rule = rule_of(mapped.dataset, by_pledge[mapped.pledge].releases)
        near = next((one for one in drawn if _subtractable(one, mapped)), None)
        if rule.allows == "aggregates" and rule.at_least > 1 and near is not None:
            title = by_pledge[near.pledge].pledge.title
            found[mapped.pledge] = _closed(
                mapped, by_pledge[mapped.pledge],
                "No map is drawn: its days lie within those of another map of this record "
                f"({title}) or around them, and the difference of the two could be a number that "
                f"stands for fewer than {rule.at_least} events.",
            )  # fmt: skip
        elif rule.allows != "nothing":
            found[mapped.pledge] = _open(mapped, by_pledge[mapped.pledge], rule, report)
            drawn.append(mapped)
    for one in report.assessments:
        if (closed := _terms(one)) and one.pledge.id not in found:
            found[one.pledge.id] = closed
    return found


def hidden_parts(counts: Sequence[int], at_least: int) -> Mapping[int, Hiding]:
    """Which parts of a printed total are kept back, by their place, and why.

    >>> dict(hidden_parts([12, 1, 7, 0], 3))
    {1: 'small', 2: 'by subtraction'}
    """
    hidden: dict[int, Hiding] = {
        place: "small" for place, number in enumerate(counts) if small(number, at_least)
    }
    while hidden:
        seen = [place for place in range(len(counts)) if place not in hidden]
        rest = sum(counts[place] for place in hidden)
        if not seen or not (small(rest, at_least) or pinned(rest, list(hidden.values()), at_least)):
            break
        hidden[min(seen, key=lambda one: (counts[one] == 0, counts[one]))] = "by subtraction"
    return hidden


def shade(events: Count, days: Period, breaks: Sequence[float]) -> int | None:
    """The step of the one hue for a count over some days: -1 for none; None where hidden."""
    if events.n is None:
        return None
    if not events.n:
        return NONE
    return sum(rate(events.n, days) >= edge for edge in breaks)


def rate(events: int, days: Period) -> float:
    """Events in thirty days.

    >>> from datetime import date
    >>> rate(6, Period(date(2016, 1, 1), date(2016, 1, 10)))
    18.0
    """
    return events / len(days) * MONTH


def rate_breaks(rates: Sequence[float]) -> tuple[float, ...]:
    """Round rates between the shades, at most four, the top one reached by some cell.

    >>> rate_breaks([0.5, 3, 14, 260])
    (20.0, 50.0, 100.0, 200.0)
    >>> rate_breaks([1.0])
    ()
    """
    if not rates:
        return ()
    low, high = min(rates), max(rates)
    inside = [edge for edge in ROUND if low < edge <= high]
    return tuple(inside[-(SHADES - 1) :])


def _open(
    mapped: MappedCounts, found: Assessment, rule: PublicationRule, report: CaseReport
) -> ShownMap:
    at_least = rule.at_least if rule.allows == "aggregates" else 1
    befores = _printed([one.before for one in _parts(mapped)], rule)
    afters = _printed([one.after for one in _parts(mapped)], rule)
    cells = len(mapped.cells)
    sides = ((befores[:cells], mapped.before), (afters[:cells], mapped.after))
    breaks = rate_breaks([rate(one.n, days) for side, days in sides for one in side if one.n])
    names = [_area(area.area) for area in mapped.areas] + [RECENT]
    areas = tuple(
        ShownArea(name=name, before=before, after=after)
        for name, before, after in zip(names, befores[cells:], afters[cells:], strict=True)
        if name != names[-1] or any(mapped.delayed)
    )
    return ShownMap(
        pledge=mapped.pledge, title=_title(mapped.dataset, found), label=_label(found),
        before=mapped.before, after=mapped.after, grid=mapped.grid,
        cells=tuple(
            ShownCell(cell=one.cell, before=before, after=after,
                      shades=(shade(before, mapped.before, breaks),
                              shade(after, mapped.after, breaks)))
            for one, before, after in zip(mapped.cells, befores, afters, strict=False)
        ),
        areas=areas, breaks=breaks, at_least=at_least,
        lines=_lines(mapped, areas, at_least, report),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    before: int
    after: int


def _parts(mapped: MappedCounts) -> list[_Part]:
    """Cells, then areas, then what is too recent: all that makes up the two totals."""
    cells = [_Part(one.before, one.after) for one in mapped.cells]
    areas = [_Part(one.before, one.after) for one in mapped.areas]
    return [*cells, *areas, _Part(*mapped.delayed)]


def _printed(numbers: Sequence[int], rule: PublicationRule) -> list[Count]:
    hidden = hidden_parts(numbers, rule.at_least) if rule.allows == "aggregates" else {}
    return [
        Count(n=None, text="withheld")
        if hidden.get(place) == "by subtraction"
        else count(number, rule)
        for place, number in enumerate(numbers)
    ]


def _lines(
    mapped: MappedCounts, areas: Sequence[ShownArea], at_least: int, report: CaseReport
) -> tuple[str, ...]:
    said = [_unplaced(mapped, areas)] if mapped.areas else []
    if mapped.coarsened:
        said.append(
            f"Events of the {prose.count(report.safety.recent_days, 'day')} before this page's day "
            f"are laid on a grid of {report.safety.coarsen_km:g} km first, and no cell is smaller "
            "than that."
        )
    if any(mapped.delayed):
        said.append(
            f"Events of its last {prose.count(report.safety.delay_days, 'day')} are counted and "
            "not placed."
        )
    if at_least > 1:
        said.append(
            f"A cell that stands for fewer than {at_least} events is hatched and not counted out, "
            "and so is one that would give such a number by subtraction."
        )
    return tuple(said)


def _unplaced(mapped: MappedCounts, areas: Sequence[ShownArea]) -> str:
    """How many events no cell can hold; without numbers where one of the areas is hidden."""
    total = sum(part.before + part.after for part in _parts(mapped))
    unplaced = sum(one.before + one.after for one in mapped.areas)
    if any(one.n is None for area in areas for one in (area.before, area.after)):
        return (
            "Some events are known no closer than a province or a country; they stand in the "
            "table, and in no cell."
        )
    if total == 1:
        which, stand = "The one event is", "it stands"
    elif unplaced == 1:
        which, stand = f"1 of {total:,} events is", "it stands"
    else:
        which, stand = f"{unplaced:,} of {total:,} events are", "they stand"
    return (
        f"{which} known no closer than a province or a country; {stand} in the table, and in no "
        "cell."
    )


def _area(name: str) -> str:
    return name or NOWHERE


def _title(dataset: str, found: Assessment) -> str:
    titles = {release.dataset: release.title for release in found.releases}
    return titles.get(dataset, dataset)


def _label(found: Assessment) -> str:
    plan = found.pledge.plan
    return (plan.primary.label or plan.primary.dataset) if plan else ""


def _terms(found: Assessment) -> ShownMap | None:
    """What is said in place of a map where terms let nothing of the record be published."""
    plan = found.pledge.plan
    own = [one for one in found.estimates if plan and one.dataset == plan.primary.dataset]
    if plan is None or not own:
        return None
    rule = rule_of(plan.primary.dataset, found.releases)
    if rule.allows != "nothing":
        return None
    empty = MappedCounts(
        pledge=found.pledge.id, dataset=plan.primary.dataset, attribution=own[0].attribution,
        before=own[0].baseline_period, after=own[0].window,
        grid=Grid(size_km=1, parallel=0), cells=(), areas=(), delayed=(0, 0), coarsened=0,
    )  # fmt: skip
    return _closed(empty, found, f"No map is drawn. {rule.terms}")


def _closed(mapped: MappedCounts, found: Assessment, why: str) -> ShownMap:
    return ShownMap(
        pledge=mapped.pledge, title=_title(mapped.dataset, found), label=_label(found),
        before=mapped.before, after=mapped.after, grid=mapped.grid, cells=(), areas=(),
        breaks=(), at_least=1, lines=(), withheld=why,
    )  # fmt: skip


def _subtractable(one: MappedCounts, other: MappedCounts) -> bool:
    """Whether days of one map lie within days of another, and the two are not the same."""
    if one.dataset != other.dataset:
        return False
    same = (one.before, one.after, one.cells, one.areas)
    if same == (other.before, other.after, other.cells, other.areas):
        return False
    return any(
        _within(mine, theirs) or _within(theirs, mine)
        for mine in (one.before, one.after)
        for theirs in (other.before, other.after)
    )


def _within(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
