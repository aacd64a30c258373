"""The specification curve: every set-up by its ratio, and under each the choices that made it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from wordkept import prose
from wordkept.dossier.drawing import Chart, cut, dot, line, svg, words
from wordkept.dossier.evidence import Column, ShownCurve
from wordkept.dossier.languages.language import IN_ENGLISH, Language
from wordkept.dossier.scales import Ratios
from wordkept.dossier.shown import Shown

TITLE = "{title:name}: every defensible way to count"
WIDE, NARROW = 720, 360
NAMES_WIDE, NAMES_NARROW = 172, 104
COLUMNS_WIDE, COLUMNS_NARROW = 180, 80
"""More set-ups than this are drawn several to a mark, or neither eye nor printer parts them."""
TOP, PLOT, UNDER, ROW, GROUP = 20, 190, 16, 13, 8
LOWEST, HIGHEST = 0.005, 50.0
VERTICAL_ROOM = 60
QUARTERS = 4
CLOSE = 15
"""Two lines nearer than this have room for one label."""
LABELLED = 220
"""So far from the left reach the labels of the lines, and a label beside them."""
LOOSE_PX = 4
"""With marks nearer than this the ticks of neighbours are drawn as one stroke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Neighbours in the order of ratios that are drawn as one."""

    first: int
    last: int
    low: float
    middle: float
    high: float
    seen: bool
    """Whether at least half of them find more than chance would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One drawing: its marks, how wide it is, and where in it they stand."""

    curve: ShownCurve
    spoken: Language
    marks: tuple[Mark, ...]
    scale: Ratios
    left: float
    right: float

    def at(self, place: float) -> float:
        """Where the middle of the set-up of this rank stands."""
        return self.left + (place + 0.5) / len(self.curve.ratios) * (self.right - self.left)

    def edge(self, place: int) -> float:
        """Where the set-up of this rank begins."""
        return self.at(place - 0.5)


def curve_chart(shown: Shown, spoken: Language = IN_ENGLISH) -> Chart | None:
    """The curve of a pledge for both widths; None where there is none or none may be printed."""
    curve, threshold = shown.curve, shown.threshold
    if curve is None or not curve.ratios or threshold is None:
        return None
    return Chart(
        title=spoken.say(TITLE, title=shown.title).text,
        description=spoken.text(_description(curve, threshold)),
        caption=spoken.sentence(_caption(curve)),
        wide=_drawing(curve, threshold, WIDE, spoken),
        narrow=_drawing(curve, threshold, NARROW, spoken),
    )


def marks_of(curve: ShownCurve, most: int) -> tuple[Mark, ...]:
    """The set-ups in order, so many to a mark that there are no more marks than that; none lost."""
    total = len(curve.ratios)
    number = min(total, most)
    cuts = [place * total // number for place in range(number + 1)]
    return tuple(_mark(curve, first, after - 1) for first, after in pairwise(cuts))


def _mark(curve: ShownCurve, first: int, last: int) -> Mark:
    among = curve.ratios[first : last + 1]
    seen = sum(p <= curve.alpha for p in curve.p[first : last + 1])
    return Mark(
        first=first, last=last, low=among[0], middle=median(among), high=among[-1],
        seen=2 * seen >= len(among),
    )  # fmt: skip


def _drawing(curve: ShownCurve, threshold: float, width: int, spoken: Language) -> str:
    wide = width == WIDE
    marks = marks_of(curve, COLUMNS_WIDE if wide else COLUMNS_NARROW)
    ends = [threshold, 1.0, *(one for one in (curve.ratios[0], curve.ratios[-1]) if one > 0)]
    scale = Ratios(
        low=max(min(ends) / 1.2, LOWEST), high=min(max(ends) * 1.3, HIGHEST),
        left=TOP + PLOT, right=TOP, crowded_px=VERTICAL_ROOM,
    )  # fmt: skip
    sheet = Sheet(
        curve=curve, spoken=spoken, marks=marks, scale=scale,
        left=NAMES_WIDE if wide else NAMES_NARROW, right=width - 8,
    )  # fmt: skip
    rows, bottom = _rows(sheet)
    drawn = [*_frame(sheet, threshold), *_planned_lines(sheet, bottom), *_points(sheet), *rows]
    return svg(width, bottom + 6, [*drawn, *_planned(sheet)])


def _frame(sheet: Sheet, threshold: float) -> Iterator[str]:
    scale, left, right, spoken = sheet.scale, sheet.left, sheet.right, sheet.spoken
    kept, level = scale.at(threshold), scale.at(1.0)
    for tick in scale.ticks:
        y = scale.at(tick)
        yield line((left - 4, y), (right, y), "grid")
        yield words((left - 7, y + 4), spoken.percent(tick), "figure", "end")
    yield line((left, kept), (right, kept), "date other")
    yield line((left, level), (right, level), "date own")
    limit = f"counts as kept: {prose.percent(threshold)}"
    for y, text, apart in ((level, "as before", True), (kept, limit, abs(kept - level) > CLOSE)):
        if apart:
            lower = scale.at(sheet.curve.ratios[0]) < y
            yield words((left + 4, y + (13 if lower else -5)), spoken.text(text), "small")
    over = spoken.text("level after, as a share of before")
    yield words((2, TOP - 6), cut(over, right), "small")


def _points(sheet: Sheet) -> Iterator[str]:
    """A dot for each set-up, or a short upright from the lowest to the highest of several."""
    single = len(sheet.marks) == len(sheet.curve.ratios)
    apart = (sheet.right - sheet.left) / len(sheet.marks)
    radius = min(2.6, max(1.1, apart / 2))
    for mark in sheet.marks:
        kind = "seen" if mark.seen else "unseen"
        x = sheet.at((mark.first + mark.last) / 2)
        if single:
            yield dot((x, sheet.scale.at(mark.middle)), radius, kind)
        else:
            low, high = sheet.scale.at(mark.low), sheet.scale.at(mark.high)
            yield line((x, low + 1), (x, high - 1), f"{kind} upright")


def _planned_lines(sheet: Sheet, bottom: float) -> Iterator[str]:
    for place in sheet.curve.planned:
        x, y = sheet.at(place), sheet.scale.at(sheet.curve.ratios[place])
        yield line((x, y), (x, bottom), "own-plan")


def _planned(sheet: Sheet) -> Iterator[str]:
    """A ring around each of the plan's own set-ups, over all else, and the word for the first."""
    places = sheet.curve.planned
    for place in places:
        yield dot((sheet.at(place), sheet.scale.at(sheet.curve.ratios[place])), 4.2, "plan-ring")
    if places:
        x, y = sheet.at(places[0]), sheet.scale.at(sheet.curve.ratios[places[0]])
        text = sheet.spoken.text("as planned")
        if x - sheet.left < LABELLED:
            yield words((x + 8, y + 14), text, "label own")
        else:
            yield words((x - 8, y - 6), text, "label own", "end")


def _rows(sheet: Sheet) -> tuple[list[str], float]:
    """The choices, a row for each value of each that varies; and where the last row ends."""
    drawn: list[str] = []
    y = float(TOP + PLOT + UNDER)
    for column in sheet.curve.columns:
        if len(column.values) == 1:
            continue
        drawn.append(words((2, y + 9), sheet.spoken.text(column.name), "label own"))
        indent = 2.0
        if sheet.left == NAMES_WIDE:
            indent = 78.0
        else:
            y += ROW
        for place, value in enumerate(column.values):
            name = cut(sheet.spoken.text(value), sheet.left - indent - 4)
            drawn.append(words((sheet.left - 7, y + 9), name, "small", "end"))
            drawn += _ticks(sheet, column, place, y + 5.5)
            y += ROW
        y += GROUP
    return drawn, y - GROUP


def _ticks(sheet: Sheet, column: Column, place: int, y: float) -> Iterator[str]:
    """The marks of one value: fainter where only some of the set-ups of a mark have it."""
    runs: dict[int, list[tuple[int, int]]] = {}
    gap = 0.6 if (sheet.right - sheet.left) / len(sheet.marks) > LOOSE_PX else 0.0
    for mark in sheet.marks:
        among = column.places[mark.first : mark.last + 1]
        share = among.count(place) / len(among)
        if share:
            strength = max(1, round(share * QUARTERS))
            stretch = runs.setdefault(strength, [])
            if stretch and stretch[-1][1] == mark.first and not gap:
                stretch[-1] = (stretch[-1][0], mark.last + 1)
            else:
                stretch.append((mark.first, mark.last + 1))
    for strength in sorted(runs):
        steps = "".join(
            f"M{sheet.edge(first) + gap:.1f} {y:.1f}H{sheet.edge(after) - gap:.1f}"
            for first, after in runs[strength]
        )
        yield f'<path d="{steps}" class="choice strength-{strength}"/>'


def _description(curve: ShownCurve, threshold: float) -> str:
    ratios = curve.ratios
    quarter = [ratios[len(ratios) * part // 4] for part in (1, 3)]
    return (
        f"{prose.count(len(ratios), 'set-up')}, the smallest ratio first: {curve.span}, half of "
        f"them {prose.percents(*quarter)}. {curve.sentence} {curve.planned_text} The plan's "
        f"threshold is {prose.percent(threshold)}. The table under the chart gives the shares by "
        "choice."
    )


def _caption(curve: ShownCurve) -> str:
    often = prose.chances(curve.alpha)
    strong = f"Strong: a change this large comes by itself in {often} or fewer; pale: in more"
    ring = "; ring: the plan's own" if curve.planned else ""
    return (
        f"{_each(len(curve.ratios))} They stand from the lowest level after to the highest, on a "
        f"logarithmic scale. {strong}{ring}. Under it, what each was made with. {curve.fixed}"
    ).strip()


def _each(set_ups: int) -> str:
    """What one mark of the drawing stands for; where it is several set-ups, how many.

    >>> _each(60)
    'Each dot is one set-up.'
    """
    wide, narrow = -(-set_ups // COLUMNS_WIDE), -(-set_ups // COLUMNS_NARROW)
    if narrow == 1:
        return "Each dot is one set-up."
    faint = "ticks are paler where only some of a mark's set-ups were made so."
    if wide == 1:
        return f"Each dot is one set-up; on a narrow screen each mark up to {narrow:,}, and {faint}"
    return (
        f"None is left out: each mark stands for up to {wide:,} set-ups ({narrow:,} on a narrow "
        f"screen), from the least of them to the most, and {faint}"
    )
