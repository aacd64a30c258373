"""A text, read: its statements, pledges, figures, times and places, each with its exact span."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wordkept.ids import bytes_id
from wordkept.model import (
    DEEDS,
    STATUSES,
    Actor,
    Deed,
    Figure,
    LeftOut,
    Place,
    ProposedPledge,
    ProposedStatement,
    Reading,
    Span,
    Status,
    TimeExpression,
)
from wordkept.reading.attributed import Attributed
from wordkept.reading.carriers import Carriers
from wordkept.reading.confidence import Sort, calibrated
from wordkept.reading.cues import read_statements_by_rule
from wordkept.reading.figures import read_figures
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.linking import Tagspan, link
from wordkept.reading.openness import left_open
from wordkept.reading.places import read_places
from wordkept.reading.pledges import Gathered, gather
from wordkept.reading.span_index import SpanIndex
from wordkept.reading.statements import proposed_statements
from wordkept.reading.tagged_spans import class_of, role_spans, term_spans
from wordkept.reading.tagger import Tagged, Tagger
from wordkept.reading.times import read_times
from wordkept.reading.words import sentences

RULES = "rules 1"
TAGGER = "tagger 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of a text before it is read."""

    published: date | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2 of the country that it is about, where that is known."""
    actors: tuple[Actor, ...] = ()
    """The parties, offices and persons of the case."""


def read_text(
    text: str, context: Context, *, tagger: Tagger | None, gazetteer: Gazetteer
) -> Reading:
    """All that is proposed of a text; without a tagger, the rules find the statements alone.

    The same text and context give the same reading.
    """
    times = read_times(text, context.published)
    breaks = sentences(text)
    tagged = tagger.tag(text) if tagger else None
    found = attributed(text, tagged, breaks)
    statements = proposed_statements(text, found, times, context.published, context.actors)
    terms = term_spans(text, tagged) if tagged else ()
    pledges = _pledges(text, tagged, terms, statements, times) if tagged else ()
    sources = tuple(span for one in statements for span in one.source)
    return Reading(
        text=bytes_id(text.encode("utf-8")),
        reader=TAGGER if tagger else RULES,
        statements=statements,
        pledges=pledges,
        figures=_figures(text, times, statements),
        times=times,
        places=_places(text, gazetteer, context.country, sources),
        left_out=_left_out(terms, pledges),
    )


def _left_out(terms: Sequence[Tagspan], pledges: Sequence[ProposedPledge]) -> tuple[LeftOut, ...]:
    """The terms of pledges that belong to no act, and so to no proposal."""
    used = {term.span for pledge in pledges for term in pledge.terms}
    times = sum(one.span not in used for one in terms)
    reason = "words that read like a term of a pledge stand near no act, or beside a likelier term"
    return (LeftOut(reason=reason, times=times),) if times else ()


def attributed(text: str, tagged: Tagged | None, breaks: Sequence[Span]) -> tuple[Attributed, ...]:
    """The statements of a text, outer and inner, as the tagger and the rules find them together.

    Without a tagger, the rules alone.
    """
    rules = read_statements_by_rule(text)
    if tagged is None:
        return tuple(_sure(one, "statement by rule") for one in rules)
    found = [
        *link(text, role_spans(text, tagged, "outer", rules), breaks),
        *link(text, role_spans(text, tagged, "inner"), breaks),
    ]
    return tuple(_sure(one, "statement") for one in sorted(found, key=lambda one: one.start))


def _sure(one: Attributed, sort: Sort) -> Attributed:
    return replace(one, confidence=calibrated(one.confidence, sort))


def _pledges(
    text: str,
    tagged: Tagged,
    terms: Sequence[Tagspan],
    statements: Sequence[ProposedStatement],
    times: Sequence[TimeExpression],
) -> tuple[ProposedPledge, ...]:
    starts = [one.start for one in sentences(text)]

    def judge(act: Span) -> tuple[Deed, Status, float]:
        deed, sure = class_of(tagged, "deed", act)
        status, _ = class_of(tagged, "status", act)
        return DEEDS[deed], STATUSES[status], sure

    gathered = gather(terms, lambda place: bisect_right(starts, place), judge)
    made = proposed_pledges(gathered, text, statements, times)
    return tuple(replace(one, confidence=calibrated(one.confidence, "pledge")) for one in made)


def proposed_pledges(
    gathered: Sequence[Gathered],
    text: str,
    statements: Sequence[ProposedStatement],
    times: Sequence[TimeExpression],
) -> tuple[ProposedPledge, ...]:
    """Pledges with their statements and days, and with what they leave open."""
    carriers = Carriers(statements)
    by_span = SpanIndex((one.span, one) for one in times)
    return tuple(
        _proposed(f"p{number}", one, text, carriers.of(one.act), by_span)
        for number, one in enumerate(gathered, start=1)
    )


def _proposed(
    name: str,
    one: Gathered,
    text: str,
    carrier: ProposedStatement | None,
    times: SpanIndex[TimeExpression],
) -> ProposedPledge:
    return ProposedPledge(
        id=name,
        statement=carrier.id if carrier else None,
        deed=one.deed,
        status=one.status,
        terms=one.terms,
        announced=carrier.made_on if carrier else None,
        starts=_day(one, "start", times, last=False),
        ends=_day(one, "end", times, last=True),
        leaves_open=left_open(one.deed, one.terms, text),
        confidence=one.confidence,
    )


def _day(one: Gathered, slot: str, times: SpanIndex[TimeExpression], *, last: bool) -> date | None:
    for term in one.terms:
        for time in times.meeting(term.span) if term.slot == slot else ():
            if time.period:
                return time.period.end if last else time.period.start
    return None


def _figures(
    text: str, times: Sequence[TimeExpression], statements: Sequence[ProposedStatement]
) -> tuple[Figure, ...]:
    carriers = Carriers(statements)
    return tuple(
        replace(one, statement=carriers.id_of(one.span)) for one in read_figures(text, tuple(times))
    )


def _places(
    text: str, gazetteer: Gazetteer, country: str | None, sources: tuple[Span, ...]
) -> tuple[Place, ...]:
    return read_places(text, gazetteer, country=country, actors=sources)
