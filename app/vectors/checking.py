"""What a claim index takes: unit vectors of its dimensions and whole numbers."""

from collections.abc import Sequence

import numpy as np

from app.vectors.checksum import Numbers
from app.vectors.encoder import Vectors

# How far a vector's squared length may lie from 1. Source: float32 normalisation errs by 1e-6; half precision by 1e-3.
UNIT_TOLERANCE = 1e-2


def checked_vectors(vectors: Vectors, dimensions: int) -> Vectors:
    """The vectors, contiguous. Raises ValueError unless they are float32 unit vectors of so many dimensions."""
    if not isinstance(vectors, np.ndarray) or vectors.dtype != np.float32:
        raise ValueError(f"vectors must be float32, got {getattr(vectors, 'dtype', type(vectors).__name__)}")
    if vectors.ndim != 2 or vectors.shape[1] != dimensions:
        raise ValueError(f"vectors must have shape (n, {dimensions}), got {vectors.shape}")
    off = np.abs(np.vecdot(vectors, vectors) - 1.0)
    # Whatever is not a number is not within the tolerance either.
    if len(off) and not off.max() <= UNIT_TOLERANCE:
        raise ValueError("vectors must be finite and of length 1")
    return np.ascontiguousarray(vectors)


def checked_numbers(numbers: Sequence[int]) -> Numbers:
    """The numbers as int64. Raises ValueError for anything that is not a whole number of that size."""
    given = np.asarray(numbers)
    if given.ndim != 1 or (given.size and given.dtype.kind not in "iu"):
        raise ValueError(f"claim numbers must be whole numbers within 64 bits, got {given.dtype}")
    if given.dtype.kind == "u" and given.size and int(given.max()) > np.iinfo(np.int64).max:
        raise ValueError("a claim number exceeds 64 bits")
    return given.astype(np.int64)


def checked_additions(numbers: Sequence[int], vectors: Vectors, dimensions: int) -> tuple[Numbers, Vectors]:
    """Numbers and the vectors that belong to them. Raises ValueError for either, when they differ in length, or on a repeated number."""
    keys = checked_numbers(numbers)
    rows = checked_vectors(vectors, dimensions)
    if len(keys) != len(rows):
        raise ValueError(f"{len(keys)} numbers for {len(rows)} vectors")
    if len(np.unique(keys)) != len(keys):
        raise ValueError("a claim number is repeated")
    return keys, rows
