"""The chain: each entry's hash covers its content and the hash of the entry before it."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from wordkept.ledger.canonical import as_json, value_id
from wordkept.ledger.entries import ENTRY_KINDS, Draft, Entry

BEFORE_THE_FIRST = "0" * 64
"""What stands in the place of a previous hash in the first entry."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def following(last: Entry | None, draft: Draft, *, who: str, at: str) -> Entry:
    """The entry that a draft becomes when it is put after the last one.

    >>> first = following(
    ...     None, Draft(kind="case", payload={"name": "x"}), who="demo", at="2026-11-23T04:05:06Z"
    ... )
    >>> first.number, first.previous == BEFORE_THE_FIRST, first.hash == content_hash(first)
    (1, True, True)
    """
    if draft.kind not in ENTRY_KINDS:
        raise ValueError(f"{draft.kind!r} is not a kind of entry")
    if not _MOMENT.fullmatch(at):
        raise ValueError(f"{at!r} is not a UTC time such as 2026-11-23T04:05:06Z")
    datetime.fromisoformat(at)
    if not who.strip():
        raise ValueError("an entry needs to say who made it")
    number = last.number + 1 if last else 1
    previous = last.hash if last else BEFORE_THE_FIRST
    payload = as_json(draft.payload)
    unsigned = Entry(
        number=number, kind=draft.kind, payload=payload, at=at, who=who, previous=previous, hash=""
    )
    return Entry(
        number=number,
        kind=draft.kind,
        payload=payload,
        at=at,
        who=who,
        previous=previous,
        hash=content_hash(unsigned),
    )


def content_hash(entry: Entry) -> str:
    """The SHA-256 that an entry must carry, from its content alone."""
    return value_id(
        {
            "number": entry.number,
            "kind": entry.kind,
            "payload": entry.payload,
            "at": entry.at,
            "who": entry.who,
            "previous": entry.previous,
        }
    )


def breaks(entries: Sequence[Entry], *, last: Entry | None = None) -> Iterator[tuple[Entry, str]]:
    """The entries that do not stand as they were entered, each with what is wrong with it.

    `last` is the entry before the first of them, where that is not the start of the chain.
    """
    for entry in entries:
        number = last.number + 1 if last else 1
        previous = last.hash if last else BEFORE_THE_FIRST
        if entry.number != number:
            yield entry, f"entry {number} should stand here"
        elif entry.previous != previous:
            yield entry, "it does not follow from the entry before it"
        if entry.hash != content_hash(entry):
            yield entry, "its content is not what its hash was made from"
        last = entry
