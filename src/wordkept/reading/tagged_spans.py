"""From the tagger's labels to spans of the text, with how sure it is of each."""

import numpy as np
from numpy.typing import NDArray

from wordkept.model import Span
from wordkept.reading.linking import Tagspan
from wordkept.reading.tagger import Tagged
from wordkept.reading.tags import ROLES, TERMS, runs
from wordkept.reading.voting import whole_contents


def role_spans(text: str, tagged: Tagged, head: str) -> tuple[Tagspan, ...]:
    """The sources, cues and contents of a head: `outer`, or `inner` for those inside a content."""
    return _spans(tagged, head, ROLES, whole_contents(text, tagged.words, tagged.labels(head)))


def term_spans(tagged: Tagged) -> tuple[Tagspan, ...]:
    """The terms of pledges: acts, objects, areas and so on."""
    return _spans(tagged, "terms", TERMS, tagged.labels("terms"))


def class_of(tagged: Tagged, head: str, span: Span) -> tuple[int, float]:
    """The likeliest class of the words in a span, and its probability."""
    inside = [
        place
        for place, word in enumerate(tagged.words)
        if span.start <= word.start and word.end <= span.end
    ]
    mean = tagged.scores[head][inside].mean(axis=0)
    best = int(mean.argmax())
    return best, float(np.exp(mean[best]))


def _spans(
    tagged: Tagged, head: str, kinds: tuple[str, ...], labels: NDArray[np.intp]
) -> tuple[Tagspan, ...]:
    scores = tagged.scores[head]
    return tuple(
        Tagspan(
            role=kinds[kind],
            span=Span(start=tagged.words[first].start, end=tagged.words[last - 1].end),
            confidence=_sure(scores, labels, first, last),
        )
        for kind, first, last in runs(labels.tolist())
    )


def _sure(scores: NDArray[np.float32], labels: NDArray[np.intp], first: int, last: int) -> float:
    """The geometric mean of the probabilities along a span and just outside its ends."""
    places = range(max(0, first - 1), min(len(labels), last + 1))
    return float(np.exp(np.mean([scores[place, labels[place]] for place in places])))
