"""A release under audit: its events, the days it covers, and how its rows may be named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from wordkept.events.series import LONGEST_DAYS, Coverage, coverage, days_spanned, middle_day
from wordkept.model import Bars, Release
from wordkept.period import Period

EXAMPLES = 3
MOST_BARS = 48
LEAST_ROWS = 80
"""With fewer rows than this on days a record is a sample, and its days say nothing."""
ALPHA = 0.01
"""What a detector takes for no chance, after all it looked at is allowed for: with some ten
detectors, one sound record in ten at most shows a finding that is none."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Audited:
    """What every detector is given."""

    events: ir.Table
    release: Release

    @property
    def dataset(self) -> str:
        """The dataset's name."""
        return self.release.dataset

    @cached_property
    def covered(self) -> Coverage | None:
        """The days that the record covers; None where no row can be laid on a day."""
        return coverage(self.events, until=self.release.known_on)

    @cached_property
    def days(self) -> Period:
        """The days that the record covers; one day alone where none of its rows has a day."""
        return self.covered.days if self.covered else Period(date.min, date.min)

    @cached_property
    def days_told(self) -> bool:
        """Whether enough rows stand on days for anything to be said of days."""
        return self.covered is not None and float(self.rows_by_day.sum()) >= LEAST_ROWS

    @cached_property
    def dated(self) -> ir.Table:
        """The rows that stand on one of the days covered, with that `day`."""
        short = self.events.filter(days_spanned(self.events) < LONGEST_DAYS)
        on = middle_day(short)
        inside = on.between(ibis.literal(self.days.start), ibis.literal(self.days.end))
        return short.filter(inside).mutate(day=middle_day(short))

    @cached_property
    def rows_by_day(self) -> Floats:
        """How many rows stand on each day covered."""
        return self.by_day(self.dated.count())

    @cached_property
    def events_by_day(self) -> Floats:
        """How many events stand on each day covered: rows of aggregates stand for several."""
        return self.by_day(self.dated.events_best.sum())

    def by_day(self, measure: ir.Value) -> Floats:
        """A measure of `dated` on each day covered, 0 where no row stands."""
        table = self.dated.group_by("day").aggregate(measure=measure).to_pyarrow()
        dense = np.zeros(len(self.days))
        for on, number in zip(*(table[name].to_pylist() for name in ("day", "measure")),
                              strict=True):  # fmt: skip
            dense[(on - self.days.start).days] = number or 0
        return dense

    def on(self, place: int) -> date:
        """The day at a place of the dense series."""
        return self.days.start + timedelta(days=int(place))

    def examples(self, rows: ir.Table) -> tuple[str, ...]:
        """The first rows of some, by native id, or by row where ids may not be passed on."""
        first = rows.select("row", "native_id").order_by("row").limit(EXAMPLES).to_pyarrow()
        if self.release.publication.allows == "rows":
            return tuple(str(one) for one in first["native_id"].to_pylist())
        return tuple(f"row {one}" for one in first["row"].to_pylist())

    def one(self, table: ir.Table, **measures: ir.Value) -> dict[str, Any]:
        """Some aggregates of a table, by name."""
        found: dict[str, Any] = table.aggregate(**measures).to_pyarrow().to_pylist()[0]
        return found


def bars(of: str, values: Sequence[float], days: Period, marked: Period | None = None) -> Bars:
    """Daily values as at most so many bars of equal length in days, each the mean of its days."""
    length = -(-len(values) // MOST_BARS)
    chunks = [values[at : at + length] for at in range(0, len(values), length)]
    inside = range(0)
    if marked and (both := marked.meet(days)):
        first, last = ((one - days.start).days // length for one in (both.start, both.end))
        inside = range(first, last + 1)
    return Bars(
        of=of,
        values=tuple(round(float(np.mean(chunk)), 4) for chunk in chunks),
        first=str(days.start),
        last=str(days.end),
        marked=tuple(inside),
    )
