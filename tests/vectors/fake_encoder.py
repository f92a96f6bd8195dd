"""An encoder without a model, for tests: words and character n-grams hashed into a few dimensions."""

import hashlib
import re
from collections.abc import Iterator, Sequence

import numpy as np

from app.vectors.encoder import Vectors

# A word weighs more than the n-grams inside it together do for words of usual length, so meaning-bearing changes show.
_WORD_WEIGHT = 2.0
_NGRAM_WEIGHT = 0.5
_NGRAM_CHARS = 4


class HashEncoder:
    """`Encoder` whose vectors depend on the text alone: the same on every machine and in every run.

    Texts that share most of their words are near (0.8 and above), texts that share none are near 0. A text without letters or
    digits gets one fixed vector.
    """

    def __init__(self, dimensions: int = 64):
        """`dimensions` columns; fewer mean more accidental nearness."""
        self._dimensions = dimensions

    @property
    def id(self) -> str:
        return f"hash-{self._dimensions}"

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        vectors = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for feature, weight in _features(text):
                digest = hashlib.blake2b(feature.encode("utf-8", "surrogatepass"), digest_size=8).digest()
                row[int.from_bytes(digest[:4]) % self._dimensions] += weight if digest[4] & 1 else -weight
            if not row.any():
                row[0] = 1.0
            row /= np.linalg.norm(row)
        return vectors


def _features(text: str) -> Iterator[tuple[str, float]]:
    for word in re.findall(r"\w+", text.casefold()):
        yield f"w:{word}", _WORD_WEIGHT
        padded = f"<{word}>"
        for at in range(max(1, len(padded) - _NGRAM_CHARS + 1)):
            yield f"n:{padded[at : at + _NGRAM_CHARS]}", _NGRAM_WEIGHT
