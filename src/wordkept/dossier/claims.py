"""Numbers in words for people: levels, odds, dates, and the sentences made of them."""

from collections.abc import Sequence
from datetime import date, datetime

from wordkept.model import Durability, Fixing, Receipt, TippingPoints
from wordkept.prose import MONTHS, chances, count, day, percent, percents

WHOLE = 100  # per cent


def short_day(when: date) -> str:
    """A date as it is written in a table.

    >>> short_day(date(2016, 3, 14))
    '14 Mar 2016'
    """
    return f"{when.day} {MONTHS[when.month - 1][:3]} {when.year}"


def moment(utc: str) -> str:
    """The day and minute of a time in UTC, ISO 8601, as written in a sentence.

    >>> moment("2026-03-12T09:30:05Z")
    '12 March 2026, 09:30 UTC'
    """
    return f"{day(date.fromisoformat(utc[:10]))}, {datetime.fromisoformat(utc):%H:%M} UTC"


def change(ratio: float) -> str:
    """What a rate did, in words.

    >>> change(0.15), change(2.44), change(1.002), change(0.0)
    ... # doctest: +NORMALIZE_WHITESPACE
    ('fell to 15 % of its level before', 'rose to 244 % of its level before',
     'stayed at its level before', 'fell to nothing')
    """
    if ratio == 0:
        return "fell to nothing"
    if round(ratio * 100) == WHOLE:
        return "stayed at its level before"
    verb = "fell" if ratio < 1 else "rose"
    return f"{verb} to {percent(ratio)} of its level before"


def stood(ratio: float | None) -> str:
    """Where the rate of a series stood that nothing was promised of.

    >>> stood(0.97), stood(None)
    ('stood at 97 % of its level before', 'has no level before to be held against')
    """
    if ratio is None:
        return "has no level before to be held against"
    return f"stood at {percent(ratio)} of its level before"


def change_over_bounds(ratios: Sequence[float]) -> str:
    """What a rate did, the first ratio leading, with the range over all of them.

    >>> change_over_bounds((0.15, 0.13, 0.19))
    'fell to 15 % of its level before (13 to 19 % over all bounds)'
    """
    lead = change(ratios[0])
    over = percents(min(ratios), max(ratios))
    return lead if over == percent(ratios[0]) else f"{lead} ({over} over all bounds)"


def by_shift(p: float | None, *, direction: str = "falls") -> str:
    """How often the record shows such a change by itself.

    >>> by_shift(0.01)
    'falls this large occur in 1 of 100 shifts of this record'
    """
    noun = "falls" if direction == "falls" else "rises"
    if p is None:
        return f"the record is too short to say how often {noun} this large occur by themselves"
    return f"{noun} this large occur in {chances(p)} shifts of this record"


def by_forecast(p: float | None, *, direction: str = "falls") -> str:
    """How often a forecast made before comes out as low, or as high, as what was counted.

    >>> by_forecast(0.02)
    'a forecast made before is this low in 2 of 100 cases'
    """
    if p is None:
        return "the record is too short for a forecast"
    level = "low" if direction == "falls" else "high"
    return f"a forecast made before is this {level} in {chances(p)} cases"


def weighed(p: float | None, alpha: float, *, void: bool, direction: str = "falls") -> str:
    """Whether a change is more than the record's ordinary ups and downs, in a sentence.

    >>> weighed(0.3, 0.05, void=False)
    "The fall is no larger than the record's ordinary ups and downs (30 of 100 by both tests)."
    >>> weighed(0.012, 0.05, void=False)
    "The fall is larger than the record's ordinary ups and downs (1 of 100 by both tests)."
    """
    noun = "fall" if direction == "falls" else "rise"
    if p is None:
        return "The record is too short to know its ordinary ups and downs."
    size = "no larger" if p > alpha else "larger"
    by = f"The {noun} is {size} than the record's ordinary ups and downs"
    by = f"{by} ({chances(p)} by both tests)."
    if void:
        return f"{by} Held against one of the baselines alone, it would not have been seen."
    return by


def cautious(caution: float) -> str:
    """Why the odds of a change are raised, in a sentence; empty where they are not.

    >>> cautious(1.0)
    ''
    """
    if caution <= 1:
        return ""
    return (
        "On series like this one the two tests find more than they should, so their odds are "
        f"multiplied by {caution:g} (docs/calibration.md)."
    )


def unmoved(ratio: float, direction: str) -> bool:
    """Whether a rate went the other way than was promised, or nowhere.

    >>> unmoved(1.2, "falls"), unmoved(1.2, "rises")
    (True, False)
    """
    return ratio >= 1 if direction == "falls" else ratio <= 1


def fixing(fixed: Fixing) -> str:
    """When a plan was fixed, whether before the data, and whether its authors knew the record.

    >>> fixing(Fixing(plan="9f", registered_at="2026-03-12T09:30:05Z", before_data=True,
    ...               record_known=True))
    'plan fixed 12 March 2026, before the data were loaded, by authors who had seen the record'
    >>> fixing(Fixing(plan="9f", registered_at="2026-03-12T09:30:05Z", before_data=None,
    ...               record_known=True))
    'plan fixed 12 March 2026; it holds the published count itself, by authors who had seen it'
    """
    known = ", by authors who had seen the record" if fixed.record_known else ""
    if fixed.registered_at is None:
        return f"plan not registered, so it may have been chosen after the result{known}"
    when = day(date.fromisoformat(fixed.registered_at[:10]))
    if fixed.before_data is None:
        seen = ", by authors who had seen it" if fixed.record_known else ""
        return f"plan fixed {when}; it holds the published count itself{seen}"
    side = "before" if fixed.before_data else "after"
    return f"plan fixed {when}, {side} the data were loaded{known}"


def lasting(held: Durability) -> str:
    """For how long a change held, in a sentence.

    >>> from wordkept.period import Period
    >>> term = Period(date(2016, 3, 15), date(2016, 6, 12))
    >>> lasting(Durability(horizon=term, declared_end=False, first_lapse=date(2016, 5, 24),
    ...     last_lapse=date(2016, 6, 5), observed_until=date(2016, 8, 31)))
    ... # doctest: +NORMALIZE_WHITESPACE
    'It was back by 24 May 2016 to 5 June 2016, depending on bound and baseline; the first is inside
    the term that the plan fixed (to 12 June 2016).'
    """
    whose = "that was declared" if held.declared_end else "that the plan fixed"
    term = f"the term {whose} (to {day(held.horizon.end)})"
    if held.first_lapse is None:
        if held.observed_until < held.horizon.end:
            until = day(held.observed_until)
            return f"It held for as long as the record goes, to {until}; {term} runs on."
        return f"It held through {term}."
    first = day(held.first_lapse)
    where = "inside" if held.first_lapse in held.horizon else "after"
    if held.last_lapse is None:
        return (
            f"At some bound or baseline it was back by {first}, {where} {term}; at others it was "
            f"not back by {day(held.observed_until)}, when the record ends."
        )
    if held.last_lapse == held.first_lapse:
        return f"It was back by {first}, {where} {term}."
    last = day(held.last_lapse)
    return (
        f"It was back by {first} to {last}, depending on bound and baseline; the first is {where} "
        f"{term}."
    )


def tipping(points: TippingPoints) -> tuple[str, ...]:
    """How wrong the record would have to be for another verdict, a sentence each.

    >>> tipping(TippingPoints(reporting_to_threshold=None, reporting_to_nothing=None,
    ...                       misattributed_events=41))
    ('41 misattributed events would carry it over the threshold.',)
    """
    said = []
    if points.reporting_to_threshold is not None:
        said.append(_reporting(points.reporting_to_threshold, "to stand at the plan's threshold"))
    if points.reporting_to_nothing is not None:
        said.append(_reporting(points.reporting_to_nothing, "to be none at all"))
    if points.misattributed_events is not None:
        events = count(points.misattributed_events, "misattributed event")
        said.append(f"{events} would carry it over the threshold.")
    return tuple(said)


def _reporting(share: float, outcome: str) -> str:
    if round(share * 100) == WHOLE:
        return f"With reporting as it was, the true change is already such as {outcome}."
    moved = f"rise by {percent(share - 1)}" if share > 1 else f"fall by {percent(1 - share)}"
    return f"Reporting would have had to {moved} at that date for the true change {outcome}."


def receipt(rows: Receipt) -> str:
    """What became of the rows of a file, in a sentence.

    >>> from wordkept.model import SetAside
    >>> receipt(Receipt(read=1485, loaded=1480, set_aside=(SetAside(reason="no date", rows=5,
    ...         examples=()),), span=None, deaths_best=None, half_the_deaths_rows=None))
    '1,485 rows read = 1,480 loaded + 5 set aside (5: no date).'
    """
    aside = sum(reason.rows for reason in rows.set_aside)
    why = "; ".join(f"{reason.rows:,}: {reason.reason}" for reason in rows.set_aside)
    return (
        f"{rows.read:,} rows read = {rows.loaded:,} loaded + {aside:,} set aside"
        f"{f' ({why})' if why else ''}."
    )
