"""What a row says, as a number that is the same in SQLite and in PostgreSQL."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import JSON, Column, Row, Table

# Sums of hashes stay in 64 bits, whatever the number of rows.
MODULUS = 2**64


def row_digest(columns: Sequence[Column[object]], row: Row[tuple[object, ...]]) -> int:
    """A hash of a row's values, 0..2**64-1. Moments count as moments, whatever their zone, and numbers in JSON as numbers: 45 is 45.0."""
    values = [_json(value) if isinstance(column.type, JSON) else _plain(value) for column, value in zip(columns, row, strict=True)]
    text = json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def rows_checksum(table: Table, rows: Iterable[Row[tuple[object, ...]]]) -> int:
    """The sum of the rows' hashes modulo 2**64: the order does not matter, 0 for none."""
    columns = list(table.columns)
    return sum(row_digest(columns, row) for row in rows) % MODULUS


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return value


def _json(value: object) -> object:
    # PostgreSQL keeps a JSON number's value, not how it was written.
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, Mapping):
        return {str(key): _json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json(item) for item in value]
    return value
