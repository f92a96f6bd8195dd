"""A `CellIndex` on disk: a file of rows, a data file with numbers, slots and cells, and a JSON sidecar that says what they hold.

The rows are in their file already; saving flushes them and writes the rest. The sidecar names the file of rows and carries a CRC of
each file, so that a pair of different saves, or a changed byte, is not believed. As rows are only ever appended, a snapshot stays
good while the process goes on: after a crash the claims since then are all that is missing.
"""

import json
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import faiss
import numpy as np

from app.vectors.cells import PROBES, CellIndex
from app.vectors.checksum import Numbers, terms_sum
from app.vectors.rows import RowFile
from app.vectors.snapshot import replace_file, sidecar_path, sync_directory

# What FAISS's type stubs leave out.
_FAISS: Any = faiss

# Of `snapshot.FORMAT`'s row of numbers, so that each reader tells the other's files from its own.
FORMAT = 2
_PIECE_BYTES = 1 << 20


@dataclass(frozen=True)
class CellSidecar:
    """What a snapshot claims to hold. `checksum` is that of the claim numbers; a CRC is that of a file's bytes (its first `rows` rows)."""

    format: int
    count: int
    dimensions: int
    encoder_id: str
    checksum: int
    crc32: int
    rows_file: str
    rows: int
    rows_crc32: int
    trained_on: int


def write(path: Path, index: CellIndex, encoder_id: str) -> None:
    """Writes the snapshot; until the sidecar is in place the earlier one holds. Raises OSError when the disk refuses."""
    numbers, slots = index.held()
    crc = 0

    def content(file: BinaryIO) -> None:
        def put(piece: bytes) -> int:
            nonlocal crc
            crc = zlib.crc32(piece, crc)
            return file.write(piece)

        put(numbers.astype("<i8").tobytes())
        put(slots.astype("<i8").tobytes())
        # FAISS's own writer calls back with pieces of what it keeps.
        faiss.write_index(index.cells, _FAISS.PyCallbackIOWriter(put, _PIECE_BYTES))

    index.rows.sync()
    replace_file(path, content)
    rows = index.rows
    sidecar = CellSidecar(
        format=FORMAT,
        count=len(numbers),
        dimensions=rows.dimensions,
        encoder_id=encoder_id,
        checksum=terms_sum(numbers),
        crc32=crc,
        rows_file=rows.path.name,
        rows=rows.count,
        rows_crc32=rows.crc32,
        trained_on=index.trained_on,
    )
    replace_file(sidecar_path(path), lambda file: file.write(json.dumps(asdict(sidecar), indent=1).encode()))
    sync_directory(path.parent)


def read(path: Path, dimensions: int, encoder_id: str, probes: int = PROBES) -> tuple[CellSidecar, CellIndex] | None:
    """The snapshot at `path`; None when it is of another kind, dimension or encoder, or a file is missing or not what was written."""
    try:
        sidecar = CellSidecar(**json.loads(sidecar_path(path).read_bytes()))
        if (sidecar.format, sidecar.dimensions, sidecar.encoder_id) != (FORMAT, dimensions, encoder_id):
            return None
        if Path(sidecar.rows_file).name != sidecar.rows_file or not _whole(path, sidecar.crc32):
            return None
        rows = RowFile.opened(path.with_name(sidecar.rows_file), dimensions, sidecar.rows, sidecar.rows_crc32)
        if rows is None:
            return None
        with path.open("rb") as file:
            numbers = np.frombuffer(file.read(8 * sidecar.count), dtype="<i8").astype(np.int64)
            slots = np.frombuffer(file.read(8 * sidecar.count), dtype="<i8").astype(np.int64)
            cells = faiss.read_index(_FAISS.PyCallbackIOReader(file.read, _PIECE_BYTES))
    except (OSError, ValueError, TypeError, RuntimeError):
        return None
    if not _agree(sidecar, numbers, cells):
        return None
    return sidecar, CellIndex(rows, cells, numbers, slots, trained_on=sidecar.trained_on, probes=probes)


def _agree(sidecar: CellSidecar, numbers: Numbers, cells: faiss.Index) -> bool:
    """Whether numbers and cells are as many and the very ones that the sidecar says."""
    trained = isinstance(sidecar.trained_on, int) and sidecar.trained_on > 0
    return (
        trained
        and len(numbers) == cells.ntotal == sidecar.count
        and terms_sum(numbers) == sidecar.checksum
        and cells.d == sidecar.dimensions
    )


def _whole(path: Path, crc32: int) -> bool:
    """Whether the file has this CRC."""
    found = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            found = zlib.crc32(piece, found)
    return found == crc32
