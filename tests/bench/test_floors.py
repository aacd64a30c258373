"""The reader's figures, measured anew on all gold, held against the floors that are committed."""

from pathlib import Path

import pytest

from bench.read.__main__ import places_measured, texts_measured, times_measured
from bench.read.gates import fallen, read_floors
from wordkept.reading.gazetteer import Gazetteer
from wordkept.reading.tagger import shipped

pytestmark = pytest.mark.shared


def test_no_figure_of_the_reader_has_fallen_under_its_floor(shared: Path) -> None:
    corpora, gazetteer = shared / "corpora", Gazetteer.load()
    tagger = shipped()
    assert tagger is not None, "the learned tagger cannot be loaded"
    found, _ = texts_measured(corpora, tagger, gazetteer)
    found += [*times_measured(corpora), places_measured(corpora, gazetteer)]
    floors = read_floors()
    assert set(floors) == {one.gold for one in found}
    assert not fallen(found, floors)
