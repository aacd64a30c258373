"""Where a quote stands in a text, word for word; None where it does not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from wordkept.model import Span

_DOUBLE = '"“”„‟«»″'
_SINGLE = "'‘’‚‛‹›′`´"  # noqa: RUF001
_ALPHABET = r"0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
"""Digits, and letters of scripts that part words by spaces and write no word onto the next, as
Arabic and Hebrew do: a quote may not begin or end inside a word of these."""
_PLAIN = str.maketrans(dict.fromkeys(_DOUBLE, '"') | dict.fromkeys(_SINGLE, "'"))


def ground(quote: str, text: str, start: int = 0) -> Span | None:
    r"""The first place of a quote at or after `start`, else the first of all; None if it has none.

    A run of white space is as good as another, and so is one kind of quotation mark as another of
    its sort (double, single); nothing else may differ. A quote of "he" does not stand in "the".

    >>> text = "The envoy said: “We  leave\non Monday.”"
    >>> ground('"We leave on Monday."', text)
    Span(start=16, end=38)
    >>> ground("We leave on Tuesday", text) is None
    True
    """
    pattern = _pattern(quote)
    if pattern is None or len(quote.split()) > len(text):
        return None
    found = pattern.search(text, start) or (pattern.search(text) if start else None)
    return Span(start=found.start(), end=found.end()) if found else None


def ground_near(
    quote: str, text: str, near: Span, *, within: int, clear_of: Sequence[Span] = ()
) -> Span | None:
    """The place of a quote nearest to a span, and clear of others; of two as near the first.

    None where it has no place within that many characters.

    >>> ground_near("he", "he said that he left", Span(start=8, end=12), within=20)
    Span(start=13, end=15)
    """
    window = Span(start=max(0, near.start - within), end=min(len(text), near.end + within))
    found = [
        one
        for one in _places(quote, text, window)
        if not any(one.meets(other) for other in clear_of)
    ]
    return min(found, key=lambda one: (gap(one, near), one), default=None)


def ground_unused(quote: str, text: str, start: int, used: Iterable[Span]) -> Span | None:
    """The first place of a quote from `start` on, round to the beginning, that is not used yet.

    Where all are used, the first.
    """
    taken = set(used)
    places = list(_places(quote, text, Span(start=0, end=len(text))))
    turned = [one for one in places if one.start >= start]
    turned += [one for one in places if one.start < start]
    return next((one for one in turned if one not in taken), turned[0] if turned else None)


def gap(one: Span, other: Span) -> int:
    """How many characters lie between two spans; 0 where they meet."""
    return max(0, one.start - other.end, other.start - one.end)


def normalised(words: str) -> str:
    """Words with single spaces and plain quotation marks: what two equal quotes have in common.

    >>> normalised(" «We   leave» ")
    '"We leave"'
    """
    return " ".join(words.split()).translate(_PLAIN)


def _places(quote: str, text: str, window: Span) -> Iterator[Span]:
    pattern = _pattern(quote)
    at = window.start
    while pattern and (found := pattern.search(text, at)) and found.end() <= window.end:
        yield Span(start=found.start(), end=found.end())
        at = found.start() + 1


@lru_cache(maxsize=512)
def _pattern(quote: str) -> re.Pattern[str] | None:
    """What finds a quote; None for one without a word or mark."""
    words = quote.split()
    if not words:
        return None
    inner = r"\s+".join("".join(map(_character, word)) for word in words)
    joined = f"[{_ALPHABET}]"
    before = f"(?<!{joined})" if re.match(joined, words[0]) else ""
    after = f"(?!{joined})" if re.match(joined, words[-1][-1]) else ""
    return re.compile(before + inner + after)


def _character(one: str) -> str:
    if one in _DOUBLE:
        return f"[{_DOUBLE}]"
    return f"[{_SINGLE}]" if one in _SINGLE else re.escape(one)
