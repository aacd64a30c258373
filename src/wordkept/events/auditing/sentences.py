"""What a finding on days or on values says: each a sentence of its own, and all of them here.

These are the findings that can reach a dossier (`asked.py`). Its pages in other languages read them
by the patterns of their catalogues, and a test holds every one of these against a pattern.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wordkept.period import Period
from wordkept.prose import chances, count, day, listed, percent

CODED = ("event_type", "native_type", "target")
WORLD = ("country", "admin1", "actors")
SOURCE = "source"
WORDS = {
    "event_type": "type of event",
    "native_type": "publisher's own type",
    "target": "target",
    "country": "country",
    "admin1": "first administrative area",
    "actors": "party",
    "source": "source",
}
PLURAL = {"country": "countries", "admin1": "first administrative areas", "actors": "parties"}
NAMED = 4
"""Values that a sentence names; how many more there are is said."""
WHOLE = 10.0
"""From here on a level is told without decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """The days on which a value is in use, or out of it."""

    start: date | None
    """The first day of use; None where it is in use from the beginning."""
    stop: date | None
    """The last day of use; None where it is in use to the end."""
    inside: bool
    """Of a value with both: whether it is in use between them, and not around them."""
    wholly: bool
    """Whether it stands in no row at all on the other days."""


def level(rows_a_day: float) -> str:
    """So many a day, in two figures or in whole ones.

    >>> level(4.5123), level(0.0312), level(128.4)
    ('4.5', '0.031', '128')
    """
    return f"{rows_a_day:,.0f}" if rows_a_day >= WHOLE else f"{rows_a_day:.2g}"


def silent(days: Period, around: float, p: float, *, stopped: bool) -> str:
    """Days without a row, where a tenth of the level around them would have left some, or might.

    >>> silent(Period(date(2015, 3, 1), date(2015, 3, 1)), 9.0, 0.004, stopped=False)[:54]
    'On 1 March 2015 no row of any kind stands, where 9 a d'
    """
    if len(days) == 1:
        when, them = f"On {day(days.start)}", "it"
    else:
        span = f"from {day(days.start)} to {day(days.end)}"
        when, them = f"For {count(len(days), 'day')}, {span},", "them"
    what = f"{when} no row of any kind stands, where {level(around)} a day stood around {them}"
    if stopped:
        return (
            f"{what} (at a tenth of that level so long a silence comes up in {chances(p)} such "
            "records): collection stopped, or all violence did, and a count that touches these "
            "days cannot tell which."
        )
    return (
        f"{what} (so long a silence comes up in {chances(p)} such records): collection may have "
        "paused, or the violence have fallen to under a tenth."
    )


def ended(last: date, stated: date, around: float, p: float) -> str:
    """A record whose last row is of long before its release."""
    return (
        f"The last row is of {day(last)}, {count((stated - last).days, 'day')} before the release "
        f"of {day(stated)}, and {level(around)} a day stood until then (at a tenth of that level "
        f"so long a silence comes up in {chances(p)} such records): collection stopped there, and "
        "the days after it are not nought but unknown."
    )


def dumped(on: date, events: int, share: float, usual: float, p: float) -> str:
    """A day that holds too many events of the months around it."""
    return (
        f"{day(on)} alone holds {count(events, 'event')}, {percent(share)} of the three months "
        f"around it, where {level(usual)} a day is usual (a day as full comes up in {chances(p)} "
        "such records): many may have been entered under one date, and a baseline that holds this "
        "day stands too high."
    )


def recoded(field: str, turn: date, come: Sequence[str], gone: Sequence[str], p: float) -> str:
    """Values that stand from a day on where others stood."""
    return (
        f"From {day(turn)} on the {WORDS[field]} {_quoted(come)} stands where {_quoted(gone)} "
        f"stood before, with about as many rows (chance: {chances(p)} such records): "
        f"{_why(field)}, and a count of either alone rises or falls with the name."
    )


def _quoted(values: Sequence[str]) -> str:
    names = [f'"{one}"' for one in values[:NAMED]]
    more = [f"{len(values) - NAMED} more"] if len(values) > NAMED else []
    return listed((*names, *more))


def _why(field: str) -> str:
    if field in CODED:
        return "events are coded otherwise"
    if field == SOURCE:
        return "one source took the other's place, or its name"
    return "one gave way to the other, or is named otherwise"


def used(field: str, value: str, share: float, spell: Spell, p: float) -> str:
    """A code or a source that is in use on some of the days only."""
    then = (
        "a rise or fall there may be that of its reports, not of events"
        if field == SOURCE
        else "beyond that its number is nought by the code, not by the war"
    )
    return (
        f'The {WORDS[field]} "{value}", {percent(share)} of the rows where it is in use, is used '
        f"{_when(spell)} (chance: {chances(p)} such records): {then}."
    )


def _when(spell: Spell) -> str:
    start, stop = (day(one) if one else None for one in (spell.start, spell.stop))
    only = "only" if spell.wholly else "all but only"
    if start and stop:
        again = f"up to {stop}, and again from {start}"
        return f"{only} from {start} to {stop}" if spell.inside else again
    return f"{only} from {start} on" if start else f"{only} up to {stop}"


def in_part(field: str, uses: Sequence[tuple[str, Spell]], of: int, p: float) -> str:
    """Parties or areas, of so many common ones, that stand on some of the days only.

    >>> spell = Spell(start=date(2016, 1, 1), stop=None, inside=True, wholly=True)
    >>> in_part("actors", [("North", spell)], 5, 0.004)[:86]
    'Of the 5 commonest parties 1 stands in part of the record only: "North" only from 1 Ja'
    """
    told = [f'"{value}" {_when(spell)}' for value, spell in uses[:NAMED]]
    more = [f"and {count(len(uses) - NAMED, 'other')}"] if len(uses) > NAMED else []
    stands = "stands" if len(uses) == 1 else "stand"
    which = (
        f"The one common {WORDS[field]} stands"
        if of == 1
        else f"Of the {of} commonest {PLURAL[field]} {len(uses)} {stands}"
    )
    return (
        f"{which} in part of the record only: {'; '.join((*told, *more))} (chance: {chances(p)} "
        "such records): whether the war or the coding moved, the record does not say, and a "
        "baseline beyond such a day is none."
    )
