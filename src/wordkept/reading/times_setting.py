"""Where a time expression stands: what the text around it already fixes, and which way it looks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wordkept.period import Period
from wordkept.reading.times_candidates import Found
from wordkept.reading.times_tense import Way
from wordkept.reading.times_values import period_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an expression is resolved by."""

    published: date | None
    way: Way = 0
    before: str = ""
    """The lowered words before it in its sentence."""
    written: str = ""
    """Its own words, capitals kept."""
    after: str = ""
    """The lowered words after it in its sentence."""
    day: date | None = None
    """The last day that the text named, in this sentence or the two before."""
    near: date | None = None
    """The last day that this sentence named."""
    said: str = ""
    """The value of the last days, weeks, months or years named, as far back."""
    dated: Period | None = None
    """The last that was named with its year, in this sentence or the one before."""

    @property
    def stretch(self) -> Period | None:
        """The days of what was said last."""
        return period_of(self.said)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an expression comes to."""

    value: str
    period: Period | None


UNTOLD = Resolved("", None)
"""A time expression whose time nothing tells."""

Resolver = Callable[[Found, Setting], Resolved | None]
"""What resolves one kind of expression; None where the words are no time after all."""


def plain(value: str | None) -> Resolved:
    """A value with the days that it covers by itself."""
    return Resolved(value, period_of(value)) if value else UNTOLD


def on(day: date | None, part: str = "") -> Resolved:
    """A day, or a part of it; untold of no day."""
    return plain(day.isoformat() + part) if day else UNTOLD
