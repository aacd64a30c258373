"""A result as a piece of HTML that needs nothing beside it, for a notebook in light or dark."""

from collections.abc import Iterator
from html import escape

from wordkept.dossier.drawing import box, dot, line, path, svg, words
from wordkept.dossier.scales import Counts, Days
from wordkept.dossier.series_chart import month_axis
from wordkept.dossier.unseen import reveal
from wordkept.model import Assessment
from wordkept.notebook.drawn import MARKS, Drawing, Level, drawing
from wordkept.notebook.telling import HEADS, RIGHT, cells, note, question, sections
from wordkept.prose import day

WIDTH, TOP, BOTTOM, HEIGHT = 720, 34, 204, 240
LEFT, RIGHT_EDGE = 38, 712
FEW_WEEKS = 40
"""Up to so many weeks each is a dot as well as a corner of the line."""
LIGHT = (
    "--paper:#fdfcf9;--ink:#1d1d1b;--quiet:#5f5b53;--line:#d8d3c7;--shade:#efeadf;"
    "--shade-2:#dfe6e4;--accent:#0f5c6e;--mark:#0072b2"
)
DARK = (
    "--paper:#161614;--ink:#e9e6de;--quiet:#a8a297;--line:#3b3933;--shade:#25231e;"
    "--shade-2:#26332f;--accent:#7cc4d4;--mark:#56a9dd"
)
STYLE = (
    f".wordkept{{{LIGHT};color-scheme:light;background:var(--paper);color:var(--ink);"
    "max-width:46rem;padding:1rem 1.25rem 1.25rem;font:16px/1.5 Palatino,'URW Palladio L',"
    "Georgia,'Noto Serif',serif}"
    f"@media (prefers-color-scheme:dark){{.wordkept{{{DARK};color-scheme:dark}}}}"
    # JupyterLab and VS Code say themselves whether they are light or dark.
    f"[data-jp-theme-light=true] .wordkept,.vscode-light .wordkept{{{LIGHT};color-scheme:light}}"
    f"[data-jp-theme-light=false] .wordkept,.vscode-dark .wordkept{{{DARK};color-scheme:dark}}"
    ".wordkept p,.wordkept li{color:var(--ink);margin:.4rem 0}"
    ".wordkept .said{font-size:1.2em;line-height:1.4}"
    ".wordkept .quiet,.wordkept summary{color:var(--quiet)}"
    ".wordkept .quiet,.wordkept table,.wordkept h4,.wordkept summary,.wordkept text"
    "{font-family:system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif;font-size:13px}"
    ".wordkept h4{margin:.9rem 0 .2rem;color:var(--ink);font-weight:600}"
    ".wordkept ul{margin:0;padding-inline-start:1.2rem}"
    ".wordkept .wide{overflow-x:auto}"
    ".wordkept table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.8rem 0;"
    "color:var(--ink);background:none;border:0}"
    ".wordkept th,.wordkept td{padding:.2rem .9rem .2rem 0;text-align:start;border:0;"
    "border-bottom:1px solid var(--line);background:none;color:var(--ink);white-space:nowrap}"
    ".wordkept .figure-cell{text-align:end}"
    ".wordkept svg{display:block;width:100%;height:auto;margin:.6rem 0}"
    ".wordkept text{fill:var(--quiet)}.wordkept text.label{fill:var(--ink)}"
    ".wordkept .before{fill:var(--shade)}.wordkept .after{fill:var(--shade-2)}"
    ".wordkept .axis{stroke:var(--line)}.wordkept .date{stroke:var(--ink)}"
    ".wordkept .level{stroke:var(--accent);stroke-width:2;stroke-dasharray:5 3}"
    ".wordkept .weeks{fill:none;stroke:var(--mark);stroke-width:2}"
    ".wordkept .week{fill:var(--mark)}"
)


def html(assessment: Assessment) -> str:
    """The sentence, the picture, the table, the reasons: every text escaped, nothing fetched."""
    parts = [
        f"<style>{STYLE}</style>",
        _element("p", assessment.verdict.sentence, "said"),
        _element("p", question(assessment), "quiet"),
        _picture(drawing(assessment)) if assessment.series else "",
        _table(assessment),
    ]
    (head, said), *rest = sections(assessment)
    parts += [_section(head, said), "<details><summary>Doubts and details</summary>"]
    parts += [_section(head, said) for head, said in rest]
    return f'<div class="wordkept" dir="ltr">{"".join(parts)}</details></div>'


def _element(tag: str, text: str, kind: str = "") -> str:
    style = f' class="{kind}"' if kind else ""
    return f"<{tag}{style}>{escape(reveal(text))}</{tag}>"


def _section(head: str, said: tuple[str, ...]) -> str:
    items = "".join(_element("li", one[:1].upper() + one[1:]) for one in said)
    return f"{_element('h4', head)}<ul>{items}</ul>"


def _table(assessment: Assessment) -> str:
    if not assessment.estimates:
        return ""
    rows = [HEADS, *(cells(one) for one in assessment.estimates)]
    lines = []
    for place, row in enumerate(rows):
        tag = "td" if place else "th"
        filled = (_element(tag, cell, "figure-cell" * (at in RIGHT)) for at, cell in enumerate(row))
        lines.append(f"<tr>{''.join(filled)}</tr>")
    table = f'<div class="wide"><table>{"".join(lines)}</table></div>'
    return table + _element("p", f"{MARKS} {note(assessment)}", "quiet")


def _picture(drawn: Drawing) -> str:
    if not drawn.weeks:
        return ""
    across = Days(period=drawn.days, left=LEFT, right=RIGHT_EDGE)
    most = max(float(week.events) for week in drawn.weeks)
    up = Counts.over(most, bottom_px=BOTTOM, top_px=TOP)
    marks = [*_shades(drawn, across), *_axes(across, up), *_weeks(drawn, across, up)]
    marks += _levels(drawn, across, up)
    x = across.at(drawn.starts)
    marks.append(line((x, 20), (x, BOTTOM), "date"))
    late = x > (LEFT + RIGHT_EDGE) / 2
    end = "end" if late else "start"
    marks.append(words((x - 4 if late else x + 4, 30), day(drawn.starts), "label", end))
    marks.append(words((0, 12), drawn.heading, "label"))
    label = f' aria-label="{escape(reveal(drawn.description), quote=True)}"'
    return (
        svg(WIDTH, HEIGHT, marks)
        .replace(' aria-labelledby="{ids}"', label)
        .replace("{head}", "", 1)
    )


def _shades(drawn: Drawing, across: Days) -> Iterator[str]:
    for kind, levels in (("before", drawn.baselines), ("after", (drawn.window,))):
        for level in levels:
            if level is not None:
                left, right = _ends(level, across)
                yield box((left, TOP), (right - left, BOTTOM - TOP), kind)


def _ends(level: Level, across: Days) -> tuple[float, float]:
    after = level.days.end.toordinal() + 1
    return across.at(level.days.start), across.at(level.days.end.fromordinal(after))


def _axes(across: Days, up: Counts) -> Iterator[str]:
    for tick in up.ticks:
        yield line((LEFT, up.at(tick)), (RIGHT_EDGE, up.at(tick)), "axis")
        yield words((LEFT - 6, up.at(tick) + 4), f"{tick:,}", "", "end")
    yield from month_axis(across, BOTTOM)


def _weeks(drawn: Drawing, across: Days, up: Counts) -> Iterator[str]:
    middles = [
        (across.at(week.start.fromordinal(week.start.toordinal() + 3)), up.at(week.events))
        for week in drawn.weeks
    ]
    yield path(middles, "weeks")
    if len(middles) <= FEW_WEEKS:
        yield from (dot(middle, 2.5, "week") for middle in middles)


def _levels(drawn: Drawing, across: Days, up: Counts) -> Iterator[str]:
    for level in (*drawn.baselines, drawn.window):
        if level is not None:
            (left, right), height = _ends(level, across), up.at(level.weekly)
            yield line((left, height), (right, height), "level")
