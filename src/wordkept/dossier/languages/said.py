"""A sentence as it was said in a reader's language, in pieces that know whose words they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from wordkept.dossier.unseen import reveal

ISOLATE, RELEASE = "\u2068", "\u2069"
"""Around a name in plain text, so that its script does not reorder what stands beside it."""

Whose = Literal["ours", "kept", "english", "page"]
"""Said by the catalogue; somebody's name or words, kept; English that no pattern matches; or the
page's own words and marks, which stand in its markup as they are."""


class Plain(str):
    """Text that has been through `reveal`: an isolate in it is ours, and is not shown by its code.

    >>> isinstance(Plain("a"), str)
    True
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a sentence and whose words it is."""

    text: str
    whose: Whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence in a reader's language; prints itself into a page, each piece in its direction."""

    pieces: tuple[Piece, ...]
    language: str

    @property
    def matched(self) -> bool:
        """Whether all of it is in the language, or is somebody's own words."""
        return all(piece.whose != "english" for piece in self.pieces)

    @property
    def text(self) -> Plain:
        """As plain text, for a title, a chart or the clipboard; names isolated."""
        return Plain("".join(self._plain(piece) for piece in self.pieces))

    def _plain(self, piece: Piece) -> str:
        if piece.whose == "page":
            return re.sub("<[^>]*>", "", piece.text)
        shown = reveal(piece.text)
        if piece.whose == "ours" or self.language == "en":
            return shown
        return f"{ISOLATE}{shown}{RELEASE}"

    def __str__(self) -> str:
        """The plain text."""
        return self.text

    def __html__(self) -> str:
        """As markup: names isolated, what stayed English marked as English."""
        return str(Markup("").join(self._marked(piece) for piece in self.pieces))

    def _marked(self, piece: Piece) -> Markup:
        if piece.whose == "page":
            return Markup(piece.text)  # noqa: S704 - a template's own words
        shown = escape(reveal(piece.text))
        if piece.whose == "ours":
            return shown
        if piece.whose == "kept":
            return Markup("<bdi>{}</bdi>").format(shown)
        return Markup('<span lang="en" dir="ltr">{}</span>').format(shown)


def ours(text: str) -> Piece:
    """A piece that the catalogue said."""
    return Piece(text=text, whose="ours")


def kept(text: str) -> Piece:
    """A piece that stands as somebody else wrote it."""
    return Piece(text=text, whose="kept")


def begun_like(english: str, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces with a first letter as large or small as that of the English.

    >>> begun_like("Fell", (ours("снизилось"),))[0].text
    'Снизилось'
    """
    first, *rest = pieces
    letter = english[:1]
    if first.whose == "ours" and letter.isalpha():
        turned = first.text[:1].upper() if letter.isupper() else first.text[:1].lower()
        first = ours(turned + first.text[1:])
    return (first, *rest)
