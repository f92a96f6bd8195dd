"""Claims in cells: the search of very many looks into the cells nearest to the query, then at the vectors themselves.

Vectors lie in cells around trained centres (an inverted file, FAISS's), each as one byte a dimension. These bytes propose candidates;
what may be among the nearest is ranked by its float32 row. So within the cells looked into the answer is that of brute force, and
similarities are exact; what lies in other cells is missed.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from app.vectors.centres import trained_centres
from app.vectors.checksum import Numbers
from app.vectors.encoder import Vectors
from app.vectors.index import Neighbour
from app.vectors.rows import PIECE_ROWS, RowFile

# What FAISS's type stubs leave out.
_FAISS: Any = faiss

# Cells for the square root of the claims trained on. Source: FAISS's own advice for up to a million; with PROBES, finding the nearest
# centres then costs about as much as looking into their cells.
CELLS_PER_ROOT = 4
# Cells looked into. Source: measured, docs/decisions/0010.
PROBES = 32
# Candidates fetched beyond those asked for: mostly enough to tell from the bytes that no other can be among the nearest.
SPARE_CANDIDATES = 22
# The bytes span components up to so many times the usual one (1 / sqrt(dimensions)), further where a sample goes further.
# Source: measured over 10,000 news sentences, 384 dimensions: the largest component is 5.6 times the usual one.
SPAN_TIMES = 8.0
SPAN_SPARE = 1.25
# Source: rounding to steps errs by step / sqrt(12) in a dimension, and so does a product with a unit vector; five times that was
# never exceeded in 3,200 measured (largest 4.8 times).
CODE_ERROR_DEVIATIONS = 5.0
_STEPS = 255
_FIRST_CAPACITY_SLOTS = 1024


class CellIndex:
    """Numbers and vectors by slot of a `RowFile`, found through cells. It checks nothing and locks nothing: `GrowingClaimIndex` does."""

    def __init__(self, rows: RowFile, cells: Any, numbers: Numbers, slots: NDArray[np.int64], *, trained_on: int, probes: int = PROBES):
        """`cells` is a trained FAISS inverted file whose ids are slots; `numbers[i]` stands in `slots[i]`."""
        self.rows = rows
        self.cells = cells
        self.trained_on = trained_on
        self._probes = probes
        step = faiss.vector_to_array(cells.sq.trained)[1] / _STEPS
        # How far a similarity computed from bytes may lie from the true one.
        self._error = float(CODE_ERROR_DEVIATIONS * step / 12**0.5)
        cells.nprobe = min(probes, cells.nlist)
        cells.set_direct_map_type(_FAISS.DirectMap.Hashtable)
        self._numbers: Numbers = np.zeros(max(rows.count, _FIRST_CAPACITY_SLOTS), dtype=np.int64)
        self._numbers[slots] = numbers
        self._slots: dict[int, int] = dict(zip(numbers.tolist(), slots.tolist(), strict=True))

    @classmethod
    def built(
        cls, rows: RowFile, numbers: Numbers, *, cells: int | None = None, probes: int = PROBES, stopped: Callable[[], bool] = lambda: False
    ) -> Self | None:
        """Cells trained on the rows, all of which are in them; `numbers[i]` is the claim of slot i. None when it was `stopped`."""
        wanted = cells or round(CELLS_PER_ROOT * len(numbers) ** 0.5)
        centres = trained_centres(rows, min(wanted, len(numbers)), stopped)
        if centres is None:
            return None
        coarse = faiss.IndexFlatIP(rows.dimensions)
        coarse.add(centres)
        byte = faiss.ScalarQuantizer.QT_8bit_uniform
        made = faiss.IndexIVFScalarQuantizer(coarse, rows.dimensions, len(centres), byte, faiss.METRIC_INNER_PRODUCT, False)
        sample = np.sort(np.random.default_rng(2).choice(rows.count, min(rows.count, PIECE_ROWS), replace=False))
        span = min(1.0, max(SPAN_TIMES / rows.dimensions**0.5, SPAN_SPARE * float(np.abs(rows.read(sample)).max())))
        made.train(np.array([[-span] * rows.dimensions, [span] * rows.dimensions], dtype=np.float32))
        for first, piece in rows.pieces():
            if stopped():
                return None
            made.add_with_ids(piece, np.arange(first, first + len(piece)))
        return cls(rows, made, numbers, np.arange(rows.count), trained_on=len(numbers), probes=probes)

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, number: int) -> bool:
        return number in self._slots

    def add(self, numbers: Numbers, vectors: Vectors) -> None:
        """Adds or replaces; each number once. On OSError nothing is changed."""
        first = self.rows.append(vectors)
        self.remove(numbers.tolist())
        slots = np.arange(first, first + len(numbers))
        if self.rows.count > len(self._numbers):
            self._numbers = np.resize(self._numbers, self.rows.count * 3 // 2)
        self._numbers[first : first + len(numbers)] = numbers
        self.cells.add_with_ids(vectors, slots)
        self._slots.update(zip(numbers.tolist(), slots.tolist(), strict=True))

    def remove(self, numbers: Sequence[int]) -> None:
        """Forgets those that are held; their rows stay in the file."""
        freed = np.array([self._slots.pop(number) for number in numbers if number in self._slots], dtype=np.int64)
        if len(freed):
            self.cells.remove_ids(freed)

    def held(self) -> tuple[Numbers, NDArray[np.int64]]:
        """The numbers and their slots, by slot."""
        slots = np.fromiter(self._slots.values(), dtype=np.int64, count=len(self._slots))
        slots.sort()
        return self._numbers[slots], slots

    def vectors_of(self, numbers: Sequence[int]) -> Vectors:
        """The vectors of these claims, one row a number. Raises KeyError for one that is not held."""
        return self.rows.read([self._slots[number] for number in numbers])

    def nearest(self, queries: Vectors, count: int, min_similarity: float) -> list[list[Neighbour]]:
        """See `ClaimIndex`: at least one claim held, `count` at least 1."""
        held = len(self._slots)
        count = min(count, held)
        wanted = min(held, count + SPARE_CANDIDATES)
        near, slots = self.cells.search(queries, wanted)
        found = []
        for query, line, some in zip(queries, near, slots, strict=True):
            rising = line[::-1].tolist()
            # Nothing below it can be among the answers: neither bytes nor rounding lift it over the last of them.
            floor = max(rising[-count] - 2 * self._error, min_similarity - self._error)
            kept = wanted - bisect_left(rising, floor)
            if some[count - 1] < 0:
                candidates = self._wider(query[None], wanted, min_similarity)
            elif kept == wanted < held:
                candidates = self._all_above(query[None], floor)
            else:
                candidates = some[:kept]
            found.append(self._ranked(query, candidates, count, min_similarity))
        return found

    def _all_above(self, query: Vectors, floor: float) -> NDArray[np.int64]:
        """All slots in the cells looked into whose bytes come near enough: equal claims (a wire copy) may be very many."""
        found: NDArray[np.int64] = self.cells.range_search(query, float(np.nextafter(np.float32(floor), np.float32(-2))))[2]
        return found

    def _wider(self, query: Vectors, wanted: int, min_similarity: float) -> NDArray[np.int64]:
        """Slots from as many more cells as it takes to find as many as are wanted, or all near enough."""
        probes = self.cells.nprobe
        while True:
            probes = min(probes * 4, self.cells.nlist)
            near, slots = self.cells.search(query, wanted, params=_FAISS.SearchParametersIVF(nprobe=probes))
            if slots[0, -1] >= 0 or probes == self.cells.nlist:
                last = float(near[0][slots[0] >= 0][-1])
                floor = max(last - 2 * self._error, min_similarity - self._error)
                found: NDArray[np.int64] = self.cells.range_search(query, floor, params=_FAISS.SearchParametersIVF(nprobe=probes))[2]
                return found

    def _ranked(self, query: Vectors, slots: NDArray[np.int64], count: int, min_similarity: float) -> list[Neighbour]:
        """The best of the candidates, closest first, ties by number."""
        # Row by row, so that equal rows give equal sums in any company; several times as fast as einsum in float64.
        exact = (self.rows.read(slots).astype(np.float64) * query).sum(axis=1)
        rounded = np.minimum(np.maximum(exact, -1.0), 1.0).astype(np.float32)
        best = sorted(zip((-rounded).tolist(), self._numbers[slots].tolist(), strict=True))[:count]
        return [Neighbour(number, -distance) for distance, number in best if -distance >= min_similarity]
