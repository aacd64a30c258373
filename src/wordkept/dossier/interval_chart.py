"""Each level with its ranges on one logarithmic scale: a dot, a thick line, a thin line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wordkept import prose
from wordkept.dossier.drawing import Chart, box, cut, dot, line, reach, svg, words
from wordkept.dossier.languages.language import IN_ENGLISH, Language
from wordkept.dossier.languages.said import Plain
from wordkept.dossier.scales import Ratios
from wordkept.dossier.shown import Level, Shown

WIDE, NARROW = 720, 360
ROW_WIDE, ROW_NARROW = 24, 38
NAMES, VALUES, TOP, AXIS, GAP = 220, 122, 22, 40, 20
LOWEST, HIGHEST = 0.01, 20.0
TITLE = "{title:name}: the level after as a share of the level before"
NAME = "{dataset:name}, {bound:attribution}, {days:counted}"
RAISED = "{dataset:name}, {bound:attribution} and late, {days:counted}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """One row of the chart: a name, a level, and its two ranges where there are any."""

    name: Plain
    ratio: float
    reporting: tuple[float, float] | None
    ordinary: tuple[float, float] | None
    text: Plain
    kind: str


def interval_chart(
    shown: Shown, parties: Mapping[str, str], spoken: Language = IN_ENGLISH
) -> Chart | None:
    """The chart of a pledge's levels for both widths; None where no level may be printed."""
    rows = list(_rows(shown, parties, spoken))
    if not rows or shown.threshold is None:
        return None
    return Chart(
        title=spoken.say(TITLE, title=shown.title).text,
        description=_description(rows, shown.threshold, spoken),
        caption=spoken.sentence(
            "Dot: the level after, as a share of the level before. Thick line: had reporting "
            "changed by the plan's allowance. Thin line: the record's ordinary ups and downs. "
            "The scale is logarithmic."
        ),
        wide=_drawing(rows, shown, WIDE, spoken),
        narrow=_drawing(rows, shown, NARROW, spoken),
    )


def _rows(shown: Shown, parties: Mapping[str, str], spoken: Language) -> Iterable[Interval]:
    for level in shown.levels:
        if level.ratio is not None:
            yield Interval(
                name=_name(level, spoken),
                ratio=level.ratio,
                reporting=_pair(level.ratio_low, level.ratio_high),
                ordinary=_pair(level.ordinary_low, level.ordinary_high),
                text=spoken.text(level.text),
                kind=parties.get(shown.actor, "party-0"),
            )
    for control in shown.controls:
        if control.ratio is not None:
            yield Interval(
                name=spoken.say("control: {label:name}", label=control.label).text,
                ratio=control.ratio,
                reporting=None,
                ordinary=None,
                text=Plain(spoken.percent(control.ratio)),
                kind="neutral",
            )


def _name(level: Level, spoken: Language) -> Plain:
    """Of an estimate raised by what is not yet reported, short for it after the attribution."""
    days = f"{level.baseline_days} days"
    pattern = RAISED if level.inflated else NAME
    return spoken.say(pattern, dataset=level.dataset, bound=level.attribution, days=days).text


def _pair(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


def _drawing(rows: Sequence[Interval], shown: Shown, width: int, spoken: Language) -> str:
    wide = width == WIDE
    height = ROW_WIDE if wide else ROW_NARROW
    low, high = _domain(rows, shown.threshold or 1.0)
    left, right = (NAMES, width - VALUES) if wide else (12, width - 12)
    scale = Ratios(low=low, high=high, left=left, right=right)
    bottom = TOP + height * len(rows)
    marks = _frame(scale, shown, (width, bottom), spoken)
    for place, row in enumerate(rows):
        top = TOP + place * height
        y = top + (height / 2 if wide else height - 10)
        marks += _row(row, scale, y)
        if wide:
            marks.append(words((0, y + 4), cut(row.name, NAMES - 12), "label"))
            marks.append(words((width, y + 4), row.text, "figure", "end"))
        else:
            marks.append(words((0, top + 16), cut(row.name, width - VALUES), "label"))
            marks.append(words((width, top + 16), row.text, "small", "end"))
    return svg(width, bottom + AXIS, marks)


def _domain(rows: Sequence[Interval], threshold: float) -> tuple[float, float]:
    """From the lowest to the highest of all that is drawn, within what a reader can use."""
    ends = [threshold, 1.0]
    for row in rows:
        ends += [row.ratio, *(row.reporting or ()), *(row.ordinary or ())]
    seen = [end for end in ends if end > 0]
    return max(min(seen) / 1.15, LOWEST), min(max(seen) * 1.35, HIGHEST)


def _frame(scale: Ratios, shown: Shown, corner: tuple[float, float], spoken: Language) -> list[str]:
    width, bottom = corner
    threshold = shown.threshold or 1.0
    kept, level = scale.at(threshold), scale.at(1.0)
    edge = (scale.left, kept) if shown.direction == "falls" else (kept, scale.right)
    marks = [box((edge[0], TOP - 4), (edge[1] - edge[0], bottom - TOP + 4), "shade-before")]
    for tick in scale.ticks:
        x = scale.at(tick)
        marks.append(line((x, bottom), (x, bottom + 4), "axis"))
        marks.append(words((x, bottom + 16), spoken.percent(tick), "figure", "middle"))
    marks.append(line((scale.left, bottom), (scale.right, bottom), "axis"))
    marks.append(line((kept, TOP - 4), (kept, bottom), "date other"))
    marks.append(line((level, TOP - 4), (level, bottom), "date own"))
    limit = spoken.text(f"counts as kept: {prose.percent(threshold)}")
    side = "end" if shown.direction == "falls" else "start"
    x = max(kept - 4, reach(limit)) if side == "end" else kept + 4
    marks.append(words((x, TOP - 9), limit, "small", side))
    under = spoken.text("level after, as a share of before")
    marks.append(words((scale.left, bottom + 34), under, "small"))
    across = width - level - 4 if side == "end" else level - scale.left
    note = spoken.text("as before")
    if side == "end" and x > kept and x + GAP > level:
        return marks
    if abs(kept - level) > GAP and reach(note) < across:
        other, shift = ("start", 4) if side == "end" else ("end", -4)
        marks.append(words((level + shift, TOP - 9), note, "small", other))
    return marks


def _row(row: Interval, scale: Ratios, y: float) -> list[str]:
    marks = []
    for ends, kind in ((row.ordinary, "thin"), (row.reporting, "thick")):
        if ends is not None:
            marks.append(line((scale.at(ends[0]), y), (scale.at(ends[1]), y), f"{kind} {row.kind}"))
    inside = scale.low <= row.ratio <= scale.high
    marks.append(dot((scale.at(row.ratio), y), 4, f"{'dot' if inside else 'hidden'} {row.kind}"))
    return marks


def _description(rows: Sequence[Interval], threshold: float, spoken: Language) -> Plain:
    said = [f"{row.name}{spoken.text(': ')}{row.text}." for row in rows]
    last = spoken.text(f"The plan's threshold is {prose.percent(threshold)}.")
    return Plain(f"{' '.join(said)} {last}")
