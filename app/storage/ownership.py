"""One process at a time for an embedded store: its index lives in that process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from app.errors import StartRefused
from app.storage.database import Database


@contextmanager
def owned(database: Database) -> Iterator[None]:
    """Holds an embedded store for this process until the block ends, however it ends; PostgreSQL is for many, so nothing is held.

    The lock is the system's own on a file beside the database: it goes with the process, a `kill -9` included.

    Raises:
        StartRefused: another process holds the store, or the folder cannot be written to.
    """
    path = file_of(database)
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


def file_of(database: Database) -> Path | None:
    """The file of an embedded store; None for PostgreSQL."""
    name = make_url(database.url).database
    return Path(name).resolve() if database.embedded and name and name != ":memory:" else None
