"""An encoder that remembers: what was encoded lately (a wire copy's sentences, a revision's, a search asked again) is not encoded again."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from app.vectors.encoder import Encoder, Vectors

# Of 384 columns 50 MB, allocated as they fill: the claims of some 900 articles, more than an agency's text takes to be republished
# where 10,000 articles come in a day. Source: decision; benchmarks count 37 claims an article.
TEXTS_AT_MOST = 32_768
_FIRST_TEXTS = 1_024
_DIGEST_BYTES = 16


class RememberingEncoder:
    """`Encoder` over another one; the texts asked for longest ago are forgotten first. Safe to use from several threads."""

    def __init__(self, encoder: Encoder, *, texts_at_most: int = TEXTS_AT_MOST):
        """Remembers up to `texts_at_most` (at least 1) vectors."""
        if texts_at_most < 1:
            raise ValueError(f"texts_at_most must be positive, got {texts_at_most}")
        self._encoder = encoder
        self._at_most = texts_at_most
        self._rows: OrderedDict[bytes, int] = OrderedDict()
        self._vectors: Vectors = np.empty((min(_FIRST_TEXTS, texts_at_most), encoder.dimensions), dtype=np.float32)
        self._lock = threading.Lock()

    @property
    def id(self) -> str:
        """The encoder's own."""
        return self._encoder.id

    @property
    def dimensions(self) -> int:
        """The encoder's own."""
        return self._encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        keys = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest() for text in texts]
        result = np.empty((len(texts), self.dimensions), dtype=np.float32)
        unknown: dict[bytes, list[int]] = {}
        with self._lock:
            for at, key in enumerate(keys):
                row = self._rows.get(key)
                if row is None:
                    unknown.setdefault(key, []).append(at)
                else:
                    self._rows.move_to_end(key)
                    result[at] = self._vectors[row]
        if unknown:
            fresh = self._encoder.encode([texts[places[0]] for places in unknown.values()])
            with self._lock:
                for (key, places), vector in zip(unknown.items(), fresh, strict=True):
                    result[places] = vector
                    row = self._row(key)  # first: it may make room
                    self._vectors[row] = vector
        return result

    def _row(self, key: bytes) -> int:
        """The row for a text: the one it has, a new one, or that of the text asked for longest ago."""
        row = self._rows.pop(key, None)
        if row is None:
            row = len(self._rows) if len(self._rows) < self._at_most else self._rows.popitem(last=False)[1]
        self._rows[key] = row
        if row >= len(self._vectors):
            grown = np.empty((min(2 * len(self._vectors), self._at_most), self.dimensions), dtype=np.float32)
            grown[: len(self._vectors)] = self._vectors
            self._vectors = grown
        return row
