"""What commands say: receipts, registrations and verifications, in words and as JSON values."""

import textwrap
from collections.abc import Iterable
from typing import Any

from wordkept.ids import short
from wordkept.model import Estimate, Event, Release
from wordkept.prose import count, day

WIDTH = 80
INDENT = "  "


def wrapped(text: str, *, indent: str = INDENT) -> str:
    """A paragraph that fits the terminal."""
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent,
                         break_long_words=False, break_on_hyphens=False)  # fmt: skip


def receipt_lines(release: Release, *, new: bool) -> Iterable[str]:
    """What became of every row of a file."""
    receipt = release.receipt
    aside = receipt.read - receipt.loaded
    yield f"{release.title}"
    state = "loaded as" if new else "was loaded before as"
    yield f"{INDENT}{state} release {short(release.id)} of {release.dataset} ({release.layout})"
    yield (
        f"{INDENT}{count(receipt.read, 'row')} read = {receipt.loaded:,} loaded "
        f"+ {aside:,} set aside"
    )
    for reason in receipt.set_aside:
        yield wrapped(f"{count(reason.rows, 'row')} set aside: {reason.reason}", indent=INDENT * 2)
        for example in reason.examples:
            yield wrapped(example, indent=INDENT * 3)
    if receipt.span:
        yield f"{INDENT}from {day(receipt.span.start)} to {day(receipt.span.end)}"
    if receipt.deaths_best is not None and receipt.half_the_deaths_rows is not None:
        carried = count(receipt.half_the_deaths_rows, "row")
        yield f"{INDENT}{receipt.deaths_best:,} deaths (best); {carried} carry half of them"
    rule = release.publication
    least = f" of at least {rule.at_least}" if rule.allows == "aggregates" else ""
    yield wrapped(f"licence: {release.licence}")
    yield wrapped(f"may be published: {rule.allows}{least}. {rule.terms}")
    for caveat in release.caveats:
        yield wrapped(f"beware: {caveat}")


def row_lines(behind: Iterable[tuple[Estimate, tuple[Event, ...] | None]]) -> Iterable[str]:
    """The rows behind each estimate, or that they are withheld; then nor are its counts shown."""
    for one, events in behind:
        name = f"{one.dataset}, {one.attribution}"
        if events is None:
            yield wrapped(
                f"{name}, {one.baseline_period} and {one.window}: rows withheld by the publisher's "
                "terms; the totals that may be shown stand in the dossier",
                indent="",
            )
            continue
        yield (
            f"{name}: {one.baseline_events:,} in {one.baseline_period}, "
            f"{one.window_events:,} in {one.window}"
        )
        for event in events:
            days = f"{event.period.start}" if len(event.period) == 1 else f"{event.period}"
            deaths = "?" if event.deaths_best is None else f"{event.deaths_best}"
            parties = " and ".join(filter(None, (event.side_a, event.side_b)))
            place = event.place or event.admin1 or event.country or "no place"
            yield wrapped(
                f"{event.native_id}  {days}  {place}  {parties}  events {event.events_best}, "
                f"deaths {deaths}"
            )


def verification_lines(found: Any) -> Iterable[str]:
    """What was checked, what is at fault, what that proves and what not."""
    for fault in found.faults:
        yield f"AT FAULT  {fault.what}"
        yield f"{INDENT}where: {fault.where}"
        yield f"{INDENT}try:   {fault.remedy}"
    for note in found.notes:
        yield wrapped(f"note: {note.what} ({note.where})", indent="")
    sections = (("CHECKED", found.checks), ("PROVEN", found.proven),
                ("NOT PROVEN", found.not_proven))  # fmt: skip
    for heading, sentences in sections:
        if sentences:
            yield heading
            yield from (wrapped(sentence) for sentence in sentences)
