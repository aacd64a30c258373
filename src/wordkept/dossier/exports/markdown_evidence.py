"""The evidence of one pledge in Markdown: what stands behind the verdict and beside it."""

from collections.abc import Iterable, Iterator, Sequence

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.evidence import ShownCount, ShownCurve
from wordkept.dossier.exports.markdown_text import bullets, code, literal, table
from wordkept.dossier.gate import ShownSeries
from wordkept.dossier.panels import drawn_days, panels, visible
from wordkept.dossier.shown import Record, Shown


def evidence(pledge: Shown) -> Iterator[str]:
    """The parts of the evidence, each a block of Markdown."""
    yield from _count(pledge.count)
    yield from part("What the plan asks", pledge.reading.plan)
    yield from _levels(pledge)
    yield from _weeks(pledge)
    yield from _curve(pledge.curve)
    yield from part(
        "Series that the pledge does not bind",
        [f"{one.label} ({one.dataset}): {one.text}. {one.sentence} Why it is held against: "
         f"{one.reason}" for one in pledge.controls],
    )  # fmt: skip
    yield from part("What else moved; none of it decides", [one.sentence for one in pledge.beside])
    yield from part(
        "Declared inside the same days",
        [f"{one.title}, {prose.day(one.starts)}: {one.sentence}." for one in pledge.others],
    )
    yield from _doubts(pledge)
    if pledge.checks:
        yield "### The audit of the record"
        yield table(
            ("Check", "Record", "Answer", "What was found"),
            [
                (one.check, one.dataset,
                 one.outcome + (", closes a gate" if one.closes_gate else ""), one.sentence)
                for one in pledge.checks
            ],
        )  # fmt: skip
    yield from part("What is withheld, and by whose terms", pledge.withheld)
    if pledge.reading.plan:
        yield f"Plan {code(pledge.plan_hash)}: {literal(pledge.fixed)}."


def record(one: Record) -> Iterator[str]:
    """A release as it is cited, with its terms, caveats, receipt and hashes."""
    yield f"### {literal(one.title)}"
    stated = f"; stated by its publisher as of {prose.day(one.stated)}" if one.stated else ""
    facts = {
        "Cite as": one.citation,
        "Licence": one.licence,
        "Terms": f"{one.terms} {one.withheld}".strip(),
        "Accessed": f"{claims.moment(one.accessed)}{stated}",
        "Made of it": "; ".join(one.transformations),
        "Rows": " ".join(one.receipt),
        "File": f"{one.file_name} ({one.layout})",
    }
    said = [literal(f"{name}: {text}") for name, text in facts.items()]
    said += [f"As received: SHA-256 {code(one.id)}", f"As loaded: SHA-256 {code(one.parquet)}"]
    yield bullets([*(literal(caveat) for caveat in one.caveats), *said])


def part(heading: str, sentences: Iterable[str]) -> tuple[str, ...]:
    """A heading and its sentences as a list; nothing where none of them says anything."""
    items = [literal(one[:1].upper() + one[1:]) for one in sentences if one]
    return (f"### {heading}", bullets(items)) if items else ()


def _count(made: ShownCount | None) -> Iterator[str]:
    if made is None:
        return
    parts = "; ".join(f"{name}: {number:,}" for name, number in made.parts)
    said = [made.sentence, made.chance, parts, made.needed_text, made.mistakes_text, made.tipping]
    if made.tally:
        told = made.tally
        counted = (
            f"Counted by {told.counted_by}, published on {prose.day(told.published)}: "
            f"{told.total:,} {told.unit}; {told.within:,} within, {told.outside:,} outside, "
            f"{told.unplaced:,} not placed. Wordkept holds none of its rows."
        )
        said += [counted, f"{told.citation} {told.url or ''}"]
    yield from part("The letter of it" if made.question == "ceases" else "The count", said)


def _levels(pledge: Shown) -> Iterator[str]:
    if not pledge.levels:
        return
    yield "### Each record, each bound, each baseline"
    names = ("Record", "Attribution", "Before", "After", "Level after", "Ordinary range")
    yield table(
        (*names, "By itself"),
        [
            (one.dataset, one.bound,
             f"{one.before.text} in {one.baseline_days} days"
             + (f", {one.donut_days} left out" if one.donut_days else ""),
             f"{one.after.text} in {len(one.window)} days", one.text, one.ordinary, one.chance)
            for one in pledge.levels
        ],
    )  # fmt: skip
    yield (
        "Level after: with its range had reporting changed by the plan's allowance. Ordinary "
        "range: with the record's ordinary ups and downs, 90 %."
    )


def _weeks(pledge: Shown) -> Iterator[str]:
    """The weeks that the page's chart draws, in the words that its table has for them."""
    days = drawn_days(pledge)
    if days is None:
        return
    series: Sequence[ShownSeries] = [one for panel in panels(pledge) for one in panel.series]
    counts = [{week.days: week.events.text for week in visible(one, days)} for one in series]
    weeks = sorted({week for column in counts for week in column})
    yield "### The series by week"
    yield table(
        ("Week of", *(f"{one.label}, {one.attribution} ({one.dataset})" for one in series)),
        [
            (week.start.isoformat(), *(column.get(week, "none held") for column in counts))
            for week in weeks
        ],
    )  # fmt: skip


def _curve(curve: ShownCurve | None) -> Iterator[str]:
    if curve is None:
        return
    said = (curve.sentence, curve.planned_text, curve.span, curve.fixed, curve.withheld)
    yield from part("Every defensible way to count", (*said, *curve.left_out))
    if curve.shares:
        yield table(
            ("Choice", "Set-ups", "Middle", "Same direction", "Reached", "Rare by itself"),
            [
                (f"{one.name}: {one.value}", f"{one.set_ups:,}", one.median, one.agreeing,
                 one.reaching, one.seen)
                for one in curve.shares
            ],
        )  # fmt: skip


def _doubts(pledge: Shown) -> Iterator[str]:
    if pledge.reported is not None:
        yield from part("Is it all on record yet?", [pledge.reported.sentence])
    if pledge.effort is not None:
        yield from part("How hard was it looked for?", [pledge.effort.sentence])
    made = pledge.likeness
    if made is None:
        return
    yield from part("How often the protocol was right on series like this one", [made.sentence])
    yield table(
        ("What truly happened", "Kept", "Partly kept", "Not kept", "Cannot tell"),
        [(truth, *shares) for truth, shares in made.rows],
    )
