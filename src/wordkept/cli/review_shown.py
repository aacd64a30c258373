"""A proposal in its passage, as a terminal shows it for review: marked in brackets, not colour."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from wordkept.cli.proposals import END_ISOLATE, ISOLATE, bounds, sureness
from wordkept.cli.talk import INDENT, WIDTH
from wordkept.model import Figure, ProposedPledge, ProposedStatement, Span
from wordkept.prose import count, day

CONTEXT = 240
"""Characters of the passage shown on either side of the words."""
LONGEST = 1_600
"""Characters of one stretch that are shown; of a longer one its two ends."""
LEFT_TO_RIGHT = "\u2066"
OPENS, CLOSES = "[[", "]]"
_WIDE = frozenset("WF")
_UNSEEN = frozenset(("Mn", "Me", "Cf"))
_WORD = re.compile(r"\S+")


def item_lines(item: Any, text: str, *, place: tuple[int, int], note: str = "") -> Iterable[str]:
    """One proposal: which, how far the review is, its passage with its words marked, its terms."""
    document = shown(item.stored.document.title or item.stored.document.name)
    yield ""
    yield from wrapped(
        f"{place[0]} of {place[1]}: {item.sort} {item.value.id}, {document}", indent=""
    )
    yield ""
    yield from passage_lines(item, text)
    yield ""
    for line in _facts(item):
        yield from wrapped(line)
    if note:
        yield from wrapped(note)


def passage_lines(item: Any, text: str) -> Iterator[str]:
    """The passage of a proposal, its words in double brackets that name what they are."""
    from wordkept.case.mending import passage_around
    from wordkept.case.reviewing import spans_of

    parts = spans_of(item.value)
    spans = [span for _, span in parts]
    low, high = passage_around(text, spans)
    first = min((one.start for one in spans), default=low)
    last = max((one.end for one in spans), default=min(high, low + CONTEXT))
    start, end = max(low, _at_blank(text, first - CONTEXT)), min(high, last + CONTEXT)
    marked = "".join(_marked(text, parts, start, end))
    before, after = "… " if start > low else "", " …" if end < high else ""
    for paragraph in re.split(r"\n\s*\n", f"{before}{marked}{after}"):
        for line in wrapped(paragraph):
            bare = line[len(INDENT) :]
            yield f"{INDENT}{ISOLATE}{bare}{END_ISOLATE}"


def _at_blank(text: str, place: int) -> int:
    """The place, moved on to after the next blank, where one is near."""
    if place <= 0:
        return 0
    blank = re.compile(r"\s").search(text, place, place + 40)
    return blank.end() if blank else place


def _marked(text: str, parts: Sequence[tuple[str, Span]], start: int, end: int) -> Iterator[str]:
    """The text from start to end, with a mark where each part begins and ends."""
    marks = sorted(
        [(span.start, 1, -span.end, f"{OPENS}{LEFT_TO_RIGHT}{part}:{END_ISOLATE} ")
         for part, span in parts]
        + [(span.end, 0, -span.start, CLOSES) for _, span in parts]
    )  # fmt: skip
    at = start
    for place, _, _, mark in marks:
        yield _stretch(text[at:place])
        yield mark
        at = place
    yield _stretch(text[at:end])


def _stretch(words: str) -> str:
    if len(words) > LONGEST:
        half = LONGEST // 2
        words = f"{words[:half]} [… {len(words) - 2 * half:,} characters …] {words[-half:]}"
    return shown(words)


def shown(words: str) -> str:
    """Words with what would drive the terminal, or turn the line round, as codes."""
    from wordkept.dossier.unseen import reveal

    return reveal(words)


def _facts(item: Any) -> Iterator[str]:
    """What is read from the words."""
    value = item.value
    if isinstance(value, ProposedStatement):
        who = value.actor or value.speaker
        when = f", on {day(value.made_on)}" if value.made_on else ""
        yield f"said by {apart(who) if who else 'somebody whom the text does not name'}{when}"
        yield f"{value.manner}; {sureness(value)}"
    elif isinstance(value, ProposedPledge):
        yield f"pledge to {value.deed}, {value.status}; {sureness(value)}; {_by(item)}"
        days = (("announced", value.announced), ("starts", value.starts), ("ends", value.ends))
        for name, one in days:
            yield f"{name}: {day(one) if one else 'not known'}"
        if value.leaves_open:
            yield f"leaves open: {'; '.join(map(shown, value.leaves_open))}"
    elif isinstance(value, Figure):
        yield f"{shown(bounds(value))}; {_by(item)}"


def _by(item: Any) -> str:
    carried = item.value.statement
    for one in item.stored.reading.statements:
        if one.id == carried:
            who = one.actor or one.speaker
            return f"in {carried}, by {apart(who) if who else 'somebody who is not named'}"
    return "told by the writer"


def apart(name: str) -> str:
    """A name, or words, held apart from the line that they stand in."""
    return f"{ISOLATE}{shown(name)}{END_ISOLATE}"


def judged(found: Any) -> str:
    """A decision in words: by whom, when, and what was mended."""
    what = {"accept": "accepted", "reject": "rejected", "mend": "mended"}[found.decision]
    fields = f" ({', '.join(found.changed)})" if found.changed else ""
    return f"{what}{fields} by {shown(found.who)}, {found.at[:10]}"


def draft_lines(opened: Any, drafted: Iterable[Any]) -> Iterator[str]:
    """What became of accepted pledges; nothing of those whose draft stood there before."""
    for one in drafted:
        if one.path is None:
            yield from wrapped(f"{one.pledge}: no pledge file is drafted: {one.reason}")
        elif one.new:
            where = one.path.relative_to(opened.folder)
            left = f"; for you to say: {shown(one.reason)}" if one.reason else ""
            yield from wrapped(f"{one.pledge}: drafted as {where}{left}")


def tally(decisions: Iterable[str | None]) -> str:
    """How many proposals there are, and what was decided of them.

    >>> tally(["accept", None, "accept", "mend"])
    '4 proposals: 2 accepted, 1 mended, 0 rejected, 1 still open'
    """
    words = list(decisions)
    return (
        f"{count(len(words), 'proposal')}: {words.count('accept')} accepted, "
        f"{words.count('mend')} mended, {words.count('reject')} rejected, "
        f"{words.count(None)} still open"
    )


def wrapped(words: str, *, indent: str = INDENT) -> Iterator[str]:
    """Lines of at most 80 columns; letters of double width count twice, marks on letters nothing.

    >>> [len(line) for line in wrapped("停火" * 30)]
    [41, 23]
    """
    room = WIDTH - len(indent)
    line, width = "", 0
    for word in _WORD.findall(words):
        for piece in _pieces(word, room):
            wide = columns(piece)
            if line and width + 1 + wide > room:
                yield indent + line
                line, width = "", 0
            line, width = (f"{line} {piece}", width + 1 + wide) if line else (piece, wide)
    if line:
        yield indent + line


def columns(words: str) -> int:
    """How many columns of a terminal the words take.

    >>> columns("abc"), columns("停火"), columns("e\u0301")
    (3, 4, 1)
    """
    return sum(_columns(mark) for mark in words)


def _columns(mark: str) -> int:
    if unicodedata.category(mark) in _UNSEEN:
        return 0
    return 2 if unicodedata.east_asian_width(mark) in _WIDE else 1


def _pieces(word: str, room: int) -> Iterator[str]:
    """The word, or the parts of one that is wider than a line."""
    if columns(word) <= room:
        yield word
        return
    piece, width = "", 0
    for mark in word:
        wide = _columns(mark)
        if width + wide > room:
            yield piece
            piece, width = "", 0
        piece, width = piece + mark, width + wide
    yield piece
