"""The series of one record by week: the certain line, the paler possible one, and between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from wordkept.dossier.drawing import dot, line, path, words
from wordkept.dossier.gate import ShownSeries, ShownWeek
from wordkept.dossier.languages.language import Language
from wordkept.dossier.scales import Counts, Days
from wordkept.dossier.shown import Shown
from wordkept.model import ATTRIBUTIONS
from wordkept.period import Period

LEADS = {"primary": "", "other": "Another record: ", "control": "Control: "}
DAYS_BEFORE, DAYS_AFTER = 182, 91
"""How much of the record is drawn beyond the days that are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The series of one dataset in one role, from the widest attribution to the narrowest."""

    role: str
    heading: str
    series: tuple[ShownSeries, ...]


def panels(shown: Shown) -> tuple[Panel, ...]:
    """The series that may be drawn, by dataset and role, the primary first."""
    titles = {record.dataset: record.title for record in shown.records}
    grouped: dict[tuple[str, str, str], list[ShownSeries]] = {}
    for series in shown.series:
        if series.weeks:
            label = series.label if series.role == "control" else ""
            grouped.setdefault((series.role, series.dataset, label), []).append(series)
    made = [
        Panel(
            role=role,
            heading=f"{LEADS[role]}{members[0].label}, a week ({titles.get(dataset, dataset)})",
            series=tuple(sorted(members, key=lambda one: -ATTRIBUTIONS.index(one.attribution))),
        )
        for (role, dataset, _), members in grouped.items()
    ]
    return tuple(sorted(made, key=lambda panel: tuple(LEADS).index(panel.role)))


def drawn_days(shown: Shown) -> Period | None:
    """The days that the chart and the table behind it show; None where no series is shown."""
    drawn = panels(shown)
    if not drawn:
        return None
    weeks = [week.days for one in drawn[0].series for week in one.weeks]
    record = Period(min(days.start for days in weeks), max(days.end for days in weeks))
    compared = [level.baseline for level in shown.levels] + [level.window for level in shown.levels]
    compared += [shown.horizon] if shown.horizon else []
    if not compared:
        return record
    story = Period(
        min(days.start for days in compared) - timedelta(days=DAYS_BEFORE),
        max(days.end for days in compared) + timedelta(days=DAYS_AFTER),
    )
    return record.meet(story) or record


def visible(series: ShownSeries, days: Period) -> tuple[ShownWeek, ...]:
    """The weeks of a series that touch these days."""
    return tuple(week for week in series.weeks if week.days.meet(days))


def plot(
    panel: Panel, across: Days, party: str, band: tuple[float, float], spoken: Language
) -> list[str]:
    """The marks of one panel between an upper and a lower edge."""
    outer, inner = panel.series[0], panel.series[-1]
    drawn = [visible(series, across.period) for series in panel.series]
    most = max((week.events.n or 0 for weeks in drawn for week in weeks), default=0)
    scale = Counts.over(most, bottom_px=band[1], top_px=band[0])
    colour = "neutral" if panel.role == "control" else party
    marks = list(_grid(scale, across, spoken))
    if outer is not inner:
        lows = {week.days: (week, value) for week, value in _heights(inner, drawn[-1])}
        highs = _heights(outer, drawn[0])
        for run in _runs([(high, lows.get(high[0].days, (high[0], None))) for high in highs]):
            upper = _steps([high for high, _ in run], across, scale)
            lower = _steps([low for _, low in run], across, scale)
            marks.append(path([*upper, *reversed(lower)], f"between {colour}", closed=True))
        marks += _lines(outer, drawn[0], across, scale, f"possible {colour}")
    marks += _lines(inner, drawn[-1], across, scale, f"certain {colour}")
    return marks


Height = tuple[ShownWeek, float | None]
"""A week, and the value that it is drawn at; None where it is not drawn."""


def _heights(series: ShownSeries, weeks: Sequence[ShownWeek]) -> list[Height]:
    """The number; half of k where it is under k; None where withheld, or where a week is short."""
    heights: list[Height] = []
    for week in weeks:
        if len(week.days) < 7 or week.events.text == "withheld":  # noqa: PLR2004
            heights.append((week, None))
        elif week.events.n is None:
            heights.append((week, series.at_least / 2))
        else:
            heights.append((week, float(week.events.n)))
    return heights


def _runs(pairs: Sequence[tuple[Height, Height]]) -> Iterator[list[tuple[Height, Height]]]:
    """Stretches of weeks in which both of a pair are drawn."""
    run: list[tuple[Height, Height]] = []
    for pair in pairs:
        if pair[0][1] is None or pair[1][1] is None:
            if run:
                yield run
            run = []
        else:
            run.append(pair)
    if run:
        yield run


def _lines(
    series: ShownSeries, weeks: Sequence[ShownWeek], across: Days, scale: Counts, kind: str
) -> list[str]:
    heights = _heights(series, weeks)
    marks = [
        path(_steps([height for height, _ in run], across, scale), kind)
        for run in _runs([(height, height) for height in heights])
    ]
    for week, value in heights:
        if week.events.n is None and value is not None:
            middle = (across.at(week.days.start) + _end(week, across)) / 2
            marks.append(dot((middle, scale.at(value)), 2.2, f"hidden {kind}"))
    return marks


def _steps(heights: Sequence[Height], across: Days, scale: Counts) -> list[tuple[float, float]]:
    points = []
    for week, value in heights:
        y = scale.at(value or 0.0)
        points += [(across.at(week.days.start), y), (_end(week, across), y)]
    return points


def _end(week: ShownWeek, across: Days) -> float:
    return across.at(week.days.end + timedelta(days=1))


def _grid(scale: Counts, across: Days, spoken: Language) -> Iterator[str]:
    for tick in scale.ticks:
        y = scale.at(tick)
        yield line((across.left, y), (across.right, y), "grid" if tick else "axis")
        yield words((across.left - 5, y + 4), spoken.number(tick), "figure", "end")
