"""Tagging without the service, and the figures of its answers: the measures the extraction is judged by."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import torch

from app.articles.document import Span
from app.claims.decoding import Read, attributions
from app.claims.linking import LinkWeights
from app.claims.remembering import Rows
from app.claims.tagger import Attribution
from app.claims.trained import fresh, joined
from app.claims.windows import ROLES, Reader, Window, line_spans
from models.attribution.examples import Gold
from models.attribution.network import Network

_TOKEN = re.compile(r"\w+|[^\w\s]")
_BATCH_PIECES = 6000


def tag(
    network: Network, reader: Reader, golds: Sequence[Gold], window_pieces: int = 256, context_pieces: int = 64
) -> list[list[Attribution]]:
    """The network's attributions for each text, whose lines are its paragraphs."""
    reads, (content_cue, cue_source) = read_all(network, reader, golds, window_pieces, context_pieces), link_weights(network)
    return attributions(reads, content_cue, cue_source)


def link_weights(network: Network) -> tuple[LinkWeights, LinkWeights]:
    """The content-to-cue and the cue-to-source head as arrays."""
    arrays = {
        name: weight.detach().numpy() for name, weight in network.state_dict().items() if name.startswith(("content_cue", "cue_source"))
    }
    return LinkWeights.named(arrays, "content_cue"), LinkWeights.named(arrays, "cue_source")


def read_all(network: Network, reader: Reader, golds: Sequence[Gold], window_pieces: int, context_pieces: int) -> list[Read]:
    """One Read a text (each holds a word), from the torch network."""
    cut = [reader.windows(reader.paragraphs(gold.text, line_spans(gold.text)), window_pieces, context_pieces) for gold in golds]
    flat = [(number, place, window) for number, windows in enumerate(cut) for place, window in enumerate(windows)]
    results: dict[tuple[int, int], Rows] = {}
    network.eval()
    for batch in _like_lengths(flat):
        width = max(len(window.pieces) for _, _, window in batch)
        arrays = np.zeros((3, len(batch), width), dtype=np.int64)
        for row, (_, _, window) in enumerate(batch):
            arrays[:, row, : len(window.pieces)] = np.stack([window.pieces, window.shapes, np.ones(len(window.pieces), dtype=np.int64)])
        with torch.inference_mode():
            scores, hidden = network(*(torch.from_numpy(array) for array in arrays))
            scores = scores.log_softmax(-1)
        for row, (number, place, window) in enumerate(batch):
            size = len(window.pieces)
            results[number, place] = fresh(window, scores[row, :size].numpy(), hidden[row, :size].numpy())
    return [joined(windows, [results[number, place] for place in range(len(windows))]) for number, windows in enumerate(cut)]


def _like_lengths(windows: list[tuple[int, int, Window]]) -> Iterator[list[tuple[int, int, Window]]]:
    batch: list[tuple[int, int, Window]] = []
    for item in sorted(windows, key=lambda entry: -len(entry[2].pieces)):
        if batch and (len(batch) + 1) * len(batch[0][2].pieces) > _BATCH_PIECES:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


def figures(golds: Sequence[Gold], found: Sequence[Sequence[Attribution]]) -> dict[str, float]:
    """Overlap and exact F1 for each role and F1 of linked attributions, over all texts.

    Overlap counts words and punctuation marks that bear the role in any attribution; exact counts whole spans; linked asks
    that content and source both share half their tokens (Jaccard) with those of one gold attribution.
    """
    overlap = {role: [0, 0, 0] for role in ROLES}
    exact = {role: [0, 0, 0] for role in ROLES}
    link = [0, 0, 0]
    for gold, predicted in zip(golds, found, strict=True):
        tokens = [Span(*match.span()) for match in _TOKEN.finditer(gold.text)]
        wanted, got = _covered(tokens, gold.attributions), _covered(tokens, predicted)
        for role in ROLES:
            _count(overlap[role], frozenset().union(*(item[role] for item in got)), frozenset().union(*(item[role] for item in wanted)))
            _count(exact[role], {item[role] for item in got if item[role]}, {item[role] for item in wanted if item[role]})
        used: set[int] = set()
        for item in got:
            for index, other in enumerate(wanted):
                no_source = not (item["source"] or other["source"])
                same = _jaccard(item["content"], other["content"]) >= 0.5 and (
                    _jaccard(item["source"], other["source"]) >= 0.5 or no_source
                )
                if index not in used and other["content"] and same:
                    used.add(index)
                    break
        link = [link[0] + len(used), link[1] + len(got), link[2] + len(wanted)]
    result = {f"{role}_overlap_f1": _f1(overlap[role]) for role in ROLES} | {f"{role}_exact_f1": _f1(exact[role]) for role in ROLES}
    result |= {"linked_precision": link[0] / max(link[1], 1), "linked_recall": link[0] / max(link[2], 1), "linked_f1": _f1(link)}
    return {name: round(value, 4) for name, value in result.items()}


def _covered(tokens: Sequence[Span], items: Sequence[Attribution]) -> list[dict[str, frozenset[int]]]:
    return [
        {
            role: frozenset(i for i, token in enumerate(tokens) if any(token.overlaps(span) for span in getattr(item, role)))
            for role in ROLES
        }
        for item in items
    ]


def _count(totals: list[int], got: set[frozenset[int]] | frozenset[int], wanted: set[frozenset[int]] | frozenset[int]) -> None:
    totals[0] += len(got & wanted)
    totals[1] += len(got)
    totals[2] += len(wanted)


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _f1(totals: Sequence[int]) -> float:
    return 2 * totals[0] / (totals[1] + totals[2]) if totals[1] + totals[2] else 0.0
