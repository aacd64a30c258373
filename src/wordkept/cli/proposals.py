"""What was proposed of a document, as a terminal shows it: the words first, then what they say."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from wordkept.cli import talk
from wordkept.cli.talk import INDENT
from wordkept.ids import short
from wordkept.model import Figure, ProposedPledge, ProposedStatement, Span
from wordkept.prose import count, day

ISOLATE = "\u2068"
END_ISOLATE = "\u2069"
"""First-strong isolate and its end: words of another direction do not disturb the line."""
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of all that follows, past the words that they stand in."""
_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
A_PER_CENT = 0.01
"""A smaller sureness is not put into figures: "0% sure" would say that it is none."""


def taken_lines(taken: Any) -> Iterable[str]:
    """What became of one source."""
    document = taken.document
    if document is None:
        return
    source = taken.source.replace("\\", "/").rpartition("/")[2]
    name = document.name if "://" in taken.source else source
    as_name = "" if name == document.name else f"{shown(document.name)}, "
    state = "captured as" if taken.new else "stands in the case as"
    yield (
        f"{shown(name)}: {state} {as_name}documents/{short(document.id)} ({document.media_type})"
    )
    for remark in taken.remarks:
        yield wrapped(f"beware: {shown(remark)}")
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
        for one in reading.left_out:
            yield wrapped(f"set aside: {one.reason} ({one.times:,})")


def proposal_lines(stored: Any, text: str) -> Iterable[str]:
    """Everything that is proposed of one document, in the order of its text."""
    reading = stored.reading
    name = shown(stored.document.name)
    yield wrapped(f"{name} (documents/{short(stored.document.id)}), {reading.reader}", indent="")
    known = {one.id for one in reading.statements}
    for statement in reading.statements:
        yield ""
        yield from statement_lines(statement, text)
        yield from _carried(reading, text, partial(_is_of, statement.id))
    told = list(_carried(reading, text, lambda one: one.statement not in known))
    if told:
        yield from ("", "told by the writer:", *told)
    if not (known or told):
        yield f"{INDENT}no statement, pledge or figure was found in it"
    for left in reading.left_out:
        yield wrapped(f"set aside: {count(left.times, 'time')}, {left.reason}")


def _carried(reading: Any, text: str, wanted: Callable[[Any], bool]) -> Iterator[str]:
    for pledge in filter(wanted, reading.pledges):
        yield from pledge_lines(pledge, text)
    for figure in filter(wanted, reading.figures):
        yield from figure_lines(figure, text)


def _is_of(statement: str, one: ProposedPledge | Figure) -> bool:
    return one.statement == statement


def statement_lines(one: ProposedStatement, text: str) -> Iterable[str]:
    """A statement: who, when, and the words."""
    who = shown(one.actor or one.speaker or "") or "somebody whom the text does not name"
    when = f", {day(one.made_on)}" if one.made_on else ""
    inside = f", inside {one.within}" if one.within else ""
    yield wrapped(f"{one.id}  {quoted(text, one.content)}", indent="")
    saying = " ... ".join(_words(text, span) for span in (*one.source, *one.cue))
    yield wrapped(f"{isolated(who)}{when}{inside}: {saying} ({one.manner}, "
                  f"{sureness(one)})", indent=INDENT * 2)  # fmt: skip


def pledge_lines(one: ProposedPledge, text: str) -> Iterable[str]:
    """A pledge: what it is about, each term in the text's words, and what it leaves open."""
    yield wrapped(f"{one.id}  pledge to {one.deed}, {one.status} ({sureness(one)})",
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


def sureness(one: ProposedStatement | ProposedPledge) -> str:
    """How sure its reader is of a proposal, in words; one that does not measure it says 0."""
    if not one.confidence:
        return "sureness not measured"
    return f"{one.confidence:.0%} sure" if one.confidence >= A_PER_CENT else "under 1% sure"


def bounds(one: Figure) -> str:
    """What the words of a figure bound, in words.

    >>> from wordkept.model import Span
    >>> bounds(Figure(id="f1", span=Span(start=0, end=1), low=27, high=None, unit="clinics"))
    'at least 27 clinics'
    """
    rough = "about " if one.about else ""
    sort = " per cent of" if one.share else ""
    unit = f"{sort} {isolated(shown(one.unit)) if one.unit else ''}".rstrip()
    if one.low is not None and one.high is not None:
        low, high = number(one.low), number(one.high)
        return f"{rough}{low if low == high else f'{low} to {high}'}{unit}"
    if one.low is not None:
        return f"{rough}at least {number(one.low)}{unit}"
    if one.high is not None:
        return f"{rough}at most {number(one.high)}{unit}"
    return f"a number that the words do not bound{unit}"


def number(value: float) -> str:
    """A number in full, with commas.

    >>> number(1_234_567.0), number(2.5)
    ('1,234,567', '2.5')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def quoted(text: str, spans: Sequence[Span]) -> str:
    """The pieces of a content, each word for word."""
    return " [...] ".join(_words(text, span) for span in spans)


def wrapped(text: str, *, indent: str = INDENT) -> str:
    """A paragraph that fits the terminal, whose isolates end with each line and go on in the next.

    A terminal takes each line for a paragraph of its own.
    """
    lines = talk.wrapped(text, indent=indent).split("\n")
    return "\n".join(_closed(lines, indent))


def _closed(lines: Sequence[str], indent: str) -> Iterator[str]:
    opened = 0
    for line in lines:
        whole = f"{indent}{ISOLATE * opened}{line.removeprefix(indent)}"
        opened = max(0, whole.count(ISOLATE) - whole.count(END_ISOLATE))
        yield whole + END_ISOLATE * opened


def isolated(words: str) -> str:
    """Words whose direction cannot disturb what stands around them; plain ones stay as they are.

    >>> isolated("clinics")
    'clinics'
    """
    return words if words.isascii() else f"{ISOLATE}{words}{END_ISOLATE}"


def shown(words: str) -> str:
    r"""Words on one line, with what would steer a terminal or turn its direction written out.

    >>> shown("red \x1b[31m\n and \u202eback")
    'red \\u{1b}[31m and \\u{202e}back'
    """
    return "".join(
        f"\\u{{{ord(one):x}}}"
        if one in _TURNING or unicodedata.category(one) in _UNPRINTABLE
        else one
        for one in " ".join(words.split())
    )


def as_plain(stored: Any, text: str) -> dict[str, Any]:
    """A reading as plain JSON values, with the exact words of every span beside its offsets."""
    from wordkept.ledger.canonical import as_json

    return {
        "document": {"id": stored.document.id, "name": stored.document.name},
        "id": stored.id,
        "reading": _with_quotes(as_json(stored.reading), text),
    }


def _with_quotes(value: Any, text: str) -> Any:
    if isinstance(value, list):
        return [_with_quotes(one, text) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"start", "end"} and isinstance(value["start"], int):
        return {**value, "quote": text[value["start"] : value["end"]]}
    return {key: _with_quotes(one, text) for key, one in value.items()}


def _words(text: str, span: Span) -> str:
    return f"{ISOLATE}{shown(span.of(text))}{END_ISOLATE}"
