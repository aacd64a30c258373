"""A reader's language: sentences, dates, numbers and plurals as a page in it says them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.languages.catalogue import STOP, Catalogue, catalogue, key
from wordkept.dossier.languages.patterns import GAP, Gap, Pattern
from wordkept.dossier.languages.said import Piece, Said, begun_like, kept, ours
from wordkept.errors import InputError, Problem

ENGLISH = "en"
LANGUAGES = {"en": "English", "ar": "العربية", "ru": "Русский", "fr": "Français"}
"""By code, each by the name that its own readers know."""
NEXT = re.compile(r"(?<=[.?!]) (?=[A-Z0-9])")
"""Where one sentence may end and the next begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What a page is written in; English is what the page says without any catalogue."""

    code: str
    own: Mapping[str, str] = field(default_factory=dict)
    """What a case calls its own titles, labels and reasons in this language, by the English."""

    @property
    def name(self) -> str:
        """As its own readers call it."""
        return LANGUAGES[self.code]

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        if self.code == ENGLISH:
            return "ltr"
        from wordkept.dossier.languages import figures  # noqa: PLC0415 - Babel, where asked

        return figures.direction(self.code)

    def day(self, when: date) -> str:
        """A date in full.

        >>> language("fr").day(date(2016, 3, 5))
        '5 mars 2016'
        """
        return self._figure("day", prose.day(when))

    def short_day(self, when: date) -> str:
        """A date as it is written in a table."""
        return self._figure("short day", claims.short_day(when))

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

        >>> str(language("fr").sentence("It was back by 5 June 2016."))
        'It was back by 5 June 2016.'
        """
        if self.code == ENGLISH:
            return Said(pieces=(ours(english),), language=ENGLISH)
        return Said(pieces=tuple(self._passage(english)), language=self.code)

    def _passage(self, english: str) -> Iterator[Piece]:
        """The whole as one sentence where it is one; else sentence by sentence."""
        at = 0
        while at < len(english):
            ends = [found.start() for found in NEXT.finditer(english, at)]
            for end in (len(english), *ends):
                pieces = _said(self, english[at:end])
                if pieces is not None:
                    yield from pieces
                    break
            else:
                end = ends[0] if ends else len(english)
                yield Piece(text=english[at:end], whose="english")
            if end < len(english):
                yield ours(" ")
            at = end + 1

    def _figure(self, treatment: str, english: str) -> str:
        if self.code == ENGLISH:
            return english
        from wordkept.dossier.languages import figures  # noqa: PLC0415 - Babel, where asked

        match treatment:
            case "day":
                return figures.day(figures.read_day(english), self.code)
            case "short day":
                return figures.short_day(figures.read_day(english), self.code)
            case "number":
                return figures.number(english, self.code)
            case _:
                return figures.percent(english, self.code)

    def __hash__(self) -> int:
        """By code and own words, so that what was said once is not looked for again."""
        return hash((self.code, tuple(sorted(self.own.items()))))


def language(code: str) -> Language:
    """The language of a code.

    >>> language("ar").direction
    'rtl'
    """
    if code not in LANGUAGES:
        raise InputError(
            Problem(
                what=f'The dossier does not speak "{code}".',
                where="--language",
                remedy=f"Choose among: {', '.join(LANGUAGES)}, or all.",
            )
        )
    return Language(code=code)


def _written(value: object) -> str:
    """A value as an English sentence writes it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return prose.day(value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)


@cache
def _said(speaker: Language, english: str) -> tuple[Piece, ...] | None:
    """One sentence or clause in the language; None where the catalogue has no such."""
    if english in speaker.own:
        return (ours(speaker.own[english]),)
    spoken = catalogue(speaker.code)
    bare = english.removesuffix(STOP)
    pieces = _fixed(spoken, english) or _filled(speaker, spoken, bare)
    if pieces is None:
        return None
    return (*begun_like(english, pieces), *([ours(STOP)] if bare != english else []))


def _fixed(spoken: Catalogue, english: str) -> tuple[Piece, ...] | None:
    found = spoken.fixed.get(key(english))
    return (ours(found[0]),) if found else None


def _filled(speaker: Language, spoken: Catalogue, bare: str) -> tuple[Piece, ...] | None:
    for pattern in spoken.patterns:
        given = pattern.match(bare)
        if given is not None:
            filled = _fill(speaker, spoken, pattern, given)
            if filled is not None:
                return filled
    return None


def _fill(
    speaker: Language, spoken: Catalogue, pattern: Pattern, given: Mapping[str, str]
) -> tuple[Piece, ...] | None:
    """The translation with its gaps filled; None where something in a gap cannot be said."""
    filled: dict[str, tuple[Piece, ...]] = {}
    for gap in pattern.gaps:
        pieces = _treated(speaker, gap, given[gap.name])
        if pieces is None:
            return None
        filled[gap.name] = pieces
    words = GAP.split(_form(spoken, pattern, given))
    made: list[Piece] = []
    for at in range(0, len(words), 3):
        made += [ours(words[at])] if words[at] else []
        made += filled[words[at + 1]] if at + 1 < len(words) else ()
    return tuple(made)


def _form(spoken: Catalogue, pattern: Pattern, given: Mapping[str, str]) -> str:
    if not pattern.plural or pattern.counted is None:
        return pattern.translations[0]
    number = int(float(given[pattern.counted.name].replace(",", "")))
    return pattern.translations[spoken.form(number)]


def _treated(speaker: Language, gap: Gap, text: str) -> tuple[Piece, ...] | None:
    match gap.treatment:
        case "said":
            return _said(speaker, text) or _bare_number(speaker, gap, text)
        case "kept":
            return _known(speaker, text)
        case "items":
            return _items(speaker, text)
        case figure:
            return (ours(speaker._figure(figure, text)),)  # noqa: SLF001 - its own module


def _bare_number(speaker: Language, gap: Gap, text: str) -> tuple[Piece, ...] | None:
    """A range that is one number only."""
    if gap.kind == "percents":
        return (ours(speaker._figure("percent", text)),)  # noqa: SLF001 - its own module
    if gap.kind == "spread":
        return (ours(speaker._figure("number", text)),)  # noqa: SLF001 - its own module
    return None


def _known(speaker: Language, text: str) -> tuple[Piece, ...]:
    """Somebody's name or words: by the case's own translation of them, or as they are."""
    own = speaker.own.get(text) or speaker.own.get(text[:1].upper() + text[1:])
    return (ours(own),) if own else (kept(text),)


def _items(speaker: Language, text: str) -> tuple[Piece, ...]:
    """Items parted by semicolons, each said where it can be."""
    made: list[Piece] = []
    for place, item in enumerate(text.split("; ")):
        made += (_said(speaker, "; ") or (ours("; "),)) if place else ()
        made += _said(speaker, item) or _known(speaker, item)
    return tuple(made)
