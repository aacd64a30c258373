"""The pages of a dossier in the languages that were asked for, with what a case calls its own."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from wordkept.case.case import Case
from wordkept.case.editions import editions_of
from wordkept.dossier.languages.language import LANGUAGES, Language, language_of_case, page_name
from wordkept.dossier.report import CaseReport
from wordkept.errors import CaseError, Problem
from wordkept.ledger.entries import Entry

WORDS = "languages"
"""The folder of a case with a .po file for each language: titles and labels that its author wrote.

They are read when a page is written, as masks are: a better translation needs no new edition.
"""
PAGES = "dossier"


def translated(entry: Entry) -> tuple[str, ...]:
    """The languages beside English whose pages an entry of a dossier vouches for."""
    return tuple(code for code in LANGUAGES
                 if code != "en" and f"{PAGES}/{page_name(code)}" in entry.files)  # fmt: skip


def languages_of(case: Case) -> tuple[str, ...]:
    """The languages beside English in which the newest edition of a dossier is built."""
    with case.ledger() as ledger:
        editions = editions_of(ledger.entries("dossier"))
    return translated(editions[-1].last) if editions else ()


def both(some: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """The languages of either, in the order in which they are listed.

    >>> both(["fr"], ["ar"])
    ('ar', 'fr')
    """
    either = {*some, *others}
    return tuple(code for code in LANGUAGES if code in either)


def render_pages(folder: Path, shown: CaseReport, codes: Sequence[str]) -> dict[str, bytes]:
    """The English page and one for each of these languages, by file, each leading to the others."""
    from wordkept.dossier.page import render_html

    beside = ("en", *codes) if codes else ()
    return {
        page_name(code): render_html(shown, spoken(folder, code), beside).encode("utf-8")
        for code in ("en", *codes)
    }


def spoken(folder: Path, code: str) -> Language:
    """A language with what the case in this folder calls its own titles and labels in it."""
    path = folder / WORDS / f"{code}.po"
    if not path.is_file():
        return language_of_case(code, {})
    from babel.messages.pofile import PoFileError

    from wordkept.dossier.languages.catalogue import own_words

    try:
        return language_of_case(code, own_words(path.read_bytes(), code))
    except (OSError, UnicodeError, ValueError, PoFileError) as error:
        raise CaseError(
            Problem(
                what=f"the case's own words in {LANGUAGES[code]} cannot be read: {error}",
                where=f"{WORDS}/{path.name}",
                remedy="write it as a gettext .po file in UTF-8, or move it out of the case",
            )
        ) from error
