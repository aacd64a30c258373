"""Dates, numbers and shares as a language writes them, by Babel, loaded where one is asked for."""

from datetime import date
from decimal import Decimal

from wordkept.prose import MONTHS

DAY, SHORT_DAY = {"ru": "d MMMM y 'года'"}, "d MMM y"
"""As newspapers write a day; Babel's own long form has an abbreviated year in Russian."""
FIRST = {"fr": "1er"}
"""The first of a month, where a language counts it and numbers the others."""


def direction(code: str) -> str:
    """Which way it is read.

    >>> direction("ar"), direction("ru")
    ('rtl', 'ltr')
    """
    from babel import Locale

    return str(Locale.parse(code).text_direction)


def day(when: date, code: str) -> str:
    """A date in full.

    >>> day(date(2016, 3, 5), "fr"), day(date(2016, 3, 1), "fr"), day(date(2016, 3, 5), "ru")
    ('5 mars 2016', '1er mars 2016', '5 марта 2016 года')
    """
    from babel.dates import format_date

    return _first(format_date(when, DAY.get(code, "d MMMM y"), locale=code), when, code)


def short_day(when: date, code: str) -> str:
    """A date as it is written in a table.

    >>> short_day(date(2016, 3, 5), "ru")
    '5 мар. 2016'
    """
    from babel.dates import format_date

    return _first(format_date(when, SHORT_DAY, locale=code), when, code)


def short_month(when: date, code: str) -> str:
    """The month of a date as it is written under a chart.

    >>> short_month(date(2016, 3, 5), "ru")
    'март'
    """
    from babel.dates import format_date

    return format_date(when, "LLL", locale=code)


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
    from babel.numbers import format_decimal

    given = _read(text)
    return format_decimal(given, "#,##0" + _decimals(given), locale=code)


def percent(text: str, code: str) -> str:
    """A share that an English sentence writes in per cent.

    >>> percent("0.4 %", "fr") == "0,4\u00a0%"
    True
    """
    from babel import Locale
    from babel.numbers import format_percent

    given = _read(text.removesuffix("%").strip())
    pattern = str(Locale.parse(code).percent_formats[None].pattern)
    return format_percent(given / 100, pattern.replace("0", "0" + _decimals(given), 1), locale=code)


def written(treatment: str, english: str, code: str) -> str:
    """What an English sentence writes, as a language writes it.

    >>> written("day", "5 March 2016", "fr")
    '5 mars 2016'
    """
    match treatment:
        case "day":
            return day(read_day(english), code)
        case "short day":
            return short_day(read_day(english), code)
        case "percent":
            return percent(english, code)
        case "plain":
            return english
        case _:
            return number(english, code)


def _first(said: str, when: date, code: str) -> str:
    return said.replace("1", FIRST[code], 1) if when.day == 1 and code in FIRST else said


def _read(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _decimals(given: Decimal) -> str:
    places = -int(given.as_tuple().exponent)
    return "." + "0" * places if places > 0 else ""
