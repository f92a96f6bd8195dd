"""Claim vectors on disk: one data file and a JSON sidecar that says what it holds.

The data file is the int64 numbers followed by the float32 rows, little-endian. The sidecar carries its size and CRC, so a
crash between the two renames leaves a pair that does not match and is not believed. A snapshot is only ever a shortcut: the
rows in SQL are the truth, and whatever is missing, broken or out of step is rebuilt from them.
"""

import json
import os
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from app.vectors.checksum import Numbers, terms_sum
from app.vectors.encoder import Vectors

FORMAT = 1

# Source: measured; CRC-32 runs at about 1 GB/s, and pieces of this size keep the copies in cache and the memory flat.
_PIECE_BYTES = 1 << 20


@dataclass(frozen=True)
class Sidecar:
    """What a snapshot claims to hold. `checksum` is that of the claim numbers, `crc32` that of the data file's bytes."""

    format: int
    count: int
    dimensions: int
    encoder_id: str
    checksum: int
    crc32: int


def write(path: Path, numbers: Numbers, vectors: Vectors, encoder_id: str) -> None:
    """Writes both files, each complete or not at all; `numbers[i]` belongs to `vectors[i]`. Raises OSError when the disk refuses."""
    path.parent.mkdir(parents=True, exist_ok=True)
    crc = 0

    def rows(file: BinaryIO) -> None:
        nonlocal crc
        for piece in (*_pieces(numbers.astype("<i8", copy=False)), *_pieces(vectors.astype("<f4", copy=False))):
            crc = zlib.crc32(piece, crc)
            file.write(piece)

    replace_file(path, rows)
    sidecar = Sidecar(FORMAT, len(numbers), vectors.shape[1], encoder_id, terms_sum(numbers), crc)
    replace_file(sidecar_path(path), lambda file: file.write(json.dumps(asdict(sidecar), indent=1).encode()))
    sync_directory(path.parent)


def read(path: Path) -> tuple[Sidecar, Numbers, Vectors] | None:
    """The snapshot at `path` with its numbers and rows, or None when a file is missing or the two do not match."""
    try:
        sidecar = Sidecar(**json.loads(sidecar_path(path).read_bytes()))
        if sidecar.format != FORMAT or path.stat().st_size != sidecar.count * (8 + 4 * sidecar.dimensions):
            return None
        with path.open("rb") as file:
            numbers = np.fromfile(file, dtype="<i8", count=sidecar.count).astype(np.int64, copy=False)
            flat = np.fromfile(file, dtype="<f4", count=sidecar.count * sidecar.dimensions).astype(np.float32, copy=False)
    except (OSError, ValueError, TypeError):
        return None
    vectors = flat.reshape(sidecar.count, sidecar.dimensions)
    crc = 0
    for piece in (*_pieces(numbers.astype("<i8", copy=False)), *_pieces(vectors.astype("<f4", copy=False))):
        crc = zlib.crc32(piece, crc)
    if crc != sidecar.crc32 or terms_sum(numbers) != sidecar.checksum or len(np.unique(numbers)) != sidecar.count:
        return None
    return sidecar, numbers, vectors


def sidecar_path(path: Path) -> Path:
    """Where the sidecar of the data file `path` lies: beside it, ".json" added."""
    return path.with_name(path.name + ".json")


def _pieces(array: Numbers | Vectors) -> list[memoryview]:
    """The array's bytes in order, without a copy."""
    if not array.size:
        return []
    whole = array.data.cast("B")
    return [whole[at : at + _PIECE_BYTES] for at in range(0, len(whole), _PIECE_BYTES)]


def replace_file(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Writes a file beside `path`, flushes it to the disk and moves it into place."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def sync_directory(directory: Path) -> None:
    """Makes the renames themselves durable."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
