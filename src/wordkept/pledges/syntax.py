"""A TOML text as values, with what the grammar refuses said in words that help."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

from wordkept.pledges.lines import KeyPath, ScanError, layout

NO_DAY = "\ufffe no day \ufffe"
"""Stands, once it has been reported, where the file gives a day that no calendar has."""

DAY_LIKE = re.compile(
    r"^(?P<key>[^=#\n]*=[ \t]*)(?P<day>\d+[-./]\d+[-./]\d+)(?P<rest>[ \t]*(?:#[^\n]*)?)$"
)
CURLY = re.compile("[\u2018\u2019\u201c-\u201e\u00ab\u00bb]")
OVERLONG = re.compile(r"[0-9_]{4000}")
PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")

REMEDIES = (
    ("Invalid value", 'put words in straight quotes; write dates as 2016-03-14, lists as ["a"]'),
    ("Expected newline", 'one value a line; a quote mark inside quotes is written \\"'),
    ("Expected '='", "write key = value"),
    ("Unescaped '\\'", "use single quotes '...' round text that holds a backslash"),
    ("Unterminated string", 'close the text with the quotes it was opened with: " or """'),
    ("Illegal character '\\n'", 'close the quotes, or use """ round text of several lines'),
    ("Unclosed array", "close the list with ]"),
    ("Unclosed inline table", "close the table with }"),
    ("Expected ']'", "close the table's name with ]"),
    ("Cannot overwrite", "keep one of the two"),
    ("Cannot declare", "keep one of the two"),
    ("Duplicate inline", "keep one of the two"),
    ("Invalid date", "write the day alone: 2016-03-14"),
    ("Exceeds the limit", "write a number of a few digits"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What TOML's grammar refuses in a text, where, and what to try."""

    line: int
    what: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A text's values, the lines they stand on, and the faults found on the way."""

    values: dict[str, Any] | None
    """None where the grammar refuses the text as a whole."""
    lines: dict[KeyPath, int]
    faults: tuple[Fault, ...]


def parse(text: str) -> Parsed:
    """The values of a TOML text; an impossible day is noted and the rest still read.

    >>> parse("a = 1").values
    {'a': 1}
    >>> [fault.what for fault in parse("starts = 2016-02-30").faults]
    ['2016-02-30 is not a day of the calendar']
    """
    faults: list[Fault] = []
    while True:
        try:
            values = tomllib.loads(text)
            return Parsed(values=values, lines=layout(text).lines, faults=tuple(faults))
        except RecursionError:
            deep = Fault(line=1, what="lists or tables are nested too deep", remedy="flatten them")
            return Parsed(values=None, lines={}, faults=(*faults, deep))
        except ValueError as error:
            line = _line(error, text)
            mended = _mend_day(text, line)
            if mended is None:
                found = _repeats(text) or (_fault(error, line, text),)
                return Parsed(values=None, lines={}, faults=(*faults, *found))
            text, fault = mended
            faults.append(fault)


def _line(error: ValueError, text: str) -> int:
    place = PLACE.search(str(error))
    if place is not None and place[1]:
        return int(place[1])
    try:
        layout(text)
    except ScanError as stop:
        return stop.line
    digits = OVERLONG.search(text)
    return 1 + (text[: digits.start()] if digits else text.rstrip()).count("\n")


def _mend_day(text: str, line: int) -> tuple[str, Fault] | None:
    """The text with that line's impossible day set aside, and the fault; None if it holds none."""
    rows = text.split("\n")
    found = DAY_LIKE.match(rows[line - 1]) if line <= len(rows) else None
    if found is None or _exists(found["day"]):
        return None
    rows[line - 1] = f'{found["key"]}"{NO_DAY}"{found["rest"]}'
    if re.fullmatch(r"\d{4}-\d\d-\d\d", found["day"]):
        what, remedy = f"{found['day']} is not a day of the calendar", "check the day and the month"
    else:
        what = f"{found['day']} is not written as a date"
        remedy = "write year-month-day, as 2016-03-14"
    return "\n".join(rows), Fault(line=line, what=what, remedy=remedy)


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _repeats(text: str) -> tuple[Fault, ...]:
    """Everything that stands twice, where that is all that is wrong."""
    try:
        repeats = layout(text).repeats
    except (ValueError, RecursionError):
        return ()
    return tuple(
        Fault(
            line=again,
            what=f'"{_dotted(path)}" stands twice: first on line {first}',
            remedy="keep one of the two",
        )
        for path, first, again in repeats
    )


def _dotted(path: KeyPath) -> str:
    return ".".join(str(key) for key in path if isinstance(key, str))


def _fault(error: ValueError, line: int, text: str) -> Fault:
    message = PLACE.sub("", str(error))
    rows = text.split("\n")
    remedy = next(
        (words for start, words in REMEDIES if message.startswith(start)),
        "compare the line with the draft that wordkept init writes",
    )
    if line <= len(rows) and CURLY.search(rows[line - 1]):
        remedy = 'use straight quotes ("...") round text, not curly ones'
    return Fault(
        line=line, what=f"this is not TOML: {message[0].lower()}{message[1:]}", remedy=remedy
    )
