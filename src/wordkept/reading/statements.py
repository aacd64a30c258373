"""Statements, completed: how they are worded, who speaks, on which day, and inside which other."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from wordkept.model import Actor, Manner, ProposedStatement, Span, TimeExpression
from wordkept.reading.attributed import Attributed
from wordkept.reading.speakers import actor_of, resolve
from wordkept.reading.words import sentences

_QUOTED = re.compile(r"[“\"«„].*?[”\"»“]|(?<!\w)[‘'](?=\w).*?[’'](?!\w)", re.DOTALL)


def proposed_statements(
    text: str,
    found: Sequence[Attributed],
    times: Sequence[TimeExpression],
    published: date | None,
    actors: Sequence[Actor],
) -> tuple[ProposedStatement, ...]:
    """The statements of a text with speaker, day and nesting, numbered in its order."""
    speakers = resolve(text, [span for one in found for span in one.source])
    breaks = sentences(text)
    made: list[ProposedStatement] = []
    ids = [f"s{number}" for number in range(1, len(found) + 1)]
    for name, one in zip(ids, found, strict=True):
        speaker = speakers[one.source[0]] if one.source else None
        made.append(
            ProposedStatement(
                id=name,
                source=one.source,
                cue=one.cue,
                content=one.content,
                manner=_manner(text, one),
                speaker=speaker,
                actor=actor_of(speaker, actors),
                made_on=_day(one, times, breaks, published) or _carried(speaker, made),
                within=_within(one, found, ids),
                confidence=one.confidence,
            )
        )
    return tuple(made)


def _manner(text: str, one: Attributed) -> Manner:
    """Direct where all the content stands in quotation marks, indirect where none does."""
    words = " ".join(span.of(text) for span in one.content)
    rest = _QUOTED.sub(" ", words)
    opened = words[:1] in '“"«„' or words[-1:] in '”"»“'
    if rest == words and not opened:
        return "indirect"
    left = re.findall(r"\w+", rest)
    return "direct" if not left or (opened and rest == words) else "mixed"


def _day(
    one: Attributed,
    times: Sequence[TimeExpression],
    breaks: Sequence[Span],
    published: date | None,
) -> date | None:
    """The one day that its sentence names outside all that was said."""
    anchor = (*one.cue, *one.source, *one.content)[0]
    starts = [span.start for span in breaks]
    sentence = breaks[max(0, bisect_right(starts, anchor.start) - 1)]
    near = [
        time
        for time in times
        if sentence.holds(time.span)
        and time.period is not None
        and len(time.period) == 1
        and not any(piece.holds(time.span) for piece in one.content)
        and (published is None or time.period.start <= published)
    ]
    near.sort(key=lambda time: abs(time.span.start - anchor.end))
    return near[0].period.start if near and near[0].period else None


def _carried(speaker: str | None, before: Sequence[ProposedStatement]) -> date | None:
    """The day of the speaker's statement before, in the same document."""
    return next(
        (one.made_on for one in reversed(before) if speaker and one.speaker == speaker), None
    )


def _within(one: Attributed, found: Sequence[Attributed], ids: Sequence[str]) -> str | None:
    core = (*one.cue, *one.source, *one.content)[0]
    holders = [
        (sum(piece.end - piece.start for piece in other.content), name)
        for name, other in zip(ids, found, strict=True)
        if other is not one
        and any(piece.holds(core) for piece in other.content)
        and not any(piece.holds((*other.cue, *other.content)[0]) for piece in one.content)
    ]
    return min(holders)[1] if holders else None
