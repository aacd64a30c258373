"""Days, numbers and words out of cells of text, as expressions that no bad cell can stop.

A cell that cannot be read becomes null here, and `harmonise.judge` sets its row aside: it finds
each `try_cast` of these expressions and compares what went in with what came out. Shapes are
checked by regular expressions before the cast, because engines differ in what they let pass
(DuckDB reads `1_000` and `infinity`, Spark reads `1d`). Outer white space is gone by then: `judge`
hands over trimmed cells.
"""

from typing import Literal

import ibis
import ibis.expr.types as ir

Form = Literal["iso", "compact", "worded", "day first", "month first"]
"""How a date may be written: `2016-03-15` (a time of day may follow), `20160315` (six digits of
time may follow), `15 March 2016`, `15-03-2016` and `03/15/2016`. The last two cannot be told
apart by looking, so that a dataset names one at most."""

MISSING = ("", "NA", "N/A", "NULL", "NONE", "NAN")
"""What programs write where there is no value, in capitals."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_TIME = r"(?:[ T][0-9:.]+(?:Z|[+-][0-9:]+)?)?$"
_ISO = r"^([0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2})" + _TIME
_COMPACT = r"^([0-9]{8})(?:[0-9]{6})?$"
_WORDED = r"^([0-9]{1,2})[ -]+([A-Za-z]{3,9})[.,]?[ -]+([0-9]{4})$"
_NUMBERED = r"^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})" + _TIME
_WHOLE = r"^\+?(-?[0-9]{1,18})(?:\.0*)?$"
_DECIMAL = r"^\+?(-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?)$"


def text(cell: ir.StringValue) -> ir.StringValue:
    """The words of the cell, or null where it holds none."""
    return cell.nullif("")


def blank(cell: ir.StringValue) -> ir.BooleanValue:
    """Whether a cell holds no value: null, nothing, or a program's word for missing."""
    return cell.isnull() | cell.upper().isin(MISSING)


def whole(cell: ir.StringValue) -> ir.IntegerValue:
    """A whole number, also where written `13.0`; null where it is none."""
    return cell.re_extract(_WHOLE, 1).try_cast("int64")


def decimal(cell: ir.StringValue) -> ir.FloatingValue:
    """A number with a decimal point; null where it is none (a decimal comma is not guessed)."""
    return cell.re_extract(_DECIMAL, 1).try_cast("float64")


def day(cell: ir.StringValue, *forms: Form) -> ir.DateValue:
    """The local date in a cell written in one of the forms; null where it is in none."""
    return ibis.coalesce(*(_as_iso(cell, form).try_cast("date") for form in forms))


def shifted(date: ir.DateValue, days: ir.IntegerValue) -> ir.DateValue:
    """The date moved by a number of days; a date on every engine (DuckDB gives a timestamp)."""
    return (date + days.as_interval("D")).cast("timestamp").cast("date")


def week_of(date: ir.DateValue) -> tuple[ir.DateValue, ir.DateValue]:
    """The Monday and the Sunday of the week that holds the date."""
    since_monday = date.day_of_week.index().cast("int64")
    return shifted(date, -since_monday), shifted(date, 6 - since_monday)


def month_of(date: ir.DateValue) -> tuple[ir.DateValue, ir.DateValue]:
    """The first and the last day of the month that holds the date."""
    first = shifted(date, 1 - date.day().cast("int64"))
    beyond = shifted(first, ibis.literal(31))
    return first, shifted(beyond, -beyond.day().cast("int64"))


def _as_iso(written: ir.StringValue, form: Form) -> ir.StringValue:
    """Year, month and day with hyphens between; text that is no date where the form is another."""
    match form:
        case "iso":
            return written.re_extract(_ISO, 1).replace("/", "-")
        case "compact":
            digits = written.re_extract(_COMPACT, 1)
            return _hyphened(digits.substr(0, 4), digits.substr(4, 2), digits.substr(6, 2))
        case "worded":
            day_, name, year = (written.re_extract(_WORDED, group) for group in (1, 2, 3))
            numbers = [(word, f"{at:02}") for at, word in enumerate(MONTHS, start=1)]
            return _hyphened(year, name.lower().substr(0, 3).cases(*numbers, else_=""), day_)
        case "day first":
            day_, month, year = (written.re_extract(_NUMBERED, group) for group in (1, 2, 3))
            return _hyphened(year, month, day_)
        case "month first":
            month, day_, year = (written.re_extract(_NUMBERED, group) for group in (1, 2, 3))
            return _hyphened(year, month, day_)


def _hyphened(*parts: ir.StringValue) -> ir.StringValue:
    return ibis.literal("-").join(parts)
