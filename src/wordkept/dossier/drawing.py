"""Charts as small inline SVG: marks are text, colours are classes that a page's style fills.

Nothing here measures text or asks a machine for its fonts or time zone, so the same values are the
same bytes everywhere; and a chart holds no number but the ones it was given, which are gated.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from wordkept.dossier.languages.said import ISOLATE, RELEASE, Plain, Said
from wordkept.dossier.unseen import reveal

PARTY_COLOURS = 6
"""How many classes `party-0`, `party-1`, ... the style sheet knows."""
LONGEST = 140
"""Letters of one line of text: more than the widest drawing holds; the table has the whole."""
LETTER = 6.1
"""About the width of a letter at the size of a chart's text."""
LETTERS = (
    (re.compile("[\u0400-\u04ff]"), 6.9),
    (re.compile("[\u0621-\u064a\u066e-\u06d5]"), 5.4),
    (re.compile("[\u064b-\u065f\u0670\u200e\u200f\u2068\u2069]"), 0.0),
)
"""The width of Cyrillic letters, of Arabic ones, which join, and of marks that take no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing for two widths, with its title, its description and what its marks mean."""

    title: str
    description: str
    caption: Said
    wide: str
    narrow: str


def party_classes(actors: Iterable[str]) -> Mapping[str, str]:
    """A class of colour for each party, the same all through a case.

    >>> party_classes(["Southland", "Northland", "Southland"])["Northland"]
    'party-0'
    """
    return {
        actor: f"party-{place % PARTY_COLOURS}" for place, actor in enumerate(sorted(set(actors)))
    }


def svg(width: float, height: float, marks: Iterable[str]) -> str:
    """The marks as one drawing that scales to its column."""
    return (
        f'<svg viewBox="0 0 {_n(width)} {_n(height)}" role="img" aria-labelledby="{{ids}}">'
        f"{{head}}{''.join(marks)}</svg>"
    )


def described(drawn: str, key: str, title: str, description: str) -> str:
    """A drawing with its title and description in it, tied to it by ids made of a key.

    The key is unique on the page and plain enough to stand in an id.
    """
    head = (
        f'<title id="{key}-t">{escape(shown(title))}</title>'
        f'<desc id="{key}-d">{escape(shown(description))}</desc>'
    )
    return drawn.replace("{ids}", f"{key}-t {key}-d", 1).replace("{head}", head, 1)


def line(start: tuple[float, float], end: tuple[float, float], kind: str) -> str:
    """A straight line of this class.

    >>> line((0, 1), (2.26, 1), "tick")
    '<line x1="0" y1="1" x2="2.3" y2="1" class="tick"/>'
    """
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" class="{kind}"/>'


def box(corner: tuple[float, float], size: tuple[float, float], kind: str) -> str:
    """A rectangle of this class, from its upper left corner."""
    (x, y), (width, height) = corner, size
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" '
        f'height="{_n(max(height, 0))}" class="{kind}"/>'
    )


def dot(centre: tuple[float, float], radius: float, kind: str) -> str:
    """A circle of this class."""
    return f'<circle cx="{_n(centre[0])}" cy="{_n(centre[1])}" r="{_n(radius)}" class="{kind}"/>'


def words(at: tuple[float, float], text: str, kind: str = "", anchor: str = "start") -> str:
    """A line of text of this class, on the baseline at this point."""
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    style = f' class="{kind}"' if kind else ""
    line = escape(cut(Plain(shown(text).replace("\n", " ")), LONGEST * LETTER))
    return f'<text x="{_n(at[0])}" y="{_n(at[1])}"{end}{style}>{line}</text>'


def path(points: Sequence[tuple[float, float]], kind: str, *, closed: bool = False) -> str:
    """A line through the points, or the area inside them, of this class."""
    if not points:
        return ""
    steps = "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
    return f'<path d="M{steps}{"Z" if closed else ""}" class="{kind}"/>'


def reach(text: str) -> float:
    """About how wide a line of text is drawn."""
    return _wide(shown(text))


def cut(text: str, width: float) -> str:
    """The text, shortened with an ellipsis where it would be wider.

    >>> cut("a withdrawal of the main part", 80)
    'a withdrawal…'
    """
    if not any(letters.search(text) for letters, _ in LETTERS):
        letters = int(width / LETTER)
        return text if len(text) <= letters else text[: max(letters - 1, 1)].rstrip() + "…"
    if _wide(text) <= width:
        return text
    at = next((at for at in range(1, len(text)) if _wide(text[: at + 1]) > width - LETTER), 1)
    part = text[:at].rstrip() + "…"
    return Plain(part + RELEASE * (part.count(ISOLATE) - part.count(RELEASE)))


def shown(text: str) -> str:
    """The text with harmful characters by their codes, where it has not been through that yet."""
    return text if isinstance(text, Plain) else reveal(text)


def _wide(text: str) -> float:
    others, wide = len(text), 0.0
    for letters, each in LETTERS:
        found = len(letters.findall(text))
        others, wide = others - found, wide + found * each
    return others * LETTER + wide


def _n(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
