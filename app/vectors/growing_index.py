"""The embedded claim index: exact while claims are few, in cells once they are many."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import faiss
import numpy as np
import structlog

from app.vectors import cell_snapshot
from app.vectors.cells import PROBES, CellIndex
from app.vectors.checking import checked_additions, checked_numbers, checked_vectors
from app.vectors.checksum import MODULUS, Numbers, terms_sum
from app.vectors.encoder import Vectors
from app.vectors.faiss_index import SEARCH_THREADS, FaissClaimIndex
from app.vectors.index import Neighbour
from app.vectors.rows import PIECE_ROWS, RowFile, Slots, remove_others

log = structlog.get_logger()

# Up to so many claims every vector is looked at. Source: measured, docs/decisions/0010: there one query takes as long as may be, and
# a batch still less than in cells.
EXACT_CLAIMS = 30_000
# Cells are trained anew when there are so many times the claims they were trained on. Source: decision; a cell then holds four times as
# many, about which a search of the same number of cells takes twice as long.
TRAIN_ANEW_TIMES = 4


@dataclass(frozen=True)
class _Held:
    """What is held at one moment: numbers, and the vectors of those at given positions, which stay readable while others change."""

    numbers: Numbers
    read: Callable[[Slots], Vectors]


class GrowingClaimIndex:
    """`ClaimIndex` of one process. One lock: calls from several threads take turns.

    Up to `exact_claims` it is a `FaissClaimIndex`. Past that cells are trained in the background and swapped in when they are whole;
    until then every search is exact. They are trained anew when the claims have grown `TRAIN_ANEW_TIMES`, or when more rows of the
    file are forgotten than held. Searches and changes go on meanwhile, and no request waits for more than what changed since.
    """

    shared = False

    def __init__(
        self,
        dimensions: int,
        path: Path,
        *,
        exact_claims: int = EXACT_CLAIMS,
        probes: int = PROBES,
        threads: int = SEARCH_THREADS,
    ):
        """An empty index whose snapshot lies at `path`, and the file of its rows beside it once they are many."""
        self.dimensions = dimensions
        self._path = path
        self._exact_claims = exact_claims
        self._probes = probes
        self._threads = threads
        self._lock = threading.RLock()
        self._held: FaissClaimIndex | CellIndex = FaissClaimIndex(dimensions, threads=threads)
        self._checksum = 0
        # The numbers added or removed since the running training began; None when none runs.
        self._changed: set[int] | None = None
        self._training: threading.Thread | None = None
        self._stopping = threading.Event()

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, number: int) -> bool:
        return number in self._held

    @property
    def exact(self) -> bool:
        """Whether every search looks at every vector."""
        return isinstance(self._held, FaissClaimIndex)

    def checksum(self) -> int:
        """See `ClaimIndex`; equals `checksum_of` the numbers held."""
        return self._checksum

    def add(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """See `ClaimIndex`. Also refuses vectors that are not of unit length; on any refusal nothing is added."""
        keys, rows = checked_additions(numbers, vectors, self.dimensions)
        with self._lock:
            fresh = np.array([key for key in keys.tolist() if key not in self._held], dtype=np.int64)
            _put(self._held, keys, rows)
            self._checksum = (self._checksum + terms_sum(fresh)) % MODULUS
            if self._changed is not None:
                self._changed.update(keys.tolist())
            self._train_if_due()

    def remove(self, numbers: Sequence[int]) -> None:
        """See `ClaimIndex`; costs about a microsecond a number, whatever the size of the index."""
        with self._lock:
            going = [key for key in dict.fromkeys(checked_numbers(numbers).tolist()) if key in self._held]
            self._held.remove(going)
            self._checksum = (self._checksum - terms_sum(np.array(going, dtype=np.int64))) % MODULUS
            if self._changed is not None:
                self._changed.update(going)
            self._train_if_due()

    def nearest(self, vectors: Vectors, count: int, min_similarity: float = -1.0) -> list[list[Neighbour]]:
        """See `ClaimIndex`; fewer than `count` where fewer are held or near enough. Raises ValueError when `count` is negative."""
        queries = checked_vectors(vectors, self.dimensions)
        if count < 0:
            raise ValueError(f"count must not be negative, got {count}")
        with self._lock:
            if isinstance(self._held, FaissClaimIndex):
                return self._held.nearest(queries, count, min_similarity)
            if not len(self._held) or not count or not len(queries):
                return [[] for _ in queries]
            faiss.omp_set_num_threads(self._threads)
            return self._held.nearest(queries, count, min_similarity)

    def vectors_of(self, numbers: Sequence[int]) -> Vectors:
        """The vectors of these claims, one row a number. Raises KeyError for one that is not held."""
        with self._lock:
            return self._held.vectors_of(numbers)

    def fill(self, chunks: Iterable[tuple[Sequence[int], Vectors]]) -> None:
        """Puts all of it into an empty index, each number once, and returns when searches are as fast as they will be."""
        rows = RowFile.beside(self._path, self.dimensions)
        remove_others(self._path, rows.path.name)
        numbers: list[int] = []
        for keys, vectors in chunks:
            given, matrix = checked_additions(keys, vectors, self.dimensions)
            rows.append(matrix)
            numbers += given.tolist()
        if len(numbers) <= self._exact_claims:
            for first, piece in rows.pieces():
                self.add(numbers[first : first + len(piece)], piece)
            rows.remove()
            return
        faiss.omp_set_num_threads(self._threads)
        built = CellIndex.built(rows, np.array(numbers, dtype=np.int64), probes=self._probes)
        with self._lock:
            self._held = built or self._held
            self._checksum = terms_sum(np.array(numbers, dtype=np.int64))

    def keep_only(self, numbers: Sequence[int]) -> None:
        """Forgets every claim but these."""
        with self._lock:
            held = self._held.everything()[0] if isinstance(self._held, FaissClaimIndex) else self._held.held()[0]
            self.remove(np.setdiff1d(held, checked_numbers(numbers)).tolist())

    def settle(self) -> None:
        """Returns when no training runs any more."""
        while (training := self._training) is not None:
            training.join()

    def save(self, path: Path, *, encoder_id: str) -> None:
        """Writes a snapshot of what is held now; a training that runs is given up. Raises OSError when the disk refuses."""
        self._stopping.set()
        self.settle()
        self._stopping.clear()
        with self._lock:
            if isinstance(self._held, FaissClaimIndex):
                self._held.save(path, encoder_id=encoder_id)
                remove_others(path, None)
                return
            if path != self._path:
                self._move(self._held, path)
            cell_snapshot.write(path, self._held, encoder_id)
            remove_others(path, self._held.rows.path.name)

    @classmethod
    def load(
        cls,
        path: Path,
        *,
        dimensions: int,
        encoder_id: str,
        exact_claims: int = EXACT_CLAIMS,
        probes: int = PROBES,
        threads: int = SEARCH_THREADS,
    ) -> Self | None:
        """The index saved at `path`; None when it is missing or broken or of another encoder. It may be older than the rows in SQL."""
        index = cls(dimensions, path, exact_claims=exact_claims, probes=probes, threads=threads)
        in_cells = cell_snapshot.read(path, dimensions, encoder_id, probes)
        if in_cells is not None:
            index._held, index._checksum = in_cells[1], in_cells[0].checksum
        elif (flat := FaissClaimIndex.load(path, dimensions=dimensions, encoder_id=encoder_id, threads=threads)) is not None:
            index._held, index._checksum = flat, flat.checksum()
        else:
            return None
        remove_others(path, index._held.rows.path.name if isinstance(index._held, CellIndex) else None)
        with index._lock:
            index._train_if_due()
        return index

    def _train_if_due(self) -> None:
        """Starts a training where one is due and none runs; the lock is held."""
        held = self._held
        if self._training is not None or self._stopping.is_set():
            return
        if isinstance(held, FaissClaimIndex):
            due = len(held) > self._exact_claims
        else:
            forgotten = held.rows.count - len(held)
            due = len(held) > TRAIN_ANEW_TIMES * held.trained_on or forgotten > max(len(held), self._exact_claims)
        if due:
            self._training = threading.Thread(target=self._train, name="claim-index-training")
            self._training.start()

    def _train(self) -> None:
        """Builds the next index from what is held, brings it up to date and swaps it in; leaves everything as it is when stopped."""
        trained: FaissClaimIndex | CellIndex | None = None
        try:
            with self._lock:
                self._changed = set()
                now = self._now()
            faiss.omp_set_num_threads(self._threads)
            trained = self._built(now)
        except OSError as error:
            # The disk is full, say. What is held answers as before; the next start tries again.
            log.warning("index_training_failed", error=str(error))
            self._stopping.set()
        finally:
            with self._lock:
                changed, self._changed, self._training = self._changed or set(), None, None
                if trained is not None:
                    kept = np.array([number for number in changed if number in self._held], dtype=np.int64)
                    trained.remove(list(changed))
                    _put(trained, kept, self._held.vectors_of(kept.tolist()))
                    self._held = trained

    def _now(self) -> _Held:
        """What is held; the lock is held."""
        if isinstance(self._held, FaissClaimIndex):
            numbers, vectors = self._held.everything()
            return _Held(numbers, lambda at: vectors[at])
        numbers, slots = self._held.held()
        rows = self._held.rows
        return _Held(numbers, lambda at: rows.read(slots[at]))

    def _built(self, now: _Held) -> FaissClaimIndex | CellIndex | None:
        """An index of what was held; None when it was stopped."""
        places = [np.arange(at, min(at + PIECE_ROWS, len(now.numbers))) for at in range(0, len(now.numbers), PIECE_ROWS)]
        if len(now.numbers) <= self._exact_claims:
            few = FaissClaimIndex(self.dimensions, threads=self._threads)
            for some in places:
                few.add(now.numbers[some].tolist(), now.read(some))
            return few
        rows = RowFile.beside(self._path, self.dimensions)
        built = None
        try:
            for some in places:
                if self._stopping.is_set():
                    return None
                rows.append(now.read(some))
            built = CellIndex.built(rows, now.numbers, probes=self._probes, stopped=self._stopping.is_set)
            return built
        finally:
            if built is None:
                rows.remove()

    def _move(self, cells: CellIndex, path: Path) -> None:
        """Copies the rows to where the snapshot will lie, and works with these; the lock is held."""
        rows = RowFile.beside(path, self.dimensions)
        for _, piece in cells.rows.pieces():
            rows.append(piece)
        cells.rows.remove()
        cells.rows = rows
        self._path = path


def _put(held: FaissClaimIndex | CellIndex, numbers: Numbers, vectors: Vectors) -> None:
    """Adds to either."""
    if isinstance(held, FaissClaimIndex):
        held.add(numbers.tolist(), vectors)
    else:
        held.add(numbers, vectors)
