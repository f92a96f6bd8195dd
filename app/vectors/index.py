"""The seam behind which the nearest claims are found."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.vectors.encoder import Vectors


@dataclass(frozen=True)
class Neighbour:
    """A claim near a query: its number and the cosine similarity, -1..1, higher is closer."""

    number: int
    similarity: float


class ClaimIndex(Protocol):
    """Claim vectors by claim number. Implementations are safe to call from several threads."""

    @property
    def shared(self) -> bool:
        """Whether the stored rows themselves are searched: then every process finds what any of them committed, and is not to be told.

        One that is not shared lives in one process, which adds and removes after each commit.
        """
        ...

    def __len__(self) -> int: ...

    def __contains__(self, number: int) -> bool: ...

    def add(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """Adds or replaces: `vectors[i]` belongs to `numbers[i]`. Raises ValueError on a wrong shape, dtype or a repeated number."""
        ...

    def remove(self, numbers: Sequence[int]) -> None:
        """Forgets these claims; an unknown number is ignored."""
        ...

    def nearest(self, vectors: Vectors, count: int, min_similarity: float = -1.0) -> list[list[Neighbour]]:
        """`result[i]` are up to `count` claims nearest to `vectors[i]`, closest first (ties by number), none below `min_similarity`."""
        ...

    def save(self, path: Path, *, encoder_id: str) -> None:
        """Writes a snapshot that a later start may read instead of the rows. Raises OSError when the disk refuses."""
        ...

    def checksum(self) -> int:
        """A number that depends on the set of claim numbers held and on nothing else (order, history)."""
        ...
