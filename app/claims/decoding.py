"""From scores for each word to attributions: the best labelling that is well formed, then spans, then links between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.articles.document import Span
from app.claims.linking import Floats, LinkWeights, TaggedSpan
from app.claims.tagger import Attribution
from app.claims.windows import LABELS, ROLES

# What a missing source or cue counts for. Source: PolNeAR dev, a third of the attributions found without a source are right.
_NO_SOURCE, _NO_CUE = 0.6, 0.5
_FORBIDDEN = np.float32(-1e4)


def _transitions() -> Floats:
    """0 where a label may follow another, far below otherwise: I-role only follows B-role or I-role of the same role."""
    scores = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for before, first in enumerate(LABELS):
        for after, second in enumerate(LABELS):
            if second.startswith("I-") and first[2:] != second[2:]:
                scores[before, after] = _FORBIDDEN
    return scores


TRANSITIONS = _transitions()
START = np.array([_FORBIDDEN if label.startswith("I-") else 0 for label in LABELS], dtype=np.float32)


@dataclass(frozen=True)
class Read:
    """What the network said of one document: one row a word, in text order.

    `scores` (words, labels) are log probabilities or anything that adds like them; `hidden` (words, hidden size).
    """

    words: tuple[Span, ...]
    paragraph_of: NDArray[np.int64]
    scores: Floats
    hidden: Floats


def best_labels(scores: Sequence[Floats]) -> list[NDArray[np.int64]]:
    """For each paragraph's scores (words, labels) the well-formed labelling with the highest sum (Viterbi), shape (words,)."""
    if not scores:
        return []
    order = sorted(range(len(scores)), key=lambda index: -len(scores[index]))
    lengths = np.array([len(scores[index]) for index in order])
    steps = int(lengths[0])
    padded = np.zeros((len(scores), steps, len(LABELS)), dtype=np.float32)
    for row, index in enumerate(order):
        padded[row, : len(scores[index])] = scores[index]
    total = START + padded[:, 0]
    lives = np.searchsorted(-lengths, -np.arange(steps), side="left")  # how many are longer than each step
    came_from = np.zeros((len(scores), steps, len(LABELS)), dtype=np.int64)
    for step in range(1, steps):
        live = int(lives[step])
        paths = total[:live, :, None] + TRANSITIONS
        came_from[:live, step] = paths.argmax(axis=1)
        total[:live] = paths.max(axis=1) + padded[:live, step]
    found: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)] * len(scores)
    for row, index in enumerate(order):
        label = int(total[row].argmax())
        backward = []
        for choices in came_from[row, : lengths[row]][::-1].tolist():
            backward.append(label)
            label = choices[label]
        found[index] = np.array(backward[::-1], dtype=np.int64)
    return found


def spans_of(labels: NDArray[np.int64], first_word: int, paragraph: int) -> list[TaggedSpan]:
    """The runs of one paragraph's labelling; `first_word` is the paragraph's first word in its document."""
    spans: list[TaggedSpan] = []
    for word, label in enumerate(labels.tolist()):
        if label == 0:
            continue
        role, begins = ROLES[(label - 1) // 2], (label - 1) % 2 == 0
        if begins or not spans or spans[-1].role != role or spans[-1].last_word != first_word + word - 1:
            spans.append(TaggedSpan(role, first_word + word, first_word + word, paragraph))
        else:
            spans[-1] = TaggedSpan(role, spans[-1].first_word, first_word + word, paragraph)
    return spans


def attributions(
    reads: Sequence[Read], content_cue: LinkWeights, cue_source: LinkWeights, least_sure: float = 0.0
) -> list[list[Attribution]]:
    """`result[i]` are the attributions of `reads[i]`, in text order of their first span; those less sure than `least_sure` left out."""
    pieces: list[tuple[int, int, int]] = []
    for number, read in enumerate(reads):
        starts = np.flatnonzero(np.diff(read.paragraph_of, prepend=-1))
        ends = [*starts[1:], len(read.words)] if len(starts) else []
        pieces += [(number, int(start), int(end)) for start, end in zip(starts, ends, strict=True)]
    labelled = best_labels([reads[number].scores[start:end] for number, start, end in pieces])
    spans: list[list[TaggedSpan]] = [[] for _ in reads]
    for (number, start, _), labels in zip(pieces, labelled, strict=True):
        spans[number] += spans_of(labels, start, int(reads[number].paragraph_of[start]))
    return [linked(read, found, content_cue, cue_source, least_sure) for read, found in zip(reads, spans, strict=True)]


def linked(
    read: Read, spans: Sequence[TaggedSpan], content_cue: LinkWeights, cue_source: LinkWeights, least_sure: float = 0.0
) -> list[Attribution]:
    """Spans that hang together as attributions.

    Each cue with at least one content becomes an attribution, with the source it chose if any; a content that no cue can
    reach stands alone; cues and sources without content are dropped, and so is what is less sure than `least_sure`.
    """
    sources = [span for span in spans if span.role == "source"]
    cues = [span for span in spans if span.role == "cue"]
    contents = [span for span in spans if span.role == "content"]
    cue_of = content_cue.choose(contents, cues, read.hidden, may_be_none=False)
    source_of = cue_source.choose(cues, sources, read.hidden, may_be_none=True)
    found: list[tuple[list[TaggedSpan], list[TaggedSpan], list[TaggedSpan]]] = []
    for index, cue in enumerate(cues):
        content = [span for span, chosen in zip(contents, cue_of, strict=True) if chosen == index]
        chosen = source_of[index]
        if content:
            found.append(([] if chosen is None else [sources[chosen]], [cue], content))
    found += [([], [], [span]) for span, cue in zip(contents, cue_of, strict=True) if cue is None]
    likely = role_probabilities(read.scores)
    kept = [
        Attribution(*(tuple(_chars(read, span) for span in part) for part in (source, cue, content)))
        for source, cue, content in found
        if sureness(likely, source, cue, content) >= least_sure
    ]
    return sorted(kept, key=first_span)


def role_probabilities(scores: Floats) -> Mapping[str, Floats]:
    """For each role how probably each word bears it, shape (words,), from scores (words, labels)."""
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    whole = likely.sum(axis=1)
    begins = {role: LABELS.index(f"B-{role}") for role in ROLES}
    return {role: likely[:, begin : begin + 2].sum(axis=1) / whole for role, begin in begins.items()}


def sureness(likely: Mapping[str, Floats], source: Sequence[TaggedSpan], cue: Sequence[TaggedSpan], content: Sequence[TaggedSpan]) -> float:
    """How surely the words of an attribution bear their roles, from 0 to 1: the product of the roles' mean probabilities.

    `likely` are the document's `role_probabilities`.
    """
    return _sure(likely, source, _NO_SOURCE) * _sure(likely, cue, _NO_CUE) * _sure(likely, content, 1.0)


def _sure(likely: Mapping[str, Floats], spans: Sequence[TaggedSpan], none: float) -> float:
    if not spans:
        return none
    parts = [likely[spans[0].role][span.first_word : span.last_word + 1] for span in spans]
    words = parts[0] if len(parts) == 1 else np.concatenate(parts)
    return float(np.add.reduce(words) / len(words))


def first_span(attribution: Attribution) -> Span:
    """The first of an attribution's spans in the text: attributions are ordered by it."""
    return min((*attribution.source, *attribution.cue, *attribution.content))


def _chars(read: Read, span: TaggedSpan) -> Span:
    return Span(read.words[span.first_word].start_char, read.words[span.last_word].end_char)
