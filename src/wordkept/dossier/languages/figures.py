"""Dates, numbers and shares as a language writes them, by Babel."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from wordkept.prose import MONTHS

DAY, SHORT_DAY = {"ru": "d MMMM y 'года'"}, "d MMM y"
"""As newspapers write a day; Babel's own long form has an abbreviated year in Russian."""


@cache
def locale(code: str) -> Locale:
    """What is known of a language: its direction, its months, its separators."""
    return Locale.parse(code)


def direction(code: str) -> str:
    """Which way it is read.

    >>> direction("ar"), direction("ru")
    ('rtl', 'ltr')
    """
    return str(locale(code).text_direction)


def day(when: date, code: str) -> str:
    """A date in full.

    >>> day(date(2016, 3, 5), "fr"), day(date(2016, 3, 5), "ru")
    ('5 mars 2016', '5 марта 2016 года')
    """
    return format_date(when, DAY.get(code, "d MMMM y"), locale=locale(code))


def short_day(when: date, code: str) -> str:
    """A date as it is written in a table.

    >>> short_day(date(2016, 3, 5), "ru")
    '5 мар. 2016'
    """
    return format_date(when, SHORT_DAY, locale=locale(code))


def read_day(text: str) -> date:
    """The date that an English sentence writes, in full or short.

    >>> read_day("5 March 2016") == read_day("5 Mar 2016") == date(2016, 3, 5)
    True
    """
    number, month, year = text.split()
    place = next(at for at, name in enumerate(MONTHS, 1) if name.startswith(month))
    return date(int(year), place, int(number))


def number(text: str, code: str) -> str:
    """A number that an English sentence writes, with as many decimals as it has there.

    >>> number("12,345.60", "fr") == "12\u202f345,60"
    True
    """
    given = _read(text)
    return format_decimal(given, "#,##0" + _decimals(given), locale=locale(code))


def percent(text: str, code: str) -> str:
    """A share that an English sentence writes in per cent.

    >>> percent("0.4 %", "fr") == "0,4\u00a0%"
    True
    """
    given = _read(text.removesuffix("%").strip())
    pattern = str(locale(code).percent_formats[None].pattern)
    return format_percent(
        given / 100, pattern.replace("0", "0" + _decimals(given), 1), locale=locale(code)
    )


def listed(parts: Sequence[str], code: str) -> str:
    """Parts joined as in a sentence.

    >>> listed(("a", "b", "c"), "fr")
    'a, b et c'
    """
    return format_list(list(parts), locale=locale(code))


def _read(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _decimals(given: Decimal) -> str:
    places = -int(given.as_tuple().exponent)
    return "." + "0" * places if places > 0 else ""
