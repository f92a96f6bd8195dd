"""Which cue a content belongs to, and which source a cue: scores between tagged spans.

The weights are the trained tagger's (`link.safetensors`); the arithmetic is a product of projections, so numpy is enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LINK_DIMENSIONS = 128
_SIDE = 7
BUCKETS = 2 * _SIDE + 1

# Nothing further apart than one paragraph is ever linked.
# Source: PolNeAR train, 18,279 of 18,360 sources stand in the paragraph of their content, 72 in the next one.
MAX_PARAGRAPHS = 1

# Products up to this many multiplications stay on the calling thread. Source: OpenBLAS shares out what is larger, and its
# threads wait for each other: 41 rows took 0.2 ms in blocks on a busy two-core machine, and 2,300 ms whole.
_BLOCK_MULTIPLICATIONS = 1 << 18


@dataclass(frozen=True)
class TaggedSpan:
    """A run of words [first_word, last_word] (inclusive, within its window) that got one role, in one paragraph."""

    role: str
    first_word: int
    last_word: int
    paragraph: int


def buckets(children: list[TaggedSpan], parents: list[TaggedSpan]) -> NDArray[np.int64]:
    """How far each parent is from each child in words, signed, on a scale of doublings: (children, parents), in [0, BUCKETS)."""
    first = np.array([span.first_word for span in children], dtype=np.int64)[:, None]
    last = np.array([span.last_word for span in children], dtype=np.int64)[:, None]
    parent_first = np.array([span.first_word for span in parents], dtype=np.int64)[None, :]
    parent_last = np.array([span.last_word for span in parents], dtype=np.int64)[None, :]
    after = parent_first > last
    gap = np.where(after, parent_first - last, first - parent_last)
    steps = np.minimum(np.log2(np.maximum(gap, 1)).astype(np.int64) + 1, _SIDE)
    return np.where(gap <= 0, _SIDE, np.where(after, _SIDE + steps, _SIDE - steps))


def reachable(children: list[TaggedSpan], parents: list[TaggedSpan]) -> NDArray[np.bool_]:
    """Whether each pair may be linked at all, shape (children, parents)."""
    child = np.array([span.paragraph for span in children], dtype=np.int64)[:, None]
    parent = np.array([span.paragraph for span in parents], dtype=np.int64)[None, :]
    near: NDArray[np.bool_] = np.abs(child - parent) <= MAX_PARAGRAPHS
    return near


@dataclass(frozen=True)
class LinkWeights:
    """One link head: two projections (LINK_DIMENSIONS, 2 * hidden) with biases, a bias a bucket, and the null parent."""

    child: Floats
    child_bias: Floats
    parent: Floats
    parent_bias: Floats
    distance: Floats
    null: Floats

    @classmethod
    def named(cls, weights: Mapping[str, Floats], prefix: str) -> "LinkWeights":
        """The head whose tensors begin with `prefix`; KeyError when one is missing."""
        names = ("child.weight", "child.bias", "parent.weight", "parent.bias", "distance", "null")
        return cls(*(np.asarray(weights[f"{prefix}.{name}"], dtype=np.float32) for name in names))

    def choose(self, children: list[TaggedSpan], parents: list[TaggedSpan], hidden: Floats, *, may_be_none: bool) -> list[int | None]:
        """For each child the index of its parent, None where none is reachable or, if allowed, the null parent scores highest.

        `hidden` has one row a word of the window.
        """
        if not children or not parents:
            return [None] * len(children)
        child = np.maximum(product(_ends(children, hidden), self.child.T) + self.child_bias, 0)
        parent = np.maximum(product(_ends(parents, hidden), self.parent.T) + self.parent_bias, 0)
        scale = np.float32(LINK_DIMENSIONS**0.5)
        scores = product(child, parent.T) / scale + self.distance[buckets(children, parents)]
        scores = np.where(reachable(children, parents), scores, -np.inf)
        null = child @ self.null / scale if may_be_none else np.full(len(children), -np.inf)
        best = scores.argmax(axis=1)
        return [int(top) if row[top] > none else None for row, top, none in zip(scores, best, null, strict=True)]


def product(left: Floats, right: Floats) -> Floats:
    """`left @ right` in blocks of rows, each small enough not to be shared out among threads."""
    rows = max(_BLOCK_MULTIPLICATIONS // right.size, 2)
    return np.concatenate([left[first : first + rows] @ right for first in range(0, len(left), rows)])


def _ends(spans: list[TaggedSpan], hidden: Floats) -> Floats:
    """Each span's first and last word side by side, shape (spans, 2 * hidden)."""
    first = [span.first_word for span in spans]
    last = [span.last_word for span in spans]
    return np.concatenate([hidden[first], hidden[last]], axis=1)
