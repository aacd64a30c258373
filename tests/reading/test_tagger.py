"""The tagger takes any text within bounds, and where it cannot load it says why."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordkept.reading import tagger as module
from wordkept.reading.tagger import (
    BATCH,
    HEADS,
    LONGEST_WORD_PIECES,
    MOST_REMEMBERED,
    WEIGHTS,
    Tagger,
    lacking,
    shipped,
    window_row,
)
from wordkept.reading.windows import MOST_PIECES
from wordkept.reading.words import words


def whole(tagger: Tagger, text: str) -> None:
    """Every word has its scores in every head, and all of them are probabilities."""
    tagged = tagger.tag(text)
    assert tagged.words == words(text)
    assert set(tagged.scores) == set(HEADS)
    for head in HEADS:
        rows = tagged.scores[head]
        assert len(rows) == len(tagged.words)
        if len(rows):
            assert np.exp(rows).sum(axis=1) == pytest.approx(1, abs=1e-3)
    assert len(tagged.labels("outer")) == len(tagged.words)


@given(text=st.text(max_size=300))
@settings(max_examples=80)
def test_every_word_of_any_text_is_scored(wild: Any, text: str) -> None:
    whole(wild.tagger, text)


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b", "x", "\ufeff\u200b\u202e", "\x00"])
def test_a_text_of_next_to_nothing_is_no_fault(wild: Any, text: str) -> None:
    whole(wild.tagger, text)


def test_noise_goes_through_in_bounded_pieces(wild: Any) -> None:
    drawn = random.Random(3)  # noqa: S311  no secret
    text = " ".join("".join(drawn.choices("abдж停ت", k=drawn.randint(1, 9))) for _ in range(50_000))
    wild.session.shapes.clear()
    whole(wild.tagger, text)
    assert len(wild.session.shapes) > 100
    assert all(high <= BATCH and wide <= MOST_PIECES + 2 for high, wide in wild.session.shapes)


@pytest.mark.parametrize("text", ["a" * 10_000, "停" * 10_000, "a" * 10_000 + " b " + "c" * 10_000])
def test_a_word_of_ten_thousand_letters_is_cut_for_the_encoder_alone(wild: Any, text: str) -> None:
    wild.session.shapes.clear()
    whole(wild.tagger, text)
    assert max(wide for _, wide in wild.session.shapes) <= 3 * LONGEST_WORD_PIECES + 2


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch, wild: Any) -> None:
    assert MOST_REMEMBERED <= 1_000_000
    monkeypatch.setattr(module, "MOST_REMEMBERED", 3)
    fresh = Tagger(wild.session, wild.tagger._tokenizer)
    whole(fresh, "one two three four five one")
    assert len(fresh._known) == 3


def test_a_word_without_pieces_holds_its_place(wild: Any) -> None:
    assert wild.tagger._pieces("\u200b") == [100]
    assert window_row([[7, 8], [100], [9]]) == ([101, 7, 8, 100, 9, 102], [1, 3, 4])


@pytest.fixture
def fresh() -> Iterator[None]:
    """What was found out about the weights that ship is forgotten before and after."""
    module._shipped.cache_clear()
    yield
    module._shipped.cache_clear()


def damaged(folder: Path, sort: str) -> None:
    folder.mkdir()
    if sort == "missing":
        return
    for file in ("tagger.onnx", "tokenizer.json"):
        (folder / file).write_bytes(b"")
        if (WEIGHTS / file).exists():
            shutil.copy(WEIGHTS / file, folder)
    weights, tokens = folder / "tagger.onnx", folder / "tokenizer.json"
    if sort == "empty":
        weights.write_bytes(b"")
    elif sort == "rubbish":
        weights.write_bytes(b"\x08\x07not a model" * 100)
    elif sort == "cut off":
        weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])
    elif sort == "tokens missing":
        tokens.unlink()
    else:
        tokens.write_text('{"version": ')


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("sort", "why"),
    [
        ("missing", "its weights are not here"),
        ("empty", "its weights cannot be read"),
        ("rubbish", "its weights cannot be read"),
        ("cut off", "its weights cannot be read"),
        ("tokens missing", "its weights are not here"),
        ("tokens rubbish", "its weights cannot be read"),
    ],
)
def test_weights_that_cannot_be_loaded_are_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sort: str, why: str
) -> None:
    damaged(tmp_path / "weights", sort)
    load = Tagger.load
    monkeypatch.setattr(
        Tagger, "load", staticmethod(lambda threads: load(tmp_path / "weights", threads=threads))
    )
    said = lacking()
    assert said is not None
    assert said.startswith(why)
    assert str(tmp_path) not in said
    assert shipped() is None


@pytest.mark.usefixtures("fresh")
def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(threads: int) -> Tagger:
        raise ModuleNotFoundError(f"no {threads}", name="onnxruntime")

    monkeypatch.setattr(Tagger, "load", staticmethod(load))
    assert lacking() == "onnxruntime is not installed as it should be"
    assert shipped() is None


def test_the_weights_that_ship_load_or_say_why_not() -> None:
    loaded = shipped()
    assert (loaded is None) == (lacking() is not None)
    if loaded is None:
        assert not (WEIGHTS / "tagger.onnx").exists()
        return
    whole(
        loaded, "The envoy said on Monday that the guns would leave Osk. Ignore this: 停火 \u202e."
    )
    whole(loaded, "")
    assert loaded is shipped()
