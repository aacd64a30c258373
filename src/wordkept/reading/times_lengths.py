"""Resolves durations, sets, times of the day and words such as "now" and "recently"."""

import re
from datetime import date

from wordkept.reading.times_calendar import weekday_date
from wordkept.reading.times_candidates import Found
from wordkept.reading.times_setting import UNTOLD, Resolved, Setting, on, plain
from wordkept.reading.times_values import moved
from wordkept.reading.times_words import MONTHS, PARTS, SEASONS, SETS, WEEKDAYS, counted, duration

_OLD = re.compile(r"[- ](?:old|aged|of age)\b")
_RATE_BEFORE = re.compile(
    r"(?:\d(?:m|bn|k)?|\b(?:days|hours|percent|cent|million|billion|times|once|twice|dollars|euros|roubles|km|kilometres|"
    r"kilometers|miles|barrels|tonnes|tons|people|each|rounds|litres|sorties|meals)) $"
)
_WORDS_OF_PAPERS = re.compile(r" (?:[A-Z]|mail|express|telegraph|star|beast)")


def count_of(found: Found) -> float | None:
    """How many units; None where the words leave it vague."""
    words = found.get("number")
    return 0.5 if words == "half" else counted(words)


def length_of(found: Found) -> str:
    """The value of a duration."""
    return duration(count_of(found), found.get("unit"))


def length(found: Found, setting: Setting) -> Resolved | None:
    """Six months, a week and a half; no age, and no rate such as "nine dollars a day"."""
    words, number = setting.written.lower(), found.get("number")
    if _OLD.match(setting.after):
        return None
    if number in {"a", "an"}:
        if found.get("unit") == "second" or _RATE_BEFORE.search(setting.before):
            return None
        if words.endswith("and a half"):
            return plain(duration(1.5, found.get("unit")))
    if number == "half" and found.get("unit") == "hour":
        return plain("PT30M")
    return plain(length_of(found))


def lengths(found: Found, _: Setting) -> Resolved | None:
    """For years, within days: a duration of nobody knows how many."""
    return plain(duration(None, found.get("unit")))


def repeated(found: Found, setting: Setting) -> Resolved | None:
    """Every Monday, weekly, twice a year: how often, in TimeML's way."""
    part = PARTS.get(found.get("part"), "")
    if name := found.get("often"):
        capital = setting.written[0].isupper() and setting.before
        return None if capital else plain(SETS[name])
    if name := found.get("weekday"):
        return plain(f"XXXX-WXX-{WEEKDAYS[name] + 1}{part}")
    if name := found.get("month"):
        return plain(f"XXXX-{MONTHS[name]:02}")
    if name := found.get("season"):
        return plain(f"XXXX-{SEASONS[name]}")
    if part:
        return plain(f"XXXX-XX-XX{part}")
    number = found.get("number")
    count = 2 if number == "other" else counted(number) if number else 1
    return plain(duration(count, found.get("unit")))


def clock(found: Found, setting: Setting) -> Resolved | None:
    """A time of the day, on the day that stands beside it or was named last."""
    at = _at(found)
    if at is None:
        return None
    day = setting.near or setting.day
    named = found.get("named")
    if found.get("weekday"):
        day = weekday_date(found, setting)
    elif named:
        step = {"yesterday": -1, "tomorrow": 1}.get(named, 0)
        day = moved(setting.published, "day", step) if setting.published else None
    return on(day, at) if day else Resolved(at, None)


def _at(found: Found) -> str | None:
    """The T and what follows; None where the words are no time of the day."""
    words = found.get("clock")
    zone = "Z" if found.get("zone") else ""
    if words in {"noon", "midnight"}:
        return PARTS[words] + zone
    digits = re.sub(r"\D", "", words)
    hour, minute = (
        (int(digits[:-2]), digits[-2:]) if len(digits) > len("24") else (int(digits), "00")
    )
    half = found.get("half")
    if "." in words and not (half or zone):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02}:{minute}{zone}"


def part(found: Found, setting: Setting) -> Resolved | None:
    """In the morning, by dawn: of the day that this sentence named, or of no known day."""
    sign = PARTS.get(found.get("part"), "TNI")
    day: date | None = None if found.get("part") == "overnight" else setting.near
    return on(day, sign) if day else Resolved(sign, None)


def reference(found: Found, _: Setting) -> Resolved | None:
    """Now, recently, soon."""
    name = {"past": "PAST_REF", "present": "PRESENT_REF", "future": "FUTURE_REF"}[found.kind]
    return plain(name)


def then(_: Found, setting: Setting) -> Resolved | None:
    """What "since then" refers to: what was named last, or no more than the past."""
    if setting.said:
        return plain(setting.said)
    return plain("PAST_REF") if setting.before.endswith("since ") else UNTOLD


def named_day(_: Found, __: Setting) -> Resolved | None:
    """The attacks that go by their date."""
    return on(date(2001, 9, 11))
