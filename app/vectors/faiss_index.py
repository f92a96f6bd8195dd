"""The claim index that is exact: every search looks at every vector, through FAISS.

The rows live in one matrix of our own and `faiss.knn` searches it with the kernel behind `IndexFlatIP`. FAISS's own flat index
with an id map moves every later row when one is removed; here the last row moves into the hole, so replacing or withdrawing a
claim costs one row, however many are held.
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import faiss
import numpy as np
from numpy.typing import NDArray

from app.vectors import snapshot
from app.vectors.checking import checked_additions, checked_numbers, checked_vectors
from app.vectors.checksum import MODULUS, Numbers, terms_sum
from app.vectors.encoder import Vectors
from app.vectors.index import Neighbour

# From how many queries on FAISS multiplies matrices instead of walking the rows once a query. It ships with 128,000 here.
# Source: measured, faiss-cpu 1.15.1, 100,000 x 384: 256 queries take 0.2 s above the threshold and 3.9 s below it; the two
# are equal at about 3 queries.
BLAS_FROM_QUERIES = 4

# Source: measured on two cores, 16 queries among 20,000 rows: threads that share the cores with other work (encoding, say) wait
# for each other at every block and take 650 ms where one takes 50; with cores to spare the second gained a fifth.
SEARCH_THREADS = 1

# Two kernels (and two positions in one) may round the same product differently by this much at most; neighbours closer than
# that are told apart in float64. Source: float32's step is 6e-8, 384 products of unit vectors measured to differ by 5e-7.
ROUNDING_SIMILARITY = 2e-6

# Candidates fetched beyond those asked for, so that a few equal claims at the boundary need no second look.
SPARE_CANDIDATES = 8

_FIRST_CAPACITY_ROWS = 1024

faiss.cvar.distance_compute_blas_threshold = BLAS_FROM_QUERIES


class FaissClaimIndex:
    """`ClaimIndex` over an exact flat inner-product search. One lock: calls from several threads take turns.

    The same query gives the same answer alone or in a batch and whatever the order in which claims came: similarities of the
    candidates are computed again in float64 and ties are ordered by number.
    """

    shared = False

    def __init__(self, dimensions: int, *, threads: int = SEARCH_THREADS):
        """An empty index of `dimensions` columns; `threads` bounds the threads that one search uses."""
        self.dimensions = dimensions
        self._threads = threads
        self._lock = threading.RLock()
        self._vectors: Vectors = np.empty((_FIRST_CAPACITY_ROWS, dimensions), dtype=np.float32)
        self._numbers: Numbers = np.empty(_FIRST_CAPACITY_ROWS, dtype=np.int64)
        self._rows: dict[int, int] = {}
        self._checksum = 0

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, number: int) -> bool:
        return number in self._rows

    def checksum(self) -> int:
        """See `ClaimIndex`; equals `checksum_of` the numbers held."""
        return self._checksum

    def add(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """See `ClaimIndex`. Also refuses vectors that are not of unit length; on any refusal nothing is added."""
        keys, rows_given = checked_additions(numbers, vectors, self.dimensions)
        with self._lock:
            held = len(self._rows)
            known = np.fromiter((key in self._rows for key in keys.tolist()), dtype=np.bool_, count=len(keys))
            fresh = keys[~known]
            self._reserve(held + len(fresh))
            self._vectors[[self._rows[key] for key in keys[known].tolist()]] = rows_given[known]
            self._vectors[held : held + len(fresh)] = rows_given[~known]
            self._numbers[held : held + len(fresh)] = fresh
            self._rows.update(zip(fresh.tolist(), range(held, held + len(fresh)), strict=True))
            self._checksum = (self._checksum + terms_sum(fresh)) % MODULUS

    def remove(self, numbers: Sequence[int]) -> None:
        """See `ClaimIndex`; costs one row a number, whatever the size of the index."""
        with self._lock:
            going = [key for key in dict.fromkeys(checked_numbers(numbers).tolist()) if key in self._rows]
            freed = np.array([self._rows.pop(key) for key in going], dtype=np.int64)
            left = len(self._rows)
            # As many of the freed rows lie before the new end as kept rows lie after it: those move into these.
            holes = freed[freed < left]
            tail = np.setdiff1d(np.arange(left, left + len(freed)), freed, assume_unique=True)
            self._vectors[holes] = self._vectors[tail]
            self._numbers[holes] = self._numbers[tail]
            self._rows.update(zip(self._numbers[holes].tolist(), holes.tolist(), strict=True))
            self._checksum = (self._checksum - terms_sum(np.array(going, dtype=np.int64))) % MODULUS

    def nearest(self, vectors: Vectors, count: int, min_similarity: float = -1.0) -> list[list[Neighbour]]:
        """See `ClaimIndex`; fewer than `count` where fewer are held or near enough. Raises ValueError when `count` is negative."""
        queries = checked_vectors(vectors, self.dimensions)
        if count < 0:
            raise ValueError(f"count must not be negative, got {count}")
        with self._lock:
            held = len(self._rows)
            if not held or not count or not len(queries):
                return [[] for _ in queries]
            # OpenMP keeps this setting for each calling thread apart, so it is made where the search runs.
            faiss.omp_set_num_threads(self._threads)
            wanted = min(held, count + SPARE_CANDIDATES)
            found, rows = faiss.knn(queries, self._vectors[:held], wanted, metric=faiss.METRIC_INNER_PRODUCT)
            return self._exact(queries, found, rows, count, min_similarity)

    def everything(self) -> tuple[Numbers, Vectors]:
        """A copy of all numbers and their vectors, row by row."""
        with self._lock:
            held = len(self._rows)
            return self._numbers[:held].copy(), self._vectors[:held].copy()

    def vectors_of(self, numbers: Sequence[int]) -> Vectors:
        """The vectors of these claims, one row a number. Raises KeyError for one that is not held."""
        with self._lock:
            return self._vectors[[self._rows[number] for number in numbers]]

    def save(self, path: Path, *, encoder_id: str) -> None:
        """Writes a snapshot at `path` and its sidecar beside it; searches wait meanwhile. Raises OSError when the disk refuses."""
        with self._lock:
            held = len(self._rows)
            snapshot.write(path, self._numbers[:held], self._vectors[:held], encoder_id)

    @classmethod
    def load(
        cls,
        path: Path,
        *,
        dimensions: int,
        encoder_id: str,
        count: int | None = None,
        checksum: int | None = None,
        threads: int = SEARCH_THREADS,
    ) -> Self | None:
        """The index saved at `path`; None when it is missing or broken or is not what the caller expects.

        `count` and `checksum` are those of the rows in SQL; None leaves one unchecked.
        """
        stored = snapshot.read(path)
        if stored is None:
            return None
        sidecar, numbers, vectors = stored
        expected = (dimensions, encoder_id, sidecar.count if count is None else count, sidecar.checksum if checksum is None else checksum)
        if (sidecar.dimensions, sidecar.encoder_id, sidecar.count, sidecar.checksum) != expected:
            return None
        index = cls(dimensions, threads=threads)
        if sidecar.count:
            index._vectors, index._numbers = vectors, numbers
        index._rows = dict(zip(numbers.tolist(), range(sidecar.count), strict=True))
        index._checksum = sidecar.checksum
        return index

    def _exact(self, queries: Vectors, found: Vectors, rows: NDArray[np.int64], count: int, min_similarity: float) -> list[list[Neighbour]]:
        """The answers, from FAISS's candidates: `found[i]` falls, and `rows[i]` are the rows they belong to."""
        held, fetched = len(self._rows), rows.shape[1]
        exact = np.einsum("qcd,qd->qc", self._vectors[rows], queries, dtype=np.float64, casting="same_kind")
        answers = self._ranked(rows, exact, count, min_similarity)
        if held == fetched:
            return answers
        # Equal claims (a wire copy in many outlets) may go on past the last candidate: then all that may tie are looked at.
        furthest = np.maximum(found[:, count - 1], np.float32(min_similarity)) - np.float32(ROUNDING_SIMILARITY)
        again: dict[bytes, list[Neighbour]] = {}
        for i in np.flatnonzero(found[:, -1] >= furthest).tolist():
            key = queries[i].tobytes()
            if key not in again:
                near = np.flatnonzero(self._vectors[:held] @ queries[i] >= furthest[i])
                exact = np.einsum("cd,d->c", self._vectors[near], queries[i], dtype=np.float64, casting="same_kind")
                again[key] = self._ranked(near[None], exact[None], count, min_similarity)[0]
            answers[i] = list(again[key])
        return answers

    def _ranked(
        self, rows: NDArray[np.int64], similarities: NDArray[np.float64], count: int, min_similarity: float
    ) -> list[list[Neighbour]]:
        """The `count` best of each line of rows, closest first, ties by number."""
        rounded = np.clip(similarities, -1.0, 1.0).astype(np.float32)
        numbers = self._numbers[rows]
        order = np.lexsort((numbers, -rounded), axis=1)[:, :count]
        lines = zip(np.take_along_axis(numbers, order, 1).tolist(), np.take_along_axis(rounded, order, 1).tolist(), strict=True)
        return [[Neighbour(*pair) for pair in zip(*line, strict=True) if pair[1] >= min_similarity] for line in lines]

    def _reserve(self, rows: int) -> None:
        """Makes room for `rows` in all, growing by half so that many small additions copy each row a few times only."""
        if rows <= len(self._numbers):
            return
        held = len(self._rows)
        capacity = max(rows, len(self._numbers) * 3 // 2)
        vectors = np.empty((capacity, self.dimensions), dtype=np.float32)
        numbers = np.empty(capacity, dtype=np.int64)
        vectors[:held] = self._vectors[:held]
        numbers[:held] = self._numbers[:held]
        self._vectors, self._numbers = vectors, numbers
