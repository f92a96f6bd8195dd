"""The seam behind which texts become vectors."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors. `id` names model and revision and is stored with each vector."""

    @property
    def id(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """`result[i]` is the unit vector of `texts[i]`: float32, shape (len(texts), dimensions), (0, dimensions) for none."""
        ...
