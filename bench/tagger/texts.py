"""What the tagger learns from: open text alone, and none that anything is measured on."""

from collections.abc import Iterator
from pathlib import Path

from bench.corpus.gold import GoldText
from bench.corpus.markup import own_corpus
from bench.corpus.standoff import held_out, standoff

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
LEARNED_FROM = ("gum", "meantime")
"""The published texts whose licence lets weights ship (both CC BY), beside our own corpus."""


def training_texts(corpora: Path) -> Iterator[GoldText]:
    """Every text that the tagger learns from; none that anything is measured on."""
    golds = [*own_corpus(), *(one for name in LEARNED_FROM for one in standoff(name, corpora))]
    return (one for one in golds if not held_out(one))
