"""Leans the network's word scores towards what the grammar of cues found, before the best labelling is sought."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.claims.decoding import Read
from app.claims.tagger import Attribution
from app.claims.windows import LABELS

# Written in this order, so that a cue or a source inside somebody's content keeps its own label.
_INNERMOST_LAST = ("content", "source", "cue")


def leaned(read: Read, sure: Sequence[Attribution], weight: float) -> Read:
    """`read` with `weight` added to the score of the label that the attributions `sure` give each word, "outside" included."""
    if not weight or not read.words:
        return read
    starts = np.array([word.start_char for word in read.words])
    ends = np.array([word.end_char for word in read.words])
    labels = np.zeros(len(read.words), dtype=np.int64)
    for role in _INNERMOST_LAST:
        begins = LABELS.index(f"B-{role}")
        for attribution in sure:
            for span in getattr(attribution, role):
                first, last = int(np.searchsorted(ends, span.start_char, "right")), int(np.searchsorted(starts, span.end_char))
                labels[first:last] = begins + 1
                labels[first : min(first + 1, last)] = begins
    scores = read.scores.copy()
    scores[np.arange(len(labels)), labels] += np.float32(weight)
    return replace(read, scores=scores)
