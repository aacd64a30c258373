"""Fits what certainties are worth, on texts that nothing is trained on.

    python -m bench.tagger.confidence [CORPORA]

On every second document of re3d and of our held-out pieces, the two of one weight: official prose
is harder than news, and neither is what a user brings. The reliability that `make eval` prints is
of the other documents.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import isotonic_regression

from bench.corpus.gold import GoldText
from bench.corpus.markup import own_corpus
from bench.corpus.standoff import held_out, standoff
from bench.read.reading import read_all
from bench.read.reliability import Pair, fitted_on, pledge_pairs, statement_pairs
from bench.tagger.texts import CORPORA
from wordkept.model import Reading
from wordkept.reading import confidence
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.tagger import Tagger, shipped

KNOTS = 12
"""Points of a curve: enough for its shape, too few to learn single texts."""
A_POINT = 12
"""Proposals that a point stands for at the least."""


def curve_of(sources: Sequence[Sequence[Pair]]) -> dict[str, list[float]]:
    """The rising curve through certainties and whether they were right, at a few points.

    The pairs of each source count together as much as those of any other.
    """
    ordered = sorted((*pair, 1 / len(pairs)) for pairs in sources for pair in pairs)
    sure, right, weight = np.array(ordered, dtype=np.float64).T
    risen = isotonic_regression(right, weights=weight).x
    points = max(1, min(KNOTS, len(sure) // A_POINT))
    groups = np.array_split(np.arange(len(sure)), points)
    return {
        name: [round(float(np.average(of[group], weights=weight[group])), 4) for group in groups]
        for name, of in (("sure", sure), ("right", risen))
    }


def main() -> None:
    corpora = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA
    confidence.CURVES.unlink(missing_ok=True)
    sources = (
        [one for one in standoff("re3d", corpora) if fitted_on(one)],
        [one for one in own_corpus() if held_out(one) and fitted_on(one)],
    )
    gazetteer = Gazetteer.load()
    by_tagger = [_read(golds, shipped(), gazetteer) for golds in sources]
    by_rule = [_read(golds, None, gazetteer) for golds in sources]
    curves: dict[str, Any] = {
        "statement": curve_of([statement_pairs(read) for read in by_tagger]),
        "pledge": curve_of([pledge_pairs(read) for read in by_tagger]),
        "statement by rule": curve_of([statement_pairs(read) for read in by_rule]),
    }
    text = json.dumps(curves, indent=1, sort_keys=True) + "\n"
    confidence.CURVES.write_text(text, encoding="utf-8")
    print(text)


def _read(
    golds: Sequence[GoldText], tagger: Tagger | None, gazetteer: Gazetteer
) -> list[tuple[GoldText, Reading]]:
    found = read_all(golds, tagger, gazetteer)
    return [(gold, found[gold.id]) for gold in golds]


if __name__ == "__main__":
    main()
