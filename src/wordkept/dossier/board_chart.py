"""The board: a band for each pledge over the record's weekly series, its verdict at the head."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from wordkept import prose
from wordkept.dossier.drawing import Chart, box, cut, line, path, reach, svg, words
from wordkept.dossier.gate import ShownSeries
from wordkept.dossier.languages.language import IN_ENGLISH, Language
from wordkept.dossier.languages.said import Plain
from wordkept.dossier.panels import panels
from wordkept.dossier.scales import Counts, Days
from wordkept.dossier.series_chart import month_axis
from wordkept.dossier.shown import Shown
from wordkept.period import Period

WIDE, NARROW = 720, 360
ROW, TOP, AXIS = 46, 8, 34
EDGE = 2
FADES = ("open-1", "open-2", "open-3")
MARGIN_DAYS = 45


def board_chart(
    shown: Sequence[Shown], parties: Mapping[str, str], spoken: Language = IN_ENGLISH
) -> Chart | None:
    """The timeline of a case's declarations for both widths; None where it has none."""
    if not shown:
        return None
    behind = _behind(shown)
    days = _days(shown, behind)
    return Chart(
        title=spoken.text("What was declared, over the record"),
        description=spoken.text(_description(shown, behind)),
        caption=spoken.sentence(_caption(behind)),
        wide=_drawing(shown, behind, days, (parties, WIDE), spoken),
        narrow=_drawing(shown, behind, days, (parties, NARROW), spoken),
    )


def _behind(shown: Sequence[Shown]) -> ShownSeries | None:
    """The widest series of the first pledge that has one to show."""
    drawn = [panels(pledge) for pledge in shown]
    return next((found[0].series[0] for found in drawn if found), None)


def _begins(pledge: Shown) -> date:
    return pledge.starts or pledge.announced


def _days(shown: Sequence[Shown], behind: ShownSeries | None) -> Period:
    begun = [_begins(pledge) for pledge in shown]
    ended = [pledge.ends for pledge in shown if pledge.ends] + begun
    first, last = min(begun), max(ended)
    if behind is not None:
        weeks = behind.weeks
        return Period(min(first, weeks[0].days.start), max(last, weeks[-1].days.end))
    margin = timedelta(days=MARGIN_DAYS)
    return Period(first - margin, last + margin)


def _drawing(
    shown: Sequence[Shown],
    behind: ShownSeries | None,
    days: Period,
    dress: tuple[Mapping[str, str], int],
    spoken: Language,
) -> str:
    parties, width = dress
    across = Days(period=days, left=EDGE, right=width - EDGE)
    bottom = TOP + ROW * len(shown) + 6
    marks = list(_faint(behind, across, bottom)) if behind else []
    several = len({pledge.actor for pledge in shown}) > 1
    ordered = sorted(shown, key=lambda pledge: (_begins(pledge), pledge.id))
    for place, pledge in enumerate(ordered):
        kind = parties.get(pledge.actor, "party-0")
        title = spoken.own(pledge.title).text
        title = Plain(f"{title} ({spoken.own(pledge.actor).text})") if several else title
        word = spoken.text(pledge.reading.word.capitalize())
        marks += _band(pledge, across, TOP + place * ROW, (kind, title, word))
    marks.append(line((EDGE, bottom), (width - EDGE, bottom), "axis"))
    return svg(width, bottom + AXIS, [*marks, *month_axis(across, bottom, spoken)])


def _faint(behind: ShownSeries, across: Days, bottom: float) -> Iterator[str]:
    most = max((week.events.n or 0 for week in behind.weeks), default=0)
    scale = Counts.over(most, bottom_px=bottom, top_px=TOP)
    points = [(across.at(behind.weeks[0].days.start), bottom)]
    for week in behind.weeks:
        small = 0.0 if week.events.text == "withheld" else behind.at_least / 2
        value = small if week.events.n is None else week.events.n
        y = scale.at(value)
        end = across.at(week.days.end + timedelta(days=1))
        points += [(across.at(week.days.start), y), (end, y)]
    yield path([*points, (points[-1][0], bottom)], "faint", closed=True)


def _band(pledge: Shown, across: Days, top: float, dress: tuple[str, str, str]) -> Iterator[str]:
    """The band of a pledge in its party's colour, under its verdict and its title."""
    kind, title, word = dress
    start = across.at(_begins(pledge))
    y = top + 33
    if pledge.ends is not None:
        end = across.at(pledge.ends + timedelta(days=1))
        yield box((start, y), (max(end - start, 3), 7), f"band {kind}")
    else:
        room = across.right - start
        yield box((start, y), (room / 4, 7), f"band {kind}")
        for step, fade in enumerate(FADES, start=1):
            yield box((start + room * step / 4, y), (room / 4, 7), f"band {fade} {kind}")
    yield line((start, top + 3), (start, y + 7), f"band-head {kind}")
    room_right = across.right - start - 8
    anchor = "start" if room_right >= max(reach(title), reach(word)) else "end"
    room = room_right if anchor == "start" else start - across.left - 8
    if max(room_right, room) == room_right:
        anchor, room = "start", room_right
    x = start + (6 if anchor == "start" else -6)
    yield words((x, top + 13), word, "verdict", anchor)
    yield words((x, top + 27), cut(title, room), "label", anchor)


def _description(shown: Sequence[Shown], behind: ShownSeries | None) -> str:
    said = []
    for pledge in shown:
        end = f"to {prose.day(pledge.ends)}" if pledge.ends else "with no end declared"
        said.append(
            f"{pledge.title} ({pledge.actor}), from {prose.day(_begins(pledge))} {end}: "
            f"{pledge.reading.word}."
        )
    if behind is not None:
        said.append(f"Behind them: {behind.label} by week, {behind.attribution} attribution.")
    return " ".join(said)


def _caption(behind: ShownSeries | None) -> str:
    lead = "Each band runs from the declared start to the declared end; it fades where none was "
    if behind is None:
        return f"{lead}declared."
    return f"{lead}declared. Behind: {behind.label}, by week, at {behind.attribution} attribution."
