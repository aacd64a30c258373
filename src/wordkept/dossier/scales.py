"""From days, counts and ratios to places on a drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10

from wordkept.period import Period

ROUND_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days along a stretch of pixels.

    >>> days = Days(period=Period(date(2016, 1, 1), date(2016, 1, 10)), left=0, right=100)
    >>> days.at(date(2016, 1, 6))
    50.0
    """

    period: Period
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where the day begins; days outside stand at the edge."""
        share = (day - self.period.start).days / len(self.period)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self, *, least_px: float) -> Iterator[tuple[float, date, str]]:
        """Where months begin, with their first day, and the year where it is new."""
        months = _months(self.period)
        room = (self.right - self.left) / max(len(self.period), 1) * 30.4
        every = next((step for step in (1, 3, 6, 12) if step * room >= least_px), 24)
        year = None
        for first in months:
            if (first.month - 1) % min(every, 12) or (every == 24 and first.year % 2):  # noqa: PLR2004
                continue
            yield self.at(first), first, str(first.year) if first.year != year else ""
            year = first.year


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counts from nought upwards.

    >>> counts = Counts(top=60, bottom_px=100, top_px=0)
    >>> counts.at(30), counts.ticks
    (50.0, (0, 20, 40, 60))
    """

    top: float
    bottom_px: float
    top_px: float

    @classmethod
    def over(cls, most: float, *, bottom_px: float, top_px: float) -> "Counts":
        """A scale with a round top over the greatest value."""
        step = _round_step(max(most, 1) / 3)
        return cls(top=ceil(max(most, 1) / step) * step, bottom_px=bottom_px, top_px=top_px)

    def at(self, value: float) -> float:
        """How high the value stands."""
        return self.bottom_px - value / self.top * (self.bottom_px - self.top_px)

    @property
    def ticks(self) -> tuple[int, ...]:
        """Round values to mark."""
        step = max(_round_step(self.top / 3), 1)
        return tuple(range(0, int(self.top) + 1, int(step)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratios:
    """Ratios on a logarithmic scale; what lies outside stands at the edge.

    >>> ratios = Ratios(low=0.01, high=1, left=0, right=200)
    >>> ratios.at(0.1), ratios.at(0), ratios.ticks
    (100.0, 0.0, (0.01, 0.1, 1.0))
    """

    low: float
    high: float
    left: float
    right: float
    crowded_px: float = 140
    """With less room for a factor of ten than this, only powers of ten are marked."""

    def at(self, ratio: float) -> float:
        """Where the ratio stands."""
        held = min(max(ratio, self.low), self.high)
        share = log10(held / self.low) / log10(self.high / self.low)
        return self.left + share * (self.right - self.left)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round ratios to mark: as many as there is room for."""
        decades = range(floor(log10(self.low)), ceil(log10(self.high)) + 1)
        room = abs(self.right - self.left) / max(log10(self.high / self.low), 0.1)
        steps = ROUND_STEPS if room > self.crowded_px else (1,)
        marks = (step * 10.0**decade for decade in decades for step in steps)
        return tuple(mark for mark in marks if self.low * 0.999 <= mark <= self.high * 1.001)


def _months(period: Period) -> Iterator[date]:
    first = period.start.replace(day=1)
    while first <= period.end:
        if first >= period.start:
            yield first
        first = (first + timedelta(days=32)).replace(day=1)


def _round_step(rough: float) -> float:
    """The round number (1, 2 or 5 times a power of ten) at or above, at least 1."""
    power: float = 10.0 ** floor(log10(max(rough, 1e-9)))
    step = next((unit * power for unit in (*ROUND_STEPS, 10) if unit * power >= rough), rough)
    return max(step, 1.0)
