"""A stretch of days: plain local dates, both ends included, never instants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wordkept.errors import Problem, WordkeptError


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` to `end`, both included.

    >>> week = Period(date(2016, 3, 15), date(2016, 3, 21))
    >>> len(week), str(week)
    (7, '2016-03-15..2016-03-21')
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise WordkeptError(
                Problem(
                    what=f"a period cannot end ({self.end}) before it starts ({self.start})",
                    where="period",
                    remedy="swap the two dates",
                )
            )

    @classmethod
    def of(cls, start: date, *, days: int) -> "Period":
        """The `days` days (at least 1) that begin on `start`."""
        return cls(start, start + timedelta(days=days - 1))

    @classmethod
    def before(cls, end: date, *, days: int) -> "Period":
        """The `days` days (at least 1) that end the day before `end`."""
        return cls(end - timedelta(days=days), end - timedelta(days=1))

    def __len__(self) -> int:
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=offset) for offset in range(len(self)))

    def __str__(self) -> str:
        return f"{self.start}..{self.end}"

    def meet(self, other: "Period") -> "Period | None":
        """The days in both periods, or None where they do not touch.

        >>> a = Period(date(2016, 1, 1), date(2016, 1, 10))
        >>> str(a.meet(Period(date(2016, 1, 8), date(2016, 2, 1))))
        '2016-01-08..2016-01-10'
        """
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    def shifted(self, *, days: int) -> "Period":
        """The same stretch, moved by a number of days."""
        return Period(self.start + timedelta(days=days), self.end + timedelta(days=days))
