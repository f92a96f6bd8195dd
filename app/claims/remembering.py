"""What the network said of the windows it read lately: a text that comes again (a wire copy, a revision) is not read again."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.claims.windows import Window

# Of a window's fresh words: log probabilities (words, labels) and hidden states (words, hidden), these in half precision.
Rows: TypeAlias = tuple[NDArray[np.float32], NDArray[np.float16]]

# A window of 256 pieces has about 130 fresh words of 0.8 kB: the text of some 200 articles of 40 sentences, more than an agency's
# text takes to be republished where 10,000 articles come in a day. Source: decision.
REMEMBERED_BYTES = 128 * 1024 * 1024
_DIGEST_BYTES = 16


class RememberedWindows:
    """Reads windows, each once as long as it is remembered; those asked for longest ago are forgotten first. Safe to use from several
    threads.
    """

    def __init__(self, read: Callable[[Window], Rows], *, bytes_at_most: int = REMEMBERED_BYTES):
        """Remembers up to `bytes_at_most` of what `read` answers; 0 remembers nothing."""
        self._read = read
        self._at_most = bytes_at_most
        self._rows: OrderedDict[bytes, Rows] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, window: Window) -> Rows:
        """The rows of the window's fresh words."""
        key = _key(window)
        with self._lock:
            rows = self._rows.get(key)
            if rows is not None:
                self._rows.move_to_end(key)
                return rows
        rows = self._read(window)
        with self._lock:
            if key not in self._rows:
                self._rows[key] = rows
                self._bytes += _size(rows)
            while self._bytes > self._at_most:
                self._bytes -= _size(self._rows.popitem(last=False)[1])
        return rows


def _key(window: Window) -> bytes:
    """The same for windows of the same pieces and shapes with the same fresh words."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in (window.pieces, window.shapes, window.first_piece[window.context_words :]):
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part.tobytes())
    return digest.digest()


def _size(rows: Rows) -> int:
    return sum(part.nbytes for part in rows)
