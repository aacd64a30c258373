"""What stands behind a verdict and beside it, on a terminal: the same words as the page."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.count_shown import PART_WORDS
from wordkept.dossier.levels import UNREPORTED
from wordkept.dossier.page import Entry
from wordkept.dossier.plain import INDENT, cells, inset, line, section, table
from wordkept.dossier.rows_behind import Evidenced
from wordkept.dossier.series_chart import UNDER_CHART
from wordkept.dossier.shown import Level, Record, Shown
from wordkept.ids import short

LEVEL_NOTE = (
    "Level after: share of the level before, with its range had reporting changed by the plan's "
    "allowance. Ordinary: with the record's ordinary ups and downs. -30: that many days just "
    "before left out."
)
NO_ROWS = (
    "The rows that this plan counts stand in the review bundle, as far as their terms let them."
)
NONE_OF_THESE = (
    "None of these decides the verdict: a record shows that two things moved together, never that "
    "one made the other move."
)
NO_STRATUM = "No row of the calibration table (docs/calibration.md) speaks of a case like this one."


def evidence_parts(entry: Entry) -> list[RenderableType]:
    """The evidence in the page's order; nothing where no plan was made and no record read."""
    pledge = entry.shown
    if not (pledge.reading.plan or pledge.checks or pledge.records):
        return []
    return [
        Text(),
        line("THE EVIDENCE"),
        *section("What the plan asks", pledge.reading.plan),
        *_series(entry),
        *_levels(pledge),
        *_rows(entry.behind, pledge),
        *curve_parts(pledge),
        *_controls(pledge),
        *_beside(pledge),
        *section(
            "Declared inside the same days",
            [f"{one.title}, {prose.day(one.starts)}: {one.sentence}." for one in pledge.others],
        ),
        *likeness_parts(pledge),
        *section("The audit of the record", _audit(pledge)),
        *section("What is withheld, and by whose terms", pledge.withheld),
        *_records(pledge),
    ]


def _series(entry: Entry) -> list[RenderableType]:
    if entry.series is None:
        return []
    weeks = "By week: wordkept export CASE csv, or the page."
    return section("The series", [entry.series.description.removesuffix(UNDER_CHART), weeks])


def _levels(pledge: Shown) -> list[RenderableType]:
    if not pledge.levels:
        return []
    parts: list[RenderableType] = [Text(), line("EACH RECORD, EACH BOUND, EACH BASELINE")]
    by_dataset: dict[str, list[Level]] = {}
    for level in pledge.levels:
        by_dataset.setdefault(level.dataset, []).append(level)
    for place, (dataset, levels) in enumerate(by_dataset.items()):
        parts += [Text()] if place else []
        parts += _levels_of(dataset, levels)
    late = f" *: {UNREPORTED}." if any(level.inflated for level in pledge.levels) else ""
    return [*parts, inset(LEVEL_NOTE + late)]


def _levels_of(dataset: str, levels: Sequence[Level]) -> list[RenderableType]:
    grid = table("Attribution", "Baseline", "Before", "After", "Level after", "Ordinary")
    for column in grid.columns[2:4]:
        column.justify = "right"
    for level in levels:
        base = f"{level.baseline_days} d" + (f" -{level.donut_days}" if level.donut_days else "")
        grid.add_row(
            *cells(_bound(level), base, level.before.text, level.after.text, level.text,
                   level.ordinary)
        )  # fmt: skip
    window = levels[0].window
    head = f"{dataset}, window {claims.short_day(window.start)} to {claims.short_day(window.end)}"
    odds = [inset(chance, 2 * INDENT) for chance in _chances(levels)]
    return [inset(head), Padding(grid, (0, 0, 0, INDENT)), *odds]


def _bound(level: Level) -> str:
    return f"{level.attribution}*" if level.inflated else level.attribution


def _chances(levels: Sequence[Level]) -> list[str]:
    """How often it happens by itself, each answer once, after the rows that it is of."""
    by_chance: dict[str, list[str]] = {}
    for level in levels:
        name = f"{_bound(level)} {level.baseline_days} d"
        by_chance.setdefault(level.chance, []).append(name)
    if len(by_chance) == 1:
        return [f"In each row: {chance}." for chance in by_chance]
    return [f"{', '.join(names)}: {chance}." for chance, names in by_chance.items()]


def _rows(behind: Evidenced, pledge: Shown) -> list[RenderableType]:
    """How many rows stand behind each count, and how they are listed; or by whose terms not."""
    said = list(_counts(behind))
    if said and any(group.lists for group in behind.groups):
        said.append(f"They are listed by this command: wordkept show CASE {pledge.id} --rows")
    if pledge.count is not None:
        made_of, no_rows = pledge.count.made_of, pledge.count.no_rows
        said = [made_of, *said] if made_of else said or [no_rows or NO_ROWS]
    return section("The rows behind each count", said)


def _counts(behind: Evidenced) -> Iterator[str]:
    for group in behind.groups:
        if group.withheld:
            yield group.withheld
        for one in group.lists:
            dataset, attribution, part, days = one.place
            rows = prose.count(one.total, "row")
            yield (
                f"{PART_WORDS[part]}, {dataset}, {attribution}: {rows}, "
                f"{claims.short_day(days.start)} to {claims.short_day(days.end)}. On the page: "
                f"{' '.join(one.said)}"
            )


def curve_parts(pledge: Shown) -> list[RenderableType]:
    """Every defensible way to count: its sentences, from where to where, and shares by choice."""
    curve = pledge.curve
    if curve is None:
        return []
    heading = "Every defensible way to count"
    reached = f"They stand {curve.span} of the level before." if curve.span else ""
    said = [curve.sentence, curve.planned_text, reached, curve.fixed, curve.withheld]
    parts = section(heading, [text for text in said if text])
    if curve.shares:
        rose = "Rose" if pledge.direction == "rises" else "Fell"
        shares = table("Choice", "Set-ups", "Middle", rose, "Kept", "Rare")
        for column in shares.columns[1:]:
            column.justify, column.no_wrap = "right", True
        for one in curve.shares:
            shares.add_row(
                *cells(f"{one.name}: {one.value}", f"{one.set_ups:,}", one.median, one.agreeing,
                       one.reaching, one.seen)
            )  # fmt: skip
        note = f"Kept: reached what counts as kept. Rare: rarer than {prose.chances(curve.alpha)} "
        parts += [Text(), Padding(shares, (0, 0, 0, INDENT)), inset(f"{note}by itself.")]
    return [*parts, *section("What was left out, and why", curve.left_out)]


def _controls(pledge: Shown) -> list[RenderableType]:
    said = [
        f"{one.label} ({one.dataset}): {one.text}. {one.sentence[:1].upper()}{one.sentence[1:]} "
        f"Why it is held against: {one.reason}"
        for one in pledge.controls
    ]
    if not said and pledge.levels:
        said = ["The plan names no control series."]
    return section("Series that the pledge does not bind", said)


def _beside(pledge: Shown) -> list[RenderableType]:
    """What moved beside it and what other methods say; none of it decides."""
    if not pledge.beside:
        return []
    said = [
        f"{one.name}, {one.label}: {one.text}; by itself: {one.chance or 'not asked'}. "
        f"{one.sentence}"
        for one in pledge.beside
    ]
    return section("What else moved, and what other methods say", [NONE_OF_THESE, *said])


def likeness_parts(pledge: Shown) -> list[RenderableType]:
    """How complete the record is, how hard was looked, and how often the protocol was right."""
    parts: list[RenderableType] = []
    if pledge.reported is not None:
        parts += section("Is it all on record yet?", [pledge.reported.sentence])
    if pledge.effort is not None:
        parts += section("How hard was it looked for?", [pledge.effort.sentence])
    heading = "How often the protocol was right on series like this one"
    made = pledge.likeness
    if made is None:
        return [*parts, *(section(heading, [NO_STRATUM]) if pledge.levels else [])]
    parts += section(heading, [made.sentence, "The whole table: docs/calibration.md."])
    grid = table("What truly happened", "Kept", "Partly kept", "Not kept", "Cannot tell")
    for column in grid.columns[1:]:
        column.justify = "right"
    for truth, shares in made.rows:
        grid.add_row(*cells(truth, *shares))
    return [*parts, Text(), Padding(grid, (0, 0, 0, INDENT)), inset("Of 100 such pledges each.")]


def _audit(pledge: Shown) -> list[str]:
    return [
        f"{one.check} ({one.dataset}), "
        f"{'worth knowing' if one.outcome == 'informational' else one.outcome}"
        f"{', closes a gate' if one.closes_gate else ''}: {one.sentence}"
        for one in pledge.checks
    ]


def _records(pledge: Shown) -> list[RenderableType]:
    """Each release as it is cited, with what it is good for, its terms and its hashes."""
    if not pledge.records:
        return []
    parts: list[RenderableType] = [Text(), line("THE RECORDS IT RESTS ON")]
    for record in pledge.records:
        parts += [Text(), inset(record.title), *section("", _facts(record))[2:]]
    return parts


def _facts(record: Record) -> list[str]:
    stated = f"; stated by its publisher as of {prose.day(record.stated)}" if record.stated else ""
    made = "; ".join(record.transformations)
    said = [
        *record.caveats,
        f"Counted: {'; and '.join(record.filters)}." if record.filters else "",
        f"Cite as: {record.citation}",
        f"Licence: {record.licence.rstrip('.')}.",
        f"Terms: {record.terms} {record.withheld}",
        f"Accessed: {claims.moment(record.accessed)}{stated}.",
        f"Made of it: {made}.",
        f"Rows: {' '.join(record.receipt)}",
        f"File: {record.file_name} ({record.layout}), release {short(record.id)}.",
        f"As received: SHA-256 {record.id}",
        f"As loaded: SHA-256 {record.parquet}",
    ]
    return [text for text in said if text]
