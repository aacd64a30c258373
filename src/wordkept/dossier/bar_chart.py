"""What the audit of a record found, as a few bars: one for each number, the ones meant darker."""

from collections.abc import Iterator
from dataclasses import dataclass

from wordkept.dossier.drawing import Chart, box, cut, line, reach, svg, words
from wordkept.dossier.languages.language import IN_ENGLISH, Language
from wordkept.dossier.languages.said import Plain
from wordkept.dossier.scales import Counts
from wordkept.dossier.shown import Check
from wordkept.model import Bars

WIDTH, HEIGHT = 340, 96
LEFT, TOP, AXIS = 36, 8, 18
SPARE = 0.18
"""Of a bar's stretch, how much is left empty between it and the next."""
CROWDED = 60
"""With more bars than this they touch: gaps would be thinner than a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarTable:
    """The numbers of a chart with what each stands for, and whether the finding is about it."""

    counts: str
    rows: tuple[tuple[str, str, bool], ...]


def bar_chart(check: Check, spoken: Language = IN_ENGLISH) -> Chart | None:
    """The small chart of a finding, for one width; None where it has no numbers to print."""
    bars = check.bars
    if bars is None or not bars.values:
        return None
    about = " The finding is about the darker ones." if bars.marked else ""
    return Chart(
        title=Plain(f"{spoken.text(check.check)}{spoken.text(': ')}{spoken.text(bars.of)}"),
        description=spoken.text(_description(bars)),
        caption=spoken.sentence(
            f"{bars.of[:1].upper()}{bars.of[1:]}, {bars.first} to {bars.last}.{about}"
        ),
        wide=svg(WIDTH, HEIGHT, _marks(bars, spoken)),
        narrow="",
    )


def bar_table(check: Check) -> BarTable | None:
    """The table behind the chart of a finding; None where there is no chart."""
    bars = check.bars
    if bars is None or not bars.values:
        return None
    rows = (
        (_name(bars, place), number(value), place in bars.marked)
        for place, value in enumerate(bars.values)
    )
    return BarTable(counts=bars.of, rows=tuple(rows))


def number(value: float) -> str:
    """A number of a bar as it is printed: whole where it is, else to three figures.

    >>> number(1204.0), number(0.04567), number(12.345)
    ('1,204', '0.0457', '12.3')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:.3g}"


def _name(bars: Bars, place: int) -> str:
    last = len(bars.values) - 1
    at = f"{place + 1} of {last + 1}"
    if place == 0:
        return f"{at}: {bars.first}"
    return f"{at}: {bars.last}" if place == last else at


def _description(bars: Bars) -> str:
    values = bars.values
    most = max(range(len(values)), key=values.__getitem__)
    said = (
        f"{len(values):,} bars, {bars.first} to {bars.last}. The highest is {number(values[most])} "
        f"({_name(bars, most)}), the lowest {number(min(values))}."
    )
    if not bars.marked:
        return said
    meant = [number(values[place]) for place in bars.marked if place < len(values)]
    first, last = min(bars.marked) + 1, max(bars.marked) + 1
    which = f"bar {first}" if first == last else f"bars {first} to {last}"
    return f"{said} The finding is about {which}: {', '.join(meant[:5])}."


def _marks(bars: Bars, spoken: Language) -> Iterator[str]:
    bottom = HEIGHT - AXIS
    scale = Counts.over(max(bars.values), bottom_px=bottom, top_px=TOP)
    top = max(bars.values) if max(bars.values) < 1 else scale.top
    if top < 1:
        scale = Counts(top=max(top, 1e-9), bottom_px=bottom, top_px=TOP)
    step = (WIDTH - LEFT) / len(bars.values)
    gap = 0 if len(bars.values) > CROWDED else step * SPARE
    for place, value in enumerate(bars.values):
        y = scale.at(max(value, 0.0))
        kind = "bar meant" if place in bars.marked else "bar"
        yield box((LEFT + place * step + gap / 2, y), (step - gap, bottom - y), kind)
    yield line((LEFT, bottom), (WIDTH, bottom), "axis")
    yield words((LEFT - 5, TOP + 5), spoken.text(number(top)), "figure", "end")
    yield words((LEFT - 5, bottom), "0", "figure", "end")
    room = (WIDTH - LEFT) / 2 - 8
    yield words((LEFT, HEIGHT - 4), cut(bars.first, room), "figure")
    if reach(bars.last) <= room:
        yield words((WIDTH, HEIGHT - 4), bars.last, "figure", "end")
