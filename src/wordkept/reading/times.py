"""Time expressions of a text, resolved by tense against the day it was published.

English only: "14 марта" is not seen. Seasons are those of the north; feasts that move (Ramadan,
Eid, Easter) are not resolved. What nothing tells has the value "" and no period, and is never
guessed; an imprecise one ("early 2016", "the end of June") has all days of the year or month that
it names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wordkept.model import Span, TimeExpression
from wordkept.period import Period
from wordkept.reading import times_calendar, times_lengths, times_relative
from wordkept.reading.times_candidates import Found, candidates
from wordkept.reading.times_setting import UNTOLD, Resolved, Resolver, Setting
from wordkept.reading.times_tense import Tenses, tenses
from wordkept.reading.times_values import period_of
from wordkept.reading.times_words import LOWER
from wordkept.reading.words import sentences

_RESOLVERS: dict[str, Resolver] = {
    "iso": times_calendar.iso_date, "slashed": times_calendar.slashed_date,
    "date": times_calendar.written_date, "month": times_calendar.month,
    "weekday": times_calendar.weekday, "weekend": times_calendar.weekend,
    "year": times_calendar.year, "short year": times_calendar.short_year,
    "decade": times_calendar.decade, "century": times_calendar.century,
    "week of": times_calendar.week_of_month, "week of date": times_calendar.week_of_date,
    "day of month": times_calendar.day_of_month, "feast": times_calendar.feast,
    "today": times_relative.today, "tonight": times_relative.tonight,
    "unit": times_relative.unit, "closing": times_relative.closing,
    "season": times_relative.season, "quarter": times_relative.quarter,
    "half": times_relative.quarter, "same": times_relative.same,
    "shift": times_relative.shift, "vague shift": times_relative.vague_shift,
    "span": times_relative.stretching, "vague span": times_relative.vague_stretch,
    "pair": times_lengths.length, "length": times_lengths.length,
    "lengths": times_lengths.lengths, "set": times_lengths.repeated,
    "clock": times_lengths.clock, "part": times_lengths.part, "past": times_lengths.reference,
    "present": times_lengths.reference, "future": times_lengths.reference,
    "then": times_lengths.then, "named day": times_lengths.named_day,
}  # fmt: skip
_RANGE = re.compile(r" (?:to|until|till|through|and) (?:the )?")
_YEARS_OF_PRINT = range(1600, 3000)
"""Years in which a text can have been published; any other is taken for none."""
_WINDOW = 60
"""Characters about an expression that its resolver may look at."""
_EVENT_AFTER = re.compile(
    r"(?:['’]s)?(?: [a-z-]+){0,2} (?:attacks?|(?:air)?strikes?|raids?|bombings?|shelling|"
    r"shootings?|massacres?|killings?|explosions?|blasts?|clashes|crash|coup|uprising|invasion|incidents?)\b"
)
"""What "the 17 September raid" is called by has happened, whatever the verb beside it looks to."""
_REACH = 2
"""How many sentences back a day may stand for "the following day" to count from it."""
_DATING = {"iso", "slashed", "date", "month", "season", "quarter", "half"}
"""Kinds that, named with their year, lend it to what comes next; a bare year does where a sentence
begins "In 2014"."""
_CALENDAR = _DATING | {
    "weekday",
    "weekend",
    "year",
    "today",
    "unit",
    "day of month",
    "shift",
    "same",
}
_CALENDAR |= {"week of", "week of date", "feast", "tonight", "clock"}


@dataclass(frozen=True, slots=True)
class _Told:
    """What the text has named so far, each with the number of the sentence that named it."""

    day: tuple[date, int] | None = None
    said: tuple[str, int] = ("", 0)
    dated: tuple[Period, int] | None = None


def read_times(text: str, published: date | None) -> tuple[TimeExpression, ...]:
    """The time expressions of a text in order, with what they come to; "" where nothing tells.

    With no day of publication only what the text itself fixes is resolved.

    >>> text = "He announced on Monday that troops would leave from Tuesday."
    >>> [one.value for one in read_times(text, date(2016, 3, 14))]
    ['2016-03-14', '2016-03-15']
    """
    if published and published.year not in _YEARS_OF_PRINT:
        published = None
    spans = sentences(text)
    lowered = text.translate(LOWER)
    told = _Told()
    read: list[TimeExpression] = []
    for number, (sentence, found) in enumerate(zip(spans, candidates(text, spans), strict=True)):
        if not found:
            continue
        verbs = tenses(sentence.of(text), sentence.start)
        for at, one in enumerate(found):
            setting = _setting(one, (text, lowered), sentence, verbs, published)
            setting = _with_told(setting, told, number)
            if one.kind == "clock":
                setting = _with_next(setting, one, found[at + 1 :], verbs, (text, lowered))
            resolved = _RESOLVERS[one.kind](one, setting)
            if resolved is not None and read and _turned(text, read[-1], one, resolved):
                resolved = UNTOLD
            if resolved is not None:
                told = _after(told, one, setting, resolved, number)
                read.append(_expression(one, resolved, len(read) + 1))
    return tuple(read)


def _turned(text: str, last: TimeExpression, one: Found, resolved: Resolved) -> bool:
    """Whether a "from ... to ..." without years would end before it begins."""
    ends = resolved.period
    if last.period is None or ends is None or one.get("year") or one.kind not in {"date", "month"}:
        return False
    return bool(_RANGE.fullmatch(text, last.span.end, one.start)) and ends.end < last.period.start


def _expression(one: Found, resolved: Resolved, number: int) -> TimeExpression:
    return TimeExpression(
        id=f"t{number}",
        span=Span(start=one.start, end=one.end),
        value=resolved.value,
        period=resolved.period,
    )


def _setting(
    one: Found, texts: tuple[str, str], sentence: Span, verbs: Tenses, published: date | None
) -> Setting:
    text, lowered = texts
    before = lowered[max(sentence.start, one.start - _WINDOW) : one.start]
    after = lowered[one.end : min(sentence.end, one.end + _WINDOW)]
    naming = before.endswith("the ") or after.startswith(("'s", "’s"))
    happened = naming and _EVENT_AFTER.match(after)
    return Setting(
        published=published,
        way=-1 if happened else verbs.way(lowered, one.start, one.end),
        before=before,
        written=text[one.start : one.end],
        after=after,
    )


def _with_told(setting: Setting, told: _Told, number: int) -> Setting:
    day, dated = told.day, told.dated
    value, sentence = told.said
    return replace(
        setting,
        day=day[0] if day and number - day[1] <= _REACH else None,
        near=day[0] if day and day[1] == number else None,
        said=value if number - sentence <= _REACH else "",
        dated=dated[0] if dated and number - dated[1] <= 1 else None,
    )


def _with_next(
    setting: Setting, one: Found, rest: Sequence[Found], verbs: Tenses, texts: tuple[str, str]
) -> Setting:
    """The setting of a clock time, with the day right after it, or a "today" in its sentence."""
    text, lowered = texts
    following = rest[0] if rest else None
    if following is None or following.kind not in {"date", "weekday", "today"}:
        return setting
    close = re.fullmatch(r",? ?(?:on )?", lowered[one.end : following.start])
    if not close and (following.kind != "today" or setting.near):
        return setting
    way = verbs.way(lowered, following.start, following.end)
    there = replace(setting, way=way, written=text[following.start : following.end])
    resolved = _RESOLVERS[following.kind](following, there)
    if resolved is None or resolved.period is None:
        return setting
    return replace(setting, near=resolved.period.start)


def _after(told: _Told, one: Found, setting: Setting, resolved: Resolved, number: int) -> _Told:
    """What the text has named once this is read too."""
    days = period_of(resolved.value)
    if days is None or one.kind not in _CALENDAR:
        return told
    if len(days) == 1:
        told = replace(told, day=(days.start, number))
    if one.kind not in {"clock", "tonight"}:
        told = replace(told, said=(resolved.value, number))
    dates = one.kind in _DATING or (one.kind == "year" and setting.before == "in ")
    if dates and one.get("year") and not setting.before.endswith(("since ", "than ")):
        return replace(told, dated=(days, number))
    return told
