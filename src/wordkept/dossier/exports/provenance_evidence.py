"""The second half of the chain in PROV: table, series, estimate, verdict."""

from collections.abc import Iterator

from wordkept.dossier.exports.provenance_chain import (
    Line,
    associated,
    derived,
    entity,
    generated,
    named,
    used,
)
from wordkept.dossier.gate import ShownSeries
from wordkept.dossier.shown import Level, Shown


def evidence(pledge: Shown, maker: str) -> Iterator[Line]:
    """The assessment of a pledge: what it used, what it counted, and the verdict it gave."""
    verdict = named("verdict", pledge.id, pledge.plan_hash, pledge.as_of)
    step = named("assess", pledge.id, pledge.plan_hash, pledge.as_of)
    plan = named("plan", pledge.id, pledge.plan_hash) if pledge.reading.plan else None
    source = plan or named("pledge", pledge.id)
    yield entity(
        verdict, "Verdict", label=f"{pledge.title}: {pledge.reading.word}",
        word=pledge.reading.word, sentence=pledge.reading.sentence, asOf=pledge.as_of.isoformat(),
    )  # fmt: skip
    yield "activity", step, {"prov:type": "assess"}
    yield associated(step, maker, plan=plan)
    yield generated(verdict, step)
    yield used(step, source)
    yield derived(verdict, source)
    for record in pledge.records:
        yield used(step, named("table", record.parquet))
        yield derived(verdict, named("table", record.parquet))
    for series in pledge.series:
        yield from _series(series, pledge, source)
        yield derived(verdict, _series_id(pledge, series.dataset, series.attribution, series.role,
                                          series.label))  # fmt: skip
    for level in pledge.levels:
        yield from _estimate(level, pledge, verdict)
    yield from _count(pledge, verdict)


def _tables(pledge: Shown, dataset: str) -> Iterator[str]:
    """The tables of a dataset that the assessment was made with."""
    for record in pledge.records:
        if record.dataset == dataset:
            yield named("table", record.parquet)


def _series_id(pledge: Shown, *parts: str) -> str:
    return named("series", pledge.id, pledge.plan_hash, *parts)


def _series(series: ShownSeries, pledge: Shown, source: str) -> Iterator[Line]:
    key = _series_id(pledge, series.dataset, series.attribution, series.role, series.label)
    yield entity(
        key, "Series", label=f"{series.label}, {series.attribution} ({series.dataset})",
        dataset=series.dataset, attribution=series.attribution, role=series.role,
    )  # fmt: skip
    yield derived(key, source)
    for table in _tables(pledge, series.dataset):
        yield derived(key, table)


def _estimate(level: Level, pledge: Shown, verdict: str) -> Iterator[Line]:
    """The level after against one baseline, in the words that may be printed of it."""
    key = named(
        "estimate", pledge.id, pledge.plan_hash, level.dataset, level.bound, level.baseline,
        level.window,
    )  # fmt: skip
    yield entity(
        key, "Estimate", label=f"{level.dataset}, {level.bound}, {level.baseline_days} days before",
        before=level.before.text, after=level.after.text, levelAfter=level.text,
        baseline=str(level.baseline), window=str(level.window),
    )  # fmt: skip
    yield derived(verdict, key)
    own = [
        one for one in pledge.series
        if one.role != "control"
        and (one.dataset, one.attribution) == (level.dataset, level.attribution)
    ]  # fmt: skip
    for one in own:
        yield derived(key, _series_id(pledge, one.dataset, one.attribution, one.role, one.label))
    if not own:
        for table in _tables(pledge, level.dataset):
            yield derived(key, table)


def _count(pledge: Shown, verdict: str) -> Iterator[Line]:
    """A count that is held against a number, and the published one that it may rest on."""
    made = pledge.count
    if made is None:
        return
    key = named("count", pledge.id, pledge.plan_hash)
    yield entity(key, "Count", label=made.unit, sentence=made.sentence)
    yield derived(verdict, key)
    if made.tally is not None:
        tally = named("tally", made.tally.citation, made.tally.published)
        yield entity(
            tally, "Publication", label=made.tally.citation, countedBy=made.tally.counted_by,
            published=made.tally.published.isoformat(), url=made.tally.url,
        )  # fmt: skip
        yield derived(key, tally)
    for table in _tables(pledge, made.dataset or ""):
        yield derived(key, table)
