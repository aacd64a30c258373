"""What was proposed of a document, as a terminal shows it: the words first, then what they say."""

from collections.abc import Iterable, Sequence
from typing import Any

from wordkept.cli.talk import INDENT, wrapped
from wordkept.ids import short
from wordkept.model import Figure, ProposedPledge, ProposedStatement, Span
from wordkept.prose import count, day

ISOLATE = "\u2068"
END_ISOLATE = "\u2069"
"""First-strong isolate and its end: words of another direction do not disturb the line."""


def taken_lines(taken: Any) -> Iterable[str]:
    """What became of one source."""
    document = taken.document
    if document is None:
        return
    state = "captured as" if taken.new else "stands in the case as"
    yield f"{document.name}: {state} documents/{short(document.id)} ({document.media_type})"
    for remark in taken.remarks:
        yield wrapped(f"beware: {remark}")
    if taken.reading:
        reading = taken.reading.reading
        parts = [
            count(len(reading.statements), "statement"),
            count(len(reading.pledges), "pledge"),
            count(len(reading.figures), "figure"),
            count(len(reading.times), "time"),
            count(len(reading.places), "place"),
        ]
        yield wrapped(f"proposed by {reading.reader}: {', '.join(parts)}")


def proposal_lines(stored: Any, text: str) -> Iterable[str]:
    """Everything that is proposed of one document, in the order of its text."""
    reading = stored.reading
    yield f"{stored.document.name} (documents/{short(stored.document.id)}), {reading.reader}"
    yield wrapped("proposals of a machine, each for a person to accept or reject")
    by_name = {one.id: one for one in reading.statements}
    for statement in reading.statements:
        yield ""
        yield from statement_lines(statement, text)
        for pledge in reading.pledges:
            if pledge.statement == statement.id:
                yield from pledge_lines(pledge, text)
        for figure in reading.figures:
            if figure.statement == statement.id:
                yield from figure_lines(figure, text)
    alone = [one for one in reading.pledges if one.statement not in by_name]
    figures = [one for one in reading.figures if one.statement not in by_name]
    if alone or figures:
        yield ""
        yield "told by the writer:"
        for pledge in alone:
            yield from pledge_lines(pledge, text)
        for figure in figures:
            yield from figure_lines(figure, text)


def statement_lines(one: ProposedStatement, text: str) -> Iterable[str]:
    """A statement: who, when, and the words."""
    who = one.actor or one.speaker or "somebody whom the text does not name"
    when = f", {day(one.made_on)}" if one.made_on else ""
    inside = f", inside {one.within}" if one.within else ""
    yield wrapped(f"{one.id}  {quoted(text, one.content)}", indent="")
    saying = " ... ".join(_words(text, span) for span in (*one.source, *one.cue))
    yield wrapped(f"{who}{when}{inside}: {saying} ({one.manner}, {one.confidence:.0%} sure)",
                  indent=INDENT * 2)  # fmt: skip


def pledge_lines(one: ProposedPledge, text: str) -> Iterable[str]:
    """A pledge: what it is about, each term in the text's words, and what it leaves open."""
    yield wrapped(f"{one.id}  pledge to {one.deed}, {one.status} ({one.confidence:.0%} sure)",
                  indent=INDENT)  # fmt: skip
    for term in one.terms:
        yield wrapped(f"{term.slot}: {_words(text, term.span)}", indent=INDENT * 3)
    if one.starts:
        yield f"{INDENT * 3}starts on {day(one.starts)}"
    if one.ends:
        yield f"{INDENT * 3}ends on {day(one.ends)}"
    if one.leaves_open:
        yield wrapped(f"leaves open: {'; '.join(one.leaves_open)}", indent=INDENT * 3)


def figure_lines(one: Figure, text: str) -> Iterable[str]:
    """A figure: its words, and the bounds that they give."""
    yield wrapped(f"{one.id}  {_words(text, one.span)}: {bounds(one)}", indent=INDENT)


def bounds(one: Figure) -> str:
    """What the words of a figure bound, in words.

    >>> from wordkept.model import Span
    >>> bounds(Figure(id="f1", span=Span(start=0, end=1), low=27, high=None, unit="clinics"))
    'at least 27 clinics'
    """
    rough = "about " if one.about else ""
    sort = " per cent of" if one.share else ""
    unit = f"{sort} {one.unit}".rstrip()
    if one.low is not None and one.high is not None:
        low, high = f"{one.low:,g}", f"{one.high:,g}"
        return f"{rough}{low if low == high else f'{low} to {high}'}{unit}"
    if one.low is not None:
        return f"{rough}at least {one.low:,g}{unit}"
    if one.high is not None:
        return f"{rough}at most {one.high:,g}{unit}"
    return f"a number that the words do not bound{unit}"


def quoted(text: str, spans: Sequence[Span]) -> str:
    """The pieces of a content, each word for word."""
    return " [...] ".join(_words(text, span) for span in spans)


def _words(text: str, span: Span) -> str:
    return f"{ISOLATE}{' '.join(span.of(text).split())}{END_ISOLATE}"
