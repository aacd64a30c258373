"""The words of time: months, days, units, numbers, parts of the day, and what each comes to."""

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"),
            ("may",), ("june", "jun"), ("july", "jul"), ("august", "aug"),
            ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_SHORT_MONTHS = {
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
}
WHOLE_MONTHS = tuple(name for name in MONTHS if name not in _SHORT_MONTHS)
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon"), ("tuesday", "tues", "tue"), ("wednesday", "weds", "wed"),
            ("thursday", "thurs", "thur", "thu"), ("friday", "fri"), ("saturday", "sat"),
            ("sunday", "sun"),
        )
    )
    for name in names
}  # fmt: skip
WHOLE_WEEKDAYS = tuple(name for name in WEEKDAYS if name.endswith("day"))
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3}
ORDINALS |= {"4th": 4, "opening": 1, "final": 4, "last": 4, "one": 1, "two": 2, "three": 3}
PARTS = {
    "morning": "TMO", "dawn": "TMO", "daybreak": "TMO", "noon": "T12:00", "midday": "TMI",
    "afternoon": "TAF", "evening": "TEV", "dusk": "TEV", "night": "TNI", "midnight": "T24:00",
}  # fmt: skip
"""As TimeML writes the parts of a day."""
UNITS = {
    "second": ("T", 1, "S"), "minute": ("T", 1, "M"), "hour": ("T", 1, "H"), "day": ("", 1, "D"),
    "week": ("", 1, "W"), "fortnight": ("", 2, "W"), "month": ("", 1, "M"), "year": ("", 1, "Y"),
    "decade": ("", 10, "Y"), "century": ("", 100, "Y"), "centurie": ("", 100, "Y"),
}  # fmt: skip
"""Of each unit what a duration writes: the T of a time, how many, the letter."""
SETS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W",
    "monthly": "P1M", "quarterly": "P3M", "yearly": "P1Y", "annual": "P1Y", "annually": "P1Y",
}  # fmt: skip
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONE = {"a": 1, "an": 1, "another": 1, "a single": 1, "single": 1, "a further": 1, "a full": 1}
_NUMBERS = _ONE | {word: number for number, word in enumerate(_SMALL)}
_NUMBERS |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_NUMBERS |= {"a dozen": 12, "a hundred": 100, "hundred": 100, "a couple of": 2}
VAGUE = (
    "several", "a few", "few", "some", "many", "dozens of", "hundreds of", "thousands of",
    "a number of", "countless",
)  # fmt: skip
_SPOKEN = rf"(?:{'|'.join(_TENS)})-(?:{'|'.join(_SMALL[1:10])})"
_EXACT = "|".join(sorted(_NUMBERS, key=len, reverse=True))
NUMBER = (
    rf"(?:{_SPOKEN}|{'|'.join(sorted(VAGUE, key=len, reverse=True))}|{_EXACT}"
    r"|\d{1,3}(?:\.5)?)(?:(?: |-)and(?: |-)a(?: |-)half)?"
)
"""A count of units, in figures or in words; at most three figures, or it is no length of time."""
COUNTED = rf"(?:{_SPOKEN}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|\d{{1,3}})"
LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
"""ASCII capitals only: every offset stays what it was."""


def counted(words: str) -> float | None:
    """How many, in words or figures; None where the words leave it vague.

    >>> counted("twenty-one"), counted("two and a half"), counted("several")
    (21, 2.5, None)
    """
    words = words.strip()
    whole = re.sub(r"[ -]and[ -]a[ -]half$", "", words)
    half = 0.5 if whole != words else 0
    if whole in VAGUE:
        return None
    if whole in _NUMBERS:
        return _NUMBERS[whole] + half
    if whole[0].isdigit():
        return (float(whole) if "." in whole else int(whole)) + half
    tens, _, ones = whole.partition("-")
    return _NUMBERS[tens] + _NUMBERS[ones] + half


def duration(count: float | None, unit: str) -> str:
    """The TIMEX value of so many units; X where it is vague.

    >>> duration(6, "month"), duration(None, "years"), duration(2, "decades")
    ('P6M', 'PXY', 'P20Y')
    """
    time, each, letter = UNITS[unit.removesuffix("s") if unit != "centuries" else "century"]
    if count is None:
        return f"P{time}X{'DE' if unit.startswith('decade') else letter}"
    if unit.startswith("year") and 0 < count < 1:
        return "P6M"
    return f"P{time}{count * each:g}{letter}"
