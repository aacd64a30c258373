"""Releases as they are cited: terms, access date, filters, caveats, receipt, and their hashes."""

from collections.abc import Iterator

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.gate import rule_of
from wordkept.dossier.shown import Record
from wordkept.model import Assessment, PublicationRule, Release, Selection

ALL_FILTERS = "all events of the release"
TRANSFORMATIONS = (
    "brought to wordkept's one event schema",
    "counted by day at each attribution, a day without an event counting nought",
    "shown by week, Monday first",
)


def records(assessment: Assessment) -> tuple[Record, ...]:
    """The releases that an assessment was made with, in its own order."""
    return tuple(_record(release, assessment) for release in assessment.releases)


def selections(assessment: Assessment) -> Iterator[Selection]:
    """What the plan counts: the primary selection, others, controls, what is allowed, effort."""
    plan = assessment.pledge.plan
    if plan is not None:
        yield plan.primary
        yield from plan.others
        yield from (control.selection for control in plan.controls)
        yield from (one for one in (plan.allowed, plan.effort) if one is not None)


def filters(selection: Selection) -> str:
    """Which events a selection counts, in words.

    >>> filters(Selection(dataset="d", actors=("Northland",), areas=("Karst", "Vale")))
    'actors: Northland; areas: Karst, Vale; attribution: certain, probable, possible'
    """
    named = {
        "actors": selection.actors,
        "with": selection.against,
        "event types": selection.event_types,
        "targets": selection.targets,
        "areas": selection.areas,
        "attribution": selection.attributions,
    }
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in named.items() if values)


def withheld(rule: PublicationRule, title: str, *, cells: int, weeks: int) -> str:
    """What of a dataset is not printed, in a sentence.

    >>> rule = PublicationRule(allows="aggregates", at_least=3)
    >>> withheld(rule, "Harm reports", cells=4, weeks=104)
    ... # doctest: +NORMALIZE_WHITESPACE
    'Harm reports: its rows are withheld, and so are 4 of 104 weekly numbers, because they stand
    for fewer than 3 events or would give such a number by subtraction.'
    """
    if rule.allows == "rows":
        return f"{title}: nothing is withheld."
    if rule.allows == "nothing":
        return f"{title}: every row, count, series and ratio is withheld."
    if rule.at_least <= 1:
        return f"{title}: its rows are withheld; totals of any size may be printed."
    if not cells:
        return (
            f"{title}: its rows are withheld; no weekly number stands for fewer than "
            f"{rule.at_least} events."
        )
    return (
        f"{title}: its rows are withheld, and so are {cells:,} of {weeks:,} weekly numbers, "
        f"because they stand for fewer than {rule.at_least} events or would give such a number "
        "by subtraction."
    )


def _record(release: Release, assessment: Assessment) -> Record:
    rule = rule_of(release.dataset, assessment.releases)
    chosen = [
        filters(selection) or ALL_FILTERS
        for selection in selections(assessment)
        if selection.dataset == release.dataset
    ]
    return Record(
        id=release.id,
        parquet=release.parquet,
        dataset=release.dataset,
        layout=release.layout,
        title=release.title,
        citation=release.citation,
        licence=release.licence,
        accessed=release.loaded_at,
        stated=release.stated,
        file_name=release.file_name,
        terms=release.publication.terms,
        withheld=withheld(rule, release.title, cells=0, weeks=0)
        if rule.allows != "aggregates"
        else "Its rows are withheld; only totals are printed.",
        caveats=release.caveats,
        filters=tuple(dict.fromkeys(chosen)),
        transformations=TRANSFORMATIONS,
        receipt=_receipt(release, rule),
    )


def _receipt(release: Release, rule: PublicationRule) -> tuple[str, ...]:
    if rule.allows == "nothing":
        return ("What became of its rows is withheld.",)
    rows = release.receipt
    said = [claims.receipt(rows)]
    if rows.span is not None:
        first, last = prose.day(rows.span.start), prose.day(rows.span.end)
        said.append(f"Its events run from {first} to {last}.")
    half = rows.half_the_deaths_rows
    if rows.deaths_best is not None and half is not None and half >= rule.at_least:
        noun = "row carries" if half == 1 else "rows carry"
        said.append(f"{half:,} {noun} half of its {rows.deaths_best:,} deaths (best estimate).")
    if rule.allows == "rows":
        said.extend(
            f"Set aside for {reason.reason}, for example: {'; '.join(reason.examples)}."
            for reason in rows.set_aside
            if reason.examples
        )
    return tuple(said)
