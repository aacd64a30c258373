"""What commands say: receipts, registrations and verifications, in words and as JSON values."""

import textwrap
from collections.abc import Iterable
from typing import Any

from wordkept.ids import short
from wordkept.model import Assessment, Behind, Estimate, Release
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


def row_lines(behind: Iterable[tuple[Estimate, Any]]) -> Iterable[str]:
    """The rows behind each estimate, made safe; where they are withheld, nor are counts shown."""
    for one, safe in behind:
        name = f"{one.dataset}, {one.attribution}"
        if safe is None:
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
        yield from listed_lines(safe)


def part_lines(found: Assessment, behind: Iterable[tuple[Behind, Any]]) -> Iterable[str]:
    """The rows behind each part of a count that asks about no rate; or why there are none."""
    from wordkept.dossier.count_shown import PART_WORDS, published

    if found.count is not None and found.count.dataset is None:
        yield wrapped(published(found), indent="")
    for one, safe in behind:
        name = f"{PART_WORDS[one.part]}, {one.dataset}, {one.attribution}, {one.days}"
        if safe is None:
            said = "rows withheld by the publisher's terms; what may be shown is in the dossier"
            yield wrapped(f"{name}: {said}", indent="")
            continue
        yield f"{name}: {one.counted or 0:,}"
        yield from listed_lines(safe)


def listed_lines(safe: Any) -> Iterable[str]:
    """Rows that were made safe, one a line, and what was done to them."""
    from wordkept.dossier.unseen import reveal

    if safe.delayed:
        late = count(safe.delayed, "row is", "rows are")
        yield wrapped(f"{late} too recent to be listed: counted, so that nobody is endangered")
    if safe.coarsened:
        late = count(safe.coarsened, "row is", "rows are")
        yield wrapped(f"{late} recent, and so listed without the name of the place")
    for event in safe.events:
        days = f"{event.period.start}" if len(event.period) == 1 else f"{event.period}"
        deaths = "?" if event.deaths_best is None else f"{event.deaths_best}"
        parties = " and ".join(filter(None, (event.side_a, event.side_b)))
        place = event.place or event.admin1 or event.country or "no place"
        said = f"{event.native_id}  {days}  {place}  {parties}  events {event.events_best}, "
        yield wrapped(reveal(f"{said}deaths {deaths}"))


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
