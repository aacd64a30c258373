"""A pledge on a terminal, from its words to what would disprove the verdict, as the page has it."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from wordkept import prose
from wordkept.dossier import claims
from wordkept.dossier.disproof import CORRECTION
from wordkept.dossier.evidence import ShownTally
from wordkept.dossier.plain import heads, inset, line, section
from wordkept.dossier.shown import Quote, Reading, Shown
from wordkept.ids import short
from wordkept.model import Term

ANY_ONE = (
    "Any one of these, shown by somebody, would overturn this verdict or open the question again."
)


def story_parts(pledge: Shown, disproof: Sequence[str], width: int) -> list[RenderableType]:
    """What was said, the verdict, what it leaves open, what was counted, and the doubts."""
    said = pledge.reading
    counted = (*said.counted, *said.durability)
    return [
        heads(pledge.title, f"as of {prose.day(pledge.as_of)}", width),
        line(f"{pledge.actor}, {prose.day(pledge.announced)}; {pledge.fixed}."),
        *_quotes(pledge.quotes),
        *_verdict(pledge),
        *term_parts(pledge.named, pledge.open, pledge.leaves_open),
        *section("Why no record can test it", pledge.obstacles),
        *([] if _by_letter(pledge) else count_parts(pledge)),
        *section("What was counted", counted),
        *(count_parts(pledge) if _by_letter(pledge) else []),
        *_reasons(said),
        *section("How it could be wrong", said.how_wrong),
        *_disproof(disproof),
    ]


def term_parts(
    named: Sequence[Term], unsaid: Sequence[Term], leaves_open: Sequence[str]
) -> list[RenderableType]:
    """What a pledge names, and what it leaves open with what that rules out."""
    said = [f"{term.name}: {term.said}" for term in named]
    missing = [f"{term.name}: {term.rules_out}" if term.rules_out else term.name for term in unsaid]
    return [
        *section("What it names", said or ["Nothing that a record could be asked about."]),
        *section("What it leaves open", [*missing, *leaves_open] or ["Nothing."]),
    ]


def count_parts(pledge: Shown) -> list[RenderableType]:
    """The count, what it is held against, and where a published one stands."""
    made = pledge.count
    if made is None:
        return []
    parts = ", ".join(f"{number:,} {name}" for name, number in made.parts)
    against = "; ".join(text for text in (made.needed_text, made.mistakes_text) if text)
    said = [made.sentence, made.chance, f"{parts}; {against}" if parts else ""]
    said += [made.tipping, *(_cited(made.tally) if made.tally else ())]
    heading = "The letter of it" if made.question == "ceases" else "What was counted"
    return section(heading, [text for text in said if text])


def _by_letter(pledge: Shown) -> bool:
    """Whether the count is of a ceasefire's letter, which stands after the rate."""
    return pledge.count is not None and pledge.count.question == "ceases"


def _quotes(quotes: Sequence[Quote]) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(), line("WHAT WAS SAID")] if quotes else []
    for place, quote in enumerate(quotes):
        parts += [Text()] if place else []
        if quote.words is None:
            parts.append(inset(quote.note))
        else:
            parts.append(inset(f"“{quote.words}”"))
        parts += [inset(text) for text in _source(quote)]
        if quote.words is not None and quote.note:
            parts.append(inset(quote.note))
        if quote.words is not None and (quote.lead or quote.trail):
            parts.append(inset(f"In its passage: {quote.lead}[{quote.words}]{quote.trail}"))
    return parts


def _source(quote: Quote) -> tuple[str, ...]:
    """Who said it and when, in which document, and where in which capture."""
    speaker = f"{quote.speaker[:1].upper()}{quote.speaker[1:]}, {prose.day(quote.made_on)}."
    named = [one for one in (quote.title, quote.publisher) if one]
    named += [prose.day(quote.published)] if quote.published else []
    found = f"Capture {short(quote.capture)}, characters {quote.start} to {quote.end}"
    if quote.captured_at:
        found += f", taken {claims.moment(quote.captured_at)} with {quote.tool}"
    said = (
        speaker,
        f"In: {', '.join(named)}." if quote.title else "",
        f"{found}.",
        f"SHA-256 {quote.capture}",
        f"Address: {quote.url}" if quote.url else "",
    )
    return tuple(text for text in said if text)


def _verdict(pledge: Shown) -> list[RenderableType]:
    cited = inset(f"Cite as: {pledge.citation}.")
    return [Text(), line("VERDICT"), inset(pledge.reading.sentence), cited]


def _cited(tally: ShownTally) -> tuple[str, ...]:
    counted = (
        f"Counted by {tally.counted_by}, published {prose.day(tally.published)}: {tally.total:,} "
        f"{tally.unit}; {tally.within:,} within, {tally.outside:,} outside, {tally.unplaced:,} "
        "not placed. Wordkept holds none of its rows."
    )
    return (counted, " ".join(text for text in (tally.citation, tally.url) if text))


def _reasons(said: Reading) -> list[RenderableType]:
    """Why the word is not another, each reason once."""
    higher, lower = said.why_not_higher, said.why_not_lower
    if higher == lower:
        parts = section("Why not one step up, nor one down", higher)
    else:
        parts = [
            *section("Why not one step up", higher),
            *section("Why not one step down", lower),
        ]
    for heading, sentences in (
        ("Gates that closed", said.gates),
        ("Why one step down was taken", said.steps_down),
    ):
        if set(sentences) - set(higher):
            parts += section(heading, sentences)
    return parts


def _disproof(sentences: Sequence[str]) -> list[RenderableType]:
    if not sentences:
        return []
    heading, *items = section("How to disprove us", sentences)[1:]
    return [Text(), heading, inset(ANY_ONE), *items, inset(CORRECTION)]
