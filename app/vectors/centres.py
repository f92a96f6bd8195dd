"""Training the centres of cells: spherical k-means over a sample of rows, in steps short enough to be stopped between two."""

from collections.abc import Callable

import faiss
import numpy as np

from app.vectors.encoder import Vectors
from app.vectors.rows import PIECE_ROWS, RowFile

# Rows a centre is trained on. Source: FAISS asks for 39; recall at 32 looked the same and takes less time and memory.
ROWS_PER_CENTRE = 32
# Source: decision; the candidates' recall does not hang on it (docs/decisions/0010), the minutes of a training do.
ROUNDS = 4


def trained_centres(rows: RowFile, centres: int, stopped: Callable[[], bool]) -> Vectors | None:
    """So many unit vectors around which the rows gather; None when it was `stopped`. The same rows give the same centres.

    A centre that no row is nearest to is moved to a row. FAISS's own k-means is one call of minutes; a process that ends cannot wait.
    """
    rng = np.random.default_rng(1)
    chosen = np.sort(rng.choice(rows.count, min(rows.count, centres * ROWS_PER_CENTRE), replace=False))
    sample = rows.read(chosen)
    found = sample[rng.choice(len(sample), centres, replace=False)]
    for _ in range(ROUNDS):
        sums = np.zeros((centres, rows.dimensions), dtype=np.float32)
        for at in range(0, len(sample), PIECE_ROWS):
            if stopped():
                return None
            piece = sample[at : at + PIECE_ROWS]
            nearest = faiss.knn(piece, found, 1, metric=faiss.METRIC_INNER_PRODUCT)[1][:, 0]
            order = np.argsort(nearest, kind="stable")
            present, starts = np.unique(nearest[order], return_index=True)
            sums[present] += np.add.reduceat(piece[order], starts, axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        empty = lengths[:, 0] < 1e-6
        sums[empty] = sample[rng.choice(len(sample), int(empty.sum()), replace=False)]
        lengths[empty] = 1.0
        found = np.ascontiguousarray(sums / lengths, dtype=np.float32)
    return found
