"""Where the words and the sentences of a text begin and end."""

import re
from functools import lru_cache

from wordkept.model import Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|(?:[A-Za-z]\.){2,}|\w+(?:['’](?!s\b)\w+)*|['’]s\b|[^\w\s]")
"""Numbers with their points, abbreviations such as U.N., words, a possessive, any other mark."""
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_END = re.compile(r"[.!?…؟۔]+[\"'”’»)\]]*(?=\s)")
_LOWER_NEXT = re.compile(r"[^\S\n]*[a-zà-öø-ÿа-я]")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Maj|Capt|Sgt|Gov|Sen|Rep|Rev|Prof|No|Nos|vs|etc|Jr|Sr|Adm|"
    r"Brig|Hon|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|Inc|Ltd|Corp|Co|Fr|e\.g|i\.e)"
    r"|\b[A-Z]|\b(?:[A-Z]\.)+[A-Z])\.$"
)


def words(text: str) -> tuple[Span, ...]:
    """Every word, number and mark of a text, in order.

    >>> text = "Mr. Lorn's 1,400 men"
    >>> [span.of(text) for span in words(text)]
    ['Mr', '.', 'Lorn', "'s", '1,400', 'men']
    """
    return tuple(Span(start=found.start(), end=found.end()) for found in _WORD.finditer(text))


@lru_cache(maxsize=2)
def sentences(text: str) -> tuple[Span, ...]:
    r"""Every sentence, without the space around it; a line break always ends one.

    >>> text = "Gen. Lorn left. He came back.\nWhy?"
    >>> [span.of(text) for span in sentences(text)]
    ['Gen. Lorn left.', 'He came back.', 'Why?']
    """
    found = []
    for paragraph in _PARAGRAPH.finditer(text):
        start = paragraph.start()
        for end in _ends(text, paragraph):
            found.append(_trimmed(text, start, end))
            start = end
    return tuple(span for span in found if span.start < span.end)


def _ends(text: str, paragraph: re.Match[str]) -> list[int]:
    ends = [
        mark.end()
        for mark in _END.finditer(text, paragraph.start(), paragraph.end())
        if _closes(text, paragraph.start(), mark)
    ]
    return [*ends, paragraph.end()]


def _closes(text: str, begins: int, mark: re.Match[str]) -> bool:
    if _LOWER_NEXT.match(text, mark.end()):
        return False
    before = text[max(begins, mark.start() - 12) : mark.start() + 1]
    return mark[0] != "." or not _ABBREVIATED.search(before)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end)
