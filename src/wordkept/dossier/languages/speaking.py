"""How an English sentence becomes one of another language: found, its gaps treated, filled in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from wordkept.dossier.languages import figures
from wordkept.dossier.languages.catalogue import STOP, Catalogue, key
from wordkept.dossier.languages.patterns import GAP, Gap, Pattern
from wordkept.dossier.languages.said import Piece, begun_like, kept, ours

Pieces = tuple[Piece, ...]
PIECES = {
    "parts": re.compile(r'; |(?:"[^"]*"|(?!; )[^"])+'),
    "quoted": re.compile(r'"[^"]+"|, | and |\d+ more'),
}
"""Parts and the semicolons between them, none of these inside a name in quotation marks; and such
names with what stands between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who says one sentence after another from a catalogue, and remembers what was said."""

    spoken: Catalogue
    own: Mapping[str, str]
    """What a case calls its own titles, labels and reasons, by the English."""
    heard: dict[str, Pieces | None] = field(default_factory=dict)

    def said(self, english: str) -> Pieces | None:
        """One sentence or clause in the language; None where the catalogue has no such."""
        if english not in self.heard:
            self.heard[english] = self._said(english)
        return self.heard[english]

    def told(self, english: str, gaps: Mapping[str, str]) -> Pieces | None:
        """A sentence of the catalogue by its English, with what stands in its gaps; else None.

        What is markup in a gap for a name stays as it is: it is the page's own.
        """
        pattern = self.spoken.by_english.get(english.removesuffix(STOP))
        pieces = None if pattern is None else self._fill(pattern, gaps)
        if pieces is None:
            return None
        return (*pieces, *([ours(STOP)] if english.endswith(STOP) else []))

    def _said(self, english: str) -> Pieces | None:
        named = self._named(english)
        if named is not None:
            return named
        bare = english.removesuffix(STOP)
        fixed = self.spoken.fixed.get(key(english))
        pieces = begun_like(english, (ours(fixed[0]),)) if fixed else self._filled(bare)
        if pieces is None:
            return None
        return (*pieces, *([ours(STOP)] if bare != english else []))

    def _filled(self, bare: str) -> Pieces | None:
        """By the pattern that leaves least to names: one too wide would swallow a clause as one."""
        best: Pieces | None = None
        for pattern in self.spoken.patterns:
            given = pattern.match(bare)
            filled = None if given is None else self._fill(pattern, given)
            if filled is not None and (best is None or _unsaid(filled) < _unsaid(best)):
                best = filled if pattern.begins_with_a_name else begun_like(bare, filled)
                if not _unsaid(best):
                    break
        return best

    def _fill(self, pattern: Pattern, given: Mapping[str, str]) -> Pieces | None:
        """The translation with its gaps filled; None where something in a gap cannot be said."""
        filled: dict[str, Pieces] = {}
        for gap in pattern.gaps:
            pieces = self._treated(gap, given[gap.name])
            if pieces is None:
                return None
            filled[gap.name] = pieces
        words = GAP.split(self._form(pattern, given))
        made: list[Piece] = []
        for at in range(0, len(words), 3):
            made += [ours(words[at])] if words[at] else []
            made += filled[words[at + 1]] if at + 1 < len(words) else ()
        return tuple(made)

    def _form(self, pattern: Pattern, given: Mapping[str, str]) -> str:
        if not pattern.plural or pattern.counted is None:
            return pattern.translations[0]
        number = int(float(given[pattern.counted.name].replace(",", "")))
        return pattern.translations[self.spoken.form(number)]

    def _treated(self, gap: Gap, text: str) -> Pieces | None:
        if isinstance(text, Markup):
            if gap.treatment == "kept":
                return (Piece(text=text, whose="page"),)
            text = text.unescape()
        match gap.treatment:
            case "said":
                return self.said(text) or self._single(gap, text)
            case "kept":
                return self.known(text)
            case "items":
                return self._items(text)
            case "parts" | "quoted" as way:
                return self._each(PIECES[way].findall(text))
            case figure:
                return (ours(figures.written(figure, text, self.spoken.language)),)

    def _single(self, gap: Gap, text: str) -> Pieces | None:
        """A range that is one number only."""
        figure = {"percents": "percent", "spread": "number"}.get(gap.kind)
        if figure is None:
            return None
        return (ours(figures.written(figure, text, self.spoken.language)),)

    def known(self, text: str) -> Pieces:
        """Somebody's name or words: by the case's own translation of them, or as they are."""
        return self._named(text) or (kept(text),)

    def _named(self, text: str) -> Pieces | None:
        """The case's own translation, of a text with or without a full stop or a large letter."""
        bare = text.removesuffix(STOP)
        for whole in (text, bare, text + STOP):
            small = whole[:1].lower() + whole[1:]
            for one in (whole, small):
                if one in self.own:
                    said = (ours(self.own[one].removesuffix(STOP)),)
                    begun = said if one == whole else begun_like(text, said)
                    return (*begun, *([ours(STOP)] if bare != text else []))
        return None

    def _each(self, parts: Sequence[str]) -> Pieces | None:
        """One part after another, separators among them; None where one cannot be said."""
        said = [self.said(one) for one in parts]
        found = [one for one in said if one is not None]
        return tuple(piece for one in found for piece in one) if len(found) == len(said) else None

    def _items(self, text: str) -> Pieces:
        """Items parted by semicolons, each said where it can be."""
        made: list[Piece] = []
        for place, item in enumerate(text.split("; ")):
            made += (self.said("; ") or (ours("; "),)) if place else ()
            made += self.said(item) or self.known(item)
        return tuple(made)


def _unsaid(pieces: Pieces) -> int:
    """How many letters stand as somebody else wrote them."""
    return sum(len(piece.text) for piece in pieces if piece.whose == "kept")
