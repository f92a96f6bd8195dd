"""One process at a time for an embedded store: its index lives in that process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from app.errors import StartRefused


@contextmanager
def owned(url: str) -> Iterator[None]:
    """Holds the embedded store at a database URL for this process until the block ends. PostgreSQL is for many: nothing is held.

    The lock is the system's own on a file beside the database: it goes with the process, a `kill -9` included.

    Raises:
        StartRefused: another process holds the store, or the folder cannot be written to.
    """
    path = file_of(url)
    if path is None:
        yield
        return
    beside = path.with_name(path.name + ".lock")
    try:
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StartRefused(f"{beside} cannot be written: {error.strerror}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartRefused(
                f"another process works with {path}; an SQLite store has one process at a time: stop that one first, "
                "or move to PostgreSQL with `parallax copy`"
            ) from None
        yield
    finally:
        os.close(handle)


def file_of(url: str) -> Path | None:
    """The file of the embedded store at a database URL; None for PostgreSQL."""
    where = make_url(url)
    named = where.database if where.get_backend_name() == "sqlite" else None
    return Path(named).resolve() if named and named != ":memory:" else None
