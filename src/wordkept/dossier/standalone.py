"""A chart as a file of its own: SVG with the page's style in it, on white, its source below."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from wordkept.dossier.drawing import LETTER, LONGEST, Chart, words
from wordkept.dossier.unseen import reveal

MARGIN, LINE, TITLE_LINE = 24, 15, 20
TITLE_LETTER = 8.0
"""About the width of a letter of the title."""
PAPER = "#ffffff"
"""White, not the page's cream: a picture stands on other people's pages."""
DRAWING = re.compile(r'<svg viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>\{head\}(.*)</svg>', re.DOTALL)
MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
EITHER = re.compile(r":is\(([^)]*)\)")
COMMA = re.compile(r",\s*(?![^(]*\))")
PLAINER = {"currentcolor": "currentColor", "font-weight: 650": "font-weight: bold"}
"""What painters of pictures take only in its old spelling."""
OWN = (
    f"svg .title {{ font-size: 15px; font-weight: 650; }} svg .backing {{ fill: {PAPER}; }} "
    "svg .below { font-size: 11px; fill: var(--quiet); }"
)


def standalone(chart: Chart, source: Sequence[str], *, narrow: bool = False) -> str:
    """The drawing for one width as an SVG document: title and description in it, words around it.

    It names no file and no address; its letters are of whatever font its reader has.
    """
    found = DRAWING.fullmatch(chart.narrow if narrow else chart.wide)
    if found is None:
        raise ValueError("this is no drawing of ours")
    wide, high = float(found[1]), float(found[2])
    head, top = _lines((chart.title,), wide, MARGIN, (TITLE_LETTER, TITLE_LINE, "title"))
    below = (chart.caption.text, *source)
    foot, bottom = _lines(below, wide, top + high + LINE, (LETTER, LINE, "below"))
    size = f"{wide + 2 * MARGIN:g}", f"{bottom + MARGIN - LINE / 2:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" '
        f'width="{size[0]}" height="{size[1]}" role="img" aria-labelledby="t d">'
        f'<title id="t">{escape(reveal(chart.title))}</title>'
        f'<desc id="d">{escape(reveal(chart.description))}</desc><style>{style()}</style>'
        f'<rect class="backing" width="{size[0]}" height="{size[1]}"/>'
        f'{"".join(head)}<g transform="translate({MARGIN} {top:g})">{found[3]}</g>'
        f"{''.join(foot)}</svg>\n"
    )


def _lines(
    texts: Sequence[str], wide: float, top: float, kind: tuple[float, float, str]
) -> tuple[list[str], float]:
    """The texts folded to a width, one under the other, and where the next line would begin."""
    letter, height, name = kind
    marks, at = [], top
    for text in texts:
        shown = reveal(text).replace("\n", " ")
        for folded in textwrap.wrap(shown, min(int(wide / letter), LONGEST)):
            at += height
            marks.append(words((MARGIN, at), folded, name))
        at += height / 4
    return marks, at + height / 2


@cache
def style() -> str:
    """What the page's style sheet says of drawings, in its light colours, in plain selectors.

    Renderers of pictures know no variables, no `:is` and no media: none is left in it.
    """
    sheet = files("wordkept.dossier").joinpath("templates", "page.css").read_text(encoding="utf-8")
    plain = MEDIA.sub("", sheet)
    roots = [found[2] for found in RULE.finditer(plain) if found[1].strip() == ":root"]
    colours = dict(re.findall(r"--([\w-]+):\s*([^;]+);", " ".join(roots)))
    colours["paper"] = PAPER
    rules = "\n".join(f"{name} {{{said}}}" for name, said in _rules(f"{plain}\n{OWN}"))
    for known, plainer in PLAINER.items():
        rules = rules.replace(known, plainer)
    return re.sub(r"var\(--([\w-]+)\)", lambda found: colours[found[1]], rules)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    for found in RULE.finditer(sheet):
        named = [one for each in COMMA.split(found[1].strip()) for one in _each(each.strip())]
        drawn = [one for one in named if re.match(r"svg |\.party-\d|\.neutral$", one)]
        if drawn:
            yield ", ".join(drawn), found[2]


def _each(selector: str) -> list[str]:
    """A selector once for each of its alternatives.

    >>> _each("svg :is(.certain, .possible)")
    ['svg .certain', 'svg .possible']
    """
    found = EITHER.search(selector)
    if found is None:
        return [selector]
    return [EITHER.sub(one.strip(), selector, count=1) for one in found[1].split(",")]
