"""The trained tagger: an ONNX network labels words, link heads tie the labelled spans together.

Its convention is that of its training data: a source is the whole noun phrase with its relative clauses and appositions
("a senior official quoted by the Courier"), whom somebody "told" belongs to no span, "that" and quotation marks belong to the
content. See `models/attribution/CARD.md`.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from app.articles.document import Document, Span
from app.claims.decoding import Read, attributions
from app.claims.linking import BUCKETS, Floats, LinkWeights
from app.claims.passages import story
from app.claims.remembering import RememberedWindows, Rows
from app.claims.tagger import Attribution
from app.claims.windows import LABELS, SHAPES, Reader, Window, paragraph_spans
from app.errors import StartRefused

MODEL, LINKS, TOKENIZER, CONFIG = "model.onnx", "link.safetensors", "tokenizer.json", "config.json"
_ID_HEX_DIGITS = 12
# Unless the artefact says otherwise. Source: PolNeAR dev with version 2: weights from 0 to 2 and thresholds from 0 to 0.4 were tried;
# linked F1 .704 without either, .714 with the weight, .722 with both; above 0.3 too little content is left.
GRAMMAR_WEIGHT, LEAST_SURE = 1.0, 0.27

# Sums that are normalised in one operation take longer than in two. Source: 240 pieces on one core, 37.1 ms together and 32.6 ms apart.
_SLOWER_TOGETHER = ["SkipLayerNormFusion"]

# Pieces and shapes of one window, each (pieces,) -> log probabilities (pieces, labels) and hidden states (pieces, hidden).
Run = Callable[[NDArray[np.int64], NDArray[np.int64]], tuple[Floats, Floats]]


@dataclass(frozen=True)
class Artefact:
    """What the tagger needs: the network, how to cut text for it, and the two link heads.

    `grammar_weight` says how far a grammar may lean the word scores (log probability), `least_sure` which attributions are left out
    (the product of their roles' probabilities).
    """

    version: str
    run: Run
    reader: Reader
    content_cue: LinkWeights
    cue_source: LinkWeights
    window_pieces: int
    context_pieces: int
    grammar_weight: float = 0.0
    least_sure: float = 0.0


class TrainedTagger:
    """`AttributionTagger` over a trained artefact.

    Windows go through the network one by one: with 8-bit weights a batch is no faster (measured: 65 ms against 68 ms for 256
    pieces on one core), and a document's result cannot depend on the company it is tagged in.
    """

    def __init__(self, artefact: Artefact):
        """Wraps a loaded artefact; `load` is the usual way in."""
        self._artefact = artefact
        self._rows = RememberedWindows(lambda window: fresh(window, *artefact.run(window.pieces, window.shapes)))

    @classmethod
    def load(cls, directory: Path, *, threads: int | None = None) -> Self:
        """Loads the artefact in `directory`; `threads` bounds the processor threads of one call (None: all cores).

        Raises StartRefused when a file is missing or is not the one that `config.json` names.
        """
        config = _config(directory)
        for name in (MODEL, LINKS, TOKENIZER):
            _verify(directory / name, str(config["sha256"][name]))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            str(directory / MODEL), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER_TOGETHER
        )

        def run(pieces: NDArray[np.int64], shapes: NDArray[np.int64]) -> tuple[Floats, Floats]:
            scores, hidden = session.run(["scores", "hidden"], {"pieces": pieces, "shapes": shapes})
            return scores + bias, hidden

        bias = np.array(config["label_bias"], dtype=np.float32)
        links: dict[str, Any] = load_file(directory / LINKS)
        version = f"attribution-{config['version']}-{config['sha256'][MODEL][:_ID_HEX_DIGITS]}"
        reader = Reader(Tokenizer.from_file(str(directory / TOKENIZER)))
        content_cue, cue_source = (LinkWeights.named(links, head) for head in ("content_cue", "cue_source"))
        sizes = int(config["window_pieces"]), int(config["context_pieces"])
        leaning = float(config.get("grammar_weight", GRAMMAR_WEIGHT)), float(config.get("least_sure", LEAST_SURE))
        return cls(Artefact(version, run, reader, content_cue, cue_source, *sizes, *leaning))

    @property
    def id(self) -> str:
        return self._artefact.version

    @property
    def grammar_weight(self) -> float:
        """How far a grammar may lean what was read."""
        return self._artefact.grammar_weight

    def tag(self, documents: Sequence[Document]) -> list[list[Attribution]]:
        """`result[i]` are the attributions of `documents[i]`; a document without words has none."""
        return self.link(self.read(documents))

    def read(self, documents: Sequence[Document]) -> list[Read]:
        """`result[i]` is what the network says of the words of `documents[i]` that tell its story: without dateline and credits, which
        change when others print it.
        """
        return [self._read(document.text, paragraph_spans(story(document))) for document in documents]

    def link(self, reads: Sequence[Read]) -> list[list[Attribution]]:
        """`result[i]` are the attributions of `reads[i]`, in text order of their first span."""
        return attributions(reads, self._artefact.content_cue, self._artefact.cue_source, self._artefact.least_sure)

    def _read(self, text: str, paragraphs: Sequence[Span]) -> Read:
        """What the network says of each word of `text`; words outside `paragraphs` are not read."""
        artefact = self._artefact
        windows = artefact.reader.windows(artefact.reader.paragraphs(text, paragraphs), artefact.window_pieces, artefact.context_pieces)
        if not windows:
            return Read((), np.zeros(0, np.int64), np.zeros((0, len(LABELS)), np.float32), np.zeros((0, 0), np.float32))
        return joined(windows, [self._rows(window) for window in windows])


def fresh(window: Window, scores: Floats, hidden: Floats) -> Rows:
    """The rows of a window's fresh words, out of the network's (pieces, …)."""
    rows = window.first_piece[window.context_words :]
    return scores[rows], hidden[rows].astype(np.float16)


def joined(windows: Sequence[Window], outputs: Sequence[Rows]) -> Read:
    """The fresh words of all windows (at least one) with their rows, in text order."""
    return Read(
        tuple(word for window in windows for word in window.words[window.context_words :]),
        np.concatenate([window.paragraph_of[window.context_words :] for window in windows]),
        np.concatenate([scores for scores, _ in outputs]),
        np.concatenate([hidden for _, hidden in outputs]).astype(np.float32),
    )


def _config(directory: Path) -> dict[str, Any]:
    """config.json, once it is sure that these weights were made for this code."""
    path = directory / CONFIG
    if not path.is_file():
        raise _refused(path, "is missing")
    try:
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        same = tuple(config["labels"]) == LABELS and config["shapes"] == SHAPES and config["distance_buckets"] == BUCKETS
        same = same and len(config["label_bias"]) == len(LABELS)
        complete = all(name in config["sha256"] for name in (MODEL, LINKS, TOKENIZER)) and "version" in config
    except (ValueError, KeyError, TypeError) as error:
        raise _refused(path, f"cannot be read ({error})") from error
    if not (same and complete):
        raise _refused(path, "describes weights made for another version of the tagger")
    return config


def _verify(path: Path, sha256: str) -> None:
    if not path.is_file():
        raise _refused(path, "is missing")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise _refused(path, f"is not the file that {CONFIG} names (SHA-256 {found}, expected {sha256})")


def _refused(path: Path, what: str) -> StartRefused:
    return StartRefused(
        f"The attribution tagger cannot be loaded: {path} {what}. Restore the folder from the repository, or make it anew with "
        "models/attribution/train.py and export.py."
    )
