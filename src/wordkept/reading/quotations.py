"""Where quotations stand, and the sentences of a text when each of them counts as one word."""

import re
from collections.abc import Sequence

from wordkept.model import Span
from wordkept.reading.words import sentences

_QUOTED = re.compile(
    r"“[^“”\n]*(?:”|(?=\n)|\Z)|«[^«»\n]*»|„[^„“”\n]*[“”]|\"[^\"\n]*\""
    r"|(?<!\w)‘(?=\w)(?:[^‘’\n]|(?<=\w)’(?=\w))*’(?!\w)"
    r"|(?<!\w)'(?=\w)(?:[^'\n]|(?<=\w)'(?=\w))*'(?!\w)"
)
FILLER = "\x01"
"""What a masked quotation consists of."""


def quotations(text: str) -> tuple[Span, ...]:
    """Every stretch in quotation marks, with its marks, paragraph by paragraph.

    >>> text = 'He spoke of "peace" and left.'
    >>> [span.of(text) for span in quotations(text)]
    ['"peace"']
    """
    return tuple(
        Span(start=one.start(), end=one.start() + len(one[0].rstrip()))
        for one in _QUOTED.finditer(text)
        if any(map(str.isalnum, one[0]))
    )


def masked(text: str, quoted: Sequence[Span]) -> str:
    """The text with each quotation filled in, offsets kept, its full stop at its very end.

    A quotation that ends a sentence keeps a full stop in the place of its last mark.
    """
    pieces, last = [], 0
    for span in quoted:
        inner = span.of(text)[:-1].rstrip()
        after = text[span.end : span.end + 3].lstrip()
        ends = inner.endswith((".", "…")) and (not after or after[0].isupper() or after[0] in '“"«')
        body = FILLER * (span.end - span.start - 1)
        pieces.append(text[last : span.start] + body + ("." if ends else FILLER))
        last = span.end
    return "".join((*pieces, text[last:]))


def sentences_around(text: str, quoted: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences of a text, no quotation broken.

    >>> text = '"We wait. We watch," she said. He left.'
    >>> [span.of(text) for span in sentences_around(text, quotations(text))]
    ['"We wait. We watch," she said.', 'He left.']
    """
    return sentences(masked(text, quoted))
