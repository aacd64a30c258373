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
    """Those with gaps, the heaviest first."""
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
    from babel.messages.pofile import read_po  # noqa: PLC0415 - only where another language is asked

    found = read_po(BytesIO(po), locale=language)
    fixed: dict[str, tuple[str, ...]] = {}
    patterns: list[Pattern] = []
    for message in found:
        english, plural = message.id if isinstance(message.id, tuple) else (message.id, "")
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not english or message.fuzzy or not all(strings):
            continue
        said = tuple(str(one).removesuffix(STOP) for one in strings)
        if GAP.search(plural or english):
            patterns.append(
                Pattern(
                    english=english.removesuffix(STOP),
                    plural=plural.removesuffix(STOP),
                    translations=said,
                )
            )
        else:
            fixed[key(english)] = said
    patterns.sort(key=lambda one: (-one.weight, one.english))
    return Catalogue(
        language=language, fixed=fixed, patterns=tuple(patterns),
        form=gettext.c2py(found.plural_expr),  # type: ignore[attr-defined]
    )  # fmt: skip
