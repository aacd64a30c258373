"""What a reader who disagrees would have to show, from what stands on the page."""

import re
from collections.abc import Iterator

from wordkept.dossier.shown import Shown
from wordkept.ids import short

NUMBER = re.compile(r"\d")
CORRECTION = (
    "A correction goes to whoever gave you this page: it is theirs to make and to date. This page "
    "cannot know their address."
)


def disproof(shown: Shown) -> tuple[str, ...]:
    """Each finding that would overturn the verdict of a pledge, or open it again."""
    return (*_words(shown), *_counts(shown), *_word(shown), *_plan(shown))


def _words(shown: Shown) -> Iterator[str]:
    if any(quote.words is not None for quote in shown.quotes):
        yield (
            "The declaration said something else: the words, the characters they take and the "
            "SHA-256 of the capture stand under the quote."
        )


def _counts(shown: Shown) -> Iterator[str]:
    if shown.count is not None and shown.count.tally is not None:
        yield "What was counted was sorted wrongly: the count is its author's, and can be redone."
    if shown.levels:
        yield (
            "Rows that were counted are not this party's, not of this kind or not of these days: "
            "the rows, or whose terms keep them back, stand under each count."
        )
        yield (
            "Events of those days stand in no row, and a source for them can be named: enough of "
            "them to move the level after across the line that the plan drew."
        )
        yield (
            "Reporting changed at that date, so that the record moved and what happened did not."
        )
    if any(NUMBER.search(text) for text in shown.reading.how_wrong):
        yield "How large such an error would have to be stands under “How it could be wrong”."


def _word(shown: Shown) -> Iterator[str]:
    word = shown.reading.word
    if word == "not testable":
        yield "A record observes what this pledge asks: then it can be tested after all."
    if word == "cannot tell":
        yield (
            "Another record of the same days is free of what stands against this one: then the "
            "question can be answered, either way."
        )


def _plan(shown: Shown) -> Iterator[str]:
    if shown.threshold is None:
        return
    yield (
        f"The plan was changed once the answer was known: it is {short(shown.plan_hash)} in the "
        "ledger, whose entries are chained, so that a later change shows to anyone who kept an "
        "earlier hash."
    )
    yield (
        "The same files and the same command give another page than this one: they must give the "
        "same bytes."
    )
