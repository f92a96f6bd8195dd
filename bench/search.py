"""Nearest-claim search: `FaissClaimIndex` against FAISS's own exact index over the same vectors."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import faiss
import numpy as np

from app.articles.sentences import split
from app.vectors.encoder import Vectors
from app.vectors.faiss_index import BLAS_FROM_QUERIES, SEARCH_THREADS, FaissClaimIndex
from app.vectors.minilm import MiniLmEncoder
from bench.comparison import Comparison, in_turns
from bench.corpus import Corpus

NEIGHBOURS = 10

# Real sentence vectors stand for many: each is repeated with noise of this length, about the distance of two wordings of one
# sentence (similarity 0.8). Source: chosen; a flat search costs the same whatever the vectors are.
_NOISE_LENGTH = 0.75

_BATCHES = (1, 16, 256)


def compare_search(corpus: Corpus, claims: int, repeats: int, encoded_sentences: int = 1_000) -> list[Comparison]:
    """Queries a second, one at a time and in batches, among `claims` vectors; FAISS as shipped and with its matrix kernel."""
    vectors, queries = _vectors(corpus, claims, encoded_sentences)
    ours = FaissClaimIndex(vectors.shape[1])
    # Spread numbers, as a store has after withdrawals: nothing may depend on a number being a row.
    ours.add((np.arange(claims) * 3 + 1).tolist(), vectors)
    raw = faiss.IndexFlatIP(vectors.shape[1])
    raw.add(vectors)
    # Every core, and the rows walked once a query until there are very many: how FAISS comes.
    shipped = _Kernel("faiss IndexFlatIP as shipped", os.cpu_count() or 1, 128_000)
    same = _Kernel("faiss IndexFlatIP, same kernel and threads", SEARCH_THREADS, BLAS_FROM_QUERIES)
    note = f"recall@{NEIGHBOURS} {_recall(ours, raw, queries):.3f}"
    found = []
    for size in _BATCHES:
        for kernel in (shipped, same):
            measure = f"search, {'one query' if size == 1 else f'{size} queries'} at a time, {claims:,} claims"
            pairs = in_turns(
                _rate(lambda batch: ours.nearest(batch, NEIGHBOURS), queries, size, same),
                _rate(lambda batch: raw.search(batch, NEIGHBOURS), queries, size, kernel),
                repeats,
            )
            found.append(Comparison(measure, "queries/s", kernel.name, pairs, note))
    return [*found, _compare_withdrawal(vectors, repeats)]


def _compare_withdrawal(vectors: Vectors, repeats: int) -> Comparison:
    """Claims withdrawn a second, an article's thirty at a time; the peer is the flat index with FAISS's id map."""
    claims, size, rounds = len(vectors), 30, 5
    ours = FaissClaimIndex(vectors.shape[1])
    ours.add(range(claims), vectors)
    raw = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
    raw.add_with_ids(vectors, np.arange(claims))
    going = np.random.default_rng(3).permutation(claims)[: size * rounds * repeats].reshape(repeats, rounds, size)

    def rate(remove: Callable[[np.ndarray], object]) -> Callable[[int], float]:
        def measure(repeat: int) -> float:
            began = time.perf_counter()
            for numbers in going[repeat]:
                remove(numbers)
            return rounds * size / (time.perf_counter() - began)

        return measure

    pairs = in_turns(
        rate(lambda numbers: ours.remove(numbers.tolist())), rate(lambda numbers: raw.remove_ids(faiss.IDSelectorBatch(numbers))), repeats
    )
    return Comparison(f"withdrawal, {size} claims at a time, {claims:,} claims", "claims/s", "faiss IndexIDMap2 over IndexFlatIP", pairs)


@dataclass(frozen=True)
class _Kernel:
    """How FAISS searches: threads, and the number of queries from which it multiplies matrices."""

    name: str
    threads: int
    blas_from_queries: int


def _rate(search: Callable[[Vectors], object], queries: Vectors, size: int, kernel: _Kernel) -> Callable[[int], float]:
    """A measurement of `search`: queries a second over some batches of `size`."""
    rounds = max(2, 32 // size)

    def measure(repeat: int) -> float:
        faiss.omp_set_num_threads(kernel.threads)
        faiss.cvar.distance_compute_blas_threshold = kernel.blas_from_queries
        starts = [(repeat * rounds + at) * size % (len(queries) - size + 1) for at in range(rounds)]
        try:
            began = time.perf_counter()
            for start in starts:
                search(queries[start : start + size])
            return rounds * size / (time.perf_counter() - began)
        finally:
            faiss.cvar.distance_compute_blas_threshold = BLAS_FROM_QUERIES

    return measure


def _recall(ours: FaissClaimIndex, raw: faiss.IndexFlatIP, queries: Vectors) -> float:
    """The share of FAISS's neighbours that ours are too."""
    _, rows = raw.search(queries[:64], NEIGHBOURS)
    answers = ours.nearest(queries[:64], NEIGHBOURS)
    hits = sum(
        len({near.number for near in found} & set((expected * 3 + 1).tolist())) for found, expected in zip(answers, rows, strict=True)
    )
    return hits / rows.size


def _vectors(corpus: Corpus, claims: int, encoded_sentences: int) -> tuple[Vectors, Vectors]:
    """`claims` unit vectors and 512 queries around the corpus's sentences."""
    texts = list(dict.fromkeys(sentence.text for article in corpus.articles for sentence in split(article.text)))[:encoded_sentences]
    real = MiniLmEncoder.load().encode(texts)
    rng = np.random.default_rng(5)

    def around(count: int) -> Vectors:
        noise = rng.standard_normal((count, real.shape[1]), dtype=np.float32) * np.float32(_NOISE_LENGTH / real.shape[1] ** 0.5)
        noise += real[rng.integers(0, len(real), count)]
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        return noise

    return around(claims), around(512)
