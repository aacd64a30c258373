"""Over a plot: which days are held against which, shaded and named in place."""

from collections.abc import Sequence
from datetime import timedelta

from wordkept.dossier.drawing import LETTER, box, reach, words
from wordkept.dossier.languages.language import Language
from wordkept.dossier.scales import Days
from wordkept.dossier.shown import Level, Shown
from wordkept.period import Period

ROW = 15
DAY = timedelta(days=1)


def strip_rows(shown: Shown) -> int:
    """How many rows the strips of a pledge take."""
    rows = len(_baselines(shown))
    return max(rows, 2) if rows and shown.horizon else rows


def shades(shown: Shown, across: Days, top: float, bottom: float) -> list[str]:
    """The days of baselines and window, shaded behind the whole drawing."""
    if not shown.levels:
        return []
    before = Period(
        min(level.baseline.start for level in shown.levels),
        max(level.baseline.end for level in shown.levels),
    )
    stretches = ((before, "shade-before"), (shown.levels[0].window, "shade-window"))
    return [
        box((across.at(days.start), top), (_wide(across, days), bottom - top), kind)
        for days, kind in stretches
    ]


def strips(shown: Shown, across: Days, top: float, spoken: Language) -> list[str]:
    """Each baseline with what it leaves out, the window, and the term, a thin strip each."""
    marks: list[str] = []
    for row, level in enumerate(_baselines(shown)):
        marks += _baseline(level, across, top + row * ROW, spoken)
    if not shown.levels:
        return marks
    window = shown.levels[0].window
    marks.append(box((across.at(window.start), top + 3), (_wide(across, window), 7), "strip now"))
    marks += _after(across, window, top, spoken.text(f"window, {len(window)} days"))
    if shown.horizon:
        y, term = top + ROW, shown.horizon
        marks.append(box((across.at(term.start), y + 5), (_wide(across, term), 2.5), "strip now"))
        marks += _after(across, term, y, spoken.text("to last until here"))
    return marks


def _baselines(shown: Shown) -> Sequence[Level]:
    """One level for each baseline, the shortest first."""
    seen = {level.baseline: level for level in reversed(shown.levels)}
    return sorted(seen.values(), key=lambda level: (level.baseline_days, level.baseline))


def _baseline(level: Level, across: Days, y: float, spoken: Language) -> list[str]:
    days = level.baseline
    marks = [box((across.at(days.start), y + 3), (_wide(across, days), 7), "strip")]
    brief = f"{level.baseline_days} days"
    full = f"baseline, {brief}"
    if level.donut_days:
        out = Period.of(days.end + DAY, days=level.donut_days)
        marks.append(box((across.at(out.start), y + 3), (_wide(across, out), 7), "donut"))
        full += f", then {level.donut_days} left out"
    room = across.at(days.start) - across.left - LETTER
    texts = (spoken.text(full), spoken.text(brief))
    text = next((text for text in texts if reach(text) < room), None)
    if text:
        marks.append(words((across.at(days.start) - 4, y + 10), text, "small", "end"))
    return marks


def _after(across: Days, days: Period, y: float, text: str) -> list[str]:
    x = across.at(days.end + DAY) + 4
    return [words((x, y + 10), text, "small")] if x + reach(text) < across.right + LETTER else []


def _wide(across: Days, days: Period) -> float:
    return across.at(days.end + DAY) - across.at(days.start)
