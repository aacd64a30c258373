"""A count as one bar: what is certain, what is doubtful, the rest, and the number asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wordkept.dossier.drawing import Chart, box, cut, line, reach, svg, words
from wordkept.dossier.evidence import ShownCount
from wordkept.dossier.languages.language import IN_ENGLISH, Language
from wordkept.dossier.languages.said import Plain
from wordkept.dossier.shown import Shown

WIDE, NARROW = 720, 360
EDGE, BAR, ROW, UNDER = 2, 26, 16, 14
KINDS = ("sure", "doubtful", "rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A number that the bar is held against, with its words."""

    x: float
    text: str
    own: bool


def count_chart(
    shown: Shown, parties: Mapping[str, str], spoken: Language = IN_ENGLISH
) -> Chart | None:
    """The bar of a pledge's count for both widths; None where there is none to print."""
    made = shown.count
    if made is None or made.low is None or made.high is None:
        return None
    party = parties.get(shown.actor, "party-0")
    told = " ".join(part for part in (made.sentence, *_told(made), made.tipping) if part)
    return Chart(
        title=Plain(f"{spoken.entitled(shown.title, '')}{spoken.own(made.unit).text}"),
        description=spoken.text(told),
        caption=spoken.sentence(_caption(made)),
        wide=_drawing(made, (party, WIDE), spoken),
        narrow=_drawing(made, (party, NARROW), spoken),
    )


def _told(made: ShownCount) -> tuple[str, ...]:
    parts = ", ".join(f"{number:,} {name}" for name, number in made.parts)
    against = "; ".join(text for text in (made.needed_text, made.mistakes_text) if text)
    return f"The bar: {parts}.", f"Held against: {against}."


def _caption(made: ShownCount) -> str:
    strong, pale = made.parts[0][0], made.parts[1][0]
    unit = made.unit[:1].upper() + made.unit[1:]
    side = "" if made.question == "ceases" else "; it may lie on either side"
    return f"{unit}. Strong: {strong}. Pale: {pale}{side}."


def _drawing(made: ShownCount, dress: tuple[str, int], spoken: Language) -> str:
    party, width = dress
    whole = _whole(made)
    flags = _flags(made, whole, width, spoken)
    top = ROW * len(flags) + 6
    marks = []
    place, start = 0.0, float(EDGE)
    for (_, number), kind in zip(made.parts, KINDS, strict=False):
        wide = number / whole * (width - 2 * EDGE)
        marks.append(box((start, top), (wide, BAR), f"part {kind} {party}"))
        place, start = place + number, start + wide
    marks += _names(made, top + BAR + UNDER, width, spoken)
    for row, flag in enumerate(flags):
        kind = "own" if flag.own else "other"
        marks.append(line((flag.x, row * ROW + 4), (flag.x, top + BAR + 4), f"date {kind}"))
        marks.append(_label(flag, row * ROW + 12, width))
    return svg(width, top + BAR + UNDER + 10, marks)


def _whole(made: ShownCount) -> float:
    drawn = sum(number for _, number in made.parts)
    return max(drawn, made.needed or 0, (made.by_misclassification or 0) * 1.3, 1)


def _flags(made: ShownCount, whole: float, width: int, spoken: Language) -> list[Flag]:
    """The numbers to hold it against, the leftmost on top, so that no label is struck through."""
    found = [(made.needed, made.needed_text, True)]
    if made.mistakes_text:
        found.append((made.by_misclassification, made.mistakes_text, False))
    flags = [
        Flag(x=EDGE + (number or 0) / whole * (width - 2 * EDGE), text=spoken.text(text), own=own)
        for number, text, own in found
    ]
    return sorted(flags, key=lambda flag: flag.x)


def _label(flag: Flag, y: float, width: int) -> str:
    right = flag.x + 5 + reach(flag.text) < width
    kind = "label own" if flag.own else "label other"
    return words((flag.x + (5 if right else -5), y), flag.text, kind, "start" if right else "end")


def _names(made: ShownCount, y: float, width: int, spoken: Language) -> Iterator[str]:
    """What each part is, under the bar: the first at its start, the last at its end."""
    texts = [spoken.text(f"{number:,} {name}") for name, number in made.parts]
    room = (width - 2 * EDGE) / len(texts)
    places = [(EDGE, "start"), (width / 2, "middle"), (width - EDGE, "end")]
    if len(texts) == 2:  # noqa: PLR2004
        places = [places[0], places[2]]
    for text, (x, anchor) in zip(texts, places, strict=True):
        yield words((x, y), cut(text, room + 30), "figure", anchor)
