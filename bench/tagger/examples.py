"""Windows of labelled text, as the network takes them."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from bench.corpus.gold import GoldText
from bench.tagger.labels import NONE, Labelled, labelled
from bench.tagger.network import encoder_folder
from wordkept.model import Span
from wordkept.reading.tagger import HEADS, LONGEST_WORD_PIECES, PAD, window_row
from wordkept.reading.windows import windows
from wordkept.reading.words import sentences, words


@dataclass(frozen=True, slots=True)
class Prepared:
    """A gold text with its word pieces and labels."""

    gold: GoldText
    words: tuple[Span, ...]
    breaks: tuple[Span, ...]
    pieces: list[list[int]]
    labels: Labelled


def tokenizer() -> Tokenizer:
    """The encoder's own tokenizer, with neither padding nor cutting."""
    found = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def prepared(golds: Iterable[GoldText], of: Tokenizer) -> list[Prepared]:
    """Every gold text, ready to be cut into windows."""
    found = []
    for gold in golds:
        spans = words(gold.text)
        pieces = [
            of.encode(span.of(gold.text)[:200], add_special_tokens=False).ids[:LONGEST_WORD_PIECES]
            or [of.token_to_id("[UNK]")]
            for span in spans
        ]
        found.append(Prepared(gold, spans, sentences(gold.text), pieces, labelled(gold, spans)))
    return found


@dataclass(frozen=True, slots=True)
class Batch:
    ids: torch.Tensor
    labels: dict[str, torch.Tensor]


def batches(texts: Sequence[Prepared], size: int, chance: random.Random) -> Iterator[Batch]:
    """All texts once, in windows of chance length, those of like length together."""
    rows = []
    for text in texts:
        most = chance.choice((64, 128, 192, 254))
        sizes = [len(one) for one in text.pieces]
        for cut in windows(text.words, sizes, text.breaks, most):
            ids, first = window_row(text.pieces[cut.first : cut.last])
            labels = {head: [NONE] * len(ids) for head in HEADS}
            for place, word in zip(first, range(cut.first, cut.last), strict=True):
                for head in HEADS:
                    labels[head][place] = getattr(text.labels, head)[word]
            rows.append((ids, labels))
    chance.shuffle(rows)
    rows.sort(key=lambda row: len(row[0]) // 32)
    groups = [rows[start : start + size] for start in range(0, len(rows), size)]
    chance.shuffle(groups)
    for group in groups:
        yield _padded(group)


def _padded(group: Sequence[tuple[list[int], dict[str, list[int]]]]) -> Batch:
    width = max(len(ids) for ids, _ in group)
    return Batch(
        ids=torch.tensor([ids + [PAD] * (width - len(ids)) for ids, _ in group]),
        labels={
            head: torch.tensor([row[head] + [NONE] * (width - len(ids)) for ids, row in group])
            for head in HEADS
        },
    )
