"""What stands behind a verdict and beside it, on a terminal: short, the same words as the page."""

from math import log

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from wordkept import prose
from wordkept.dossier.evidence import ShownCurve, ShownTally
from wordkept.dossier.plain import INDENT, cells, inset, section, table
from wordkept.dossier.shown import Shown

STRIP = 56
INKS = " .:+#"
"""From no set-up to the most: marks that any terminal has."""


def count_parts(pledge: Shown) -> list[RenderableType]:
    """The count, what it is held against, and where a published one stands."""
    made = pledge.count
    if made is None:
        return []
    parts = ", ".join(f"{number:,} {name}" for name, number in made.parts)
    against = "; ".join(text for text in (made.needed_text, made.mistakes_text) if text)
    said = [made.sentence, made.chance, f"{parts}; {against}" if parts else ""]
    said += [made.tipping, *(_cited(made.tally) if made.tally else ())]
    heading = "The letter of it" if made.question == "ceases" else "The count"
    return section(heading, [text for text in said if text])


def _cited(tally: ShownTally) -> tuple[str, ...]:
    counted = (
        f"Counted by {tally.counted_by}, published {prose.day(tally.published)}: {tally.total:,} "
        f"{tally.unit}; {tally.within:,} within, {tally.outside:,} outside, {tally.unplaced:,} "
        "not placed."
    )
    return (counted, " ".join(text for text in (tally.citation, tally.url) if text))


def curve_parts(pledge: Shown) -> list[RenderableType]:
    """Every defensible way to count: its sentence, a strip of ratios, and the shares by choice."""
    curve = pledge.curve
    if curve is None:
        return []
    said = [curve.sentence, curve.planned_text, curve.fixed, curve.withheld, *curve.left_out]
    parts = section("Every defensible way to count", [text for text in said if text])
    if not curve.ratios:
        return parts
    ends = prose.percent(curve.ratios[0]), prose.percent(curve.ratios[-1])
    parts += [Text(), inset(f"{ends[0]} {strip(curve)} {ends[1]}")]
    shares = table("Choice", "Set-ups", "Middle", "Reached", "Rare by itself")
    for column in shares.columns[1:]:
        column.justify, column.no_wrap = "right", True
    for one in curve.shares:
        shares.add_row(
            *cells(f"{one.name}: {one.value}", f"{one.set_ups:,}", one.median, one.reaching,
                   one.seen)
        )  # fmt: skip
    return [*parts, Text(), Padding(shares, (0, 0, 0, INDENT))] if curve.shares else parts


def strip(curve: ShownCurve, width: int = STRIP) -> str:
    """Where the set-ups stand between the lowest and the highest ratio, as one line of text."""
    low, high = curve.ratios[0], curve.ratios[-1]
    if not 0 < low < high:
        return INKS[-1]
    places = [0] * width
    for ratio in curve.ratios:
        places[min(int(log(ratio / low) / log(high / low) * width), width - 1)] += 1
    most = max(places)
    return "".join(INKS[-(-number * (len(INKS) - 1) // most)] for number in places)


def beside_parts(pledge: Shown) -> list[RenderableType]:
    """What moved beside it and what other methods say; none of it decides."""
    return section("What else moved; none of it decides", [one.sentence for one in pledge.beside])


def likeness_parts(pledge: Shown) -> list[RenderableType]:
    """How complete the record is, how hard was looked, and how often the protocol was right."""
    parts: list[RenderableType] = []
    if pledge.reported is not None:
        parts += section("Is it all on record yet?", [pledge.reported.sentence])
    if pledge.effort is not None:
        parts += section("How hard was it looked for?", [pledge.effort.sentence])
    made = pledge.likeness
    if made is None:
        return parts
    heading = "How often the protocol was right on series like this one"
    parts += section(heading, [made.sentence, "The whole table: docs/calibration.md."])
    grid = table("What truly happened", "Kept", "Partly kept", "Not kept", "Cannot tell")
    for column in grid.columns[1:]:
        column.justify = "right"
    for truth, shares in made.rows:
        grid.add_row(*cells(truth, *shares))
    return [*parts, Text(), Padding(grid, (0, 0, 0, INDENT)), inset("Of 100 such pledges each.")]
