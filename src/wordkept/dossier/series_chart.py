"""The weekly series of a pledge with the declared dates, the days compared, and all in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wordkept import prose
from wordkept.dossier.drawing import Chart, cut, line, svg, words
from wordkept.dossier.gate import ShownSeries
from wordkept.dossier.labels import Mark, Placed, placed
from wordkept.dossier.languages.language import IN_ENGLISH, Language
from wordkept.dossier.panels import Panel, drawn_days, panels, plot, visible
from wordkept.dossier.scales import Days
from wordkept.dossier.shown import Shown
from wordkept.dossier.strips import ROW, shades, strip_rows, strips
from wordkept.period import Period

WIDE, NARROW = 720, 360
LEFT, RIGHT = 30, 8
LABEL_ROW, PANEL_GAP, AXIS = 16, 30, 34
UNDER_CHART = "Every week's count stands in the table under the chart."
HEIGHTS = {"primary": 190, "other": 80, "control": 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A date on which something was declared to begin, with its words."""

    day: date
    words: str
    own: bool
    """Whether the chart is about it."""


def series_chart(
    shown: Shown,
    declared: Sequence[Declared],
    parties: Mapping[str, str],
    spoken: Language = IN_ENGLISH,
) -> Chart | None:
    """The chart of a pledge's series for both widths; None where nothing may be drawn."""
    days = drawn_days(shown)
    if days is None:
        return None
    near = [one for one in declared if one.day in days]
    party = parties.get(shown.actor, "party-0")
    return Chart(
        title=spoken.entitled(shown.title, panels(shown)[0].heading),
        description=spoken.text(_description(shown, days, near)),
        caption=spoken.sentence(_caption(shown)),
        wide=_drawing(shown, days, near, (party, WIDE), spoken),
        narrow=_drawing(shown, days, near, (party, NARROW), spoken),
    )


def month_axis(
    across: Days, bottom: float, spoken: Language = IN_ENGLISH, *, least_px: float = 34
) -> Iterator[str]:
    """Months and years under a drawing."""
    for x, month, year in across.ticks(least_px=least_px):
        yield line((x, bottom), (x, bottom + 4), "axis")
        yield words((x + 2, bottom + 15), spoken.short_month(month), "figure")
        if year:
            yield words((x + 2, bottom + 29), year, "figure")


def verticals(labels: Sequence[Placed], bottom: float) -> Iterator[str]:
    """A thin vertical for each declared date."""
    for label in labels:
        kind = "own" if label.mark.own else "other"
        yield line(
            (label.mark.x, label.row * LABEL_ROW + 2), (label.mark.x, bottom), f"date {kind}"
        )


def heads(labels: Sequence[Placed]) -> Iterator[str]:
    """The words at the head of each vertical."""
    for label in labels:
        kind = "own" if label.mark.own else "other"
        nudge = 4 if label.anchor == "start" else -4
        at = (label.mark.x + nudge, label.row * LABEL_ROW + 12)
        yield words(at, label.text, f"label {kind}", label.anchor)


def _drawing(
    shown: Shown,
    days: Period,
    declared: Sequence[Declared],
    dress: tuple[str, int],
    spoken: Language,
) -> str:
    party, width = dress
    across = Days(period=days, left=LEFT, right=width - RIGHT)
    marked = [
        Mark(x=across.at(one.day), text=spoken.own(one.words).text, own=one.own) for one in declared
    ]
    labels = placed(marked, left=LEFT, right=width - RIGHT)
    strips_top = LABEL_ROW * (1 + max((label.row for label in labels), default=-1)) + 4
    top = strips_top + strip_rows(shown) * ROW + 8
    bottom, plots = _plots(panels(shown), across, (party, top), spoken)
    marks = [
        *shades(shown, across, top, bottom),
        *verticals(labels, bottom),
        *plots,
        *strips(shown, across, strips_top, spoken),
        *heads(labels),
        *month_axis(across, bottom, spoken),
    ]
    return svg(width, bottom + AXIS, marks)


def _plots(
    shown_panels: Sequence[Panel], across: Days, dress: tuple[str, float], spoken: Language
) -> tuple[float, list[str]]:
    marks: list[str] = []
    party, top = dress
    bottom = top
    for place, panel in enumerate(shown_panels):
        start = bottom + (PANEL_GAP if place else 0)
        bottom = start + HEIGHTS[panel.role]
        marks += plot(panel, across, party, (start, bottom), spoken)
        if place:
            heading = cut(spoken.text(panel.heading), across.right - across.left)
            marks.append(words((across.left, start - 9), heading, "quiet"))
    return bottom, marks


def _description(shown: Shown, days: Period, declared: Sequence[Declared]) -> str:
    said = [f"Counts by week from {prose.day(days.start)} to {prose.day(days.end)}."]
    said += [_told(series, days) for panel in panels(shown) for series in panel.series]
    said += [f"Marked: {prose.day(one.day)}, {one.words}." for one in declared]
    seen = dict.fromkeys((level.baseline, level.window) for level in shown.levels)
    said += [
        f"Compared: {prose.day(before.start)} to {prose.day(before.end)} with "
        f"{prose.day(after.start)} to {prose.day(after.end)}."
        for before, after in seen
    ]
    said.append(UNDER_CHART)
    return " ".join(said)


def _told(series: ShownSeries, days: Period) -> str:
    weeks = [week for week in visible(series, days) if week.events.n is not None]
    if not weeks:
        return f"{series.label}, {series.attribution}: no week may be printed."
    peak = max(weeks, key=lambda week: (week.events.n or 0, week.days))
    least = min(weeks, key=lambda week: (week.events.n or 0, week.days))
    return (
        f"{series.label}, {series.attribution}: from {least.events.text} a week (that of "
        f"{prose.day(least.days.start)}) to {peak.events.text} (that of "
        f"{prose.day(peak.days.start)})."
    )


def _caption(shown: Shown) -> str:
    first = panels(shown)[0]
    said = [f"{first.heading[:1].upper()}{first.heading[1:]}."]
    if len(first.series) > 1:
        outer, inner = first.series[0].attribution, first.series[-1].attribution
        said.append(f"Strong line: {inner} attribution; pale line: {outer}; between: filled.")
    if shown.levels:
        said.append("Light: the days before, that the window (darker) is held against.")
    small = [series for series in shown.series if series.withheld and series.weeks]
    if small:
        least = small[0].at_least
        said.append(
            f"Open circles: weeks under {least}, all drawn at one height; "
            "a gap: a week withheld, or one that the record does not fill."
        )
    return " ".join(said)
