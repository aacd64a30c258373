"""An assessment as it is shown: every number through the gate, every sentence ready to read."""

from collections.abc import Iterable, Sequence

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.count_shown import counted_days, shown_count, with_rows
from wordkept.dossier.curve_shown import shown_curve
from wordkept.dossier.doubts_shown import beside as beside_it
from wordkept.dossier.doubts_shown import effort, likeness, reported
from wordkept.dossier.gate import ShownSeries, rule_of, sentence, shown_series
from wordkept.dossier.levels import levels, withholds
from wordkept.dossier.quotes import Captures, quotes
from wordkept.dossier.reading import reading
from wordkept.dossier.records import records, selections, withheld
from wordkept.dossier.report import CaseReport
from wordkept.dossier.shown import Check, Held, Level, Other, Shown
from wordkept.dossier.weeks import Total, summed
from wordkept.ids import short
from wordkept.model import (
    Assessment,
    Bars,
    Behind,
    ControlResult,
    DailySeries,
    Finding,
    PublicationRule,
    Testability,
)
from wordkept.period import Period

_LAST: list[tuple[CaseReport, tuple[Shown, ...]]] = []
"""The last report and what is shown of it: a dossier's pages and its JSON are of one."""


def shown_case(report: CaseReport) -> tuple[Shown, ...]:
    """Every assessment of a case as it is shown, quotes checked against their captures."""
    if not _LAST or _LAST[0][0] is not report:
        captures = {document.id: (document, text) for document, text in report.documents}
        _LAST[:] = [(report, tuple(
            shown(assessment, captures=captures, beside=report.assessments, behind=report.behind)
            for assessment in report.assessments
        ))]  # fmt: skip
    return _LAST[0][1]


def shown(
    assessment: Assessment,
    *,
    captures: Captures | None = None,
    beside: Sequence[Assessment] = (),
    behind: Sequence[Behind] = (),
) -> Shown:
    """One assessment as it is shown beside the others of its case, with the rows of its count."""
    pledge, card = assessment.pledge, assessment.testability
    printed = levels(assessment)
    said = reading(assessment, printed)
    series = _series(assessment, (assessment, *beside))
    small = _small_primary(assessment, printed)
    return Shown(
        id=pledge.id, title=pledge.title, actor=pledge.actor, kind=pledge.kind,
        announced=pledge.announced, starts=pledge.starts, ends=pledge.ends, as_of=assessment.as_of,
        fixed=claims.fixing(assessment.fixing) if pledge.plan else "no plan: nothing to test",
        plan_hash=assessment.fixing.plan,
        threshold=pledge.plan.threshold if pledge.plan else None,
        direction=pledge.plan.direction if pledge.plan else "falls",
        quotes=quotes(pledge, captures),
        named=tuple(term for term in card.terms if term.said is not None),
        open=tuple(term for term in card.terms if term.said is None),
        leaves_open=also_open(card),
        obstacles=card.obstacles,
        reading=said,
        series=series, levels=printed,
        horizon=assessment.durability.horizon if assessment.durability else None,
        checks=_checks(assessment, printed),
        controls=tuple(_held(control, assessment, printed) for control in assessment.controls),
        others=_others(assessment),
        count=with_rows(shown_count(assessment, small_inside=small), assessment, behind),
        curve=shown_curve(assessment, printed),
        beside=beside_it(assessment, printed),
        reported=reported(assessment, printed),
        effort=effort(assessment, printed),
        likeness=likeness(assessment),
        records=records(assessment),
        withheld=_withheld(assessment, series), citation=_citation(assessment),
    )  # fmt: skip


def _small_primary(assessment: Assessment, printed: Sequence[Level]) -> bool:
    plan = assessment.pledge.plan
    return plan is not None and withholds(printed, plan.primary.dataset)


def _citation(assessment: Assessment) -> str:
    when, plan = prose.day(assessment.as_of), short(assessment.fixing.plan)
    return f"{assessment.pledge.title}; as of {when}; plan {plan}"


def also_open(card: Testability) -> tuple[str, ...]:
    """What the pledge's author noted beyond the terms that stand open already."""
    terms = {term.name for term in card.terms if term.said is None}
    return tuple(text for text in card.leaves_open if text not in terms)


def _series(assessment: Assessment, printed_in: Iterable[Assessment]) -> tuple[ShownSeries, ...]:
    everywhere = tuple(dict.fromkeys(printed_in))
    return tuple(
        shown_series(
            series, rule_of(series.dataset, assessment.releases), _totals(series, everywhere)
        )
        for series in assessment.series
        if not series.inflated
    )


def _totals(series: DailySeries, everywhere: Iterable[Assessment]) -> tuple[Total, ...]:
    """The sums of this series that stand in any table of the case.

    A count or a completeness of other events than the series holds is no sum of it.
    """
    found: set[tuple[Period, int]] = set()
    for assessment in everywhere:
        for estimate in assessment.estimates:
            if estimate.dataset == series.dataset and estimate.attribution == series.attribution:
                found.add((estimate.baseline_period, estimate.baseline_events))
                found.add((estimate.window, estimate.window_events))
        found |= counted_days(assessment)
    return tuple(
        Total(days=days, events=events)
        for days, events in sorted(found)
        if summed(series, days) == events
    )


def _checks(assessment: Assessment, printed: Sequence[Level]) -> tuple[Check, ...]:
    return tuple(
        Check(
            check=finding.check,
            outcome=finding.outcome,
            dataset=finding.dataset,
            sentence=_gated(finding.sentence, finding.dataset, assessment, printed),
            closes_gate=finding.closes_gate,
            bars=_bars(finding, assessment),
        )
        for finding in assessment.findings
    )


def _bars(finding: Finding, assessment: Assessment) -> Bars | None:
    """The numbers of a finding's chart; none where a small one among them may not be printed."""
    rule = rule_of(finding.dataset, assessment.releases)
    whole = rule.allows == "rows" or (rule.allows == "aggregates" and rule.at_least <= 1)
    return finding.bars if whole else None


def _gated(text: str, dataset: str, assessment: Assessment, printed: Sequence[Level]) -> str:
    rule = rule_of(dataset, assessment.releases)
    if not any(release.dataset == dataset for release in assessment.releases):
        used = {series.dataset for series in assessment.series}
        rule = rule if dataset in used else PublicationRule(allows="rows")
    return sentence(text, rule, small_inside=withholds(printed, dataset))


def _held(control: ControlResult, assessment: Assessment, printed: Sequence[Level]) -> Held:
    rule = rule_of(control.dataset, assessment.releases)
    open_ = rule.allows != "nothing" and not withholds(printed, control.dataset)
    text = "withheld"
    if open_:
        text = claims.stood(control.ratio)
    return Held(
        dataset=control.dataset,
        label=control.label,
        reason=control.reason,
        sentence=_gated(control.sentence, control.dataset, assessment, printed),
        ratio=control.ratio if open_ else None,
        adjusted_ratio=control.adjusted_ratio if open_ else None,
        p=control.p if open_ else None,
        text=text,
    )


def _others(assessment: Assessment) -> tuple[Other, ...]:
    return tuple(
        Other(
            pledge=other.pledge,
            title=other.title,
            starts=other.starts,
            sentence=_other(other.days_before, other.told_apart_by),
        )
        for other in assessment.concurrent
    )


def _other(days_before: int, told_apart_by: str | None) -> str:
    days = f"{abs(days_before)} {'day' if abs(days_before) == 1 else 'days'}"
    when = f"{days} {'earlier' if days_before > 0 else 'later'}" if days_before else "the same day"
    if told_apart_by is None:
        return f"{when}; nothing here tells the two apart"
    return f"{when}; told apart by {told_apart_by}"


def _withheld(assessment: Assessment, series: Sequence[ShownSeries]) -> tuple[str, ...]:
    """What is withheld of each dataset that the plan counts or that a series stands for."""
    used = [selection.dataset for selection in selections(assessment)]
    used += [one.dataset for one in series]
    titles = {release.dataset: release.title for release in assessment.releases}
    said = []
    for dataset in dict.fromkeys(used):
        rule = rule_of(dataset, assessment.releases)
        own = [one for one in series if one.dataset == dataset]
        if dataset not in titles and not own:
            continue
        cells, weeks = sum(one.withheld for one in own), sum(len(one.weeks) for one in own)
        what = withheld(rule, titles.get(dataset, dataset), cells=cells, weeks=weeks)
        said.append(f"{what} {rule.terms}".strip())
    return tuple(said)
