"""The learned tagger: a small encoder that labels every word, run offline by onnxruntime."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordkept.model import Span
from wordkept.reading.tags import best_labels
from wordkept.reading.windows import Window, windows
from wordkept.reading.words import sentences, words

WEIGHTS = Path(__file__).parent / "weights"
HEADS = ("outer", "inner", "terms", "deed", "status")
THREADS = 2
"""Two cores are what a weak laptop has."""
BATCH = 4
"""Windows that go through the encoder together: bounds the memory of a long text."""
CLS, SEP, PAD = 101, 102, 0
"""BERT's marks for the beginning, the end and nothing."""
MOST_REMEMBERED = 100_000
"""Words whose pieces are kept at hand: more would be memory for noise."""
LONGEST_WORD_PIECES = 32
"""A longer word is cut: no word of any language needs more, and a line of noise would."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text's words, and for each head the log-probability of each label at each word."""

    words: tuple[Span, ...]
    scores: dict[str, NDArray[np.float32]]

    def labels(self, head: str) -> NDArray[np.intp]:
        """The likeliest labels of a head that make whole spans."""
        return best_labels(self.scores[head])


class Tagger:
    """A loaded tagger; `Tagger.load` gives one."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}

    @classmethod
    def load(cls, folder: Path = WEIGHTS, *, threads: int = THREADS) -> "Tagger":
        """The tagger in a folder; raises OSError or ImportError where it cannot be loaded."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        weights, tokens = folder / "tagger.onnx", folder / "tokenizer.json"
        for file in (weights, tokens):
            if not file.exists():
                raise FileNotFoundError(file)
        session = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
        return cls(session, Tokenizer.from_file(str(tokens)))

    def tag(self, text: str) -> Tagged:
        """The labels of every word of a text."""
        spans = words(text)
        pieces = [self._pieces(span.of(text)) for span in spans]
        cut = windows(spans, [len(one) for one in pieces], sentences(text))
        found: dict[str, list[NDArray[np.float32]]] = {head: [] for head in HEADS}
        for start in range(0, len(cut), BATCH):
            for head, rows in self._run(cut[start : start + BATCH], pieces).items():
                found[head].extend(rows)
        empty = np.zeros((0, 1), dtype=np.float32)
        return Tagged(
            words=spans,
            scores={head: np.concatenate(rows) if rows else empty for head, rows in found.items()},
        )

    def _pieces(self, word: str) -> list[int]:
        known = self._known.get(word)
        if known is None:
            ids = self._tokenizer.encode(word[:200], add_special_tokens=False).ids
            known = list(ids[:LONGEST_WORD_PIECES]) or [self._tokenizer.token_to_id("[UNK]")]
            if len(self._known) < MOST_REMEMBERED:
                self._known[word] = known
        return known

    def _run(
        self, cut: Sequence[Window], pieces: Sequence[list[int]]
    ) -> dict[str, list[NDArray[np.float32]]]:
        rows, firsts = [], []
        for window in cut:
            row, first = window_row(pieces[window.first : window.last])
            rows.append(row)
            firsts.append(first)
        width = max(map(len, rows))
        ids = np.full((len(rows), width), PAD, dtype=np.int64)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
        answers = self._session.run(list(HEADS), {"ids": ids})
        return {
            head: [answer[number, first] for number, first in enumerate(firsts)]
            for head, answer in zip(HEADS, answers, strict=True)
        }


def window_row(pieces: Sequence[list[int]]) -> tuple[list[int], list[int]]:
    """A window's word pieces between their marks, and where each word's first piece stands.

    >>> window_row([[7], [8, 9]])
    ([101, 7, 8, 9, 102], [1, 2])
    """
    row, first = [CLS], []
    for word in pieces:
        first.append(len(row))
        row.extend(word)
    return [*row, SEP], first


def shipped(threads: int = THREADS) -> Tagger | None:
    """The tagger that ships with wordkept; None where it cannot be loaded here."""
    return _shipped(threads)[0]


def lacking(threads: int = THREADS) -> str | None:
    """Why the tagger that ships cannot be loaded here, in words; None where it can."""
    return _shipped(threads)[1]


@cache
def _shipped(threads: int) -> tuple[Tagger | None, str | None]:
    try:
        return Tagger.load(threads=threads), None
    except ImportError as failure:
        return None, f"{failure.name or 'a library'} is not installed as it should be"
    except FileNotFoundError:
        return None, "its weights are not here"
    except Exception as failure:  # noqa: BLE001  damaged weights raise what their library likes
        return None, f"its weights cannot be read: {type(failure).__name__}"
