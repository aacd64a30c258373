"""Resolves what is counted from another day: last week, two days earlier, the next four years."""

import re
from datetime import date, timedelta

from wordkept.period import Period
from wordkept.reading.times_candidates import Found
from wordkept.reading.times_lengths import count_of, length_of
from wordkept.reading.times_setting import UNTOLD, Resolved, Setting, on, plain
from wordkept.reading.times_values import SEASON_FROM, months, moved, period_of, unit_value
from wordkept.reading.times_words import ORDINALS, PARTS, SEASONS, duration

_LAST, _NEXT = {"last", "past", "this past", "recent"}, {"next", "coming", "this coming"}
_BACK, _ON = {"previous", "before", "preceding"}, {"following", "after"}
SUNDAY = 6
_SHORT = {"second", "minute", "hour"}
_NOT_SEASONS = ("arab ", "prague ", "croatian ")


def today(found: Found, setting: Setting) -> Resolved | None:
    """Today, yesterday, tomorrow and the days beyond, or a part of one."""
    if setting.published is None:
        return UNTOLD
    words = found.get("named")
    step = {"yesterday": -1, "tomorrow": 1}.get(words.split()[-1], 0)
    step *= 2 if words.startswith(("the day", "day")) else 1
    return on(moved(setting.published, "day", step), PARTS.get(found.get("part"), ""))


def tonight(found: Found, setting: Setting) -> Resolved | None:
    """Tonight, this morning, last night, that evening."""
    part, which = PARTS.get(found.get("part"), "TNI"), found.get("which")
    if which in {"that", "same"}:
        return on(setting.day, part)
    if setting.published is None:
        return UNTOLD
    return on(moved(setting.published, "day", -1 if which == "last" else 0), part)


def unit(found: Found, setting: Setting) -> Resolved | None:
    """Last week, this year, the previous month, the following day."""
    which, name = found.get("which"), found.get("unit")
    if name == "day" and which not in _BACK | _ON | {"that", "same", "next"}:
        return None
    if which in _BACK | _ON | {"that", "same"} or name == "day":
        return _unit_beside(name, which, setting)
    if setting.published is None:
        return UNTOLD
    whole = re.match(rf"the\s+{which}\b", setting.written.lower())
    whole = None if name in {"quarter", "weekend"} else whole
    if whole and which in {"last", "past", "next"}:
        return _stretching(duration(1, name), name, which, 1, setting)
    back = which in _LAST or (which == "this" and name == "weekend" and setting.way == -1)
    step = -1 if back else 1 if which in _NEXT else 0
    if name == "weekend" and back and _already(setting.published, which):
        step = 0
    there = moved(setting.published, name, step)
    return plain(unit_value(there, name)) if there else UNTOLD


def _already(published: date, which: str) -> bool:
    """Whether the weekend that a sentence looks back on is of the week it was published in."""
    return published.weekday() == SUNDAY or (which == "this" and published.weekday() == SUNDAY - 1)


def _unit_beside(name: str, which: str, setting: Setting) -> Resolved:
    """The unit beside, or the one of, what the text named last."""
    base = setting.day
    if name != "day":
        stretch = setting.stretch
        base = stretch.start if stretch else base
        if base is None and which in _BACK:
            base = setting.published
    if base is None:
        return UNTOLD
    step = -1 if which in _BACK else 0 if which in {"that", "same"} else 1
    there = moved(base, name, step)
    return plain(unit_value(there, name)) if there else UNTOLD


def closing(found: Found, setting: Setting) -> Resolved | None:
    """The end of the day, the entire year: of what was named last, or of the publication."""
    name = found.get("unit")
    dated = setting.dated
    base = setting.day if name == "day" else dated.start if dated else None
    base = base or setting.published
    return plain(unit_value(base, name)) if base else UNTOLD


def season(found: Found, setting: Setting) -> Resolved | None:
    """A season of the north: with its year, by "last" or "next", or by tense."""
    name, words = found.get("season"), setting.written.lower()
    if setting.before.endswith(_NOT_SEASONS):
        return None
    if name in {"fall", "spring"} and words == name and not setting.before.endswith("this "):
        shown = setting.written[0].isupper() or setting.before.endswith("in ")
        if name == "fall" or not (shown or setting.after.startswith(" shows")):
            return None
    if words == "the fall" and not (
        setting.before.endswith(("in ", "by ", "since ")) and not setting.after.startswith(" of ")
    ):
        return None
    year = _season_year(SEASONS[name], found, setting)
    return plain(f"{year:04}-{SEASONS[name]}" if year else "")


def _season_year(sign: str, found: Found, setting: Setting) -> int | None:
    published = setting.published
    if found.get("year"):
        return int(found.get("year"))
    if published is None:
        return None
    own = {"last": -1, "this": 0, "next": 1}.get(found.get("year_which"))
    if own is not None:
        return published.year + own
    near = [published.year + step for step in (-2, -1, 0, 1, 2)]
    which, from_month = found.get("which"), SEASON_FROM[sign]
    return _fitting({year: months(year, from_month, 3) for year in near}, which, setting)


def _fitting(spans: dict[int, Period], which: str, setting: Setting) -> int | None:
    """Which of those years has the season that "last", "next" or the tense means."""
    published = setting.published
    if published is None or which in _BACK | _ON | {"same", "that"}:
        return None
    here = [year for year, days in spans.items() if published in days and not which]
    if which == "this" or (not which and setting.way == 0):
        nearest = min(spans, key=lambda year: _distance(spans[year], published))
        return nearest if which or here else None
    if which in _NEXT or (not which and setting.way == 1):
        return min([*here, *(year for year, days in spans.items() if days.start > published)])
    return max([*here, *(year for year, days in spans.items() if days.end < published)])


def _distance(days: Period, day: date) -> int:
    if day in days:
        return 0
    return min(abs((days.start - day).days), abs((days.end - day).days))


def quarter(found: Found, setting: Setting) -> Resolved | None:
    """A quarter or a half: of a year that is named, or the last or next one by tense."""
    words = found.get("ordinal")
    if found.kind == "half":
        sign, each = "H", 6
        rank = 2 if words in {"latter", "second"} else 1
    else:
        sign, each = "Q", 3
        rank = int(words) if words.isdigit() else ORDINALS[words]
    year = _named_year(found, setting)
    if year is None and setting.published and not found.get("own"):
        near = [setting.published.year + step for step in (-1, 0, 1)]
        spans = [(one, months(one, each * (rank - 1) + 1, each)) for one in near]
        if setting.way == 1:
            year = min(one for one, days in spans if days.end >= setting.published)
        else:
            year = max(one for one, days in spans if days.start <= setting.published)
    return plain(f"{year:04}-{sign}{rank}" if year else "")


def _named_year(found: Found, setting: Setting) -> int | None:
    if found.get("year"):
        return int(found.get("year"))
    which = found.get("year_which")
    if found.get("own") or which in {"that", "same"}:
        stretch = setting.stretch
        if stretch:
            return stretch.start.year
        return setting.published.year if setting.published and found.get("own") else None
    step = {"last": -1, "this": 0, "next": 1}.get(which)
    return setting.published.year + step if setting.published and step is not None else None


def same(found: Found, setting: Setting) -> Resolved | None:
    """The same month a year earlier: what was named last, in another year."""
    base = setting.said
    days = period_of(base)
    if days is None or "/" in base or len(base) < len("2016"):
        return UNTOLD
    name = found.get("unit")
    value = base if name in {"period", "time", "day"} else unit_value(days.start, name)
    if name == "week" or "-W" in value:
        return UNTOLD
    year = int(found.get("year")) if found.get("year") else int(value[:4]) - 1
    return plain(f"{year:04}{value[4:]}")


def shift(found: Found, setting: Setting) -> Resolved | None:
    """Two days earlier, three weeks ago, in a month's time: counted from its day, if that is told.

    Without a day to count from it is a duration.
    """
    name, turn = found.get("unit"), found.get("turn")
    length = length_of(found)
    count = count_of(found)
    if turn == "ago" and count is None:
        return plain("PAST_REF")
    if count is None or name in _SHORT or count % 1:
        return plain(length)
    from_now = turn in {"ago", "hence", "time"} or turn.startswith("from")
    stretch = setting.stretch
    base = setting.published if from_now else setting.day
    if base is None and not from_now and stretch and name != "day":
        base = stretch.start
    if base is None:
        return plain(length)
    back = turn in {"ago", "earlier", "before", "previously"}
    per, many = ("week", 2) if name == "fortnight" else (name, 1)
    per = "century" if per == "centurie" else per
    there = moved(base, per, int(count) * many * (-1 if back else 1))
    return plain(unit_value(there, per)) if there else plain(length)


def vague_shift(found: Found, _: Setting) -> Resolved | None:
    """Years ago is the past; years later is no more than some years."""
    if found.get("turn") == "ago":
        return plain("PAST_REF")
    return plain(duration(None, found.get("unit")))


def stretching(found: Found, setting: Setting) -> Resolved | None:
    """The past six months, the next four years: a duration, with its days where they are told."""
    count, which = count_of(found), found.get("which")
    if count is None or count % 1:
        return plain(length_of(found))
    return _stretching(length_of(found), found.get("unit"), which, int(count), setting)


def _stretching(value: str, name: str, which: str, count: int, setting: Setting) -> Resolved:
    """The duration that ends or begins with a day: that of the publication, or named last."""
    if name in _SHORT or which in {"first", "final", "intervening"}:
        return Resolved(value, None)
    base = setting.day if which in _BACK | _ON else setting.published
    back = which in _LAST | _BACK
    per = "century" if name == "centurie" else name
    there = moved(base, per, -count if back else count) if base else None
    if base is None or there is None or there == base:
        return Resolved(value, None)
    one = timedelta(days=1)
    return Resolved(value, Period(there + one, base) if back else Period(base, there - one))


def vague_stretch(found: Found, setting: Setting) -> Resolved | None:
    """Recent weeks are the past, the coming days the future."""
    if setting.after.startswith(" of "):
        return None
    return plain("PAST_REF" if found.get("which") in _LAST else "FUTURE_REF")
