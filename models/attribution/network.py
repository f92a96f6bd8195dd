"""The network: the pinned encoder with shapes added to its input, a label for each word, and vectors for linking spans."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from app.claims.linking import BUCKETS, LINK_DIMENSIONS
from app.claims.windows import LABELS, SHAPES

HIDDEN = 384


class PooledDropout(nn.Module):
    """Dropout whose masks are slices of one random pool: drawing bits costs a CPU more than a matrix product does."""

    def __init__(self, share: float, pool_values: int = 1 << 22):
        super().__init__()
        self.p = share
        self.pool = torch.empty(pool_values).bernoulli_(1 - share) / (1 - share)

    def forward(self, values: Tensor) -> Tensor:
        """The values, some of them zeroed while training."""
        if not self.training or self.p == 0 or values.numel() >= len(self.pool):
            return values
        begin = int(torch.randint(len(self.pool) - values.numel(), ()))
        return values * self.pool[begin : begin + values.numel()].view_as(values)


class LinkHead(nn.Module):
    """Scores for (child, parent) pairs of spans: a product of two projections and a bias by distance; null is a learned parent."""

    def __init__(self) -> None:
        super().__init__()
        self.child = nn.Linear(2 * HIDDEN, LINK_DIMENSIONS)
        self.parent = nn.Linear(2 * HIDDEN, LINK_DIMENSIONS)
        self.distance = nn.Parameter(torch.zeros(BUCKETS))
        self.null = nn.Parameter(torch.zeros(LINK_DIMENSIONS))

    def forward(self, children: Tensor, parents: Tensor, buckets: Tensor) -> Tensor:
        """(n, 2 * HIDDEN), (m, 2 * HIDDEN), (n, m) -> (n, m + 1) scores, the null parent last."""
        child, parent = torch.relu(self.child(children)), torch.relu(self.parent(parents))
        scores = child @ parent.T / LINK_DIMENSIONS**0.5 + self.distance[buckets]
        null: Tensor = child @ self.null / LINK_DIMENSIONS**0.5
        return torch.cat([scores, null[:, None]], dim=1)


class Network(nn.Module):
    """Encoder, label head, and the two link heads (content to its cue, cue to its source)."""

    def __init__(self, encoder: BertModel, dropout: float = 0.1):
        super().__init__()
        self.encoder = encoder
        self.shape = nn.Embedding(SHAPES, HIDDEN)
        nn.init.zeros_(self.shape.weight)
        self.dropout = PooledDropout(dropout)
        for layer in self.encoder.modules():
            for name, child in layer.named_children():
                if isinstance(child, nn.Dropout):
                    setattr(layer, name, PooledDropout(child.p))
        self.label = nn.Linear(HIDDEN, len(LABELS))
        self.content_cue = LinkHead()
        self.cue_source = LinkHead()

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """(batch, pieces) three times -> label scores (batch, pieces, labels) and hidden states (batch, pieces, HIDDEN)."""
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.shape(shapes)
        hidden: Tensor = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return self.label(self.dropout(hidden)), hidden


def fresh(encoder_directory: Path, dropout: float = 0.1) -> Network:
    """A network whose encoder is the pinned one and whose heads are untrained."""
    encoder = BertModel.from_pretrained(
        str(encoder_directory),
        add_pooling_layer=False,
        attn_implementation="sdpa",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=0.0,
    )
    return Network(encoder, dropout)


def empty(encoder_directory: Path) -> Network:
    """The same shape without weights, for loading a checkpoint."""
    config = BertConfig.from_pretrained(str(encoder_directory), attn_implementation="sdpa", attention_probs_dropout_prob=0.0)
    return Network(BertModel(config, add_pooling_layer=False))
