"""Vectors of very many claims: those of real sentences, each repeated with noise, as one sentence is worded in many ways."""

from pathlib import Path

import numpy as np

from app.articles.sentences import split
from app.vectors.encoder import Vectors
from app.vectors.minilm import MiniLmEncoder
from bench.corpus import from_file, synthetic

# The length of the noise. Source: chosen; about the distance of two wordings of one sentence (similarity 0.8).
_NOISE_LENGTH = 0.75
# How many claims stand around one sentence. Source: chosen; a nearest ten then exist, and with fewer than so many the tenth is noise.
_CLAIMS_A_SENTENCE = 50
_SENTENCES_AN_ARTICLE = 8
_PIECE_ROWS = 50_000


def sentence_vectors(count: int, articles: Path | None, seed: int, kept: Path | None) -> Vectors:
    """Unit vectors of up to `count` different sentences; read from `kept` where that file is, written there where it is not."""
    if kept is not None and kept.exists():
        stored: Vectors = np.load(kept)
        return stored[:count]
    needed = max(20, count // _SENTENCES_AN_ARTICLE)
    corpus = synthetic(needed, seed) if articles is None else from_file(articles, needed)
    texts = list(dict.fromkeys(sentence.text for article in corpus.articles for sentence in split(article.text)))[:count]
    vectors = MiniLmEncoder.load().encode(texts)
    if kept is not None:
        np.save(kept, vectors)
    return vectors


def sentences_for(claims: int, at_most: int) -> int:
    """How many sentences so many claims stand around."""
    return max(1, min(at_most, claims // _CLAIMS_A_SENTENCE))


def around(sentences: Vectors, count: int, seed: int) -> Vectors:
    """`count` unit vectors, each near one of the sentences."""
    rng = np.random.default_rng(seed)
    dimensions = sentences.shape[1]
    found = np.empty((count, dimensions), dtype=np.float32)
    for at in range(0, count, _PIECE_ROWS):
        some = found[at : at + _PIECE_ROWS]
        some[:] = rng.standard_normal(some.shape, dtype=np.float32) * np.float32(_NOISE_LENGTH / dimensions**0.5)
        some += sentences[rng.integers(0, len(sentences), len(some))]
        some /= np.linalg.norm(some, axis=1, keepdims=True)
    return found
