"""The rules' vote on the tagger's labels, and whole quotations put together."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wordkept.model import Span
from wordkept.reading.attributed import Attributed
from wordkept.reading.tagger import Tagged
from wordkept.reading.tags import ROLES, begun, best_labels, inside, runs

WEIGHT = 4.0
"""What a statement that the rules are sure of adds to the log-probability of its labels: chosen on
half of PolNeAR dev among 2, 4, 8 and 14."""
NEW_CONTENT = 2.0
"""What beginning another content costs, in log-probability: the tagger breaks contents at the
statements inside them. Chosen on half of PolNeAR dev among 0, 1 and 2."""
CONTENT = ROLES.index("content")
ENDS_A_CLAUSE = ',.;:!?”"»“'


def voted_labels(tagged: Tagged, rules: Sequence[Attributed]) -> NDArray[np.intp]:
    """The likeliest labels of the outer statements, with the rules' statements voted for."""
    scores = tagged.scores["outer"].copy()
    if not tagged.words:
        return best_labels(scores)
    scores[:, begun(CONTENT)] -= NEW_CONTENT
    starts = [word.start for word in tagged.words]
    for one in rules:
        for kind, role in enumerate(ROLES):
            for span in getattr(one, role):
                first = bisect_left(starts, span.start)
                last = bisect_left(starts, span.end)
                scores[first : first + 1, begun(kind)] += WEIGHT * one.confidence
                scores[first + 1 : last, inside(kind)] += WEIGHT * one.confidence
    return best_labels(scores)


def whole_contents(text: str, words: Sequence[Span], labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """Labels in which a content that was broken by a statement inside it is one again.

    A content whose clause runs on, without a mark, into a source or cue and on into another
    content holds that statement: "that | he | believed | in peace" is all said by whoever said
    "that".
    """
    labels = labels.copy()
    found = runs(labels.tolist())
    number = 0
    while number < len(found):
        kind, first, last = found[number]
        on = _runs_on(found, number) if kind == CONTENT else None
        if on is None or text[words[last - 1].end - 1] in ENDS_A_CLAUSE:
            number += 1
            continue
        last = found[on][2]
        labels[first + 1 : last] = inside(CONTENT)
        found[on] = (CONTENT, first, last)
        number = on
    return labels


def _runs_on(found: Sequence[tuple[int, int, int]], number: int) -> int | None:
    """Which content a content runs on into, through sources and cues alone."""
    place = number + 1
    while place < len(found) and found[place][1] == found[place - 1][2]:
        if found[place][0] == CONTENT:
            return place if place > number + 1 else None
        place += 1
    return None
