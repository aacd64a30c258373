"""A language's catalogue, read from its .po file: what each English sentence is in it."""

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

from wordkept.dossier.languages.patterns import GAP, Pattern

DOMAIN = "dossier"
STOP = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What sentences are called in one language, and which plural a number takes there."""

    language: str
    fixed: Mapping[str, tuple[str, ...]]
    """Sentences and words without gaps, by their key."""
    patterns: tuple[Pattern, ...]
    """Those with gaps, in the order in which they are tried."""
    by_english: Mapping[str, Pattern]
    """The same by their English, of one and of many, without a full stop."""
    form: Callable[[int], int]
    """The place of the plural form that a number takes."""


def key(text: str) -> str:
    """A text without its full stop and with a small first letter: as a sentence or as a clause.

    >>> key("There is no step above it.")
    'there is no step above it'
    """
    bare = text.removesuffix(STOP)
    return bare[:1].lower() + bare[1:]


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue that comes with wordkept."""
    folder = files("wordkept.dossier.languages").joinpath(language, "LC_MESSAGES")
    return read(folder.joinpath(f"{DOMAIN}.po").read_bytes(), language)


def read(po: bytes, language: str) -> Catalogue:
    """The catalogue that a .po file holds; fuzzy and empty entries stand for nothing."""
    from babel.messages.pofile import read_po

    found = read_po(BytesIO(po), locale=language)
    fixed: dict[str, tuple[str, ...]] = {}
    patterns: list[Pattern] = []
    for message in found:
        english, strings = _texts(message.id), _texts(message.string)
        if not english[0] or message.fuzzy or not all(strings):
            continue
        said = tuple(one.removesuffix(STOP) for one in strings)
        if GAP.search(english[-1]):
            forms = [one.removesuffix(STOP) for one in english]
            plural = forms[-1] if len(forms) > 1 else ""
            patterns.append(Pattern(english=forms[0], plural=plural, translations=said))
        else:
            fixed[key(english[0])] = said
    patterns.sort(key=lambda one: one.rank)
    return Catalogue(
        language=language,
        fixed=fixed,
        patterns=tuple(patterns),
        by_english={form: one for one in patterns for form in (one.plural, one.english) if form},
        form=gettext.c2py(found.plural_expr),
    )


def own_words(po: bytes, language: str) -> Mapping[str, str]:
    """What a case calls its own titles, labels and reasons in a language, by the English."""
    from babel.messages.pofile import read_po

    found = read_po(BytesIO(po), locale=language)
    return {
        _texts(message.id)[0]: _texts(message.string)[0]
        for message in found
        if _texts(message.id)[0] and not message.fuzzy and all(_texts(message.string))
    }


def _texts(given: object) -> tuple[str, ...]:
    """A message's text, or those of one and of many."""
    return tuple(map(str, given)) if isinstance(given, (list, tuple)) else (str(given or ""),)
