"""A reader's language: sentences, dates, numbers and plurals as a page in it says them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from types import MappingProxyType

from markupsafe import Markup

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.languages import figures
from wordkept.dossier.languages.catalogue import catalogue
from wordkept.dossier.languages.kinds import DAY, SHAPES
from wordkept.dossier.languages.patterns import GAP
from wordkept.dossier.languages.said import Piece, Plain, Said, kept, ours
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
    missed: dict[str, None] = field(default_factory=dict, compare=False)
    """What was asked for and has no translation, in the order of asking."""

    def afresh(self) -> "Language":
        """The same for another page, on which nothing was missed yet."""
        return replace(self, missed={})

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

    def text(self, english: str) -> Plain:
        """An English text in this language, for a title, a chart or an attribute.

        >>> language("fr").text("The board")
        'Le tableau'
        """
        return self.sentence(english).text

    def counted(self, one: str, many: str, n: int) -> Said:
        """A text of the page whose form a number chooses; `{n}` in it is that number."""
        return self.say(one if n == 1 else many, n=n)

    def say(self, english: str, **gaps: object) -> Said:
        """A text of the page with its gaps filled: a date, a number, a name, or a sentence said.

        The text is a template's or our own, never anybody else's: in English it stands as it is.

        >>> str(language("en").say("As of {day:day}", day=date(2016, 3, 5)))
        'As of 5 March 2016'
        """
        given = {name: _written(value) for name, value in gaps.items()}
        if self.speaker is None:
            return Said(pieces=tuple(_literal(english, given)), language=ENGLISH)
        pieces = self.speaker.told(english, given) if given else None
        if pieces is None:
            return self.sentence(GAP.sub(lambda gap: str(given[gap[1]]), english))
        return Said(pieces=pieces, language=self.code)

    def entitled(self, name: str, english: str) -> Plain:
        """Somebody's name and, after a colon, an English text in this language."""
        return Plain(f"{self.own(name).text}{self.text(': ')}{self.text(english)}")

    def plain(self, english: str, **gaps: object) -> Plain:
        """The same for an attribute, where no markup can stand.

        >>> language("fr").plain("The board")
        'Le tableau'
        """
        return self.say(english, **gaps).text

    def own(self, text: str) -> Said:
        """Somebody's name or words, as the case calls them in this language, or as they are.

        >>> str(language("en").own("Northland"))
        'Northland'
        """
        if self.speaker is None:
            return Said(pieces=(ours(text),), language=ENGLISH)
        return Said(pieces=self.speaker.known(text), language=self.code)

    def term(self, text: str) -> Said:
        """What a pledge names: a day in full, or the case's words for it.

        >>> str(language("fr").term("1 March 2016"))
        '1er mars 2016'
        """
        return self.sentence(text) if re.fullmatch(DAY, text) else self.own(text)

    def sentence(self, english: str) -> Said:
        """An English sentence, or several, in this language; English where no pattern matches.

        >>> str(language("fr").sentence("There is no step above it."))
        "Il n'y a pas de degré au-dessus."
        """
        if self.speaker is None:
            return Said(pieces=(ours(english),), language=ENGLISH)
        pieces = tuple(_passage(self.speaker, english))
        self.missed.update((one.text, None) for one in pieces if one.whose == "english")
        return Said(pieces=pieces, language=self.code)

    def _figure(self, treatment: str, english: str) -> str:
        if self.speaker is None:
            return english
        return figures.written(treatment, english, self.code)


IN_ENGLISH = Language(code=ENGLISH, speaker=None)


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


def translations(names: Sequence[str]) -> tuple[str, ...]:
    """The languages that are asked for beside English, `all` meaning all, each once and in order.

    >>> translations(["fr", "ar"]), translations(["en"])
    (('ar', 'fr'), ())
    """
    asked = LANGUAGES if "all" in names else names
    for name in asked:
        language(name)
    return tuple(code for code in LANGUAGES if code in asked and code != ENGLISH)


def page_name(code: str) -> str:
    """The file of the page in a language.

    >>> page_name("en"), page_name("ar")
    ('index.html', 'index.ar.html')
    """
    return "index.html" if code == ENGLISH else f"index.{code}.html"


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
        return IN_ENGLISH
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


def _literal(english: str, given: Mapping[str, str]) -> Iterator[Piece]:
    """A text of the page in English: its own words as they are, and names kept apart."""
    at = 0
    for gap in GAP.finditer(english):
        yield Piece(text=english[at : gap.start()], whose="page")
        value = given[gap[1]]
        if isinstance(value, Markup):
            yield Piece(text=value, whose="page")
        else:
            yield kept(value) if SHAPES[gap[2] or "name"][1] == "kept" else ours(value)
        at = gap.end()
    yield Piece(text=english[at:], whose="page")


def _written(value: object) -> str:
    """A value as an English sentence writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return prose.day(value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)
