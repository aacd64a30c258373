"""What changed between two looks, in one sentence, and whether the world or the publisher did."""

from typing import Literal

from wordkept.case.looks import Seen
from wordkept.dossier.gate import count
from wordkept.ledger.canonical import value_id
from wordkept.model import Alarm, Pledge, PublicationRule
from wordkept.prose import count as counted
from wordkept.prose import day

Cause = Literal["the world", "the publisher", "both"]
Kind = Literal["evidence", "verdict"]


def alarms_between(
    before: Seen, cut: Seen, after: Seen, pledge: Pledge, rule: PublicationRule
) -> tuple[Alarm, ...]:
    """The alarms that a newer look raises over an older one of the same pledge.

    `cut` is the newer release as if it ended where the older did: what differs there already, the
    publisher changed; what differs only beyond, came with the days that were added.
    """
    found = []
    if before.look.word != after.look.word:
        cause = _cause(before.look.word, cut.look.word, after.look.word)
        found.append(_alarm("verdict", cause, before, after, pledge, rule))
    if before.state != after.state:
        cause = _cause(before.state, cut.state, after.state)
        found.append(_alarm("evidence", cause, before, after, pledge, rule))
    return tuple(found)


def _cause(before: str, cut: str, after: str) -> Cause:
    """Who changed it.

    >>> _cause("kept", "kept", "not kept"), _cause("kept", "not kept", "not kept")
    ('the world', 'the publisher')
    >>> _cause("kept", "cannot tell", "not kept")
    'both'
    """
    if cut == before:
        return "the world"
    return "the publisher" if cut == after else "both"


def _alarm(
    kind: Kind, cause: Cause, before: Seen, after: Seen, pledge: Pledge, rule: PublicationRule
) -> Alarm:
    words = (before.look.word, after.look.word)
    was, now = words if kind == "verdict" else (before.state, after.state)
    known = {
        "pledge": pledge.id, "raised_on": after.look.known_on, "kind": kind, "cause": cause,
        "before": was, "after": now, "release": after.look.release,
    }  # fmt: skip
    if kind == "verdict":
        said = _verdict_sentence(cause, before, after, rule)
    else:
        said = _evidence_sentence(cause, before, after, pledge, rule)
    return Alarm(
        id=value_id(known),
        pledge=pledge.id,
        title=pledge.title,
        raised_on=after.look.known_on,
        kind=kind,
        cause=cause,
        before=was,
        after=now,
        sentence=said,
    )


def _verdict_sentence(cause: Cause, before: Seen, after: Seen, rule: PublicationRule) -> str:
    why = _why(cause, before, after)
    return f"The verdict went from {before.look.word} to {after.look.word}, since {why}; " + (
        _window(before, after, rule) + "."
    )


def _window(before: Seen, after: Seen, rule: PublicationRule) -> str:
    """What the window held then and now, as far as the publisher lets it be printed."""
    if rule.allows == "nothing":
        return "its counts are withheld by the publisher's terms"
    if after.window_events is None or after.compared_events is None:
        return "no window can be compared now"
    held = f"the window now holds {_events(after.window_events, rule)}"
    if before.window_events is None:
        against = _events(after.compared_events, rule)
        return f"{held} against {against} in the days before it, where none was compared before"
    return f"{held}, where it held {_events(before.window_events, rule)}"


def _evidence_sentence(
    cause: Cause, before: Seen, after: Seen, pledge: Pledge, rule: PublicationRule
) -> str:
    to = day(after.look.until)
    lead = {
        "fallen": f"By {to} the rate had fallen by more than this record's own ups and downs",
        "risen": f"By {to} the rate had risen by more than this record's own ups and downs",
        "back": f"By {to} the rate was back near its level before",
        "as before": "The evidence that the rate had changed no longer holds",
    }[after.state]
    if rule.allows == "nothing":
        counts = "the counts are withheld by the publisher's terms"
    else:
        since = f" since {day(pledge.starts)}" if pledge.starts else ""
        counts = (
            f"{_events(after.later_events, rule)} in "
            f"{counted(after.look.blocks, 'block')} of {after.block_days} days{since}, and "
            f"{_events(after.baseline_events, rule)} in the "
            f"{counted(after.baseline_blocks, 'block')} before"
        )
    source = "" if cause == "the world" else f", since {_why(cause, before, after)}"
    return f"{lead}{source}: {counts}."


def _why(cause: Cause, before: Seen, after: Seen) -> str:
    changed = f"the publisher changed rows of days up to {day(before.look.until)}"
    added = f"days were added up to {day(after.look.until)}"
    if after.look.until <= before.look.until:
        added = "the days on record have been known for longer"
    return {"the publisher": changed, "the world": added, "both": f"{changed} and {added}"}[cause]


def _events(number: int, rule: PublicationRule) -> str:
    shown = count(number, rule)
    return counted(number, "event") if shown.n is not None else f"{shown.text} events"
