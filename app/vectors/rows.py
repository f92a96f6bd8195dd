"""Claim vectors in a file that only grows.

A row is written once and never changed, so a snapshot of an earlier state stays true while the file grows, and a row may be read
while others are added. Rows are read one by one and not mapped: what was read does not stay in the process's memory.
"""

import os
import secrets
import weakref
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.vectors.encoder import Vectors

Slots = NDArray[np.int64]

# Source: measured; a piece of 12 MB of 384 columns: a training that is asked to stop does so after one.
PIECE_ROWS = 8_192


class RowFile:
    """float32 rows by slot, 0..count-1, little-endian. Appending is for one thread at a time; reading for any."""

    def __init__(self, path: Path, dimensions: int, *, count: int = 0, crc32: int = 0):
        """The file at `path`, made where there is none; of one that is longer the first `count` rows count. Raises OSError."""
        self.path = path
        self.dimensions = dimensions
        self.count = count
        self.crc32 = crc32
        self._row_bytes = 4 * dimensions
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        weakref.finalize(self, os.close, self._file)

    @classmethod
    def beside(cls, path: Path, dimensions: int) -> Self:
        """A new file for the index at `path`, under a name that no other has."""
        path.parent.mkdir(parents=True, exist_ok=True)
        return cls(path.with_name(f"{path.name}.rows-{secrets.token_hex(8)}"), dimensions)

    @classmethod
    def opened(cls, path: Path, dimensions: int, count: int, crc32: int) -> Self | None:
        """The file as it was when it had `count` rows; None unless these are there, byte for byte."""
        if not path.is_file() or path.stat().st_size < count * 4 * dimensions:
            return None
        rows = cls(path, dimensions, count=count, crc32=crc32)
        found = 0
        for at in range(0, count, PIECE_ROWS):
            found = zlib.crc32(rows._bytes(at, min(PIECE_ROWS, count - at)), found)
        return rows if found == crc32 else None

    def append(self, vectors: Vectors) -> int:
        """Writes the rows at the end and returns the slot of the first. On OSError none was added."""
        data = np.ascontiguousarray(vectors, dtype="<f4").tobytes()
        at = 0
        while at < len(data):
            at += os.pwrite(self._file, memoryview(data)[at:], self.count * self._row_bytes + at)
        first = self.count
        self.crc32 = zlib.crc32(data, self.crc32)
        self.count += len(vectors)
        return first

    def read(self, slots: Slots | Sequence[int]) -> Vectors:
        """The rows of these slots, one a slot. Raises OSError."""
        size, file, pread = self._row_bytes, self._file, os.pread
        found = b"".join([pread(file, size, slot * size) for slot in np.asarray(slots).tolist()])
        return np.frombuffer(found, dtype="<f4").astype(np.float32, copy=False).reshape(-1, self.dimensions)

    def pieces(self) -> Iterator[tuple[int, Vectors]]:
        """All rows there are now, as (first slot, rows), a piece at a time."""
        count = self.count
        for at in range(0, count, PIECE_ROWS):
            rows = np.frombuffer(self._bytes(at, min(PIECE_ROWS, count - at)), dtype="<f4").astype(np.float32, copy=False)
            yield at, rows.reshape(-1, self.dimensions)

    def sync(self) -> None:
        """Returns when the rows are on the disk."""
        os.fsync(self._file)

    def remove(self) -> None:
        """Takes the file's name away; what is open can still be read."""
        self.path.unlink(missing_ok=True)

    def _bytes(self, first: int, count: int) -> bytes:
        return os.pread(self._file, count * self._row_bytes, first * self._row_bytes)


def remove_others(path: Path, kept: str | None) -> None:
    """Removes what interrupted runs left of the index at `path`: every file of rows but the one called `kept`."""
    for found in path.parent.glob(f"{path.name}.rows-*"):
        if found.name != kept:
            found.unlink(missing_ok=True)
