"""Lines as they were set on a page, put together into paragraphs."""

import re

_FEWEST = 40
"""Characters of the longest lines: narrower pages are tables or verse, and stand as they are."""
_FITS = 0.9
"""Of the width. A line break that a writer meant leaves room for the next word; characters are of
different widths, so the line is taken as full a little before."""
_LONG_SHARE = 0.9
"""The width is that of the line which so many are shorter than: an overlong one does not count."""
_MARK = re.compile(r"\s*(?:[•◦▪‣*–—-]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)")


def paragraphs(page: str) -> str:
    r"""A page's text with its paragraphs each on one line; no character but white space differs.

    A line is drawn to the next where the next one's first word would not have fitted on it.

    >>> lines = ["Our forces will leave the northern valley by the", "end of the month.", "Second."]
    >>> paragraphs("\n".join(lines))
    'Our forces will leave the northern valley by the end of the month.\nSecond.'
    """
    lines = [line.rstrip() for line in page.splitlines()]
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[min(len(lengths) - 1, int(len(lengths) * _LONG_SHARE))] if lengths else 0
    if width < _FEWEST:
        return "\n".join(lines).strip("\n")
    parts: list[str] = []
    for place, line in enumerate(lines):
        parts.append(line)
        if place + 1 < len(lines):
            parts.append(_between(line, lines[place + 1], width))
    return "".join(parts).strip("\n")


def _between(line: str, following: str, width: int) -> str:
    """What stands between two lines: a line end, a space, or nothing after a hyphen."""
    first = following.split(maxsplit=1)[0] if following.strip() else ""
    if not line or not first or _MARK.match(following):
        return "\n"
    if len(line) + 1 + len(first) <= width * _FITS:
        return "\n"
    hyphened = line.endswith("-") and line[-2:-1].isalpha() and first[0].islower()
    return "" if hyphened else " "
