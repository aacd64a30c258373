"""The rows behind any other number that is drawn: of days that a reader names."""

from dataclasses import dataclass

from wordkept.case.behind import strictest
from wordkept.case.record import Record
from wordkept.dossier.rows_shown import SafeRows, safe_rows
from wordkept.errors import InputError, Problem
from wordkept.events.rows import rows_counted
from wordkept.events.series import cut
from wordkept.model import Assessment, DailySeries, Plan, Safety, Selection
from wordkept.period import Period
from wordkept.protocol.windows import covered_by


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsOfDays:
    """What one series of an assessment counts on some days, and the rows that it counts."""

    series: DailySeries
    days: Period
    """Those that were asked for and that the series covers."""
    counted: int | None
    """Events on those days; None where the rows may not leave."""
    rows: SafeRows | None
    """None where some release's terms, or the case, forbid to list rows."""


def rows_of_days(
    record: Record, found: Assessment, days: Period, safety: Safety
) -> tuple[RowsOfDays, ...]:
    """The rows of some days behind each series of an assessment, the primary's first.

    Raises InputError where no series covers any of the days, or nothing was counted by day.
    """
    plan = found.pledge.plan
    made = tuple(
        _rows(record, one, _selection(record, one, plan), part, found, safety)
        for one in found.series
        if plan is not None and (part := days.meet(covered_by(one))) is not None
    )
    if not made:
        raise InputError(_nothing(found, days))
    return made


def _rows(
    record: Record, series: DailySeries, selection: Selection, days: Period, found: Assessment,
    safety: Safety,
) -> RowsOfDays:  # fmt: skip
    if strictest(record, series.dataset).allows != "rows":
        return RowsOfDays(series=series, days=days, counted=None, rows=None)
    rows = rows_counted(record.reached(selection), selection, series.attribution, days)
    first = (days.start - series.start).days
    return RowsOfDays(
        series=series,
        days=days,
        counted=sum(series.counts[first : first + len(days)]),
        rows=safe_rows(rows, safety, as_of=found.as_of),
    )


def _selection(record: Record, series: DailySeries, plan: Plan) -> Selection:
    """What a series counts: of controls by one name that whose counts it has."""
    if series.role != "control":
        return next(one for one in (plan.primary, *plan.others) if one.dataset == series.dataset)
    named = [control.selection for control in plan.controls
             if (control.selection.dataset, control.selection.label or control.selection.dataset)
             == (series.dataset, series.label)]  # fmt: skip
    return next(one for one in named if len(named) == 1 or series in _cut(record, one))


def _cut(record: Record, selection: Selection) -> tuple[DailySeries, ...]:
    covered = record.coverage(selection.dataset)
    if covered is None:
        return ()
    return cut(record.reached(selection), selection, role="control", covered=covered.days)


def _nothing(found: Assessment, days: Period) -> Problem:
    held = [covered_by(one) for one in found.series]
    known = f"its series cover {min(held).start} to {max(one.end for one in held)}" if held else (
        "nothing was counted by day for it"
    )  # fmt: skip
    return Problem(
        what=f"no series of this pledge covers any day of {days}",
        where=f"pledge {found.pledge.id}: {known}",
        remedy="name days inside them" if held else "wordkept show CASE PLEDGE says what it asks",
    )
