"""Texts with gold, read by the whole reader."""

from collections.abc import Sequence

from bench.corpus.gold import GoldText
from wordkept.model import Reading
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.reader import Context, read_text
from wordkept.reading.tagger import Tagger


def read_all(
    golds: Sequence[GoldText], tagger: Tagger | None, gazetteer: Gazetteer
) -> dict[str, Reading]:
    """The reading of every text, by its id."""
    return {
        gold.id: read_text(
            gold.text, Context(published=gold.published), tagger=tagger, gazetteer=gazetteer
        )
        for gold in golds
    }
