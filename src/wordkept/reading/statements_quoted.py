"""What stands in quotation marks, also where a quotation goes on over several paragraphs."""

import re
from itertools import pairwise

from wordkept.model import Span
from wordkept.reading.quotations import quotations

_OPENING = "“„«"
_STRAIGHT = '"'
_LINE = re.compile(r"[^\n]+")


def quoted_stretches(text: str) -> tuple[Span, ...]:
    r"""Every stretch in quotation marks; of a quotation over several paragraphs, each of them.

    Such a quotation opens each paragraph anew and closes only the last.

    >>> text = '"We wait.\n"We watch," she said.'
    >>> [span.of(text) for span in quoted_stretches(text)]
    ['"We wait.', '"We watch,"']
    """
    found = list(quotations(text))
    lines = list(_LINE.finditer(text))
    for line, following in pairwise(lines):
        opened = _left_open(line[0])
        if opened is not None and following[0].lstrip()[:1] in (_OPENING + _STRAIGHT):
            span = Span(start=line.start() + opened, end=line.end())
            found = [one for one in found if not one.meets(span)] + [span]
    return tuple(sorted(found))


def _left_open(line: str) -> int | None:
    """Where the quotation begins that a line opens and does not close; None where it closes all."""
    last = max(line.rfind(mark) for mark in _OPENING)
    if last >= 0 and not re.search(r"[”»“]", line[last + 1 :]):
        return last
    return line.rfind(_STRAIGHT) if line.count(_STRAIGHT) % 2 else None
