"""A reader's language: sentences, dates, numbers and plurals as a page in it says them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.languages import figures
from wordkept.dossier.languages.catalogue import catalogue
from wordkept.dossier.languages.patterns import GAP
from wordkept.dossier.languages.said import Piece, Said, ours
from wordkept.dossier.languages.speaking import Speaker
from wordkept.errors import InputError, Problem

ENGLISH = "en"
LANGUAGES = {"en": "English", "ar": "العربية", "ru": "Русский", "fr": "Français"}
"""By code, each by the name that its own readers know."""
NEXT = re.compile(r"(?<=[.?!]) (?=\w)")
"""Where one sentence may end and the next begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What a page is written in; English is what the page says without any catalogue."""

    code: str
    speaker: Speaker | None
    """Who speaks from the catalogue; None of English, which needs none."""

    @property
    def name(self) -> str:
        """As its own readers call it."""
        return LANGUAGES[self.code]

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return "ltr" if self.speaker is None else figures.direction(self.code)

    def day(self, when: date) -> str:
        """A date in full.

        >>> language("fr").day(date(2016, 3, 5))
        '5 mars 2016'
        """
        return self._figure("day", prose.day(when))

    def short_day(self, when: date) -> str:
        """A date as it is written in a table."""
        return self._figure("short day", claims.short_day(when))

    def short_month(self, when: date) -> str:
        """The month of a date as it is written under a chart.

        >>> language("en").short_month(date(2016, 3, 5)), language("fr").short_month(
        ...     date(2016, 3, 5))
        ('Mar', 'mars')
        """
        if self.speaker is None:
            return prose.MONTHS[when.month - 1][:3]
        return figures.short_month(when, self.code)

    def moment(self, utc: str) -> Said:
        """The day and minute of a time in UTC, ISO 8601."""
        return self.sentence(claims.moment(utc))

    def number(self, value: float) -> str:
        """A number with its separators.

        >>> language("en").number(4030), language("ru").number(1.5)
        ('4,030', '1,5')
        """
        return self._figure("number", f"{value:,}")

    def percent(self, ratio: float) -> str:
        """A ratio in per cent.

        >>> language("en").percent(0.154), language("fr").percent(0.154) == "15\u00a0%"
        ('15 %', True)
        """
        return self._figure("percent", prose.percent(ratio))

    def gettext(self, english: str) -> str:
        """A text of the page without gaps; the English where the catalogue has none.

        >>> language("fr").gettext("The board")
        'Le tableau'
        """
        return self.sentence(english).text

    def ngettext(self, one: str, many: str, n: int) -> str:
        """A text of the page whose form a number chooses; `{n}` in it is that number."""
        return self.say(one if n == 1 else many, n=n).text

    def say(self, english: str, **gaps: object) -> Said:
        """A text of the page with its gaps filled: a date, a number, a name, or a sentence said.

        >>> str(language("en").say("As of {day:day}", day=date(2016, 3, 5)))
        'As of 5 March 2016'
        """
        return self.sentence(GAP.sub(lambda gap: _written(gaps[gap[1]]), english))

    def sentence(self, english: str) -> Said:
        """An English sentence, or several, in this language; English where no pattern matches.

        >>> str(language("fr").sentence("There is no step above it."))
        "Il n'y a pas de degré au-dessus."
        """
        if self.speaker is None:
            return Said(pieces=(ours(english),), language=ENGLISH)
        return Said(pieces=tuple(_passage(self.speaker, english)), language=self.code)

    def _figure(self, treatment: str, english: str) -> str:
        if self.speaker is None:
            return english
        return figures.written(treatment, english, self.code)


@cache
def language(code: str) -> Language:
    """The language of a code.

    >>> language("ar").direction
    'rtl'
    """
    return _speaking(code, MappingProxyType({}))


def language_of_case(code: str, own: Mapping[str, str]) -> Language:
    """The language of a code, with what a case calls its own titles, labels and reasons in it.

    >>> str(language_of_case("fr", {"Karst": "le Karst"}).sentence("Karst"))
    'le Karst'
    """
    return _speaking(code, own)


def _speaking(code: str, own: Mapping[str, str]) -> Language:
    if code not in LANGUAGES:
        raise InputError(
            Problem(
                what=f'The dossier does not speak "{code}".',
                where="--language",
                remedy=f"Choose among: {', '.join(LANGUAGES)}, or all.",
            )
        )
    if code == ENGLISH:
        return Language(code=code, speaker=None)
    return Language(code=code, speaker=Speaker(spoken=catalogue(code), own=own))


def _passage(speaker: Speaker, english: str) -> Iterator[Piece]:
    """The whole as one sentence where it is one; else sentence by sentence."""
    at = 0
    while at < len(english):
        ends = [found.start() for found in NEXT.finditer(english, at)]
        end, pieces = _next(speaker, english, at, (len(english), *ends))
        yield from pieces
        if end < len(english):
            yield ours(" ")
        at = end + 1


def _next(
    speaker: Speaker, english: str, at: int, ends: Sequence[int]
) -> tuple[int, tuple[Piece, ...]]:
    """The end of the next sentence that the catalogue has, or of the next that it has not."""
    for end in ends:
        pieces = speaker.said(english[at:end])
        if pieces is not None:
            return end, pieces
    end = min(ends)
    return end, (Piece(text=english[at:end], whose="english"),)


def _written(value: object) -> str:
    """A value as an English sentence writes it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return prose.day(value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)
