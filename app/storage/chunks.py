"""Long lists of values, cut to what one statement takes."""

from collections.abc import Collection, Iterator
from typing import TypeVar

Value = TypeVar("Value", str, int)

# Source: decision; SQLite takes at most 32,766 bound values a statement, and no statement here binds a list more than twice.
CHUNK = 10_000


def chunks(values: Collection[Value]) -> Iterator[list[Value]]:
    """The values sorted, in lists of at most CHUNK; none for none."""
    ordered = sorted(values)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
