"""The plan of a pledge file: what is counted, where, against what, and what counts as kept."""

from collections.abc import Sequence
from dataclasses import replace

from wordkept.model import ATTRIBUTIONS, QUESTIONS, Baseline, Control, Plan, Selection
from wordkept.pledges.tables import Limits, Table

RISE = Limits(above=1, at_most=1000)
SHARE = Limits(above=0, below=1)
ALPHA = Limits(above=0, at_most=0.5)
ALLOWANCE = Limits(at_least=1, at_most=10)
WINDOW = Limits(at_least=1, at_most=366)
GRACE = Limits(at_least=0, at_most=365)
HORIZON = Limits(at_least=1, at_most=3660)
BASELINE = Limits(at_least=7, at_most=3660)
DONUT = Limits(at_least=0, at_most=3660)
EXPECTED = Limits(at_least=10, at_most=100_000)


def read_plan(table: Table) -> Plan:
    """The plan in `[plan]`, with the model's defaults where a key is left out."""
    question = table.choice("question", QUESTIONS)
    primary = _primary(table)
    plain = Plan(question=question, primary=primary)
    limits = RISE if question == "rises" else SHARE
    if question == "rises" and not table.has("threshold"):
        remedy = f"say by what factor: threshold = 2.0 ({limits})"
        table.note("question", "a plan for a rise needs a threshold", remedy)
    plan = Plan(
        question=question,
        primary=primary,
        others=_others(table, primary),
        controls=_controls(table, primary),
        threshold=table.number("threshold", plain.threshold, limits),
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
    )
    if plan.grace_days >= plan.window_days:
        what = f"the grace ({plan.grace_days} days) leaves no day of the window"
        table.note("grace_days", what, f"choose fewer than {plan.window_days} days")
    table.close()
    return plan


def read_selection(table: Table) -> Selection:
    """The events that a table selects; keys beyond a selection's are left for the caller."""
    return Selection(
        dataset=table.text("dataset"),
        label=table.text_or_none("label") or "",
        actors=table.texts("actors"),
        against=table.texts("against"),
        event_types=table.texts("event_types"),
        targets=table.texts("targets"),
        areas=table.texts("areas"),
        attributions=table.choices("attributions", ATTRIBUTIONS),
    )


def _primary(table: Table) -> Selection:
    inner = table.table("primary")
    if inner is None:
        if not table.has("primary"):
            remedy = 'write [plan.primary] with dataset = "..."'
            table.note(None, "[plan] names no record to count in", remedy)
        return Selection(dataset="")
    selection = read_selection(inner)
    inner.close()
    return selection


def _others(table: Table, primary: Selection) -> tuple[Selection, ...]:
    read: list[Selection] = []
    for inner in table.tables("others"):
        selection = read_selection(inner)
        _note_repeat(inner, selection, (primary, *read))
        inner.close()
        read.append(selection)
    return tuple(read)


def _controls(table: Table, primary: Selection) -> tuple[Control, ...]:
    read: list[Control] = []
    for inner in table.tables("controls"):
        selection = read_selection(inner)
        _note_repeat(inner, selection, (primary, *(control.selection for control in read)))
        read.append(
            Control(
                selection=selection,
                reason=inner.text("reason"),
                tells_apart=inner.texts("tells_apart"),
            )
        )
        inner.close()
    return tuple(read)


def _note_repeat(table: Table, selection: Selection, before: Sequence[Selection]) -> None:
    counted = replace(selection, label="")
    same = [index for index, one in enumerate(before) if replace(one, label="") == counted]
    if same and counted.dataset:
        which = "one above it" if same[0] else "[plan.primary]"
        what = f"{table.name} counts the same events as {which}"
        table.note(None, what, "select other events, or leave it out")


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
