"""The specification curve as it may be printed: its sentences, its columns, shares by choice."""

from collections.abc import Callable, Sequence
from statistics import median

from wordkept import prose
from wordkept.dossier.evidence import ChoiceShare, Column, ShownCurve
from wordkept.dossier.gate import rule_of
from wordkept.dossier.levels import withholds
from wordkept.dossier.shown import Level
from wordkept.model import ATTRIBUTIONS, Assessment, Curve, Plan, Specification

STEP = 0.05
"""To which a median is rounded, away from what was promised, where small numbers are kept back."""
SIGNIFICANT = 4


CHOICES: tuple[tuple[str, Callable[[Specification], str | int]], ...] = (
    ("dataset", lambda one: one.dataset),
    ("attribution", lambda one: one.attribution),
    ("area", lambda one: one.area),
    ("event class", lambda one: one.event_class),
    ("duplicates", lambda one: one.duplicates),
    ("baseline", lambda one: one.baseline.days),
    ("donut", lambda one: one.baseline.donut_days),
    ("window", lambda one: one.window_days),
    ("grace", lambda one: one.grace_days),
)
PLANNED = "as planned"
IN_DAYS = ("baseline", "donut", "window", "grace")
NONE_OF = {"donut": "none left out", "grace": "none"}


def shown_curve(assessment: Assessment, printed: Sequence[Level]) -> ShownCurve | None:
    """The curve of an assessment as the rules of its datasets let it be printed; None without one.

    Where small numbers are kept back no single set-up is printed: with the counts of a baseline in
    the table beside it, its ratio is a count. What all show together is printed.
    """
    curve, plan = assessment.curve, assessment.pledge.plan
    if curve is None or plan is None or not curve.specifications:
        return None
    datasets = dict.fromkeys(one.dataset for one in curve.specifications)
    rules = {name: rule_of(name, assessment.releases) for name in datasets}
    if any(rule.allows == "nothing" for rule in rules.values()):
        return _closed(curve, plan)
    if any(rule.allows == "aggregates" and rule.at_least > 1 for rule in rules.values()):
        small = any(withholds(printed, name) for name in rules)
        return _together(curve, plan, small_inside=small)
    return _whole(curve, plan)


def _whole(curve: Curve, plan: Plan) -> ShownCurve:
    ratios = tuple(_rounded(one.ratio) for one in curve.specifications)
    columns = tuple(_column(name, of, curve.specifications) for name, of in CHOICES)
    own = tuple(place for place, one in enumerate(curve.specifications) if one.planned)
    return ShownCurve(
        total=len(ratios),
        ratios=ratios,
        p=tuple(round(one.p, 4) for one in curve.specifications),
        planned=own,
        columns=columns,
        alpha=plan.alpha,
        median_ratio=_rounded(curve.median_ratio),
        joint_p=curve.joint_p,
        placebo_dates=curve.placebo_dates,
        share_agreeing=curve.share_agreeing,
        share_reaching=curve.share_reaching,
        sentence=sentence(curve, plan, f"stood at {prose.percent(curve.median_ratio)} of"),
        planned_text=_planned_text([ratios[place] for place in own]),
        span=f"from {prose.percent(ratios[0])} to {prose.percent(ratios[-1])}",
        fixed=_fixed(columns),
        shares=tuple(_shares(curve.specifications, columns, plan)),
        left_out=curve.left_out,
        withheld="",
    )


def _together(curve: Curve, plan: Plan, *, small_inside: bool) -> ShownCurve:
    """What all set-ups show together, and none of them alone."""
    middle = "at a level that is withheld, against" if small_inside else _about(curve, plan)
    return ShownCurve(
        total=len(curve.specifications), ratios=(), p=(), planned=(), columns=(), alpha=plan.alpha,
        median_ratio=None, joint_p=curve.joint_p, placebo_dates=curve.placebo_dates,
        share_agreeing=curve.share_agreeing,
        share_reaching=curve.share_reaching,
        sentence=sentence(curve, plan, middle),
        planned_text="", span="", fixed="", shares=(), left_out=curve.left_out,
        withheld="No single set-up is printed: its ratio, with the counts printed elsewhere, would "
        "give numbers of events that the terms of the record keep back.",
    )  # fmt: skip


def _closed(curve: Curve, plan: Plan) -> ShownCurve:
    return ShownCurve(
        total=len(curve.specifications), ratios=(), p=(), planned=(), columns=(), alpha=plan.alpha,
        median_ratio=None, joint_p=None, placebo_dates=curve.placebo_dates, share_agreeing=None,
        share_reaching=None, planned_text="", span="", fixed="", shares=(), left_out=(),
        sentence=f"{prose.count(len(curve.specifications), 'defensible way')} to count were tried.",
        withheld="Withheld: nothing drawn from this record may be published.",
    )  # fmt: skip


def _about(curve: Curve, plan: Plan) -> str:
    """The median to the next twentieth that promises less."""
    steps = curve.median_ratio / STEP
    if plan.direction == "falls":
        return f"stood at no more than {prose.percent((int(steps) + 1) * STEP)} of"
    return f"stood at {prose.percent(int(steps) * STEP)} or more of"


def sentence(curve: Curve, plan: Plan, middle: str) -> str:
    """What all the set-ups show together, for a reader who has never seen such a curve."""
    total = len(curve.specifications)
    fell, noun = ("fell", "fall") if plan.direction == "falls" else ("rose", "rise")
    dates = round(curve.joint_p * curve.placebo_dates)
    return (
        f"{prose.count(total, 'defensible way')} to count: the middle one {middle} the level "
        f"before. As large a {noun} over all of them together is found at {dates:,} of "
        f"{curve.placebo_dates:,} placebo dates, the real one among them. Of the set-ups "
        f"{_of_all(curve.share_agreeing)} {fell}, and {_of_all(curve.share_reaching)} reached "
        "what the plan counts as kept."
    )


def _of_all(share: float) -> str:
    """A share of the set-ups in words.

    >>> _of_all(1.0), _of_all(0.974), _of_all(0.0), _of_all(0.9997)
    ('all', '97 %', 'none', 'nearly all')
    """
    if share in (0, 1):
        return "all" if share else "none"
    text = prose.percent(share)
    return "nearly all" if text == "100 %" else text


def _planned_text(ratios: Sequence[float]) -> str:
    if not ratios:
        return "None of the plan's own set-ups is among them."
    own = "set-up" if len(ratios) == 1 else f"{len(ratios):,} set-ups"
    return f"The plan's own {own} stood at {prose.percents(min(ratios), max(ratios))}."


def _fixed(columns: Sequence[Column]) -> str:
    same = tuple(f"{one.name}: {one.values[0]}" for one in columns if len(one.values) == 1)
    return f"The same in all of them: {'; '.join(same)}." if same else ""


def _column(
    name: str, of: Callable[[Specification], str | int], every: Sequence[Specification]
) -> Column:
    found = [of(one) for one in every]
    if name in IN_DAYS:
        ordered = sorted(dict.fromkeys(found), key=lambda one: int(str(one)))
    else:
        ordered = sorted(dict.fromkeys(found), key=_order)
    place = {value: at for at, value in enumerate(ordered)}
    return Column(
        name=name,
        values=tuple(_value(name, value) for value in ordered),
        places=tuple(place[one] for one in found),
    )


def _order(value: str | int) -> tuple[int, str]:
    """Attributions from the surest on; of other words the planned ones first."""
    if value in ATTRIBUTIONS:
        return list(map(str, ATTRIBUTIONS)).index(str(value)), ""
    return int(value != PLANNED), str(value)


def _value(name: str, value: object) -> str:
    if name not in IN_DAYS:
        return str(value)
    return NONE_OF.get(name, "none") if value == 0 else prose.count(int(str(value)), "day")


def _shares(
    every: Sequence[Specification], columns: Sequence[Column], plan: Plan
) -> list[ChoiceShare]:
    return [
        _share(
            column.name,
            value,
            [one for one, at in zip(every, column.places, strict=True) if at == place],
            plan,
        )
        for column in columns
        if len(column.values) > 1
        for place, value in enumerate(column.values)
    ]


def _share(name: str, value: str, among: Sequence[Specification], plan: Plan) -> ChoiceShare:
    falls = plan.direction == "falls"
    total = len(among)
    agreeing = sum(one.ratio < 1 if falls else one.ratio > 1 for one in among)
    reaching = sum(
        one.ratio <= plan.threshold if falls else one.ratio >= plan.threshold for one in among
    )
    seen = sum(one.p <= plan.alpha for one in among)
    return ChoiceShare(
        name=name, value=value, set_ups=total,
        median=prose.percent(median(one.ratio for one in among)),
        agreeing=prose.percent(agreeing / total), reaching=prose.percent(reaching / total),
        seen=prose.percent(seen / total),
    )  # fmt: skip


def _rounded(ratio: float) -> float:
    return float(f"{ratio:.{SIGNIFICANT}g}")
