"""The plan of a pledge file: what is counted, where, against what, and what counts as kept."""

from dataclasses import replace

from wordkept.model import QUESTIONS, Baseline, Control, Plan, Selection
from wordkept.pledges.questions import (
    AMOUNT,
    note_missing,
    note_strangers,
    read_allowed,
    read_tally,
    read_threshold,
)
from wordkept.pledges.selections import note_repeat, read_selection
from wordkept.pledges.tables import Limits, Table

ALPHA = Limits(above=0, at_most=0.5)
ALLOWANCE = Limits(at_least=1, at_most=10)
WINDOW = Limits(at_least=1, at_most=366)
GRACE = Limits(at_least=0, at_most=365)
HORIZON = Limits(at_least=1, at_most=3660)
BASELINE = Limits(at_least=7, at_most=3660)
DONUT = Limits(at_least=0, at_most=3660)
EXPECTED = Limits(at_least=10, at_most=100_000)
MISCLASSIFIED = Limits(at_least=0, at_most=0.5)
STRETCH = Limits(at_least=1, at_most=366)


def read_plan(table: Table) -> Plan:
    """The plan in `[plan]`, with the model's defaults where a key is left out."""
    question = table.choice("question", QUESTIONS)
    primary = _primary(table)
    plain = Plan(question=question, primary=primary)
    plan = Plan(
        question=question,
        primary=primary,
        others=_others(table, primary),
        controls=_controls(table, primary),
        threshold=read_threshold(table, question),
        threshold_reason=table.text_or_none("threshold_reason") or "",
        window_days=table.whole("window_days", plain.window_days, WINDOW),
        grace_days=table.whole("grace_days", plain.grace_days, GRACE),
        baselines=_baselines(table) or plain.baselines,
        horizon_days=table.whole("horizon_days", plain.horizon_days, HORIZON),
        reporting_allowance=table.number(
            "reporting_allowance", plain.reporting_allowance, ALLOWANCE
        ),
        alpha=table.number("alpha", plain.alpha, ALPHA),
        minimum_expected=table.whole("minimum_expected", plain.minimum_expected, EXPECTED),
        record_known=table.flag("record_known", default=plain.record_known),
        effort=_effort(table, primary),
        allowed=read_allowed(table, primary),
        tally=read_tally(table),
        misclassified=table.number("misclassified", plain.misclassified, MISCLASSIFIED),
        misclassified_reason=table.text_or_none("misclassified_reason") or "",
        amount=table.whole("amount", 1, AMOUNT) if table.has("amount") else None,
        stretch_days=table.whole("stretch_days", plain.stretch_days, STRETCH),
    )
    _check(table, plan)
    return plan


def _check(table: Table, plan: Plan) -> None:
    """What only the whole plan can show to be wrong."""
    if plan.question != "holds" and plan.grace_days >= plan.window_days:
        what = f"the grace ({plan.grace_days} days) leaves no day of the window"
        table.note("grace_days", what, f"choose fewer than {plan.window_days} days")
    note_strangers(table, plan.question)
    note_missing(table, plan.question, told=plan.record_known)
    table.asked.append("amount")
    table.close()


def _primary(table: Table) -> Selection:
    """The record that is counted in; a plan on a published count may go without."""
    inner = table.table("primary")
    if inner is None:
        if not table.has("primary") and not table.has("tally"):
            remedy = 'write [plan.primary] with dataset = "..."'
            table.note(None, "[plan] names no record to count in", remedy)
        return Selection(dataset="")
    if table.has("tally"):
        what = "[plan.tally] is tested in place of [plan.primary], and both are there"
        table.note("primary", what, "keep one of them")
    selection = read_selection(inner)
    inner.close()
    return selection


def _effort(table: Table, primary: Selection) -> Selection | None:
    """The record of observation effort that rates are divided by."""
    inner = table.table("effort")
    if inner is None:
        return None
    selection = read_selection(inner)
    note_repeat(inner, selection, (primary,))
    if selection.dataset == primary.dataset and _counts_all(selection) and not _counts_all(primary):
        what = f'{inner.name} takes every event of "{primary.dataset}" for effort'
        remedy = 'load it as a record of its own: patrols.csv.toml beside it says name = "patrols"'
        inner.note("dataset", what, remedy)
    inner.close()
    return selection


def _counts_all(selection: Selection) -> bool:
    """Whether no key of a selection leaves any event out."""
    plain = Selection(dataset=selection.dataset, label=selection.label)
    return replace(selection, attributions=plain.attributions) == plain


def _others(table: Table, primary: Selection) -> tuple[Selection, ...]:
    read: list[Selection] = []
    for inner in table.tables("others"):
        selection = read_selection(inner)
        note_repeat(inner, selection, (primary, *read))
        inner.close()
        read.append(selection)
    return tuple(read)


def _controls(table: Table, primary: Selection) -> tuple[Control, ...]:
    read: list[Control] = []
    for inner in table.tables("controls"):
        selection = read_selection(inner)
        note_repeat(inner, selection, (primary, *(control.selection for control in read)))
        read.append(
            Control(
                selection=selection,
                reason=inner.text("reason"),
                tells_apart=inner.texts("tells_apart"),
            )
        )
        inner.close()
    return tuple(read)


def _baselines(table: Table) -> tuple[Baseline, ...]:
    read: list[Baseline] = []
    for index, inner in enumerate(table.tables("baselines")):
        if not inner.has("days"):
            inner.note(None, 'a baseline has no "days"', "write {days = 28}")
        baseline = Baseline(
            days=inner.whole("days", Baseline(days=28).days, BASELINE),
            donut_days=inner.whole("donut_days", 0, DONUT),
        )
        if baseline in read and inner.has("days"):
            table.note("baselines", "this baseline stands twice", "keep one of them", index)
        inner.close()
        read.append(baseline)
    if table.values.get("baselines") == []:
        table.note("baselines", '"baselines" is an empty list', "write baselines = [{days = 28}]")
    return tuple(read)
