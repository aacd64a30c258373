"""What each question of a plan asks for: its keys, its threshold, and what must stand beside it."""

from collections.abc import Mapping
from datetime import date

from wordkept.model import RATES, Question, Selection, Tally
from wordkept.pledges.selections import note_repeat, read_selection
from wordkept.pledges.tables import Limits, Table

ASKED_BY: Mapping[str, tuple[Question, ...]] = {
    "others": RATES,
    "controls": RATES,
    "baselines": RATES,
    "reporting_allowance": RATES,
    "effort": RATES,
    "window_days": (*RATES, "only"),
    "grace_days": (*RATES, "only", "holds"),
    "horizon_days": (*RATES, "holds"),
    "alpha": (*RATES, "only", "holds"),
    "minimum_expected": (*RATES, "only"),
    "allowed": ("only",),
    "tally": ("only", "delivers"),
    "misclassified": ("only", "ceases"),
    "misclassified_reason": ("only", "ceases"),
    "amount": ("delivers",),
    "stretch_days": ("holds",),
}
"""The keys of a plan that not every question knows; a key that nothing would read is refused."""

THRESHOLDS: Mapping[Question, float] = {
    "falls": 0.5,  # half the rate before: the least that METHOD takes for "the main part"
    "ceases": 0.5,  # of its rate; its letter is held to none at all beside that
    "only": 0.1,  # a tenth goes astray, or is placed wrongly, without the aim having been another
    "delivers": 1.0,  # a number is a number
    "holds": 0.8,  # one stretch in five may pass unrecorded: presence is not reported every day
}
"""What counts as kept where the plan says nothing; a rise must always say it."""

SHARE = Limits(above=0, below=1)
LIMITS: Mapping[Question, Limits] = {
    "falls": SHARE,
    "ceases": SHARE,
    "rises": Limits(above=1, at_most=1000),
    "only": Limits(at_least=0, at_most=0.5),
    "delivers": Limits(above=0, at_most=1),
    "holds": Limits(above=0, at_most=1),
}
COUNT = Limits(at_least=0, at_most=10_000_000)
AMOUNT = Limits(at_least=1, at_most=10_000_000)


def read_threshold(table: Table, question: Question) -> float:
    """What counts as kept, within the limits of the question."""
    limits = LIMITS[question]
    if question == "rises" and not table.has("threshold"):
        remedy = f"say by what factor: threshold = 2.0 ({limits})"
        table.note("question", "a plan for a rise needs a threshold", remedy)
    return table.number("threshold", THRESHOLDS.get(question, 2.0), limits)


def note_strangers(table: Table, question: Question) -> None:
    """Note every key that means something to another question only."""
    for key, questions in ASKED_BY.items():
        if table.has(key) and question not in questions:
            what = f'"{key}" means nothing to a plan that asks "{question}"'
            table.note(key, what, f"leave it out: it belongs to {', '.join(questions)}")


def read_allowed(table: Table, primary: Selection) -> Selection | None:
    """Of `only`: the events of the primary record that the pledge allows."""
    inner = table.table("allowed")
    if inner is None:
        return None
    selection = read_selection(inner)
    if selection.dataset and primary.dataset and selection.dataset != primary.dataset:
        what = f'what is allowed is counted in "{selection.dataset}", the rest elsewhere'
        remedy = f'allowed events are some of the primary ones: dataset = "{primary.dataset}"'
        inner.note("dataset", what, remedy)
    if inner.has("attributions"):
        what = f'{inner.name} has bounds of its own ("attributions")'
        inner.note("attributions", what, "leave it out: those of [plan.primary] hold for both")
    note_repeat(inner, selection, (primary,))
    inner.close()
    return selection


def read_tally(table: Table) -> Tally | None:
    """A published count in three parts, whose parts must add up."""
    inner = table.table("tally")
    if inner is None:
        return None
    url = inner.text_or_none("url")
    if url is not None and not url.startswith(("http://", "https://")):
        inner.note("url", f'"{url}" is no address', 'write url = "https://..."')
    tally = Tally(
        counted_by=inner.text("counted_by"),
        citation=inner.text("citation"),
        url=url,
        published=inner.day("published"),
        unit=inner.text("unit"),
        total=required_whole(inner, "total", AMOUNT, 60),
        within=required_whole(inner, "within", COUNT, 1),
        outside=required_whole(inner, "outside", COUNT, 14),
    )
    if tally.unplaced < 0:
        what = f"within ({tally.within}) and outside ({tally.outside}) are more than the total"
        inner.note("total", what, f"the total is {tally.within + tally.outside} or more")
    inner.close()
    return tally


def required_whole(table: Table, key: str, limits: Limits, example: int) -> int:
    """A whole number that must be there; its example where it could not be read."""
    if not table.has(key):
        table.note(None, f'{table.name} has no "{key}"', f"write {key} = {example}")
    return table.whole(key, example, limits)


def note_missing(table: Table, question: Question, *, told: bool) -> None:
    """Note what a question cannot be asked without; `told` is whether the record was known."""
    tally = table.has("tally")
    if question == "only" and table.has("allowed") == tally:
        what = (
            "a plan for `only` has both [plan.allowed] and [plan.tally]"
            if tally
            else "a plan for `only` does not say which events are allowed"
        )
        remedy = "write [plan.allowed] to sort events, or [plan.tally] for a published count"
        table.note("question", what, remedy)
    if question == "delivers" and not table.has("amount"):
        remedy = "write amount = 100; where no number was declared, ask whether a rate rises"
        table.note("question", "a plan for a delivery needs the number that was declared", remedy)
    if tally and not told:
        what = "the published count stands in this plan, yet its author had not seen the record"
        table.note("record_known", what, "write record_known = true")


def published_too_soon(tally: Tally | None, announced: date) -> bool:
    """Whether a count came out before there was anything to count."""
    return tally is not None and tally.published < announced and tally.published != date.min
