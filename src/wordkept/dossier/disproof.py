"""What a reader who disagrees would have to show, from what stands on the page."""

from collections.abc import Iterator

from wordkept.dossier.shown import Shown
from wordkept.ids import short

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
    tally = shown.count.tally if shown.count else None
    if tally is not None:
        yield (
            "What was counted was sorted wrongly: the count is its author's, and the number of "
            "errors that would change the answer stands under “How it could be wrong”."
        )
    if not shown.levels:
        return
    yield (
        "Rows that were counted are not this party's, not of this kind or not of these days: the "
        "rows, or whose terms keep them back, stand under each count, and how many errors it "
        "takes stands under “How it could be wrong”."
    )
    yield (
        "Events of those days stand in no row, and a source for them can be named: enough of them "
        "to move the level after across the line that the plan drew."
    )
    yield (
        "Reporting changed at that date by as much as is said there, so that the record moved and "
        "what happened did not."
    )


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
        "ledger, whose entries are chained, so that none can be put in afterwards unnoticed."
    )
    yield (
        "The same files and the same command give another page than this one: they must give the "
        "same bytes."
    )
