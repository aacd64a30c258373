"""Resolves what the calendar names: dates, months, weekdays, weekends, years and centuries."""

import re
from datetime import date, timedelta

from wordkept.period import Period
from wordkept.reading.times_candidates import Found
from wordkept.reading.times_setting import UNTOLD, Resolved, Setting, on, plain
from wordkept.reading.times_tense import Way
from wordkept.reading.times_values import months, moved, unit_value
from wordkept.reading.times_words import MONTHS, ORDINALS, PARTS, WEEKDAYS

NEXT = {"next", "coming", "this coming"}
MONTHS_A_YEAR, LONGEST_MONTH = 12, 31
NEAR_DAYS = 100
"""Where no verb tells, a date without its year is the nearest if that is at most so far off."""
MID_MONTH = 15
TURN_MONTHS = 6
"""After a dated month, one earlier in the calendar by more than this is the next year's."""
_ALSO_NAMES = {"may", "march", "april", "june", "august"}
_AFTER_MONTH = rf"(?:{'|'.join(MONTHS)}) (?:and|to|or|until)"
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|of|from|during|through|early|late|mid|between|before|after|last|"
    rf"next|this|around|about|its|their|the|(?:early|mid|late)-|{_AFTER_MONTH}) ?$"
)
_MAY_BEFORE = re.compile(
    r"\b(?:the|in|since|until|till|by|during|early|late|mid|before|after|(?:early|mid|late)-|"
    rf"{_AFTER_MONTH}) ?$"
)
_NAMED_BEFORE = re.compile(r"\b(?:black|bloody|good|palm|easter|ash|shrove|ruby) $")
_NAMED_AFTER = re.compile(
    r" (?:times|telegraph|mirror|express|mail|herald|post|agreement|night live|war\b|revolution)"
)
_YEAR_BEFORE = re.compile(
    r"(?:^|[(,–-]|\b(?:in|since|by|until|till|of|from|between|and|during|to|before|after|through|"
    r"for|the|a|an|its|their|his|her|this|mid|early|late|around|about|circa|throughout|than|or)) ?$"
)
_COUNTED_BEFORE = re.compile(r"\b(?:of|to|and|about|around|than|for|or|between|by|from) ?$")
_COUNTED_AFTER = re.compile(
    r"(?: (?:and|to|or) \d{4})? (?:(?:people|soldiers|troops|men|women|children|"
    r"civilians|fighters|others|km|kilometres|"
    r"kilometers|metres|meters|miles|dollars|euros|percent|per cent|barrels|tonnes|tons|hectares|"
    r"rounds|shells|houses|homes|families|refugees|killed|dead|more|million)\b)"
)
_YEAR_SHARED = re.compile(
    rf"(?: ?[-–] ?| (?:and|to|until|till|through|or) )(?:[0-3]?\d )?(?:{'|'.join(MONTHS)})\b"
    r"(?: [0-3]?\d,)?,? ((?:1[6-9]|20)\d\d)\b"
)
"""After the first of two months or dates, the second with the year of both."""
_PLURAL_AFTER = re.compile(r" (?!is\b|was\b|has\b|as\b|this\b|its\b|his\b|us\b|thus\b)[a-z]+s\b")


def written_date(found: Found, setting: Setting) -> Resolved | None:
    """A day and a month in words, or several days of one month, with or without the year."""
    month_word = found.get("month")
    if not _capital(month_word, setting.written):
        return None
    month, day = MONTHS[month_word], int(found.get("day"))
    year = _own_year(found, setting) or _year_of_day(month, day, found, setting)
    if year is None:
        return UNTOLD
    last = _day(year, month, day)
    part = PARTS.get(found.get("part"), "")
    if last is None or not found.get("first"):
        return on(last, part)
    first = _day(year, month, int(found.get("first")))
    if first is None or first >= last:
        return UNTOLD
    value = f"{first}{part}" if part else f"{first}/{last}"
    return Resolved(value, Period(first, last))


def iso_date(found: Found, _: Setting) -> Resolved | None:
    """2016-03-14, with its time of the day where that is given."""
    year, month, day = (int(found.get(name)) for name in ("year", "month", "day"))
    clock = found.get("clock")
    that = _day(year, month, day)
    return on(that, f"T{clock}" if clock else "") if that else None


def slashed_date(found: Found, _: Setting) -> Resolved | None:
    """14/03/2016 or 03/14/2016; untold where either could be the month."""
    one, two, year = (int(found.get(name)) for name in ("one", "two", "year"))
    if one == two or two > MONTHS_A_YEAR:
        return on(_day(year, one, two))
    return on(_day(year, two, one)) if one > MONTHS_A_YEAR else UNTOLD


def month(found: Found, setting: Setting) -> Resolved | None:
    """A month, with its year or by tense."""
    word = found.get("month")
    if not _capital(word, setting.written) or _NAMED_AFTER.match(setting.after):
        return None
    if word in _ALSO_NAMES and len(found.parts) == 1 and setting.written.lower() == word:
        before = _MAY_BEFORE if word == "may" else _MONTH_BEFORE
        if not before.search(setting.before):
            return None
    year = month_year(found, setting)
    return plain(f"{year:04}-{MONTHS[word]:02}" if year else "")


def weekday(found: Found, setting: Setting) -> Resolved | None:
    """A day of the week: by "last", "next" or its like, or by tense; it may be the day itself."""
    if _NAMED_BEFORE.search(setting.before) or _NAMED_AFTER.match(setting.after):
        return None
    return on(weekday_date(found, setting), PARTS.get(found.get("part"), ""))


def weekday_date(found: Found, setting: Setting) -> date | None:
    """The day that a weekday is; None where nothing tells."""
    wanted, which, today = WEEKDAYS[found.get("weekday")], found.get("which"), setting.published
    if which in {"following", "previous", "same", "that"}:
        return _beside(setting.day, wanted, which)
    if today is None:
        return None
    week = {"last": -1, "this": 0, "that": 0, "next": 1}.get(found.get("week"))
    if week is not None:
        return today + timedelta(days=wanted - today.weekday() + 7 * week)
    back = timedelta(days=(today.weekday() - wanted) % 7)
    ahead = timedelta(days=(wanted - today.weekday()) % 7)
    if which and which != "this":
        whole = timedelta(days=7)
        return today + (ahead or whole) if which in NEXT else today - (back or whole)
    looks_ahead = setting.way == 1 or (which and setting.way == 0)
    return today + ahead if looks_ahead else today - back


def weekend(found: Found, setting: Setting) -> Resolved | None:
    """A weekend by its dates, or the last or the next by tense."""
    if found.get("month"):
        return written_date(found, setting)
    today = setting.published
    midweek = WEEKDAYS["wednesday"], WEEKDAYS["thursday"], WEEKDAYS["friday"]
    if today is None or (setting.way == 0 and today.weekday() in midweek):
        return UNTOLD
    this = today.weekday() >= WEEKDAYS["saturday"] or setting.way == 1
    return plain(unit_value(today if this else today - timedelta(days=7), "weekend"))


def year(found: Found, setting: Setting) -> Resolved | None:
    """A year in four figures where the words about it say that it is one."""
    first = found.get("year")
    bare = setting.written == first
    if bare and not _YEAR_BEFORE.search(setting.before):
        return None
    if _COUNTED_AFTER.match(setting.after):
        return None
    if bare and _COUNTED_BEFORE.search(setting.before) and _PLURAL_AFTER.match(setting.after):
        return None
    second = found.get("second")
    whole = first[:2] + second if len(second) < len(first) else second
    return plain(f"{first}/{whole}" if second and whole > first else first)


def short_year(found: Found, setting: Setting) -> Resolved | None:
    """'82: of the two centuries the one that makes it not after the publication."""
    if setting.published is None:
        return UNTOLD
    whole = setting.published.year // 100 * 100 + int(found.get("year"))
    return plain(str(whole if whole <= setting.published.year else whole - 100))


def decade(found: Found, setting: Setting) -> Resolved | None:
    """The 1980s, the '80s, the eighties; "the twenties" may be of this century or the last."""
    if found.get("decade"):
        return plain(found.get("decade"))
    if found.get("tens"):
        return plain("19" + found.get("tens"))
    if "the " not in setting.written.lower():
        return None
    spoken = [
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "nineties",
    ]
    tens = 2 + spoken.index(found.get("spoken"))
    return UNTOLD if found.get("spoken") == spoken[0] else plain(f"19{tens}")


def century(found: Found, _: Setting) -> Resolved | None:
    """The 20th century as TimeML writes it, 19."""
    return plain(str(int(found.get("number")) - 1))


def week_of_month(found: Found, setting: Setting) -> Resolved | None:
    """The first, the last, ... week or day of a month."""
    number = MONTHS[found.get("month")]
    in_year = month_year(found, setting)
    if in_year is None or not _capital(found.get("month"), setting.written):
        return UNTOLD
    last = months(in_year, number, 1).end
    rank, final = ORDINALS[found.get("ordinal")], found.get("ordinal") in {"last", "final"}
    if found.get("unit") == "day":
        return on(last if final else date(in_year, number, rank))
    ends = last if final else date(in_year, number, 7 * rank)
    days = Period(ends - timedelta(days=6), ends)
    return Resolved(unit_value(ends - timedelta(days=3), "week"), days)


def week_of_date(found: Found, setting: Setting) -> Resolved | None:
    """The week that begins with a date."""
    begins = written_date(found, setting)
    if begins is None or begins.period is None:
        return begins
    day = begins.period.start
    return Resolved(unit_value(day, "week"), Period.of(day, days=7))


def day_of_month(found: Found, setting: Setting) -> Resolved | None:
    """What "the 14th" is: of the month named beside it, or of the last or next one by tense."""
    today, number = setting.published, int(found.get("day"))
    if today is None:
        return UNTOLD
    step = {"last": -1, "this": 0, "next": 1}.get(found.get("which"))
    if step is not None:
        there = moved(today.replace(day=1), "month", step)
        return on(_day(there.year, there.month, number) if there else None)
    if setting.way == 0:
        return UNTOLD
    here = _day(today.year, today.month, number)
    if here and (here == today or (here > today) == (setting.way == 1)):
        return on(here)
    there = moved(today.replace(day=1), "month", setting.way)
    return on(_day(there.year, there.month, number) if there else None)


def feast(found: Found, setting: Setting) -> Resolved | None:
    """Feasts that fall on the same day of each year."""
    name = found.get("feast")
    if not setting.written[0].isupper():
        return None
    days = {"christmas eve": 24, "boxing day": 26}
    end = name.startswith("new year") and name.endswith("eve")
    number, day = (
        (12, 31) if end else (1, 1) if name.startswith("new") else (12, days.get(name, 25))
    )
    in_year = _own_year(found, setting) or _year_of_day(number, day, found, setting)
    return on(_day(in_year, number, day)) if in_year else UNTOLD


def month_year(found: Found, setting: Setting) -> int | None:
    """The year of a month: its own, by "last" or "next", carried, or by tense."""
    number, which, today = MONTHS[found.get("month")], found.get("which"), setting.published
    own = _own_year(found, setting)
    if own is not None:
        return own
    if which in {"following", "previous", "same", "that"}:
        return _month_beside(number, which, setting)
    if which and today:
        step = 1 if which in NEXT else 0 if which == "this" else -1
        passed = number < today.month if step == -1 else number > today.month
        return today.year + (0 if passed else step)
    carried = None if which else _carried(number, setting)
    return carried if carried or today is None else _year_by_way(number, setting.way, today)


def _year_by_way(number: int, way: Way, today: date) -> int | None:
    if way == 0:
        return _nearest_year(number, MID_MONTH, today)
    if way == 1:
        return today.year + (number < today.month)
    return today.year - (number > today.month)


def _month_beside(number: int, which: str, setting: Setting) -> int | None:
    there = setting.stretch
    if there is None:
        return None
    if which in {"same", "that"}:
        return there.start.year
    if which == "following":
        return there.end.year + (number <= there.end.month)
    return there.start.year - (number >= there.start.month)


def _carried(number: int, setting: Setting) -> int | None:
    """The year that a dated expression just before gives a month; None where it gives none."""
    dated, today = setting.dated, setting.published
    if dated is None:
        return None
    year = dated.start.year
    if len(dated) <= LONGEST_MONTH:
        year += dated.start.month - number > TURN_MONTHS
    if today is None:
        return year
    if setting.way == 1:
        return year if len(dated) > LONGEST_MONTH and year > today.year else None
    return year if (year, number) <= (today.year, today.month) else None


def _own_year(found: Found, setting: Setting) -> int | None:
    shared = _YEAR_SHARED.match(setting.after)
    if found.get("year") or shared:
        return int(found.get("year") or (shared[1] if shared else 0))
    which = found.get("year_which")
    if which in {"that", "same"}:
        return setting.stretch.start.year if setting.stretch else None
    step = {"last": -1, "this": 0, "next": 1}.get(which)
    if step is None or setting.published is None:
        return None
    return setting.published.year + step


def _year_of_day(number: int, day: int, found: Found, setting: Setting) -> int | None:
    """The year of a day and month: by its weekday, carried, or by tense."""
    today = setting.published
    carried = _carried(number, setting)
    if carried is not None or today is None:
        return carried
    near = (_day(today.year + step, number, day) for step in (-1, 0, 1))
    days = [one for one in near if one]
    named = found.get("weekday")
    if named and not found.get("first"):
        fits = [one for one in days if one.weekday() == WEEKDAYS[named]]
        right = [one for one in fits if _agrees(one, setting.way, today)]
        return right[0].year if len(right) == 1 else None
    if setting.way == 0:
        return _nearest_year(number, day, today)
    right = [one for one in days if one == today or (one > today) == (setting.way == 1)]
    if not right:
        return None
    return min(right, key=lambda one: abs((one - today).days)).year


def _agrees(day: date, way: Way, today: date) -> bool:
    """Whether a tense allows a day: a verb may mislead about a near one, not about a far one."""
    off = (day - today).days
    return abs(off) <= NEAR_DAYS or way * off >= 0


def _nearest_year(number: int, day: int, today: date) -> int | None:
    near = [one for step in (-1, 0, 1) if (one := _day(today.year + step, number, day))]
    best = min(near, key=lambda one: abs((one - today).days), default=None)
    return best.year if best and abs((best - today).days) <= NEAR_DAYS else None


def _beside(day: date | None, wanted: int, which: str) -> date | None:
    if day is None:
        return None
    if which == "following":
        return day + timedelta(days=(wanted - day.weekday()) % 7 or 7)
    if which == "previous":
        return day - timedelta(days=(day.weekday() - wanted) % 7 or 7)
    return day if day.weekday() == wanted else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _capital(month_word: str, written: str) -> bool:
    """Whether a month stands with its capital, as no verb does; MAY and MARCH need a small rest."""
    at = written.lower().find(month_word)
    name = written[at : at + len(month_word)]
    return name[:1].isupper() and (not name.isupper() or month_word not in {"may", "march", "mar"})
