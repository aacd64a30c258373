"""Time expressions against gold as TempEval-3 scores them: strict, relaxed and value F1.

python -m bench.read.times FOLDER, the folder of MEANTIME. The dateline is each article's day of
publication, given to the reader and not scored; words past the annotated sentences are not scored.
The rules were written with the "develop" part in view; see `MeantimeDocument.part` for what the
other part is still worth.

Value F1 counts a pair whose words overlap and whose values are the same, over all that was found
and all that is gold. A pair is one to one, in the order of the text.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.corpus.meantime import GoldTime, MeantimeDocument, Part, meantime_documents
from wordkept.model import TimeExpression
from wordkept.reading.times import read_times

Reader = Callable[[str, date | None], Sequence[TimeExpression]]
PARTS: tuple[Part, ...] = ("develop", "held out")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeScores:
    """F1 of the spans to the letter, of those that overlap, and of these with the same value."""

    articles: int
    gold: int
    found: int
    strict: float
    relaxed: float
    value: float


Pair = tuple[GoldTime | None, TimeExpression | None]


def time_scores(documents: Iterable[MeantimeDocument], read: Reader = read_times) -> TimeScores:
    """The scores of a reader over the annotated part of documents."""
    articles, pairs = 0, list[Pair]()
    for document in documents:
        articles += 1
        pairs += time_pairs(document, read(document.text, document.created))
    both = [(gold, one) for gold, one in pairs if gold and one]
    gold, found = (sum(pair[side] is not None for pair in pairs) for side in (0, 1))
    strict = sum(one.span == other.span for one, other in both)
    right = sum(one.value == other.value for one, other in both)
    return TimeScores(
        articles=articles,
        gold=gold,
        found=found,
        strict=_f1(strict, found, gold),
        relaxed=_f1(len(both), found, gold),
        value=_f1(right, found, gold),
    )


def time_pairs(document: MeantimeDocument, read: Sequence[TimeExpression]) -> list[Pair]:
    """Each gold expression with what was found there, each that was found where none is."""
    lines = [one.span for one in document.times if one.creation] or [document.sentences[1]]
    left = [
        one
        for one in read
        if one.span.end <= document.annotated and not any(one.span.meets(line) for line in lines)
    ]
    pairs: list[Pair] = []
    for gold in document.times:
        if gold.creation:
            continue
        met = next((one for one in left if one.span.meets(gold.span)), None)
        if met:
            left.remove(met)
        pairs.append((gold, met))
    return [*pairs, *((None, one) for one in left)]


def _f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 0.0


def main(folder: Path) -> None:
    """Prints the scores of each part."""
    documents = meantime_documents(folder)
    print(
        f"{'part':10}{'articles':>9}{'gold':>6}{'found':>6}{'strict':>8}{'relaxed':>8}{'value':>8}"
    )
    for part in PARTS:
        scores = time_scores(one for one in documents if one.part == part)
        print(
            f"{part:10}{scores.articles:9}{scores.gold:6}{scores.found:6}"
            f"{scores.strict:8.3f}{scores.relaxed:8.3f}{scores.value:8.3f}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
