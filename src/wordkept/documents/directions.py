"""Right-to-left lines of a PDF, whose words many programs set from left to right."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import bidirectional

RIGHT_TO_LEFT = frozenset({"R", "AL"})
"""Unicode's bidirectional classes of Hebrew, Arabic and the scripts like them."""
_LEFT_TO_RIGHT = frozenset({"L", "EN", "AN"})
"""Other letters, and digits: they stand in their own order within a line of the others."""

_RISE_POINTS = 4.0
"""How far from its line a word may stand, for its vowel marks: half of the smallest print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words that a page sets at once, and where: in points, from the left and from below."""

    text: str
    left: float
    below: float


def runs_right_to_left(text: str) -> bool:
    r"""Whether most letters of a text are of right-to-left scripts.

    >>> runs_right_to_left("\u05e9\u05dc\u05d5\u05dd, abc"), runs_right_to_left("abc")
    (True, False)
    """
    kinds = Counter(map(bidirectional, text))
    return sum(kinds[kind] for kind in RIGHT_TO_LEFT) > kinds["L"]


def in_reading_order(pieces: Iterable[Piece], otherwise: str) -> str:
    """A page's text, its right-to-left lines that were set from the left read from the right.

    `otherwise` stands where the pieces do not hold the same characters, white space aside.
    """
    told = [piece for piece in pieces if piece.text]
    text = "\n".join(_line(line).strip() for line in _lines(told))
    same = Counter("".join(text.split())) == Counter("".join(otherwise.split()))
    return text if same else otherwise


def _lines(pieces: list[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        if line and abs(piece.below - line[0].below) > _RISE_POINTS:
            yield line
            line = []
        line.append(piece)
    yield line


def _line(pieces: list[Piece]) -> str:
    text = "".join(piece.text for piece in pieces)
    worded = [piece.left for piece in pieces if piece.text.strip()]
    if not runs_right_to_left(text) or worded != sorted(worded):
        return text
    joint = "" if any(character.isspace() for character in text.strip()) else " "
    return joint.join(_from_the_right(pieces))


def _from_the_right(pieces: list[Piece]) -> Iterator[str]:
    """The pieces last to first, but for stretches of the other direction."""
    waiting: list[str] = []
    between: list[str] = []
    for piece in reversed(pieces):
        kinds = set(map(bidirectional, piece.text))
        if kinds & _LEFT_TO_RIGHT and not kinds & RIGHT_TO_LEFT:
            waiting += [*between, piece.text]
            between = []
        elif kinds & RIGHT_TO_LEFT or not waiting:
            yield from reversed(waiting)
            yield from between
            waiting, between = [], []
            yield piece.text
        else:
            between.append(piece.text)
    yield from reversed(waiting)
    yield from between
