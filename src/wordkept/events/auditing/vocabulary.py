"""Values that come into use, go out of it, or take another's place.

A value that another replaces on the same days, with about as many rows, is coded otherwise, and the
war has not changed. Of one that only starts or stops nobody can say that from the record: types and
targets are the coder's words, and are said to start; parties and areas are the war's as well, and
are told of in one line; sources come and go, and with them what they report.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wordkept.events.auditing import sentences
from wordkept.events.auditing.audited import ALPHA, Audited, Floats, bars
from wordkept.events.auditing.sentences import CODED, SOURCE, WORLD, Spell
from wordkept.events.auditing.stretches import Stretch, found_stretch
from wordkept.events.auditing.values import Values, values_by_day
from wordkept.model import Bars, Gravity, Irregularity
from wordkept.period import Period

NEARLY_NONE = 0.05
"""A value's share where it is out of use, as part of its share where it is in use, at most."""
LEAST_MISSED = 10.0
TOGETHER_DAYS = 10
ALIKE = 0.6
"""Values change places where, of those that go and that come, the lesser share is so much."""
SOURCE_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """A value, and the stretch of days on which it is in use, or out of it."""

    value: str
    stretch: Stretch
    days: int
    p: float

    @property
    def starts(self) -> int | None:
        """The place of the day from which it is in use; None where it is from the first."""
        if self.stretch.inside > self.stretch.outside:
            return self.stretch.start or None
        return self.stretch.end if self.stretch.end < self.days else None

    @property
    def stops(self) -> int | None:
        """The place of the day from which it is out of use; None where it never is."""
        if self.stretch.inside > self.stretch.outside:
            return self.stretch.end if self.stretch.end < self.days else None
        return self.stretch.start or None

    @property
    def share(self) -> float:
        """Its share of the rows where it is in use."""
        return max(self.stretch.inside, self.stretch.outside)


def changed_values(
    record: Audited, fields: Sequence[str] = (*CODED, SOURCE, *WORLD)
) -> tuple[Irregularity, ...]:
    """Findings on the values of some fields; each field is allowed for with its fellows."""
    found: list[Irregularity] = []
    held = {field: values for field in fields if (values := values_by_day(record, field))}
    tried = {field: _stretches(values) for field, values in held.items()}
    looks = sum(len(one) for one in tried.values())
    for field, values in held.items():
        uses = _uses(tried[field], values, looks)
        found += _findings(record, field, values, uses)
    return tuple(found)


def _stretches(values: Values) -> dict[str, Stretch]:
    return {
        name: stretch
        for name, hits in values.by_value.items()
        if (stretch := found_stretch(hits, values.filled, _in_part_only)) is not None
    }


def _uses(tried: dict[str, Stretch], values: Values, looks: int) -> list[_Use]:
    """The values that come into use or go out of it, surely."""
    uses = []
    for name, one in tried.items():
        p = min(1.0, one.p * looks)
        if p <= ALPHA and _in_part_only(one):
            uses.append(_Use(value=name, stretch=one, days=len(values.filled), p=p))
    return uses


def _in_part_only(one: Stretch) -> bool:
    """Whether a value all but misses on one side, where so many rows should have it."""
    high, low = max(one.inside, one.outside), min(one.inside, one.outside)
    absent = one.rows_outside if one.inside > one.outside else one.rows_inside
    return low <= NEARLY_NONE * high and high * absent >= LEAST_MISSED


def _findings(record: Audited, field: str, values: Values, uses: list[_Use]) -> list[Irregularity]:
    found = []
    swaps = _swaps(uses)
    for gone, come in swaps:
        found.append(_recoded(record, field, values, gone, come))
    swapped = {id(one) for gone, come in swaps for one in (*gone, *come)}
    rest = [one for one in uses if id(one) not in swapped]
    if field in WORLD:
        return found + ([_world(record, field, values, rest)] if rest else [])
    return found + [_used(record, field, values, one) for one in rest]


def _swaps(uses: list[_Use]) -> list[tuple[list[_Use], list[_Use]]]:
    """Values that go and values that come within days of each other, in about equal number."""
    swaps = []
    left = [one for one in uses if one.stops is not None]
    taken: set[int] = set()
    for first in sorted(left, key=lambda one: -one.share):
        if id(first) in taken:
            continue
        turn = first.stops or 0
        gone = [one for one in left if abs((one.stops or 0) - turn) <= TOGETHER_DAYS]
        come = [
            one for one in uses
            if one.starts is not None and abs(one.starts - turn) <= TOGETHER_DAYS
            and one not in gone
        ]  # fmt: skip
        before, after = sum(one.share for one in gone), sum(one.share for one in come)
        if come and min(before, after) >= ALIKE * max(before, after):
            swaps.append((gone, come))
            taken |= {id(one) for one in (*gone, *come)}
    return swaps


def _recoded(
    record: Audited, field: str, values: Values, gone: list[_Use], come: list[_Use]
) -> Irregularity:
    turn = come[0].starts or 0
    p = min(1.0, max(one.p for one in (*gone, *come)))
    sentence = sentences.recoded(
        field, record.on(turn), [one.value for one in come], [one.value for one in gone], p
    )
    return Irregularity(
        check="vocabulary", dataset=record.dataset, field=field,
        gravity="grave" if field in CODED else "serious",
        sentence=sentence, rows=_rows(values, (*gone, *come)), since=record.on(turn), p=p,
        values=tuple(one.value for one in (*gone, *come)),
        recoded=field in CODED or _akin(gone, come),
        bars=_bars(record, values, gone, Period(record.on(turn), record.days.end)),
    )  # fmt: skip


def _akin(gone: list[_Use], come: list[_Use]) -> bool:
    """Whether a name that goes and one that comes share a word: then it is likely one name."""
    before, after = ({word for one in some for word in re.findall(r"\w{4,}", one.value.lower())}
                     for some in (gone, come))  # fmt: skip
    return not before.isdisjoint(after)


def _used(record: Audited, field: str, values: Values, one: _Use) -> Irregularity:
    coded = field != SOURCE
    sentence = sentences.used(field, one.value, one.share, _spell(record, one), one.p)
    gravity: Gravity = "serious" if coded or one.share >= SOURCE_SHARE else "worth knowing"
    days = Period(record.on(one.stretch.start), record.on(one.stretch.end - 1))
    return Irregularity(
        check="vocabulary" if coded else SOURCE, dataset=record.dataset,
        field=field if coded else "reference", gravity=gravity, sentence=sentence,
        rows=_rows(values, (one,)), values=(one.value,), p=one.p,
        since=record.on(one.starts) if one.starts is not None else None,
        until=record.on(one.stops - 1) if one.stops is not None else None,
        bars=_bars(record, values, [one], days),
    )  # fmt: skip


def _spell(record: Audited, one: _Use) -> Spell:
    return Spell(
        start=record.on(one.starts) if one.starts is not None else None,
        stop=record.on(one.stops - 1) if one.stops is not None else None,
        inside=one.stretch.inside > one.stretch.outside,
        wholly=min(one.stretch.inside, one.stretch.outside) == 0,
    )


def _world(record: Audited, field: str, values: Values, uses: list[_Use]) -> Irregularity:
    """Parties or areas that are named on some of the days only: the war's doing, or the coder's."""
    largest = sorted(uses, key=lambda one: -values.by_value[one.value].sum())
    p = max(one.p for one in uses)
    spells = [(one.value, _spell(record, one)) for one in largest]
    sentence = sentences.in_part(field, spells, len(values.by_value), p)
    first = largest[0]
    days = Period(record.on(first.stretch.start), record.on(first.stretch.end - 1))
    return Irregularity(
        check="vocabulary", dataset=record.dataset, field=field, gravity="worth knowing",
        sentence=sentence, rows=_rows(values, largest), p=p,
        values=tuple(one.value for one in largest),
        since=record.on(first.starts) if first.starts is not None else None,
        until=record.on(first.stops - 1) if first.stops is not None else None,
        bars=_bars(record, values, [first], days),
    )  # fmt: skip


def _rows(values: Values, uses: Sequence[_Use]) -> int:
    return int(sum(values.by_value[one.value].sum() for one in uses))


def _bars(record: Audited, values: Values, uses: list[_Use], marked: Period) -> Bars:
    hits: Floats = sum((values.by_value[one.value] for one in uses), 0 * values.filled)
    label = f'rows a day with "{uses[0].value}"'
    return bars(label, [float(one) for one in hits], record.days, marked)
