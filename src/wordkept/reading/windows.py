"""Texts cut into windows of word pieces that an encoder can take."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from wordkept.model import Span

MOST_PIECES = 254
"""Word pieces of a window, without the two marks at its ends: long enough for a few paragraphs,
short enough that attention stays cheap."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `last` - 1 of a text, which are read together."""

    first: int
    last: int


def windows(
    words: Sequence[Span], sizes: Sequence[int], breaks: Sequence[Span], most: int = MOST_PIECES
) -> list[Window]:
    """Windows of about the same size that cover all words and end, where they can, with a sentence.

    `sizes` are the word pieces of each word, `breaks` the sentences.
    """
    total = sum(sizes)
    if not total:
        return []
    aim = min(most, ceil(total / ceil(total / most)) + most // 8)
    ends = _sentence_ends(words, breaks)
    found: list[Window] = []
    first = taken = 0
    good = 0
    for place, size in enumerate(sizes):
        while taken + size > aim and place > first:
            last = good if good > first else place
            found.append(Window(first, last))
            first, taken = last, sum(sizes[last:place])
        taken += size
        if place + 1 in ends:
            good = place + 1
    found.append(Window(first, len(sizes)))
    return found


def _sentence_ends(words: Sequence[Span], breaks: Sequence[Span]) -> set[int]:
    ends: set[int] = set()
    place = 0
    for sentence in breaks:
        while place < len(words) and words[place].end <= sentence.end:
            place += 1
        ends.add(place)
    return ends
