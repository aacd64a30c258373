"""A tagger that has learned nothing: what it says is noise, the same for the same words."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from wordkept.model import DEEDS, STATUSES
from wordkept.reading.tagger import Tagger
from wordkept.reading.tags import ROLES, TERMS, label_count

COLUMNS = {
    "outer": label_count(ROLES), "inner": label_count(ROLES), "terms": label_count(TERMS),
    "deed": len(DEEDS), "status": len(STATUSES),
}  # fmt: skip


class Pieces(NamedTuple):
    ids: list[int]


class EachLetter:
    """A tokenizer for which every letter is a word piece, and a point in a number none."""

    def encode(self, word: str, *, add_special_tokens: bool) -> Pieces:
        assert not add_special_tokens
        return Pieces([1_000 + ord(one) % 500 for one in word if one != "\u200b"])

    def token_to_id(self, token: str) -> int:
        assert token == "[UNK]"  # noqa: S105  a word piece
        return 100


class Noise:
    """A session that remembers the shapes it was given; `calm` favours no label at all."""

    def __init__(self, calm: float) -> None:
        self.calm = calm
        self.shapes: list[tuple[int, int]] = []

    def run(self, heads: Sequence[str], given: dict[str, Any]) -> list[NDArray[np.float32]]:
        ids: NDArray[np.int64] = given["ids"]
        self.shapes.append((ids.shape[0], ids.shape[1]))
        drawn = np.random.default_rng(int(ids.sum()))
        answers = []
        for head in heads:
            rows = drawn.normal(size=(*ids.shape, COLUMNS[head])).astype(np.float32)
            rows[..., 0] += self.calm
            answers.append(rows - np.log(np.exp(rows).sum(axis=-1, keepdims=True)))
        return answers


class Noisy(NamedTuple):
    tagger: Tagger
    session: Noise


@pytest.fixture(scope="session")
def wild() -> Noisy:
    """Its labels are spread over every word."""
    session = Noise(calm=0.0)
    return Noisy(Tagger(session, EachLetter()), session)


@pytest.fixture(scope="session")
def calm() -> Noisy:
    """Its labels are as rare as in real text."""
    session = Noise(calm=3.0)
    return Noisy(Tagger(session, EachLetter()), session)
