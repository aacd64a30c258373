"""Fits what certainties are worth, on re3d alone, which nothing is trained on.

    python -m bench.tagger.confidence [CORPORA]

The reliability that `make eval` prints for our own held-out pieces is then of other texts.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import isotonic_regression

from bench.corpus.gold import GoldText
from bench.corpus.standoff import standoff
from bench.read.reading import read_all
from bench.read.reliability import Pair, pledge_pairs, statement_pairs
from bench.tagger.texts import CORPORA
from wordkept.model import Reading
from wordkept.reading import confidence
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.tagger import shipped

KNOTS = 12
"""Points of a curve: enough for its shape, too few to learn single texts."""


def curve_of(pairs: Sequence[Pair]) -> dict[str, list[float]]:
    """The rising curve through certainties and whether they were right, at a few points."""
    ordered = sorted(pairs)
    sure = np.array([one for one, _ in ordered])
    right = isotonic_regression(np.array([float(good) for _, good in ordered])).x
    groups = np.array_split(np.arange(len(sure)), min(KNOTS, len(sure)))
    return {
        "sure": [round(float(sure[group].mean()), 4) for group in groups],
        "right": [round(float(right[group].mean()), 4) for group in groups],
    }


def main() -> None:
    corpora = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA
    confidence.CURVES.unlink(missing_ok=True)
    golds = standoff("re3d", corpora)
    gazetteer = Gazetteer.load()
    by_tagger = _with(golds, read_all(golds, shipped(), gazetteer))
    by_rule = _with(golds, read_all(golds, None, gazetteer))
    curves: dict[str, Any] = {
        "statement": curve_of(statement_pairs(by_tagger)),
        "pledge": curve_of(pledge_pairs(by_tagger)),
        "statement by rule": curve_of(statement_pairs(by_rule)),
    }
    text = json.dumps(curves, indent=1, sort_keys=True) + "\n"
    confidence.CURVES.write_text(text, encoding="utf-8")
    print(text)


def _with(golds: Sequence[GoldText], read: dict[str, Reading]) -> list[tuple[GoldText, Reading]]:
    return [(gold, read[gold.id]) for gold in golds]


if __name__ == "__main__":
    main()
