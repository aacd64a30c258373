"""A pledge and its counts, asked in one call: the protocol of a case without a case folder."""

from datetime import date, timedelta
from typing import Any, Unpack

from wordkept.errors import InputError, Problem
from wordkept.ledger.canonical import value_id
from wordkept.model import (
    Assessment,
    Control,
    DailySeries,
    Finding,
    Fixing,
    Plan,
    Pledge,
    Selection,
    Variant,
)
from wordkept.notebook.choices import Asked, Choices
from wordkept.notebook.days import Days, days_of
from wordkept.notebook.result import Result
from wordkept.notebook.tables import Columns, Rows, rows_of
from wordkept.pledges.payload import plan_payload
from wordkept.pledges.testability import testability
from wordkept.prose import count, day
from wordkept.protocol.assessing import assess_pledge
from wordkept.protocol.evidence import Evidence, Setting

DATASET, CONTROL = "series", "control"
COUNTED = "recorded events"


def assess(
    series: Any,
    *,
    on: str | date,
    falls_to: float | None = None,
    rises_to: float | None = None,
    until: str | date | None = None,
    **choices: Unpack[Choices],
) -> Result:
    """What a series of daily counts shows of a change that was declared for a day.

    `series` is a table of pandas, polars or Arrow with a column of days and one of counts; a pandas
    Series with a DatetimeIndex; a mapping of day to count; or (day, count) pairs. The order of rows
    does not matter. `on` is the first day that the words bind, `until` the last, if they name one.
    `falls_to` and `rises_to` are what counts as kept, as a share of the level before: one of the
    two. Whatever else may be said stands in `Choices`.

    The protocol is that of a case, but nothing was registered before the record was looked at, and
    nothing audits the record: the result says so. Raises InputError with all that is wrong.
    """
    asked = Asked(choices)
    plan = _plan(asked, *asked.change(falls_to, rises_to))
    starts = asked.day("on", on)
    ends = None if until is None else asked.day("until", until)
    said = choices.get("announced")
    announced = starts if said is None else asked.day("announced", said)
    rows, days = _read(asked, series, DATASET)
    _, beside = _read(asked, choices["control"], CONTROL) if plan.controls else (None, None)
    if starts and days:
        asked.problems += _misplaced(starts, ends, plan, days)
    if asked.problems or starts is None or rows is None or days is None:
        raise InputError(*asked.problems)
    pledge = _pledge(plan, (announced or starts, starts, ends))
    return Result(
        assessment=_assessment(pledge, plan, days, beside), kind=rows.kind, filled=days.filled
    )


def _plan(asked: Asked, question: str, threshold: float) -> Plan:
    label = asked.text("label", COUNTED)
    return Plan(
        question="rises" if question == "rises" else "falls",
        threshold=threshold,
        primary=Selection(dataset=DATASET, label=label, attributions=("certain",)),
        controls=_controls(asked),
        **asked.plan_numbers(),
    )


def _controls(asked: Asked) -> tuple[Control, ...]:
    if asked.choices.get("control") is None:
        return ()
    label = asked.text("control_label", "the control series")
    selection = Selection(dataset=CONTROL, label=label, attributions=("certain",))
    return (
        Control(selection=selection, reason="Given as a series that the pledge does not bind."),
    )


def _read(asked: Asked, given: Any, where: str) -> tuple[Rows | None, Days | None]:
    columns = Columns(day=asked.column("day"), count=asked.column("count"))
    missing = asked.missing() if where == DATASET else asked.choices.get("missing", "unknown")
    rows: Rows | None = asked.tried(lambda: rows_of(given, columns, where))
    days: Days | None = asked.tried(lambda: days_of(rows, missing, where)) if rows else None
    return rows, days


def _misplaced(starts: date, ends: date | None, plan: Plan, days: Days) -> list[Problem]:
    """What does not fit between the pledge's dates and the days of the record."""
    held = f"the record runs from {day(days.period.start)} to {day(days.period.end)}"
    first = starts + timedelta(days=plan.grace_days)
    found: list[Problem] = []
    if starts not in days.period:
        what, remedy = f"{day(starts)} lies outside the record", f"{held}: choose a day within"
        found.append(Problem(what=what, where="on=", remedy=remedy))
    elif starts == days.period.start:
        what = f"the record begins on {day(starts)}: it holds no day before to compare with"
        found.append(Problem(what=what, where="on=", remedy="give the days before as well"))
    if ends is not None and ends < first:
        what = f"it would end on {day(ends)}, before the first day that is compared ({day(first)})"
        found.append(Problem(what=what, where="until=", remedy="correct one of the two dates"))
    length = plan.window_days if ends is None else min(plan.window_days, (ends - first).days + 1)
    if length + plan.grace_days >= len(days.period):
        what = (
            f"a window of {count(length, 'day')} does not fit into a record of "
            f"{count(len(days.period), 'day')} with any day before it"
        )
        remedy = f"{held}: give a longer one, or choose fewer window_days"
        found.append(Problem(what=what, where="window_days=", remedy=remedy))
    return found


def _pledge(plan: Plan, dates: tuple[date, date, date | None]) -> Pledge:
    announced, starts, ends = dates
    return Pledge(
        id="notebook",
        title=plan.primary.label,
        actor="not named",
        kind="allow" if plan.question == "rises" else "reduce",
        act=plan.primary.label,
        object=None,
        announced=announced,
        starts=starts,
        ends=ends,
        magnitude=None,
        area=None,
        comparator=None,
        plan=plan,
    )


def _assessment(pledge: Pledge, plan: Plan, days: Days, beside: Days | None) -> Assessment:
    series = _series(days, plan.primary, DATASET)
    control = _series(beside, plan.controls[0].selection, CONTROL) if beside else None
    evidence = Evidence(
        releases=(),
        findings=_findings(series, days),
        primary=(series,),
        controls={0: control} if plan.controls else {},
        variants=(
            Variant(area="as planned", event_class="as planned", duplicates="counted",
                    planned=True, series=series),
        ),
    )  # fmt: skip
    fixing = Fixing(
        plan=value_id(plan_payload(pledge)), registered_at=None, before_data=False,
        record_known=True,
    )  # fmt: skip
    setting = Setting(
        fixing=fixing,
        testability=testability(pledge, observed=frozenset()),
        declared=(),
        as_of=days.period.end,
    )
    return assess_pledge(pledge, evidence, setting)


def _series(days: Days, selection: Selection, dataset: str) -> DailySeries:
    """From the first day with an event on, as in a case: a war that had not begun is no peace."""
    before = next(place for place, number in enumerate(days.counts) if number)
    return DailySeries(
        dataset=dataset,
        attribution="certain",
        role="control" if dataset == CONTROL else "primary",
        label=selection.label,
        start=days.period.start + timedelta(days=before),
        counts=days.counts[before:],
    )


def _findings(series: DailySeries, days: Days) -> tuple[Finding, ...]:
    """What was done to the days before they were tested."""
    said: list[str] = []
    if before := (series.start - days.period.start).days:
        said.append(
            f"The {count(before, 'day')} before {day(series.start)} hold no event and are left "
            "out: before the first event nothing is known."
        )
    if days.filled:
        without = f"{count(days.filled, 'day')} of {len(days.period):,} had no row"
        said.append(f"{without} and count as days on which nothing was seen, as was asked for.")
    return tuple(
        Finding(check="days", outcome="informational", dataset=DATASET, sentence=sentence)
        for sentence in said
    )
